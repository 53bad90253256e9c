"""Civil dates in digits, and the names of months and days of the week. Knows no calendar."""

import re
from dataclasses import dataclass

MONTHS = (
    "ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר",
)  # fmt: skip
"""The months of the civil year, January first."""

WEEKDAYS = ("יום שני", "יום שלישי", "יום רביעי", "יום חמישי", "יום שישי", "שבת", "יום ראשון")
"""The days of the week as `datetime.weekday` counts them, Monday first."""

_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DATE = re.compile(r"(\d{1,2})([./])(\d{1,2})(?:\2((?:\d\d)?\d\d))?")
_DAYS, _MONTHS = range(1, 32), range(1, 13)
_SHORT_YEAR = 2
_NEXT_CENTURY = 50
"""A year of two digits is of this century when it is below this."""


@dataclass(frozen=True, slots=True)
class CivilDate:
    """A day of a month, and of a year when one is given. February may have 31 days here."""

    day: int
    month: int
    year: int | None = None

    def tokens(self) -> tuple[str, ...]:
        """The date as it is indexed: in one way of writing, whole and in parts."""
        short = f"{self.day}.{self.month}"
        if self.year is None:
            return (short,)
        return (f"{short}.{self.year}", short, str(self.day), str(self.month), str(self.year))


def date_of(token: str) -> CivilDate | None:
    """The date that digits with separators say: `13.4`, `13/04/26`, `2026-04-13`; None when they say none."""
    if iso := _ISO_DATE.fullmatch(token):
        return _possible(int(iso[3]), int(iso[2]), int(iso[1]))
    if not (match := _DATE.fullmatch(token)):
        return None
    written = match[4]
    year = int(written) if written else None
    if written and len(written) == _SHORT_YEAR:
        year = int(written) + (2000 if int(written) < _NEXT_CENTURY else 1900)
    return _possible(int(match[1]), int(match[3]), year)


def _possible(day: int, month: int, year: int | None) -> CivilDate | None:
    return CivilDate(day, month, year) if day in _DAYS and month in _MONTHS else None
