"""Whether an embedder understands Hebrew, and how fast it is here: a few questions, of which each has its passage.

The words of a question are mostly not in its passage; what finds it is the meaning. Knows nothing of indexes.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexes.errors import EmbedderUnavailable
from indexes.index import Embedder, Vectors
from indexes.transformer_embedder import TransformerEmbedder

PAIRS = Path(__file__).parent / "models" / "selftest.tsv"
"""Lines of a question, a tab, and the passage that answers it."""
ALIKE = 0.999
"""Vectors whose inner product is more than this are the same."""
MOST_UNKNOWN = 0.1
"""Of the tokens of Hebrew texts, the part that may be unknown to a model."""


@dataclass(frozen=True, slots=True)
class SelfTest:
    """How many of `total` questions found their own passage first of all, and how many passages a second it makes."""

    right: int
    total: int
    passages_a_second: float

    @property
    def understands(self) -> bool:
        """Whether most questions found their passage."""
        return 2 * self.right > self.total


def self_test(embedder: Embedder, seconds: float = 3.0) -> SelfTest:
    """Asks the questions, and measures the speed for so long.

    Raises `EmbedderUnavailable` for an embedder whose vectors are of no use for Hebrew.
    """
    pairs = [line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    texts = [passage for _, passage in pairs]
    if isinstance(embedder, TransformerEmbedder) and embedder.unknown(texts) > MOST_UNKNOWN:
        raise EmbedderUnavailable(f"{embedder.name} does not know Hebrew: its tokens for it are mostly the unknown one")
    passages = embedder.passages(texts)
    questions = np.concatenate([embedder.question(question) for question, _ in pairs])
    _check(embedder, questions, passages)
    best = np.argmax(questions @ passages.T, axis=1)
    right = int((best == np.arange(len(pairs))).sum())
    return SelfTest(right, len(pairs), _speed(embedder, texts, seconds))


def _check(embedder: Embedder, questions: Vectors, passages: Vectors) -> None:
    vectors = np.concatenate([questions, passages])
    if vectors.shape[1] != embedder.dimension or not np.isfinite(vectors).all():
        raise EmbedderUnavailable(f"{embedder.name} gives vectors of shape {vectors.shape[1:]}, or not of numbers")
    if not vectors.any(axis=1).all():
        raise EmbedderUnavailable(f"{embedder.name} gives empty vectors for Hebrew: it does not know the letters")
    alike = np.triu(passages @ passages.T, 1) > ALIKE
    if alike.any():
        raise EmbedderUnavailable(
            f"{embedder.name} gives the same vector for different Hebrew texts: it does not know the language"
        )


def _speed(embedder: Embedder, texts: Sequence[str], seconds: float) -> float:
    """Passages a second, for passages as long as those of documents."""
    passage = " ".join(texts)[:900]
    made, began = 0, time.monotonic()
    while not made or time.monotonic() - began < seconds:
        embedder.passages([f"{number} {passage}" for number in range(made, made + 8)])
        made += 8
    return made / (time.monotonic() - began)
