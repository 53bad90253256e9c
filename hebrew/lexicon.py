"""Which Hebrew words there are, and how common each is, from a list that ships with the code.

The list (`hebrew/data/lexicon.txt.xz`, written by `scripts/build_lexicon.py`) is never learned from a user's documents,
so that old and new parts of an index agree. Each line is a number of paragraphs and the folded words found in about
that many. It is read on first use.
"""

import lzma
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from hebrew.acronyms import acronyms

_ACRONYM = 1000
"""Taken for every acronym that is indexed with its mark: the list counts its letters, which may be another word."""


def frequency(word: str) -> int:
    """In about how many of 350,000 paragraphs the folded word stands (two digits are exact); 0 when it is unknown."""
    return _frequencies().get(word, 0)


def is_word(word: str) -> bool:
    """Whether the folded word is known."""
    return word in _frequencies()


def checksum() -> str:
    """Eight hexadecimal digits that change with the list."""
    return blake2b(_packed(), digest_size=4).hexdigest()


def _packed() -> bytes:
    return files("hebrew").joinpath("data/lexicon.txt.xz").read_bytes()


@cache
def _frequencies() -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lzma.decompress(_packed()).decode().splitlines():
        count, *words = line.split(" ")
        counts.update(dict.fromkeys(words, int(count)))
    counts.update((acronym.token, _ACRONYM) for acronym in acronyms() if not acronym.token.isalpha())
    return counts
