"""Folding the forms of a Hebrew word together: prefixes off, suffixes off, full and defective spelling alike.

Pure functions of a folded token (`hebrew.tokens`) and the shipped lexicon. They need not give roots: forms of
one word should fold to the same string, different words seldom. Numbers and other scripts come back as they are.
"""

from functools import lru_cache

from hebrew.letters import PREFIXES, is_hebrew
from hebrew.lexicon import checksum, frequency

FOLDING_VERSION = f"1-{checksum()}"
"""Changes when these functions, the tokens or the lexicon do: indexes made with another version must be rebuilt."""

_LONGEST_PREFIX = max(map(len, PREFIXES))
_SHORTEST_REMAINDER = 2
_COMMON_SHORT_WORD = 150
"""Paragraphs in which a remainder of two letters must be known; two letters are too often a word by accident."""
_RARER = 0.03
"""A remainder that is less common than this beside the whole word is chance: "office" is not "from" and its end."""

_SHORTEST_STEM = 3
_ENDINGS = "ותינו ותיהנ ותיכמ ותיהמ ויות ותיה ותיו ינו יהנ יות יהמ יכמ המ ות הנ ית נו יי ימ יו יה ה כ י ת ו"
_SUFFIXES = sorted(_ENDINGS.split(), key=len, reverse=True)
_CACHED_WORDS = 1 << 16


@lru_cache(_CACHED_WORDS)
def strip_prefix(word: str) -> str:
    """The shortest known word that is left when a legal string of prefix letters is cut off; else the word itself."""
    if not is_hebrew(word):
        return word
    needed = _RARER * frequency(word)
    for length in range(min(_LONGEST_PREFIX, len(word) - _SHORTEST_REMAINDER), 0, -1):
        if word[:length] in PREFIXES and _may_stand_alone(word[length:], needed):
            return word[length:]
    return word


def strip_suffix(word: str) -> str:
    """The word without its longest inflectional ending that leaves at least three letters."""
    if not is_hebrew(word):
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            return word[: -len(suffix)]
    return word


def fold_matres(word: str) -> str:
    """The word in one spelling: doubled vav and yod single, and in words over three letters none but at the ends."""
    if not is_hebrew(word):
        return word
    word = word.replace("וו", "ו").replace("יי", "י")
    if len(word) <= _SHORTEST_STEM:
        return word
    return word[0] + word[1:-1].replace("ו", "").replace("י", "") + word[-1]


@lru_cache(_CACHED_WORDS)
def stem(word: str) -> str:
    """Prefix, suffix and spelling folded, in this order."""
    return fold_matres(strip_suffix(strip_prefix(word)))


def _may_stand_alone(remainder: str, needed: float) -> bool:
    known = frequency(remainder)
    return known >= max(needed, _COMMON_SHORT_WORD if len(remainder) == _SHORTEST_REMAINDER else 1)
