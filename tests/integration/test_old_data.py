"""A data folder that the version before teams left (`scripts/make_old_data.py`), used with today's code."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from answers.settings import AnswerSettings
from darash import app
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_search, open_storage
from tests.conftest import ROOT
from tests.database import new_database
from tests.web_parts import PAGE_HTML, app_of, browser, sign_in
from webui.services import Services, open_services
from webui.settings import WebSettings

READY = {
    "נוהל חופשה ללא תשלום.pdf": 4,
    "נוהל הגנת הפרטיות.docx": 1,
    "הנחיות לשעת חירום.txt": 1,
    "הדרכה.zip": 0,
    "מדריך לעובד החדש.md": 1,
    "הספרייה האזורית.html": 1,
}
"""File name -> pages."""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The old folder."""
    with tarfile.open(ROOT / "tests/fixtures/data-0004.tar.xz") as packed:
        packed.extractall(tmp_path, filter="data")
    monkeypatch.delenv("DARASH_DATABASE_URL", raising=False)
    monkeypatch.setenv("DARASH_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def storage(data: Path) -> Iterator[Storage]:
    """It, opened and brought up to date."""
    storage = open_storage(IndexSettings())
    yield storage
    storage.engine.dispose()


@pytest.fixture
def services(storage: Storage) -> Services:
    """The web over it."""
    return open_services(storage, WebSettings(_env_file=None), AnswerSettings(_env_file=None, model_url=""))


@pytest.fixture
def client(services: Services) -> TestClient:
    """A browser of the one who had it to himself."""
    return sign_in(browser(app_of(services)), services)


def test_everything_is_there_and_belongs_to_the_owner(services: Services) -> None:
    """The one account there was is the owner, and the collection is the owner's alone, with every document."""
    owner = services.accounts.owner()
    assert (owner.name, owner.role) == ("local", "owner")
    (collection,) = services.permissions.owned(owner.id)
    assert collection.name == "נהלי המועצה"
    records = services.catalogue.documents(collection.id)
    assert {record.filename: record.pages_total for record in records} == READY
    assert {record.state for record in records} == {"ready"}
    other = services.accounts.create("dana", "דנה", "manager")
    assert services.permissions.readable(other.id) == []
    assert ('חל"ת', "חופשה ללא תשלום") in services.glossaries.pairs(collection.id)


@pytest.mark.parametrize(
    ("question", "filename"),
    [("חל״ת", "נוהל חופשה ללא תשלום.pdf"), ("שעות הפתיחה של הספרייה", "הספרייה האזורית.html")],
)
def test_the_old_index_is_searched(storage: Storage, question: str, filename: str) -> None:
    """What was indexed then is found now, without being read again."""
    (collection,) = storage.catalogue.collections()
    best = open_search(storage).search([collection.id], question, 3)[0]
    assert storage.catalogue.document(best.chunk.document_id).filename == filename


def test_old_answers_and_their_sources_open(services: Services, client: TestClient) -> None:
    """The conversation is in the list, its answers are whole, and each citation opens its page and its original."""
    owner = services.accounts.owner()
    (conversation,) = services.conversations.list(owner.id)
    turns = services.conversations.turns(owner.id, conversation.id)
    assert [turn.role for turn in turns] == ["user", "assistant"] * 2
    assert "21 ימים" in turns[3].said.text
    for turn in (turns[1], turns[3]):
        for citation in turn.said.citations:
            page = client.get(f"/view/{turn.id}/{citation.number}", headers=PAGE_HTML)
            assert (page.status_code, citation.title in page.text) == (200, True)
            original = client.get(f"/api/documents/{citation.document_id}/original")
            assert original.status_code == 200
    (on_paper,) = {each.document_id for each in turns[1].said.citations}
    assert client.get(f"/api/documents/{on_paper}/pages/1.webp").status_code == 200


def test_nothing_is_wrong_with_it(storage: Storage) -> None:
    """`darash verify` finds nothing once today's code has opened the folder."""
    result = CliRunner().invoke(app, ["verify"])
    assert (result.exit_code, result.output) == (0, "nothing is wrong\n")


@pytest.mark.parametrize("after", ["sqlite", "postgresql"])
def test_it_can_be_backed_up_before_it_is_brought_up_to_date(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, after: str
) -> None:
    """A backup of the untouched folder is one of its version; restoring it, anywhere, brings it up to date."""
    runner, before = CliRunner(), (data / "darash.sqlite3").read_bytes()
    assert "start this one once" in runner.invoke(app, ["verify"]).output
    assert runner.invoke(app, ["backup", str(tmp_path / "b.tar")]).exit_code == 0
    assert (data / "darash.sqlite3").read_bytes() == before
    monkeypatch.setenv("DARASH_DATA", str(tmp_path / "new"))
    if after == "postgresql":
        request.getfixturevalue("postgresql")
        monkeypatch.setenv("DARASH_DATABASE_URL", new_database(template="template0"))
    assert "6 documents are back" in runner.invoke(app, ["restore", str(tmp_path / "b.tar")]).output
    assert runner.invoke(app, ["verify"]).output == "nothing is wrong\n"
