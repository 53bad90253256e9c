"""How much of what a sentence says stands in another text: shared stems, weighted by how rare the words are.

Knows no questions, answers or citations; two callers do (`citations`, `quoted`).
"""

from collections.abc import Iterable, Mapping
from math import log

from hebrew.folding import stem, strip_prefix
from hebrew.lexicon import frequency
from hebrew.sentences import sentences
from hebrew.tokens import tokens

_PARAGRAPHS = 350_000
"""The number of paragraphs that the lexicon counts."""
_WORTH_ANOTHER_SENTENCE = 0.25
"""A neighbouring sentence joins the best one when it holds at least this share of what was looked for."""


def weights(words: Iterable[str]) -> dict[str, float]:
    """Stem -> weight of some folded tokens: the inverse document frequency of the word, ln(paragraphs / found in)."""
    return {stem(word): log(_PARAGRAPHS / (1 + max(frequency(word), frequency(strip_prefix(word))))) for word in words}


def stems(text: str) -> frozenset[str]:
    """The stems of a text."""
    return frozenset(map(stem, tokens(text)))


def overlap(wanted: Mapping[str, float], found: Iterable[str]) -> float:
    """The sum of the weights of the wanted stems that were found."""
    return sum(wanted.get(each, 0.0) for each in found)


def supporting_span(text: str, statement: str) -> tuple[int, int]:
    """Start and end of the sentence of `text` that says most of `statement`, and of a neighbour that adds a good part.

    The whole text where no sentence shares a word with the statement.
    """
    wanted = weights(tokens(statement))
    spans = sentences(text)
    found = [stems(text[start:end]) & wanted.keys() for start, end in spans]
    scores = [overlap(wanted, each) for each in found]
    best = max(range(len(spans)), key=scores.__getitem__, default=0)
    if not spans or scores[best] == 0:
        return 0, len(text)
    gains = {at: overlap(wanted, found[at] - found[best]) for at in (best - 1, best + 1) if 0 <= at < len(spans)}
    other = max(gains, key=gains.__getitem__, default=best)
    if not gains or gains[other] < _WORTH_ANOTHER_SENTENCE * sum(wanted.values()):
        other = best
    return spans[min(best, other)][0], spans[max(best, other)][1]
