"""Which sentences of the hits answer a question, and how likely each of them does.

A linear score over the features of all sentences of all hits together, so that the passage is chosen with the sentence;
shares of its exponential are probabilities, as they were when it was fitted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from answers.quoting.asked import Asked
from answers.quoting.features import Sentence, features, read
from answers.quoting.weights import score
from indexes.chunk import Hit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit, and how likely it is the one that answers if any of them does, 0 to 1."""

    sentence: Sentence
    hit: Hit
    probability: float


def candidates(asked: Asked, hits: Sequence[Hit], weights: Mapping[str, float]) -> list[Candidate]:
    """All sentences of the hits, the likeliest first; none for a question without a telling word."""
    if not asked.words:
        return []
    passages = read(asked, hits)
    every = [sentence for passage in passages for sentence in passage]
    scores = [score(weights, each) for each in features(asked, hits, passages)]
    highest = max(scores, default=0.0)
    likely = [exp(score - highest) for score in scores]
    whole = sum(likely)
    rated = [
        Candidate(sentence, hits[sentence.rank], share / whole) for sentence, share in zip(every, likely, strict=True)
    ]
    return sorted(rated, key=lambda candidate: -candidate.probability)


def covered(asked: Asked, ranked: Sequence[Candidate]) -> float:
    """How much of a question the passage of the likeliest sentence says, with what stands over it, 0 to 1."""
    passage = [each.sentence for each in ranked if each.sentence.rank == ranked[0].sentence.rank]
    there = [any(each.found[word] or each.over[word] for each in passage) for word in range(len(asked.words))]
    return sum(weight for weight, is_there in zip(asked.weights, there, strict=True) if is_there)
