"""The numbers, dates, times and amounts of a text, each in one form however it is written.

`1,500`, `1500` and the Hebrew words for it are one number; `12/03/2024`, the same day with the name of its month, and
the same day of the Hebrew calendar are one date. Units are no part of an amount. Knows nothing of what texts are for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import takewhile

from hebrew.calendar import is_month, other_ways
from hebrew.dates import CivilDate, date_of
from hebrew.letters import FINALS
from hebrew.number_words import begins_number, scaled, spelled_number
from hebrew.numerals import value_of
from hebrew.tokens import written_words

_FLAT: dict[int, int | str] = {
    **FINALS,
    **dict.fromkeys(map(ord, "\u05f4\u201c\u201d\u201e\u201f\u2033"), '"'),
    **dict.fromkeys(map(ord, "\u05f3\u2018\u2019\u201a\u201b\u2032`\u00b4"), "'"),
    **dict.fromkeys(map(ord, "\u05be\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
    **dict.fromkeys((0xA0, 0x202F), " "),
}
"""Letters, quotes and dashes in one shape each, without moving a character."""

_PIECE = re.compile(
    r"""(?P<date>\d{4}-\d\d-\d\d(?![\d-]))|(?P<phone>(?<![\d.,])\+?\d{1,4}(?:-\d{2,7}){1,4}(?![\d-]))"""
    r"""|(?P<digits>\d+(?:[.,:/]\d+)*)|(?P<word>[א-ת]+(?:["'][א-ת]+)*'?)|(?P<code>[A-Za-z]+\d\w*)|[^\W\d_א-ת]\w*|[^\s-]"""
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_TIME = re.compile(r"(\d|[01]\d|2[0-3])[:.]([0-5]\d)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PARTS = re.compile(r"\d+")
_DIGIT = re.compile(r"-?\d")
_SHORTEST_PHONE = 7
_MOST_LETTERS, _GOD = 10, "ה"
"""A single letter counts up to ten; with its mark, the fifth is rather the name of God."""
_CIVIL_YEARS, _HEBREW_YEARS = range(1700, 2140), range(5460, 5900)
_YEARS_APART = 3760
_DAY = frozenset(("יומ", "ביומ", "ימי", "בימי", "מיומ", "ליומ"))
_MOST_WORDS = 12
_CACHED_TEXTS = 256


@dataclass(frozen=True, slots=True)
class Amount:
    """What characters `start` to `end` of a text say.

    Another text says it too when it has all that one of the `ways` names. What it says to others are `said`. An amount
    that is not `sure` may be no number at all, as "one" and "second".
    """

    start: int
    end: int
    ways: tuple[frozenset[str], ...]
    said: frozenset[str]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int
    kind: str | None
    before_digit: bool
    """Whether a number follows without a blank: a letter before it is a prefix."""


@lru_cache(_CACHED_TEXTS)
def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a text, in their order."""
    flat = text.translate(_FLAT)
    pieces = [
        _Piece(match[0], *match.span(), match.lastgroup, bool(_DIGIT.match(flat, match.end())))
        for match in _PIECE.finditer(flat)
    ]
    return tuple(_amounts(flat, pieces))


def said_in(text: str) -> frozenset[str]:
    """All that the amounts of a text say."""
    return frozenset(each for amount in amounts(text) for each in amount.said)


def _amounts(flat: str, pieces: Sequence[_Piece]) -> Iterator[Amount]:
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        read = 1
        if piece.kind in ("date", "digits", "word") and (dated := _date(flat, pieces, at)):
            amount, read = dated
            yield amount
        elif piece.kind == "code":
            said = frozenset({f"#{piece.text.lower()}"})
            yield Amount(piece.start, piece.end, (said,), said)
        elif piece.kind == "phone":
            yield from _phone(piece)
        elif piece.kind in ("date", "digits"):
            value, read = _with_words(piece, pieces, at)
            yield value
        elif piece.kind == "word" and (worded := _word(pieces, at)):
            value, read = worded
            yield value
        at += read


def _date(flat: str, pieces: Sequence[_Piece], at: int) -> tuple[Amount, int] | None:
    """The date that begins with a piece: in digits, or a day with the name of a month and perhaps a year."""
    first = pieces[at]
    following = pieces[at + 1].text if at + 1 < len(pieces) else ""
    if (date := date_of(first.text)) and (date.year or not scaled(Fraction(1), [following])[1]):
        return _dated(first.start, first.end, date, first.text), 1
    if not is_month(following):
        return None
    for count in (3, 2):
        some = pieces[at : at + count]
        day = (
            str(value_of(first.text[0]))
            if len(first.text.removesuffix("'")) == 1 and first.kind == "word"
            else first.text
        )
        written = day + flat[first.end : some[-1].end]
        way = next(iter(other_ways(written_words(written))), None) if len(some) == count else None
        if way and way.start == 0 and way.end == count and (date := date_of(way.tokens[0])):
            return _dated(first.start, some[-1].end, date, ""), count
    return None


def _dated(start: int, end: int, date: CivilDate, written: str) -> Amount:
    """Day and month may stand apart from the year; digits without a year may also be a number or a time."""
    day = f"@{date.day}.{date.month}"
    said = {day}
    ways = [frozenset({day})]
    if not written or date.year:
        said.add(str(date.day))
    if date.year:
        said |= {f"{day}.{date.year}", str(date.year)}
        ways = [frozenset({f"{day}.{date.year}"}), frozenset({day, str(date.year)})]
    elif written:
        other = _plain(written)
        said |= other
        ways += [frozenset({each}) for each in sorted(other)]
    return Amount(start, end, tuple(ways), frozenset(said))


def _phone(piece: _Piece) -> Iterator[Amount]:
    """Digits with dashes between: a number of a telephone or an account where they are many, else a range."""
    parts = list(_PARTS.finditer(piece.text))
    joined = "".join(part[0] for part in parts)
    if len(joined) < _SHORTEST_PHONE or len(parts[0][0]) == len(joined) // len(parts):  # as in 2020-2021
        for part in parts:
            start = piece.start + part.start()
            yield _numbered(start, start + len(part[0]), Fraction(int(part[0])))
        return
    every = frozenset(str(int(part[0])) for part in parts)
    yield Amount(piece.start, piece.end, (frozenset({f"#{joined}"}), every), every | {f"#{joined}"})


def _with_words(piece: _Piece, pieces: Sequence[_Piece], at: int) -> tuple[Amount, int]:
    """A number in digits with the thousands and millions that follow it in words."""
    bare = _THOUSANDS.sub("", piece.text).replace(",", ".")
    following = [each.text for each in pieces[at + 1 : at + 3]]
    if not _NUMBER.fullmatch(bare):
        said = _plain(piece.text)
        every = said if ":" in piece.text else frozenset(str(int(part)) for part in _PARTS.findall(bare))
        return Amount(piece.start, piece.end, (*(frozenset({each}) for each in sorted(said)), every), said | every), 1
    value, read = scaled(Fraction(bare), following)
    if not read:
        return _numbered(piece.start, piece.end, value, _plain(piece.text)), 1
    whole = frozenset({str(value)})
    return Amount(piece.start, pieces[at + read].end, (whole, frozenset({str(Fraction(bare))})), whole), 1 + read


def _plain(written: str) -> frozenset[str]:
    """What digits say that are no date: a time, a number, a long number as such, or only themselves."""
    bare = _THOUSANDS.sub("", written).replace(",", ".")
    said = set()
    if time := _TIME.fullmatch(written):
        said.add(f"@{int(time[1])}:{time[2]}")
        if not int(time[2]) and ":" in written:
            said.add(str(int(time[1])))
    if _NUMBER.fullmatch(bare):
        said.add(str(Fraction(bare)))
    if bare.isdigit() and len(bare) >= _SHORTEST_PHONE:
        said.add(f"#{bare}")
    return frozenset(said or {bare})


def _word(pieces: Sequence[_Piece], at: int) -> tuple[Amount, int] | None:
    """A number in letters or in words; after "day", also the words for first and second are one."""
    piece = pieces[at]
    if len(letter := piece.text.removesuffix("'")) == 1:
        value = value_of(letter) or _MOST_LETTERS + 1
        said, sure = frozenset({str(value)}), letter not in (piece.text, _GOD)
        if value > _MOST_LETTERS or (letter == piece.text and piece.before_digit):
            return None
        return _numbered(piece.start, piece.end, Fraction(value), said, sure=sure), 1
    if "'" in piece.text or '"' in piece.text:
        forms = next(iter(written_words(piece.text)), ())
        number = next((form for form in forms if form.isdecimal()), None)
        return (_numbered(piece.start, piece.end, Fraction(number)), 1) if number else None
    if not begins_number(piece.text):
        return None
    words = [each.text for each in takewhile(lambda each: each.kind == "word", pieces[at : at + _MOST_WORDS])]
    spelled = spelled_number(words)
    if not spelled:
        return None
    of_day = at > 0 and pieces[at - 1].text in _DAY
    last = pieces[at + spelled.words - 1]
    return _numbered(piece.start, last.end, spelled.value, sure=of_day or not spelled.vague), spelled.words


def _numbered(
    start: int, end: int, value: Fraction, said: frozenset[str] = frozenset(), *, sure: bool = True
) -> Amount:
    """A number; a year of one calendar is also said by either year of the other in which it falls."""
    ways = [frozenset({each}) for each in sorted(said | {str(value)})]
    if value.denominator == 1 and int(value) in _CIVIL_YEARS:
        ways += [frozenset({str(value + _YEARS_APART)}), frozenset({str(value + _YEARS_APART + 1)})]
    if value.denominator == 1 and int(value) in _HEBREW_YEARS:
        ways += [frozenset({str(value - _YEARS_APART)}), frozenset({str(value - _YEARS_APART - 1)})]
    return Amount(start, end, tuple(ways), said | {str(value)}, sure)
