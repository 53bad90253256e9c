"""How rare a word is, where a collection alone is too small to know.

A few hundred short passages hold "my" and "once" as seldom as the words that a question is about. So a collection is
taken as if it had a thousand paragraphs of general Hebrew beside its own, those of the shipped lexicon: Bayesian
smoothing of the document frequency by a background, as Dirichlet priors do for language models (Zhai and Lafferty
2004). With ten thousand passages of its own it hardly matters. Knows nothing of scores.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import exp, log

from hebrew.folding import strip_prefix
from hebrew.lexicon import frequency
from hebrew.terms import Term
from indexes.snapshot import Snapshot

BACKGROUND = 1000
"""Paragraphs of general Hebrew that are added. 1,000, 3,000 and 10,000 on small collections: docs/log.md."""
_PARAGRAPHS = 350_000
"""The number of paragraphs that the lexicon counts."""


def general_idf(snapshot: Snapshot, token: str) -> float:
    """The inverse document frequency of a word, without its prefix, in the index and the background together."""
    passages = snapshot.size
    having = (passages + 1) / exp(snapshot.words.idf(token))  # with the half that the formula of Lucene adds
    share = max(frequency(token), frequency(strip_prefix(token))) / _PARAGRAPHS
    return log((passages + BACKGROUND + 1) / (having + BACKGROUND * share))


def by_rarity(snapshot: Snapshot, terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms, each weighing more or less as its word is rarer or more common in general than in the index."""
    return tuple(_weighed(snapshot, term) for term in terms)


def _weighed(snapshot: Snapshot, term: Term) -> Term:
    own = snapshot.words.idf(term.token)
    return replace(term, weight=term.weight * general_idf(snapshot, term.token) / max(own, 1e-6))
