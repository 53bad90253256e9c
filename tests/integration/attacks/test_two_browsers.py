"""The lawyer and a colleague at the same screen, each in a browser: Gradio's queue carries nothing between them."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import pytest
from starlette.routing import Mount
from starlette.testclient import TestClient

from indexes.database import new_id
from tests.integration.attacks.attempt import tells_nothing
from tests.integration.attacks.team import MARK, Team
from webui.accounts.sessions import COOKIE
from webui.screen.parts import Boxes

JOIN, HEAR = "/gradio_api/queue/join", "/gradio_api/queue/data"


def boxes(**said: str) -> list[str]:
    """What stands in the boxes of the page, as it is sent."""
    return list(asdict(Boxes(**said)).values())


def functions(team: Team) -> dict[str, int]:
    """What the screen can call: names and numbers."""
    (mount,) = [route for route in team.app.routes if isinstance(route, Mount) and route.path == ""]
    fns = mount.app.app.get_blocks().fns
    return {str(fn.name): index for index, fn in fns.items() if fn.fn}


def joined(client: TestClient, team: Team, name: str, data: Sequence[Any], tab: str, **more: Any) -> str:
    """Calls a function of the screen; returns the id of the event."""
    body = {"data": list(data), "fn_index": functions(team)[name], "session_hash": tab, **more}
    answer = client.post(JOIN, json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["event_id"])


def heard(client: TestClient, tab: str) -> bytes:
    """Everything that is said to a window until its stream ends."""
    return client.get(f"{HEAR}?session_hash={tab}").content


def called(client: TestClient, team: Team, name: str, *data: Any, **more: Any) -> bytes:
    """Everything that is said to a new window after one call."""
    tab = new_id()
    joined(client, team, name, data, tab, **more)
    return heard(client, tab)


@pytest.fixture
def lawyer(team: Team) -> TestClient:
    """The lawyer's browser."""
    return team.signed_in("lawyer")


@pytest.fixture
def colleague(team: Team) -> TestClient:
    """The browser of a colleague who reads another collection."""
    return team.signed_in("colleague")


def test_the_lawyer_asks_and_is_answered(team: Team, lawyer: TestClient) -> None:
    """The screen works: what follows would be heard if it came through."""
    assert MARK in called(lawyer, team, "ask", *boxes(question="כמה?")).decode()


def test_a_colleague_asks(team: Team, colleague: TestClient) -> None:
    """A colleague is answered from what is open, and from nothing else."""
    said = called(colleague, team, "ask", *boxes(question="כמה?"))
    assert "זה ידוע לכולם" in json.loads(f'"{_text(said)}"')
    tells_nothing(said)


def _text(said: bytes) -> str:
    return said.decode().replace('"', " ").replace("\\ ", " ").replace("\n", " ")


def test_a_colleague_listens_in_the_lawyers_window(team: Team, lawyer: TestClient, colleague: TestClient) -> None:
    """Who knows the session hash of another's window hears nothing there, before, while and after it is used."""
    tab = new_id()
    tells_nothing(heard(colleague, tab))
    joined(lawyer, team, "ask", boxes(question="כמה?"), tab)
    tells_nothing(heard(colleague, tab))
    assert MARK in heard(lawyer, tab).decode()
    tells_nothing(heard(colleague, tab))


def test_a_colleague_stops_the_lawyers_answer(team: Team, lawyer: TestClient, colleague: TestClient) -> None:
    """Who knows the event and the window of another's question cannot stop it."""
    tab = new_id()
    event_id = joined(lawyer, team, "ask", boxes(question="כמה?"), tab)
    for path in ("/gradio_api/cancel", "/gradio_api/reset"):
        for window in (tab, new_id()):
            body = {"session_hash": window, "fn_index": functions(team)["ask"], "event_id": event_id}
            assert colleague.post(path, json=body).status_code == 403
    assert MARK in heard(lawyer, tab).decode()


@pytest.mark.parametrize("event_id", ["", "x", "0" * 32, None, 7, ["x"], {"a": 1}])
def test_a_colleague_guesses_events(colleague: TestClient, event_id: object) -> None:
    """An event that was never made is nobody's."""
    body = {"session_hash": new_id(), "fn_index": 0, "event_id": event_id}
    assert colleague.post("/gradio_api/cancel", json=body).status_code in (403, 422)


def test_a_colleague_opens_the_lawyers_conversation(team: Team, colleague: TestClient) -> None:
    """The id of a conversation opens it for nobody else."""
    for name in ("open", "stop", "earlier"):
        tells_nothing(called(colleague, team, name, *boxes(opened=team.names["conversation"], earlier="60")))


def test_a_colleague_asks_in_the_lawyers_conversation(team: Team, colleague: TestClient) -> None:
    """A question with the id of another's conversation is neither asked nor kept there."""
    before = team.state()
    tells_nothing(called(colleague, team, "ask", *boxes(question="מה נאמר?", opened=team.names["conversation"])))
    assert team.state() == before


def test_a_colleague_branches_the_lawyers_conversation(team: Team, colleague: TestClient) -> None:
    """Neither is an answer of another's given once more, nor a question edited, nor another branch shown."""
    before, turn = team.state(), team.names["turn"]
    edited = json.dumps({"turn": turn, "question": "מה נאמר?"})
    for name in ("again", "edit", "show"):
        said = boxes(opened=team.names["conversation"], again=turn, edited=edited, branch=turn)
        tells_nothing(called(colleague, team, name, *said))
    assert team.state() == before


def test_a_colleague_asks_from_the_lawyers_collection(team: Team, colleague: TestClient) -> None:
    """What was chosen to search may not be read: nothing is asked."""
    before = team.state()
    chosen = json.dumps([team.names["collection"]])
    tells_nothing(called(colleague, team, "ask", *boxes(question="מה נאמר?", chosen=chosen)))
    assert team.state() == before


def test_a_colleague_calls_everything_with_every_id(team: Team, colleague: TestClient) -> None:
    """Whatever the screen can call, with whatever is the lawyer's: nothing comes of it."""
    before = {name: rows for name, rows in team.state().items() if name not in ("conversations", "turns")}
    for name, index in functions(team).items():
        for wanted in ("conversation", "turn", "document", "collection", "lawyer", "share"):
            for length in (1, len(boxes())):
                tab = new_id()
                body = {"data": [team.names[wanted]] * length, "fn_index": index, "session_hash": tab}
                if colleague.post(JOIN, json={**body, "event_data": {"value": team.names[wanted]}}).status_code == 200:
                    tells_nothing(heard(colleague, tab))
        assert name
    after = {name: rows for name, rows in team.state().items() if name not in ("conversations", "turns")}
    assert after == before


def test_a_colleague_brings_a_history_of_his_own(team: Team) -> None:
    """Nothing that the screen calls takes the history from the browser: it is read from the database."""
    (mount,) = [route for route in team.app.routes if isinstance(route, Mount) and route.path == ""]
    fns = mount.app.app.get_blocks().fns.values()
    assert {component.get_block_name() for fn in fns for component in fn.inputs} <= {"textbox"}


@pytest.mark.parametrize("said", ["fail", "fail\0", "\ud800fail"])
def test_a_defect_tells_nothing(team: Team, colleague: TestClient, said: object) -> None:
    """What an exception says, and where it was raised, does not reach the browser."""
    tab = new_id()
    body = {"data": [said, *boxes()[1:]], "fn_index": functions(team)["ask"], "session_hash": tab}
    answer = colleague.post(JOIN, content=json.dumps(body), headers={"content-type": "application/json"})
    said_then = answer.content + (heard(colleague, tab) if answer.status_code == 200 else b"")
    tells_nothing(said_then)
    assert not re.search(rb"Traceback|Exception|Error\(|\.py", said_then)


@pytest.mark.parametrize("number", [-1, 10_000, "ask", None, [0], 1e99])
def test_a_colleague_calls_what_is_not_there(colleague: TestClient, number: object) -> None:
    """A function that is not there is an error without a word of how the app is made."""
    tab = new_id()
    answer = colleague.post(JOIN, json={"data": ["x"], "fn_index": number, "session_hash": tab})
    assert answer.status_code >= 400 or number is None
    assert not re.search(rb"Traceback|\.py|gradio\.exceptions", answer.content)


def test_the_next_person_at_the_browser_hears_nothing(team: Team, lawyer: TestClient) -> None:
    """After signing out, whoever signs in to the same browser is told nothing that was asked in its windows before."""
    tab = new_id()
    joined(lawyer, team, "ask", boxes(question="כמה?"), tab)
    cookie = lawyer.cookies[COOKIE]
    assert lawyer.post("/sign-out").status_code == 303
    lawyer.cookies.set(COOKIE, cookie)
    assert lawyer.get(f"{HEAR}?session_hash={tab}").status_code == 401
    next_person = team.signed_in("colleague")
    tells_nothing(heard(next_person, tab))


def test_nothing_of_the_lawyers_stays_in_the_browser(team: Team, lawyer: TestClient) -> None:
    """Pages, answers and pictures of documents are kept in no cache, in which the next person could find them."""
    for path in (
        "/",
        "/api/documents/{document}/pages/1.webp",
        "/api/documents/{document}/original",
        "/source/{turn}/1",
    ):
        headers = lawyer.get(path.format(**team.names)).headers
        assert "no-store" in headers["cache-control"], path
    for path in ("/api/conversations", "/documents/list?collection={collection}", "/view/{turn}/1", "/account"):
        headers = lawyer.get(path.format(**team.names)).headers
        assert "no-store" in headers["cache-control"], path
