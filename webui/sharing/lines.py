"""From runs of text to lines of a given width, each in the order of the screen: UAX 9 with breaks at spaces.

Knows fonts only by two questions: in which font a letter is drawn, and how wide words are.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from hebrew.bidi import Direction
from webui.sharing.paper import Run

_ALL_RTL = re.compile("[\u05d0-\u05ea\u05b0-\u05c7 .,;:!?\"'\u05f3\u05f4-]*")
_ALL_LTR = re.compile("[ -~]*")


class Fonts(Protocol):
    """What lines have to know of fonts."""

    def font_of(self, letter: str, bold: bool) -> str:
        """The font in which a letter is drawn."""

    def width(self, text: str, font: str) -> float:
        """How wide text of one font is, in the units of lines."""

    def places(self, cluster: str, font: str) -> Sequence[tuple[float, float]]:
        """How far to the right and up of a letter each of its points stands."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one font and one level of embedding (odd ones are right to left), in reading order, and its width."""

    text: str
    font: str
    level: int
    width: float = 0.0


Line = list[Piece]
"""Pieces from left to right."""


def lines_of(runs: Sequence[Run], direction: Direction, width: float, fonts: Fonts) -> list[Line]:
    """The lines of a paragraph that is `width` wide; there is at least one."""
    lines: list[Line] = []
    for letters in _between_breaks(runs):
        words = _words(letters, direction, fonts)
        lines += [_from_left(line) for line in _broken(words, width, fonts)]
    return lines


def _between_breaks(runs: Sequence[Run]) -> Iterator[list[tuple[str, bool]]]:
    """Letters, each with whether it is bold, from one end of line to the next."""
    letters: list[tuple[str, bool]] = []
    for run in runs:
        first, *more = run.text.split("\n")
        letters += [(letter, run.bold) for letter in first]
        for line in more:
            yield letters
            letters = [(letter, run.bold) for letter in line]
    yield letters


def _words(letters: Sequence[tuple[str, bool]], direction: Direction, fonts: Fonts) -> list[list[Piece]]:
    """Words and the spaces between them, in reading order, each as the pieces it is made of."""
    text = "".join(letter for letter, _ in letters)
    drawn: list[Piece] = []
    for (letter, bold), level in zip(letters, _levels(text, direction), strict=True):
        if unicodedata.category(letter) == "Cf":
            continue  # its work is done
        same = drawn[-1].font if drawn and unicodedata.combining(letter) else ""
        drawn.append(Piece(letter, same or fonts.font_of(letter, bold), level))
    words = []
    for _, word in groupby(drawn, key=lambda piece: piece.text.isspace()):
        pieces = [
            Piece("".join(piece.text for piece in same), font, level)
            for (font, level), same in groupby(word, key=lambda piece: (piece.font, piece.level))
        ]
        words.append([_measured(piece, fonts) for piece in pieces])
    return words


def _levels(text: str, direction: Direction) -> list[int]:
    """The level of embedding of each letter. Most lines have one, which needs no algorithm."""
    if direction == "rtl" and _ALL_RTL.fullmatch(text):
        return [1] * len(text)
    if direction == "ltr" and _ALL_LTR.fullmatch(text):
        return [0] * len(text)
    base = TextDirection.RTL if direction == "rtl" else TextDirection.LTR
    paragraph = BidiParagraph(text, base, preserve_bn_chars=True)
    return [letter.embedding_level for letter in paragraph.get_characters()]


def _measured(piece: Piece, fonts: Fonts) -> Piece:
    return replace(piece, width=fonts.width(piece.text, piece.font))


def _broken(words: Sequence[list[Piece]], width: float, fonts: Fonts) -> Iterator[list[Piece]]:
    """Lines in reading order. Spaces at the end of a line are dropped, a word that is too long is cut."""
    line: list[Piece] = []
    spaces: list[Piece] = []
    for word in words:
        if word[0].text.isspace():
            spaces = word
            continue
        if line and _width([*line, *spaces, *word]) > width:
            yield line
            line, spaces = [], []
        line, spaces = [*line, *spaces, *word], []
        if _width(line) > width:
            *full, line = _cut(line, width, fonts)
            yield from full
    yield line


def _cut(word: Sequence[Piece], width: float, fonts: Fonts) -> list[list[Piece]]:
    """A word that is too long, in as many lines as it takes, a letter and its points at least in each."""
    lines: list[list[Piece]] = [[]]
    left = width
    for piece in word:
        for cluster in clusters(piece.text):
            letter = _measured(replace(piece, text=cluster), fonts)
            if letter.width > left and lines[-1]:
                lines.append([])
                left = width
            left -= letter.width
            last = lines[-1][-1] if lines[-1] else None
            if last and (last.font, last.level) == (piece.font, piece.level):
                lines[-1][-1] = replace(last, text=last.text + cluster, width=last.width + letter.width)
            else:
                lines[-1].append(letter)
    return lines


def clusters(text: str) -> list[str]:
    """Letters, each with the points that belong to it."""
    together: list[str] = []
    for letter in text:
        if together and unicodedata.combining(letter):
            together[-1] += letter
        else:
            together.append(letter)
    return together


def _width(pieces: Sequence[Piece]) -> float:
    return sum(piece.width for piece in pieces)


def _from_left(line: list[Piece]) -> Line:
    """The pieces as they stand on the screen (rule L2), neighbours of one kind as one piece."""
    for level in range(max((piece.level for piece in line), default=0), 0, -1):
        turned: list[Piece] = []
        for deep, pieces in groupby(line, key=lambda piece: piece.level >= level):
            same = list(pieces)
            turned += reversed(same) if deep else same
        line = turned
    joined: Line = []
    for piece in line:
        last = joined[-1] if joined else None
        if last and (last.font, last.level) == (piece.font, piece.level):
            text = piece.text + last.text if piece.level % 2 else last.text + piece.text
            joined[-1] = replace(piece, text=text, width=last.width + piece.width)
        else:
            joined.append(piece)
    return joined
