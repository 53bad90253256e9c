"""Fits the weights of `indexes/reranker.py` and prints them.

    python scripts/fit_reranker.py [--set parashoot_train] [--data ../shared/data]

Asks the questions of a set over its own paragraphs and 10,000 others, titles indexed as Darash does, takes the best 50
passages by words, and finds the weights under which the right one is most likely (softmax over the 50: convex).
Nothing measured on the same questions afterwards is a result.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from evals.benchmark import SETS, Benchmark, load  # noqa: E402  (found through the line above)
from indexes.chunk import Chunk, Hit  # noqa: E402
from indexes.reranker import WEIGHTS, features  # noqa: E402
from indexes.words import Words, write_segment  # noqa: E402

Array = npt.NDArray[np.float64]

CANDIDATES = 50
RIDGE = 1e-3
STEPS = 50


def examples(benchmark: Benchmark, folder: Path) -> tuple[Array, npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Features (questions, candidates, features), the place of the right candidate, and which candidates are real.

    Questions whose passage is not among the candidates are left out.
    """
    chunks = [Chunk(each.id, "", "", each.title, (), (), each.text) for each in benchmark.passages]
    write_segment(folder, [chunk.searchable for chunk in chunks])
    words = Words([folder], [np.ones(len(chunks), np.bool_)])
    rows, right, sizes = [], [], []
    for question in benchmark.questions:
        scores = words.scores(question.text)
        best = [int(place) for place in np.argsort(-scores, kind="stable")[:CANDIDATES] if scores[place] > 0]
        at = [number for number, place in enumerate(best) if chunks[place].id in question.relevant]
        if at:
            hits = [Hit(chunks[place], float(scores[place])) for place in best]
            found = features(question.text, hits, words.idf)
            rows.append(np.pad(found, ((0, CANDIDATES - len(hits)), (0, 0))))
            right.append(at[0])
            sizes.append(len(hits))
    return np.stack(rows), np.array(right), np.arange(CANDIDATES) < np.array(sizes)[:, None]


def fit(rows: Array, right: npt.NDArray[np.int64], real: npt.NDArray[np.bool_]) -> Array:
    """The weights of the features, by Newton's method with step halving on features of equal spread."""
    spread = rows[real].std(axis=0) + 1e-9
    rows = rows / spread
    count, _, size = rows.shape
    weights: Array = np.zeros(size)

    def log_likelihoods(weights: Array) -> Array:
        values = np.where(real, rows @ weights, -np.inf)
        values -= values.max(axis=1, keepdims=True)
        totals: Array = np.log(np.exp(values).sum(axis=1, keepdims=True))
        return values - totals

    def loss(weights: Array) -> float:
        return float(RIDGE * weights @ weights / 2 - log_likelihoods(weights)[np.arange(count), right].mean())

    for _ in range(STEPS):
        shares = np.exp(log_likelihoods(weights))
        means = np.einsum("qc,qcf->qf", shares, rows)
        gradient = RIDGE * weights - (rows[np.arange(count), right] - means).mean(axis=0)
        curvature = np.einsum("qc,qcf,qcg->fg", shares, rows, rows) / count - means.T @ means / count
        step = np.linalg.solve(curvature + RIDGE * np.eye(size), gradient)
        while loss(weights - step) > loss(weights):
            step /= 2
        weights = weights - step
    unscaled: Array = weights / spread
    return unscaled


def main() -> None:
    """Prints the weights by name."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--set", choices=sorted(SETS), default="parashoot_train")
    parser.add_argument("--pool", type=int, default=10_000)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows, right, real = examples(load(options.set, options.data / "retrieval", options.pool), Path(folder))
    print(f"{len(right)} questions")
    print({name: round(float(weight), 2) for name, weight in zip(WEIGHTS, fit(rows, right, real), strict=True)})


if __name__ == "__main__":
    main()
