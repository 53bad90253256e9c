"""What the pages of a document define, on its way into the glossary of its collection."""

from collections.abc import Iterable

from hebrew.definitions import definitions
from indexes.glossary import LONGEST_MEANING, LONGEST_TERM, Found
from indexes.glossary_line import Key, key_of

MOST_FOUND = 300
"""Pairs taken from one document."""


def defined(texts: Iterable[str]) -> list[Found]:
    """The pairs that a document defines, each with the first page that does so; at most `MOST_FOUND`, the first ones.

    `texts` are those of its pages, from number 1 on.
    """
    found: dict[Key, Found] = {}
    for number, text in enumerate(texts, start=1):
        for term, meaning in definitions(text):
            if len(term) <= LONGEST_TERM and len(meaning) <= LONGEST_MEANING:
                found.setdefault(key_of(term, meaning), Found(term, meaning, number))
    return list(found.values())[:MOST_FOUND]
