"""Codes of vectors: 4 bits for every few numbers, which say quickly what is worth an exact comparison.

Codes forget, and how much depends on the embedder; so they are tried out when they are made, and nobody has to believe
in them. Knows nothing of segments.
"""

from typing import Any

import numpy as np

from indexes.faiss_library import Matrix, make_index

ENOUGH = 0.99
"""The share of the hundred nearest that must be found."""
COMPARED = (5, 8, 13, 21)
"""How many rows may be compared exactly for each one asked for; more would not be quick any more."""

_GROUPS = 128
_SAMPLE = 100
_ASKED = 100
_TINY = 1e-6


def make_codes(vectors: Matrix) -> Any:  # noqa: ANN401 - FAISS ships no types
    """Codes of rows of length 1 (or 0), shape (rows, dimension), compared by squared distance.

    Among rows of length 1 the nearest are those with the greatest product, and codes tell distances better where all
    rows lean to one side, as the vectors of many models do. Rows without length are put where nobody asks.
    """
    mean = vectors.mean(axis=0)
    away = -mean / max(float(np.linalg.norm(mean)), _TINY)
    return make_index(_description(vectors.shape[1]), vectors, by_distance=True, for_empty=away)


def needed(codes: Any, exact: Any) -> int:  # noqa: ANN401 - FAISS ships no types
    """How many rows must be compared exactly for each one asked for, so that `ENOUGH` are found; 0 when too many.

    Measured on points half-way between two rows, which is what questions are like: near several, equal to none. What is
    found may be as near as what was left out, since rows may be equal.
    """
    pairs = np.random.default_rng(0).integers(exact.ntotal, size=(2, _SAMPLE))
    questions = exact.reconstruct_batch(pairs[0]) + exact.reconstruct_batch(pairs[1])
    questions = questions[questions.any(axis=1)]
    least = exact.search(questions, _ASKED)[0][:, -1]
    promising = codes.search(questions, min(COMPARED[-1] * _ASKED, exact.ntotal))[1]
    right = [
        exact.reconstruct_batch(rows) @ question >= product - _TINY
        for question, product, rows in zip(questions, least, promising, strict=True)
    ]
    for compared in COMPARED:
        found = np.sum(right, axis=1, where=np.arange(promising.shape[1]) < compared * _ASKED)
        if np.minimum(found, _ASKED).sum() >= ENOUGH * _ASKED * len(questions):
            return compared
    return 0


def _description(dimension: int) -> str:
    """Product quantisation: 16 typical values for every few numbers, compared without leaving the registers.

    As many numbers together, up to four, as leave 128 groups; fewer groups say too little. André, Kermarrec, Le
    Scouarnec 2015, "Cache locality is not enough: high-performance nearest neighbor search with product quantization
    fast scan" (VLDB).
    """
    sizes = (size for size in (4, 3, 2) if dimension % size == 0 and dimension // size >= _GROUPS)
    return f"PQ{dimension // next(sizes, 1)}x4fs"
