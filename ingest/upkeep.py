"""What a worker does when no document waits: indexes are brought to the chosen embedder, and their segments merged.

It stops as soon as a document comes in, and goes on afterwards where it was.
"""

import logging
import threading
import time

from indexes.catalogue import Collection
from indexes.errors import EmbedderUnavailable, IndexesError
from ingest.pipeline import Interrupted, Pipeline

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds in which an index is left alone whose upkeep failed; and in which no change is missed that nobody told."""
CROWDED = 64
"""So many segments make a search slow: then they are merged although documents wait."""


class Upkeep:
    """Looks after the indexes of a pipeline, as long as nothing else is to be done."""

    def __init__(self, pipeline: Pipeline, stop: threading.Event) -> None:
        self._pipeline, self._stop = pipeline, stop
        self._later: dict[str, float] = {}
        self._done_for, self._done_at = "", -PATIENCE

    def after(self, collection_id: str) -> None:
        """To be called when a document of the collection is ready or gone."""
        self._done_for = ""
        indexes = self._pipeline.indexes
        try:
            is_crowded = indexes.segments(collection_id) > CROWDED
            indexes.merge_due(collection_id, self._unless_stopped if is_crowded else self._unless_waited_for)
        except Interrupted:
            return
        except (IndexesError, OSError) as error:
            log.warning("the segments of the index of %s are not merged: %s", collection_id, error)

    def work(self) -> bool:
        """Does what there is to do. False when it was interrupted; True when the worker may rest for a moment."""
        now = time.monotonic()
        try:
            choice = self._pipeline.indexes.embedders.choice()
            if choice == self._done_for and now - self._done_at < PATIENCE:
                return True
            finished = [self._look_after(collection) for collection in self._pipeline.catalogue.collections()]
        except Interrupted:
            return False
        except EmbedderUnavailable as error:
            log.warning("the indexes stay as they are: %s", error)
            return True
        if all(finished):
            self._done_for, self._done_at = choice, now
        return True

    def _look_after(self, collection: Collection) -> bool:
        """Whether nothing is left to do."""
        if time.monotonic() < self._later.get(collection.id, 0.0):
            return False
        indexes, began = self._pipeline.indexes, time.monotonic()
        try:
            self._unless_waited_for()
            before = indexes.progress(collection.id)
            if before.done < before.total:
                log.info("%s: %d of %d passages have their new vectors", collection.name, before.done, before.total)
            finished = indexes.renew(collection.id, self._unless_waited_for)
            if finished and before.done < before.total:
                log.info("%s is searched with its new vectors, after %.0f s", collection.name, time.monotonic() - began)
            indexes.merge_due(collection.id, self._unless_waited_for)
        except (IndexesError, OSError) as error:
            log.warning("the index of %s stays as it is for now: %s", collection.name, error)
            self._later[collection.id] = time.monotonic() + PATIENCE
            return False
        return finished

    def _unless_stopped(self) -> None:
        if self._stop.is_set():
            raise Interrupted

    def _unless_waited_for(self) -> None:
        if self._stop.is_set() or self._pipeline.jobs.are_waiting():
            raise Interrupted
