"""A database as the first version of Darash left it, with rows in the tables that have changed since."""

import json
import zlib
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from indexes import database, revision
from indexes.database import writing


def fill_first_schema(engine: sa.Engine) -> None:
    """Makes the schema of the first version: two documents, one on paper, one without pages, and a conversation."""
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        old = sa.MetaData()
        old.reflect(connection)
        collections, documents, pages, chunks = (
            old.tables[name] for name in ("collections", "documents", "pages", "chunks")
        )
        connection.execute(collections.insert().values(id="c1", name="נהלים", created_at=1.0))
        for document_id, state in (("d1", "ready"), ("d2", "failed")):
            row = {
                "filename": "נוהל.pdf",
                "title": "נוהל",
                "sha256": document_id,
                "size": 9,
                "state": state,
                "reason": "",
            }
            rest = {
                "detail": "",
                "pages_done": 2,
                "pages_total": 2,
                "attempts": 1,
                "lease_owner": "",
                "lease_until": 0.0,
            }
            times = {"created_at": 1.0, "updated_at": 2.0}
            connection.execute(documents.insert().values(id=document_id, collection_id="c1", **row, **rest, **times))
        for document_id, number, label, width in (("d1", 1, "iv", 595.0), ("d1", 2, "", 595.0), ("d2", 1, "", 0.0)):
            page = {"document_id": document_id, "number": number, "label": label, "width": width, "height": width}
            words = {"text": "שלום", "words": zlib.compress(b"[]"), "warnings": "[]"}
            connection.execute(pages.insert().values(**page, **words, came_from_ocr=False, quality=1.0))
        for document_id, spans in (("d1", [[1, 0, 4], [2, 0, 4]]), ("d2", [[1, 0, 4]])):
            chunk = {"id": f"{document_id}-0", "document_id": document_id, "collection_id": "c1", "ordinal": 0}
            text = {"title": "נוהל", "heading_path": "[]", "spans": json.dumps(spans), "text": "שלום"}
            connection.execute(chunks.insert().values(**chunk, **text))
        _fill_conversation(connection, old)


def fill_schema_before_teams(engine: sa.Engine) -> None:
    """The same database under revision 0004, the last before teams, with two more collections."""
    fill_first_schema(engine)
    with writing(engine).begin() as connection:
        revision.upgrade(connection, "0004")
        old = sa.MetaData()
        old.reflect(connection, only=("collections",))
        rows = [
            {"id": f"c{number}", "name": name, "created_at": number} for number, name in ((2, "מכרזים"), (3, "Legal"))
        ]
        connection.execute(old.tables["collections"].insert(), rows)


def _fill_conversation(connection: sa.Connection, old: sa.MetaData) -> None:
    """A question, and its answer with a citation as it was kept then."""
    accounts, conversations, turns = (old.tables[name] for name in ("accounts", "conversations", "turns"))
    connection.execute(accounts.insert().values(id="a1", name="local", created_at=1.0))
    row = {"id": "t1", "account_id": "a1", "title": "חופשה", "created_at": 1.0, "updated_at": 2.0}
    connection.execute(conversations.insert().values(row))
    citation = {"number": 1, "chunk_id": "d1-0", "document_id": "d1", "collection_id": "c1", "title": "נוהל", "page": 1}
    citation |= {"label": "iv", "start": 0, "end": 4, "quote": "שלום"}
    for ordinal, (role, text, citations) in enumerate((("user", "מה?", []), ("assistant", "שלום [1]", [citation])), 1):
        row = {"id": role, "conversation_id": "t1", "ordinal": ordinal, "role": role, "text": text, "mode": "quoted"}
        rest = {"citations": json.dumps(citations), "refusal": False, "problem": None, "finished": True}
        connection.execute(turns.insert().values(**row, **rest, created_at=1.0))
