"""The numbers that Word prints before list items and numbered headings, and does not store in the text.

People cite a clause by its number, so it belongs to what can be found. Knows nothing of the text of the items.
"""

import re
from collections import defaultdict

from hebrew.letters import FINALS
from ingest.readers.docx_package import Element, attribute, children, integer

BULLET = "\u2022"
_DEEPEST = 9
_PLACE = re.compile(r"%([1-9])")
_ALPHABET = [chr(code) for code in range(0x05D0, 0x05EB) if code not in FINALS]
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]  # fmt: skip
_LARGEST = 3999
"""Beyond this, Roman and Hebrew numbers are not written any more."""


class Numbering:
    """Counts the items of every list of one document, in the order it is asked about them."""

    def __init__(self, root: Element | None) -> None:
        parts = [] if root is None else list(root)
        self._levels: dict[str, dict[int, Element]] = {}
        for part in parts:
            if attribute(part, "abstractNumId"):
                levels = {integer(attribute(level, "ilvl"), 0): level for level in children(part, "lvl")}
                self._levels[attribute(part, "abstractNumId")] = levels
        self._lists = {attribute(part, "numId"): part for part in parts if attribute(part, "numId")}
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _DEEPEST)
        self._restarted: set[tuple[str, int]] = set()

    def next(self, list_id: str, level: int) -> str:
        """What stands before the next item of a list at a level (0 outermost): "3.2.", a bullet, or ""."""
        if list_id not in self._lists or not 0 <= level < _DEEPEST:
            return ""
        family = attribute(self._lists[list_id].find("{*}abstractNumId"), "val")
        levels = self._levels.get(family, {})
        if level not in levels:
            return ""
        self._count(list_id, family, level)
        if _format(levels[level]) == "bullet":
            return BULLET
        pattern = attribute(levels[level].find("{*}lvlText"), "val")
        return _PLACE.sub(lambda place: self._written(family, int(place[1]) - 1), pattern)

    def _count(self, list_id: str, family: str, level: int) -> None:
        counts = self._counts[family]
        override = self._override(list_id, level)
        now = counts[level]
        if override is not None and (list_id, level) not in self._restarted:
            counts[level] = override
            self._restarted.add((list_id, level))
        else:
            counts[level] = self._start(family, level) if now is None else now + 1
        counts[level + 1 :] = [None] * (_DEEPEST - level - 1)

    def _written(self, family: str, level: int) -> str:
        counted = self._counts[family][level]
        number = self._start(family, level) if counted is None else counted
        style = self._levels[family].get(level)
        return write_number(number, "decimal" if style is None else _format(style))

    def _start(self, family: str, level: int) -> int:
        style = self._levels[family].get(level)
        return 1 if style is None else integer(attribute(style.find("{*}start"), "val"), 1)

    def _override(self, list_id: str, level: int) -> int | None:
        for override in children(self._lists[list_id], "lvlOverride"):
            start = attribute(override.find("{*}startOverride"), "val")
            if start and integer(attribute(override, "ilvl"), 0) == level:
                return integer(start, 1)
        return None


def write_number(number: int, style: str) -> str:
    """A number as Word writes it in that style (ECMA-376, part 1, 17.18.59 ST_NumberFormat); "" for `none`."""
    if style == "none":
        return ""
    if not 0 < number <= _LARGEST:
        return str(number)
    match style:
        case "hebrew1":
            return _hebrew_number(number)
        case "hebrew2":
            return _repeated(number, "".join(_ALPHABET))
        case "lowerLetter" | "upperLetter":
            letters = _repeated(number, _LATIN)
            return letters.upper() if style == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            roman = _roman(number)
            return roman.upper() if style == "upperRoman" else roman
        case _:
            return str(number)


def _repeated(number: int, letters: str) -> str:
    """a, b, ..., z, aa, bb, ..., zz, aaa: as Word counts."""
    return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _hebrew_number(number: int) -> str:
    """Letters by value: nine units, nine tens, hundreds to 400; 15 and 16 are written 9+6 and 9+7."""
    ones, tens, hundreds = _ALPHABET[:9], _ALPHABET[9:18], _ALPHABET[18:]
    text = hundreds[3] * (number // 400)
    number %= 400
    if number >= 100:  # noqa: PLR2004
        text += hundreds[number // 100 - 1]
        number %= 100
    if number in (15, 16):
        return text + ones[8] + ones[number - 10]
    if number >= 10:  # noqa: PLR2004
        text += tens[number // 10 - 1]
    return text + (ones[number % 10 - 1] if number % 10 else "")


def _format(level: Element) -> str:
    return attribute(level.find("{*}numFmt"), "val") or "decimal"
