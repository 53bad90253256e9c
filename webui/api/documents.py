"""JSON routes of documents that are here: list, delete, hold, try again, text and files. Each asks `Permissions`."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse, Response
from pydantic import BaseModel, Field

from indexes.catalogue import DocumentRecord
from indexes.errors import MoveRefused, NotFound
from webui.accounts.gate import account_of, address_of
from webui.api.field import LARGEST_NUMBER, Id
from webui.api.problem import Refused, refusals
from webui.api.reasons import can_help, reason_text
from webui.place import place_text
from webui.services import Services
from webui.texts import document_texts

MOST_DOCUMENTS = 1000
"""In one answer."""

Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]


class Document(BaseModel):
    """A document, and how far the work on it is."""

    id: str
    collection_id: str
    filename: str
    title: str = Field(description="What the document calls itself")
    path: str = Field(description="Where it was in the folder it came from, or empty")
    parent_id: str = Field(description="The document inside which it came, or empty")
    replaces: str = Field(description="The document whose place it takes when it is ready, or empty")
    size: int = Field(description="Bytes")
    state: Literal["queued", "paused", "reading", "indexing", "ready", "failed", "deleting"]
    pages_done: int
    pages_total: int
    reason: str = Field(description="Code of why it failed, or empty")
    reason_text: str = Field(description="The same for people, in Hebrew")
    created_at: float
    updated_at: float


class PlaceForm(BaseModel):
    """Where a document is to be."""

    collection_id: Id


class PageText(BaseModel):
    """What was read of a page."""

    number: int
    pages: int = Field(description="How many pages the document has")
    place: str = Field(description="How people call the page, in Hebrew", examples=["עמוד 4"])
    text: str
    came_from_ocr: bool = Field(description="Whether it was recognised in a picture")
    quality: float = Field(description="How much of the text looks like real words, from 0 to 1")
    warnings: list[str] = Field(description="Codes, such as read_from_scan or low_quality")


def routes(services: Services) -> APIRouter:
    """The routes of documents and of their files."""
    router = APIRouter(prefix="/api", tags=["documents"])
    _add_documents(router, services)
    _add_changes(router, services)
    _add_files(router, services)
    return router


def _add_documents(router: APIRouter, services: Services) -> None:
    """`GET /api/documents?collection=&first=&limit=`, `GET /api/documents/ID`, `GET /api/documents/ID/pages/NUMBER`."""
    permissions, passages = services.permissions, services.passages

    @router.get("/documents", responses=refusals(404))
    def documents(
        request: Request,
        collection: Id,
        first: Annotated[int, Query(ge=0, le=LARGEST_NUMBER)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST_DOCUMENTS)] = MOST_DOCUMENTS,
    ) -> list[Document]:
        """The documents of a collection, newest first."""
        collection_id = permissions.collection_to_read(account_of(request), collection).id
        records = services.catalogue.documents(collection_id)
        return [_shown(record, services) for record in records[first : first + limit]]

    @router.get("/documents/{document_id}", responses=refusals(404))
    def document(request: Request, document_id: Id) -> Document:
        """One document: poll it until its state is `ready` or `failed`."""
        return _shown(permissions.document_to_read(account_of(request), document_id), services)

    # Before the text: its address ends in a suffix, where the number of the other would stand.
    @router.get("/documents/{document_id}/pages/{number}.webp", responses=refusals(404), response_class=FileResponse)
    def page_image(request: Request, document_id: Id, number: Number) -> FileResponse:
        """The picture of a page, where it has one."""
        record = permissions.document_to_read(account_of(request), document_id)
        image = services.files.page_image(record.id, number)
        if not image.is_file():
            raise NotFound(f"no image of page {number} of document {document_id!r}")
        return FileResponse(image, media_type="image/webp")

    @router.get("/documents/{document_id}/pages/{number}", responses=refusals(404))
    def page_text(request: Request, document_id: Id, number: Number) -> PageText:
        """What was read of a page: citations point into this text."""
        record = permissions.document_to_read(account_of(request), document_id)
        page = passages.page(record.id, number)
        return PageText(
            number=page.number,
            pages=passages.page_count(record.id),
            place=place_text(page.place, page.number),
            text=page.text,
            came_from_ocr=page.came_from_ocr,
            quality=page.quality,
            warnings=list(page.warnings),
        )


def _add_changes(router: APIRouter, services: Services) -> None:
    """`PATCH`, `DELETE /api/documents/ID`, `POST /api/documents/ID/pause`, `resume`, `retry`.

    Deleting a document that waits or is being read cancels it. A change that comes too late, or cannot help, is a 409.
    """
    permissions, jobs = services.permissions, services.jobs
    changes = {"pause": jobs.pause, "resume": jobs.resume, "retry": jobs.retry}

    @router.patch("/documents/{document_id}", responses=refusals(404, 409))
    def move_document(request: Request, document_id: Id, wanted: PlaceForm) -> Document:
        """Moves a document, with what is inside it, into another collection. You need to be an editor of both.

        409 while it is being read or replaced, where it came inside another one, and where the same file is there
        already. Citations of it stay good; it is searched in its new collection when its state is `ready` again.
        """
        account_id = account_of(request)
        record = permissions.document_to_write(account_id, document_id)
        target = permissions.collection_to_write(account_id, wanted.collection_id)
        try:
            services.catalogue.move_document(record.id, target.id)
        except MoveRefused as refusal:
            raise Refused(409, document_texts.NOT_MOVED[refusal.code], f"not_moved_{refusal.code}") from refusal
        if target.id != record.collection_id:
            services.audit.record(
                account_id, "document_moved", record.id, address_of(request), {"collection": target.id}
            )
        return _shown(services.catalogue.document(record.id), services)

    @router.delete("/documents/{document_id}", status_code=204, responses=refusals(404))
    def delete_document(request: Request, document_id: Id) -> Response:
        """Deletes a document and what is inside it; a worker removes what is stored."""
        account_id = account_of(request)
        record = permissions.document_to_write(account_id, document_id)
        jobs.request_delete(record.id)
        services.audit.record(account_id, "document_deleted", record.id, address_of(request))
        return Response(status_code=204)

    @router.post("/documents/{document_id}/{change}", status_code=204, responses=refusals(404, 409))
    def change_document(request: Request, document_id: Id, change: Literal["pause", "resume", "retry"]) -> Response:
        """Holds a document that waits, lets it go on, or has a failed one read again."""
        record = permissions.document_to_write(account_of(request), document_id)
        if (change == "retry" and not can_help(record.reason)) or not changes[change](record.id):
            raise Refused(409, document_texts.STATE_CHANGED)
        return Response(status_code=204)


def _add_files(router: APIRouter, services: Services) -> None:
    """`GET /api/documents/ID/original`."""

    @router.get("/documents/{document_id}/original", responses=refusals(404), response_class=FileResponse)
    def original(request: Request, document_id: Id) -> FileResponse:
        """The file as it was uploaded."""
        account_id = account_of(request)
        record = services.permissions.document_to_read(account_id, document_id)
        path = services.files.original(record.id)
        if not path.is_file():
            raise NotFound(f"no file of document {document_id!r}")
        services.audit.record(account_id, "downloaded", record.id, address_of(request))
        return FileResponse(path, media_type="application/octet-stream", filename=record.filename)


def _shown(record: DocumentRecord, services: Services) -> Document:
    sentence = reason_text(record.reason, services.upload_limit) if record.reason else ""
    known = {name: getattr(record, name) for name in Document.model_fields if name != "reason_text"}
    return Document(**known, reason_text=sentence)
