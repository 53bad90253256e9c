import json

import numpy as np
import pytest
from tokenizers import Tokenizer

from hebrew.tokens import tokens
from indexes.errors import EmbedderUnavailable
from indexes.index import Embedder
from indexes.static_embedder import SHIPPED, StaticEmbedder, fold


@pytest.fixture(scope="module")
def embedder():
    return StaticEmbedder()


def by_hand(text):
    """The slow truth: tokens looked up one by one in the file, added, brought to length 1."""
    with np.load(SHIPPED) as file:
        tokenizer = Tokenizer.from_buffer(bytes(file["tokenizer"]))
        vectors, scales = file["vectors"], file["scales"]
    total = sum(
        vectors[token] * np.float32(scales[token])
        for word in fold(tokens(text)).split()
        for token in tokenizer.encode(word, add_special_tokens=False).ids
    )
    return total / np.linalg.norm(total)


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


def test_a_text_is_the_sum_of_its_tokens(embedder):
    """However many texts are embedded at once, each gets the sum of its own tokens."""
    texts = ["ילד קורא ספר", "מזג האוויר בירושלים", "העירייה הודיעה על הנחות"] * 100
    vectors = embedder.passages(texts)
    for row, text in enumerate(texts[:3]):
        assert vectors[row] == pytest.approx(by_hand(text), abs=1e-5)
        assert vectors[row + 297] == pytest.approx(vectors[row], abs=1e-6)


def test_a_word_that_is_not_in_the_table_is_read_in_pieces(embedder):
    """A rare form is near the word that it begins with."""
    word, form = embedder.passages(["פסנתר", "פסנתרנטיהם"])
    assert word @ form > 0.5


@pytest.mark.parametrize("text", ["", " \n", "?!", "zqxjkvw"])
def test_a_text_without_known_words_is_nowhere(embedder, text):
    """It gets zeros, which are near nothing, and no division by zero."""
    assert not embedder.passages([text]).any()
    assert not embedder.question(text).any()


def test_question_words_do_not_count(embedder):
    """What is asked about decides, not how it is asked."""
    assert np.array_equal(embedder.question("מהי הארנונה?"), embedder.question("ארנונה"))


def test_prefixes_points_and_final_letters_do_not_count(embedder):
    """The same word in another writing has the same vector."""
    plain, prefixed, pointed = embedder.passages(["שולחן", "והשולחן", "שׁוּלְחָן"])
    assert prefixed == pytest.approx(plain, abs=1e-6)
    assert pointed == pytest.approx(plain, abs=1e-6)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("כמה עולה לרשום ילד לגן?", "שכר לימוד במוסדות החינוך לתלמידים", "שיקום מבנים לאחר רעידת אדמה במדבר"),
        ("רופא", "בית חולים ומרפאה", "הרכבת יוצאת מהתחנה"),
        ("קיצבה לקשישים", "גמלאות לאזרחים ותיקים", "מערכת ההפעלה של המחשב"),
    ],
)
def test_near_in_meaning_without_a_common_word(embedder, question, near, far):
    """A question is nearer to the passage about the same thing in other words than to one about something else."""
    of_near, of_far = embedder.passages([near, far]) @ embedder.question(question)[0]
    assert of_near > of_far


def test_the_shipped_model_is_small_and_says_how_it_was_made():
    """At most 16 MB, with its settings beside it; its name changes with its content."""
    assert SHIPPED.stat().st_size <= 16_000_000
    settings = json.loads(SHIPPED.with_suffix(".json").read_text(encoding="utf-8"))
    assert settings["dimensions"][0] == StaticEmbedder().dimension
    assert {"seed", "steps", "source", "folding", "losses"} <= settings.keys()
    assert StaticEmbedder().name.startswith("static-he-")


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 cut", b"not a model"])
def test_a_missing_or_damaged_model_file_is_reported(tmp_path, content):
    """The message names the file and what to do."""
    path = tmp_path / "model.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EmbedderUnavailable, match="install Darash again"):
        StaticEmbedder(path)


def test_a_model_without_a_tokenizer_is_reported(tmp_path):
    """Bytes that are no tokenizer, and a file of another version of Darash."""
    path = tmp_path / "model.npz"
    arrays = {"vectors": np.zeros((1, 2), np.int8), "scales": np.zeros(1, np.float16)}
    for names in ({}, {"tokenizer": np.frombuffer(b"{}", np.uint8)}):
        np.savez(path, **arrays, **names)
        with pytest.raises(EmbedderUnavailable, match="install Darash again"):
            StaticEmbedder(path)


def test_a_model_with_code_inside_is_refused(tmp_path):
    """An array of Python objects would run code when read; it is not read."""
    path = tmp_path / "model.npz"
    objects = np.array([print], dtype=object)
    np.savez(path, tokenizer=objects, vectors=objects, scales=objects)
    with pytest.raises(EmbedderUnavailable):
        StaticEmbedder(path)
