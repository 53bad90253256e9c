"""Splitting text into folded surface tokens, the unit of searching.

Knows nothing of prefixes that are written without a quote, or of stems; that is folding.
"""

import re
from functools import lru_cache

from hebrew.acronyms import marked_acronym
from hebrew.dates import date_of
from hebrew.letters import FINALS, PREFIXES, fold_finals, is_hebrew
from hebrew.normalise import normalise
from hebrew.numerals import value_of, year_of

# Letters with full stops between them; Hebrew words with quotes inside (and a geresh at the end), but for a prefix
# letter of a number or a foreign word; words of other scripts, perhaps with an English genitive; dates as in ISO 8601;
# numbers with separators inside; signs that are words.
_TOKEN = re.compile(
    r"""[א-ת](?:\.[א-ת])+(?![א-ת])"""
    r"""|[א-ת]{2,}(?:["'][א-ת]+)*'?|[א-ת](?![-\u05be]?[\da-z])(?:["'][א-ת]+)*'?|[^\W\d_א-ת]+(?:'s(?!\w))?"""
    r"""|\d{4}-\d\d-\d\d(?!\d)|\d+(?:[.,:/]\d+)*|[%₪$€£]"""
)
_PLAIN = re.compile("[א-ת]{2,}|[a-z]+")
"""A word that is a token as it stands, as most are."""
_STOPS = (", ", ". ", ") ", " (")
"""The signs that most often touch a plain word."""
_MARKS = re.compile("[\"'.]")
_NUMERAL = re.compile("""(?:ה')?([א-ת]+)"([א-ת])|([א-ת])'""")
_SINGLE_NUMERALS = frozenset("אבגדוזחטי")
"""Letters that count, with a geresh or alone; others are initials, prefixes, or stand for the name of God."""
_SIGNS = {"%": "אחוז", "₪": "שקל", "$": "דולר", "€": "אירו", "£": "פאונד"}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SEPARATOR = re.compile(r"[.,:/-]")
_LONGEST_PLAIN_NUMBER = 4
_SHORTEST_WORD = 2

QUESTION_WORDS = frozenset(
    """
    או איזה איזו איך אילו איפה אל אם אצל אשר את באיזה באיזו בכמה במה גם האם הוא היא היה היו הייתה היכן היתה הם הן
    זאת זה זו כי כיצד כמה לאיזה לאיזו לאן למה למי מאיזה מאין מדוע מה מהו מהי מהם מהן מי מיהו מיהי ממה מתי על עם של
    """.translate(FINALS).split()
)
"""Folded words of a question that say nothing of what it is about."""

_POINTING_WORDS = frozenset(
    """
    אותה אותו אותם אותן אלה אלו בה בהם בו הוא היא הם הן זאת זה זו לה להם לו לזה לכך עליה עליהם עליו שלה שלהם שלו שם
    """.translate(FINALS).split()
)

_NUMBER_WORDS = frozenset("מתי כמה תאריך שנה שנת".translate(FINALS).split())
_CACHED_PIECES = 1 << 16


def tokens(text: str) -> list[str]:
    """The folded surface tokens of a text, in order.

    Hebrew words lose their quotes (an acronym becomes one word; a prefix before a quoted word is cut off) and final
    letters take their ordinary shape; a Hebrew letter alone is a number or is dropped. A known acronym has one form,
    without prefix letters, and keeps its mark where its letters are another word. A numeral in letters is followed by
    its digits, a date by its day and month and by its parts. Numbers lose thousands commas.
    """
    text = fold_finals(normalise(text))
    for stop in _STOPS:
        text = text.replace(stop, " ")
    found: list[str] = []
    for piece in text.split():
        if _PLAIN.fullmatch(piece):
            found.append(piece)
        else:
            found += _tokens_of(piece)
    return found


def written_words(text: str) -> list[tuple[str, ...]]:
    """The tokens of a text, those of one written word together: first the word itself, then other forms of it."""
    return [forms for token in _TOKEN.findall(fold_finals(normalise(text))) if (forms := _forms(token))]


def question_tokens(text: str) -> list[str]:
    """The tokens of a question without question words; all of them when nothing else is left."""
    every = tokens(text)
    return [token for token in every if token not in QUESTION_WORDS] or every


def asks_for_number(question: str) -> bool:
    """Whether the answer is likely to hold a number: a question of when, how many or which year, or with a number."""
    return any(token in _NUMBER_WORDS or token[0].isdigit() for token in tokens(question))


def points_back(text: str) -> bool:
    """Whether a text goes on with what was said before ("and ...") or has a word that stands for it (he, there)."""
    words = tokens(text)
    return bool(words) and (words[0].startswith("ו") or not _POINTING_WORDS.isdisjoint(words))


@lru_cache(_CACHED_PIECES)
def _tokens_of(piece: str) -> tuple[str, ...]:
    """The tokens of what stands between two blanks."""
    return tuple(form for token in _TOKEN.findall(piece) for form in _forms(token))


def _forms(token: str) -> tuple[str, ...]:
    if is_hebrew(token):
        return _hebrew_forms(token)
    if token[0].isdigit():
        return _number_forms(token)
    return (_SIGNS.get(token) or token.removesuffix("'s"),)


def _hebrew_forms(token: str) -> tuple[str, ...]:
    if not _MARKS.search(token):
        if len(token) >= _SHORTEST_WORD:
            return (token,)
        return (str(value_of(token)),) if token in _SINGLE_NUMERALS else ()
    if "." in token:
        letters = token.replace(".", "")
        acronym = marked_acronym(f'{letters[:-1]}"{letters[-1]}')
        return (acronym,) if acronym else ()
    if acronym := marked_acronym(token):
        return (acronym,)
    if numeral := _numeral(token):
        return numeral
    word = _MARKS.sub("", _bare(token))
    return (word,) if len(word) >= _SHORTEST_WORD else ()


def _numeral(token: str) -> tuple[str, ...] | None:
    """The letters, when they are more than one, and the digits of a numeral with its mark, without prefix letters."""
    for length in range(len(token) - 1):
        if length and token[:length] not in PREFIXES:
            continue
        if match := _NUMERAL.fullmatch(token[length:]):
            first, last, alone = match.groups()
            if alone in _SINGLE_NUMERALS:
                return (str(value_of(alone)),)
            if first and (number := year_of(first + last) or value_of(first + last)):
                return first + last, str(number)
    return None


def _number_forms(token: str) -> tuple[str, ...]:
    if date := date_of(token):
        return date.tokens()
    token = _THOUSANDS.sub("", token)
    if len(token) <= _LONGEST_PLAIN_NUMBER or not _SEPARATOR.search(token):
        return (token,)
    return (token, *_SEPARATOR.split(token))


def _bare(token: str) -> str:
    prefix, _, quoted = token.partition('"')
    letters = len(quoted) - quoted.count('"') - quoted.count("'")
    return quoted if prefix in PREFIXES and letters >= _SHORTEST_WORD else token
