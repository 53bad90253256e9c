"""A second look at the best passages: whether the words of the question stand near each other there, and in order.

A linear sum of a few features per passage, all between 0 and 1. Knows nothing of where the hits come from; how rare a
word is, it is told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import numpy as np
import numpy.typing as npt

from hebrew.folding import stem, strip_prefix, strip_suffix
from hebrew.tokens import asks_for_number, question_tokens, tokens
from indexes.chunk import Hit

WEIGHTS = {"base": 10.38, "near6": 3.11, "near12": 2.42, "order": 1.06, "number": 1.88}
"""The features and their weights, by `scripts/fit_reranker.py` on the 1,792 training questions of ParaShoot."""

_SAME_STEM, _SAME_WITHOUT_ENDING, _SAME_WORD = 0.6, 0.8, 1.0
_WINDOWS = (6, 12)


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of the question in three foldings, and how much it weighs."""

    word: str
    without_ending: str
    stem: str
    weight: float

    def likeness(self, word: str) -> float:
        """How alike a word of a passage with the same stem is."""
        if word == self.word:
            return _SAME_WORD
        return _SAME_WITHOUT_ENDING if strip_suffix(word) == self.without_ending else _SAME_STEM


Matches = list[tuple[int, int, float]]
"""Where terms are found in a passage, in its order: position in tokens, number of the term, likeness."""


def rerank(question: str, hits: Sequence[Hit], idf: Callable[[str], float]) -> list[Hit]:
    """The same hits in a better order. Their score becomes the weighted mean of the features, 0 to 1, best first.

    `idf` says how rare a token is in what is searched.
    """
    weights = np.array(list(WEIGHTS.values()))
    scores = features(question, hits, idf) @ weights / weights.sum()
    order = np.argsort(-scores, kind="stable")
    return [_scored(hits[place], float(scores[place])) for place in order]


def features(question: str, hits: Sequence[Hit], idf: Callable[[str], float]) -> npt.NDArray[np.float64]:
    """A row per hit with the features of `WEIGHTS`, all from 0 to 1 for hits whose scores are not negative.

    `base` is the score over the best one. `near6` and `near12` are the share of the question, by weight, that the best
    6 or 12 tokens in a row of the passage hold. `order` is the share of neighbouring words of the question that are
    neighbours in the passage. `number` is 1 when the question asks for a number or a date and the passage has one.
    """
    terms = [_term(token, idf(token)) for token in question_tokens(question)]
    asks_number = asks_for_number(question)
    best = max((hit.score for hit in hits), default=0.0) or 1.0
    rows = [(hit.score / best, *_of_passage(terms, hit.chunk.text, asks_number)) for hit in hits]
    return np.array(rows, np.float64).reshape(len(hits), len(WEIGHTS))


def _scored(hit: Hit, score: float) -> Hit:
    return replace(hit, score=score, parts={**hit.parts, "rerank": score})


def _term(token: str, weight: float) -> _Term:
    word = strip_prefix(token)
    return _Term(word, strip_suffix(word), stem(token), weight)


def _of_passage(terms: Sequence[_Term], text: str, asks_number: bool) -> tuple[float, ...]:
    words = tokens(text)
    matches = _matches(terms, words)
    near = (_near(terms, matches, width) for width in _WINDOWS)
    return (*near, _in_order(terms, matches), float(asks_number and any(word[0].isdigit() for word in words)))


def _matches(terms: Sequence[_Term], words: Sequence[str]) -> Matches:
    with_stem: dict[str, list[int]] = {}
    for number, term in enumerate(terms):
        with_stem.setdefault(term.stem, []).append(number)
    return [
        (position, number, terms[number].likeness(strip_prefix(word)))
        for position, word in enumerate(words)
        for number in with_stem.get(stem(word), ())
    ]


def _near(terms: Sequence[_Term], matches: Matches, width: int) -> float:
    total = sum(term.weight for term in terms)
    best = 0.0
    for first, (start, _, _) in enumerate(matches):  # the best window can be moved until it begins at a match
        found: dict[int, float] = {}
        for position, number, likeness in islice(matches, first, None):
            if position >= start + width:
                break
            found[number] = max(likeness, found.get(number, 0.0))
        best = max(best, sum(terms[number].weight * likeness for number, likeness in found.items()))
    return best / total if total else 0.0


def _in_order(terms: Sequence[_Term], matches: Matches) -> float:
    at = {(number, position): likeness for position, number, likeness in matches}
    side_by_side = {
        number
        for (number, position), likeness in at.items()
        if likeness * at.get((number + 1, position + 1), 0.0) >= _SAME_WITHOUT_ENDING
    }
    pairs = [min(one.weight, other.weight) for one, other in pairwise(terms)]
    return sum(pairs[number] for number in side_by_side) / sum(pairs) if any(pairs) else 0.0
