"""The page of a collection as HTML, drawn for somebody who owns it. Changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexes.catalogue import Collection
from webui.accounts.account import Account
from webui.accounts.naming import told_apart
from webui.collecting import LONGEST_NAME, LONGEST_SUGGESTED, MOST_SUGGESTED
from webui.filename import visible
from webui.grants import LEVELS, Grant, Level
from webui.pages.cards import documents_text
from webui.pages.render import render
from webui.services import Services
from webui.texts import collection_texts, texts

TEAM = "team"
PERSON, GROUP = "person-", "group-"
"""What the names of subjects begin with in our forms; the rest is an id."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody to whom a collection is open, or could be. `whom` names them in our forms, `level` is theirs or "".

    `levels` are those that they may have, `members` who is in a group.
    """

    whom: str
    name: str
    tags: tuple[str, ...]
    level: str
    levels: tuple[Level, ...]
    members: tuple[str, ...] = ()


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
        questions=services.catalogue.suggestions([collection.id]).get(collection.id, []),
        most=MOST_SUGGESTED,
        longest_question=LONGEST_SUGGESTED,
        notice=collection_texts.DONE.get(done, ""),
        problem=problem,
        longest=LONGEST_NAME,
    )


def _subjects(services: Services, account_id: str, granted: Mapping[str, Grant]) -> list[Subject]:
    """The team, the groups and the people, by name; whoever is suspended only where something was granted to them."""

    def level(whom: str) -> str:
        return granted[whom].level if whom in granted else ""

    people = services.people.all()
    names = told_apart(people)
    found = [Subject(TEAM, collection_texts.TEAM, (), level(TEAM), LEVELS[:-1])]
    for group in services.groups.all():
        has = level(f"{GROUP}{group.id}")
        inside = sorted(names[one.id] for one in services.groups.members(group.id)) if has else ()
        name = collection_texts.GROUP.format(name=visible(group.name))
        found.append(Subject(f"{GROUP}{group.id}", name, (), has, LEVELS, tuple(inside)))
    persons = [_person(one, account_id, level(f"{PERSON}{one.id}"), names[one.id]) for one in people]
    active = {f"{PERSON}{one.id}" for one in people if one.suspended_at is None}
    kept = [person for person in persons if person.whom in active or person.level]
    return found + sorted(kept, key=lambda person: person.name)


def _person(account: Account, account_id: str, level: str, name: str) -> Subject:
    tags = [collection_texts.YOU] if account.id == account_id else []
    tags += [texts.ROLES["guest"]] if account.role == "guest" else []
    tags += [collection_texts.SUSPENDED] if account.suspended_at is not None else []
    return Subject(f"{PERSON}{account.id}", name, tuple(tags), level, LEVELS[:1] if account.role == "guest" else LEVELS)


def _whom(grant: Grant) -> str:
    if grant.account_id:
        return f"{PERSON}{grant.account_id}"
    return f"{GROUP}{grant.group_id}" if grant.group_id else TEAM
