"""Runs where sentence-transformers is (extra `models`); needs no other part of Darash's installation than numpy."""

import importlib.util
import json
import threading

import numpy as np
import pytest

from indexes.embedder import open_embedder
from indexes.errors import EmbedderUnavailable
from indexes.model_folder import bring_in
from indexes.selftest import self_test
from indexes.transformer_embedder import name_of_folder

HERE = importlib.util.find_spec("sentence_transformers") is not None
needs_library = pytest.mark.skipif(
    not HERE, reason="NOT RUN: sentence-transformers is not installed; make test-vllm runs these"
)
# Loading torch and its friends warns about things of their own.
pytestmark = pytest.mark.filterwarnings("default")

WORDS = [
    "ארנונה",
    "הנחה",
    "מים",
    "נכים",
    "תעריף",
    "query",
    "passage",
    ":",
    "!",
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
]
TEXTS = ["הנחה ארנונה", "תעריף מים", "נכים", "הנחה"] * 20


def plain_model(folder):
    """The same model without Darash around it."""
    library = pytest.importorskip("sentence_transformers")
    return library.SentenceTransformer(str(folder), local_files_only=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A tiny BERT with random weights, saved as people save models."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("models") / "tiny-e5-small"
    raw = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    raw.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    raw.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[(word, WORDS.index(word)) for word in ("[CLS]", "[SEP]")]
    )
    special = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")}
    transformers.PreTrainedTokenizerFast(tokenizer_object=raw, model_max_length=32, **special).save_pretrained(path)
    shape = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    configuration = transformers.BertConfig(
        vocab_size=len(WORDS), max_position_embeddings=32, pad_token_id=WORDS.index("[PAD]"), **shape
    )
    transformers.BertModel(configuration).save_pretrained(path)
    return path


@needs_library
def test_a_local_model_keeps_the_contract(folder):
    """Rows of length 1 in the order of the texts, whatever the batches are."""
    embedder = open_embedder(str(folder))
    vectors = embedder.passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension) == (len(TEXTS), 16)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors == pytest.approx(np.concatenate([embedder.passages([text]) for text in TEXTS]), abs=1e-5)
    assert embedder.question("ארנונה").shape == (1, 16)
    assert embedder.passages([]).shape == (0, 16)
    assert not np.allclose(vectors[0], vectors[1])


@needs_library
def test_e5_models_get_their_prompts(folder):
    """The words that E5 was trained with go before questions and passages."""
    embedder = open_embedder(str(folder))
    plain = plain_model(folder)
    expected = plain.encode(["query: ארנונה", "passage: ארנונה"], normalize_embeddings=True)
    assert embedder.question("ארנונה")[0] == pytest.approx(expected[0], abs=1e-5)
    assert embedder.passages(["ארנונה"])[0] == pytest.approx(expected[1], abs=1e-5)


@needs_library
def test_the_prompts_of_the_model_itself_come_first(folder, tmp_path):
    """A model that was saved with prompts is asked with those."""
    plain = plain_model(folder)
    plain.prompts = {"query": "! ", "document": ""}
    plain.save(str(tmp_path / "e5-small"))
    plain.prompts = {}
    embedder = open_embedder(str(tmp_path / "e5-small"))
    expected = plain.encode(["! ארנונה", "ארנונה"], normalize_embeddings=True)
    assert embedder.question("ארנונה")[0] == pytest.approx(expected[0], abs=1e-5)
    assert embedder.passages(["ארנונה"])[0] == pytest.approx(expected[1], abs=1e-5)


@needs_library
def test_the_name_changes_with_the_weights(folder, tmp_path):
    """Two models in folders of the same name are told apart, so that their vectors are never mixed."""
    other = tmp_path / folder.name
    model = plain_model(folder)
    for parameter in model.parameters():
        parameter.data += 0.1
    model.save(str(other))
    first, again, changed = (open_embedder(str(path)).name for path in (folder, folder, other))
    assert first == again
    assert first.startswith("tiny-e5-small@")
    assert changed.startswith("tiny-e5-small@")
    assert first != changed


@needs_library
def test_threads_may_share_a_model(folder):
    """Questions of several people at once get the vectors they get alone."""
    embedder = open_embedder(str(folder))
    alone = embedder.question("ארנונה")
    results = []
    threads = [
        threading.Thread(target=lambda: results.extend(embedder.question("ארנונה") for _ in range(10)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 40
    assert all(result == pytest.approx(alone, abs=1e-5) for result in results)


@needs_library
@pytest.mark.parametrize("name", ["./no/such/model", "/no/such/model", "~/no-such-model"])
def test_a_folder_that_is_not_there_is_not_looked_for_on_the_network(name):
    """What looks like a path is a path."""
    with pytest.raises(EmbedderUnavailable, match="not a folder"):
        open_embedder(name)


@needs_library
def test_a_folder_without_a_model_is_reported(tmp_path):
    """The message names the embedder asked for."""
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        open_embedder(str(tmp_path))


@needs_library
def test_the_name_of_a_folder_is_known_before_the_model_is_loaded(folder):
    """So that an idle worker need not load a model to see that nothing is to be done."""
    assert name_of_folder(folder) == open_embedder(str(folder)).name


@needs_library
def test_a_model_that_was_brought_in_is_the_same_model(folder, tmp_path):
    """What is left behind was not needed."""
    kept = bring_in(folder, tmp_path / "models", folder.name)
    here, there = open_embedder(str(kept)), open_embedder(str(folder))
    assert here.name == there.name
    assert here.passages(TEXTS) == pytest.approx(there.passages(TEXTS), abs=1e-6)


@needs_library
def test_a_model_that_does_not_know_hebrew_fails_the_self_test(folder):
    """A model of five Hebrew words has the unknown token for nearly all others."""
    embedder = open_embedder(str(folder))
    assert embedder.unknown(["ארנונה הנחה"]) == 0
    assert embedder.unknown(["ארנונה שמורה"]) == 0.5
    with pytest.raises(EmbedderUnavailable, match="mostly the unknown one"):
        self_test(embedder, seconds=0)


@needs_library
def test_pickled_weights_are_not_loaded(folder, tmp_path):
    """Also where the folder was not brought in by us."""
    torch = pytest.importorskip("torch")
    for path in folder.iterdir():
        if path.suffix != ".safetensors":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    torch.save({}, tmp_path / "pytorch_model.bin")
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        open_embedder(str(tmp_path))


@needs_library
def test_code_of_the_model_is_not_run(folder, tmp_path):
    """A model that brings its own code is refused, and the code stays untouched."""
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    configuration = json.loads((folder / "config.json").read_text())
    own = {"model_type": "own", "auto_map": {"AutoConfig": "own.Config", "AutoModel": "own.Model"}}
    (tmp_path / "config.json").write_text(json.dumps(configuration | own))
    (tmp_path / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        open_embedder(str(tmp_path))
    assert not (tmp_path / "ran").exists()


@needs_library
def test_a_name_of_the_table_brings_its_prompts_and_weight(folder, tmp_path):
    """Where the model says nothing itself."""
    kept = bring_in(folder, tmp_path, "embeddinggemma-300m")
    embedder = open_embedder(str(kept))
    expected = plain_model(folder).encode(["task: search result | query: ארנונה"], normalize_embeddings=True)
    assert embedder.question("ארנונה")[0] == pytest.approx(expected[0], abs=1e-5)


@pytest.mark.skipif(HERE, reason="sentence-transformers is installed")
def test_without_the_library_the_message_names_the_extra():
    """Asking for a model in the light installation says what to install."""
    with pytest.raises(EmbedderUnavailable, match=r"pip install 'darash\[models\]'"):
        open_embedder("intfloat/multilingual-e5-base")
