"""Collections as models of OpenAI's API: what each is called, and which ones a name stands for."""

import re
from collections.abc import Sequence

from indexes.catalogue import Collection
from webui.api.problem import Refused
from webui.filename import visible
from webui.texts import texts

EVERYTHING = "darash"
"""The model that answers from every collection that may be read."""

_LONGEST_SLUG = 40
_MARK = 12
"""Letters of a collection's id that stand at the end of its model's."""


def model_id(collection: Collection) -> str:
    """The name of a collection, in letters that need no quoting, and the beginning of its id.

    The end alone decides which collection is meant: an old name still works after the collection was renamed.
    """
    words = re.findall(r"\w+", visible(collection.name))
    slug = "-".join(words)[:_LONGEST_SLUG].rstrip("-") or EVERYTHING
    return f"{slug}-{collection.id[:_MARK]}"


def meant(readable: Sequence[Collection], model: str) -> Collection | None:
    """The collection that a model stands for, of those that may be read; None for all. Raises `Refused` (404)."""
    if model == EVERYTHING:
        return None
    mark = model.rpartition("-")[2]
    for collection in readable:
        if collection.id[:_MARK] == mark:
            return collection
    raise Refused(404, texts.NOT_FOUND, "model_not_found", "There is no such model, or the account may not use it.")
