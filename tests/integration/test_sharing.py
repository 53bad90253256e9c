"""Sharing a conversation over HTTP: links, teammates, and everything that must not open."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from answers.answer import Answer
from tests.web_parts import PAGE_HTML, QUOTE, browser, citation_of, new_collection, ready_document, sign_in
from webui.accounts.account import Account, accounts
from webui.audit import audit
from webui.grants import Grant
from webui.services import Services
from webui.sharing.share import shares
from webui.texts import sharing_texts

LINK = re.compile(r'value="[^"]*(/shared/[\w-]{43})"')


@pytest.fixture
def member(services):
    """A new member of the team."""
    return new_person(services, "member")


def new_person(services: Services, role: str) -> Account:
    count = len(services.people.all())
    return services.accounts.create(f"{role}{count}", f"{role} מספר {count}", role)


@contextmanager
def window(app, services: Services, account: Account | None = None) -> Iterator[TestClient]:
    """A browser, signed in where an account is given."""
    client = browser(app)
    client.headers.update(PAGE_HTML)
    yield sign_in(client, services, account.id) if account else client


def talk(services: Services, account: Account, **said: object):
    """A conversation of one question with a cited answer; returns it, the turn and the collection."""
    collection = new_collection(services, f"מאגר של {account.name}")
    services.grants.put(Grant(collection.id, account.id, None, "reader"))
    citation = citation_of(ready_document(services, collection.id))
    conversation = services.conversations.create(account.id, "כמה עולה האגרה?")
    turn = services.conversations.add_question(account.id, conversation.id, "כמה עולה האגרה?")
    answer = Answer("האגרה היא **1,250** שקלים [1].", (citation,), finished=True, thoughts="מחשבה סודית")
    services.conversations.save_answer(turn.id, replace(answer, **said))
    return conversation, turn, collection


def made_link(client: TestClient, conversation_id: str, **form: str) -> str:
    """The path of a new link to a conversation."""
    response = client.post(f"/share/{conversation_id}", data={"how": "link", "days": "7", **form})
    assert response.status_code == 200
    return LINK.search(response.text)[1]


def test_a_link_shows_the_snapshot_and_nothing_more(app, services, member):
    """Anybody with the link reads the conversation with its sources, and no ids, no thoughts, nothing said later."""
    conversation, turn, collection = talk(services, member)
    with window(app, services, member) as client, window(app, services) as stranger:
        link = made_link(client, conversation.id)
        services.conversations.add_question(member.id, conversation.id, "שאלה מאוחרת")
        page = stranger.get(link)
        assert page.status_code == 200
        assert "כמה עולה האגרה?" in page.text
        assert "<strong>" in page.text
        assert "אגרות, עמוד 1" in page.text
        for hidden in (
            QUOTE,
            "שאלה מאוחרת",
            "מחשבה סודית",
            turn.id,
            conversation.id,
            collection.id,
            member.id,
            "/view/",
        ):
            assert hidden not in page.text
        leads_to = set(re.findall(r'(?:href|src|action)="([^"]*)"', page.text))
        assert {address for address in leads_to if not address.startswith("/static/")} == {"#source-2-1"}
        assert QUOTE in stranger.get(made_link(client, conversation.id, passages="on")).text


def test_the_secret_of_a_link_stays_where_it_is(app, services, member):
    """The page tells no other site its address, no cache keeps it, no search engine finds it; the secret is hashed."""
    conversation, *_ = talk(services, member)
    with window(app, services, member) as client, window(app, services) as stranger:
        link = made_link(client, conversation.id)
        for path in (link, "/shared/unknown"):
            headers = stranger.get(path).headers
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cache-control"] == "no-store"
            assert "noindex" in headers["x-robots-tag"]
            assert "set-cookie" not in headers
        assert link not in client.get(f"/share/{conversation.id}").text
    with services.engine.connect() as connection:
        kept = str(connection.execute(sa.select(shares)).all()) + str(connection.execute(sa.select(audit)).all())
    assert link.rpartition("/")[2] not in kept


@pytest.mark.parametrize("path", ["A" * 43, "x", "", "%2e%2e/share", "a/b", "א", "x" * 5000])
def test_a_link_that_never_was_one(app, services, path):
    """Whatever stands behind the address, the answer says no more than that of any other dead link."""
    with window(app, services) as stranger:
        response = stranger.get(f"/shared/{path}")
    assert response.status_code == 404
    assert response.text == dead_page(app, services)


@pytest.mark.parametrize("end", ["revoked", "run out", "conversation deleted", "guest", "suspended", "deleted"])
def test_the_ends_of_a_link(app, services, member, end):
    """A link that was revoked or ran out, or whose conversation or maker is gone, answers as one that never was."""
    conversation, *_ = talk(services, member)
    with window(app, services, member) as client, window(app, services) as stranger:
        link = made_link(client, conversation.id)
        assert stranger.get(link).status_code == 200
        if end == "revoked":
            assert client.post(f"/shares/{newest(services, conversation.id)}/revoke").status_code == 303
        elif end == "run out":
            set_expired(services, conversation.id)
        elif end == "conversation deleted":
            services.conversations.delete(member.id, conversation.id)
        elif end == "deleted":
            delete_account(services, member)
        else:
            change(services, member, **({"role": "guest"} if end == "guest" else {"suspended_at": 1.0}))
        response = stranger.get(link)
    assert (response.status_code, response.text) == (404, dead_page(app, services))


def dead_page(app, services: Services) -> str:
    """What a link that opens nothing shows."""
    with window(app, services) as stranger:
        page = stranger.get("/shared/" + "B" * 43).text
    assert sharing_texts.SHARE_GONE in page
    return page


def newest(services: Services, conversation_id: str) -> str:
    query = sa.select(shares.c.id).where(shares.c.conversation_id == conversation_id)
    with services.engine.connect() as connection:
        return connection.execute(query.order_by(shares.c.created_at.desc())).scalars().first()


def set_expired(services: Services, conversation_id: str) -> None:
    with services.engine.begin() as connection:
        past = shares.update().where(shares.c.conversation_id == conversation_id).values(expires_at=1.0)
        connection.execute(past)


def change(services: Services, account: Account, **values: object) -> None:
    with services.engine.begin() as connection:
        connection.execute(accounts.update().where(accounts.c.id == account.id).values(**values))


def delete_account(services: Services, account: Account) -> None:
    with services.engine.begin() as connection:
        connection.execute(accounts.delete().where(accounts.c.id == account.id))


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_link_can_only_be_read(app, services, member, method):
    """Below the open address nothing but reading gets an answer, and nothing reaches the screen behind it."""
    conversation, *_ = talk(services, member)
    with window(app, services, member) as client, window(app, services) as stranger:
        link = made_link(client, conversation.id)
        for path in (link, f"{link}/gradio_api/info", "/shared/config"):
            assert stranger.request(method, path).status_code == 404
        assert stranger.get(link).status_code == 200


def test_a_link_opens_nothing_else(app, services, member):
    """With the link in hand a stranger gets none of the ways in that a signed-in browser has."""
    conversation, turn, collection = talk(services, member)
    document_id = services.catalogue.documents(collection.id)[0].id
    with window(app, services, member) as client, window(app, services) as stranger:
        token = made_link(client, conversation.id, passages="on").rpartition("/")[2]
        share_id = newest(services, conversation.id)
        paths = (
            *(f"/view/{turn.id}/1", f"/source/{turn.id}/1", f"/api/documents/{document_id}/original"),
            *(f"/api/documents/{document_id}/pages/1.webp", f"/export/conversation/{conversation.id}.md"),
            *(
                f"/export/turn/{turn.id}.pdf",
                f"/share/{conversation.id}",
                f"/shares/{share_id}",
                f"/shares/{token}",
                "/",
            ),
        )
        for headers in ({}, {"authorization": f"Bearer {token}"}, {"cookie": f"darash={token}"}):
            answers = {path: stranger.get(path, headers=headers).status_code for path in paths}
            assert set(answers.values()) <= {303, 401}, answers


def test_only_own_conversations_are_shared_and_exported(app, services, member):
    """For anybody else, the owner of the team included, a conversation and its shares are not there: 404."""
    conversation, turn, _ = talk(services, member)
    with window(app, services, member) as client:
        made_link(client, conversation.id)
    share_id = newest(services, conversation.id)
    for other in (services.accounts.owner(), new_person(services, "member"), new_person(services, "guest")):
        with window(app, services, other) as client:
            form = {"how": "link", "days": "7"}
            answers = [
                client.get(f"/share/{conversation.id}"),
                client.post(f"/share/{conversation.id}", data=form),
                client.get(f"/shares/{share_id}"),
                client.post(f"/shares/{share_id}/revoke"),
                *(
                    client.get(f"/export/conversation/{conversation.id}.{kind}")
                    for kind in ("docx", "pdf", "md", "csv")
                ),
                *(client.get(f"/export/turn/{turn.id}.{kind}") for kind in ("docx", "pdf", "md", "csv")),
            ]
            assert [each.status_code for each in answers] == [404] * len(answers)
            assert conversation.title not in client.get("/shares").text


def test_a_guest_shares_nothing(app, services):
    """A guest is refused with 403, and is still offered to save the conversation."""
    guest = new_person(services, "guest")
    conversation, *_ = talk(services, guest)
    with window(app, services, guest) as client:
        assert client.post(f"/share/{conversation.id}", data={"how": "link", "days": "7"}).status_code == 403
        page = client.get(f"/share/{conversation.id}")
        assert f"/export/conversation/{conversation.id}.docx" in page.text
        assert 'name="how"' not in page.text
        assert f'href="/?c={conversation.id}"' in page.text, "the way back leads to the conversation"
        assert sharing_texts.MADE_BY_ME not in client.get("/shares").text


def test_teammates_read_what_was_opened_to_them(app, services, member):
    """A person and the people of a group find the share in their list and read it, as long as they are in the group."""
    conversation, *_ = talk(services, member)
    friend, colleague, stranger = (new_person(services, role) for role in ("guest", "member", "member"))
    group = services.groups.create(f"קבוצה {member.name}")
    services.groups.add(group.id, colleague.id)
    with window(app, services, member) as client:
        form = {"how": "team", "days": "30", f"person-{friend.id}": "on", f"group-{group.id}": "on"}
        assert client.post(f"/share/{conversation.id}", data=form).status_code == 303
        page = client.get("/shares").text
        assert group.name in page
        assert friend.shown_name in page
    path = f"/shares/{newest(services, conversation.id)}"
    for account, status in ((friend, 200), (colleague, 200), (member, 200), (stranger, 404)):
        with window(app, services, account) as client:
            assert client.get(path).status_code == status
            assert (path in client.get("/shares").text) == (status == 200)
            if account != member:
                assert client.post(f"{path}/revoke").status_code == 404
    services.groups.remove(group.id, colleague.id)
    with window(app, services, colleague) as client:
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "form",
    [
        {"how": "team", "days": "7"},
        {"how": "team", "days": "7", "person-unknown": "on"},
        {"how": "link", "days": "365"},
        {"how": "link", "days": "-1"},
        {"how": "link"},
    ],
)
def test_what_cannot_be_shared_is_told(app, services, member, form):
    """Nobody chosen, somebody unknown, or another time than those offered: 422, and nothing is shared."""
    conversation, *_ = talk(services, member)
    with window(app, services, member) as client:
        assert client.post(f"/share/{conversation.id}", data=form).status_code == 422
    assert services.shares.made_by(member.id) == []


def test_a_conversation_without_an_answer_is_not_shared(app, services, member):
    """While the first answer is still being written there is nothing to share."""
    conversation = services.conversations.create(member.id, "חדשה")
    services.conversations.add_question(member.id, conversation.id, "שאלה")
    with window(app, services, member) as client:
        assert sharing_texts.EMPTY in client.get(f"/share/{conversation.id}").text
        assert client.post(f"/share/{conversation.id}", data={"how": "link", "days": "7"}).status_code == 422


@pytest.mark.parametrize("said", [{}, {"mode": "quoted", "text": f"{QUOTE} [1]"}])
def test_lost_rights_take_passages_out_of_what_was_shared(app, services, member, said):
    """Once the maker may not read the collection, title and passage are gone from the share, and from exports."""
    conversation, turn, collection = talk(services, member, **said)
    with window(app, services, member) as client, window(app, services) as stranger:
        link = made_link(client, conversation.id, passages="on")
        assert QUOTE in stranger.get(link).text
        services.grants.remove(Grant(collection.id, member.id, None, "reader"))
        for page in (stranger.get(link), client.get(f"/export/turn/{turn.id}.md")):
            assert page.status_code == 200
            assert QUOTE not in page.text
            assert "אגרות, עמוד" not in page.text
            assert (sharing_texts.WITHHELD in page.text) == bool(said)


def test_shares_and_exports_are_in_the_audit_log(app, services, member):
    """Who shared, opened, took back and exported what is recorded, without a word of the conversation."""
    conversation, *_ = talk(services, member)
    with window(app, services, member) as client, window(app, services) as stranger:
        link = made_link(client, conversation.id)
        share_id = newest(services, conversation.id)
        stranger.get(link)
        stranger.get("/shared/unknown")
        client.get(f"/export/conversation/{conversation.id}.md")
        client.post(f"/shares/{share_id}/revoke")
    with services.engine.connect() as connection:
        mine = audit.c.subject.in_([share_id, conversation.id])
        rows = connection.execute(sa.select(audit).where(mine).order_by(audit.c.number)).all()
    expected = [("shared", member.id), ("share_opened", ""), ("exported", member.id), ("share_revoked", member.id)]
    assert [(row.action, row.actor_id) for row in rows] == expected
    assert "אגרה" not in str(rows)


def test_hostile_text_stays_text(app, services, member):
    """Markup in questions, answers, titles and passages is shown as letters on the shared page."""
    conversation, turn, _ = talk(services, member)
    evil = '<img src=x onerror=alert(1)>"><script>alert(1)</script>'
    services.conversations.rename(member.id, conversation.id, evil)
    said = services.conversations.turn(member.id, turn.id).said
    citation = replace(said.citations[0], title=evil, quote=evil)
    services.conversations.save_answer(
        turn.id, replace(said, text=f"{evil} ![x](http://e/x) [1]", citations=(citation,))
    )
    with window(app, services, member) as client, window(app, services) as stranger:
        page = stranger.get(made_link(client, conversation.id, passages="on")).text
    assert "<script" not in page
    assert "<img" not in page
