"""Holding a document while working on it: a thread that renews the lease and tells how far the work is.

A slow page or a long embedding does not lose the lease; a dead process does. Knows nothing of the work itself.
"""

import logging
import threading
from types import TracebackType
from typing import Self

from sqlalchemy.exc import OperationalError

from indexes.jobs import LEASE_SECONDS, Jobs
from indexes.record import State

log = logging.getLogger(__name__)

_TELL_EVERY = 1.0
_RENEW_EVERY = LEASE_SECONDS / 4


class LeaseLost(Exception):  # an event in the life of a document, not a failure
    """The document is paused, to be deleted, or belongs to somebody else now: stop, and store nothing more."""


class Lease:
    """A claimed document; a context in which the claim is kept alive."""

    def __init__(self, jobs: Jobs, document_id: str, owner: str) -> None:
        self._jobs = jobs
        self._document_id = document_id
        self._owner = owner
        self._place: tuple[State, int, int] = ("reading", 0, 0)
        self._told: tuple[State, int, int] = self._place
        self._ended = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=f"lease-{document_id[:8]}", daemon=True)

    def note(self, state: State, pages_done: int, pages_total: int) -> None:
        """Says how far the work is; it is written within a second."""
        self._place = (state, pages_done, pages_total)

    def check(self) -> None:
        """Raises `LeaseLost` when the document was taken away; that is known within two seconds."""
        if self._lost.is_set():
            raise LeaseLost(self._document_id)

    def renew(self) -> None:
        """Writes how far the work is and makes sure that the document is still ours. Raises `LeaseLost`."""
        place = self._place
        if not self._jobs.progress(self._document_id, self._owner, *place):
            self._lost.set()
            raise LeaseLost(self._document_id)
        self._told = place

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _keep(self) -> None:
        waited = 0.0
        while not self._ended.wait(_TELL_EVERY):
            waited += _TELL_EVERY
            try:
                if self._told != self._place or waited >= _RENEW_EVERY:
                    self.renew()
                    waited = 0.0
                elif not self._jobs.is_held(self._document_id, self._owner):
                    self._lost.set()
            except LeaseLost:
                return
            except OperationalError:
                log.warning("the database does not answer; will try again", exc_info=True)
