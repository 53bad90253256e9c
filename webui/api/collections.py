"""JSON routes of collections: list, make, rename, delete, and to whom they are open. See `webui/collecting.py`."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from indexes.catalogue import Collection
from indexes.errors import NotFound
from webui import collecting
from webui.accounts.gate import account_of, address_of
from webui.accounts.naming import name_of
from webui.api.field import Id, Name
from webui.api.problem import refusals
from webui.filename import visible
from webui.grants import Grant, Level
from webui.services import Services
from webui.texts import collection_texts

TEAM, PERSON, GROUP = "team", "person-", "group-"
"""Who a subject is; after the last two follows an id."""


class CollectionForm(BaseModel):
    """A collection, and what you may do with it."""

    id: str
    name: str
    created_at: float
    level: Level = Field(description="reader: search and read; editor: change documents too; owner: grant and delete")


class NamedForm(BaseModel):
    """What a collection is to be called."""

    name: Annotated[Name, Field(max_length=collecting.LONGEST_NAME)]


Whom = Annotated[
    str,
    Field(
        pattern="^(team|(person|group)-[0-9a-f]{32})$",
        description="`team`: everybody but guests; `person-ID` or `group-ID`, see /api/subjects",
    ),
]


class GrantForm(BaseModel):
    """How far a collection is open to somebody."""

    whom: Whom
    level: Level


class SubjectForm(BaseModel):
    """Somebody to whom a collection could be opened."""

    whom: Whom
    name: str


class Count(BaseModel):
    """How many documents were changed."""

    count: int


def routes(services: Services) -> APIRouter:
    """The routes below `/api/collections`, and `GET /api/subjects`."""
    router = APIRouter(prefix="/api", tags=["collections"])
    _add_collections(router, services)
    _add_grants(router, services)
    _add_queue(router, services)
    return router


def _add_collections(router: APIRouter, services: Services) -> None:
    """`GET`, `POST /api/collections`; `PATCH`, `DELETE /api/collections/ID`."""

    def form(account_id: str, collection_id: str) -> CollectionForm:
        levels = services.permissions.levels(account_id, collection_id)
        return next(_form(each, level) for each, level in levels.items())

    @router.get("/collections", responses=refusals())
    def collections(request: Request) -> list[CollectionForm]:
        """The collections that you may read, oldest first."""
        return [_form(*each) for each in services.permissions.levels(account_of(request)).items()]

    @router.post("/collections", status_code=201, responses=refusals(404, 413))
    def make_collection(request: Request, wanted: NamedForm) -> CollectionForm:
        """Makes a collection that is yours alone. Guests make none (404)."""
        account_id = account_of(request)
        made = collecting.make_collection(services, account_id, address_of(request), wanted.name)
        return form(account_id, made.id)

    @router.patch("/collections/{collection_id}", responses=refusals(404, 413))
    def rename_collection(request: Request, collection_id: Id, wanted: NamedForm) -> CollectionForm:
        """Gives a collection that you own another name."""
        account_id = account_of(request)
        collecting.rename_collection(services, account_id, address_of(request), collection_id, wanted.name)
        return form(account_id, collection_id)

    @router.delete("/collections/{collection_id}", status_code=204, responses=refusals(404))
    def delete_collection(request: Request, collection_id: Id) -> Response:
        """Deletes a collection that you own, with everything in it: at once for everybody, soon from the disk."""
        collecting.delete_collection(services, account_of(request), address_of(request), collection_id)
        return Response(status_code=204)


def _add_grants(router: APIRouter, services: Services) -> None:
    """`GET`, `PUT`, `DELETE /api/collections/ID/grants`, and `GET /api/subjects`."""

    @router.get("/collections/{collection_id}/grants", responses=refusals(404))
    def grants(request: Request, collection_id: Id) -> list[GrantForm]:
        """To whom a collection that you own is open."""
        services.permissions.collection_to_own(account_of(request), collection_id)
        return [GrantForm(whom=_whom(grant), level=grant.level) for grant in services.grants.of(collection_id)]

    @router.put("/collections/{collection_id}/grants", status_code=204, responses=refusals(404, 409, 413))
    def put_grant(request: Request, collection_id: Id, wanted: GrantForm) -> Response:
        """Opens a collection that you own to somebody, or changes how far. 409 where no owner would be left."""
        grant = _grant(collection_id, wanted.whom, wanted.level)
        collecting.open_collection(services, account_of(request), address_of(request), grant)
        return Response(status_code=204)

    @router.delete("/collections/{collection_id}/grants", status_code=204, responses=refusals(404, 409))
    def remove_grant(request: Request, collection_id: Id, whom: Annotated[Whom, Query()]) -> Response:
        """Takes back what was granted to somebody. 409 where no owner would be left."""
        grant = _grant(collection_id, whom, "reader")
        collecting.close_collection(services, account_of(request), address_of(request), grant)
        return Response(status_code=204)

    @router.get("/subjects", responses=refusals(404))
    def subjects(request: Request) -> list[SubjectForm]:
        """The people and groups to whom a collection can be opened. Guests do not see them (404)."""
        if not collecting.may_make(services.accounts.get(account_of(request))):
            raise NotFound("guests open nothing")
        people = [each for each in services.people.all() if each.suspended_at is None]
        return [
            SubjectForm(whom=TEAM, name=collection_texts.TEAM),
            *(SubjectForm(whom=f"{GROUP}{each.id}", name=visible(each.name)) for each in services.groups.all()),
            *(SubjectForm(whom=f"{PERSON}{each.id}", name=name_of(each)) for each in people),
        ]


def _add_queue(router: APIRouter, services: Services) -> None:
    """`POST /api/collections/ID/pause`, `resume`, `cancel`: all that waits, and how many."""
    permissions, jobs = services.permissions, services.jobs
    changes = {"pause": jobs.pause_all, "resume": jobs.resume_all, "cancel": jobs.cancel_waiting}

    @router.post("/collections/{collection_id}/{change}", responses=refusals(404))
    def change_queue(request: Request, collection_id: Id, change: Literal["pause", "resume", "cancel"]) -> Count:
        """Holds all documents of a collection that wait, lets them go on, or deletes them."""
        collection = permissions.collection_to_write(account_of(request), collection_id)
        count = changes[change](collection.id)
        if change == "cancel" and count:
            said = {"documents": str(count)}
            services.audit.record(account_of(request), "document_deleted", collection.id, address_of(request), said)
        return Count(count=count)


def _form(collection: Collection, level: Level) -> CollectionForm:
    return CollectionForm(id=collection.id, name=collection.name, created_at=collection.created_at, level=level)


def _whom(grant: Grant) -> str:
    if grant.account_id:
        return f"{PERSON}{grant.account_id}"
    return f"{GROUP}{grant.group_id}" if grant.group_id else TEAM


def _grant(collection_id: str, whom: str, level: Level) -> Grant:
    kind, _, subject = whom.rpartition("-")
    return Grant(collection_id, subject if kind == "person" else None, subject if kind == "group" else None, level)
