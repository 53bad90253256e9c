"""Which documents a name in a request means, by their titles. Opens no document."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from answers.citing.evidence import stems, wanted_in, weight_of
from hebrew.tokens import question_tokens, tokens

_MOST_OF_THE_NAME = 0.75
"""The share of a name, by weight, that a title must say to be meant by it."""
_WHOLE_TITLE = 0.9
_LONGEST_NAME = 40
"""Words: what is longer is no name, and would be compared with every title for long."""
_SHORTEST_MISSPELT = 5
_SAME = 0.84
"""Two words of some length that are so much alike are one, misspelt."""


def documents_named(name: str, titles: Mapping[str, str]) -> list[str]:
    """The ids of the documents that may be meant, most likely first; one alone where its whole title was said.

    Words count by how rare they are, in any form and with a letter or two mistaken.
    """
    if len(name.split()) > _LONGEST_NAME:
        return []
    wanted = wanted_in(question_tokens(name))
    whole = sum(wanted.values())
    said = frozenset(tokens(name))
    fitting: list[tuple[float, str]] = []
    for document_id, title in titles.items():
        there = stems(title) | _misspelt(said, frozenset(tokens(title)))
        found = weight_of(wanted, [forms for forms in wanted if not forms.isdisjoint(there)])
        if whole and found >= _MOST_OF_THE_NAME * whole:
            fitting.append((_share_said(title, name), document_id))
    fitting.sort(key=lambda one: -one[0])
    exact = [document_id for share, document_id in fitting if share >= _WHOLE_TITLE]
    return exact if len(exact) == 1 else [document_id for _, document_id in fitting]


def _share_said(title: str, name: str) -> float:
    wanted, there = wanted_in(question_tokens(title)), stems(name)
    whole = sum(wanted.values())
    return weight_of(wanted, [forms for forms in wanted if not forms.isdisjoint(there)]) / whole if whole else 0.0


def _misspelt(said: frozenset[str], there: frozenset[str]) -> frozenset[str]:
    """The stems of those words of a name that are nearly a word of the title."""
    return frozenset(
        form
        for word in said
        if len(word) >= _SHORTEST_MISSPELT
        and any(
            len(other) >= _SHORTEST_MISSPELT and SequenceMatcher(None, word, other).ratio() >= _SAME for other in there
        )
        for form in stems(word)
    )
