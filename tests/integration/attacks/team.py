"""The team that is attacked: a lawyer with private files, and everybody who would like to read them.

Whatever is the lawyer's has `MARK` in it: no answer to anybody else may hold it, be it text, a name or a picture.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from starlette.testclient import TestClient

from answers.answer import Answer, Turn
from indexes.accept import accept
from indexes.catalogue import Collection, DocumentRecord
from indexes.chunk import Chunk, Span
from indexes.database import metadata
from indexes.local import LocalIndex, index_folder
from indexes.page import Page
from indexes.passages import Passages
from tests.fake_embedder import FakeEmbedder
from tests.web_parts import ADDRESS, app_of, browser, build_services, citation_of, made_ready, new_collection, sign_in
from webui.accounts.account import Account
from webui.grants import Grant
from webui.services import Services
from webui.sharing.snapshot import taken

MARK = "zqx"
SECRET_TEXT = f"שורה ראשונה\nהאגרה היא 1,250 שקלים\nהסוד הוא {MARK}text"
PUBLIC_TEXT = "שורה ראשונה\nהאגרה היא 1,250 שקלים\nזה ידוע לכולם"

UNTOUCHED = ("used_at", "last_seen_at", "seen_at")
"""Columns that reading may change."""


class Telling:
    """Answers with everything in the collections it is handed; asked to fail, it does, with a secret in its message."""

    def __init__(self) -> None:
        self.passages: Passages | None = None

    async def __call__(
        self, question: str, turns: Sequence[Turn], collection_ids: Sequence[str]
    ) -> AsyncGenerator[Answer]:
        assert self.passages
        if "fail" in question:
            raise RuntimeError(f"{MARK}exception")
        chunks = [
            chunk
            for document_id in self.passages.titles(collection_ids)
            for chunk in self.passages.chunks_of_document(document_id)
        ]
        yield Answer("\n".join(chunk.text for chunk in chunks) or "אין", finished=True)


@dataclass(slots=True)
class Team:
    """A running Darash with people in it. `names` are the ids of what is the lawyer's, by what they are ids of."""

    services: Services
    app: FastAPI
    people: dict[str, Account]
    names: dict[str, str]
    portal: BlockingPortal | None = None
    """The event loop in which the app runs: requests of all browsers meet there, as they do in a server."""

    def visitor(self) -> TestClient:
        """A browser that nobody has signed in."""
        client = browser(self.app)
        client.portal = self.portal
        return client

    def program(self, secret: str) -> TestClient:
        """A program: no browser, no cookie, an API key."""
        client = self.visitor()
        del client.headers["origin"]
        client.headers["authorization"] = f"Bearer {secret}"
        return client

    def signed_in(self, who: str) -> TestClient:
        """A browser of one of the people."""
        return sign_in(self.visitor(), self.services, self.people[who].id)

    def with_key(self, who: str, *scopes: str) -> TestClient:
        """A program that has an API key of one of the people."""
        _, secret = self.services.keys.new(self.people[who].id, "program", scopes, 3600.0)
        return self.program(secret)

    def state(self) -> Mapping[str, object]:
        """Everything the database holds of the lawyer and of what others may do, to see that nothing changed."""
        return _rows(self.services.engine)


def _rows(engine: sa.Engine) -> dict[str, object]:
    kept: dict[str, object] = {}
    for table in metadata.sorted_tables:
        if table.name in ("sessions", "sign_in_links", "sign_in_tries", "audit"):
            continue
        columns = [column for column in table.columns if column.name not in UNTOUCHED]
        with engine.connect() as connection:
            kept[table.name] = sorted(map(repr, connection.execute(sa.select(*columns))))
    return kept


def build_team(data: Path, engine: sa.Engine) -> Team:
    """A team of eight. The lawyer has a private collection with a document, a conversation, a share and a key."""
    telling = Telling()
    services = build_services(data, engine, telling, questions_a_minute=100_000, answers_at_once=100)
    telling.passages = services.passages
    roles = {"manager": "manager", "guest": "guest"}
    people = {"owner": services.accounts.owner()}
    for name in ("lawyer", "colleague", "editor", "manager", "guest", "suspended"):
        people[name] = services.accounts.create(name, f"name of {name}", roles.get(name, "member"))
    names = _lawyers(services, data, people["lawyer"].id)
    group = services.groups.create("צוות")
    services.groups.add(group.id, people["lawyer"].id)
    invitation, _ = services.invitations.new(people["owner"].id, "manager", "", ADDRESS)
    names |= {"group": group.id, "invitation": invitation.id}
    public = new_collection(services, "ידוע לכולם", people["owner"].id)
    names["public_document"] = document(services, data, public, "חוזר", PUBLIC_TEXT).id
    for who in ("colleague", "guest"):
        services.grants.put(Grant(public.id, people[who].id, None, "reader"))
    services.grants.put(Grant(public.id, people["editor"].id, None, "editor"))
    names |= {"public": public.id, **{who: account.id for who, account in people.items()}}
    return Team(services, app_of(services), people, names)


def _lawyers(services: Services, data: Path, account_id: str) -> dict[str, str]:
    collection = new_collection(services, f"{MARK}collection", account_id)
    record = document(services, data, collection, f"{MARK}title", SECRET_TEXT, f"{MARK}picture".encode())
    conversation = services.conversations.create(account_id, f"{MARK}conversation")
    turn = services.conversations.add_question(account_id, conversation.id, f"{MARK}question")
    services.conversations.save_answer(
        turn.id, Answer(f"{MARK}answer [1]", (citation_of(record),), finished=True, mode="quoted")
    )
    pair = services.glossaries.add(collection.id, (f"{MARK}short", f"{MARK}long"), account_id)
    key, _ = services.keys.new(account_id, f"{MARK}key", ("read",), 3600.0)
    snapshot = taken(services.conversations.turns(account_id, conversation.id), True)
    share, link = services.shares.by_link(conversation, snapshot, True, 7)
    return {
        "account": account_id,
        "collection": collection.id,
        "model": f"x-{collection.id[:12]}",
        "document": record.id,
        "conversation": conversation.id,
        "turn": turn.id,
        "pair": pair,
        "key": key.id,
        "share": share.id,
        "link": link,
    }


def document(
    services: Services, data: Path, collection: Collection, title: str, text: str, image: bytes = b""
) -> DocumentRecord:
    """A document of one page that can be found, read and downloaded."""
    record, _ = accept(services.catalogue, services.files, collection.id, f"{title}.pdf", [text.encode()], 2**20)
    chunk = Chunk(f"{record.id}-0", record.id, collection.id, title, (), (Span(1, 0, len(text)),), text)
    services.passages.store(record.id, [Page(1, text, width=600.0, height=800.0)], [chunk])
    LocalIndex(index_folder(data, collection.id), FakeEmbedder()).add(record.id, [chunk])
    return made_ready(services, record, image)
