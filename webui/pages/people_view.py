"""The pages about the people of the team as HTML, drawn for somebody who acts there. Changes nothing."""

from dataclasses import dataclass

from webui.accounts.account import LOCAL_NAME, LONGEST_SHOWN, Account, Role
from webui.accounts.naming import told_apart
from webui.accounts.roles import Deed, may
from webui.filename import visible
from webui.moment import day_text, moment_text
from webui.pages.render import render
from webui.services import Services
from webui.texts import people_texts

ORDER: tuple[Role, ...] = ("owner", "manager", "member", "guest")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the list shows them. `seen` says when they signed in last."""

    id: str
    name: str
    is_me: bool
    role: Role
    suspended: bool
    seen: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An invitation as the list shows it."""

    id: str
    name: str
    role: Role
    inviter: str
    until: str
    can_revoke: bool


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link that is shown once, with what to do with it."""

    heading: str
    how: str
    label: str
    link: str


def team_page(services: Services, actor: Account, *, done: str = "", new: NewLink | None = None) -> str:
    """Everybody, the form that invites, and the invitations that wait. `done` names the change to tell of."""
    everybody, seen = services.people.all(), services.audit.last_times("signed_in")
    names = told_apart(everybody)
    people = [
        Person(one.id, names[one.id], one.id == actor.id, one.role, one.suspended_at is not None, _seen(seen, one))
        for one in sorted(everybody, key=lambda one: (ORDER.index(one.role), names[one.id]))
    ]
    pending = [
        Pending(
            one.id,
            visible(one.shown_name) or people_texts.UNNAMED,
            one.role,
            names.get(one.invited_by, ""),
            moment_text(one.expires_at),
            may(actor.role, "revoke_invitation", one.role),
        )
        for one in services.invitations.pending()
    ]
    roles = [role for role in reversed(ORDER) if may(actor.role, "invite", role)]
    notice = people_texts.TEAM_DONE.get(done, "")
    return render(
        "people.html", people=people, pending=pending, roles=roles, notice=notice, new=new,
        longest=LONGEST_SHOWN,
    )  # fmt: skip


def person_page(
    services: Services, actor: Account, whom: Account, *, done: str = "", new: NewLink | None = None
) -> str:
    """One person, and what `actor` may change."""
    last_owner = services.people.is_last_owner(whom.id)
    suspended = whom.suspended_at is not None
    deeds: tuple[Deed, ...] = ("change_role", "make_link", "restore" if suspended else "suspend", "delete")
    return render(
        "person.html",
        id=whom.id,
        name=told_apart(services.people.all())[whom.id],
        signs_in=_signs_in(whom),
        role=whom.role,
        suspended=suspended,
        since=day_text(whom.created_at),
        seen=_seen(services.audit.last_times("signed_in"), whom),
        groups=[group.name for group in services.groups.of(whom.id)],
        deeds={deed for deed in deeds if may(actor.role, deed, whom.role, last_owner=last_owner)},
        last_owner=last_owner and actor.role == "owner",
        can_read_audit=may(actor.role, "read_audit"),
        roles=ORDER,
        notice=people_texts.TEAM_DONE.get(done, ""),
        new=new,
    )


def _signs_in(account: Account) -> str:
    """How somebody signs in; "" for the first owner before a name was chosen, who has nothing but links."""
    if account.subject:
        return people_texts.BY_PROVIDER
    return "" if account.name == LOCAL_NAME else people_texts.SIGN_IN_NAME.format(name=account.name)


def _seen(seen: dict[str, float], account: Account) -> str:
    if account.id not in seen:
        return people_texts.NEVER_SIGNED_IN
    return people_texts.SIGNED_IN_AT.format(moment=moment_text(seen[account.id]))
