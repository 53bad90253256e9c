"""Runs where sentence-transformers is (extra `models`); needs no more of Darash's installation than numpy and httpx."""

import importlib.util
import threading

import numpy as np
import pytest

from indexes.cross_encoder import open_cross_encoder
from indexes.errors import CrossEncoderUnavailable

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("sentence_transformers") is None,
        reason="NOT RUN: sentence-transformers is not installed; make test-vllm runs these",
    ),
    # Loading torch and its friends warns about things of their own.
    pytest.mark.filterwarnings("default"),
]

WORDS = ["ארנונה", "הנחה", "מים", "נכים", "תעריף", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
TEXTS = ["הנחה ארנונה", "תעריף מים", "נכים", "הנחה"] * 10


def save_model(path, labels=1, kind="BertForSequenceClassification"):
    """Writes a tiny BERT with random weights, saved as people save models."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    torch.manual_seed(0)
    raw = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    raw.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    raw.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[(word, WORDS.index(word)) for word in ("[CLS]", "[SEP]")],
    )
    special = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")}
    transformers.PreTrainedTokenizerFast(tokenizer_object=raw, model_max_length=32, **special).save_pretrained(path)
    shape = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    configuration = transformers.BertConfig(
        vocab_size=len(WORDS),
        max_position_embeddings=32,
        pad_token_id=WORDS.index("[PAD]"),
        num_labels=labels,
        initializer_range=0.5,
        **shape,
    )
    getattr(transformers, kind)(configuration).save_pretrained(path)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return save_model(tmp_path_factory.mktemp("models") / "tiny-reranker")


def test_a_local_model_scores_as_it_does_alone(folder):
    """One score per text in their order, the same as the library gives, whatever the batches are."""
    library = pytest.importorskip("sentence_transformers")
    plain = library.CrossEncoder(str(folder), local_files_only=True)
    scores = open_cross_encoder(str(folder)).scores("ארנונה", TEXTS)
    assert scores.dtype == np.float32
    assert scores.shape == (len(TEXTS),)
    assert np.ptp(scores) > 0.001
    assert scores == pytest.approx([float(plain.predict([("ארנונה", text)])[0]) for text in TEXTS], abs=1e-5)


def test_long_passages_are_cut_and_nothing_is_nothing(folder):
    """What the model cannot read is left out; no texts have no scores."""
    opened = open_cross_encoder(str(folder))
    assert opened.scores("ארנונה", ["מים " * 500]).shape == (1,)
    assert opened.scores("ארנונה", []).shape == (0,)


def test_threads_may_share_a_model(folder):
    """Questions of several people at once get the scores they get alone."""
    opened = open_cross_encoder(str(folder))
    alone, results = opened.scores("ארנונה", TEXTS[:4]), []
    threads = [
        threading.Thread(target=lambda: results.extend(opened.scores("ארנונה", TEXTS[:4]) for _ in range(5)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 20
    assert all(result == pytest.approx(alone, abs=1e-5) for result in results)


def test_a_model_that_sorts_into_classes_is_refused(tmp_path):
    """Several numbers for a passage are no order of passages."""
    with pytest.raises(CrossEncoderUnavailable, match="3 scores"):
        open_cross_encoder(str(save_model(tmp_path / "classes", labels=3)))


def test_an_embedding_model_is_no_cross_encoder(tmp_path):
    """The library would put random weights where the score should come from."""
    with pytest.raises(CrossEncoderUnavailable, match="no cross-encoder"):
        open_cross_encoder(str(save_model(tmp_path / "plain", kind="BertModel")))


@pytest.mark.parametrize("name", ["./no/such/model", "/no/such/model", "~/no-such-model"])
def test_a_folder_that_is_not_there_is_not_looked_for_on_the_network(name):
    """What looks like a path is a path."""
    with pytest.raises(CrossEncoderUnavailable, match="not a folder"):
        open_cross_encoder(name)


def test_a_folder_without_a_model_is_reported(tmp_path):
    """The message names the model asked for."""
    with pytest.raises(CrossEncoderUnavailable, match="cannot be loaded"):
        open_cross_encoder(str(tmp_path))
