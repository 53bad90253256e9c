"""An answer is made of the collections that the account may read, and of nothing else."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

from answers import conversation
from answers.answer import Answer
from answers.means import Means
from indexes.catalogue import Catalogue, Collection
from indexes.chunk import Chunk, Hit
from indexes.passages import Passages
from tests.scripted_model import ScriptedModel
from tests.web_parts import FakeAnswering, build_services, ready_document
from webui.permissions import Permissions

OPEN, SECRET = "חוזר אגרות", "תוכנית פיטורים סודית"


class OnlyOpen(Permissions):
    """Every account may read the collection "open" alone."""

    def readable(self, account_id: str) -> list[Collection]:
        return [each for each in super().readable(account_id) if each.name == "open"]


class Watched:
    """A library and a search that note which collections and documents were asked for."""

    def __init__(self, passages: Passages) -> None:
        self.passages = passages
        self.collections: set[str] = set()
        self.documents: set[str] = set()

    def titles(self, collection_ids: Sequence[str]) -> dict[str, str]:
        self.collections |= set(collection_ids)
        return self.passages.titles(collection_ids)

    def chunks_of_document(self, document_id: str) -> list[Chunk]:
        self.documents.add(document_id)
        return self.passages.chunks_of_document(document_id)

    def search(self, collection_ids: Sequence[str], question: str, limit: int, pairs: object = ()) -> list[Hit]:
        self.collections |= set(collection_ids)
        return []


@pytest.mark.parametrize("with_model", [False, True])
@pytest.mark.parametrize(
    "question",
    [
        f"סכם את {SECRET}",
        f"סכם את המסמך {SECRET}",
        f"סכם את {OPEN}",
        f"השווה בין {OPEN} לבין {SECRET}",
        f"רשום את כל מה שכתוב על {SECRET}",
        "סכם את המסמך",
        "סכם את המסמכים",
        f"מה כתוב ב{SECRET}?",
    ],
)
def test_what_may_not_be_read_is_neither_read_nor_named(
    question: str, with_model: bool, tmp_path: Path, engine: sa.Engine
) -> None:
    """Not for whole documents either, whose titles are looked through, and not in what a model is sent."""
    services = build_services(tmp_path, engine, FakeAnswering())
    ids = {name: Catalogue(engine).collection_named(name).id for name in ("open", "secret")}
    ready_document(services, ids["open"], title=OPEN)
    secret = ready_document(services, ids["secret"], title=SECRET)
    watched, model = Watched(services.passages), ScriptedModel(whole_instructions="האגרה [1].")
    means = Means(watched, watched, model if with_model else None)
    services.chat.permissions = OnlyOpen(services.catalogue)
    services.chat.answering = partial(conversation.answer, means=means)

    async def asked() -> Answer:
        account_id = services.accounts.owner().id
        return [turn.said async for turn in services.chat.ask(account_id, None, question)][-1]

    said = asyncio.run(asked())
    assert said.finished
    assert watched.collections <= {ids["open"]}
    assert secret.id not in watched.documents
    assert SECRET not in said.text.replace(question, "")
    assert all(citation.collection_id == ids["open"] for citation in said.citations)
    assert not any(SECRET in sent.replace(question, "").replace(f'"{SECRET}"', "") for _, sent in model.asked)
