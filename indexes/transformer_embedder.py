"""Any sentence-transformers model as an embedder. The only file that imports that library (extra `models`).

Knows nothing of indexes. The library is loaded when a model is, because it brings torch.
"""

import hashlib
import logging
import os
import re
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexes.errors import EmbedderUnavailable
from indexes.index import Vectors
from indexes.recommended import find

log = logging.getLogger(__name__)

BATCH = 32
QUESTION_PROMPTS = ("query", "question")
PASSAGE_PROMPTS = ("passage", "document", "corpus")
"""What models call the words they expect before a text."""

GUESS = 0.5
"""How much the meaning half counts with a model that nobody has measured."""

_E5 = re.compile(r"(^|[-_])e5-(small|base|large)(-v2)?$")
_E5_PROMPTS = {"query": "query: ", "passage": "passage: "}
"""E5 models were trained with these, but most of them do not say so (Wang et al. 2024, arXiv 2402.05672)."""
WEIGHTS = ".safetensors"
"""The one format of weights that is loaded: others are pickles, and loading those can run code."""
_EDGE = 1 << 16


class TransformerEmbedder:
    """Implements `Embedder`. Threads may share it; they take turns."""

    def __init__(self, model: str, *, download: bool = True) -> None:
        """Loads a model by its folder or its name on the hub. Raises `EmbedderUnavailable`."""
        began = time.monotonic()
        log.info("loading the embedder %s", model)
        self._model, self.name = _load(model, download)
        known = find(model)
        self.weight = known.weight if known else GUESS
        own = {name: prompt for name, prompt in self._model.prompts.items() if prompt}
        listed = {"query": known.question, "passage": known.passage} if known else {}
        prompts = own or listed or (_E5_PROMPTS if _E5.search(Path(model).name.lower()) else {})
        self._before_question = _first(prompts, QUESTION_PROMPTS)
        self._before_passage = _first(prompts, PASSAGE_PROMPTS)
        self._turn = threading.Lock()  # the tokenisers of the library must not be used by two threads at once
        self.dimension = 0
        self.dimension = self.question("").shape[1]
        log.info("loaded %s in %.1f s: %d numbers a passage", self.name, time.monotonic() - began, self.dimension)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages; what is longer than the model reads is cut off by it."""
        return self._embed(list(texts), self._before_passage)

    def question(self, text: str) -> Vectors:
        """The vector of a question: shape (1, dimension)."""
        return self._embed([text], self._before_question)

    def unknown(self, texts: Sequence[str]) -> float:
        """Which part of the tokens of these texts the model does not know, 0 to 1."""
        tokenizer = self._model.tokenizer
        unknown = getattr(tokenizer, "unk_token_id", None)
        if unknown is None:
            return 0.0
        with self._turn:
            read = [token for text in texts for token in tokenizer(text, add_special_tokens=False)["input_ids"]]
        return read.count(unknown) / max(1, len(read))

    def _embed(self, texts: list[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        with self._turn:
            vectors = self._model.encode(
                texts, prompt=prompt, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
        return np.ascontiguousarray(vectors, np.float32)


def name_of_folder(folder: Path) -> str:
    """What a model in a folder writes into manifests: it changes when the weights do. Loads nothing."""
    return f"{folder.name}@{_fingerprint(folder)}"


def _load(model: str, download: bool) -> tuple[Any, str]:
    """The library's model, and a name that changes when the model does."""
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - brings torch, and may be missing
    except ImportError as error:
        raise EmbedderUnavailable(
            f"the embedder {model!r} needs the extra 'models': pip install 'darash[models]' ({error})"
        ) from error
    folder = Path(model).expanduser()
    if not folder.is_dir() and (model.startswith((".", "~", os.sep)) or model.count("/") != 1):
        raise EmbedderUnavailable(f"the embedder {model!r} is not a folder here; see `darash embedder list`")
    safely = {"trust_remote_code": False, "model_kwargs": {"use_safetensors": True}}
    try:
        if folder.is_dir():
            return SentenceTransformer(str(folder), local_files_only=True, **safely), name_of_folder(folder)
        loaded = SentenceTransformer(model, local_files_only=not download, **safely)
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        raise EmbedderUnavailable(f"the embedder {model!r} cannot be loaded: {error}") from error
    configuration = getattr(getattr(loaded[0], "auto_model", None), "config", None)
    revision = getattr(configuration, "_commit_hash", None)
    return loaded, f"{model}@{revision[:12]}" if revision else model


def _fingerprint(folder: Path) -> str:
    """Eight digits that tell models in folders of one name apart: from the size and both ends of each weights file."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix == WEIGHTS):
        size = path.stat().st_size
        with path.open("rb") as file:
            digest.update(f"{size} ".encode() + file.read(_EDGE))
            file.seek(max(0, size - _EDGE))
            digest.update(file.read(_EDGE))
    return digest.hexdigest()[:8]


def _first(prompts: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((prompts[name] for name in names if name in prompts), "")
