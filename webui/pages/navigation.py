"""Where somebody may go beside the screen: one list for the menu of the person and for the side of every page."""

from dataclasses import dataclass

from webui.accounts.account import Account
from webui.accounts.roles import may
from webui.texts import guide_texts, status_texts, texts


@dataclass(frozen=True, slots=True)
class Link:
    """A page by its address and name; `here` where it is the one that is open, or the one above it."""

    address: str
    label: str
    here: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that belong together."""

    heading: str
    links: tuple[Link, ...]


def navigation(account: Account | None, here: str = "") -> tuple[Part, ...]:
    """The pages that are offered to somebody, the open one by its address. Who may open a page, that page decides.

    Nobody, where nobody is signed in, is offered nothing.
    """
    if account is None:
        return ()
    everywhere = (
        (
            status_texts.MINE,
            (
                ("/account", texts.MY_ACCOUNT, True),
                ("/collections", texts.MY_COLLECTIONS, True),
                ("/shares", texts.MY_SHARES, True),
                ("/keys", texts.MY_KEYS, account.role != "guest"),
                ("/#guide", guide_texts.NAME, account.role != "guest"),
            ),
        ),
        (
            status_texts.OF_TEAM,
            (
                ("/team", texts.TEAM, may(account.role, "see_team")),
                ("/groups", texts.GROUPS, may(account.role, "keep_groups")),
                ("/audit", texts.AUDIT, may(account.role, "read_audit")),
            ),
        ),
        (
            status_texts.OF_SYSTEM,
            (
                ("/status", status_texts.STATUS, may(account.role, "see_status")),
                ("/usage", status_texts.USE, may(account.role, "see_status")),
            ),
        ),
    )
    parts = (
        Part(heading, tuple(Link(address, label, address == here) for address, label, offered in pages if offered))
        for heading, pages in everywhere
    )
    return tuple(part for part in parts if part.links)
