"""`darash search`: passages of real files as the command prints them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from darash import app
from indexes.settings import IndexSettings
from indexes.storage import open_storage
from webui.texts import glossary_texts

BENEFITS = "פנסיונר של העירייה זכאי לתו חניה שנתי בחינם. המוסד לביטוח לאומי (המל״ל) משלם קצבה."


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with two documents, and a pair in the glossary."""
    monkeypatch.setenv("DARASH_DATA", str(tmp_path / "data"))
    for name, text in {"הטבות.txt": BENEFITS, "חופשה.txt": "עובד זכאי לחופשה שנתית של 12 ימים."}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert CliRunner().invoke(app, ["ingest", str(tmp_path / name)]).exit_code == 0
    storage = open_storage(IndexSettings())
    storage.glossaries.add(storage.catalogue.collections()[0].id, ("גמלאי", "פנסיונר"), "")
    return tmp_path / "data"


@pytest.mark.usefixtures("data")
def test_search_explains_what_it_found() -> None:
    """The best passage stands first, with its place and score, the words that matched, and the parts of the score."""
    printed = CliRunner().invoke(app, ["search", "מה מגיע לגמלאים?", "--explain"]).stdout
    assert printed.startswith("1. הטבות (")
    assert f"לגמלאים: פנסיונר ({glossary_texts.FORMS['glossary']})" in printed
    assert glossary_texts.PARTS["words"] in printed
    assert glossary_texts.FORMS["glossary"] not in CliRunner().invoke(app, ["search", "מה מגיע לגמלאים?"]).stdout


@pytest.mark.usefixtures("data")
def test_search_prints_json() -> None:
    """As JSON there is everything: the passage, its place, its parts, its matches; at most as many as asked for."""
    (hit,) = json.loads(CliRunner().invoke(app, ["search", "חופשה", "--json", "--limit", "1"]).stdout)
    assert (hit["place"], hit["chunk"]["title"]) == ("חופשה", "חופשה")
    assert hit["parts"]["words"] > 0
    match = next(match for match in hit["matches"] if match["where"] == "text")
    assert hit["chunk"]["text"][match["start"] : match["end"]] == match["text"] == "לחופשה"


@pytest.mark.usefixtures("data")
def test_search_says_what_it_lacks() -> None:
    """An unknown collection is an error that names those there are; Hebrew typed in English is read as Hebrew."""
    result = CliRunner().invoke(app, ["search", "חופשה", "--collection", "אין"])
    assert result.exit_code == 1
    collection = open_storage(IndexSettings()).catalogue.collections()[0].name
    assert "1. חופשה" in CliRunner().invoke(app, ["search", "jupav", "--collection", collection]).stdout


@pytest.mark.usefixtures("data")
def test_reindex_fills_glossaries() -> None:
    """A collection from before glossaries gets what its documents define; what people wrote stays."""
    storage = open_storage(IndexSettings())
    collection_id = storage.catalogue.collections()[0].id
    for record in storage.catalogue.documents(collection_id):
        storage.glossaries.store(record.id, collection_id, [])
    assert storage.glossaries.pairs(collection_id) == (("גמלאי", "פנסיונר"),)
    assert CliRunner().invoke(app, ["reindex"]).exit_code == 0
    assert set(storage.glossaries.pairs(collection_id)) == {("גמלאי", "פנסיונר"), ('מל"ל', "המוסד לביטוח לאומי")}
