"""What people do with collections: making, renaming, deleting, opening them to others. Each is checked and recorded.

Pages and the API both come here. Ids are those that the browser sent; `account_id` is who asks, `address` where from.
"""

from dataclasses import replace

from indexes.catalogue import Collection
from indexes.errors import NotFound
from webui.accounts.account import Account
from webui.api.problem import Refused
from webui.filename import visible
from webui.grants import Grant, NoOwnerLeft
from webui.services import Services
from webui.texts import collection_texts

LONGEST_NAME = 100
LONGEST_SUGGESTED, MOST_SUGGESTED = 150, 4
"""Characters of a suggested question, and how many a collection has."""


def may_make(account: Account) -> bool:
    """Whether somebody may have collections of their own."""
    return account.role != "guest" and account.suspended_at is None


def make_collection(services: Services, account_id: str, address: str, name: str) -> Collection:
    """A new collection, private to the account. Raises `Refused` for a bad name, `NotFound` for a guest."""
    if not may_make(services.accounts.get(account_id)):
        raise NotFound("guests make no collections")
    collection = services.catalogue.create_collection(_name(name))
    services.grants.put(Grant(collection.id, account_id, None, "owner"))
    services.audit.record(account_id, "collection_made", collection.id, address)
    return collection


def rename_collection(services: Services, account_id: str, address: str, collection_id: str, name: str) -> Collection:
    """The collection under its new name. Raises `Refused` for a bad name, `NotFound`."""
    collection = services.permissions.collection_to_own(account_id, collection_id)
    renamed = replace(collection, name=_name(name))
    services.catalogue.rename_collection(collection.id, renamed.name)
    services.audit.record(account_id, "collection_renamed", collection.id, address)
    return renamed


def suggest_questions(services: Services, account_id: str, address: str, collection_id: str, typed: str) -> None:
    """Keeps what is suggested to whoever begins to ask there: a question a line. Raises `Refused`, `NotFound`."""
    collection = services.permissions.collection_to_own(account_id, collection_id)
    questions = [line for line in (visible(" ".join(line.split())) for line in typed.splitlines()) if line]
    if len(questions) > MOST_SUGGESTED or any(len(question) > LONGEST_SUGGESTED for question in questions):
        sentence = collection_texts.BAD_SUGGESTIONS.format(most=MOST_SUGGESTED, longest=LONGEST_SUGGESTED)
        raise Refused(422, sentence, "bad_suggestions")
    services.catalogue.suggest(collection.id, questions)
    services.audit.record(account_id, "suggestions_changed", collection.id, address)


def delete_collection(services: Services, account_id: str, address: str, collection_id: str) -> None:
    """Ends a collection: gone at once for everybody; a worker removes what is stored. Raises `NotFound`."""
    collection = services.permissions.collection_to_own(account_id, collection_id)
    services.catalogue.delete_collection(collection.id)
    services.audit.record(account_id, "collection_deleted", collection.id, address)


def open_collection(services: Services, account_id: str, address: str, grant: Grant) -> None:
    """Opens a collection to somebody, or changes how far it is open to them. Raises `Refused`, `NotFound`."""
    services.permissions.collection_to_own(account_id, grant.collection_id)
    if grant.account_id:
        whom = services.accounts.get(grant.account_id)
        if whom.role == "guest" and grant.level != "reader":
            raise Refused(422, collection_texts.GUESTS_READ, "guests_read")
    elif grant.group_id:
        services.groups.get(grant.group_id)
    elif grant.level == "owner":
        raise Refused(422, collection_texts.TEAM_NOT_OWNER, "team_not_owner")
    try:
        services.grants.put(grant)
    except NoOwnerLeft as error:
        raise Refused(409, collection_texts.LAST_OWNER, "last_owner") from error
    services.audit.record(account_id, "granted", grant.collection_id, address, {**_whom(grant), "level": grant.level})


def close_collection(services: Services, account_id: str, address: str, grant: Grant) -> None:
    """Takes back what a person, a group or the team was granted. Raises `Refused`, `NotFound`."""
    services.permissions.collection_to_own(account_id, grant.collection_id)
    try:
        services.grants.remove(grant)
    except NoOwnerLeft as error:
        raise Refused(409, collection_texts.LAST_OWNER, "last_owner") from error
    services.audit.record(account_id, "grant_revoked", grant.collection_id, address, _whom(grant))


def hand_over(services: Services, account_id: str, address: str, collection_id: str, successor_id: str) -> None:
    """Makes somebody else the owner, and whoever was it an editor. Raises `Refused`, `NotFound`."""
    open_collection(services, account_id, address, Grant(collection_id, successor_id, None, "owner"))
    if successor_id != account_id:
        open_collection(services, account_id, address, Grant(collection_id, account_id, None, "editor"))


def _whom(grant: Grant) -> dict[str, str]:
    """To whom, for the audit log: an id, or nobody in particular for the team."""
    named = {"account": grant.account_id or "", "group": grant.group_id or ""}
    return {kind: found for kind, found in named.items() if found} or {"team": "all"}


def _name(typed: str) -> str:
    name = " ".join(visible(" ".join(typed.split())).split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused(422, collection_texts.BAD_NAME.format(longest=LONGEST_NAME), "bad_name")
    return name
