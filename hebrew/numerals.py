"""Numbers written in Hebrew letters: `י"ב` is 12, `תשפ"ד` the year 5784.

Letters are taken with plain final letters and without marks. Knows nothing of tokens or calendars.
"""

import re

_VALUES = {
    **{letter: number for number, letter in enumerate("אבגדהוזחט", 1)},
    **{letter: 10 * number for number, letter in enumerate("יכלמנסעפצ", 1)},
    **{letter: 100 * number for number, letter in enumerate("קרשת", 1)},
}
_NUMERAL = re.compile("(?:תתק|תת[קרש]?|ת[קרש]?|[קרש])?(?:ט[וז]|[יכלמנסעפצ]?[א-ט]?)")
"""Hundreds, tens, ones, in this order. 15 and 16 are 9 and 6, 9 and 7, and never begin the name of God."""
_NOT_NUMERALS = ("יה", "יו")
_HIGHEST = 999
_MILLENNIUM = 5000
_SHORTEST_YEAR = 3
_YEARS = range(5500, 5900)
"""Years of the Hebrew calendar that are written without their thousands (1739 to 2139)."""


def value_of(letters: str) -> int | None:
    """The number that letters stand for, 1 to 999; None when they are no numeral as numerals are written."""
    if not letters or not _NUMERAL.fullmatch(letters) or letters.endswith(_NOT_NUMERALS):
        return None
    return sum(_VALUES[letter] for letter in letters)


def year_of(letters: str) -> int | None:
    """The Hebrew year that letters, without that of the thousands, stand for; None when they are none."""
    year = _MILLENNIUM + (value_of(letters) or 0)
    return year if year in _YEARS and len(letters) >= _SHORTEST_YEAR else None


def numeral(number: int) -> str | None:
    """The letters of a number from 1 to 999, or of a year that is written without its thousands; None for others."""
    if number in _YEARS:
        number -= _MILLENNIUM
    if not 0 < number <= _HIGHEST:
        return None
    letters = ""
    for letter, value in sorted(_VALUES.items(), key=lambda each: -each[1]):
        while number >= value:
            if number in (15, 16):
                return letters + {15: "טו", 16: "טז"}[number]
            letters += letter
            number -= value
    return letters
