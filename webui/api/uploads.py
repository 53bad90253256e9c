"""Uploading documents: a form with any number of files, taken one by one while it arrives."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import anyio
import anyio.from_thread
import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from indexes.accept import accept
from indexes.errors import NotFound, StorageFull, TooLarge
from webui.accounts.gate import account_of, address_of
from webui.api.field import Id
from webui.api.multipart import BadUpload, FileUpload, UploadForm
from webui.api.problem import refusals
from webui.api.reasons import reason_text
from webui.api.uploaded import BODY, NothingTaken, TakenForm, Uploaded
from webui.filename import shown_filename, shown_path
from webui.services import Services

log = logging.getLogger(__name__)

STATUS = {"too_large": 413, "storage_full": 507}
"""The status of an upload of which nothing was taken; every other code is a 400."""

UPLOADS_AT_ONCE = 16
PATIENCE = 60.0
"""Seconds without a byte after which an upload is given up: a connection that died must not keep its thread."""


@dataclass(frozen=True, slots=True)
class Goal:
    """Where an upload is to go, as the request says: nothing of it is checked yet."""

    account_id: str
    address: str
    collection_id: str
    replaces: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one uploaded file: a document, or the code of why there is none."""

    name: str
    id: str | None = None
    new: bool = False
    error_code: str | None = None


def routes(services: Services, patience: float = PATIENCE) -> APIRouter:
    """`POST /api/documents?collection=ID`, with `&replaces=ID` for a new version of a document.

    A field `path` before a file says where in its folder it was; browsers lose folders in the names of files.
    """
    router = APIRouter(prefix="/api", tags=["documents"])
    # Threads of their own, so that slow uploads leave those of the other routes free.
    threads = anyio.CapacityLimiter(UPLOADS_AT_ONCE)

    refused: dict[int | str, dict[str, Any]] = {status: {"model": NothingTaken} for status in (400, 413, 507)}

    @router.post("/documents", response_model=Uploaded, responses=refusals(404, 429) | refused, openapi_extra=BODY)
    async def upload(request: Request, collection: Id, replaces: Id | None = None) -> JSONResponse:
        """Takes files in; a worker reads them. `replaces` is a document whose new version this is."""
        goal = Goal(account_of(request), address_of(request), collection, replaces or "")
        stream = request.stream()

        async def next_piece() -> bytes | None:
            with anyio.move_on_after(patience):
                return await anext(stream, None)
            return None  # a form that breaks off

        def body() -> Iterator[bytes]:
            while (piece := anyio.from_thread.run(next_piece)) is not None:
                yield piece

        content_type = request.headers.get("content-type", "")
        with services.limits.upload(goal.account_id):
            return await anyio.to_thread.run_sync(_take, services, goal, content_type, body(), limiter=threads)

    return router


def _take(services: Services, goal: Goal, content_type: str, body: Iterator[bytes]) -> JSONResponse:
    """Takes the files of a form one by one; one that cannot be taken does not harm the others."""
    taken: list[Taken] = []
    try:
        folder = _folder(services, goal)
        for file in UploadForm(content_type, body).files():
            services.permissions.collection_to_write(goal.account_id, goal.collection_id)
            taken.append(_take_file(services, goal, folder, file))
    except BadUpload as error:
        log.warning("an upload could not be read: %s", error)
        taken.append(Taken("", error_code="bad_upload"))
    errors = [file.error_code for file in taken if file.error_code] or ([] if taken else ["no_files"])
    sentence = reason_text(errors[0], services.upload_limit) if errors else ""
    files = [_form(file, services.upload_limit) for file in taken]
    if not errors or any(file.id for file in taken):
        return JSONResponse(Uploaded(message=sentence, files=files).model_dump())
    nothing = NothingTaken(code=errors[0], message=sentence, detail="No file was taken.", files=files)
    return JSONResponse(nothing.model_dump(), STATUS.get(errors[0], 400))


def _folder(services: Services, goal: Goal) -> str:
    """Checks that the account may add there, and replace that; what is replaced gives its folder on ("" without one).

    Raises `NotFound`.
    """
    services.permissions.collection_to_write(goal.account_id, goal.collection_id)
    if not goal.replaces:
        return ""
    replaced = services.permissions.document_to_write(goal.account_id, goal.replaces)
    if replaced.collection_id != goal.collection_id:
        raise NotFound(f"no document {goal.replaces!r} in collection {goal.collection_id!r}")
    folder, slash, _ = replaced.path.rpartition("/")
    return folder + slash


def _take_file(services: Services, goal: Goal, folder: str, file: FileUpload) -> Taken:
    name = shown_filename(file.path)
    if not name:
        return Taken("", error_code="empty_name")
    try:
        record, new = accept(
            services.catalogue,
            services.files,
            goal.collection_id,
            name,
            file.pieces,
            services.upload_limit,
            path=shown_path(file.path) or shown_path(folder + name),
            replaces=goal.replaces,
            added_by=goal.account_id,
        )
    except TooLarge:
        return Taken(name, error_code="too_large")
    except StorageFull as error:
        log.error("%s", error)  # noqa: TRY400 - the sentence says it all
        return Taken(name, error_code="storage_full")
    if new:
        services.audit.record(goal.account_id, "uploaded", record.id, goal.address)
    return Taken(name, record.id, new)


def _form(file: Taken, upload_limit: int) -> TakenForm:
    error = reason_text(file.error_code, upload_limit) if file.error_code else None
    return TakenForm(name=file.name, id=file.id, new=file.new, error_code=file.error_code, error=error)
