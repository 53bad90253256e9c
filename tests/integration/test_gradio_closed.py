"""Every way into Gradio that research found open, tried against the real page: all of them are closed."""

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from starlette.routing import Mount
from starlette.testclient import TestClient

from answers.answer import Answer
from indexes.database import new_id
from tests.database import new_engine
from tests.web_parts import ADDRESS, FakeAnswering, app_of, browser, build_services, sign_in
from webui.screen.parts import Boxes
from webui.services import Services

SECRET = "the-content-of-a-secret-file"
BOXES = [""] * len(fields(Boxes))
"""What stands in the boxes of the page when nothing was typed: the question is the first."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the one app that these tests share."""
    return tmp_path_factory.mktemp("gradio")


@pytest.fixture(scope="module")
def services(folder: Path) -> Services:
    """An empty Darash whose every answer is `שלום`."""
    return build_services(folder, new_engine(folder), FakeAnswering([Answer("שלום", finished=True)]))


@pytest.fixture(scope="module")
def client(services: Services, folder: Path) -> Iterator[TestClient]:
    """A signed-in browser at a started app (Gradio's queue runs)."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("GRADIO_TEMP_DIR", str(folder / "gradio"))
        with browser(app_of(services)) as started:
            yield sign_in(started, services)


@pytest.fixture
def tab() -> str:
    """The session hash of a page that was just opened."""
    return new_id()


def second_browser(client: TestClient, services: Services) -> TestClient:
    """Another signed-in browser at the same running app."""
    return sign_in(browser(client.app), services)


def gradio_of(client: TestClient):
    (mount,) = [route for route in client.app.routes if isinstance(route, Mount) and route.path == ""]
    return mount.app.app


def blocks_of(client: TestClient):
    return gradio_of(client).get_blocks()


def cached_copies(folder: Path) -> list[Path]:
    """Copies of the secret file in the folder where Gradio keeps files."""
    return list((folder / "gradio").rglob("secret.txt"))


def fn_index(client: TestClient, name: str) -> int:
    return next(index for index, fn in blocks_of(client).fns.items() if getattr(fn.fn, "__name__", "") == name)


def join(client: TestClient, tab: str, data: list, **more):
    body = {"data": [*data, *BOXES[len(data) :]], "fn_index": fn_index(client, "ask"), "session_hash": tab, **more}
    return client.post("/gradio_api/queue/join", json=body)


def messages(client: TestClient, tab: str) -> list[dict]:
    """Everything that the stream of events of a session says until it ends."""
    response = client.get(f"/gradio_api/queue/data?session_hash={tab}")
    return [json.loads(line[6:]) for line in response.text.splitlines() if line.startswith("data: ")]


def test_asking_works_through_the_guard(client, tab):
    """The guard lets through what the page does: a question is joined, streamed and finished."""
    assert join(client, tab, ["כמה?", ""]).status_code == 200
    received = messages(client, tab)
    assert [message["msg"] for message in received][-2:] == ["process_completed", "close_stream"]
    assert "שלום" in json.dumps(received, ensure_ascii=False)


def test_every_event_of_the_page_goes_through_the_queue(client):
    """An event outside the queue would be sent to a route that the guard does not have."""
    unqueued = [fn.api_name for fn in blocks_of(client).fns.values() if fn.queue is False and fn.fn]
    assert unqueued == []


def test_after_a_defect_the_page_shows_what_was_kept(client):
    """Whatever asks is followed by opening the conversation when it fails: the screen would go on searching."""
    fns = blocks_of(client).fns
    asking = {index for index, fn in fns.items() if fn.name in {"ask", "again", "edit", "show", "earlier", "stop"}}
    failing = [fn for fn in fns.values() if fn.trigger_only_on_failure]
    assert {fn.trigger_after for fn in failing} == asking
    assert {fn.name for fn in failing} == {"open"}


@pytest.mark.parametrize("wrapped", ["bare", "list", "message"])
def test_no_file_of_the_machine_can_be_read(client, folder, tmp_path, tab, wrapped):
    """A request that names a file as FileData is refused for every handler, and the file is not even copied."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    file = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    chat = [{"role": "user", "content": [{"type": "file", "file": file}]}]
    value = {"bare": file, "list": [file], "message": chat}[wrapped]
    for index, fn in blocks_of(client).fns.items():
        data = [value] * max(1, len(fn.inputs))
        assert join(client, tab, data, fn_index=index).status_code == 403
    assert not cached_copies(folder)


def test_gradio_itself_would_refuse_the_file_too(client, folder, tmp_path, tab):
    """Behind the guard, Gradio's own check of paths is on: mounting alone would leave it off."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    file = {"path": str(secret), "meta": {"_type": "gradio.FileData"}}
    unguarded = TestClient(gradio_of(client), base_url=ADDRESS)
    body = {"data": [file, *BOXES[1:]], "fn_index": fn_index(client, "ask"), "session_hash": tab}
    event_id = unguarded.post("/gradio_api/queue/join", json=body).json()["event_id"]
    assert event_id
    (last,) = [message for message in messages(unguarded, tab) if message["msg"] == "process_completed"]
    assert not last["success"]
    assert not cached_copies(folder)


CLOSED = [
    ("POST", "/gradio_api/upload"),
    ("GET", "/gradio_api/upload_progress?upload_id=x"),
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("HEAD", "/gradio_api/file=/etc/passwd"),
    ("GET", "/file=/etc/passwd"),
    ("GET", "/gradio_api/file/etc/passwd"),
    ("GET", "/gradio_api/%66ile=/etc/passwd"),
    ("GET", "/assets/../gradio_api/file=/etc/passwd"),
    ("GET", "/assets/..%2f..%2f..%2f..%2fetc/passwd"),
    ("GET", "/gradio_api/proxy=http://127.0.0.1:1/"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/openapi.json"),
    ("POST", "/gradio_api/call/ask"),
    ("POST", "/gradio_api/call/v2/ask"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/gradio_api/run/ask"),
    ("POST", "/gradio_api/api/ask"),
    ("GET", "/gradio_api/call/ask/x"),
    ("POST", "/gradio_api/component_server"),
    ("POST", "/gradio_api/stream/x"),
    ("GET", "/gradio_api/heartbeat/mine"),
    ("GET", "/gradio_api/startup-events"),
    ("GET", "/gradio_api/deep_link"),
    ("GET", "/gradio_api/dev/reload"),
    ("GET", "/gradio_api/runs"),
    ("GET", "/gradio_api/token"),
    ("GET", "/gradio_api/user"),
    ("POST", "/gradio_api/vibe-edit"),
    ("GET", "/gradio_api/custom_component/x/client/component/index.js"),
    ("GET", "/gradio_api/queue/status"),
    ("GET", "/monitoring"),
    ("GET", "/monitoring/summary"),
    ("GET", "/config"),
    ("GET", "/docs"),
    ("GET", "/openapi.json"),
    ("POST", "/login"),
    ("GET", "/logout"),
    ("GET", "/manifest.json"),
    ("GET", "/robots.txt"),
    ("GET", "/svelte/x"),
    ("OPTIONS", "/gradio_api/queue/join"),
    ("GET", "/gradio_api/queue/join"),
    ("POST", "/"),
    ("DELETE", "/"),
]


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_other_routes_of_gradio_do_not_exist(client, method, path):
    """Whatever is not on the list of what the page needs is not served, also to somebody signed in."""
    response = client.request(method, path)
    assert response.status_code in (403, 404, 405)
    assert "root:" not in response.text


@pytest.mark.parametrize(
    "path", ["/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset", "/gradio_api/app_id"]
)
def test_a_stranger_gets_nothing(client, path):
    """Without a session even the open routes of Gradio are 401, cancelling included."""
    stranger = browser(client.app)
    assert stranger.post(path, json={"session_hash": "mine"}).status_code == 401
    assert stranger.get(path).status_code == 401


def test_a_session_hash_names_a_session_of_the_same_browser(client, services, tab):
    """Another browser that knows a session hash hears and cancels nothing of it: to it, it is another session."""
    event_id = join(client, tab, ["כמה?", ""]).json()["event_id"]
    other = second_browser(client, services)
    assert other.get(f"/gradio_api/queue/data?session_hash={tab}").status_code == 404
    body = {"session_hash": tab, "fn_index": 0, "event_id": event_id}
    assert other.post("/gradio_api/cancel", json=body).status_code == 403
    received = messages(client, tab)
    assert received[-1]["msg"] == "close_stream"
    assert "שלום" in json.dumps(received, ensure_ascii=False)


def test_a_browser_that_signs_in_anew_does_not_hear_what_was_asked_before(client, services, tab):
    """The session hash of a page names another session once somebody else has signed in to the same browser."""
    join(client, tab, ["כמה?", ""])
    sign_in(client, services)
    assert client.get(f"/gradio_api/queue/data?session_hash={tab}").status_code == 404


def test_an_event_belongs_to_one_browser(client, services, tab):
    """Another browser cannot cancel or reset an event by naming its own session."""
    event_id = join(client, tab, ["כמה?", ""]).json()["event_id"]
    other = second_browser(client, services)
    body = {"session_hash": new_id(), "fn_index": 0, "event_id": event_id}
    for path in ("/gradio_api/cancel", "/gradio_api/reset"):
        assert other.post(path, json=body).status_code == 403
        assert client.post(path, json={**body, "session_hash": tab}).status_code == 200


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"session_hash": "../x"}', "application/json", 400),
        (b'{"session_hash": ["x"]}', "application/json", 400),
        (b"{}", "text/plain", 415),
        (b'{"data": "' + b"x" * 300_000 + b'"}', "application/json", 413),
    ],
)
def test_a_strange_body_is_refused(client, content, kind, status):
    """Broken, nested without end, too large or not JSON: refused before Gradio sees it."""
    response = client.post("/gradio_api/queue/join", content=content, headers={"content-type": kind})
    assert response.status_code == status


def test_a_path_hidden_behind_a_doubled_key_is_found(client, tab):
    """Two readings of the same JSON cannot differ: Gradio gets what was checked, written anew."""
    body = f'{{"session_hash":"{tab}","fn_index":0,"data":[{{"p\\u0061th":"/etc/passwd"}}],"data":["x",""]}}'
    response = client.post("/gradio_api/queue/join", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 200  # the last `data` counts, for us and therefore for Gradio
    sneaky = body.replace('"data":["x",""]', '"x":1')
    response = client.post("/gradio_api/queue/join", content=sneaky, headers={"content-type": "application/json"})
    assert response.status_code == 403


def test_the_page_ignores_parameters_of_gradio(client):
    """A link with parameters for Gradio (a saved state, a view) gives the same page as without."""
    page = client.get("/?deep_link=../../x&view=api")
    assert page.status_code == 200
    assert '"deep_link_state":"none"' in page.text
    assert '<html lang="he" dir="rtl"' in page.text
