"""The web app as a whole: signing in, what is refused, uploads, sources. Real database, real screen, no model."""

import asyncio
import io

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from PIL import Image
from starlette.testclient import TestClient

from answers.answer import Answer
from indexes.accept import accept
from indexes.database import connect, migrate, new_id, now
from tests.web_parts import (
    ADDRESS,
    PAGE_HTML,
    QUOTE,
    FakeAnswering,
    app_of,
    browser,
    build_services,
    citation_of,
    claim,
    ready_document,
)
from tests.web_parts import sign_in as signed_in
from webui.accounts.account import accounts
from webui.accounts.sessions import COOKIE
from webui.api import uploads
from webui.screen import texts
from webui.services import Services

CLOSED = [
    "/",
    "/config",
    "/api/collections",
    "/api/documents?collection=x",
    "/documents/list",
    "/source/a/1",
    "/view/a/1",
]
CLOSED += [
    "/api/documents/x/original",
    "/screen/texts.json",
    "/gradio_api/queue/data?session_hash=x",
    "/assets/x.js",
    "/docs",
]


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Services:
    """The Darash that these tests share; each has its own browser and collection."""
    data = tmp_path_factory.mktemp("web")
    engine = connect(f"sqlite:///{data / 'darash.sqlite3'}")
    migrate(engine)
    return build_services(data, engine, FakeAnswering())


@pytest.fixture(scope="module")
def app(services: Services) -> FastAPI:
    """Its app."""
    return app_of(services)


@pytest.fixture
def visitor(app: FastAPI) -> TestClient:
    """A browser that is not signed in."""
    return browser(app)


@pytest.fixture
def client(app: FastAPI, services: Services) -> TestClient:
    """A browser signed in to the local account."""
    return signed_in(browser(app), services)


@pytest.fixture
def collection_id(services: Services) -> str:
    """An empty collection."""
    return services.catalogue.collection_named(new_id()).id


def other_account(services: Services) -> str:
    with services.engine.begin() as connection:
        account_id = new_id()
        connection.execute(accounts.insert().values(id=account_id, name=account_id, created_at=now()))
    return account_id


def cited_turn(services: Services, collection_id: str, image: bytes = b"") -> tuple[str, str]:
    """The ids of a turn with one citation, and of the document it cites."""
    account_id = services.accounts.local().id
    record = ready_document(services, collection_id, image)
    conversation = services.conversations.create(account_id, "")
    turn = services.conversations.add_question(account_id, conversation.id, "כמה?")
    services.conversations.save_answer(turn.id, Answer("1,250 [1]", (citation_of(record),), finished=True))
    return turn.id, record.id


class TestSigningIn:
    @pytest.mark.parametrize("path", CLOSED)
    def test_nothing_is_open(self, visitor, path):
        """Without a session a script gets 401 and a person is sent to the sign-in page, whatever the path."""
        assert visitor.get(path).status_code == 401
        response = visitor.get(path, headers=PAGE_HTML)
        assert (response.status_code, response.headers["location"]) == (303, "/sign-in")

    def test_health_says_only_that_it_works(self, visitor, client):
        """A health check needs no session and learns nothing; somebody signed in learns of worker and model."""
        assert visitor.get("/health").json() == {"ok": True}
        health = client.get("/health").json()
        assert health["worker"]["state"] == "idle"
        assert health["model"] == {"mode": "quoted"}

    def test_health_notices_a_worker_that_died(self, services, client, collection_id):
        """A document that was begun counts as work only while somebody says how far it is."""
        record, _ = accept(services.catalogue, services.files, collection_id, "a.txt", [collection_id.encode()], 99)
        claim(services, record.id, "w")
        assert client.get("/health").json()["worker"]["state"] == "working"
        with services.engine.begin() as connection:
            connection.execute(sa.text("UPDATE documents SET updated_at = updated_at - 120, lease_until = 0"))
        assert client.get("/health").json()["worker"]["state"] == "stalled"
        claim(services, record.id, "w")
        services.jobs.finish(record.id, "w", "ready")

    def test_a_link_signs_in_once(self, app, services):
        """The link shows a button, the button signs in with a safe cookie, and the link is used up."""
        client = browser(app)
        link = services.links.new(services.accounts.local().id, ADDRESS)
        token = link.partition("token=")[2]
        for _ in range(3):  # whoever fetches it ahead uses nothing up
            assert client.head(link).status_code == 200
            assert texts.SIGN_IN_BUTTON in client.get(link, headers=PAGE_HTML).text
        response = client.post("/sign-in", data={"token": token})
        assert (response.status_code, response.headers["location"]) == (303, "/")
        cookie = response.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert "secure" not in cookie
        assert client.get("/api/collections").status_code == 200

        second = browser(app)
        assert second.post("/sign-in", data={"token": token}).status_code == 410
        page = second.get(link, headers=PAGE_HTML)
        assert page.status_code == 410
        assert "darash link" in page.text
        assert second.get("/api/collections").status_code == 401

    @pytest.mark.parametrize("how", [{"files": {"token": b"x" * 10_000}}, {"data": {"token": "x" * 10_000}}])
    def test_a_large_form_is_refused(self, visitor, how):
        """Somebody who is not signed in cannot make the server take in more than a link's secret."""
        response = visitor.post("/sign-in", **how)
        assert response.status_code == 413
        assert response.json()["message"] == texts.BAD_REQUEST

    def test_the_sign_in_page_says_how(self, visitor):
        """Somebody without a link reads how to get one."""
        response = visitor.get("/sign-in", headers=PAGE_HTML)
        assert 'dir="rtl"' in response.text
        assert "darash link" in response.text

    def test_over_https_the_cookie_is_secure(self, tmp_path, engine):
        """With a public https address the cookie never travels over plain http."""
        services = build_services(tmp_path, engine, FakeAnswering(), public_url="https://darash.example.org")
        client = browser(app_of(services), "https://darash.example.org")
        token = services.links.new(services.accounts.local().id, "").partition("token=")[2]
        assert "Secure" in client.post("/sign-in", data={"token": token}).headers["set-cookie"]

    def test_signing_out_ends_the_session_on_the_server(self, visitor, client):
        """A stolen copy of the cookie is worth nothing after signing out."""
        stolen = client.cookies[COOKIE]
        assert client.post("/sign-out").status_code == 303
        visitor.cookies.set(COOKIE, stolen)
        assert visitor.get("/api/collections").status_code == 401


class TestRefusals:
    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "a@b", "[bad"]
    )
    def test_an_unknown_host_is_refused(self, client, host):
        """A name that was not configured is refused, so that a rebound name cannot pass for ours."""
        response = client.get("/health", headers={"host": host})
        assert response.status_code == 421
        assert response.json()["message"] == texts.WRONG_HOST

    @pytest.mark.parametrize(
        "host", ["127.0.0.1:7860", "localhost:7860", "192.168.1.20:7860", "[::1]:7860", "10.0.0.4"]
    )
    def test_our_own_hosts_are_served(self, visitor, host):
        """Localhost and bare addresses are served."""
        assert visitor.get("/health", headers={"host": host}).status_code == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "http://127.0.0.1:8000"},
            {"origin": "null"},
            {"origin": "file://"},
            {"origin": ""},
            {"origin": "http://["},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
        ],
    )
    def test_other_sites_change_nothing(self, client, services, collection_id, headers):
        """A request that changes something and that another site makes is refused, on every path."""
        record = ready_document(services, collection_id)
        for method, path in (
            ("POST", f"/api/documents?collection={collection_id}"),
            ("DELETE", f"/api/documents/{record.id}"),
            ("POST", "/sign-out"),
            ("POST", "/sign-in"),
            ("POST", "/gradio_api/queue/join"),
        ):
            assert client.request(method, path, headers=headers).status_code == 403
        assert services.catalogue.document(record.id).state == "ready"
        assert client.get("/api/collections").status_code == 200

    def test_our_own_pages_may(self, client):
        """The same request from our own page passes."""
        headers = {"origin": ADDRESS, "sec-fetch-site": "same-origin"}
        assert client.post("/sign-out", headers=headers).status_code == 303

    def test_headers_are_on_every_answer(self, client):
        """Pages, JSON, files and refusals all carry the security headers, and no answer is for other origins."""
        for path in ("/", "/health", "/static/screen.js", "/nowhere", "/theme.css"):
            headers = client.get(path, headers={"origin": "https://evil.example"}).headers
            policy = headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe-eval" not in policy
            assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
            assert "http" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
            assert not [name for name in headers if name.startswith("access-control")]

    def test_a_defect_is_a_hebrew_sentence_with_a_number(self, services, client, collection_id, caplog):
        """An unforeseen error shows no English and no traceback, and its number is in the log."""
        turn_id, _ = cited_turn(services, collection_id)
        with services.engine.begin() as connection:
            connection.execute(sa.text("UPDATE turns SET citations = '{' WHERE id = :id"), {"id": turn_id})
        response = client.get(f"/source/{turn_id}/1")
        assert response.status_code == 500
        sentence = response.json()["message"]
        before, _, after = texts.SERVER_ERROR.partition("{request_id}")
        assert sentence.startswith(before)
        number = sentence.removeprefix(before).removesuffix(after)
        assert f"request {number} failed" in caplog.text
        assert "Traceback" in caplog.text
        assert response.headers["x-frame-options"] == "DENY"

    @pytest.mark.parametrize("path", ["/nowhere", "/source/a/x", "/view/a/1?page=0", "/api/documents"])
    def test_a_wrong_request_is_answered_in_hebrew(self, client, path):
        """What is not there or not valid is a sentence, as JSON for a script and as a page for a person."""
        response = client.get(path)
        assert 400 <= response.status_code < 500
        assert response.json()["message"] in (texts.NOT_FOUND, texts.BAD_REQUEST)
        assert 'dir="rtl"' in client.get(path, headers=PAGE_HTML).text


class TestDocuments:
    def upload(self, client: TestClient, collection_id: str, *files: tuple[str, bytes]):
        return client.post(f"/api/documents?collection={collection_id}", files=[("file", file) for file in files])

    def test_uploads_are_stored_and_queued(self, services, client, collection_id):
        """Every file of a form is on disk as it was sent and waits for the worker; the same bytes are one document."""
        response = self.upload(client, collection_id, ("נוהל.pdf", b"%PDF-1"), ("b.txt", b"x" * 300_000))
        assert response.status_code == 200
        first, second = response.json()["files"]
        assert (first["name"], first["new"], first["error_code"]) == ("נוהל.pdf", True, None)
        assert services.files.original(second["id"]).read_bytes() == b"x" * 300_000
        assert {record.state for record in services.catalogue.documents(collection_id)} == {"queued"}
        again = self.upload(client, collection_id, ("copy.pdf", b"%PDF-1")).json()["files"][0]
        assert (again["id"], again["new"]) == (first["id"], False)

    def test_one_bad_file_does_not_harm_the_others(self, services, client, collection_id):
        """A file over the limit is refused with a Hebrew sentence, its neighbours are taken, nothing is left over."""
        response = self.upload(client, collection_id, ("a", b"1"), ("big", b"x" * (2**20 + 1)), ("c", b"2"))
        assert response.status_code == 200
        assert [file["error_code"] for file in response.json()["files"]] == [None, "too_large", None]
        assert "1 מגה" in response.json()["files"][1]["error"]
        assert len(services.catalogue.documents(collection_id)) == 2
        assert list((services.files.folder / "incoming").iterdir()) == []

    @pytest.mark.parametrize(
        ("name", "content", "status", "code"),
        [("big.pdf", b"x" * (2**20 + 1), 413, "too_large"), ("..", b"x", 400, "empty_name")],
    )
    def test_an_upload_of_which_nothing_was_taken_fails(self, client, collection_id, name, content, status, code):
        """When no file could be taken the status says so, with a sentence to show."""
        response = self.upload(client, collection_id, (name, content))
        assert response.status_code == status
        assert response.json()["files"][0]["error_code"] == code
        assert response.json()["message"]

    def test_rubbish_is_refused(self, client, collection_id):
        """A body that is no form, or an empty one, is a 400 with a sentence."""
        for body, kind in ((b"{}", "application/json"), (b"--x--\r\n", "multipart/form-data; boundary=x")):
            response = client.post(
                f"/api/documents?collection={collection_id}", content=body, headers={"content-type": kind}
            )
            assert response.status_code == 400
            assert response.json()["message"]

    def test_an_upload_that_stalls_is_given_up(self, services, collection_id):
        """A browser that sends half a file and then nothing gets an answer, and its half file is gone."""
        begun = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf'
        waiting = [{"type": "http.request", "body": begun, "more_body": True}]
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/api/documents",
            "query_string": f"collection={collection_id}".encode(),
            "headers": [(b"content-type", b"multipart/form-data; boundary=x")],
            "state": {"account_id": services.accounts.local().id},
        }
        sent = []

        async def receive():
            return waiting.pop() if waiting else await asyncio.sleep(60)

        async def send(event):
            sent.append(event)

        app = FastAPI()
        app.include_router(uploads.routes(services, patience=0.2))
        asyncio.run(app(scope, receive, send))
        assert sent[0]["status"] == 400
        assert list((services.files.folder / "incoming").iterdir()) == []

    def test_an_unknown_collection_is_not_found(self, services, client):
        """Nothing is read or stored for a collection that is not there."""
        assert self.upload(client, "made-up", ("a.txt", b"1")).status_code == 404
        assert not [*(services.files.folder / "incoming").glob("*")]
        assert client.get("/api/documents?collection=made-up").status_code == 404
        assert client.get("/documents/list?collection=made-up").status_code == 404

    def test_a_failed_document_says_why_and_can_be_tried_again(self, services, client, collection_id):
        """The reason is a Hebrew sentence in JSON and in the list; trying again queues the document."""
        document_id = self.upload(client, collection_id, ("<b>x.pdf", b"1")).json()["files"][0]["id"]
        claim(services, document_id, "w")
        services.jobs.finish(document_id, "w", "failed", "encrypted", "needs a password")
        (listed,) = client.get(f"/api/documents?collection={collection_id}").json()
        assert (listed["state"], listed["reason"]) == ("failed", "encrypted")
        assert listed["reason_text"] == texts.REASONS["encrypted"]
        fragment = client.get(f"/documents/list?collection={collection_id}").text
        assert texts.REASONS["encrypted"] in fragment
        assert f'data-collection="{collection_id}"' in fragment
        assert 'data-action="retry"' in fragment
        assert "&lt;b&gt;x.pdf" in fragment
        assert "<b>" not in fragment
        assert client.post(f"/api/documents/{document_id}/retry").status_code == 204
        assert services.catalogue.document(document_id).state == "queued"
        assert 'data-action="retry"' not in client.get(f"/documents/list?collection={collection_id}").text

    def test_the_list_opens_with_the_first_collection(self, services, client):
        """Without being told which, the list shows the oldest collection and names it."""
        first = services.catalogue.collections()[0].id
        assert f'data-collection="{first}"' in client.get("/documents/list").text

    def test_progress_is_shown(self, services, client, collection_id):
        """A document being read shows how many of its pages are done."""
        document_id = self.upload(client, collection_id, ("a.pdf", b"1")).json()["files"][0]["id"]
        claim(services, document_id, "w")
        services.jobs.progress(document_id, "w", "reading", 3, 12)
        fragment = client.get(f"/documents/list?collection={collection_id}").text
        assert 'data-state="reading"' in fragment
        assert '<progress value="3" max="12"' in fragment
        assert texts.PAGES_DONE.format(done=3, total=12) in fragment

    def test_deleting(self, services, client, collection_id):
        """A deleted document leaves the list at once, and its file can no longer be fetched."""
        document_id = self.upload(client, collection_id, ("a.pdf", b"1")).json()["files"][0]["id"]
        assert client.delete(f"/api/documents/{document_id}").status_code == 204
        assert client.get(f"/api/documents?collection={collection_id}").json() == []
        assert client.get(f"/api/documents/{document_id}/original").status_code == 404
        assert client.delete(f"/api/documents/{document_id}").status_code == 404

    def test_the_original_is_a_download(self, client, collection_id):
        """A document is never shown by the browser, whatever it claims to be."""
        content = b"<script>alert(1)</script>"
        document_id = self.upload(client, collection_id, ("דף.html", content)).json()["files"][0]["id"]
        response = client.get(f"/api/documents/{document_id}/original")
        assert response.content == content
        assert response.headers["content-disposition"].startswith("attachment")
        assert response.headers["content-type"] == "application/octet-stream"
        assert response.headers["x-content-type-options"] == "nosniff"


class TestSources:
    def test_a_page_with_paper_shows_boxes(self, services, client, collection_id):
        """A cited page with an image has a box over the cited line, the label and the quote."""
        image = io.BytesIO()
        Image.new("RGB", (60, 80), "white").save(image, "WEBP")
        turn_id, document_id = cited_turn(services, collection_id, image.getvalue())
        fragment = client.get(f"/source/{turn_id}/1").text
        assert 'class="box" id="cited" style="left:' in fragment
        assert texts.PAGE.format(label=1) in fragment
        assert QUOTE in fragment
        address = f"/api/documents/{document_id}/pages/1.webp"
        assert address in fragment
        response = client.get(address)
        assert (response.headers["content-type"], response.content) == ("image/webp", image.getvalue())
        assert client.get(f"/api/documents/{document_id}/pages/2.webp").status_code == 404

    def test_a_page_without_paper_shows_the_text_marked(self, services, client, collection_id):
        """Without an image the text of the page is shown, and exactly the cited characters are marked."""
        turn_id, _ = cited_turn(services, collection_id)
        assert f'<mark id="cited">{QUOTE}</mark>' in client.get(f"/source/{turn_id}/1").text

    def test_it_is_a_page_of_its_own_too(self, services, client, collection_id):
        """The same source opens in a window of its own, right to left."""
        turn_id, _ = cited_turn(services, collection_id)
        page = client.get(f"/view/{turn_id}/1", headers=PAGE_HTML).text
        assert '<html lang="he" dir="rtl">' in page
        assert f'<mark id="cited">{QUOTE}</mark>' in page

    def test_document_text_is_never_html(self, services, client, collection_id):
        """Text, titles and quotes of a document are shown as letters."""
        turn_id, document_id = cited_turn(services, collection_id)
        page = services.passages.page(document_id, 1)
        evil = page.text.replace("סוף", "<img src=x onerror=alert(1)>")
        with services.engine.begin() as connection:
            connection.execute(
                sa.text("UPDATE pages SET text = :t WHERE document_id = :d"), {"t": evil, "d": document_id}
            )
        fragment = client.get(f"/source/{turn_id}/1").text
        assert "&lt;img src=x" in fragment
        assert "<img" not in fragment

    def test_a_passage_that_moved_is_found_again(self, services, client, collection_id):
        """After the document was read anew and its text shifted, the quote is still what is marked."""
        turn_id, document_id = cited_turn(services, collection_id)
        shift = sa.text("UPDATE pages SET text = 'פתיחה חדשה ' || text WHERE document_id = :d")
        with services.engine.begin() as connection:
            connection.execute(shift, {"d": document_id})
        assert f'<mark id="cited">{QUOTE}</mark>' in client.get(f"/source/{turn_id}/1").text

    def test_what_is_not_there_is_not_found(self, services, client, collection_id):
        """Another number, another page, another turn, and a deleted document are 404."""
        turn_id, document_id = cited_turn(services, collection_id)
        for path in (f"/source/{turn_id}/2", f"/source/{turn_id}/1?page=9", "/source/made-up/1"):
            assert client.get(path).status_code == 404
        for path in (f"/source/{turn_id}/1?page={10**30}", f"/api/documents/{document_id}/pages/{10**400}.webp"):
            assert client.get(path).status_code == 422
        services.jobs.request_delete(document_id)
        assert client.get(f"/source/{turn_id}/1").status_code == 404

    def test_anothers_source_is_not_found(self, app, services, collection_id):
        """Who cannot read the conversation cannot read its sources."""
        turn_id, _ = cited_turn(services, collection_id)
        stranger = signed_in(browser(app), services, other_account(services))
        assert stranger.get("/api/collections").status_code == 200
        assert stranger.get(f"/source/{turn_id}/1").status_code == 404
        assert stranger.get(f"/view/{turn_id}/1", headers=PAGE_HTML).status_code == 404


def test_a_restart_closes_what_was_interrupted(app, services):
    """Starting the app ends the answers that a crash left open, and makes the local account."""
    account_id = services.accounts.local().id
    conversation = services.conversations.create(account_id, "")
    turn = services.conversations.add_question(account_id, conversation.id, "?")
    with browser(app):
        assert services.conversations.turn(account_id, turn.id).problem == "interrupted"
