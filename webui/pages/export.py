"""Files to take along: a conversation, one answer, its sources, the list of documents of a collection. Asks who may.

Passages of collections that the account may not read any more are left out, as in a shared conversation.
"""

from collections.abc import Callable, Iterator
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from indexes.database import now
from indexes.errors import NotFound
from webui.accounts.gate import account_of, address_of
from webui.filename import shown_filename, visible
from webui.moment import day_text
from webui.services import Services
from webui.sharing.blocks import paper_of
from webui.sharing.csv_file import csv_file
from webui.sharing.docx_file import docx_file
from webui.sharing.markdown_file import markdown_file
from webui.sharing.paper import Paper
from webui.sharing.pdf_file import pdf_file
from webui.sharing.snapshot import Snapshot, readable, taken
from webui.sharing.tables import document_rows, source_rows
from webui.texts import sharing_texts
from webui.texts.language import FIRST, speaking
from webui.turn import StoredTurn

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
WRITERS: dict[str, Callable[[Paper], bytes]] = {"docx": docx_file, "pdf": pdf_file, "md": markdown_file}
LONGEST_NAME = 80


def routes(services: Services) -> APIRouter:
    """`GET /export/conversation/ID.KIND`, `/export/turn/ID.KIND` (docx, pdf, md, csv), `/export/collection/ID.csv`."""

    def within_limits(request: Request) -> Iterator[None]:
        with services.limits.work(account_of(request)):  # the file of a long conversation takes seconds
            yield

    router = APIRouter(dependencies=[Depends(within_limits)])

    @router.get("/export/conversation/{conversation_id}.{kind}")
    def conversation(request: Request, conversation_id: str, kind: str) -> Response:
        account_id = account_of(request)
        title = services.conversations.get(account_id, conversation_id).title
        turns = services.conversations.turns(account_id, conversation_id)
        snapshot = _snapshot(services, account_id, turns)
        name = title or sharing_texts.FILE_OF_CONVERSATION
        return _exported(services, request, conversation_id, _file(title, snapshot, kind), name, kind)

    @router.get("/export/turn/{turn_id}.{kind}")
    def turn(request: Request, turn_id: str, kind: str) -> Response:
        account_id = account_of(request)
        asked, answer = _exchange(services, account_id, turn_id)
        snapshot = _snapshot(services, account_id, (asked, answer))
        title = asked.said.text
        name = title or sharing_texts.FILE_OF_ANSWER
        return _exported(services, request, turn_id, _file(title, snapshot, kind), name, kind)

    @router.get("/export/collection/{collection_id}.csv")
    def collection(request: Request, collection_id: str) -> Response:
        found = services.permissions.collection_to_read(account_of(request), collection_id)
        rows = document_rows(services.catalogue.documents(found.id))
        content = csv_file(sharing_texts.DOCUMENT_COLUMNS, rows)
        name = sharing_texts.FILE_OF_DOCUMENTS.format(name=visible(found.name))
        return _exported(services, request, found.id, content, name, "csv")

    return router


def _exchange(services: Services, account_id: str, turn_id: str) -> tuple[StoredTurn, StoredTurn]:
    """An answer of the account and the question before it."""
    *before, answer = services.conversations.until(account_id, turn_id)
    if answer.role != "assistant" or not before:
        raise NotFound(f"turn {turn_id!r} is no answer")
    return before[-1], answer


def _snapshot(services: Services, account_id: str, turns: tuple[StoredTurn, ...]) -> Snapshot:
    collection_ids = {collection.id for collection in services.permissions.readable(account_id)}
    return readable(taken(turns, with_passages=True), collection_ids)


def _file(title: str, snapshot: Snapshot, kind: str) -> bytes:
    if kind not in (*WRITERS, "csv"):
        raise NotFound(f"nothing is written as {kind!r}")
    with speaking(FIRST):  # a paper is laid out right to left, and what it holds is Hebrew, whoever takes it along
        if kind == "csv":
            return csv_file(sharing_texts.SOURCE_COLUMNS, source_rows(snapshot))
        return WRITERS[kind](paper_of(title, snapshot, day_text(now())))


def _exported(services: Services, request: Request, subject: str, content: bytes, name: str, kind: str) -> Response:
    services.audit.record(account_of(request), "exported", subject, address_of(request), {"format": kind})
    headers = {"content-disposition": disposition(name, kind), "cache-control": "no-store"}
    return Response(content, media_type=TYPES[kind], headers=headers)


def disposition(name: str, kind: str) -> str:
    """The header that names a file to be saved (RFC 6266), in Hebrew, with a plain name for old programs."""
    words = " ".join("".join(" " if letter in '\\/:*?"<>|' else letter for letter in visible(name)).split())
    whole = shown_filename(f"{words[:LONGEST_NAME].strip(' .') or 'darash'}.{kind}")
    return f"attachment; filename=\"darash.{kind}\"; filename*=UTF-8''{quote(whole, safe='')}"
