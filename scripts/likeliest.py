"""Weights of a linear score under which, of many candidates, the right ones are likeliest (softmax). Arithmetic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

STEPS = 15
CONVERGED = 0.1
"""What a step must gain, in nats over all questions."""
SMALLEST = 1e-4
"""A step that is cut in half until all of it is less than this has come to its end."""
TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Choice:
    """Candidates of one question, and which of them are right (at least one)."""

    candidates: Sequence[Mapping[str, float]]
    right: npt.NDArray[np.bool_]


def likeliest(choices: Sequence[Choice], ridge: float) -> dict[str, float]:
    """The weights under which the right ones of the candidates are likeliest together, by Newton's method.

    Where several are right, each counts by its own share of their probability, which is worked out anew in every step.
    """
    choices = [choice for choice in choices if choice.right.any()]
    names = sorted({name for choice in choices for each in choice.candidates for name in each})
    number = {name: at for at, name in enumerate(names)}
    sizes = [len(choice.candidates) for choice in choices]
    rows = np.zeros((sum(sizes), len(names)), np.float32)
    for row, each in zip(rows, (each for choice in choices for each in choice.candidates), strict=True):
        row[[number[name] for name in each]] = list(each.values())
    spread = rows.std(axis=0) + 1e-6
    rows /= spread
    right = np.concatenate([choice.right for choice in choices])
    starts = np.cumsum([0, *sizes[:-1]])
    group = np.repeat(np.arange(len(sizes)), sizes)

    def shares(weights: Array) -> tuple[Array, Array, float]:
        values = (rows @ weights.astype(np.float32)).astype(float)
        values = np.exp(values - np.maximum.reduceat(values, starts)[group])
        every = values / np.add.reduceat(values, starts)[group]
        held = np.add.reduceat(every * right, starts) + TINY
        return every, every * right / held[group], float(ridge * weights @ weights / 2 - np.log(held).sum())

    weights: Array = np.zeros(len(names))
    every, wanted, loss = shares(weights)
    for _ in range(STEPS):
        gradient = rows.T @ (every - wanted).astype(np.float32) + ridge * weights
        shared = rows * every[:, None].astype(np.float32)
        means = np.add.reduceat(shared, starts, axis=0)
        step = np.linalg.solve(rows.T @ shared - means.T @ means + ridge * np.eye(len(names)), gradient)
        while (following := shares(weights - step))[2] > loss and np.abs(step).max() > SMALLEST:
            step /= 2
        gained, weights = loss - following[2], weights - step
        every, wanted, loss = following
        if gained < CONVERGED:
            break
    return dict(zip(names, (weights / spread).tolist(), strict=True))
