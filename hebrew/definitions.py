"""What a text defines itself: short names for long ones, in brackets or after a comma, and acronyms beside their names.

Precision counts for more than recall: where a long name begins is told by the letters of its acronym, by the word that
the short name repeats from it, by quotes, or by the colon or "between" before a party to a contract. What none of these
tells is left out. Knows no documents.
"""

import re
from collections.abc import Iterator, Sequence

from hebrew.folding import fold_matres, stem, strip_suffix
from hebrew.initials import ACRONYM, behind_particles, readings, spells, unprefixed
from hebrew.letters import FINALS
from hebrew.normalise import clean
from hebrew.sentences import sentences
from hebrew.terms import Pair
from hebrew.tokens import tokens

_QUOTES = {ord(mark): '"' for mark in "\u05f4\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"} | {0x5F3: "'", 0x2019: "'"}
_REACH = 300
"""Characters before a definition in which its name is looked for."""
_FEWEST_WORDS, _MOST_WORDS = 2, 8
"""Words of a long name."""
_MOST_WORDS_OF_LAW = 16
"""Words of the name of a law, which has brackets and a year in it."""
_MOST_WORDS_OF_SHORT = 4
_SHORTEST_HEAD = 3
"""Letters of a word by which a name is recognised."""

_DASH = r"\-\u2013\u2014"
_HEREAFTER = rf"""
    (?: (?:לעיל\s+)? ו?להלן | (?:או\s+)? ו?בקיצור )
    (?: \s+ (?: ביחד | יחד | בהגדרה\s+זו | ב(?:סעיף|חוק|הסכם|נוהל|פרק)\s+זה ) )*
    \s* [:,{_DASH}]* \s*
"""
_IN_BRACKETS = re.compile(rf"\s*{_HEREAFTER}(?P<names>.+)", re.DOTALL | re.VERBOSE)
_AFTER_COMMA = re.compile(rf'[,{_DASH}]\s*{_HEREAFTER}(?="(?P<name>[^"\n]+)")', re.VERBOSE)
_BRACKETS = re.compile(r"\(([^()]{2,160})\)")
_QUOTED = re.compile(r'(?<![א-ת])"([^"\n]*(?:[א-ת]"[א-ת][^"\n]*)*)"(?![א-ת])')
_QUOTED_BEFORE = re.compile(rf"{_QUOTED.pattern}$")
_ALTERNATIVES = re.compile(r"\s+(?:ו/)?או\s+|\s*[,/]\s*")
_LIST_LINE = re.compile(
    rf"^[ \t\u2022\u25cf*{_DASH}]*(?P<acronym>{ACRONYM.pattern})\s*[:={_DASH}]\s*(?P<name>[^\n,.;:()|]+)", re.MULTILINE
)
_PARTY = re.compile(r"(?:(?:^|\s)ו?ל?בין:?\s+|:\s+)(?P<name>[^,;:()\[\]|\d]+)$")

_WORD = re.compile(r"""[^\W_]+(?:["'][^\W_]+)*'?""")
_YEAR = r'ה?תש[א-ת]*"[א-ת]'
_LAW_ENDS = re.compile(rf"{_YEAR}\s*[{_DASH}]?\s*\d{{0,4}}$")
_BOUNDARY = re.compile(rf"[;:|\u2022\u25cf=\[\]{{}}()]|\s[{_DASH}]+\s|,(?!\s*{_YEAR})")
_IN_SENTENCES = frozenset(
    """
    זה זו זאת אלה אלו כי אשר אם לא הוא היא הם הן כן או וכן יהיה תהיה יהיו היה הייתה אין אינו אינה יש ישנו כאשר כל רק גם
    לפיכך כבר עוד אני אנו אנחנו הרי כמו למשל הינו הינה להיות ואם שלא כולו כולה כהגדרתו כהגדרתה כהגדרתם כמשמעותו כמשמעותה
    """.translate(FINALS).split()
)
"""Folded words that stand in sentences and not in names."""
_POINTING = frozenset("סעיף פסקה פסוק פרק עמוד רשימה רשימת פירוט טבלה תמונה איור ראו ראה".translate(FINALS).split())
"""Folded words before which "hereafter" only says where to look."""


def definitions(text: str) -> list[Pair]:
    """The pairs (short, long) that a text defines, each once; the lines of the text need not be whole sentences.

    All double quotes come out as `"`, however they are written.
    """
    text = clean(text).translate(_QUOTES).replace("''", '"')
    found = list[Pair]()
    for match in _BRACKETS.finditer(text):
        if text.count(match[0]) == 1:  # a name is defined once; a remark may follow many
            found += _of_brackets(match[1], _before(text, match.start()))
    for match in _AFTER_COMMA.finditer(text):
        found += _hereafter([match["name"]], _before(text, match.start()))
    for match in _LIST_LINE.finditer(text):
        found += _spelled_after(match["acronym"], match["name"])
    return list(dict.fromkeys(pair for pair in found if _is_definition(pair)))


def _of_brackets(said: str, before: str) -> Iterator[Pair]:
    if hereafter := _IN_BRACKETS.fullmatch(said):
        yield from _hereafter(_QUOTED.findall(hereafter["names"]) or _ALTERNATIVES.split(hereafter["names"]), before)
    elif ACRONYM.fullmatch(alone := said.strip(" '")) or ACRONYM.fullmatch(alone := alone.strip('"')):
        yield from _spelled_before(alone, before)
    elif (last := before.split()[-1:]) and ACRONYM.fullmatch(last[0]):
        yield from _spelled_after(last[0], said)


def _before(text: str, end: int) -> str:
    """The sentence in which a definition stands, on one line, as far as the definition."""
    near = text[max(0, end - _REACH) : end].rpartition("\n\n")[2]
    spans = sentences(near)
    return " ".join(near[slice(*spans[-1])].split()) if spans else ""


def _hereafter(names: Sequence[str], before: str) -> Iterator[Pair]:
    """The names with the long one that the first of them to do so finds in what stands before."""
    names = [name for name in (" ".join(name.split()).strip(" .,;:") for name in names) if _may_be_short(name)]
    spelled = {name: pair for name in names if ACRONYM.fullmatch(name) for pair in _spelled_before(name, before)}
    longs = [long for _, long in spelled.values()]
    longs += [match[1] for match in [_QUOTED_BEFORE.search(before)] if match]
    longs += [long for name in names if _is_telling(name) and (long := _repeated(name, before))]
    longs += [match["name"] for match in [_PARTY.search(before)] if match]
    long = next((long for long in map(_trimmed, longs) if long in spelled or _may_be_long(long)), "")
    yield from (spelled.get(name, (name, long)) for name in names)


def _is_telling(name: str) -> bool:
    """Whether it is a noun for sure, so that a word like its first one may begin the long name."""
    return name.startswith("ה") or " " in name


def _may_be_short(name: str) -> bool:
    folded = tokens(name) or [""]
    is_name = _is_nominal(folded) and _POINTING.isdisjoint(folded[:1]) and len(max(folded, key=len)) >= _SHORTEST_HEAD
    return is_name and len(folded) <= _MOST_WORDS_OF_SHORT


def _spelled_before(acronym: str, before: str) -> Iterator[Pair]:
    """The acronym with the fewest last words before it whose letters it is made of; of a quotation, with all of it."""
    quoted = _QUOTED_BEFORE.search(before)
    if quoted or before.endswith("'"):
        yield from _spelled_after(acronym, quoted[1] if quoted else "")
        return
    clause = _BOUNDARY.split(before)[-1]
    words = list(_WORD.finditer(clause))
    for reading in readings(acronym):
        for count in range(_FEWEST_WORDS, min(_MOST_WORDS, len(words)) + 1):
            if spells(reading, [word[0] for word in words[-count:]]):
                first = words[-count]
                yield reading, _trimmed(unprefixed(first[0], reading[0]) + clause[first.end() :])
                return


def _spelled_after(acronym: str, said: str) -> Iterator[Pair]:
    """The acronym, perhaps behind particles, with the name that follows it, if all its words make the letters."""
    for name in (said, said.partition(",")[0]):
        for reading in (*readings(acronym), *behind_particles(acronym)):
            if spells(reading, _WORD.findall(name)):
                yield reading, _trimmed(" ".join(name.split()))
                return


def _repeated(name: str, before: str) -> str:
    """What stands before, from the last word on with which the short name begins; "" where there is none."""
    head = _heads(name)
    for word in reversed(list(_WORD.finditer(before))):
        if not head.isdisjoint(_heads(word[0])):
            return unprefixed(word[0], tokens(name)[0].removeprefix("ה")[0]) + before[word.end() :]
    return ""


def _heads(name: str) -> frozenset[str]:
    """The forms of the first word of a name; none of a very short one, which is too often something else."""
    word = "".join(tokens(name)[:1])
    if len(word) < _SHORTEST_HEAD:
        return frozenset()
    return frozenset((stem(word), fold_matres(strip_suffix(word.removeprefix("ה")))))


def _may_be_long(name: str) -> bool:
    words = tokens(name)
    most = _MOST_WORDS_OF_LAW if _LAW_ENDS.search(name) else _MOST_WORDS
    is_cut = _BOUNDARY.search(re.sub(r"\([^()]*\)", "", name))
    return _FEWEST_WORDS <= len(words) <= most and not is_cut and _is_nominal(words)


def _is_nominal(words: Sequence[str]) -> bool:
    return _IN_SENTENCES.isdisjoint(words)


def _trimmed(name: str) -> str:
    return name.strip(" .,;:='-\u2013\u2014")


def _is_definition(pair: Pair) -> bool:
    """Whether the long name says more than the short one and does not use it."""
    short, long = pair
    added = set(map(stem, tokens(long))) - set(map(stem, tokens(short)))
    return bool(added) and not (ACRONYM.fullmatch(short) and short in long)
