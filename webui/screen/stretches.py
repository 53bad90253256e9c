"""Stretches of a text that are drawn differently, such as bold or doubtful ones. Knows no sentences and no answers.

A stretch is signed in the text with characters of private use before Markdown is read, and the signs become elements in
the words that Markdown leaves. Signs stand beside letters and digits alone, where Markdown does not see them: not in
front of the number of a list or a row of a table. An element never reaches over another one.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

_OPEN, _CLOSE, _LAST = "\U000f0000", "\U000f0001", 0xF0100
_MOST = 0xFFFFD - _LAST
"""Stretches that can be signed: there are no more characters of that private use."""
_PRIVATE = re.compile("([\U000f0000-\U000ffffd])")
_PARTS = re.compile(r"[^\n|]+")
_BLOCK_SIGNS = re.compile(r"(?:[ \t]*(?:[>*+-]|#{1,6}|\d{1,9}[.)])(?=[ \t]))*")
_LETTERS = re.compile(r"\[\d{1,3}\]|&#?\w+;|([^\W_]|\u20aa)")
_ENDING = re.compile(r"%?[.,;:!?\"\u05f4)]*(?:\s*\[\d{1,3}\])*[.,;:!?)]*")
"""What still belongs to a sentence after its last letter: a remark stands behind its marks and its full stop."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of a text. `remark` stands behind it, with `detail` for a longer look."""

    start: int
    end: int
    remark: str = ""
    detail: str = ""


def signed(text: str, stretches: Sequence[Stretch]) -> str:
    """The text with signs around the words of each stretch, a pair of signs for each line and each cell of a table."""
    text = unsigned(text, "\ufffd")
    at: list[tuple[int, str]] = []
    parts = [part.span() for part in _PARTS.finditer(text)] if stretches else []
    for number, stretch in enumerate(stretches[:_MOST]):
        # Those it reaches into, found by halving: an answer can have thousands of lines and of doubts.
        first, last = bisect_right(parts, stretch.start, key=itemgetter(1)), bisect_left(parts, (stretch.end, 0))
        pieces = [piece for part in parts[first:last] if (piece := _piece(text, stretch, part))]
        for start, end in pieces:
            at += [(start, _OPEN), (end, _CLOSE)]
        if pieces:
            at[-1] = (at[-1][0], chr(_LAST + number))
    at.sort(key=lambda sign: (sign[0], sign[1] == _OPEN))
    borders = [0, *(place for place, _ in at), len(text)]
    pieces_between = [text[start:end] for start, end in pairwise(borders)]
    return "".join(piece + sign for piece, (_, sign) in zip(pieces_between, [*at, (0, "")], strict=True))


def unsigned(text: str, instead: str = "") -> str:
    """The text without signs."""
    return _PRIVATE.sub(instead, text)


def _piece(text: str, stretch: Stretch, part: tuple[int, int]) -> tuple[int, int] | None:
    """From the first to the last letter of a stretch in a line or a cell; None where it has none there."""
    start, end = max(stretch.start, part[0]), min(stretch.end, part[1])
    if start >= end:
        return None
    if signs := _BLOCK_SIGNS.match(text, *part):
        start = max(start, signs.end())
    letters = [found.span(1) for found in _LETTERS.finditer(text, start, end) if found[1]]
    return (letters[0][0], letters[-1][1]) if letters else None


def remarked(text: str, stretches: Sequence[Stretch]) -> str:
    """The text with the remarks on it written out, each behind its stretch and the marks and full stop of that."""

    def with_remark(found: re.Match[str]) -> str:
        stretch = stretches[ord(found[1]) - _LAST]
        return f"{found[2]} ({': '.join(filter(None, (stretch.remark, stretch.detail)))})"

    last = f"([{chr(_LAST)}-{chr(_LAST + _MOST)}])({_ENDING.pattern})"
    return unsigned(re.sub(last, with_remark, signed(text, stretches)))


class Pen:
    """Draws the words of a signed text, piece after piece in their order, with the tags of `element` around stretches.

    `plain` draws words that have no signs.
    """

    def __init__(self, element: tuple[str, str], stretches: Sequence[Stretch], plain: Callable[[str], str]) -> None:
        self._opening, self._closing = element
        self._stretches = stretches
        self._plain = plain
        self._inside = False
        self._remark = ""

    def draw(self, text: str, plain: Callable[[str], str] | None = None) -> str:
        """A piece of text as HTML."""
        drawn = []
        for piece in filter(None, _PRIVATE.split(text)):
            if not _PRIVATE.match(piece):
                drawn.append(self._words(piece, plain or self._plain))
            else:
                self._inside = piece == _OPEN
                if ord(piece) >= _LAST:
                    drawn.append(self.rest())
                    self._remark = remark_html(self._stretches[ord(piece) - _LAST])
        return "".join(drawn)

    def rest(self) -> str:
        """The remark that still has to be made, at the end of a paragraph."""
        remark, self._remark = self._remark, ""
        return remark

    def _words(self, text: str, plain: Callable[[str], str]) -> str:
        if self._inside:
            return self.rest() + self._opening + plain(text) + self._closing
        end = found.end() if self._remark and (found := _ENDING.match(text)) else 0
        ending = plain(text[:end]) if end else ""
        if end == len(text):
            return ending
        return ending + self.rest() + plain(text[end:])


def remark_html(stretch: Stretch) -> str:
    """What is remarked behind a stretch."""
    if not stretch.remark:
        return ""
    detail = html.escape(stretch.detail)
    title = f' title="{detail}"' if detail else ""
    spoken = f'<span class="unseen"> ({detail})</span>' if detail else ""
    return f' <span class="remark" tabindex="0"{title}>{html.escape(stretch.remark)}{spoken}</span>'


def moved(stretches: Sequence[Stretch], by: int) -> list[Stretch]:
    """The same stretches in a text from which `by` characters were cut off at its beginning."""
    return [replace(one, start=max(0, one.start - by), end=one.end - by) for one in stretches if one.end > by]
