"""Runs where sentence-transformers is (extra `models`); needs no other part of Darash's installation than numpy."""

import importlib.util

import numpy as np
import pytest
from tokenizers import Tokenizer

from hebrew.tokens import question_tokens, tokens
from indexes.static_embedder import SHIPPED, StaticEmbedder, fold

needs_library = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None,
    reason="NOT RUN: sentence-transformers is not installed; make test-vllm runs these",
)
# Loading torch and its friends warns about things of their own.
pytestmark = pytest.mark.filterwarnings("default")

TEXTS = [
    "הנחה בארנונה לנכים ולאזרחים ותיקים",
    "אמא שלי השתחררה מבית החולים",
    'עו"ד כהן הגיש את התביעה ב-12.3.2019, לפי חוק התשל"ג',
    "Gradio 5.1 בעברית",
    "קסטרפלוזמוק",
    "",
]


@needs_library
def test_sentence_transformers_gives_the_same_vectors():
    """Its `StaticEmbedding` over the shipped table and tokenizer agrees with numpy, for passages and questions."""
    library = pytest.importorskip("sentence_transformers")
    modules = pytest.importorskip("sentence_transformers.sentence_transformer.modules")
    with np.load(SHIPPED) as file:
        tokenizer = Tokenizer.from_buffer(bytes(file["tokenizer"]))
        table = file["vectors"].astype(np.float32) * file["scales"].astype(np.float32)[:, None]
    static = modules.StaticEmbedding(tokenizer, embedding_weights=table)
    model = library.SentenceTransformer(modules=[static, modules.Normalize()], device="cpu")
    embedder = StaticEmbedder()
    expected = model.encode([fold(tokens(text)) for text in TEXTS])
    assert embedder.passages(TEXTS) == pytest.approx(expected, abs=1e-5)
    expected = model.encode([fold(question_tokens(TEXTS[1]))])
    assert embedder.question(TEXTS[1]) == pytest.approx(expected, abs=1e-5)
