"""A shared conversation as others see it: whoever has its link, without signing in, or teammates.

Nothing in it leads on. A link that opens nothing gets one answer, whether it ran out, was taken back or never was one.
"""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from hebrew.bidi import Direction, direction_of
from webui.accounts.gate import account_of, address_of
from webui.moment import day_text
from webui.pages.render import render
from webui.place import source_text
from webui.screen.answer_drawing import drawn_words, note
from webui.screen.answer_html import Mark, plain_html
from webui.screen.isolation import direction
from webui.services import Services
from webui.sharing.share import Share
from webui.sharing.snapshot import SharedTurn, Snapshot
from webui.texts import sharing_texts

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""All of them, so that nothing below an open address falls through to the screen."""

ALONE = {
    # The secret stands in the address: it must not reach other sites, search engines or the disk of a shared computer.
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow, noarchive",
}


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A numbered source below an answer. `anchor` is where the marks of the answer lead: this very page."""

    anchor: str
    number: int
    label: str
    quote: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A question or an answer as HTML, and the sources of an answer."""

    role: str
    drawn: Markup
    sources: tuple[ShownSource, ...] = ()


def routes(services: Services) -> APIRouter:
    """`GET /shared/TOKEN` for anybody, `GET /shares/ID` for teammates."""
    router = APIRouter()

    @router.api_route("/shared/{token:path}", methods=METHODS, include_in_schema=False)
    def by_link(request: Request, token: str) -> Response:
        found = services.shares.opened(token) if request.method == "GET" else None
        if found is None:
            gone = render("message.html", sentence=sharing_texts.SHARE_GONE, command="", is_known=False)
            return HTMLResponse(gone, 404, headers=ALONE)
        services.audit.record("", "share_opened", found[0].id, address_of(request))
        return HTMLResponse(_drawn(*found), headers=ALONE)

    @router.get("/shares/{share_id}")
    def by_teammate(request: Request, share_id: str) -> Response:
        account_id = account_of(request)
        share, snapshot = services.shares.opened_by(account_id, share_id)
        if share.account_id != account_id:
            services.audit.record(account_id, "share_opened", share.id, address_of(request))
        return HTMLResponse(_drawn(share, snapshot), headers={"cache-control": "no-store"})

    return router


def _drawn(share: Share, snapshot: Snapshot) -> str:
    turns = [_shown(position, turn) for position, turn in enumerate(snapshot, start=1)]
    days = {"day": day_text(share.created_at), "until": day_text(share.expires_at)}
    return render("shared.html", title=share.title, reads=direction(share.title), turns=turns, days=days)


def _shown(position: int, turn: SharedTurn) -> ShownTurn:
    if turn.role == "user":
        return ShownTurn(turn.role, Markup(plain_html(turn.said.text)))  # noqa: S704 - escaped there
    sources = tuple(
        ShownSource(
            f"source-{position}-{citation.number}",
            citation.number,
            source_text(citation.title, citation.place, citation.page, citation.quote),
            citation.quote,
            direction_of(citation.quote),
        )
        for citation in sorted(turn.said.citations, key=lambda citation: citation.number)
    )
    marks = {source.number: Mark(f"#{source.anchor}", source.label) for source in sources}
    withheld = note("withheld", sharing_texts.WITHHELD) if turn.withheld else ""
    return ShownTurn(turn.role, Markup(drawn_words(turn.said, marks) + withheld), sources)  # noqa: S704 - escaped there
