"""How much of what a sentence says stands in another text: shared stems, weighted by how rare the words are.

Knows no questions, answers or citations; two callers do (`citations`, `quoted`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from math import log

from hebrew.folding import stem, strip_prefix
from hebrew.letters import PREFIXES
from hebrew.lexicon import frequency
from hebrew.sentences import sentences
from hebrew.terms import Term, question_terms
from hebrew.tokens import tokens, written_words

Wanted = Mapping[frozenset[str], float]
"""What is looked for: the possible stems of a word -> its weight."""

_PARAGRAPHS = 350_000
"""The number of paragraphs that the lexicon counts."""
_SHORTEST_PREFIXED = 4
_ALL = 0.99
"""The shares of the terms that stand for a word add up to one when all of it is there."""
_WORTH_ANOTHER_SENTENCE = 0.25
"""A neighbouring sentence joins the best one when it holds at least this share of what was looked for."""


def wanted_in(words: Iterable[str]) -> dict[frozenset[str], float]:
    """What to look for, for some folded tokens. Weights are inverse document frequencies, ln(paragraphs / found in)."""
    return {_forms(word): _weight(word) for word in words}


def stems(text: str) -> frozenset[str]:
    """All possible stems of the words of a text."""
    return frozenset(form for word in tokens(text) for form in _forms(word))


def found_in(wanted: Wanted, found: frozenset[str]) -> set[frozenset[str]]:
    """Which of the wanted words are among the stems of a text."""
    return {forms for forms in wanted if not forms.isdisjoint(found)}


def stood_for(terms: Iterable[Term], found: frozenset[str]) -> frozenset[str]:
    """The stems of those words of a question in whose place all of something else is among the stems of a text."""
    shares: dict[int, float] = defaultdict(float)
    terms = tuple(terms)
    for term in terms:
        if term.kind != "word" and stem(term.token) in found:
            shares[term.word] += term.share
    return frozenset(stem(term.token) for term in terms if term.kind == "word" and shares[term.word] >= _ALL)


def weight_of(wanted: Wanted, some: Collection[frozenset[str]]) -> float:
    """The sum of the weights of some of the wanted words."""
    return sum(wanted[forms] for forms in some)


def supporting_span(text: str, statement: str) -> tuple[int, int]:
    """Start and end of the sentence of `text` that says most of `statement`, and of a neighbour that adds a good part.

    The whole text where no sentence shares a word with the statement.
    """
    wanted = wanted_in(forms[0] for forms in written_words(statement))
    terms = question_terms(statement)
    spans = sentences(text)
    there = [stems(text[start:end]) for start, end in spans]
    found = [found_in(wanted, each | stood_for(terms, each)) for each in there]
    best = max(range(len(spans)), key=lambda at: weight_of(wanted, found[at]), default=0)
    if not spans or not found[best]:
        return 0, len(text)
    neighbours = [at for at in (best - 1, best + 1) if 0 <= at < len(spans)]
    other = max(neighbours, key=lambda at: weight_of(wanted, found[at] - found[best]), default=best)
    if weight_of(wanted, found[other] - found[best]) < _WORTH_ANOTHER_SENTENCE * sum(wanted.values()):
        other = best
    return spans[min(best, other)][0], spans[max(best, other)][1]


def _forms(word: str) -> frozenset[str]:
    """The stem, and the one without a first letter that may be a prefix: the lexicon does not know every word."""
    prefixed = len(word) >= _SHORTEST_PREFIXED and word[0] in PREFIXES
    return frozenset((stem(word), stem(word[1:]))) if prefixed else frozenset((stem(word),))


def _weight(word: str) -> float:
    return max(0.0, log(_PARAGRAPHS / (1 + max(frequency(word), frequency(strip_prefix(word))))))
