"""Bringing a model into the folder of models: from the hub, or from a folder that somebody carried here on a disk.

The only file that asks the hub. Knows nothing of what a model does; that it is safe to load, it checks: weights in the
safetensors format, which holds numbers and nothing else, and no Python code that the model would need to run.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from indexes.errors import EmbedderUnavailable, StorageFull
from indexes.recommended import Recommended
from indexes.transformer_embedder import WEIGHTS

PICKLES = (".bin", ".pt", ".pth", ".pkl", ".ckpt")
"""Weights in Python's own format, which can run code when they are loaded."""
NEEDED = (".json", ".txt", ".model", ".jinja", WEIGHTS)
"""What a model is made of: configuration, vocabulary, weights. Nothing else is brought in."""
_ELSEWHERE = ("onnx", "openvino", ".cache")
"""Folders with the same model for other libraries."""
_LIBRARY = "sentence_transformers."
_ROOM = 1 << 30
"""Bytes that have to stay free on the disk."""


def bring_in(source: Path, models: Path, name: str) -> Path:
    """Copies the model in the folder `source` into `models`, in place of one of that name.

    Returns where it lies. Raises `EmbedderUnavailable`, `StorageFull`.
    """
    check(source)
    files = list(_needed(source))
    _check_room(models, sum(file.stat().st_size for file in files))
    fresh = models / f"{name}.part"
    shutil.rmtree(fresh, ignore_errors=True)
    for file in files:
        target = fresh / file.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    return _in_place(fresh, models / name)


def download(model: Recommended, models: Path) -> Path:
    """Fetches a model from the hub into `models`. One that was cut off is gone on with.

    Returns where it lies. Raises `EmbedderUnavailable`, `StorageFull`.
    """
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - takes a second, and is seldom needed
    from huggingface_hub.errors import HfHubHTTPError  # noqa: PLC0415

    # What its HTTP library raises when a connection breaks; which library that is differs between versions.
    failures: tuple[type[Exception], ...] = (OSError, ValueError, *HfHubHTTPError.__bases__)
    fresh = models / f"{model.name}.part"
    _check_room(models, int(model.size_gb * 1e9))
    try:
        snapshot_download(
            model.hub_id,
            revision=model.revision,
            local_dir=fresh,
            allow_patterns=[f"*{ending}" for ending in NEEDED],
            ignore_patterns=[f"{folder}/*" for folder in _ELSEWHERE],
        )
    except failures as error:
        why = " ".join(str(error).split())  # the client writes several lines
        elsewhere = f"hf download {model.hub_id} --revision {model.revision} --local-dir {model.name}"
        raise EmbedderUnavailable(
            f"{model.hub_id} cannot be fetched from the hub. Without a network: fetch it elsewhere with `{elsewhere}`, "
            f"bring the folder here, and give its path to `darash embedder install`. The hub's client says: {why}"
        ) from error
    check(fresh)
    shutil.rmtree(fresh / ".cache", ignore_errors=True)
    return _in_place(fresh, models / model.name)


def check(folder: Path) -> None:
    """Raises `EmbedderUnavailable` unless the folder holds a model that can be loaded without risk."""
    if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
        raise EmbedderUnavailable(f"{folder} holds no model: it has neither config.json nor modules.json")
    own = [kind for kind in _modules(folder) if not kind.startswith(_LIBRARY)]
    if own:
        raise EmbedderUnavailable(f"{folder} needs Python code of its own ({own[0]}), which Darash does not run")
    if not any(path.suffix == WEIGHTS for path in _needed(folder)):
        pickled = next((path.name for path in folder.rglob("*") if path.suffix in PICKLES), "")
        why = f"only {pickled}, which can run code when it is loaded" if pickled else "none at all"
        raise EmbedderUnavailable(f"{folder} has no weights in the safetensors format: {why}")


def is_cross_encoder(folder: Path) -> bool:
    """Whether the model reads a question and a passage together, and so gives no vectors."""
    try:
        kinds = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("architectures") or [""]
    except (OSError, ValueError, AttributeError):
        return False
    return str(kinds[0]).endswith("ForSequenceClassification")


def size_of(folder: Path) -> int:
    """The bytes of what would be brought in from a folder."""
    return sum(file.stat().st_size for file in _needed(folder))


def _needed(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and path.suffix in NEEDED and inside.parts[0] not in _ELSEWHERE:
            yield path


def _modules(folder: Path) -> list[str]:
    """The classes that the model is put together of, as it says itself."""
    try:
        listed = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return [str(module["type"]) for module in listed]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EmbedderUnavailable(f"{folder / 'modules.json'} cannot be read: {error}") from error


def _check_room(models: Path, size: int) -> None:
    models.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(models).free < size + _ROOM:
        raise StorageFull(f"no room for a model of {size / 1e9:.1f} GB in {models}")


def _in_place(fresh: Path, target: Path) -> Path:
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return target
