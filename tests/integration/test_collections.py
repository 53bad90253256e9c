"""The pages of collections, to whom one is open, and what follows from it at once, through the real app."""

import re
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from answers.answer import Answer
from indexes.accept import accept
from indexes.catalogue import Collection
from tests.web_parts import QUOTE, browser, citation_of, new_collection, ready_document, sign_in
from webui.accounts.account import Account, Role
from webui.audit import Entry, Wanted
from webui.grants import Grant
from webui.services import Services
from webui.texts import collection_texts, texts


class Team:
    """People with browsers of their own, in one Darash."""

    def __init__(self, app: FastAPI, services: Services) -> None:
        self.app, self.services, self.number = app, services, 0

    def person(self, role: Role = "member") -> tuple[Account, TestClient]:
        """Somebody new, and their browser, which is signed in."""
        self.number += 1
        account = self.services.accounts.create(f"{role}{self.number}", f"{role} {self.number}", role)
        return account, sign_in(browser(self.app), self.services, account.id)

    def last(self) -> Entry:
        """The newest row of the audit log."""
        return self.services.audit.entries(Wanted(), 0, 1)[0]


@pytest.fixture(scope="module")
def team(app: FastAPI, services: Services) -> Team:
    """The team of the tests of this file."""
    return Team(app, services)


@pytest.fixture
def owner(team: Team) -> tuple[Account, TestClient]:
    """A member who is about to own a collection, with a browser."""
    return team.person()


@pytest.fixture
def collection(team: Team, owner: tuple[Account, TestClient]) -> Collection:
    """The private collection of that member."""
    return new_collection(team.services, "תיקים", owner[0].id)


def open_to(owner: TestClient, collection_id: str, whom: str, level: str = "reader") -> int:
    """The status of opening a collection."""
    return owner.post(f"/collections/{collection_id}/open", data={"whom": whom, "level": level}).status_code


def test_a_member_makes_a_collection_that_is_private(team: Team, owner) -> None:
    """It belongs to whoever made it, is seen by nobody else, whatever their role, and the log says who made it."""
    account, client = owner
    made = client.post("/api/collections", json={"name": "  תיקים \u202e 2026 "})
    assert made.status_code == 201
    collection_id = made.json()["id"]
    address = f"/collections/{collection_id}"
    assert '<h1><bdi dir="rtl">תיקים 2026</bdi></h1>' in client.get(address).text
    assert (team.last().action, team.last().actor_id, team.last().subject) == (
        "collection_made",
        account.id,
        collection_id,
    )
    for role in ("owner", "manager", "member", "guest"):
        _, other = team.person(role)
        assert other.get(address).status_code == 404
        assert collection_id not in other.get("/documents/cards").text


def test_a_guest_makes_no_collection(team: Team) -> None:
    """Neither is the form shown to a guest, nor does sending it by hand help."""
    _, guest = team.person("guest")
    page = guest.get("/documents/cards").text
    assert collection_texts.NEW_BUTTON not in page
    assert collection_texts.NO_COLLECTIONS_GUEST in page
    assert guest.post("/api/collections", json={"name": "שלי"}).status_code == 404


@pytest.mark.parametrize("name", ["", "   ", "\u200f\u202e", "א" * 101])
def test_a_collection_needs_a_name(owner, name: str) -> None:
    """What is no name is refused, before and after there is a collection."""
    assert owner[1].post("/api/collections", json={"name": name}).status_code == 422


def test_a_collection_is_renamed(team: Team, owner, collection: Collection) -> None:
    """The new name is seen at once by whoever may read it, as text and never as HTML."""
    _, reader = (somebody := team.person())
    open_to(owner[1], collection.id, f"person-{somebody[0].id}")
    owner[1].post(f"/collections/{collection.id}/name", data={"name": "<b>חדש</b>"})
    assert team.last().action == "collection_renamed"
    assert "&lt;b&gt;חדש&lt;/b&gt;" in reader.get("/documents/cards").text


@pytest.mark.parametrize("level", ["reader", "editor", "owner"])
@pytest.mark.parametrize("how", ["person", "group", "team"])
def test_a_collection_is_opened_and_closed(team: Team, owner, collection: Collection, how: str, level: str) -> None:
    """To a person, a group or the team, as far as was said, from the next request on until it is taken back."""
    account, client = team.person()
    group = team.services.groups.create(collection.id)
    team.services.groups.add(group.id, account.id)
    whom = {"person": f"person-{account.id}", "group": f"group-{group.id}", "team": "team"}[how]
    if (how, level) == ("team", "owner"):
        assert open_to(owner[1], collection.id, whom, level) == 422
        return
    assert open_to(owner[1], collection.id, whom, level) == 303
    assert team.last().detail["level"] == level
    listed = client.get("/documents/cards").text
    shown = f"/collections/{collection.id}" if level == "owner" else f'class="tag">{collection_texts.LEVELS[level]}<'
    assert re.search(rf'data-collection="{collection.id}"(?:(?!</li>).)*{shown}', listed, re.S)
    assert client.get(f"/collections/{collection.id}").status_code == (200 if level == "owner" else 404)
    upload = {"file": ("א.txt", f"{how} {level}".encode())}
    taken = client.post(f"/api/documents?collection={collection.id}", files=upload)
    assert taken.status_code == (404 if level == "reader" else 200)
    _, guest = team.person("guest")
    assert collection.id not in guest.get("/documents/cards").text
    assert owner[1].post(f"/collections/{collection.id}/close", data={"whom": whom}).status_code == 303
    assert team.last().action == "grant_revoked"
    assert client.get(f"/documents/list?collection={collection.id}").status_code == 404
    assert client.post(f"/api/documents?collection={collection.id}", files=upload).status_code == 404


def test_a_guest_reads_and_no_more(team: Team, owner, collection: Collection) -> None:
    """A guest cannot be made an editor, and is only a reader where a group of theirs is more."""
    account, guest = team.person("guest")
    group = team.services.groups.create(f"עם אורח {collection.id}")
    team.services.groups.add(group.id, account.id)
    for level in ("editor", "owner"):
        assert open_to(owner[1], collection.id, f"person-{account.id}", level) == 422
    assert open_to(owner[1], collection.id, f"group-{group.id}", "owner") == 303
    shown = guest.get(f"/documents/list?collection={collection.id}").text
    assert "data-writable" not in shown
    assert guest.get(f"/collections/{collection.id}").status_code == 404
    upload = guest.post(f"/api/documents?collection={collection.id}", files={"file": ("א.txt", b"abc")})
    assert upload.status_code == 404


def test_the_last_owner_stays(team: Team, owner, collection: Collection) -> None:
    """Neither lowered nor removed, until somebody who can act has taken over; a suspended owner does not count."""
    account, client = owner
    me = f"person-{account.id}"
    other, _ = team.person()
    refused = client.post(f"/collections/{collection.id}/close", data={"whom": me})
    assert (refused.status_code, collection_texts.LAST_OWNER in refused.text) == (409, True)
    assert open_to(client, collection.id, me, "editor") == 409
    assert open_to(client, collection.id, f"person-{other.id}", "owner") == 303
    team.services.people.suspend(other.id)
    assert client.post(f"/collections/{collection.id}/close", data={"whom": me}).status_code == 409
    team.services.people.restore(other.id)
    left = client.post(f"/collections/{collection.id}/close", data={"whom": me})
    assert left.headers["location"] == "/#documents"
    assert client.get(f"/collections/{collection.id}").status_code == 404


def test_a_collection_is_handed_over(team: Team, owner, collection: Collection) -> None:
    """Whoever gets it owns it, whoever gave it edits it, and a guest can get none."""
    account, client = owner
    other, heir = team.person()
    guest, _ = team.person("guest")
    for whom, status in ((guest, 422), (other, 303)):
        handed = client.post(f"/collections/{collection.id}/hand-over", data={"whom": f"person-{whom.id}"})
        assert handed.status_code == status
    assert heir.get(f"/collections/{collection.id}").status_code == 200
    assert client.get(f"/collections/{collection.id}").status_code == 404
    levels = {each.id: level for each, level in team.services.permissions.levels(account.id).items()}
    assert levels[collection.id] == "editor"


def test_nobody_but_an_owner_changes_a_collection(team: Team, owner, collection: Collection) -> None:
    """For an editor, a stranger and the owner of this Darash every change is 404, as if there were no collection."""
    editor, editing = team.person()
    open_to(owner[1], collection.id, f"person-{editor.id}", "editor")
    before = team.services.grants.of(collection.id)
    for client in (editing, team.person()[1], team.person("owner")[1], team.person("guest")[1]):
        for change in ("name", "open", "close", "hand-over", "delete", "nothing"):
            form = {"whom": f"person-{editor.id}", "level": "owner", "name": "אחר"}
            assert client.post(f"/collections/{collection.id}/{change}", data=form).status_code == 404
    assert team.services.grants.of(collection.id) == before
    assert team.services.catalogue.collections()[-1] == collection


def test_a_deleted_collection_is_gone_for_everybody(team: Team, owner, collection: Collection) -> None:
    """Documents, files, pages and lists are 404 from the next request on, for readers and for its owner."""
    reader, reading = team.person()
    open_to(owner[1], collection.id, f"person-{reader.id}")
    record = ready_document(team.services, collection.id)
    paths = [
        f"/documents/list?collection={collection.id}",
        f"/documents/{record.id}/check",
        f"/glossary/{collection.id}",
        f"/api/documents/{record.id}/original",
    ]
    assert [reading.get(path).status_code for path in paths] == [200] * 4
    deleted = owner[1].post(f"/collections/{collection.id}/delete")
    assert deleted.headers["location"] == "/#documents"
    assert (team.last().action, team.last().subject) == ("collection_deleted", collection.id)
    for client in (reading, owner[1]):
        assert [client.get(path).status_code for path in paths] == [404] * 4
        assert collection.id not in client.get("/documents/cards").text


class TestDocumentsView:
    """The documents on the main screen."""

    def test_a_list_is_drawn_at_its_level(self, team: Team) -> None:
        """Whoever owns a collection is led to its page and may write; a reader is told so; another id is 404."""
        account, client = team.person()
        stranger, _ = team.person()
        mine, theirs, hidden = (
            new_collection(team.services, name, whose.id)
            for name, whose in (("שלי", account), ("שלהם", stranger), ("סודי", stranger))
        )
        team.services.grants.put(Grant(theirs.id, account.id, None, "reader"))
        first = client.get(f"/documents/list?collection={mine.id}").text
        assert f'data-collection="{mine.id}" data-writable' in first
        assert f'href="/collections/{mine.id}"' in first
        second = client.get(f"/documents/list?collection={theirs.id}").text
        assert "data-writable" not in second
        assert collection_texts.READ_ONLY in second
        assert f"/collections/{theirs.id}" not in second
        assert client.get(f"/documents/list?collection={hidden.id}").status_code == 404

    def test_a_reader_has_no_buttons(self, team: Team, owner, collection: Collection) -> None:
        """Deleting, replacing and holding are neither shown to a reader nor done for one."""
        reader, client = team.person()
        open_to(owner[1], collection.id, f"person-{reader.id}")
        record = ready_document(team.services, collection.id)
        assert "data-action" in owner[1].get(f"/documents/list?collection={collection.id}").text
        shown = client.get(f"/documents/list?collection={collection.id}").text
        assert record.id in shown
        assert "data-action" not in shown
        assert client.delete(f"/api/documents/{record.id}").status_code == 404
        assert client.post(f"/api/documents/{record.id}/pause").status_code == 404
        assert client.post(f"/api/collections/{collection.id}/pause").status_code == 404

    def test_who_has_nothing_is_told_so(self, team: Team) -> None:
        """A member without collections is offered a new one, a guest is told whom to ask."""
        assert collection_texts.NEW in team.person()[1].get("/documents/cards").text
        guests = team.person("guest")[1].get("/documents/cards").text
        assert collection_texts.NO_COLLECTIONS_GUEST in guests
        assert collection_texts.NEW not in guests

    def test_the_list_says_who_added_a_document(self, team: Team, owner, collection: Collection) -> None:
        """Members see names, and guests see none."""
        account, client = owner
        kept = (team.services.catalogue, team.services.files, collection.id)
        record, _ = accept(*kept, "א.txt", [collection.id.encode()], 100, added_by=account.id)
        assert record.added_by == account.id
        member, members = team.person()
        guest, guests = team.person("guest")
        for somebody in (member, guest):
            open_to(client, collection.id, f"person-{somebody.id}")
        seen = [account.shown_name in each.get(f"/documents/list?collection={collection.id}").text
                for each in (client, members, guests)]  # fmt: skip
        assert seen == [True, True, False]


def test_an_upload_knows_who_sent_it(team: Team, owner, collection: Collection) -> None:
    """The document says whose it is; the same bytes sent by somebody else stay with the first."""
    account, client = owner
    other, others = team.person()
    open_to(client, collection.id, f"person-{other.id}", "editor")
    for browser_of in (client, others):
        file = {"file": ("א.txt", collection.id.encode())}
        taken = browser_of.post(f"/api/documents?collection={collection.id}", files=file).json()
        record = team.services.catalogue.document(taken["files"][0]["id"])
        assert record.added_by == account.id


def test_a_right_that_was_taken_closes_the_sources_of_old_answers(team: Team, owner, collection: Collection) -> None:
    """The panel and the window say one sentence: neither quote nor title nor page nor a new version of the document."""
    reader, client = team.person()
    open_to(owner[1], collection.id, f"person-{reader.id}")
    record = ready_document(team.services, collection.id, title="חוזה סודי")
    conversation = team.services.conversations.create(reader.id, "")
    turn = team.services.conversations.add_question(reader.id, conversation.id, "כמה?")
    citation = replace(citation_of(record), title="חוזה סודי")
    team.services.conversations.save_answer(turn.id, Answer("1,250 [1]", (citation,), finished=True))
    paths = [f"/source/{turn.id}/1", f"/view/{turn.id}/1", f"/view/{turn.id}/1?page=1"]
    assert all(QUOTE in client.get(path).text for path in paths)
    owner[1].post(f"/collections/{collection.id}/close", data={"whom": f"person-{reader.id}"})
    kept = (team.services.catalogue, team.services.files, collection.id)
    newer, _ = accept(*kept, "חדש.pdf", [b"%PDF new"], 100, replaces=record.id)
    for path in paths:
        shown = client.get(path)
        assert texts.SOURCE_CLOSED in shown.text
        for secret in (QUOTE, "סודי", texts.PAGE.format(label=1), record.id, newer.id, "<img"):
            assert secret not in shown.text
    assert team.services.conversations.turn(reader.id, turn.id).said.text == "1,250 [1]"
    owner[1].post(f"/collections/{collection.id}/delete")
    assert texts.SOURCE_CLOSED in client.get(paths[0]).text
