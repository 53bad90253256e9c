"""The passages for a question, and how likely they hold its answer. Where its words find little, the model helps.

Knows neither what is made of them nor how.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from answers.asking.terms import official_terms, used
from answers.confidence import COVERED_BADLY, confidence
from answers.means import Means
from answers.writing import Capacity
from hebrew.terms import Pair
from indexes.chunk import Hit


@dataclass(frozen=True, slots=True)
class Found:
    """Hits, how likely they hold the answer (0 to 1), and the terms of the model that helped to find them."""

    hits: list[Hit]
    confidence: float
    terms: tuple[str, ...] = ()


async def found(question: str, collection_ids: Sequence[str], means: Means, capacity: Capacity | None) -> Found:
    """Searches for the question; a second time with the model's words beside it where the first was of little use.

    Without a capacity there is no model to ask. The second search counts where it found a term of the model.
    """
    hits, sure = await asyncio.to_thread(_searched, question, collection_ids, means)
    if means.model is None or capacity is None or sure >= COVERED_BADLY:
        return Found(hits, sure)
    pairs = await official_terms(question, means.model, capacity)
    if not pairs:
        return Found(hits, sure)
    more, now_sure = await asyncio.to_thread(_searched, question, collection_ids, means, pairs)
    terms = used(pairs, more)
    return Found(more, max(sure, now_sure), terms) if terms else Found(hits, sure)


def _searched(
    question: str, collection_ids: Sequence[str], means: Means, pairs: Sequence[Pair] = ()
) -> tuple[list[Hit], float]:
    hits = means.search.search(collection_ids, question, means.sources, pairs)
    return hits, confidence(question, hits)
