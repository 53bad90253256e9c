"""The attempts are worth something: each asks for what is there, and the one to whom it belongs gets it."""

import pytest
from starlette.routing import Match, Mount

from tests.integration.attacks.attempt import Attempt, each_of, sent
from tests.integration.attacks.team import MARK, Team
from tests.integration.attacks.wishes import EVERYTHING, READING, SCREEN


@each_of([*READING, *SCREEN])
def test_the_lawyer_has(attempt: Attempt, team: Team) -> None:
    """What others want is there, and the lawyer gets it."""
    answer = sent(attempt, team.signed_in("lawyer"), team)
    assert answer.status_code in (200, 206), answer.text
    assert answer.content


def test_what_the_lawyer_has_is_marked(team: Team) -> None:
    """The mark by which an answer would give itself away is in what the lawyer gets."""
    marked = [MARK in sent(attempt, team.signed_in("lawyer"), team).text for attempt in (*READING, *SCREEN)]
    assert sum(marked) > len(marked) * 2 / 3


@each_of(EVERYTHING)
def test_there_is_a_way_to(attempt: Attempt, team: Team) -> None:
    """Each attempt goes to a route of ours: a 404 from an address that nobody serves would prove nothing."""
    path = attempt.path.format(**team.names).partition("?")[0]
    scope = {"type": "http", "method": attempt.method, "path": path, "headers": []}
    routes = [route for route in team.app.routes if not isinstance(route, Mount)]
    assert any(route.matches(scope)[0] == Match.FULL for route in routes), f"nobody serves {attempt.method} {path}"


@pytest.mark.parametrize("who", ["colleague", "guest"])
def test_others_have_what_was_opened_to_them(team: Team, who: str) -> None:
    """The attackers are no dead accounts: each reads and asks what was granted."""
    client = team.signed_in(who)
    assert client.get(f"/api/documents/{team.names['public_document']}/pages/1").status_code == 200
    answer = client.post("/api/ask", json={"question": "כמה?", "stream": False})
    assert "זה ידוע לכולם" in answer.json()["text"]
