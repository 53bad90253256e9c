"""JSON routes of documents that are here: list, delete, hold, try again, and their files. Each asks `Permissions`."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from indexes.catalogue import DocumentRecord
from indexes.errors import NotFound
from webui.accounts.gate import account_of
from webui.api.reasons import can_help, reason_text
from webui.screen import document_texts
from webui.services import Services

LISTED = (
    *("id", "filename", "title", "path", "parent_id", "replaces", "size", "state", "pages_done", "pages_total"),
    *("reason", "created_at", "updated_at"),
)
"""What the list of documents says of each."""


def routes(services: Services) -> APIRouter:
    """The routes of collections, of documents, and of their files."""
    router = APIRouter(prefix="/api")
    _add_collections(router, services)
    _add_documents(router, services)
    _add_files(router, services)
    return router


def _add_collections(router: APIRouter, services: Services) -> None:
    """`GET /api/collections`; `POST /api/collections/ID/pause`, `resume`, `cancel`: all that waits, and how many."""
    permissions, jobs = services.permissions, services.jobs
    changes = {"pause": jobs.pause_all, "resume": jobs.resume_all, "cancel": jobs.cancel_waiting}

    @router.get("/collections")
    def collections(request: Request) -> JSONResponse:
        readable = permissions.readable(account_of(request))
        return JSONResponse([{"id": collection.id, "name": collection.name} for collection in readable])

    @router.post("/collections/{collection_id}/{change}")
    def change_all(request: Request, collection_id: str, change: Literal["pause", "resume", "cancel"]) -> JSONResponse:
        collection = permissions.collection_to_write(account_of(request), collection_id)
        return JSONResponse({"count": changes[change](collection.id)})


def _add_documents(router: APIRouter, services: Services) -> None:
    """`GET /api/documents?collection=`, `DELETE /api/documents/ID`, `POST /api/documents/ID/pause`, `resume`, `retry`.

    Deleting a document that waits or is being read cancels it. A change that comes too late, or cannot help, is a 409.
    """
    permissions, jobs = services.permissions, services.jobs
    changes = {"pause": jobs.pause, "resume": jobs.resume, "retry": jobs.retry}

    @router.get("/documents")
    def listed(request: Request, collection: str) -> JSONResponse:
        collection_id = permissions.collection_to_read(account_of(request), collection).id
        return JSONResponse([_shown(record, services) for record in services.catalogue.documents(collection_id)])

    @router.delete("/documents/{document_id}", status_code=204)
    def delete(request: Request, document_id: str) -> Response:
        jobs.request_delete(permissions.document_to_write(account_of(request), document_id).id)
        return Response(status_code=204)

    @router.post("/documents/{document_id}/{change}", status_code=204)
    def change_one(request: Request, document_id: str, change: Literal["pause", "resume", "retry"]) -> Response:
        record = permissions.document_to_write(account_of(request), document_id)
        if (change == "retry" and not can_help(record.reason)) or not changes[change](record.id):
            return JSONResponse({"message": document_texts.STATE_CHANGED}, 409)
        return Response(status_code=204)


def _add_files(router: APIRouter, services: Services) -> None:
    """`GET /api/documents/ID/original` and `GET /api/documents/ID/pages/NUMBER.webp`."""
    permissions, files = services.permissions, services.files

    @router.get("/documents/{document_id}/original")
    def original(request: Request, document_id: str) -> FileResponse:
        record = permissions.document_to_read(account_of(request), document_id)
        return FileResponse(files.original(record.id), media_type="application/octet-stream", filename=record.filename)

    @router.get("/documents/{document_id}/pages/{number}.webp")
    def page_image(request: Request, document_id: str, number: Annotated[int, Path(le=2**31 - 1)]) -> FileResponse:
        record = permissions.document_to_read(account_of(request), document_id)
        image = files.page_image(record.id, number)
        if not image.is_file():
            raise NotFound(f"no image of page {number} of document {document_id!r}")
        return FileResponse(image, media_type="image/webp", headers={"cache-control": "private, max-age=3600"})


def _shown(record: DocumentRecord, services: Services) -> dict[str, object]:
    sentence = reason_text(record.reason, services.upload_limit) if record.reason else ""
    return {**{name: getattr(record, name) for name in LISTED}, "reason_text": sentence}
