import json

import numpy as np
import pytest

from indexes.embedder import open_embedder
from indexes.errors import EmbedderUnavailable
from indexes.index import Embedder
from indexes.static_embedder import SHIPPED, StaticEmbedder


@pytest.fixture(scope="module")
def embedder():
    return open_embedder("static")


def test_the_shipped_embedder_keeps_the_contract(embedder):
    """One row per text, of length 1, in float32, the same every time."""
    checked: Embedder = embedder
    texts = ["הנחה בארנונה לנכים", "שעות הפתיחה של הספרייה", "Gradio"]
    vectors = checked.passages(texts)
    assert vectors.shape == (3, checked.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors[:2], axis=1) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(vectors, StaticEmbedder().passages(texts))
    assert checked.question("הנחה").shape == (1, checked.dimension)
    assert checked.passages([]).shape == (0, checked.dimension)


def test_a_text_is_the_sum_of_its_known_stems(embedder):
    """The slow truth: stems looked up one by one in the file, added, brought to length 1."""
    with np.load(SHIPPED) as file:
        stems = bytes(file["stems"]).decode().split("\n")
        vectors, scales = file["vectors"], file["scales"]
    # two words whose stems are themselves
    total = sum(vectors[stems.index(word)] * np.float32(scales[stems.index(word)]) for word in ("ילד", "ספר"))
    assert embedder.passages(["ילד ספר"])[0] == pytest.approx(total / np.linalg.norm(total), abs=1e-5)


@pytest.mark.parametrize("text", ["", " \n", "?!", "קסטרפלוזמוק"])
def test_a_text_without_known_words_is_nowhere(embedder, text):
    """It gets zeros, which are near nothing, and no division by zero."""
    assert not embedder.passages([text]).any()
    assert not embedder.question(text).any()


def test_question_words_do_not_count(embedder):
    """What is asked about decides, not how it is asked."""
    assert np.array_equal(embedder.question("מהי הארנונה?"), embedder.question("ארנונה"))


def test_near_in_meaning_without_a_common_word(embedder):
    """A question is nearer to the passage about the same thing in other words than to one about something else."""
    question = embedder.question("כמה עולה לרשום ילד לגן?")
    passages = embedder.passages(["שכר לימוד במוסדות החינוך לתלמידים", "שיקום מבנים לאחר רעידת אדמה במדבר"])
    near, far = passages @ question[0]
    assert near > far


def test_the_shipped_model_is_small_and_says_how_it_was_made():
    """At most 8 MB, with its settings beside it; its name changes with its content."""
    assert SHIPPED.stat().st_size <= 8 * 2**20
    settings = json.loads(SHIPPED.with_suffix(".json").read_text(encoding="utf-8"))
    assert settings["dimension"] == StaticEmbedder().dimension
    assert {"seed", "steps", "source", "folding"} <= settings.keys()
    assert StaticEmbedder().name.startswith("static-he-")


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut", b"not a model"])
def test_a_missing_or_damaged_model_file_is_reported(tmp_path, content):
    """The message names the file and what to do."""
    path = tmp_path / "model.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EmbedderUnavailable, match="install Darash again"):
        StaticEmbedder(path)


def test_a_model_with_code_inside_is_refused(tmp_path):
    """An array of Python objects would run code when read; it is not read."""
    path = tmp_path / "model.npz"
    objects = np.array([print], dtype=object)
    np.savez(path, stems=objects, vectors=objects, scales=objects)
    with pytest.raises(EmbedderUnavailable):
        StaticEmbedder(path)
