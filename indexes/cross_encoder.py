"""A second opinion on the best passages: models that read question and passage together. Knows nothing of indexes.

Two kinds: a sentence-transformers `CrossEncoder` (extra `models`), and a server's `/v1/rerank` as vLLM, Jina and
Cohere serve it.
"""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import numpy.typing as npt

from indexes.endpoint import Endpoint, Patience, is_address
from indexes.errors import CrossEncoderUnavailable
from indexes.index import CrossEncoder

BATCH = 16
WAIT = Patience(connect=2, answer=15, pauses=(0.2,))
"""Somebody waits for the answer, and the passages are there without it."""

Scores = npt.NDArray[np.float32]


def open_cross_encoder(name: str, api_key: str = "") -> CrossEncoder:
    """The cross-encoder of that name: an address (`http://host:port/v1#model`), a folder or a name on the hub.

    A model is loaded at once, a server asked when there is something to score.
    Raises `CrossEncoderUnavailable`.
    """
    return EndpointCrossEncoder(name, api_key) if is_address(name) else TransformerCrossEncoder(name)


class EndpointCrossEncoder:
    """Implements `CrossEncoder` by a server. Any number of threads may share it."""

    def __init__(self, address: str, api_key: str = "", transport: httpx.BaseTransport | None = None) -> None:
        self.name = address
        self._endpoint = Endpoint(address, api_key, CrossEncoderUnavailable, transport)

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """One score per text, the higher the better. Raises `CrossEncoderUnavailable`."""
        if not texts:
            return np.zeros(0, np.float32)
        reply = self._endpoint.post("/rerank", {"query": question, "documents": list(texts), "top_n": len(texts)}, WAIT)
        try:
            pairs = [(int(entry["index"]), float(entry["relevance_score"])) for entry in reply["results"]]  # type: ignore[attr-defined]
        except (KeyError, TypeError, ValueError) as error:
            raise self._endpoint.refused("does not answer as /rerank should") from error
        if sorted(at for at, _ in pairs) != list(range(len(texts))):
            raise self._endpoint.refused(f"scored {len(pairs)} passages of {len(texts)}")
        scores = np.empty(len(texts), np.float32)
        for at, score in pairs:
            scores[at] = score
        return scores


class TransformerCrossEncoder:
    """Implements `CrossEncoder` by a sentence-transformers model. Threads may share it; they take turns."""

    def __init__(self, model: str) -> None:
        """Loads a model by its folder or its name on the hub. Raises `CrossEncoderUnavailable`."""
        self.name = model
        self._model = _load(model)
        self._turn = threading.Lock()  # the tokenisers of the library must not be used by two threads at once

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """One score per text, the higher the better. What is longer than the model reads is cut off by it."""
        if not texts:
            return np.zeros(0, np.float32)
        with self._turn:
            scores = self._model.predict(
                [(question, text) for text in texts], batch_size=BATCH, show_progress_bar=False
            )
        return np.ascontiguousarray(scores, np.float32)


def _load(model: str) -> Any:  # noqa: ANN401 - the library is not here when the types are checked
    try:
        from sentence_transformers import CrossEncoder as Library  # noqa: PLC0415 - brings torch, and may be missing
    except ImportError as error:
        raise CrossEncoderUnavailable(
            f"the cross-encoder {model!r} needs the extra 'models': pip install 'darash[models]' ({error})"
        ) from error
    folder = Path(model).expanduser()
    if not folder.is_dir() and (model.startswith((".", "~", os.sep)) or model.count("/") > 1):
        raise CrossEncoderUnavailable(f"the cross-encoder {model!r} is not a folder here; correct DARASH_CROSS_ENCODER")
    try:
        loaded = Library(str(folder), local_files_only=True) if folder.is_dir() else Library(model)
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        raise CrossEncoderUnavailable(f"the cross-encoder {model!r} cannot be loaded: {error}") from error
    trained_for = " ".join(getattr(loaded.config, "architectures", None) or ())
    if not ("SequenceClassification" in trained_for or "CausalLM" in trained_for):
        # The library would make up a last layer by chance.
        raise CrossEncoderUnavailable(f"the model {model!r} is no cross-encoder ({trained_for})")
    if loaded.num_labels != 1:
        raise CrossEncoderUnavailable(f"{model!r} gives {loaded.num_labels} scores for a passage; a cross-encoder one")
    return loaded
