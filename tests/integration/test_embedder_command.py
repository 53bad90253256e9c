"""`darash embedder` in the light installation, over a data folder with a document."""

import json

import pytest
from typer.testing import CliRunner

from darash import app
from indexes.settings import IndexSettings
from indexes.storage import open_indexes, open_storage


@pytest.fixture
def darash(tmp_path, monkeypatch):
    """Runs a command; gives its exit code and what it printed."""
    monkeypatch.setenv("DARASH_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def run(*words):
        result = CliRunner().invoke(app, list(words))
        return result.exit_code, result.output

    return run


def test_the_list_names_every_model_with_its_terms(darash):
    """What is chosen, what it costs, what it may be used for."""
    code, said = darash("embedder", "list")
    assert code == 0
    assert "static                         ships with Darash [chosen]" in said
    for name in ("multilingual-e5-base", "bge-m3", "embeddinggemma-300m", "qwen3-embedding-0.6b", "bge-reranker-v2-m3"):
        assert name in said
    assert "Gemma terms of use" in said
    assert "which Darash does not execute" in said


def test_a_model_in_the_folder_is_listed_and_can_be_chosen_only_where_it_can_be_loaded(darash, tmp_path):
    """Without the extra the message says what to install, and the choice stays."""
    (tmp_path / "data" / "models" / "mine").mkdir(parents=True)
    assert "mine                           brought in from a folder [installed]" in darash("embedder", "list")[1]
    code, said = darash("embedder", "use", "mine")
    assert code == 1
    assert "pip install 'darash[models]'" in said
    assert not (tmp_path / "data" / "embedder.json").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("no-such-model", "no folder here and no model known by that name"),
        ("neodictabert-bilingual-embed", "code of its own"),
        ("bge-m3", r"pip install 'darash[models]'"),
    ],
)
def test_what_cannot_be_installed_is_said_before_anything_is_fetched(darash, tmp_path, source, said):
    """In one sentence, without a traceback."""
    code, output = darash("embedder", "install", source, "--yes")
    assert code == 1
    assert said in output
    assert not list((tmp_path / "data" / "models").glob("*"))


def test_the_status_tells_how_far_each_collection_is(darash, tmp_path):
    """Documents are read with the chosen embedder, and the status says so."""
    (tmp_path / "נוהל.txt").write_text("הנחה בארנונה תינתן לאזרח ותיק.", "utf-8")
    assert darash("ingest", str(tmp_path / "נוהל.txt"), "--collection", "נהלים")[0] == 0
    code, said = darash("embedder", "status")
    assert code == 0
    assert "static-he-" in said
    assert "as delivered" in said
    assert "נהלים: up to date" in said


def test_a_choice_that_is_gone_can_be_taken_back(darash, tmp_path, monkeypatch):
    """The commands that need it say so; the one that changes it works."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "embedder.json").write_text('{"embedder": "gone"}')
    code, said = darash("ask", "כמה?")
    assert code == 1
    assert "'gone'" in said
    monkeypatch.setattr("darash.embedding.WORKER_SECONDS", 0)
    assert darash("embedder", "use", "static")[0] == 0
    assert "static-he-" in darash("embedder", "status")[1]


def test_the_shipped_embedder_takes_over_again(darash, tmp_path, monkeypatch):
    """An index made by something that is gone gets the shipped embedder's vectors at once."""
    (tmp_path / "נוהל.txt").write_text("הנחה בארנונה תינתן לאזרח ותיק.", "utf-8")
    darash("ingest", str(tmp_path / "נוהל.txt"), "--collection", "נהלים")
    storage = open_storage(IndexSettings())
    (collection,) = storage.catalogue.collections()
    path = tmp_path / "data" / "indexes" / collection.id / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"embedder": "gone@12345678"}))
    assert "0 of 1 passages" in darash("embedder", "status")[1]
    assert "searched with gone@12345678" in darash("doctor")[1]
    monkeypatch.setattr("darash.embedding.WORKER_SECONDS", 0)
    code, said = darash("embedder", "use", "static")
    assert code == 0
    assert "1 of 1 passages" in said
    assert open_indexes(storage).progress(collection.id).embedder.startswith("static-he-")
    assert "chosen by `darash embedder`" in darash("embedder", "status")[1]
