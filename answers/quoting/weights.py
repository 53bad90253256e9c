"""The weights by which sentences, and answers inside of them, are scored. `scripts/fit_quoting.py` finds them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Features = dict[str, float]
"""Name -> number."""


@dataclass(frozen=True, slots=True)
class Weights:
    """For each kind of candidate: feature -> weight; what has none counts for nothing."""

    sentences: Mapping[str, float]
    spans: Mapping[str, float]


@cache
def shipped() -> Weights:
    """Those of `weights.json`."""
    return Weights(**json.loads(files("answers").joinpath("quoting/weights.json").read_text("utf-8")))


def score(weights: Mapping[str, float], features: Features) -> float:
    """The weighted sum of the features."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())
