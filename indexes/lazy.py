"""Something that takes seconds to open: opened when it is first needed, by one thread, once."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from indexes.errors import IndexesError
from indexes.index import CrossEncoder

PATIENCE = 30.0
"""Seconds in which what could not be opened is not tried again."""

Opened = TypeVar("Opened")


class Lazy(Generic[Opened]):
    """What `opens` gives. Any number of threads may ask; one opens, the others wait."""

    def __init__(self, opens: Callable[[], Opened]) -> None:
        self._opens = opens
        self._turn = threading.Lock()
        self._opened: Opened | None = None
        self._failure: IndexesError | None = None
        self._failed_at = 0.0

    def get(self) -> Opened:
        """Raises the `IndexesError` that opening raises; then it is tried again only after a while."""
        if self._opened is not None:
            return self._opened
        with self._turn:
            if self._opened is None:
                if self._failure is not None and time.monotonic() - self._failed_at < PATIENCE:
                    raise self._failure
                try:
                    self._opened = self._opens()
                except IndexesError as error:
                    self._failure, self._failed_at = error, time.monotonic()
                    raise
            return self._opened


class LazyCrossEncoder:
    """Implements `CrossEncoder` by one that is opened when there is something to score."""

    def __init__(self, name: str, opens: Callable[[], CrossEncoder]) -> None:
        self.name = name
        self._opened = Lazy(opens).get

    def scores(self, question: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """One score per text, the higher the better. Raises `CrossEncoderUnavailable`."""
        return self._opened().scores(question, texts)
