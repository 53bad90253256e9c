"""How fast a model server writes, from its last answers to us. Kept in memory; knows no servers and no texts."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

KEPT = 50
"""So many of the last answers of a server count."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast the last `answers` came: `first`, the median of the seconds until the first piece, and `rate`.

    `rate` is pieces a second from the first to the last, 0 where no answer had two; servers send a token as a piece
    (vLLM, llama.cpp, Ollama do), seldom more.
    """

    answers: int = 0
    first: float = 0.0
    rate: float = 0.0


class Timing:
    """One answer on its way in: `piece` is told of every piece."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._begun = clock()
        self._last = self._begun
        self.first: float | None = None
        self.pieces = 0

    def piece(self) -> None:
        """A piece has come."""
        self._last = self._clock()
        self.pieces += 1
        if self.first is None:
            self.first = self._last - self._begun

    @property
    def writing(self) -> float:
        """Seconds from the first piece to the last."""
        return self._last - self._begun - self.first if self.first is not None else 0.0


class Speedometer:
    """The timings of one server. `clock` gives seconds and never goes back."""

    def __init__(self, clock: Callable[[], float], kept: int = KEPT) -> None:
        self._clock = clock
        self._timings: deque[Timing] = deque(maxlen=kept)

    def begin(self) -> Timing:
        """The server is asked now. The answer counts from its first piece on, also one that is stopped later."""
        return Timing(self._clock)

    def keep(self, timing: Timing) -> None:
        """The answer is over; one of which nothing came does not count."""
        if timing.first is not None:
            self._timings.append(timing)

    def speed(self) -> Speed:
        """How fast the last answers came."""
        firsts = [timing.first for timing in self._timings if timing.first is not None]
        if not firsts:
            return Speed()
        seconds = sum(timing.writing for timing in self._timings)
        pieces = sum(timing.pieces - 1 for timing in self._timings)
        return Speed(len(firsts), median(firsts), pieces / seconds if seconds else 0.0)
