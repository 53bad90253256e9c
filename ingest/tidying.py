"""What a deletion leaves for later: dead passages in indexes, the journal of the database, whole collections."""

import logging

from indexes.database import drop_journal
from indexes.errors import IndexesError
from ingest.pipeline import Pipeline

log = logging.getLogger(__name__)


def delete_collections(pipeline: Pipeline) -> int:
    """Removes what is left of deleted collections without documents, the row last; returns how many they were."""
    emptied = pipeline.catalogue.emptied()
    for collection_id in emptied:
        pipeline.indexes.drop(collection_id)
        pipeline.catalogue.forget_collection(collection_id)
        log.info("collection %s is deleted", collection_id)
    if emptied:
        tidy(pipeline)
    return len(emptied)


def tidy(pipeline: Pipeline) -> None:
    """Leaves nothing of deleted documents on the disk: neither in the indexes nor in the journal of the database."""
    for collection in pipeline.catalogue.collections():
        try:
            pipeline.indexes.purge(collection.id)
        except (IndexesError, OSError) as error:
            log.warning("the index of %s is not tidied: %s", collection.name, error)
    pipeline.indexes.drop_unknown()
    if not drop_journal(pipeline.jobs.engine):
        log.warning("the journal of the database is in use; what was deleted leaves it later")
