r"""The grammar of citation marks: what models write for `[1]`, and what may yet become one.

Models were seen to write lists and ranges (`[1, 3]`, `[1-3]`), other brackets (`【1†source】`), the word for source
(`[source 1]`, also in round brackets), footnotes (`[^1]`), escapes (`\[1\]`) and brackets in brackets (`[[1]]`). A
number of four digits is none of them, so that years in brackets stay. Knows no sources and no answers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN, _CLOSE = r"\\?[\[\uff3b\u3010]", r"\\?[\]\uff3d\u3011]"
_ROUND = r"\\?\("
_OUTSIDE = r"[^()\[\]\uff3b\uff3d\u3010\u3011\u2026\n]"
SOURCE_WORDS = (
    "\u05de\u05e7\u05d5\u05e8\u05d5\u05ea", "\u05de\u05e7\u05d5\u05e8", "\u05de\u05e1\u05de\u05da",  # Hebrew
    "sources", "source", "citations", "citation", "refs", "ref", "documents", "document", "docs", "doc",
)  # fmt: skip
"""What models call a source, in Hebrew and English; where one begins with another, the longer one first."""
_NUMBER = "\u05de\u05e1\u05e4\u05e8"
_COUNTED = rf"\u05de\u05e1['\u05f3]|{_NUMBER}|no\."
"""The Hebrew and English for `no.`."""
_AND_TO = "\u05d5|\u05e2\u05d3|and|to"
"""The Hebrew and English for `and` and for the `to` of a range."""
_PAGE = "\u05e2\u05de|\u05e1\u05e2\u05d9\u05e3|p|l"
"""How the Hebrew and English words for page, section and line begin."""

_DASHES = r"\u05be\u2010-\u2015-"
_BETWEEN = rf"(?:[ \t]?(?:[,;/&+|\u060c\uff0c\u3001{_DASHES}]|{_AND_TO})[ \t]?[{_DASHES}]?|[ \t]{{1,3}})"
_MOST = 30
_NUMBERS = rf"\d{{1,3}}+(?:{_BETWEEN}\d{{1,3}}+){{0,{_MOST}}}+"
_LONGEST = 400
"""Characters that a mark has at most; of what is longer, the end need not be waited for."""
_WORD = rf"(?:{'|'.join(SOURCE_WORDS)})(?:[ \t]?(?:{_COUNTED}))?[ \t:#.]{{0,2}}"
_LEAD, _TRAIL = r"[ \t^#]{0,3}", r"[ \t.,;:^]{0,3}"
_PAGE_TAIL = rf"[ \t]?(?:\u2020|[,:;(][ \t]?(?:{_PAGE})){_OUTSIDE}{{0,60}}\)?"
_ANY_TAIL = rf"[ \t]?[,:;|({_DASHES}]{_OUTSIDE}{{0,60}}\)?"
_INSIDE = rf"{_LEAD}(?P<word>{_WORD})?(?P<numbers>{_NUMBERS})(?:{_PAGE_TAIL}|(?(word){_ANY_TAIL}|))?{_TRAIL}"


def _begun(word: str) -> str:
    """A pattern for any beginning of a word, from its first letter on."""
    return word[0] + (f"(?:{_begun(word[1:])})?" if word[1:] else "")


_WORD_BEGUN = rf"(?:{'|'.join(map(_begun, SOURCE_WORDS))})(?:[ \t]?(?:{_begun(_NUMBER)}|\u05de\u05e1['\u05f3]|no?))?"
_HALF = rf"{_LEAD}(?:{_WORD_BEGUN}|{_WORD})?"

MARK = re.compile(
    rf"(?:(?P<round>{_ROUND})(?=[^\W\d])|{_OPEN}(?P<second>{_OPEN})?){_INSIDE}"
    rf"(?(round)\\?\)|{_CLOSE}(?(second){_CLOSE}))",
    re.IGNORECASE,
)
"""A whole mark; its numbers are the group `numbers`."""

_INNER = r"[^\]\uff3d\u3011\n]"
_BEGUN = rf"{_OPEN}(?:{_OPEN})?"
_NUMBERED = rf"{_LEAD}(?:{_WORD})?"
_SEPARATED = rf"{_NUMBERS}(?:{_BETWEEN}){{0,3}}"
_CANDIDATE = re.compile(r"\\?[\[\uff3b\u3010(]|\\\Z")
_UNSETTLED = re.compile(
    rf"\\|{_ROUND}(?:{_HALF}[ \t]{{0,3}}\\?[ \t]{{0,3}}|{_LEAD}{_WORD}\d[^)\n]{{0,{_LONGEST}}})"
    rf"|{_BEGUN}(?:{_HALF}[ \t]{{0,3}}\\?[ \t]{{0,3}}|{_NUMBERED}\d{_INNER}{{0,{_LONGEST}}})"
    rf"|{_OPEN}{_OPEN}{_NUMBERED}\d{_INNER}{{0,{_LONGEST}}}{_CLOSE}\\?",
    re.IGNORECASE,
)
"""The end of a text that may yet become a mark."""
_BROKEN = re.compile(
    rf"{_BEGUN}{_NUMBERED}{_SEPARATED}\\?"
    rf"(?=[ \t]{{0,3}}(?:{_OPEN}|{_ROUND}{_LEAD}{_WORD}\d|\n|{_BETWEEN}\d))"
    rf"|{_OPEN}{_LEAD}{_WORD}(?=[ \t]?{_OPEN})|{_BEGUN}{_HALF}\\?(?=[ \t]{{0,3}}\n)",
    re.IGNORECASE,
)
"""A mark before whose end another one begins, or the line ends, or which has too many numbers."""
_CUT = re.compile(
    rf"(?:{_ROUND}|{_BEGUN})(?:{_HALF}|{_LEAD}{_WORD}(?:{_SEPARATED}|{_NUMBERS}(?:{_ANY_TAIL}|{_PAGE_TAIL})))"
    r"\\?[ \t]{0,3}"
    rf"|{_BEGUN}{_LEAD}(?:{_SEPARATED}|{_NUMBERS}{_PAGE_TAIL})\\?[ \t]{{0,3}}",
    re.IGNORECASE,
)
"""A mark before whose end the text ends."""
_OPENED = re.compile(
    rf"(?:{_OPEN}{_INNER}*|{_ROUND}{_LEAD}(?:(?:{'|'.join(SOURCE_WORDS)})[^)\]\uff3d\u3011\n]*|{_HALF}))\Z",
    re.IGNORECASE,
)
_LONGEST_OPENED = 100
_ITEM = re.compile(rf"(\d+)(?:[ \t]*(?:[{_DASHES}]|\u05e2\u05d3|to)[ \t]*(\d+))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A mark at characters `start` to `end` of a text, as ranges of numbers; one that was never closed has none."""

    start: int
    end: int
    ranges: tuple[tuple[int, int], ...] = ()


def next_mark(text: str, start: int, *, finished: bool) -> tuple[Found | None, int]:
    """The first mark from `start` on, and how far the text before it, or all of it, is surely no mark.

    While a text is not `finished`, its end may yet become a mark; whatever it goes on with, what was surely no mark
    stays so, and a mark stays that mark.
    """
    for candidate in _CANDIDATE.finditer(text, start):
        place = candidate.start()
        if mark := MARK.match(text, place):
            return Found(place, mark.end(), tuple(_ranges(mark["numbers"]))), place
        if not finished and _UNSETTLED.fullmatch(text, place):
            return None, place
        if broken := _BROKEN.match(text, place) or (finished and _CUT.fullmatch(text, place)):
            return Found(place, broken.end()), place
    return None, len(text)


def opened(text: str) -> int:
    """Where the brackets begin with which a text ends, or its length: a number that follows would be read as a mark."""
    match = _OPENED.search(text, max(0, len(text) - _LONGEST_OPENED))
    return match.start() if match else len(text)


def _ranges(numbers: str) -> Iterator[tuple[int, int]]:
    for first, last in _ITEM.findall(numbers):
        low, high = sorted((int(first), int(last or first)))
        yield low, high
