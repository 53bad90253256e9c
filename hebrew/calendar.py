"""Dates and years among the words of a text, and other ways of writing them: civil or Hebrew, in words or digits.

The calendar itself is pyluach's. Knows nothing of questions, or of what finding another way is worth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyluach.dates import GregorianDate, HebrewDate

from hebrew.dates import MONTHS, CivilDate, date_of
from hebrew.letters import FINALS
from hebrew.numerals import numeral

_CIVIL_NAMES = tuple(name.translate(FINALS) for name in MONTHS)
_CIVIL_MONTHS = {name: number for number, name in enumerate(_CIVIL_NAMES, 1)} | {"מרס": 3}
_HEBREW_SPELLINGS = (
    "ניסן", "אייר איר", "סיוון סיון", "תמוז", "אב", "אלול", "תשרי",
    "חשוון חשון מרחשוון מרחשון", "כסלו כסליו", "טבת", "שבט", "אדר",
)  # fmt: skip
_HEBREW_NAMES = tuple(tuple(names.translate(FINALS).split()) for names in _HEBREW_SPELLINGS)
_HEBREW_MONTHS = {name: number for number, names in enumerate(_HEBREW_NAMES, 1) for name in names}
_ADAR = 12
_BEFORE_MONTHS = ("", "ב", "ל", "ה")
_MONTHS = frozenset(prefix + name for prefix in _BEFORE_MONTHS for name in (*_CIVIL_MONTHS, *_HEBREW_MONTHS))
_DAYS = range(1, 32)
_CIVIL_YEARS, _HEBREW_YEARS = range(1700, 2140), range(5460, 5900)
_SAME_YEAR = 0.2
_YEARS_APART = 3760
"""The Hebrew year that begins in the autumn of a civil year is so many and one more; until then it is so many more."""

Words = Sequence[Sequence[str]]
"""The tokens of each written word of a text (`hebrew.tokens.written_words`)."""


@dataclass(frozen=True, slots=True)
class OtherWay:
    """What may stand instead of words `start` to `end` (exclusive): these tokens together.

    `worth` is 1 for the same day, and less for a year that only shares some months with the one that was written.
    """

    start: int
    end: int
    tokens: tuple[str, ...]
    worth: float = 1.0


def is_month(word: str) -> bool:
    """Whether a folded word is the name of a month, civil or Hebrew, perhaps with the prefix that dates have."""
    return word in _MONTHS


def other_ways(words: Words) -> Iterator[OtherWay]:
    """The other ways of writing the dates and years of a text."""
    at = 0
    while at < len(words):
        if date := date_of(words[at][0]):
            end, ways = at + 1, [_in_words(date), *_in_hebrew(date)]
        elif named := _named(words, at):
            end, ways = named
        else:
            end, ways = at + 1, []
            yield from (OtherWay(at, end, (token,), _SAME_YEAR) for token in _other_years(_year(words[at])))
        yield from (OtherWay(at, end, tokens) for tokens in ways)
        at = end


def _named(words: Words, at: int) -> tuple[int, list[tuple[str, ...]]] | None:
    """Where the number of a day, the name of a month and perhaps a year end, and the other ways of writing them."""
    day = next((int(form) for form in words[at] if form.isdecimal() and int(form) in _DAYS), None)
    if day is None or at + 1 == len(words):
        return None
    names = [words[at + 1][0].removeprefix(prefix) for prefix in _BEFORE_MONTHS]
    year = _year(words[at + 2]) if at + 2 < len(words) else None
    end = at + 2 + (year is not None)
    if month := next((_CIVIL_MONTHS[each] for each in names if each in _CIVIL_MONTHS), None):
        date = CivilDate(day, month, year if year in _CIVIL_YEARS else None)
        return end, [(date.tokens()[0],), *_in_hebrew(date)]
    if month := next((_HEBREW_MONTHS[each] for each in names if each in _HEBREW_MONTHS), None):
        return end, _in_civil(day, month, year)
    return None


def _other_years(year: int | None) -> tuple[str, ...]:
    if year is None:
        return ()
    if year in _HEBREW_YEARS:
        return numeral(year) or "", str(year - _YEARS_APART - 1), str(year - _YEARS_APART)
    return str(year + _YEARS_APART), str(year + _YEARS_APART + 1)


def _in_words(date: CivilDate) -> tuple[str, ...]:
    year = () if date.year is None else (str(date.year),)
    return (str(date.day), _CIVIL_NAMES[date.month - 1], *year)


def _year(forms: Sequence[str]) -> int | None:
    years = (int(form) for form in forms if form.isdecimal())
    return next((year for year in years if year in _CIVIL_YEARS or year in _HEBREW_YEARS), None)


def _in_hebrew(date: CivilDate) -> list[tuple[str, ...]]:
    if date.year not in _CIVIL_YEARS:
        return []
    try:
        hebrew = GregorianDate(date.year, date.month, date.day).to_heb()
    except ValueError:  # no such day, as 31.2.2024
        return []
    name = _HEBREW_NAMES[min(hebrew.month, _ADAR) - 1][0]
    return [(str(hebrew.day), name, str(hebrew.year))]


def _in_civil(day: int, month: int, year: int | None) -> list[tuple[str, ...]]:
    if year not in _HEBREW_YEARS:
        return []
    try:
        civil = HebrewDate(year, month, day).to_greg()
    except ValueError:
        return []
    date = CivilDate(civil.day, civil.month, civil.year)
    return [(date.tokens()[0],), _in_words(date)]
