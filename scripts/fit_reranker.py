"""Fits the weights of `indexes/reranker.py` and prints them.

    python scripts/fit_reranker.py [--data ../shared/data]
    python scripts/fit_reranker.py --check heq_val     how well weights do that have not seen a paragraph of the set

Asks questions over the small standard pool, titles indexed as Darash does, looks at the best passages as a search does,
and finds the weights under which the right one is most likely (softmax over the passages: convex). The check fits on
four fifths of the paragraphs of a set beside the training questions, and ranks the last fifth, five times.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from evals.benchmark import SETS, read_benchmark  # noqa: E402  (found through the line above)
from evals.questions import Benchmark  # noqa: E402
from hebrew.terms import question_terms  # noqa: E402
from indexes.chunk import Chunk, Span  # noqa: E402
from indexes.embedder import STATIC, open_embedder  # noqa: E402
from indexes.fusion import meaning_weights  # noqa: E402
from indexes.index import Embedder  # noqa: E402
from indexes.local import LocalIndex  # noqa: E402
from indexes.ranking import Look, Source, look_at  # noqa: E402
from indexes.reader import IndexReader  # noqa: E402
from indexes.reranker import WEIGHTS  # noqa: E402

Array = npt.NDArray[np.float64]

TRAINING = "parashoot_train"
RIDGE = 1e-3
STEPS = 50
CONVERGED = 1e-6
FOLDS = 5
DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Example:
    """A question: features of its candidates, their offset (what meaning adds), and which of them are right."""

    rows: Array
    offset: Array
    right: npt.NDArray[np.bool_]
    paragraph: str


def examples(benchmark: Benchmark, embedder: Embedder, folder: Path) -> list[Example]:
    """What a search sees of every question."""
    chunks = [
        Chunk(each.id, str(number), "", each.title, (), (Span(1, 0, 0),), each.text)
        for number, each in enumerate(benchmark.passages)
    ]
    LocalIndex(folder, embedder).rebuild([chunk] for chunk in chunks)
    snapshot = IndexReader(folder).snapshot()
    if snapshot is None:
        raise RuntimeError(f"no index was written to {folder}")
    found = []
    for question in benchmark.questions:
        vector = embedder.question(question.text)
        look = look_at(question.text, [Source(snapshot, question_terms(question.text), vector, embedder.weight)])
        right = np.array([chunk_id in question.relevant for chunk_id in look.chunk_ids], np.bool_)
        found.append(Example(look.rows.astype(float), _offset(look), right, min(question.relevant)))
    return found


def _offset(look: Look) -> Array:
    """What meaning adds, in the units of words."""
    weights = meaning_weights(look.weights, float(look.covered.max(initial=0)))
    return np.asarray(weights * look.meaning, np.float64)


def fit(training: list[Example]) -> Array:
    """The weights of the features, by Newton's method with step halving on features of equal spread."""
    seen = [example for example in training if example.right.any()]
    most = max(len(example.rows) for example in seen)
    real = np.arange(most) < np.array([len(example.rows) for example in seen])[:, None]
    rows = np.stack([np.pad(each.rows, ((0, most - len(each.rows)), (0, 0))) for each in seen])
    # Meaning counts in the units of words, so it goes with their weight.
    rows[:, :, 0] += np.stack([np.pad(each.offset, (0, most - len(each.rows))) for each in seen])
    right = np.stack([np.pad(each.right / each.right.sum(), (0, most - len(each.right))) for each in seen])
    spread = rows[real].std(axis=0) + 1e-9
    rows = rows / spread
    weights: Array = np.zeros(rows.shape[2])

    def log_likelihoods(weights: Array) -> Array:
        values = np.where(real, rows @ weights, -1e9)
        values -= values.max(axis=1, keepdims=True)
        totals: Array = np.log(np.exp(values).sum(axis=1, keepdims=True))
        return values - totals

    def loss(weights: Array) -> float:
        return float(RIDGE * weights @ weights / 2 - (right * log_likelihoods(weights)).sum() / len(seen))

    for _ in range(STEPS):
        shares = np.exp(log_likelihoods(weights))
        means = np.einsum("qc,qcf->qf", shares, rows)
        gradient = RIDGE * weights - (np.einsum("qc,qcf->qf", right, rows) - means).mean(axis=0)
        curvature = np.einsum("qc,qcf,qcg->fg", shares, rows, rows) / len(seen) - means.T @ means / len(seen)
        step = np.linalg.solve(curvature + RIDGE * np.eye(len(weights)), gradient)
        while loss(weights - step) > loss(weights):
            step /= 2
        weights = weights - step
        if np.abs(step).max() < CONVERGED:
            break
    unscaled: Array = weights / spread
    return unscaled


def check(asked: list[Example], training: list[Example]) -> Array:
    """R@1, R@5, R@10 and MRR@10 in percent, each paragraph ranked by weights that have not seen it."""
    paragraphs = sorted({example.paragraph for example in asked})
    folds = dict(zip(paragraphs, np.random.default_rng(0).permutation(len(paragraphs)) % FOLDS, strict=True))
    rows = []
    for fold in range(FOLDS):
        weights = fit(training + [example for example in asked if folds[example.paragraph] != fold])
        rows += [_measures(weights, example) for example in asked if folds[example.paragraph] == fold]
    mean: Array = 100 * np.mean(rows, axis=0)
    return mean


def _measures(weights: Array, example: Example) -> tuple[float, ...]:
    scores = example.rows @ weights + example.offset * weights[0]
    ranked = example.right[np.argsort(-scores, kind="stable")]
    place = 1 + int(ranked.argmax()) if ranked.any() else len(ranked) + DEPTHS[-1]
    return *(float(place <= depth) for depth in DEPTHS), 1 / place if place <= DEPTHS[-1] else 0.0


def main() -> None:
    """Prints the weights by name, or the measures of a check."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", choices=sorted(SETS), default="")
    parser.add_argument("--pool", default="small", help="`small` or `full`")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    embedder = open_embedder(STATIC)

    def seen(name: str) -> list[Example]:
        with tempfile.TemporaryDirectory() as folder:
            benchmark = read_benchmark(name, [options.pool], None, options.data / "retrieval")
            return examples(benchmark, embedder, Path(folder))

    training = seen(TRAINING)
    if options.check:
        print(options.check, "R@1 R@5 R@10 MRR@10", *check(seen(options.check), training).round(2))
    weights = fit(training)
    print({name: round(float(weight), 2) for name, weight in zip(WEIGHTS, weights, strict=True)})


if __name__ == "__main__":
    main()
