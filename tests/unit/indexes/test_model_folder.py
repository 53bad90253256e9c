import json

import pytest

from indexes.errors import EmbedderUnavailable, StorageFull
from indexes.model_folder import bring_in, check, is_cross_encoder, size_of


@pytest.fixture
def carried(tmp_path):
    """A model as it comes on a disk: more than is needed."""
    folder = tmp_path / "disk" / "tiny-e5"
    for name, content in {
        "config.json": '{"architectures": ["BertModel"]}',
        "modules.json": json.dumps([{"type": "sentence_transformers.models.Transformer"}]),
        "tokenizer.json": "{}",
        "model.safetensors": "x" * 100,
        "pytorch_model.bin": "y" * 1000,
        "1_Pooling/config.json": "{}",
        "onnx/model.onnx": "z" * 1000,
        "onnx/config.json": "{}",
        "README.md": "read me",
        "modeling_own.py": "print('no')",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return folder


def test_only_what_is_needed_is_brought_in(carried, tmp_path):
    """Configuration, vocabulary and safe weights; no pickles, no code, nothing for other libraries."""
    kept = bring_in(carried, tmp_path / "models", "tiny-e5")
    assert kept == tmp_path / "models" / "tiny-e5"
    names = {path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()}
    assert names == {"config.json", "modules.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json"}
    assert size_of(carried) == sum(path.stat().st_size for path in kept.rglob("*") if path.is_file())
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["tiny-e5"]


def test_a_newer_model_takes_the_place_of_the_older(carried, tmp_path):
    """Nothing of the older one stays."""
    bring_in(carried, tmp_path / "models", "tiny-e5")
    (carried / "tokenizer.json").unlink()
    kept = bring_in(carried, tmp_path / "models", "tiny-e5")
    assert not (kept / "tokenizer.json").exists()


def test_pickled_weights_alone_are_refused(carried, tmp_path):
    """With their name and the reason."""
    (carried / "model.safetensors").unlink()
    with pytest.raises(EmbedderUnavailable, match=r"pytorch_model\.bin, which can run code"):
        bring_in(carried, tmp_path / "models", "tiny-e5")
    assert not (tmp_path / "models" / "tiny-e5").exists()


def test_code_of_its_own_is_refused(carried):
    """A module from elsewhere than the library would have to be run."""
    (carried / "modules.json").write_text('[{"type": "modeling_own.Model"}]')
    with pytest.raises(EmbedderUnavailable, match=r"code of its own \(modeling_own\.Model\)"):
        check(carried)


@pytest.mark.parametrize("content", ["", "{}x", "[1]", '[{"path": ""}]'])
def test_a_damaged_list_of_modules_is_reported(carried, content):
    """And no traceback."""
    (carried / "modules.json").write_text(content)
    with pytest.raises(EmbedderUnavailable, match="cannot be read"):
        check(carried)


def test_a_folder_without_a_model_is_reported(tmp_path):
    """It says what is missing."""
    with pytest.raises(EmbedderUnavailable, match="holds no model"):
        check(tmp_path)


def test_a_cross_encoder_is_known_by_its_configuration(carried):
    """It gives one score instead of a vector."""
    assert not is_cross_encoder(carried)
    (carried / "config.json").write_text('{"architectures": ["XLMRobertaForSequenceClassification"]}')
    assert is_cross_encoder(carried)


def test_a_full_disk_is_said_before_anything_is_copied(carried, tmp_path, monkeypatch):
    """Gigabytes are not begun in vain."""
    monkeypatch.setattr("indexes.model_folder._ROOM", 1 << 62)
    with pytest.raises(StorageFull, match="no room for a model"):
        bring_in(carried, tmp_path / "models", "tiny-e5")
    assert list((tmp_path / "models").iterdir()) == []
