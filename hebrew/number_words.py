"""Numbers spelled out in Hebrew words, of any size: `אלף חמש מאות` is 1500, `שניים וחצי מיליון` 2500000.

Words are taken with plain final letters. Knows nothing of digits, dates or sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from hebrew.letters import PREFIXES, fold_finals

_UNITS = """
1 אחד אחת
2 שניים שתיים שנים שתים שני שתי
3 שלוש שלושה שלושת
4 ארבע ארבעה ארבעת
5 חמש חמישה חמשת
6 שש שישה ששת
7 שבע שבעה שבעת
8 שמונה שמונת
9 תשע תשעה תשעת
10 עשר עשרה עשרת
20 עשרים
30 שלושים
40 ארבעים
50 חמישים
60 שישים
70 שבעים
80 שמונים
90 תשעים
100 מאה
200 מאתיים
2000 אלפיים
"""
_SCALES = """
100 מאות
1000 אלף אלפים
1000000 מיליון מליון מיליוני
1000000000 מיליארד מיליארדי
"""
_PAIRS = "יומיים שבועיים חודשיים שנתיים שעתיים פעמיים דקותיים"
_ORDINALS = """
1 ראשון ראשונה
2 שני שנייה שניה
3 שלישי שלישית
4 רביעי רביעית
5 חמישי חמישית
6 שישי שישית
7 שביעי שביעית
8 שמיני שמינית
9 תשיעי תשיעית
10 עשירי עשירית
"""


def _read(table: str) -> dict[str, int]:
    lines = (line.split() for line in fold_finals(table).strip().splitlines())
    return {word: int(number) for number, *words in lines for word in words}


_VALUES, _MULTIPLES, _IN_ORDER = _read(_UNITS), _read(_SCALES), _read(_ORDINALS)
_TWO = frozenset(fold_finals(_PAIRS).split())
_ALONE = {word: str(number) for word, number in _VALUES.items() if number not in (1, 2, 100)} | {
    fold_finals("אלף"): "1000"
}
"""Words that are a number and hardly ever anything else; "one", "second" and "a century" say more."""
_SAME = {digits: tuple(word for word in _ALONE if _ALONE[word] == digits) for digits in _ALONE.values()}
_KNOWN = (_VALUES, _MULTIPLES, _IN_ORDER, _TWO, frozenset({"חצי"}))
_CACHED_WORDS = 1 << 14
_TEEN = frozenset({"עשר", "עשרה"})
_HALF, _AND_HALF = "חצי", "וחצי"
_MOST_WORDS = 10
_TEN, _TWENTY, _HUNDRED, _THOUSAND, _TWO_THOUSAND = 10, 20, 100, 1000, 2000
_NO_LIMIT = 10**12
_FIRST_CLEAR = 3
""""First" is often "the beginning", "second" often Monday, or two of something."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """The number that the first `words` words say. It is `vague` where the words might also say something else.

    "One" and "two" are often no numbers, nor are a hundred (a century), a thousand and a half when they stand alone.
    """

    value: Fraction
    words: int
    vague: bool = True


def spelled(token: str) -> tuple[str, ...]:
    """The words for a number in digits, the digits for a number in a word, as tokens; nothing for others."""
    return _SAME.get(token) or ((_ALONE[token],) if token in _ALONE else ())


def spelled_number(words: Sequence[str]) -> Spelled | None:
    """The number with which the words begin, prefix letters before it aside; None where they begin with none."""
    if not words:
        return None
    first = _bare(words[0])
    if first in _TWO:
        return Spelled(Fraction(2), 1, vague=False)
    if first in _IN_ORDER and first not in _VALUES:
        return Spelled(Fraction(_IN_ORDER[first]), 1, vague=_IN_ORDER[first] < _FIRST_CLEAR)
    if first not in _VALUES and first not in _MULTIPLES:
        return Spelled(Fraction(1, 2), 1) if first == _HALF else None
    return _composed([first, *words[1:_MOST_WORDS]])


@lru_cache(_CACHED_WORDS)
def begins_number(word: str) -> bool:
    """Whether a number may begin with a word."""
    bare = _bare(word)
    return any(bare in each for each in _KNOWN)


def scaled(value: Fraction, words: Sequence[str]) -> tuple[Fraction, int]:
    """A number with the thousands, millions and halves that follow it in words, and how many words those are."""
    read = 0
    while read < len(words) and (scale := _MULTIPLES.get(words[read])):
        value *= scale
        read += 1
        if read < len(words) and words[read] == _AND_HALF:
            return value + Fraction(scale, 2), read + 1
    return value, read


def _composed(words: Sequence[str]) -> Spelled | None:
    """Reads thousands before hundreds before tens before ones; what comes last in such a row begins with an "and"."""
    total, at, limit = Fraction(0), 0, _NO_LIMIT
    while at < len(words):
        if limit > _THOUSAND and _VALUES.get(_joined(words, at)) == _TWO_THOUSAND:
            total, at, limit = total + _TWO_THOUSAND, at + 1, _THOUSAND
            continue
        group, end = _below_thousand(words, at)
        scale = _MULTIPLES.get(_joined(words, end), 0)
        if scale < _THOUSAND or scale >= limit or (end > at and _joined(words, end) != words[end]):
            if at == 0 or _joined(words, at) != words[at] or group >= _TEN:
                total, at = total + group, end
            break
        total, at, limit = total + (group or 1) * scale, end + 1, scale
        if at < len(words) and words[at] == _AND_HALF:
            return Spelled(total + Fraction(scale, 2), at + 1)
    if at and total and at < len(words) and words[at] == _AND_HALF:
        total, at = total + Fraction(1, 2), at + 1
    return Spelled(total, at, vague=at == 1 and total in (1, 2, _HUNDRED, _THOUSAND)) if at and total else None


def _below_thousand(words: Sequence[str], start: int) -> tuple[int, int]:
    """The number below a thousand at `start`, and where it ends: 0 where there is none."""
    at, value = start, _VALUES.get(_joined(words, start), 0)
    if 0 < value <= _TEN and _joined(words, at + 1) == "מאות":
        value, at = value * 100, at + 2
    elif _HUNDRED <= value < _THOUSAND:
        at += 1
    else:
        value = 0
    tens = _VALUES.get(_joined(words, at), 0)
    if _TWENTY <= tens < _HUNDRED:
        value, at = value + tens, at + 1
    ones = _VALUES.get(_joined(words, at), 0)
    joins = at == start or _joined(words, at) != "".join(words[at : at + 1])
    if 0 < ones <= _TEN and (joins or (value % _HUNDRED == 0 and _teen(words, at + 1))):
        value, at = value + ones, at + 1
    if _teen(words, at) and 0 < value % _HUNDRED < _TEN:
        value, at = value + 10, at + 1
    return value, at


def _teen(words: Sequence[str], at: int) -> bool:
    return at < len(words) and words[at] in _TEEN


def _joined(words: Sequence[str], at: int) -> str:
    """The word at a place, without the "and" by which it joins the one before it; "" after the end."""
    word = words[at] if at < len(words) else ""
    bare = word.removeprefix("ו")
    return bare if at and (bare in _VALUES or bare in _MULTIPLES) else word


def _bare(word: str) -> str:
    """The word without prefix letters, where that is a number and the word itself is none."""
    if any(word in each for each in _KNOWN):
        return word
    for length in range(1, min(4, len(word))):
        if word[:length] in PREFIXES and any(word[length:] in each for each in _KNOWN):
            return word[length:]
    return word
