"""The fields that requests share: ids, names, questions. What is no id of ours does not exist, see `Id`."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from answers.asking.question import LONGEST_QUESTION
from indexes.errors import NotFound
from webui.filename import visible

LONGEST_NAME = 200
MOST_COLLECTIONS = 100
LARGEST_NUMBER = 2**31 - 1
"""What fits into a whole number of the database."""

_ID = "^[0-9a-f]{32}$"
_SEEN = r"[^\s\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]"
"""A letter or sign that can be seen, for the OpenAPI document; which others cannot, `visible` knows."""


def _id(text: str) -> str:
    """Refuses what cannot be an id before a database sees it: PostgreSQL fails on NUL. Raises `NotFound`."""
    if not re.fullmatch(_ID, text):
        raise NotFound("no such id")
    return text


def _name(text: str) -> str:
    if not (name := visible(" ".join(text.split()))):
        raise ValueError("must have a letter that can be seen")
    return name


Id = Annotated[str, AfterValidator(_id), WithJsonSchema({"type": "string", "pattern": _ID})]
"""An id as Darash gives them. Anything else is a 404, like an id that names nothing."""

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, pattern=_SEEN), AfterValidator(_name)]
"""A name on one line, without characters that nobody sees."""

Question = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, examples=["מה גובה האגרה?"])]

CollectionIds = Annotated[
    list[Id], Field(max_length=MOST_COLLECTIONS, description="Ids of collections to search; empty: all you may read")
]
