"""The glossary of a collection: what documents define and what people add, to search, change and switch off."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from hebrew.terms import Pair
from indexes.catalogue import Collection
from indexes.errors import NotFound, PairRefused
from indexes.glossary import LONGEST_MEANING, LONGEST_TERM, MOST_OWN
from webui.accounts.gate import account_of, address_of
from webui.filename import visible
from webui.pages.form import Form
from webui.pages.glossary_rows import SHOWN, first_with, shown
from webui.pages.render import render
from webui.services import Services
from webui.texts import glossary_texts

LONGEST_SEARCH = 200
MOST_LINES = 2**31 - 1

Refusal = tuple[str, Pair, str]
"""What was refused: the row that was to change ("" for a new pair), what was typed, and the sentence that says why."""


def routes(services: Services) -> APIRouter:
    """`GET /glossary/COLLECTION?name=&first=`; `POST` to it adds, to `/glossary/COLLECTION/ENTRY/CHANGE` changes."""
    router = APIRouter()

    @router.get("/glossary/{collection_id}")
    def glossary(
        request: Request,
        collection_id: str,
        name: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "",
        first: Annotated[int, Query(ge=0, le=MOST_LINES)] = 0,
    ) -> HTMLResponse:
        collection = services.permissions.collection_to_read(account_of(request), collection_id)
        return HTMLResponse(_drawn(services, account_of(request), collection, name=name, first=first))

    @router.post("/glossary/{collection_id}")
    def add(request: Request, collection_id: str, form: Form) -> Response:
        pair, add_pair = _pair(form), services.glossaries.add
        return _changed(services, request, collection_id, ("", pair), lambda who: add_pair(collection_id, pair, who))

    @router.post("/glossary/{collection_id}/{entry_id}/{change}")
    def change(
        request: Request, collection_id: str, entry_id: str, change: Literal["change", "remove", "use"], form: Form
    ) -> Response:
        pair, glossaries = _pair(form), services.glossaries
        changes: dict[str, Callable[[str], str]] = {
            "change": lambda who: glossaries.change(collection_id, entry_id, pair, who),
            "remove": lambda who: glossaries.remove(collection_id, entry_id, who),
            "use": lambda who: glossaries.use(collection_id, entry_id, who),
        }
        return _changed(services, request, collection_id, (entry_id, pair), changes[change])

    return router


def _pair(form: dict[str, str]) -> Pair:
    return form.get("term", ""), form.get("meaning", "")


def _changed(
    services: Services,
    request: Request,
    collection_id: str,
    asked: tuple[str, Pair],
    change: Callable[[str], str],
) -> Response:
    """Does a change, if the account may, and shows what came of it: the pair, or the page with what is wrong."""
    account_id = account_of(request)
    collection = services.permissions.collection_to_write(account_id, collection_id)
    try:
        entry_id = change(account_id)
    except PairRefused as error:
        limits = {"term": LONGEST_TERM, "meaning": LONGEST_MEANING, "most": MOST_OWN}
        refusal = (*asked, glossary_texts.REFUSED[error.code].format(**limits))
        return HTMLResponse(_drawn(services, account_id, collection, refusal), 422)
    except NotFound:
        return HTMLResponse(_drawn(services, account_id, collection, ("", ("", ""), glossary_texts.GONE)), 404)
    services.audit.record(account_id, "glossary_changed", collection.id, address_of(request))
    first = first_with(services.glossaries.lines(collection.id), entry_id)
    return RedirectResponse(f"/glossary/{collection.id}?first={first}" + (f"#pair-{entry_id}" if entry_id else ""), 303)


def _drawn(
    services: Services,
    account_id: str,
    collection: Collection,
    refusal: Refusal = ("", ("", ""), ""),
    *,
    name: str = "",
    first: int = 0,
) -> str:
    lines, (entry_id, typed, problem) = services.glossaries.lines(collection.id), refusal
    listed = shown(lines, name, first_with(lines, entry_id) if entry_id else first)
    rows = [
        replace(row, problem=problem, term=typed[0], meaning=typed[1]) if row.id == entry_id else row
        for row in listed.rows
    ]
    is_new = entry_id not in {row.id for row in rows}
    return render(
        "glossary.html",
        collection_id=collection.id,
        collection_name=visible(collection.name),
        can_change=collection in services.permissions.writable(account_id),
        typed=typed if is_new else ("", ""),
        problem=problem if is_new else "",
        name=name,
        rows=rows,
        shown=listed,
        step=SHOWN,
        is_empty=not lines,
        longest=(LONGEST_TERM, LONGEST_MEANING),
    )
