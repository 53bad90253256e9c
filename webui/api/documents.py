"""JSON routes of documents that are here: list, delete, try again, and their files. Asks `Permissions` for every id."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from indexes.catalogue import DocumentRecord
from indexes.errors import NotFound
from webui.accounts.gate import account_of
from webui.api.reasons import reason_text
from webui.services import Services


def routes(services: Services) -> APIRouter:
    """The routes of documents, and `GET /api/collections`."""
    router = APIRouter(prefix="/api")
    permissions, files = services.permissions, services.files

    @router.get("/collections")
    def collections(request: Request) -> JSONResponse:
        readable = permissions.readable(account_of(request))
        return JSONResponse([{"id": collection.id, "name": collection.name} for collection in readable])

    @router.get("/documents")
    def listed(request: Request, collection: str) -> JSONResponse:
        collection_id = permissions.collection_to_read(account_of(request), collection).id
        return JSONResponse([_shown(record, services) for record in services.catalogue.documents(collection_id)])

    @router.delete("/documents/{document_id}", status_code=204)
    def delete(request: Request, document_id: str) -> Response:
        services.jobs.request_delete(permissions.document_to_write(account_of(request), document_id).id)
        return Response(status_code=204)

    @router.post("/documents/{document_id}/retry", status_code=204)
    def retry(request: Request, document_id: str) -> Response:
        record = permissions.document_to_write(account_of(request), document_id)
        services.catalogue.add_document(  # the same bytes once more: a failed document is queued again
            record.id, record.collection_id, record.filename, record.sha256, record.size
        )
        return Response(status_code=204)

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

    return router


def _shown(record: DocumentRecord, services: Services) -> dict[str, object]:
    names = (
        "id",
        "filename",
        "title",
        "size",
        "state",
        "pages_done",
        "pages_total",
        "reason",
        "created_at",
        "updated_at",
    )
    sentence = reason_text(record.reason, services.upload_limit) if record.reason else ""
    return {**{name: getattr(record, name) for name in names}, "reason_text": sentence}
