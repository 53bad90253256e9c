"""Splitting text into folded surface tokens, the unit of searching.

Knows nothing of prefixes that are written without a quote, or of stems; that is folding.
"""

import re
from functools import lru_cache

from hebrew.letters import FINALS, PREFIXES, is_hebrew
from hebrew.normalise import normalise

# Hebrew words with quotes inside (and a geresh at the end), words of other scripts, numbers with separators inside.
_TOKEN = re.compile(r"""[א-ת]+(?:["'][א-ת]+)*'?|[^\W\d_א-ת]+|\d+(?:[.,:/]\d+)*""")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SEPARATOR = re.compile(r"[.,:/]")
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
_CACHED_TOKENS = 1 << 16


def tokens(text: str) -> list[str]:
    """The folded surface tokens of a text, in order.

    Hebrew words lose their quotes (an acronym becomes one word; a prefix before a quoted word is cut off) and final
    letters take their ordinary shape; Hebrew tokens of one letter are dropped. Numbers lose thousands commas; a long
    one with separators, such as a date, is followed by its parts.
    """
    return [form for token in _TOKEN.findall(normalise(text)) for form in _forms(token)]


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


@lru_cache(_CACHED_TOKENS)
def _forms(token: str) -> tuple[str, ...]:
    if is_hebrew(token):
        word = _bare(token).replace('"', "").replace("'", "").translate(FINALS)
        return (word,) if len(word) >= _SHORTEST_WORD else ()
    if not token[0].isdigit():
        return (token,)
    token = _THOUSANDS.sub("", token)
    if len(token) <= _LONGEST_PLAIN_NUMBER or not _SEPARATOR.search(token):
        return (token,)
    return (token, *_SEPARATOR.split(token))


def _bare(token: str) -> str:
    prefix, _, quoted = token.partition('"')
    letters = len(quoted) - quoted.count('"') - quoted.count("'")
    return quoted if prefix in PREFIXES and letters >= _SHORTEST_WORD else token
