"""Everything that changes something leaves a row in the audit log: every route of the app, one by one."""

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.routing import BaseRoute, Route

from answers.answer import Answer
from indexes.accept import accept
from tests.web_parts import browser, new_collection, ready_document, sign_in
from webui.accounts.account import Account
from webui.audit import Wanted
from webui.services import Services
from webui.sharing.snapshot import taken

_numbers = count()
WORD = "קרפדיאלה"
"""Stands in everything that is typed; the log must not have it."""

PASSWORD = "correct horse battery staple"


@dataclass
class Things:
    """New things of the owner, whose browser it is, and of another person, for one test."""

    services: Services
    app: FastAPI
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        services, owner = self.services, self.services.accounts.owner()
        self.owner = owner
        self.client = sign_in(browser(self.app), services)
        self.whom = services.accounts.create(f"whom{next(_numbers)}", WORD, "member")
        collection = new_collection(services, f"{WORD} {next(_numbers)}")
        document = ready_document(services, collection.id, title=f"{WORD} {next(_numbers)}")
        waiting, _ = accept(services.catalogue, services.files, collection.id, "a.txt", [b"x%d" % next(_numbers)], 99)
        group = services.groups.create(f"{WORD} {next(_numbers)}")
        services.groups.add(group.id, self.whom.id)
        conversation = services.conversations.create(owner.id, WORD)
        turn = services.conversations.add_question(owner.id, conversation.id, WORD)
        services.conversations.save_answer(turn.id, Answer(f"{WORD}.", finished=True))
        snapshot = taken(services.conversations.turns(owner.id, conversation.id), with_passages=True)
        share, self.share_token = services.shares.by_link(conversation, snapshot, True, 7)
        key, self.secret = services.keys.new(owner.id, WORD, ["read"], 3600.0)
        invitation, link = services.invitations.new(owner.id, "member", WORD, "http://x")
        self.invited = link.partition("token=")[2]
        self.names |= {
            "account_id": self.whom.id, "collection_id": collection.id, "document_id": document.id,
            "group_id": group.id, "conversation_id": conversation.id, "turn_id": turn.id, "share_id": share.id,
            "key_id": key.id, "invitation_id": invitation.id, "waiting": waiting.id,
            "entry_id": services.glossaries.add(collection.id, (f"{WORD}{next(_numbers)}", "מבקר"), owner.id),
        }  # fmt: skip

    def with_password(self) -> Account:
        """The other person, with a password, signed in in the browser."""
        hashed = asyncio.run(self.services.passwords.hashed(PASSWORD))
        self.services.passwords.keep(self.whom.id, hashed)
        self.client = sign_in(browser(self.app), self.services, self.whom.id)
        return self.whom

    def send(self, method: str, path: str, **sent: Any) -> int:
        """Sends a request in the browser; ids of things stand in the path by their names."""
        filled = re.sub(r"{(\w+)(?::\w+)?}", lambda found: self.names[found[1]], path)
        return self.client.request(method, filled, **sent).status_code


Act = Callable[[Things], int]


def post(path: str, **form: str) -> Act:
    """Sends a form; `{account_id}` in a field stands for the id."""
    return lambda things: things.send("POST", path, data={k: v.format(**things.names) for k, v in form.items()})


def call(method: str, path: str, **body: str) -> Act:
    """Sends JSON."""
    return lambda things: things.send(
        method, path, json={name: value.format(**things.names) for name, value in body.items()}
    )


def change_password(things: Things) -> int:
    things.with_password()
    form = {"old": PASSWORD, "password": f"{PASSWORD} again", "again": f"{PASSWORD} again"}
    return things.send("POST", "/account/password", data=form)


def change_names(things: Things) -> int:
    things.with_password()
    return things.send("POST", "/account/names", data={"name": f"new{next(_numbers)}", "shown_name": WORD})


def fail_to_sign_in(things: Things) -> int:
    things.client = browser(things.app)
    status = things.send("POST", "/sign-in", data={"name": things.whom.name, "password": WORD})
    return 303 if status == 401 else status


def sign_in_by_link(things: Things) -> int:
    things.client = browser(things.app)
    token = things.services.links.new(things.whom.id, "").partition("token=")[2]
    return things.send("POST", "/sign-in", data={"token": token})


def join(things: Things) -> int:
    things.client = browser(things.app)
    form = {"token": things.invited, "name": f"joined{next(_numbers)}", "shown_name": WORD}
    return things.send("POST", "/join", data=form | {"password": PASSWORD, "again": PASSWORD})


def upload(things: Things) -> int:
    file = {"file": (f"{WORD}.txt", f"{WORD} {next(_numbers)}".encode())}
    return things.send("POST", f"/api/documents?collection={things.names['collection_id']}", files=file)


def use_key(things: Things) -> int:
    things.client = browser(things.app)
    return things.send("GET", "/api/collections", headers={"authorization": f"Bearer {things.secret}"})


def open_link(things: Things) -> int:
    things.client = browser(things.app)
    return things.send("GET", f"/shared/{things.share_token}")


def close_grant(things: Things) -> int:
    call("PUT", "/api/collections/{collection_id}/grants", whom="team", level="reader")(things)
    return things.send("DELETE", "/api/collections/{collection_id}/grants?whom=team")


def hand_over(things: Things) -> int:
    form = {"whom": f"person-{things.whom.id}"}
    return things.send("POST", "/collections/{collection_id}/hand-over", data=form)


def close_on_page(things: Things) -> int:
    post("/collections/{collection_id}/open", whom="team", level="reader")(things)
    return things.send("POST", "/collections/{collection_id}/close", data={"whom": "team"})


def move(things: Things) -> int:
    there = new_collection(things.services, f"{WORD} {next(_numbers)}")
    return call("PATCH", "/api/documents/{document_id}", collection_id=there.id)(things)


def restore(things: Things) -> int:
    things.services.people.suspend(things.whom.id)
    return things.send("POST", "/team/{account_id}/restore")


def restore_conversation(things: Things) -> int:
    things.send("DELETE", "/api/conversations/{conversation_id}")
    return things.send("POST", "/api/conversations/{conversation_id}/restore")


RECORDED: list[tuple[str, str, str, Act]] = [
    ("POST /sign-in", "", "signed_in", sign_in_by_link),
    ("POST /sign-in", "", "sign_in_failed", fail_to_sign_in),
    ("POST /sign-out", "", "signed_out", post("/sign-out")),
    ("POST /join", "", "joined", join),
    ("POST /account/names", "", "names_changed", change_names),
    ("POST /account/password", "", "password_changed", change_password),
    ("POST /account/sign-out-everywhere", "", "signed_out", post("/account/sign-out-everywhere")),
    ("POST /team/invite", "", "invited", post("/team/invite", name=WORD, role="guest", days="7")),
    ("POST /team/invitations/{invitation_id}/revoke", "", "invitation_revoked",
     post("/team/invitations/{invitation_id}/revoke")),
    ("POST /team/{account_id}/{change}", "suspend", "suspended", post("/team/{account_id}/suspend")),
    ("POST /team/{account_id}/{change}", "restore", "restored", restore),
    ("POST /team/{account_id}/{change}", "role", "role_changed", post("/team/{account_id}/role", role="guest")),
    ("POST /team/{account_id}/{change}", "link", "link_made", post("/team/{account_id}/link")),
    ("POST /team/{account_id}/delete", "", "person_deleted", post("/team/{account_id}/delete", collections="none")),
    ("POST /groups", "", "group_made", post("/groups", name=f"{WORD} new")),
    ("POST /groups/{group_id}/{change}", "rename", "group_renamed",
     post("/groups/{group_id}/rename", name=f"{WORD} renamed")),
    ("POST /groups/{group_id}/{change}", "add", "group_joined", post("/groups/{group_id}/add", person="{account_id}")),
    ("POST /groups/{group_id}/{change}", "remove", "group_left",
     post("/groups/{group_id}/remove", person="{account_id}")),
    ("POST /groups/{group_id}/{change}", "delete", "group_deleted", post("/groups/{group_id}/delete")),
    ("POST /audit/download", "", "audit_exported", post("/audit/download")),
    ("POST /collections/{collection_id}/{change}", "name", "collection_renamed",
     post("/collections/{collection_id}/name", name=WORD)),
    ("POST /collections/{collection_id}/{change}", "open", "granted",
     post("/collections/{collection_id}/open", whom="person-{account_id}", level="reader")),
    ("POST /collections/{collection_id}/{change}", "close", "grant_revoked", close_on_page),
    ("POST /collections/{collection_id}/{change}", "hand-over", "granted", hand_over),
    ("POST /collections/{collection_id}/{change}", "suggest", "suggestions_changed",
     post("/collections/{collection_id}/suggest", questions=WORD)),
    ("POST /collections/{collection_id}/{change}", "delete", "collection_deleted",
     post("/collections/{collection_id}/delete")),
    ("POST /api/collections", "", "collection_made", call("POST", "/api/collections", name=WORD)),
    ("PATCH /api/collections/{collection_id}", "", "collection_renamed",
     call("PATCH", "/api/collections/{collection_id}", name=WORD)),
    ("DELETE /api/collections/{collection_id}", "", "collection_deleted",
     call("DELETE", "/api/collections/{collection_id}")),
    ("PUT /api/collections/{collection_id}/grants", "", "granted",
     call("PUT", "/api/collections/{collection_id}/grants", whom="person-{account_id}", level="reader")),
    ("DELETE /api/collections/{collection_id}/grants", "", "grant_revoked", close_grant),
    ("POST /api/collections/{collection_id}/{change}", "cancel", "document_deleted",
     call("POST", "/api/collections/{collection_id}/cancel")),
    ("POST /api/documents", "", "uploaded", upload),
    ("PATCH /api/documents/{document_id}", "", "document_moved", move),
    ("DELETE /api/documents/{document_id}", "", "document_deleted", call("DELETE", "/api/documents/{document_id}")),
    ("POST /glossary/{collection_id}", "", "glossary_changed",
     post("/glossary/{collection_id}", term=f"{WORD}2", meaning="מבקר")),
    ("POST /glossary/{collection_id}/{entry_id}/{change}", "change", "glossary_changed",
     post("/glossary/{collection_id}/{entry_id}/change", term=f"{WORD}3", meaning="מבקר")),
    ("POST /glossary/{collection_id}/{entry_id}/{change}", "remove", "glossary_changed",
     post("/glossary/{collection_id}/{entry_id}/remove")),
    ("DELETE /api/conversations/{conversation_id}", "", "conversation_deleted",
     call("DELETE", "/api/conversations/{conversation_id}")),
    ("POST /api/conversations/{conversation_id}/restore", "", "conversation_restored", restore_conversation),
    ("POST /share/{conversation_id}", "", "shared", post("/share/{conversation_id}", how="link", days="7")),
    ("POST /shares/{share_id}/revoke", "", "share_revoked", post("/shares/{share_id}/revoke")),
    ("POST /keys", "", "key_made", post("/keys", name=WORD, days="30", **{"scope-read": "on"})),
    ("POST /keys/{key_id}/revoke", "", "key_revoked", post("/keys/{key_id}/revoke")),
    # These only read, but people want to know who did.
    ("GET /api/collections", "", "key_used", use_key),
    ("GET /api/documents/{document_id}/original", "", "downloaded",
     call("GET", "/api/documents/{document_id}/original")),
    ("GET /export/conversation/{conversation_id}.{kind}", "", "exported",
     call("GET", "/export/conversation/{conversation_id}.md")),
    ("GET /export/turn/{turn_id}.{kind}", "", "exported", call("GET", "/export/turn/{turn_id}.md")),
    ("GET /export/collection/{collection_id}.csv", "", "exported",
     call("GET", "/export/collection/{collection_id}.csv")),
    ("GET /shared/{token:path}", "", "share_opened", open_link),
]  # fmt: skip

NOT_RECORDED = {
    "POST /theme": "how somebody sees the screen",
    "POST /language": "how somebody sees the screen, and who is not signed in may choose it too",
    "POST /guide": "whether somebody wants to be shown around",
    "POST /api/search": "questions are not recorded, and it changes nothing",
    "POST /api/ask": "questions are not recorded; the conversation is private",
    "POST /v1/chat/completions": "the same, and nothing is kept",
    "POST /mcp": "searching and asking, as above",
    "PATCH /api/conversations/{conversation_id}": "how a private conversation stands in one's own list",
    "PUT /api/turns/{turn_id}/opinion": "what somebody thinks of an answer; it is kept with its moment and its account",
    "DELETE /api/turns/{turn_id}/opinion": "taking that back",
    "POST /api/documents/{document_id}/{change}": "holds work or lets it go on; nothing comes or goes",
}
"""Routes that take more than reading to answer and leave no row, with the reason."""

REFUSES = {"POST /shared/{token:path}", "PUT /shared/{token:path}", "PATCH /shared/{token:path}",
           "DELETE /shared/{token:path}"}  # fmt: skip
"""Routes that are there to say no."""


def walked(routes: list[BaseRoute]) -> Iterator[tuple[str, str]]:
    """Methods and paths of our own routes, of those that were included as routers too."""
    for route in routes:
        if inside := getattr(route, "original_router", None):
            yield from walked(inside.routes)
        elif isinstance(route, Route):
            for method in route.methods or ("POST",):
                yield method, route.path


def test_every_route_that_changes_something_is_known_here(app: FastAPI) -> None:
    """A new route that is no GET has to leave a row in the log, or be named here with the reason why it does not."""
    changing = {f"{method} {path}" for method, path in walked(app.routes) if method not in ("GET", "HEAD", "OPTIONS")}
    tested = {route for route, *_ in RECORDED if not route.startswith("GET ")}
    assert changing == tested | set(NOT_RECORDED) | REFUSES


@pytest.mark.parametrize(
    ("action", "act"), [(action, act) for *_, action, act in RECORDED], ids=[f"{a} {b}" for a, b, *_ in RECORDED]
)
def test_it_leaves_a_row(app: FastAPI, services: Services, action: str, act: Act) -> None:
    """What was done is in the log as what it is, without a word of what was typed, and the chain stays whole."""
    things = Things(services, app)
    before = services.audit.count(Wanted())
    assert act(things) < 400
    new = services.audit.entries(Wanted(), 0, services.audit.count(Wanted()) - before)
    assert action in {entry.action for entry in new}
    assert WORD not in str(new)
    assert services.audit.check().broken_at == 0
