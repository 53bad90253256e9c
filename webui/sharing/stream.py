"""The letters of a line in the order in which a PDF holds them, each with its place on the line.

A PDF keeps what is seen, not what is read; programs find the order of reading by the letters. The strictest of them
(PDFium, in most browsers) knows letters, digits and the rest, not the whole of UAX 9: it takes a line apart into
stretches of these and turns them round. So marks of direction, which nobody sees, say where a piece begins and ends,
and the stretches of a left-to-right piece in a right-to-left line stand in the file the other way round, each in its
place.
"""

import unicodedata
from dataclasses import dataclass
from itertools import groupby

from hebrew.bidi import Direction
from webui.sharing.lines import Fonts, Line, Piece, clusters
from webui.sharing.paper import LTR_MARK, RTL_MARK

_PAIRS = "()[]{}<>\u00ab\u00bb\u2039\u203a\u2264\u2265"
_MIRRORED = str.maketrans(_PAIRS, "".join(_PAIRS[place ^ 1] for place in range(len(_PAIRS))))
"""Signs that are drawn the other way round from right to left, those that stand in Hebrew text."""

Letter = tuple[str, float, float]
"""A letter, and how far to the right and up of the beginning of its line it is drawn."""


LAST_OF_PLANE = 0xFFFF
MOST_WEIGHTS = 12
"""Marks with blanks that fit into the margin of a page."""
_LETTERS, _DIGITS = ("L",), ("EN", "AN", "ES", "ET", "CS")


@dataclass(frozen=True, slots=True)
class Strip:
    """Letters of one font that stand together, in the order of the file."""

    font: str
    letters: tuple[Letter, ...]


def strips(line: Line, direction: Direction, fonts: Fonts) -> list[Strip]:
    """The line, piece by piece from the left."""
    made, x = [], 0.0
    for piece in line:
        letters = _placed(piece, x, direction, fonts)
        made.append(Strip(piece.font, tuple(letters)))
        x += piece.width
    return [*made, *_weights(line, direction, x, fonts)]


def _placed(piece: Piece, x: float, direction: Direction, fonts: Fonts) -> list[Letter]:
    is_rtl = piece.level % 2 == 1
    together = clusters(piece.text)
    letters: list[Letter] = []
    at = x
    for cluster in reversed(together) if is_rtl else together:
        letter, points = cluster[0].translate(_MIRRORED) if is_rtl else cluster[0], cluster[1:]
        places = fonts.places(cluster, piece.font) if points else ()
        pointed = [(point, at + right, up) for point, (right, up) in zip(points, places, strict=True)]
        letters += [*reversed(pointed), (letter, at, 0.0)] if is_rtl else [(letter, at, 0.0), *pointed]
        at += fonts.width(cluster, piece.font)
    if not is_rtl and direction == "rtl":
        stretches = [list(stretch) for _, stretch in groupby(letters, key=lambda letter: _kind(letter[0]))]
        letters = [letter for stretch in reversed(stretches) for letter in stretch]
    return letters if not is_rtl and direction == "rtl" else _framed(letters, is_rtl, x, at)


def _framed(letters: list[Letter], is_rtl: bool, left: float, right: float) -> list[Letter]:
    """The letters with a mark at each end where none of them says the direction."""
    mark, strong = (RTL_MARK, ("R", "AL", "NSM")) if is_rtl else (LTR_MARK, _LETTERS)
    kinds = [unicodedata.bidirectional(letter) for letter, _, _ in letters]
    first = [(mark, left, 0.0)] if kinds[0] not in strong else []
    last = [(mark, right, 0.0)] if kinds[-1] not in strong else []
    if ord(letters[-1][0]) > LAST_OF_PLANE:  # two codes, which must not be turned round
        last = [(LTR_MARK, right, 0.0)]
    return [*first, *letters, *last]


def _kind(letter: str) -> str:
    kind = unicodedata.bidirectional(letter)
    return "letter" if kind in _LETTERS else "digit" if kind in _DIGITS else "other"


def _weights(line: Line, direction: Direction, x: float, fonts: Fonts) -> list[Strip]:
    """Marks with blanks between them, in the margin, where most stretches of a line are of the other direction.

    The majority tells the strictest readers how a whole line goes.
    """
    ltr = sum(kind != "other" for piece in line for kind, _ in groupby(piece.text, key=_kind) if piece.level % 2 == 0)
    rtl = sum(piece.level % 2 for piece in line)
    missing = min(ltr - rtl if direction == "rtl" else rtl - ltr, MOST_WEIGHTS)
    if missing < 0 or not ltr or not rtl:
        return []
    mark, blank = RTL_MARK if direction == "rtl" else LTR_MARK, fonts.width(" ", "plain")
    letters = [(letter, x + place * blank, 0.0) for place in range(missing + 1) for letter in (" ", mark)]
    return [Strip("plain", tuple(letters))]
