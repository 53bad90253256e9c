"""Fits the weights of `answers/confidence.py`, and prints how well they tell what can be answered.

    python scripts/fit_confidence.py [--data ../shared/data] [--write]

Asks the training questions of ParaShoot and the questions of HeQ val, each with its paragraph in the index and without
it, over both standard pools and over pools of a few paragraphs of the same file. HeQ val is always judged by weights
that have not seen the paragraph: five times, four fifths of its paragraphs are fitted on beside ParaShoot. The weights
that are printed, and with --write put into the file, come from all of it.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from answers import confidence  # noqa: E402  (found through the line above)
from evals.answered import FOLDS as PARTS  # noqa: E402
from evals.benchmark import read_benchmark  # noqa: E402
from evals.configurations import indexed, mixed, tell  # noqa: E402
from evals.pool_index import COLLECTION  # noqa: E402
from evals.questions import Benchmark, Question  # noqa: E402
from evals.separation import auroc, auroc_interval, bins, calibration_error  # noqa: E402
from indexes.embedder import STATIC, open_embedder  # noqa: E402
from indexes.index import Embedder  # noqa: E402

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

TRAINING, CHECKED = "parashoot_train", "heq_val"
SIZES = (300, 30)
"""Passages of the smallest pools, made of the paragraphs of the questions alone."""
SOURCES = 8
FOLDS = 5
RIDGE = 1e-3
STEPS = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in one pool: its features, its paragraph, and whether that answers it and was there."""

    features: Mapping[str, float]
    paragraph: str
    kind: str


def pools(name: str, data: Path) -> Iterator[tuple[str, Benchmark]]:
    """The benchmarks over which the questions of a set are asked, each with the name of its pool."""
    for pool in ("full", "small"):
        yield pool, read_benchmark(name, [pool], None, data)
    whole = read_benchmark(name, [], None, data)
    passages = mixed(whole.passages)
    for size in SIZES:
        for start in range(0, len(passages), size):
            some = tuple(passages[start : start + size])
            there = {passage.id for passage in some}
            kept = [tuple(q for q in asked if q.group in there) for asked in (whole.questions, whole.unanswerable)]
            yield str(size), Benchmark(kept[0], some, kept[1])


def ask(benchmark: Benchmark, embedder: Embedder) -> Iterator[Asked]:
    """Every question with its paragraph and without it, and those that nothing answers."""
    groups = sorted({question.group for question in benchmark.questions})
    folds = dict(zip(groups, np.random.default_rng(0).permutation(len(groups)) % PARTS, strict=True))
    with indexed(mixed(benchmark.passages), embedder, titles=True) as index:
        searcher = index.searcher()

        def seen(questions: Sequence[Question], kind: str) -> Iterator[Asked]:
            for question in questions:
                if hits := searcher.search([COLLECTION], question.text, SOURCES):
                    found = confidence.features(question.text, hits)
                    yield Asked(found, question.group, kind)

        yield from seen(benchmark.questions, "answerable")
        yield from seen(benchmark.unanswerable, "unanswerable")
        for part in range(PARTS):
            asked = [question for question in benchmark.questions if folds[question.group] == part]
            with index.without({question.group for question in asked}):
                yield from seen(asked, "removed")


def fit(asked: Sequence[Asked]) -> Array:
    """The constant and the weights, by Newton's method on features of equal spread (ridge: a little)."""
    some = [each for each in asked if each.kind != "unanswerable"]
    rows, right = rows_of(some), flags(some, "answerable")
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    known = np.column_stack([np.ones(len(rows)), (rows - middle) / spread])
    weights: Array = np.zeros(known.shape[1])
    ridge = RIDGE * np.diag([0.0, *np.ones(rows.shape[1])])
    for _ in range(STEPS):
        said = 1 / (1 + np.exp(-known @ weights))
        slope = known.T @ (right - said) / len(known) - ridge @ weights
        curvature = (known * (said * (1 - said))[:, None]).T @ known / len(known) + ridge
        weights = weights + np.linalg.solve(curvature, slope)
    unscaled: Array = weights[1:] / spread
    return np.concatenate([[weights[0] - unscaled @ middle], unscaled])


def cross_validated(checked: dict[str, list[Asked]], training: Sequence[Asked]) -> dict[str, Array]:
    """For every pool the probabilities of its questions, by weights that have not seen their paragraphs in any pool."""
    paragraphs = sorted({each.paragraph for some in checked.values() for each in some})
    folds = dict(zip(paragraphs, np.random.default_rng(0).permutation(len(paragraphs)) % FOLDS, strict=True))
    fold_of = {pool: np.array([folds[each.paragraph] for each in some]) for pool, some in checked.items()}
    said = {pool: np.zeros(len(some)) for pool, some in checked.items()}
    for fold in range(FOLDS):
        rest = [each for some in checked.values() for each in some if folds[each.paragraph] != fold]
        weights = fit([*training, *rest])
        for pool, some in checked.items():
            here = fold_of[pool] == fold
            said[pool][here] = probabilities(weights, rows_of(some))[here]
    return said


def probabilities(weights: Array, rows: Array) -> Array:
    """What the model says of every row."""
    said: Array = 1 / (1 + np.exp(-weights[0] - rows @ weights[1:]))
    return said


def rows_of(asked: Sequence[Asked]) -> Array:
    """The features, a row per question."""
    return np.array([list(each.features.values()) for each in asked], np.float64)


def flags(asked: Sequence[Asked], kind: str) -> Flags:
    """Which of them are of a kind."""
    return np.array([each.kind == kind for each in asked], np.bool_)


def report(pool: str, asked: Sequence[Asked], said: Array) -> None:
    """Prints AUROC, calibration and what each threshold refuses."""
    there = flags(asked, "answerable")
    print(f"\n{CHECKED}, pool {pool}: {there.sum()} answerable")
    groups = np.array([each.paragraph for each in asked])
    for kind in ("removed", "unanswerable"):
        others = flags(asked, kind)
        ends = auroc_interval(said[there], said[others], list(groups[there]), list(groups[others]))
        print(f"AUROC against {others.sum()} {kind}: {auroc(said[there], said[others]):.3f} ", end="")
        print(f"[{ends.low:.3f}, {ends.high:.3f}]")
    both = there | flags(asked, "removed")
    tenths = bins(said[both], there[both])
    print(
        "said/true/questions " + "  ".join(f"{each.said:.2f}/{each.true:.2f}/{each.count}" for each in tenths), end=""
    )
    print(f"  ECE {calibration_error(tenths):.3f}")
    for name in ("QUOTED_REFUSAL", "MODEL_REFUSAL", "COVERED_BADLY"):
        below = said < getattr(confidence, name)
        parts = (f"{kind} {100 * below[flags(asked, kind)].mean():.1f} %" for kind in KINDS)
        print(f"below {name} ({getattr(confidence, name)}): " + ", ".join(parts))


KINDS = ("answerable", "removed", "unanswerable")


def main() -> None:
    """Prints the checks, then the weights by name."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true", help="put the weights into the file of answers/confidence.py")
    options = parser.parse_args()
    embedder, found = open_embedder(STATIC), dict[str, dict[str, list[Asked]]]()
    for name in (TRAINING, CHECKED):
        of_pool = found.setdefault(name, {})
        for pool, benchmark in pools(name, options.data / "retrieval"):
            tell(f"{name}, {pool}")
            of_pool.setdefault(pool, []).extend(ask(benchmark, embedder))
    training = [each for some in found[TRAINING].values() for each in some]
    for pool, said in cross_validated(found[CHECKED], training).items():
        report(pool, found[CHECKED][pool], said)
    weights = fit([*training, *(each for some in found[CHECKED].values() for each in some)])
    named = dict(zip(("constant", *training[0].features), weights.round(3).tolist(), strict=True))
    print(f"\n{json.dumps(named, indent=1)}")
    if options.write:
        confidence.FILE.write_text(f"{json.dumps(named, indent=1)}\n", "utf-8")


if __name__ == "__main__":
    main()
