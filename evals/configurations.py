"""The ways of searching that are compared, one after the other over the same passages."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.measured import DEPTH, Ask, Measured, measure
from evals.plain import LibraryWords, PlainWords
from evals.pool_index import PoolIndex
from evals.questions import Benchmark, Passage
from indexes.cross_encoder import open_cross_encoder
from indexes.embedder import STATIC, open_embedder
from indexes.index import Embedder

Plain = PlainWords | LibraryWords

FIELDS = "Hebrew fields"
DEFAULT = f"{FIELDS} + static vectors + rerank (default)"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: whether titles are searched, and models beside the default, "" for none, with their keys."""

    titles: bool = True
    embedder: str = ""
    cross_encoder: str = ""
    embedder_key: str = ""
    cross_encoder_key: str = ""


def configurations(benchmark: Benchmark, asked: Asked) -> Iterator[Measured]:
    """Each configuration as it has been measured, from the plainest to the product's default, which is the last.

    Tells its progress on standard error. Raises the errors of `indexes.errors` when a model cannot be opened.
    """
    for name, ask in _ways(mixed(benchmark.passages), asked):
        started = time.process_time()
        measured = measure(name, benchmark.questions, ask)
        tell(f"{name}: {len(benchmark.questions)} questions in {time.process_time() - started:.1f} CPU s")
        yield measured


def mixed(passages: Sequence[Passage]) -> list[Passage]:
    """The passages in another order, always the same one.

    Equal scores leave passages in their order: those of the questions, which come first, must not gain by that.
    """
    return [passages[place] for place in np.random.default_rng(0).permutation(len(passages))]


def tell(line: str) -> None:
    """One line of progress."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _ways(passages: Sequence[Passage], asked: Asked) -> Iterator[tuple[str, Ask]]:
    texts = [f"{each.title}\n{each.text}" if asked.titles else each.text for each in passages]
    for name, kind in _PLAIN.items():
        try:
            plain = kind(texts)
        except ModuleNotFoundError:
            tell(f"{name} is left out: the library is not installed (pip install bm25s)")
            continue
        yield name, _by_place(passages, plain)
    del texts
    name = asked.cross_encoder
    cross_encoder = open_cross_encoder(name, asked.cross_encoder_key) if name else None
    if asked.embedder:
        embedder = open_embedder(asked.embedder, asked.embedder_key)
        with indexed(passages, embedder, asked.titles) as index:
            name = f"{FIELDS} + {embedder.name}"
            yield name, index.by_fusion()
            yield f"{name} + rerank", index.as_product()
            if cross_encoder:
                yield f"{name} + rerank + {cross_encoder.name}", index.as_product(cross_encoder)
    with indexed(passages, open_embedder(STATIC), asked.titles) as index:
        yield FIELDS, index.by_words()
        yield f"{FIELDS} + static vectors", index.by_fusion()
        if cross_encoder:
            yield f"{FIELDS} + static vectors + rerank + {cross_encoder.name}", index.as_product(cross_encoder)
        yield DEFAULT, index.as_product()


_PLAIN: Mapping[str, Callable[[Sequence[str]], Plain]] = {"plain word BM25": PlainWords, "bm25s": LibraryWords}


def _by_place(passages: Sequence[Passage], plain: Plain) -> Ask:
    return lambda question: [passages[place] for place in plain.ranked(question, DEPTH)]


@contextmanager
def indexed(passages: Sequence[Passage], embedder: Embedder, titles: bool) -> Iterator[PoolIndex]:
    """An index of passages for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="darash-eval-") as folder:
        started = time.process_time()
        index = PoolIndex(passages, Path(folder), embedder, titles)
        took = time.process_time() - started
        tell(f"indexed {len(passages)} passages with {embedder.name} in {took:.1f} CPU s")
        yield index
