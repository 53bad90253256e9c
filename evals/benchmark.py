"""The benchmarks: from what a command names to questions over passages, and the standard ones of this project."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.own_questions import is_own, own_questions
from evals.pool_files import read_pool
from evals.question_files import Unreadable, entries_of, has_paragraphs, read_beir, with_paragraphs
from evals.questions import Benchmark, Passage, Question

__all__ = ["POOLS", "SETS", "Benchmark", "Passage", "Question", "load", "read_benchmark"]

SETS = {
    "heq_val": "heq_val.json",
    "parashoot_dev": "parashoot_dev.json",
    "parashoot_train": "parashoot_train.json",
    "services": "services",
}
"""The question sets and where they lie. `parashoot_train` is for fitting: the reranker has seen its answers."""

_DISTRACTORS = "distractors.jsonl.xz"
_STANDARD = ("heq_val.json", "parashoot_train.json", "parashoot_dev.json", _DISTRACTORS)
POOLS: dict[str, int | None] = {"full": None, "small": 9_500}
"""How many paragraphs that answer nothing are in the standard pools: all 91,412 of them, or the 9,500 most like
Wikipedia. Beside them, both have every paragraph of HeQ val and of ParaShoot train and dev."""


def read_benchmark(questions: str, pool: Sequence[str], limit: int | None, folder: Path) -> Benchmark:
    """The questions of a file or BEIR folder, or of a set of that name in `folder`, over its own passages and a pool.

    Each part of the pool is a file or the name of a standard one (`POOLS`); see `read_pool` for the `limit`. Raises
    `Unreadable`, `FileNotFoundError`.
    """
    path = Path(questions) if Path(questions).exists() else folder / SETS.get(questions, questions)
    if not path.exists():
        raise FileNotFoundError(2, "no such file, and no question set of that name", str(path))
    more = _pool(pool, limit, folder)
    entries = [] if path.is_dir() else entries_of(path)
    if is_own(entries) and not has_paragraphs(entries):
        return own_questions(path, entries, Benchmark((), ()).with_pool(more).passages)
    asked = read_beir(path) if path.is_dir() else with_paragraphs(entries, path.name.partition(".")[0])
    if not asked.questions:
        raise Unreadable(f"{path}: no question whose answer is known")
    return asked.with_pool(more)


def load(name: str, folder: Path, pool: int | None) -> Benchmark:
    """The set `name` (a key of `SETS`) of `folder` over its own paragraphs and `pool` that answer nothing (None: all).

    Raises `FileNotFoundError`.
    """
    return read_benchmark(name, [str(folder / _DISTRACTORS)] if pool != 0 else [], pool, folder)


def _pool(pool: Sequence[str], limit: int | None, folder: Path) -> Iterator[Passage]:
    for part in pool:
        if Path(part).exists() or part not in POOLS:
            yield from read_pool([Path(part)], limit)
        else:
            most = POOLS[part] if limit is None else limit
            yield from read_pool([folder / name for name in _STANDARD], most)
