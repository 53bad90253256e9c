"""What the score of a hit is made of: each part with how much of it the passage has, and its share of the score.

The arithmetic of `indexes.ranking` taken apart again. Knows no passages and no words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from indexes.reranker import WEIGHTS, WORDS_SHARE


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a score by its name in `Hit.parts`. `value` is 0 to 1; the `of_score` of all parts add up to 1.

    `of_score` is None for a cross-encoder: its part is put beside the whole of ours, which then only orders equals.
    """

    name: str
    value: float
    of_score: float | None


def shares(parts: Mapping[str, float]) -> tuple[Share, ...]:
    """The parts that a score has anything of, in a fixed order."""
    amounts = {name: weight * parts.get(name, 0.0) / sum(WEIGHTS.values()) for name, weight in WEIGHTS.items()}
    amounts["meaning"] = parts.get("weight of meaning", 0.0) * WORDS_SHARE * parts.get("meaning", 0.0)
    total = sum(amounts.values()) or 1.0
    own = tuple(Share(name, parts[name], amount / total) for name, amount in amounts.items() if amount > 0)
    return own + tuple(Share(name, parts[name], None) for name in ("cross",) if name in parts)
