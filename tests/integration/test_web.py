"""The web app as a whole: signing in, what is refused, uploads, sources. Real database, real screen, no model."""

import asyncio
import io
import re
from dataclasses import replace

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from PIL import Image
from starlette.testclient import TestClient

from answers.answer import Answer
from answers.serving.pool import open_model
from answers.settings import AnswerSettings
from indexes.accept import accept
from indexes.database import new_id, now
from indexes.page import Page, Place
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
    new_collection,
    ready_document,
)
from tests.web_parts import sign_in as signed_in
from webui.accounts.account import accounts
from webui.accounts.sessions import COOKIE
from webui.api import uploads
from webui.screen.isolation import isolated_name
from webui.services import Services
from webui.texts import document_texts, texts

CLOSED = [
    "/",
    "/config",
    "/api/collections",
    "/api/documents?collection=x",
    "/documents/list",
    "/documents/x/check",
    "/glossary/x",
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


@pytest.fixture
def collection_id(services: Services) -> str:
    """An empty collection."""
    return new_collection(services, new_id()).id


def other_account(services: Services) -> str:
    with services.engine.begin() as connection:
        account_id = new_id()
        connection.execute(accounts.insert().values(id=account_id, name=account_id, created_at=now()))
    return account_id


def cited_turn(services: Services, collection_id: str, image: bytes = b"") -> tuple[str, str]:
    """The ids of a turn with one citation, and of the document it cites."""
    account_id = services.accounts.owner().id
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

    def test_health_says_how_the_model_servers_are(self, services):
        """Somebody signed in learns which of them answers and what is wrong with the others."""
        model = open_model(AnswerSettings(_env_file=None, model_url="http://127.0.0.1:9"))
        with signed_in(browser(app_of(replace(services, model=model))), services) as client:
            found = client.get("/health").json()["model"]
            assert found["servers"] == [{"url": "http://127.0.0.1:9", "problem": "model_unavailable", "busy": 0}]
            assert (found["mode"], found["waiting"]) == ("model", 0)

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
        link = services.links.new(services.accounts.owner().id, ADDRESS)
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
        token = services.links.new(services.accounts.owner().id, "").partition("token=")[2]
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
            {"origin": "null", "sec-fetch-site": "cross-site"},
            {"origin": "null", "sec-fetch-site": "same-site"},
        ],
    )
    def test_other_sites_change_nothing(self, client, services, collection_id, headers):
        """A request that changes something and that another site makes is refused, on every path."""
        record = ready_document(services, collection_id)
        for method, path in (
            ("POST", f"/api/documents?collection={collection_id}"),
            ("DELETE", f"/api/documents/{record.id}"),
            ("POST", f"/api/documents/{record.id}/pause"),
            ("POST", f"/api/collections/{collection_id}/cancel"),
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
            assert "default-src 'none'" in policy
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
        page = client.get(path, headers=PAGE_HTML).text
        assert 'dir="rtl"' in page
        assert texts.BACK_TO_TALK in page


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
            "state": {"account_id": services.accounts.owner().id},
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
        services.jobs.finish(document_id, "w", "failed", "timed_out", "too slow")
        (listed,) = client.get(f"/api/documents?collection={collection_id}").json()
        assert (listed["state"], listed["reason"]) == ("failed", "timed_out")
        assert listed["reason_text"] == document_texts.REASONS["timed_out"]
        fragment = client.get(f"/documents/list?collection={collection_id}").text
        assert document_texts.REASONS["timed_out"] in fragment
        assert f'data-collection="{collection_id}"' in fragment
        assert 'data-action="retry"' in fragment
        assert "&lt;b&gt;x.pdf" in fragment
        assert "<b>" not in fragment
        assert client.post(f"/api/documents/{document_id}/retry").status_code == 204
        assert services.catalogue.document(document_id).state == "queued"
        assert 'data-action="retry"' not in client.get(f"/documents/list?collection={collection_id}").text

    def test_what_cannot_help_is_not_offered(self, services, client, collection_id):
        """A file that needs a password fails again however often it is read: it can be replaced, not tried again."""
        document_id = self.upload(client, collection_id, ("a.pdf", b"1")).json()["files"][0]["id"]
        claim(services, document_id, "w")
        services.jobs.finish(document_id, "w", "failed", "encrypted", "needs a password")
        fragment = client.get(f"/documents/list?collection={collection_id}").text
        assert 'data-action="retry"' not in fragment
        assert 'data-action="replace"' in fragment
        response = client.post(f"/api/documents/{document_id}/retry")
        assert (response.status_code, response.json()["message"]) == (409, document_texts.STATE_CHANGED)

    def test_a_document_can_be_held_and_go_on(self, services, client, collection_id):
        """Pausing takes a document out of the queue and resuming puts it back; what comes too late is told."""
        document_id = self.upload(client, collection_id, ("a.pdf", b"1")).json()["files"][0]["id"]
        assert client.post(f"/api/documents/{document_id}/resume").status_code == 409
        assert client.post(f"/api/documents/{document_id}/pause").status_code == 204
        assert services.catalogue.document(document_id).state == "paused"
        fragment = client.get(f"/documents/list?collection={collection_id}").text
        assert document_texts.STATES["paused"] in fragment
        assert 'data-action="resume"' in fragment
        assert client.post(f"/api/documents/{document_id}/resume").status_code == 204
        assert services.catalogue.document(document_id).state == "queued"
        assert client.post(f"/api/documents/{document_id}/explode").status_code == 422

    def test_all_that_waits_can_be_held_and_cancelled(self, services, client, collection_id):
        """Buttons for the whole collection hold, continue and cancel what waits, and touch nothing that is ready."""
        ready = ready_document(services, collection_id)
        self.upload(client, collection_id, ("a", b"1"), ("b", b"2"))
        address = f"/api/collections/{collection_id}"
        assert client.post(f"{address}/pause").json() == {"count": 2}
        assert 'data-all="resume"' in client.get(f"/documents/list?collection={collection_id}").text
        assert client.post(f"{address}/resume").json() == {"count": 2}
        assert client.post(f"{address}/cancel").json() == {"count": 2}
        assert [record.id for record in services.catalogue.documents(collection_id)] == [ready.id]

    def test_nobody_changes_what_they_may_not(self, app, services, client, collection_id, monkeypatch):
        """Every route asks whether the account may change the collection, and answers as if there were nothing."""
        record = ready_document(services, collection_id)
        stranger = signed_in(browser(app), services, other_account(services))
        monkeypatch.setattr(services.permissions, "writable", lambda _account_id: [])
        for path in (
            f"documents/{record.id}/pause",
            f"documents/{record.id}/retry",
            f"collections/{collection_id}/cancel",
        ):
            assert stranger.post(f"/api/{path}").status_code == 404
        assert stranger.delete(f"/api/documents/{record.id}").status_code == 404
        assert self.upload(stranger, collection_id, ("a", b"1")).status_code == 404
        monkeypatch.setattr(services.permissions, "readable", lambda _account_id: [])
        for path in (f"/documents/{record.id}/check", f"/api/documents/{record.id}/original"):
            assert stranger.get(path).status_code == 404
        assert services.catalogue.document(record.id).state == "ready"

    @pytest.mark.parametrize(
        ("sent", "name", "path"),
        [
            ("תיקייה/דו\"ח 'סופי'.pdf", "דו\"ח 'סופי'.pdf", "תיקייה/דו\"ח 'סופי'.pdf"),
            ("../../etc/<b>x</b>.pdf", "b>.pdf", "etc/<b>x</b>.pdf"),
            ("a\u202e/\u2067fdp.exe", "fdp.exe", "a/fdp.exe"),
            ("C:\\נהלים\\א.docx", "א.docx", "C:/נהלים/א.docx"),
            ("א.txt", "א.txt", ""),
        ],
    )
    def test_a_path_is_kept_and_shown_and_harmless(self, services, client, collection_id, sent, name, path):
        """Folders of an uploaded file stay with it as text, whatever its name tries."""
        form = {"data": {"path": sent}, "files": {"file": ("ignored", collection_id.encode())}}
        (file,) = client.post(f"/api/documents?collection={collection_id}", **form).json()["files"]
        record = services.catalogue.document(file["id"])
        assert (record.filename, record.path.split(" (")[0]) == (name, path)
        assert services.files.original(record.id).is_file()
        fragment = client.get(f"/documents/list?collection={collection_id}").text
        assert "<b>x" not in fragment
        assert not set("\u202e\u2067") & set(fragment)
        if path:
            assert document_texts.FOLDER in fragment
        original = client.get(f"/api/documents/{record.id}/original")
        assert original.headers["content-disposition"].startswith("attachment")

    def test_names_from_elsewhere_are_shown_without_tricks(self, services, client, collection_id):
        """A name that came through the command line or out of an archive cannot turn the list around."""
        accept(services.catalogue, services.files, collection_id, "x\u202efdp.exe", [b"1"], 99, path="\u202eא/x")
        fragment = client.get(f"/documents/list?collection={collection_id}").text
        assert "xfdp.exe" in fragment
        assert "\u202e" not in fragment

    def test_a_new_version_keeps_its_folder(self, services, client, collection_id):
        """A file uploaded in the place of another one says so, is shown to replace it, and lies where it lay."""
        old = ready_document(services, collection_id)
        with services.engine.begin() as connection:
            connection.execute(sa.text("UPDATE documents SET path = 'אגף/אגרות.pdf' WHERE id = :i"), {"i": old.id})
        address = f"/api/documents?collection={collection_id}&replaces={old.id}"
        (file,) = client.post(address, files={"file": ("אגרות 2027.pdf", b"%PDF new")}).json()["files"]
        record = services.catalogue.document(file["id"])
        assert (record.replaces, record.path) == (old.id, "אגף/אגרות 2027.pdf")
        assert document_texts.REPLACES in client.get(f"/documents/list?collection={collection_id}").text
        other = new_collection(services, new_id()).id
        for wrong in (f"collection={other}&replaces={old.id}", f"collection={collection_id}&replaces=made-up"):
            assert client.post(f"/api/documents?{wrong}", files={"file": ("x", b"2")}).status_code == 404

    def test_parts_stand_under_their_document(self, services, client, collection_id):
        """Files inside a mail or an archive are shown under it, and have a list of their own."""
        parent = ready_document(services, collection_id)
        kept = (services.catalogue, services.files, collection_id, "נספח.txt", [b"1"], 99)
        child, _ = accept(*kept, path=f"{parent.filename}/נספחים/נספח.txt", parent_id=parent.id)
        with services.engine.begin() as connection:  # as `Jobs.finish` does with what is found inside
            connection.execute(
                sa.text("UPDATE documents SET parent_id = :p WHERE id = :i"), {"p": parent.id, "i": child.id}
            )
        fragment = client.get(f"/documents/list?collection={collection_id}").text
        assert fragment.index(parent.id) < fragment.index(f'depth-1" data-document="{child.id}"')
        assert document_texts.PARTS_ONE in fragment
        assert f'{document_texts.FOLDER} <bdi dir="rtl">נספחים</bdi></span>' in fragment
        inside = client.get(f"/documents/list?collection={collection_id}&parent={parent.id}").text
        assert f'depth-0" data-document="{child.id}"' in inside
        assert f'data-document="{parent.id}"' not in inside
        found = client.get(f"/documents/list?collection={collection_id}&name=נספח").text
        assert f"{document_texts.INSIDE} {isolated_name(parent.filename)}" in found
        assert 'data-action="replace"' not in inside

    def test_a_long_list_is_drawn_in_parts(self, services, client, collection_id):
        """Of 300 documents a page of the list draws fifty, says so, and the filter finds any of them."""
        for number in range(300):
            services.catalogue.add_document(new_id(), collection_id, f"מסמך {number}.pdf", new_id(), 1)
        address = f"/documents/list?collection={collection_id}"
        first = client.get(address).text
        assert first.count('class="document ') == 50
        assert document_texts.ROWS_SHOWN.format(first=1, last=50, total=300) in first
        assert 'data-first="50"' in first
        assert client.get(f"{address}&first=250").text.count('class="document ') == 50
        assert client.get(f"{address}&name=מסמך 287.").text.count('class="document ') == 1
        assert document_texts.NO_MATCH in client.get(f"{address}&name=אין כזה").text
        assert client.get(f"{address}&first=-1").status_code == 422

    def test_progress_is_shown(self, services, client, collection_id):
        """A document being read shows how many of its pages are done."""
        document_id = self.upload(client, collection_id, ("a.pdf", b"1")).json()["files"][0]["id"]
        claim(services, document_id, "w")
        services.jobs.progress(document_id, "w", "reading", 3, 12)
        fragment = client.get(f"/documents/list?collection={collection_id}").text
        assert 'data-state="reading"' in fragment
        assert '<progress value="3" max="12"' in fragment
        assert document_texts.PAGES_DONE.format(done=3, total=12) in fragment

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
        assert '<rect class="cited" x="' in fragment
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
        assert f'<mark class="cited">{QUOTE}</mark>' in client.get(f"/source/{turn_id}/1").text

    def test_it_is_a_page_of_its_own_too(self, services, client, collection_id):
        """The same source opens in a window of its own, right to left."""
        turn_id, _ = cited_turn(services, collection_id)
        page = client.get(f"/view/{turn_id}/1", headers=PAGE_HTML).text
        assert '<html lang="he" dir="rtl"' in page
        assert f'<mark class="cited">{QUOTE}</mark>' in page

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
        assert f'<mark class="cited">{QUOTE}</mark>' in client.get(f"/source/{turn_id}/1").text

    def test_what_is_not_there_is_not_found(self, services, client, collection_id):
        """Another number, another page and another turn are 404."""
        turn_id, document_id = cited_turn(services, collection_id)
        for path in (f"/source/{turn_id}/2", f"/source/{turn_id}/1?page=9", "/source/made-up/1"):
            assert client.get(path).status_code == 404
        for path in (f"/source/{turn_id}/1?page={10**30}", f"/api/documents/{document_id}/pages/{10**400}.webp"):
            assert client.get(path).status_code == 422

    def test_a_citation_of_a_deleted_document_keeps_its_quote(self, services, client, collection_id):
        """The panel and the window show what was quoted and say that the document is gone; nothing of it is linked."""
        turn_id, document_id = cited_turn(services, collection_id)
        services.jobs.request_delete(document_id)
        for path in (f"/source/{turn_id}/1", f"/view/{turn_id}/1", f"/source/{turn_id}/1?page=1"):
            response = client.get(path, headers=PAGE_HTML)
            assert response.status_code == 200
            assert texts.SOURCE_GONE in response.text
            assert QUOTE in response.text
            assert document_id not in response.text

    def test_a_citation_of_a_replaced_document_leads_to_the_new_version(self, services, client, collection_id):
        """The old quote stands there with a link to the document that took the old one's place."""
        turn_id, document_id = cited_turn(services, collection_id)
        version, _ = accept(
            services.catalogue, services.files, collection_id, "אגרות.pdf", [b"%PDF 2"], 99, replaces=document_id
        )
        claim(services, version.id, "w")
        services.jobs.finish(version.id, "w", "ready")
        fragment = client.get(f"/source/{turn_id}/1").text
        assert texts.SOURCE_REPLACED in fragment
        assert QUOTE in fragment
        assert f"/documents/{version.id}/check" in fragment

    def test_a_citation_of_a_page_that_is_gone_keeps_its_quote(self, services, client, collection_id):
        """A document that was read anew with fewer pages still shows what was quoted."""
        turn_id, document_id = cited_turn(services, collection_id)
        services.passages.store(document_id, [], [])
        fragment = client.get(f"/source/{turn_id}/1").text
        assert texts.SOURCE_MOVED in fragment
        assert QUOTE in fragment

    def test_how_a_page_was_read_is_said_with_its_source(self, services, client, collection_id):
        """A cited page that was scanned, or is of low quality, says what that means."""
        turn_id, document_id = cited_turn(services, collection_id)
        codes = '["read_from_scan", "low_quality"]'
        with services.engine.begin() as connection:
            connection.execute(
                sa.text("UPDATE pages SET warnings = :w WHERE document_id = :d"), {"w": codes, "d": document_id}
            )
        fragment = client.get(f"/source/{turn_id}/1").text
        for code in ("read_from_scan", "low_quality"):
            assert document_texts.PAGE_NOTES[code] in fragment

    def test_anothers_source_is_not_found(self, app, services, collection_id):
        """Who cannot read the conversation cannot read its sources."""
        turn_id, _ = cited_turn(services, collection_id)
        stranger = signed_in(browser(app), services, other_account(services))
        assert stranger.get("/api/collections").status_code == 200
        assert stranger.get(f"/source/{turn_id}/1").status_code == 404
        assert stranger.get(f"/view/{turn_id}/1", headers=PAGE_HTML).status_code == 404


class TestChecking:
    def page_image(self) -> bytes:
        image = io.BytesIO()
        Image.new("RGB", (60, 80), "white").save(image, "WEBP")
        return image.getvalue()

    def test_the_text_stands_beside_the_page(self, services, client, collection_id):
        """The check shows the image, every word with its box, and how good the text is; without inline scripts."""
        record = ready_document(services, collection_id, self.page_image())
        page = client.get(f"/documents/{record.id}/check").text
        assert f"/api/documents/{record.id}/pages/1.webp" in page
        assert page.count("data-box=") == len(QUOTE.split())
        assert document_texts.VERDICTS["good"] in page
        assert re.search(r'<script type="module" src="/static/\w+/check.js"></script>', page)
        assert re.findall(r"<script(?![^>]* src=)", page) == []

    def test_without_an_image_the_text_stands_alone(self, services, client, collection_id):
        """A format without paper shows the text, without words to press; what it says is never HTML."""
        record = ready_document(services, collection_id)
        evil = Page(1, "<img src=x onerror=alert(1)>\nשורה", place=Place("text"))
        services.passages.store(record.id, [evil], [])
        page = client.get(f"/documents/{record.id}/check").text
        assert "&lt;img src=x" in page
        assert "<img" not in page
        assert "data-box" not in page

    def test_a_sheet_is_a_table_with_its_row_numbers(self, services, client, collection_id):
        """Rows of a sheet keep their numbers and their cells, in the direction of the text."""
        record = ready_document(services, collection_id)
        sheet = Page(1, "שם | סכום\n\nארנונה | 1,250", place=Place("sheet", "תעריפים", 4))
        services.passages.store(record.id, [sheet], [])
        page = client.get(f"/documents/{record.id}/check").text
        assert '<table dir="rtl">' in page
        assert '<th scope="row">6</th><td><bdi dir="rtl">ארנונה</bdi></td><td><bdi dir="rtl">1,250</bdi></td>' in page
        assert "גיליון תעריפים" in page

    def test_doubtful_pages_are_listed_and_led_to(self, services, client, collection_id):
        """Pages with warnings are named, linked, and explained; the next one is a press away."""
        record = ready_document(services, collection_id)
        warned = {2: ("low_quality",), 5: ("read_from_scan",), 7: ("unmapped_characters",)}
        pages = [Page(number, f"עמוד {number}", warnings=warned.get(number, ())) for number in range(1, 9)]
        services.passages.store(record.id, pages, [])
        address = f"/documents/{record.id}/check"
        page = client.get(f"{address}?page=2").text
        assert document_texts.VERDICTS["poor"] in page
        assert document_texts.PAGE_NOTES["low_quality"] in page
        assert f'<a class="doubtful" href="{address}?page=7">' in page
        assert f'href="{address}?page=5"' not in page
        assert f'href="{address}?page=1"' in page
        assert f'href="{address}?page=3"' in page
        assert document_texts.CHECK_SCANNED in client.get(f"{address}?page=5").text
        assert client.get(f"{address}?page=9").status_code == 404
        assert client.get(f"{address}?page=0").status_code == 422

    def test_what_is_not_read_yet_cannot_be_checked(self, services, client, collection_id):
        """A document that waits says so; one that does not exist is not found."""
        record, _ = accept(services.catalogue, services.files, collection_id, "a", [collection_id.encode()], 99)
        page = client.get(f"/documents/{record.id}/check", headers=PAGE_HTML)
        assert document_texts.CHECK_NOT_READY in page.text
        assert client.get("/documents/made-up/check").status_code == 404


def test_a_restart_closes_what_was_interrupted(app, services):
    """Starting the app ends the answers that a crash left open, and makes the local account."""
    account_id = services.accounts.owner().id
    conversation = services.conversations.create(account_id, "")
    turn = services.conversations.add_question(account_id, conversation.id, "?")
    with browser(app):
        assert services.conversations.turn(account_id, turn.id).said.problem == "interrupted"
