"""Headings that nobody marked as headings: in most office documents they are only short lines in bold letters.

Knows no format; asked only about documents in which nothing is marked.
"""

from collections.abc import Sequence
from itertools import groupby

from hebrew.normalise import clean

_LONGEST = 80
"""Characters of a heading. More, and bold is emphasis."""
_SENTENCE_ENDS = (".", ",", ";", "!")
_MOST = 0.5
"""Share of the paragraphs that may look like headings: where more do, all of the document is in bold."""
_MOST_TOGETHER = 2
"""A heading and what it is about follow each other; three bold lines in a row are a bold text, such as a poem."""


def bold_headings(paragraphs: Sequence[tuple[str, bool]]) -> set[int]:
    """Which of the paragraphs are headings, by their index; given are their texts, and whether all of each is bold."""
    looks = [is_bold and _is_short_line(clean(text).strip()) for text, is_bold in paragraphs]
    if sum(looks) > _MOST * len(looks):
        return set()
    found: set[int] = set()
    for is_bold, group in groupby(range(len(looks)), lambda index: paragraphs[index][1]):
        together = list(group)
        if is_bold and len(together) <= _MOST_TOGETHER:
            found.update(index for index in together if looks[index])
    return found


def _is_short_line(text: str) -> bool:
    return (
        len(text) <= _LONGEST and "\n" not in text and not text.endswith(_SENTENCE_ENDS) and any(map(str.isalpha, text))
    )
