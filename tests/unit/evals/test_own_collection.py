import json

import pytest

from evals.own_collection import open_collection
from evals.retrieval import main
from indexes.chunk import Chunk, Span
from indexes.errors import NotFound
from indexes.local import LocalIndex, index_folder
from indexes.settings import IndexSettings
from indexes.static_embedder import StaticEmbedder
from indexes.storage import open_storage

TEXTS = ("עובד רשאי לצאת לחופשה לאחר אישור הממונה.", "ימי חופשה שלא נוצלו נצברים משנה לשנה.")


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder with a collection of one document, titled otherwise than its file is called."""
    monkeypatch.setenv("DARASH_DATA", str(tmp_path))
    storage = open_storage(IndexSettings(data=tmp_path))
    collection_id = storage.catalogue.collection_named("נהלים").id
    storage.catalogue.add_document("d1", collection_id, "חופשות 2024.pdf", "sha", 1)
    chunks = [
        Chunk(f"c{n}", "d1", collection_id, "נוהל חופשות", (), (Span(1, 1000 * n, 1000 * n + len(text)),), text)
        for n, text in enumerate(TEXTS)
    ]
    storage.passages.store("d1", [], chunks)
    LocalIndex(index_folder(tmp_path, collection_id), StaticEmbedder()).add("d1", chunks)
    return tmp_path


def test_a_collection_is_asked_as_darash_asks_it(data):
    """Hits come with the title and the file name of their document."""
    ask, documents = open_collection("נהלים", IndexSettings(data=data))
    found = ask("מי מאשר חופשה?")
    assert documents == 1
    assert (found[0].title, found[0].filename) == ("נוהל חופשות", "חופשות 2024.pdf")


def test_an_unknown_collection_is_said_with_those_there_are(data):
    """So that a slip of the pen is seen."""
    with pytest.raises(NotFound, match="נהלים"):
        open_collection("נוהלים", IndexSettings(data=data))


def test_own_questions_are_put_to_the_collection(data, tmp_path, capsys):
    """By file name or title, with or without a piece of the text; what is not there counts as not found."""
    asked = [
        {"question": "מי מאשר חופשה?", "document": "חופשות 2024.pdf"},
        {"question": "מי מאשר חופשה?", "document": "נוהל חופשות", "passage": "לאחר אישור הממונה"},
        {"question": "מי מאשר חופשה?", "document": "נוהל אגרות"},
    ]
    mine, out = tmp_path / "mine.jsonl", tmp_path / "out.json"
    mine.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    assert main(["--questions", str(mine), "--collection", "נהלים", "--json", str(out)]) == 0
    (found,) = json.loads(out.read_text(encoding="utf-8"))["configurations"]
    assert found["metrics"]["recall@10"] == pytest.approx(200 / 3, abs=0.001)
    assert "Darash" in capsys.readouterr().out


def test_other_options_do_not_go_with_a_collection(data, tmp_path):
    """Its documents are the pool; the usage is printed."""
    with pytest.raises(SystemExit):
        main(["--questions", str(tmp_path), "--collection", "נהלים", "--pool", str(tmp_path)])
