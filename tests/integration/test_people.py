"""The pages about the people of a team, in real browsers of people of every role."""

import re
from itertools import count

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web_parts import PAGE_HTML, browser, sign_in
from webui.accounts.account import Account, Role
from webui.audit import Wanted
from webui.services import Services
from webui.texts import people_texts

_numbers = count()


def person(services: Services, role: Role, shown: str = "") -> Account:
    """Somebody new of that role."""
    name = f"person{next(_numbers)}"
    return services.accounts.create(name, shown or name, role)


def browser_of(app: FastAPI, services: Services, account: Account) -> TestClient:
    """A browser in which that person is signed in."""
    client = sign_in(browser(app), services, account.id)
    client.headers["accept"] = PAGE_HTML["accept"]
    return client


def newest(services: Services, action: str) -> tuple[str, str]:
    """Who did that last, and to what."""
    entry = services.audit.entries(Wanted(action=action), 0, 1)[0]
    return entry.actor_id, entry.subject


@pytest.fixture
def owner(app: FastAPI, services: Services) -> TestClient:
    return browser_of(app, services, services.accounts.owner())


def link_in(page: str, path: str) -> str:
    """The one-time link that a page shows."""
    found = re.findall(rf'value="[^"]*(/{path}\?token=[^"]+)"', page)
    assert len(found) == 1
    return str(found[0])


def test_an_invitation_is_shown_once_and_can_be_taken_back(app: FastAPI, services: Services, owner: TestClient) -> None:
    """Inviting shows a link that opens the page to join, later pages show only that it waits; revoked it is dead."""
    shown = owner.post("/team/invite", data={"name": "יעל", "role": "member", "days": "3"})
    link = link_in(shown.text, "join")
    assert "יעל" in shown.text
    page = owner.get("/team").text
    assert "יעל" in page
    assert "token=" not in page
    assert browser(app).get(link, headers=PAGE_HTML).status_code == 200
    (invitation,) = (one for one in services.invitations.pending() if one.shown_name == "יעל")
    assert newest(services, "invited") == (services.accounts.owner().id, invitation.id)
    assert owner.post(f"/team/invitations/{invitation.id}/revoke").status_code == 303
    assert browser(app).get(link, headers=PAGE_HTML).status_code == 410
    assert newest(services, "invitation_revoked")[1] == invitation.id
    assert owner.post(f"/team/invitations/{invitation.id}/revoke").status_code == 404


def test_suspending_closes_the_browser_at_once(app: FastAPI, services: Services, owner: TestClient) -> None:
    """The next request of somebody who was suspended finds nobody signed in; restored they sign in anew."""
    dana = person(services, "member", "דנה")
    hers = browser_of(app, services, dana)
    assert hers.get("/account").status_code == 200
    assert owner.post(f"/team/{dana.id}/suspend").status_code == 303
    assert hers.get("/account", headers={"accept": "*/*"}).status_code == 401
    assert people_texts.SUSPENDED in owner.get(f"/team/{dana.id}").text
    assert owner.post(f"/team/{dana.id}/link").status_code == 409
    assert owner.post(f"/team/{dana.id}/restore").status_code == 303
    assert hers.get("/account", headers={"accept": "*/*"}).status_code == 401
    assert browser_of(app, services, dana).get("/account").status_code == 200
    assert [newest(services, action)[1] for action in ("suspended", "restored")] == [dana.id] * 2


def test_a_new_link_signs_in_once(app: FastAPI, services: Services, owner: TestClient) -> None:
    """An owner makes a sign-in link for somebody who forgot the password; it is shown once and works once."""
    dana = person(services, "member")
    shown = owner.post(f"/team/{dana.id}/link")
    link = link_in(shown.text, "sign-in")
    assert "token=" not in owner.get(f"/team/{dana.id}").text
    used = {"token": link.partition("token=")[2]}
    assert browser(app).post("/sign-in", data=used).status_code == 303
    assert browser(app).post("/sign-in", data=used).status_code == 410
    assert newest(services, "link_made") == (services.accounts.owner().id, dana.id)


def test_a_role_is_changed(services: Services, owner: TestClient) -> None:
    """A new role counts at the next request, and the log says what it was and is; what is no role is refused."""
    dana = person(services, "guest")
    assert owner.post(f"/team/{dana.id}/role", data={"role": "manager"}).status_code == 303
    assert services.accounts.get(dana.id).role == "manager"
    entry = services.audit.entries(Wanted(action="role_changed"), 0, 1)[0]
    assert (entry.subject, entry.detail) == (dana.id, {"before": "guest", "role": "manager"})
    for role in ("", "root"):
        assert owner.post(f"/team/{dana.id}/role", data={"role": role}).status_code == 422


def test_the_last_owner_stays(services: Services, owner: TestClient) -> None:
    """The only owner is neither suspended, nor demoted, nor deleted, and is told why."""
    mine = services.accounts.owner().id
    for change, form in (("suspend", {}), ("role", {"role": "member"}), ("delete", {"collections": "none"})):
        refused = owner.post(f"/team/{mine}/{change}", data=form)
        assert (refused.status_code, people_texts.LAST_OWNER in refused.text) == (403, True)
    assert services.accounts.get(mine).role == "owner"


CHANGES: list[tuple[str, dict[str, str]]] = [
    ("/team/invite", {"name": "x", "role": "guest", "days": "7"}),
    ("/team/invitations/{invitation}/revoke", {}),
    ("/team/{whom}/suspend", {}),
    ("/team/{whom}/restore", {}),
    ("/team/{whom}/role", {"role": "owner"}),
    ("/team/{whom}/link", {}),
    ("/team/{whom}/delete", {"collections": "none"}),
    ("/groups", {"name": "שלי"}),
    ("/groups/{group}/rename", {"name": "אחרת"}),
    ("/groups/{group}/add", {"person": "{me}"}),
    ("/groups/{group}/remove", {"person": "{whom}"}),
    ("/groups/{group}/delete", {}),
    ("/audit/download", {}),
]


@pytest.mark.parametrize("role", ["member", "guest"])
@pytest.mark.parametrize(("address", "form"), CHANGES)
def test_members_and_guests_find_none_of_it(
    app: FastAPI, services: Services, role: Role, address: str, form: dict[str, str]
) -> None:
    """Whoever is neither owner nor manager gets 404 for every page and every change, and nothing changes."""
    me, whom = person(services, role), person(services, "member")
    group = services.groups.create(f"קבוצה {next(_numbers)}")
    services.groups.add(group.id, whom.id)
    invitation, _ = services.invitations.new(services.accounts.owner().id, "guest", "ממתין", "http://x")
    ids = {"whom": whom.id, "me": me.id, "group": group.id, "invitation": invitation.id}
    mine = browser_of(app, services, me)
    for page in ("/team", "/groups", "/audit", f"/team/{whom.id}", f"/team/{whom.id}/delete", f"/groups/{group.id}"):
        assert mine.get(page).status_code == 404
    rows = services.audit.count(Wanted())
    sent = {name: value.format(**ids) for name, value in form.items()}
    assert mine.post(address.format(**ids), data=sent).status_code == 404
    assert services.audit.count(Wanted()) == rows
    assert services.accounts.get(whom.id) == whom
    assert [group.id for group in services.groups.of(whom.id)] == [group.id]
    assert invitation in services.invitations.pending()


def test_a_manager_does_what_the_role_says_and_no_more(app: FastAPI, services: Services) -> None:
    """A manager invites and suspends members and guests and keeps groups; the rest is refused, the log not found."""
    mine = browser_of(app, services, person(services, "manager"))
    member, other = person(services, "member"), person(services, "manager")
    top = services.accounts.owner()
    form = {"name": "x", "days": "7"}
    for role, status in (("guest", 200), ("member", 200), ("manager", 403), ("owner", 403)):
        assert mine.post("/team/invite", data=form | {"role": role}).status_code == status
    for whom, status in ((member, 303), (other, 403), (top, 403)):
        for change in ("suspend", "restore"):
            assert mine.post(f"/team/{whom.id}/{change}").status_code == status
    invitation, _ = services.invitations.new(top.id, "manager", "ממתין", "http://x")
    assert mine.post(f"/team/invitations/{invitation.id}/revoke").status_code == 403
    for whom in (member, other, top):
        assert mine.post(f"/team/{whom.id}/role", data={"role": "manager"}).status_code == 403
        assert mine.post(f"/team/{whom.id}/link").status_code == 403
        assert mine.post(f"/team/{whom.id}/delete", data={"collections": "none"}).status_code == 404
    assert mine.get("/audit").status_code == 404
    assert mine.post("/groups", data={"name": f"קבוצה {next(_numbers)}"}).status_code == 303
    page = mine.get(f"/team/{top.id}").text
    assert not re.findall(r"<form[^>]*action=\"/team/", page)


def test_groups_are_kept(services: Services, owner: TestClient) -> None:
    """A group is made, named anew, filled, emptied and deleted; a name that is taken is refused with a sentence."""
    dana = person(services, "member", "דנה מהקבוצה")
    name = f"גבייה {next(_numbers)}"
    group_id = owner.post("/groups", data={"name": name}).headers["location"].split("/")[2].split("?")[0]
    assert owner.post("/groups", data={"name": name}).status_code == 422
    assert owner.post(f"/groups/{group_id}/rename", data={"name": f"{name} ב"}).status_code == 303
    assert owner.post(f"/groups/{group_id}/rename", data={"name": " "}).status_code == 422
    assert owner.post(f"/groups/{group_id}/add", data={"person": dana.id}).status_code == 303
    assert f'/team/{dana.id}"' in owner.get(f"/groups/{group_id}").text
    assert f"{name} ב" in owner.get(f"/team/{dana.id}").text
    assert owner.post(f"/groups/{group_id}/remove", data={"person": dana.id}).status_code == 303
    assert services.groups.of(dana.id) == []
    assert owner.post(f"/groups/{group_id}/add", data={"person": "nobody"}).status_code == 404
    assert owner.post(f"/groups/{group_id}/delete").status_code == 303
    assert owner.get(f"/groups/{group_id}").status_code == 404
    actions = [entry.action for entry in services.audit.entries(Wanted(), 0, 5)]
    assert actions == ["group_deleted", "group_left", "group_joined", "group_renamed", "group_made"]


def test_names_of_people_cannot_turn_a_page_around(services: Services, owner: TestClient) -> None:
    """A name with markup or direction characters is shown as plain text, and as the same text everywhere."""
    owner.post("/team/invite", data={"name": "<b>\u202eדנה", "role": "guest", "days": "7"})
    page = owner.get("/team").text
    assert "\u202e" not in page
    assert "<b>" not in page
    person(services, "member", "<script>\u2067alert(1)")
    page = owner.get("/team").text
    assert "<script>" not in page.replace('<script type="module"', "")
    assert "\u2067" not in page
