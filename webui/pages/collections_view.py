"""The pages of collections as HTML, drawn for somebody who may read or own them. Changes nothing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexes.catalogue import Collection
from webui.accounts.account import Account
from webui.accounts.group import Group
from webui.accounts.naming import name_of
from webui.collecting import LONGEST_NAME, may_make
from webui.filename import visible
from webui.grants import LEVELS, Grant, Level
from webui.pages.render import render
from webui.services import Services
from webui.texts import collection_texts, texts

TEAM = "team"
PERSON, GROUP = "person-", "group-"
"""What the names of subjects begin with in our forms; the rest is an id."""


@dataclass(frozen=True, slots=True)
class Card:
    """A collection as the list shows it."""

    id: str
    name: str
    level: Level
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody to whom a collection is open, or could be. `whom` names them in our forms, `level` is theirs or "".

    `levels` are those that they may have.
    """

    whom: str
    name: str
    tags: tuple[str, ...]
    level: str
    levels: tuple[Level, ...]


def all_page(services: Services, account_id: str, *, done: str = "", problem: str = "", typed: str = "") -> str:
    """Every collection that the account may read, and the form for a new one. `typed` stays in it after a refusal."""
    levels, account = services.permissions.levels(account_id), services.accounts.get(account_id)
    ids = [collection.id for collection in levels]
    counts, owners = services.catalogue.document_counts(ids), _owners(services, account_id, ids)
    return render(
        "collections.html",
        cards=[
            Card(
                collection.id,
                visible(collection.name),
                level,
                tuple(filter(None, (documents_text(counts.get(collection.id, 0)), owners.get(collection.id, "")))),
            )
            for collection, level in levels.items()
        ],
        can_make=may_make(account),
        notice=collection_texts.DONE.get(done, ""),
        problem=problem,
        typed=typed,
        longest=LONGEST_NAME,
    )


def one_page(services: Services, account_id: str, collection: Collection, *, done: str = "", problem: str = "") -> str:
    """To whom a collection is open, its name and its end; for somebody who owns it."""
    granted = {_whom(grant): grant for grant in services.grants.of(collection.id)}
    everybody = _subjects(services, account_id, granted)
    opened = [subject for whom in granted for subject in everybody if subject.whom == whom]
    others = [subject for subject in everybody if subject.whom not in granted]
    strangers = {f"{PERSON}{account_id}", *(f"{PERSON}{one.id}" for one in services.people.all() if one.suspended_at)}
    return render(
        "collection.html",
        id=collection.id,
        name=visible(collection.name),
        documents=documents_text(services.catalogue.document_counts([collection.id]).get(collection.id, 0)),
        opened=opened,
        others={
            collection_texts.TEAM_PART: [one for one in others if one.whom == TEAM],
            collection_texts.GROUPS_PART: [one for one in others if one.whom.startswith(GROUP)],
            collection_texts.PEOPLE_PART: [one for one in others if one.whom.startswith(PERSON)],
        },
        heirs=[
            one
            for one in everybody
            if one.whom.startswith(PERSON) and "owner" in one.levels and one.whom not in strangers
        ],
        levels=LEVELS,
        notice=collection_texts.DONE.get(done, ""),
        problem=problem,
        longest=LONGEST_NAME,
    )


def documents_text(count: int) -> str:
    """How many documents there are, in words."""
    if not count:
        return collection_texts.DOCUMENTS_NONE
    return collection_texts.DOCUMENTS_ONE if count == 1 else collection_texts.DOCUMENTS.format(count=count)


def _owners(services: Services, account_id: str, collection_ids: Sequence[str]) -> dict[str, str]:
    """Id of a collection -> whose it is, in words."""
    names = {one.id: name_of(one) for one in services.people.all()}
    names |= {group.id: visible(group.name) for group in services.groups.all()}
    owners: dict[str, list[str]] = defaultdict(list)
    for grant in services.grants.owning(collection_ids):
        subject = grant.account_id or grant.group_id or ""
        owners[grant.collection_id].append(collection_texts.YOU if subject == account_id else names.get(subject, ""))
    return {
        collection_id: collection_texts.OWNED_BY.format(names=", ".join(filter(None, found)))
        for collection_id, found in owners.items()
        if any(found) and found != [collection_texts.YOU]  # the level says so
    }


def _subjects(services: Services, account_id: str, granted: Mapping[str, Grant]) -> list[Subject]:
    """The team, the groups and the people, by name; whoever is suspended only where something was granted to them."""

    def level(whom: str) -> str:
        return granted[whom].level if whom in granted else ""

    people = services.people.all()
    found = [Subject(TEAM, collection_texts.TEAM, (), level(TEAM), LEVELS[:-1])]
    found += [_group(group, level(f"{GROUP}{group.id}")) for group in services.groups.all()]
    persons = [_person(one, account_id, level(f"{PERSON}{one.id}"), people) for one in people]
    active = {f"{PERSON}{one.id}" for one in people if one.suspended_at is None}
    kept = [person for person in persons if person.whom in active or person.level]
    return found + sorted(kept, key=lambda person: person.name)


def _group(group: Group, level: str) -> Subject:
    return Subject(f"{GROUP}{group.id}", collection_texts.GROUP.format(name=visible(group.name)), (), level, LEVELS)


def _person(account: Account, account_id: str, level: str, people: Sequence[Account]) -> Subject:
    name = name_of(account)
    if sum(name_of(one) == name for one in people) > 1:
        name = collection_texts.PERSON.format(name=name, sign_in=visible(account.name))
    tags = [collection_texts.YOU] if account.id == account_id else []
    tags += [texts.ROLES["guest"]] if account.role == "guest" else []
    tags += [collection_texts.SUSPENDED] if account.suspended_at is not None else []
    return Subject(f"{PERSON}{account.id}", name, tuple(tags), level, LEVELS[:1] if account.role == "guest" else LEVELS)


def _whom(grant: Grant) -> str:
    if grant.account_id:
        return f"{PERSON}{grant.account_id}"
    return f"{GROUP}{grant.group_id}" if grant.group_id else TEAM
