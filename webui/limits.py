"""How much one person may ask of this Darash at once, so that nobody takes it from the others. In memory, and exact.

Counted are people, not browsers: windows, API keys and links of one account share what it may. Darash is one web
process; what is counted begins anew with it. Knows nothing of requests and of answers.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Literal

MINUTE = 60.0
SOON = 5.0
"""Seconds after which it is worth trying again when something else has to end first."""

What = Literal["answers", "questions", "uploads", "works"]


class TooMuch(Exception):  # what happened, as the other errors here
    """Somebody has as much as one may have of `what`; `seconds` later it may be different (RFC 6585, 429)."""

    def __init__(self, what: What, seconds: float) -> None:
        super().__init__(f"too many {what}")
        self.what = what
        self.seconds = seconds


class Limits:
    """Most answers, works and uploads of a person at the same time, and most questions within any 60 seconds.

    As many works (searches without an answer, files to take along) as answers: both take a processor to themselves.
    """

    def __init__(self, answers: int, questions: int, uploads: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most: dict[What, int] = {"answers": answers, "questions": questions, "uploads": uploads, "works": answers}
        self.clock = clock
        self.lock = Lock()
        self.running: Counter[tuple[What, str]] = Counter()
        self.asked: dict[str, deque[float]] = {}

    @contextmanager
    def answer(self, account_id: str) -> Iterator[None]:
        """Held while an answer is made for the account. Raises `TooMuch`; what is refused is not counted."""
        with self.lock:
            self._check_running("answers", account_id)
            self._count_question(account_id)
            self.running["answers", account_id] += 1
        try:
            yield
        finally:
            self._end("answers", account_id)

    @contextmanager
    def upload(self, account_id: str) -> Iterator[None]:
        """Held while files of the account come in. Raises `TooMuch`."""
        with self._held("uploads", account_id):
            yield

    @contextmanager
    def work(self, account_id: str) -> Iterator[None]:
        """Held while the account is searched for, or a file is written for it. Raises `TooMuch`."""
        with self._held("works", account_id):
            yield

    @contextmanager
    def _held(self, what: What, account_id: str) -> Iterator[None]:
        with self.lock:
            self._check_running(what, account_id)
            self.running[what, account_id] += 1
        try:
            yield
        finally:
            self._end(what, account_id)

    def _check_running(self, what: What, account_id: str) -> None:
        if self.running[what, account_id] >= self.most[what]:
            raise TooMuch(what, SOON)

    def _end(self, what: What, account_id: str) -> None:
        with self.lock:
            self.running[what, account_id] -= 1
            if not self.running[what, account_id]:
                del self.running[what, account_id]

    def _count_question(self, account_id: str) -> None:
        moment = self.clock()
        for somebody in [each for each, times in self.asked.items() if times[-1] <= moment - MINUTE]:
            del self.asked[somebody]
        times = self.asked.setdefault(account_id, deque())
        while times and times[0] <= moment - MINUTE:
            times.popleft()
        if len(times) >= self.most["questions"]:
            raise TooMuch("questions", times[0] + MINUTE - moment)
        times.append(moment)
