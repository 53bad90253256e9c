"""Folding the forms of a Hebrew word together: prefixes off, suffixes off, full and defective spelling alike.

Pure functions of a folded token (`hebrew.tokens`) and the shipped lexicon. They need not give roots: forms of
one word should fold to the same string, different words seldom. Numbers and other scripts come back as they are.
"""

import re
from functools import lru_cache

from hebrew import acronyms, lexicon
from hebrew.acronyms import plain_acronyms
from hebrew.letters import PREFIXES, is_hebrew
from hebrew.lexicon import frequency

FOLDING_VERSION = f"2-{lexicon.checksum()}{acronyms.checksum()}"
"""Changes when these functions, the tokens, the lexicon or the acronyms do: indexes made with another version must be
rebuilt."""

_LONGEST_PREFIX = max(map(len, PREFIXES))
_SHORTEST_REMAINDER = 2
_COMMON_SHORT_WORD = 150
"""Paragraphs in which a remainder of two letters must be known; two letters are too often a word by accident."""
_SHARES = {"ב": 0.083, "ה": 0.17, "ו": 0.056, "כ": 0.011, "ל": 0.078, "מ": 0.034, "ש": 0.042}
"""How often common words of the lexicon have this letter before them, beside how often they have none (the mean)."""
_MOST_UNUSUAL = 40
"""A word that is more than so many times as common as its remainder explains is a word of its own: "number" is not
"from" and "book"."""

_SHORTEST_STEM = 3
_ENDINGS = "ותינו ותיהנ ותיכמ ותיהמ ויות ותיה ותיו ינו יהנ יות יהמ יכמ המ ות הנ ית נו יי ימ יו יה ה כ י ת ו"
_SUFFIXES = sorted(_ENDINGS.split(), key=len, reverse=True)
_YOUR = "כ"
"""Of the endings the one that most often belongs to the root: it goes only where the rest is the more common word."""

_LATIN = re.compile("[a-z]{4,}")
_CACHED_WORDS = 1 << 16


@lru_cache(_CACHED_WORDS)
def strip_prefix(word: str) -> str:
    """The shortest known word that is left when a legal string of prefix letters is cut off; else the word itself.

    A known acronym has no prefix, unless another one follows it.
    """
    if not _is_inflected(word) or word in plain_acronyms():
        return word
    lengths = range(min(_LONGEST_PREFIX, len(word) - _SHORTEST_REMAINDER), 0, -1)
    cuts = [(word[:length], _single_vav(word[length:])) for length in lengths if word[:length] in PREFIXES]
    common = frequency(word)
    for _, remainder in cuts:
        if len(remainder) > _SHORTEST_REMAINDER and remainder in plain_acronyms():
            return remainder
    for prefix, remainder in cuts:
        if _explains(prefix, frequency(remainder), common, len(remainder)):
            return remainder
    return word


def strip_suffix(word: str) -> str:
    """The word without its longest inflectional ending that leaves at least three letters; English ones as Harman's.

    Harman (1991), "How effective is suffixing?", calls the rules for English plurals the S stemmer.
    """
    if not _is_inflected(word):
        return _singular(word) if _LATIN.fullmatch(word) else word
    for suffix in _SUFFIXES:
        rest = word.removesuffix(suffix)
        if word.endswith(suffix) and len(rest) >= _SHORTEST_STEM:
            return word if suffix == _YOUR and frequency(rest) <= frequency(word) else rest
    return word


def fold_matres(word: str) -> str:
    """The word in one spelling: doubled vav and yod single, and in words over three letters none but at the ends."""
    if not _is_inflected(word):
        return word
    word = word.replace("וו", "ו").replace("יי", "י")
    if len(word) <= _SHORTEST_STEM:
        return word
    return word[0] + word[1:-1].replace("ו", "").replace("י", "") + word[-1]


@lru_cache(_CACHED_WORDS)
def stem(word: str) -> str:
    """Prefix, suffix and spelling folded, in this order."""
    return fold_matres(strip_suffix(strip_prefix(word)))


def _is_inflected(word: str) -> bool:
    """Whether a token is a Hebrew word that may have prefixes and endings: an acronym that kept its mark has none."""
    return is_hebrew(word) and '"' not in word and "'" not in word


def _single_vav(remainder: str) -> str:
    """A vav that begins a word is doubled behind a prefix."""
    return remainder[1:] if remainder.startswith("וו") and len(remainder) > _SHORTEST_REMAINDER else remainder


def _explains(prefix: str, known: int, common: int, length: int) -> bool:
    """Whether a word that stands in `common` paragraphs may be this prefix before one of this length in `known`."""
    least = _COMMON_SHORT_WORD if length == _SHORTEST_REMAINDER else 1
    return known >= least and common <= _MOST_UNUSUAL * min(_SHARES[letter] for letter in prefix) * known


def _singular(word: str) -> str:
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return f"{word[:-3]}y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word[:-1] if word.endswith("s") and not word.endswith(("us", "ss")) else word
