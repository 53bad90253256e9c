"""How a spreadsheet shows a date or a time: the date codes of Office Open XML (ECMA-376 part 1, section 18.8.31).

Knows day numbers, and neither cells nor files.
"""

import re
from datetime import datetime, timedelta

from hebrew.dates import MONTHS, WEEKDAYS

_CODE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<elapsed>h+|m+|s+)\]|\[\$(?P<language>[^\]]*)\]|\[[^\]]*\]'
    r"|(?P<noon>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+)|(?P<fraction>\.0+)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_ENGLISH = re.compile(r"-(?:[0-9A-F]*?0?[048C]?09|en\b)", re.IGNORECASE)
"""The language of a code says English; by default months have the names that they have on a computer in Israel."""
_FIRST_DAY = datetime(1899, 12, 30)  # a sheet knows no time zones
_FIRST_DAY_1904 = datetime(1904, 1, 1)
_LAST_DAY = 2_958_466
"""The day after 31 December 9999."""
_NO_29_FEBRUARY = 60
"""1900 was no leap year; the day numbers say it was, so the ones before this are one too small."""
_NOON = 12
_NAMED = 3
"""From so many letters on, a month or a day has its name."""


def is_date(section: str) -> bool:
    """Whether a section of a format code is for dates or times."""
    if re.search("General", section, re.IGNORECASE):
        return False
    return any(match.lastgroup in {"date", "elapsed"} for match in _CODE.finditer(section))


def date_shown(value: float, section: str, *, from_1904: bool = False) -> str:
    """The moment as people see it, "" for a number that is no moment. Names of months are whole, so as to be found."""
    if not 0 <= value < _LAST_DAY:
        return ""
    codes = [match for match in _CODE.finditer(section) if match.lastgroup]
    fraction = next((len(match["fraction"]) - 1 for match in codes if match.lastgroup == "fraction"), 0)
    seconds = round(value * 86400, min(fraction, 3))
    if not from_1904 and 1 <= value < _NO_29_FEBRUARY:
        seconds += 86400
    moment = (_FIRST_DAY_1904 if from_1904 else _FIRST_DAY) + timedelta(seconds=seconds)
    in_english = any(_ENGLISH.search(match["language"] or "") for match in codes)
    has_noon = any(match.lastgroup == "noon" for match in codes)
    pieces = []
    for at, match in enumerate(codes):
        kind = match.lastgroup or ""
        if kind == "date":
            letters = match["date"].lower()
            letters = letters.replace("m", "n") if _is_minute(codes, at) else letters
            pieces.append(_part(moment, letters, in_english=in_english, twelve=has_noon))
        elif kind == "elapsed":
            pieces.append(_elapsed(round(value * 86400), match["elapsed"].lower()))
        elif kind == "noon":
            pieces.append("AM" if moment.hour < _NOON else "PM")
        elif kind == "fraction":
            pieces.append(f".{moment.microsecond:06}"[: fraction + 1])
        elif kind != "language":
            pieces.append(match[kind])
    return " ".join("".join(pieces).removesuffix("@").split())


def _is_minute(codes: "list[re.Match[str]]", at: int) -> bool:
    """Whether an m is a minute: after an hour, or before a second."""
    if codes[at]["date"][0] not in "mM":
        return False
    letters = [((match["date"] or match["elapsed"] or " ")[0].lower(), index) for index, match in enumerate(codes)]
    times = [(letter, index) for letter, index in letters if letter != " "]
    place = [index for _, index in times].index(at)
    return (place > 0 and times[place - 1][0] == "h") or (place + 1 < len(times) and times[place + 1][0] == "s")


def _part(moment: datetime, letters: str, *, in_english: bool, twelve: bool) -> str:
    kind, width = letters[0], len(letters)
    if kind == "m" and width >= _NAMED:
        return f"{moment:%B}" if in_english else MONTHS[moment.month - 1]
    if kind == "d" and width >= _NAMED:
        return f"{moment:%A}" if in_english else WEEKDAYS[moment.weekday()]
    if kind == "y":
        return f"{moment.year % 100:02}" if width <= 2 else f"{moment.year}"  # noqa: PLR2004
    hour = (moment.hour - 1) % _NOON + 1 if twelve else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[kind]
    return f"{number:0{min(width, 2)}}"


def _elapsed(seconds: int, letters: str) -> str:
    return f"{seconds // {'h': 3600, 'm': 60, 's': 1}[letters[0]]:0{len(letters)}}"
