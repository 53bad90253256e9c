"""The collections as cards, an HTML fragment: what is in each, how far it is read, and for whom it is open."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from indexes.holdings import Holding, holdings
from webui.accounts.account import Account
from webui.accounts.gate import account_of
from webui.accounts.naming import told_apart
from webui.collecting import LONGEST_NAME, may_make
from webui.filename import visible
from webui.grants import Grant, Level
from webui.moment import day_text
from webui.pages.listing import BUSY
from webui.pages.render import render
from webui.services import Services
from webui.size import size_text
from webui.texts import collection_texts, document_texts

MOST_NAMED = 2
"""Names of people and groups that a card has before it only counts."""


@dataclass(frozen=True, slots=True)
class Card:
    """A collection as a card. `busy` and `failed` are sentences, or ""; `done` of `total` documents are read.

    `open_to` says who may read it, "" where whoever looks is not to know.
    """

    id: str
    name: str
    level: Level
    facts: tuple[str, ...]
    busy: str
    failed: str
    done: int
    total: int
    open_to: str


def routes(services: Services) -> APIRouter:
    """`GET /documents/cards`, of the collections that the account may read."""
    router = APIRouter()

    @router.get("/documents/cards")
    def cards(request: Request) -> HTMLResponse:
        account = services.accounts.get(account_of(request))
        levels = services.permissions.levels(account.id)
        held = holdings(services.engine, [collection.id for collection in levels])
        open_to = {} if account.role == "guest" else _open_to(services, account, list(held))
        drawn = [
            _card(collection.id, visible(collection.name), level, held[collection.id], open_to.get(collection.id, ""))
            for collection, level in levels.items()
        ]
        page = render("cards.html", cards=drawn, can_make=may_make(account), longest=LONGEST_NAME)
        return HTMLResponse(page)

    return router


def _card(collection_id: str, name: str, level: Level, holding: Holding, open_to: str) -> Card:
    total, failed = holding.states.total(), holding.states["failed"]
    busy = sum(holding.states[state] for state in BUSY)
    facts = [documents_text(total)]
    if total:
        facts += [size_text(holding.size), collection_texts.CHANGED.format(day=day_text(holding.changed_at))]
    return Card(
        collection_id,
        name,
        level,
        tuple(facts),
        document_texts.SUMMARY_BUSY.format(count=busy) if busy else "",
        document_texts.SUMMARY_FAILED.format(count=failed) if failed else "",
        total - busy,
        total,
        open_to,
    )


def documents_text(count: int) -> str:
    """How many documents there are, in words."""
    if not count:
        return collection_texts.DOCUMENTS_NONE
    return collection_texts.DOCUMENTS_ONE if count == 1 else collection_texts.DOCUMENTS.format(count=count)


def _open_to(services: Services, account: Account, collection_ids: Sequence[str]) -> dict[str, str]:
    """Id of a collection -> who may read it, in words."""
    names = told_apart(services.people.all())
    names |= {group.id: visible(group.name) for group in services.groups.all()}
    granted: dict[str, list[Grant]] = defaultdict(list)
    for grant in services.grants.among(collection_ids):
        granted[grant.collection_id].append(grant)
    return {collection_id: _whom(granted[collection_id], account, names) for collection_id in granted}


def _whom(granted: Sequence[Grant], account: Account, names: Mapping[str, str]) -> str:
    subjects = [grant.account_id or grant.group_id or "" for grant in granted]
    others = [names[subject] for subject in subjects if subject != account.id and subject in names]
    if "" in subjects:
        return collection_texts.OPEN_TO_TEAM
    if not others:
        return collection_texts.OPEN_TO_YOU
    if len(others) > MOST_NAMED:
        return collection_texts.OPEN_TO_MANY.format(names=", ".join(others[:1]), count=len(others) - 1)
    return collection_texts.OPEN_TO_SOME.format(names=", ".join(others))
