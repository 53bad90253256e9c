"""The embedders of an installation: the chosen one, and those that older indexes were made with. Each is opened once.

Opening a large model takes seconds, so none is opened before it is asked for vectors. Knows nothing of indexes.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from indexes.embedder import STATIC, STATIC_NAME
from indexes.errors import EmbedderUnavailable
from indexes.index import Embedder, Vectors
from indexes.lazy import Lazy
from indexes.transformer_embedder import name_of_folder

log = logging.getLogger(__name__)

QUESTIONS = 256
"""So many questions keep their vectors, for those that are asked again."""

EmbedderOf = Callable[[str, int], Embedder]
"""Gives the embedder of a name and dimension, as a manifest has them."""
Opens = Callable[[str, bool], Embedder]
"""Opens an embedder by its name; the second argument says whether a model may be fetched from the hub for it."""


class LazyEmbedder:
    """Implements `Embedder` by one that is opened when it is needed. Threads may share it."""

    def __init__(self, name: str, dimension: int, opens: Callable[[], Embedder]) -> None:
        """`name` and `dimension` where they are known already; "" and 0 are asked of the embedder itself."""
        self._name, self._dimension = name, dimension
        self.opened = Lazy(opens).get
        self._asked = lru_cache(QUESTIONS)(self._vector)

    @property
    def name(self) -> str:
        """Model and revision. Raises `EmbedderUnavailable`."""
        return self._name or self.opened().name

    @property
    def dimension(self) -> int:
        """How many numbers a vector has. Raises `EmbedderUnavailable`."""
        return self._dimension or self.opened().dimension

    @property
    def weight(self) -> float:
        """How much the meaning half counts; nothing while the embedder is not to be had."""
        try:
            return self.opened().weight
        except EmbedderUnavailable:
            return 0.0

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages. Raises `EmbedderUnavailable`."""
        return self.opened().passages(texts)

    def question(self, text: str) -> Vectors:
        """The vector of a question, shape (1, dimension); all zero while the embedder is not to be had."""
        try:
            return self._asked(text)
        except EmbedderUnavailable as error:
            log.warning("searching by words alone: the embedder is not to be had")
            log.debug("%s", error)  # model servers quote what they were sent
            return np.zeros((1, max(1, self._dimension)), np.float32)

    def _vector(self, text: str) -> Vectors:
        vector = self.opened().question(text)
        vector.setflags(write=False)  # several threads have it
        return vector


class WordsAlone:
    """Implements `Embedder` in place of one that is not to be had: every vector is zero, so only words are compared."""

    weight = 0.0

    def __init__(self, name: str = "none", dimension: int = 1) -> None:
        self.name, self.dimension = name, dimension

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Zeros: shape (texts, dimension)."""
        return np.zeros((len(texts), self.dimension), np.float32)

    def question(self, _: str) -> Vectors:
        """Zeros: shape (1, dimension)."""
        return np.zeros((1, self.dimension), np.float32)


def only(embedder: Embedder) -> EmbedderOf:
    """That embedder for the indexes it has made, and words alone for all others."""

    def of(name: str, dimension: int) -> Embedder:
        return embedder if (embedder.name, embedder.dimension) == (name, dimension) else WordsAlone(name, dimension)

    return of


class Embedders:
    """Gives the embedder that is chosen, and the one that an index was made with. Any number of threads may ask."""

    def __init__(self, models: Path, choice: Callable[[], str], opens: Opens) -> None:
        """`models` is where models are kept, `choice` says which is chosen, `opens` opens one by such a name."""
        self._models, self.choice, self._opens = models, choice, opens
        self._lock = threading.Lock()
        self._chosen: dict[str, LazyEmbedder] = {}
        self._others: dict[tuple[str, int], LazyEmbedder] = {}

    def chosen(self) -> LazyEmbedder:
        """The embedder to make indexes with. Raises `EmbedderUnavailable` when the choice cannot be read."""
        choice = self.choice()
        with self._lock:
            if choice not in self._chosen:
                name = name_of_folder(Path(choice)) if Path(choice).is_dir() else ""
                self._chosen[choice] = LazyEmbedder(name, 0, lambda: self._opens(choice, True))
            return self._chosen[choice]

    def of(self, name: str, dimension: int) -> Embedder:
        """The embedder that wrote this into a manifest; by words alone when it is not to be had any more."""
        with self._lock:
            key = name, dimension
            if key not in self._others:
                self._others[key] = LazyEmbedder(name, dimension, lambda: self._named(name, dimension))
            return self._others[key]

    def _named(self, name: str, dimension: int) -> Embedder:
        failure = None
        try:
            chosen = self.chosen()
            if chosen.name == name:
                return chosen.opened()
        except EmbedderUnavailable as error:
            failure = error
        try:
            return self._kept(name, dimension)
        except EmbedderUnavailable as error:
            if failure is not None:  # it may be this very one, for whose vectors a document has to wait
                raise failure from error
            log.warning("an index made with %s is searched by words alone: %s", name, error)
            return WordsAlone(name, dimension)

    def _kept(self, name: str, dimension: int) -> Embedder:
        """Looks where it can be without asking the network: among the models kept here, and in the hub's cache."""
        model = name.rsplit("@", 1)[0]
        kept = self._models / model
        where = STATIC if name.startswith(STATIC_NAME) else str(kept) if kept.is_dir() else model
        embedder = self._opens(where, False)
        if (embedder.name, embedder.dimension) != (name, dimension):
            raise EmbedderUnavailable(f"{where} is now {embedder.name}")
        return embedder
