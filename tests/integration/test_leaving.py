"""Deleting a person: what goes, what stays, and that nothing of theirs can be found afterwards, anywhere."""

import asyncio
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from answers.answer import Answer
from indexes.catalogue import Collection
from indexes.database import metadata
from indexes.errors import NotFound
from ingest.worker import run
from tests.integration.test_people import browser_of
from tests.integration.test_versions import files_below
from tests.web_parts import FakeAnswering, app_of, browser, build_services, new_collection, sign_in
from tests.worker_process import pipeline_over
from webui.accounts.account import Account
from webui.audit import Wanted
from webui.grants import Grant
from webui.services import Services
from webui.sharing.snapshot import taken
from webui.texts import people_texts

SECRET = "קרפדיאלה"
PUBLIC = "חופשה שנתית היא עשרים ימים בשנה לכל עובד."


class Team:
    """An owner, Dana who will leave, Uri, and what each of them has."""

    def __init__(self, data: Path, engine: sa.Engine) -> None:
        self.data = data
        answering = FakeAnswering([Answer(f"התשובה היא {SECRET}.", finished=True)])
        self.services = build_services(data, engine, answering)
        self.app: FastAPI = app_of(self.services)
        self.owner = browser_of(self.app, self.services, self.services.accounts.owner())
        self.dana = self.services.accounts.create(f"dana-{SECRET}", f"דנה {SECRET}", "member")
        self.uri = self.services.accounts.create("uri", "אורי", "member")
        self.private = new_collection(self.services, f"פרטי {SECRET}", self.dana.id)
        self.shared = new_collection(self.services, "נהלים", self.uri.id)
        self.services.grants.put(Grant(self.shared.id, self.dana.id, None, "editor"))
        self.hers = sign_in(browser(self.app), self.services, self.dana.id)
        self.secret_id = self._upload(self.private, f"{SECRET}.txt", f"הסוד הוא {SECRET} והוא ארוך מאוד.")
        self.public_id = self._upload(self.shared, "חופשה.txt", PUBLIC)
        self._fill()
        self.work()

    def _upload(self, collection: Collection, name: str, text: str) -> str:
        form = {"file": (name, text.encode())}
        answer = self.hers.post(f"/api/documents?collection={collection.id}", files=form)
        return str(answer.json()["files"][0]["id"])

    def _fill(self) -> None:
        services, dana = self.services, self.dana

        async def ask() -> None:
            async for _ in services.chat.ask(dana.id, None, f"מה זה {SECRET}?"):
                pass

        asyncio.run(ask())
        (conversation,) = services.conversations.list(dana.id)
        snapshot = taken(services.conversations.turns(dana.id, conversation.id), with_passages=True)
        services.shares.by_link(conversation, snapshot, True, 7)
        services.shares.with_team(conversation, snapshot, True, 7, [self.uri.id])
        services.keys.new(dana.id, f"מפתח {SECRET}", ["read"], 3600.0)
        services.links.new(dana.id, "http://x")
        services.invitations.new(dana.id, "guest", SECRET, "http://x")
        services.throttle.begin(dana.name, "10.0.0.1")
        services.groups.add(services.groups.create("ועד").id, dana.id)
        services.glossaries.add(self.shared.id, ("מב״ר", "מבקר הרשות"), dana.id)
        services.audit.record(dana.id, "signed_in", dana.id)

    def work(self) -> None:
        """A worker does what waits."""
        run(pipeline_over(self.data), threading.Event(), until_idle=True)

    def leave(self, form: dict[str, str]) -> int:
        """The owner deletes Dana."""
        return self.owner.post(f"/team/{self.dana.id}/delete", data=form).status_code


@pytest.fixture
def team(tmp_path: Path, engine: sa.Engine) -> Team:
    return Team(tmp_path, engine)


def mentions(services: Services, account: Account) -> set[str]:
    """The tables in which the id of that account stands, in whichever column, or the secret word."""
    found = set()
    with services.engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(sa.select(table)):
                if any(isinstance(value, str) and (account.id in value or SECRET in value) for value in row):
                    found.add(table.name)
    return found


def traces(data: Path) -> list[Path]:
    """The files in which the secret word stands."""
    written = (SECRET.encode(), SECRET.encode("utf-16-le"), SECRET.encode("unicode_escape"))
    return [path for path in files_below(data) if any(form in path.read_bytes() for form in written)]


def test_nothing_is_left_of_a_person_and_their_words(team: Team) -> None:
    """After the deletion no table but the log holds the id, and no table, file or index a word that was theirs."""
    services, dana = team.services, team.dana
    assert {"documents", "grants", "turns", "shares", "api_keys", "sessions", "memberships"} <= mentions(services, dana)
    assert traces(team.data) != []
    page = team.owner.get(f"/team/{dana.id}/delete").text
    assert people_texts.UP_TO_YOU.format(what=people_texts.GOES_COLLECTIONS[0]) in page
    assert SECRET not in page.replace(dana.shown_name, "")
    assert team.leave({"collections": "delete"}) == 303
    team.work()
    assert mentions(services, dana) == {"audit"}
    assert traces(team.data) == []
    assert not (team.data / "indexes" / team.private.id).exists()
    assert not (team.data / "files" / team.secret_id).exists()
    assert team.hers.get("/account", headers={"accept": "*/*"}).status_code == 401
    actions = [(entry.action, entry.subject) for entry in services.audit.entries(Wanted(), 0, 2)]
    assert actions == [("collection_deleted", team.private.id), ("person_deleted", dana.id)]
    assert services.audit.check().broken_at == 0


def test_what_was_given_to_others_stays(team: Team) -> None:
    """A document in a collection of somebody else is found as before, and so is the pair in its glossary."""
    team.leave({"collections": "delete"})
    team.work()
    record = team.services.catalogue.document(team.public_id)
    assert (record.state, record.added_by) == ("ready", "")
    hits = team.services.search.search([team.shared.id], "חופשה שנתית", 3)
    assert [hit.chunk.document_id for hit in hits] == [team.public_id]
    assert [line.pair for line in team.services.glossaries.lines(team.shared.id)] == [("מב״ר", "מבקר הרשות")]


def test_collections_are_handed_to_a_successor(team: Team) -> None:
    """A successor owns what nobody else did, with its documents; nothing says any more whose it was."""
    services = team.services
    assert team.leave({"collections": "hand", "successor": team.uri.id}) == 303
    team.work()
    assert [one.id for one in services.permissions.owned(team.uri.id)] == [team.private.id, team.shared.id]
    assert services.catalogue.document(team.secret_id).state == "ready"
    assert services.grants.of(team.private.id) == [Grant(team.private.id, team.uri.id, None, "owner")]
    with pytest.raises(NotFound):
        services.accounts.get(team.dana.id)
    with services.engine.connect() as connection:
        tables = [table for table in metadata.sorted_tables if table.name != "audit"]
        rows = [str(row) for table in tables for row in connection.execute(sa.select(table))]
    assert not any(team.dana.id in row for row in rows)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"collections": "hand"}, 422),
        ({"collections": "hand", "successor": "nobody"}, 404),
        ({"collections": "hand", "successor": "{dana}"}, 404),
        ({"collections": "hand", "successor": "{guest}"}, 404),
        ({"collections": "none"}, 303),
    ],
)
def test_a_deletion_without_a_clear_choice_deletes_nothing(team: Team, form: dict[str, str], status: int) -> None:
    """Nobody goes while it is not said what becomes of their collections, or the successor could not own them."""
    guest = team.services.accounts.create("guest", "אורחת", "guest")
    sent = {name: value.format(dana=team.dana.id, guest=guest.id) for name, value in form.items()}
    assert team.leave(sent) == status
    assert team.services.accounts.active(team.dana.id) == team.dana
    assert [one.id for one in team.services.permissions.owned(team.dana.id)] == [team.private.id]


def test_what_others_own_too_is_neither_deleted_nor_handed_over(team: Team) -> None:
    """A collection with another owner, a person or a group with other people in it, does not go with a person."""
    services = team.services
    group = services.groups.create("הנהלה")
    with_group = new_collection(services, "של הקבוצה", team.dana.id)
    services.grants.put(Grant(with_group.id, None, group.id, "owner"))
    services.groups.add(group.id, team.dana.id)

    def own() -> list[str]:
        return [one.name for one in services.leaving.belongings(team.dana.id).collections]

    assert own() == [team.private.name, with_group.name]
    services.groups.add(group.id, team.uri.id)
    assert own() == [team.private.name]
    services.grants.put(Grant(team.private.id, team.uri.id, None, "owner"))
    assert own() == []
    assert team.leave({"collections": "none"}) == 303
    assert {one.id for one in services.permissions.owned(team.uri.id)} >= {team.private.id, with_group.id}
