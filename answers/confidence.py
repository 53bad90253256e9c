"""How likely it is that hits hold an answer: one probability, from what the best of them says of the question.

A logistic model over six features, fitted by `scripts/fit_confidence.py` on questions whose paragraph was there and the
same questions when it was not, over pools of 30 to 92,000 passages: nothing in it depends on the size of a collection.
Shares of a question are by the rarity of its words in Hebrew at large. Knows no answers and no model.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from answers.citing.evidence import Wanted, found_in, stems, stood_for, wanted_in, weight_of
from hebrew.sentences import sentences
from hebrew.terms import asked_words
from indexes.chunk import Hit
from indexes.reranker import WORDS_SHARE

QUOTED_REFUSAL = 0.15
"""Below it quotations would rather mislead: the answer is that nothing was found (docs/log.md has the curve)."""
MODEL_REFUSAL = 0.08
"""Below it a model is not asked either. It reads colloquial questions better than shared words can tell, so less."""
COVERED_BADLY = 0.35
"""Below it a model is asked for other words to search with."""

_ALONE = 0.5
"""How far ahead the first hit counts as where there is no other document to compare it with."""
FILE = Path(__file__).with_name("confidence.json")
"""The weights by the names of the features, and the `constant`."""


def confidence(question: str, hits: Sequence[Hit]) -> float:
    """The probability, 0 to 1, that the hits, best first, hold an answer; 0 where there are none."""
    return probability(features(question, hits), _weights()) if hits else 0.0


def probability(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic function of the weighted sum of the features and of the weight `constant`."""
    return 1 / (1 + exp(-weights["constant"] - sum(weights[name] * value for name, value in found.items())))


def features(question: str, hits: Sequence[Hit]) -> dict[str, float]:
    """What the probability follows from, by name; there must be a hit.

    `said` is the share of the question in one sentence of the first hit with its headings, `held` that in one passage
    of it, `best` the mean of the two for the hit that has most. `told` is `said` by the logarithm of what the whole
    question weighs: half of a long question says more than half of a short one. `near` is the share that 12 words in a
    row hold. `ahead` is how far the first hit is ahead of those of other documents, as a share of its score: a passage
    that answers stands out, while those that only come near are like each other.
    """
    wanted = wanted_in(word.token for word in asked_words(question))
    shares = [_shares(wanted, hit) for hit in hits]
    return {
        "said": shares[0].said,
        "held": shares[0].held,
        "best": max((each.said + each.held) / 2 for each in shares),
        "told": shares[0].said * log(1 + weight_of(wanted, wanted)),
        "near": hits[0].parts.get("near12", 0.0),
        "ahead": _ahead(hits),
    }


class _Shares(NamedTuple):
    said: float
    held: float


def _shares(wanted: Wanted, hit: Hit) -> _Shares:
    """The greatest shares of the question in a sentence of the hit, and in one of its passages, under its headings.

    Neighbouring passages that were merged hold words which have nothing to do with each other, as any long text does.
    """
    head = stems(hit.chunk.head)
    of_passages = [head] * (1 + len(hit.joined))
    of_sentences = [head]
    for start, end in sentences(hit.chunk.text):
        there, passage = stems(hit.chunk.text[start:end]), bisect_right(hit.joined, start)
        of_sentences.append(head | there)
        of_passages[passage] = of_passages[passage] | there
    return _Shares(_greatest(wanted, hit, of_sentences), _greatest(wanted, hit, of_passages))


def _greatest(wanted: Wanted, hit: Hit, texts: Sequence[frozenset[str]]) -> float:
    """The greatest share of what is wanted that one of the texts has, itself or what stands for it."""
    weights = (weight_of(wanted, found_in(wanted, there | stood_for(hit.terms, there))) for there in texts)
    return max(weights) / (weight_of(wanted, wanted) or 1.0)


def _ahead(hits: Sequence[Hit]) -> float:
    first, *others = hits
    rivals = [_own_score(hit) for hit in others if hit.chunk.document_id != first.chunk.document_id]
    return 1 - fmean(rivals) / (_own_score(first) or 1.0) if rivals else _ALONE


def _own_score(hit: Hit) -> float:
    """What the ranking gives, up to a factor of the question; without a cross-encoder, whose scores mean less."""
    meaning = hit.parts.get("weight of meaning", 0.0) * hit.parts.get("meaning", 0.0)
    return hit.parts.get("rerank", 0.0) + WORDS_SHARE * meaning


@cache
def _weights() -> Mapping[str, float]:
    found: dict[str, float] = json.loads(FILE.read_text("utf-8"))
    return found
