"""Which embedder a name means: opens it. Knows nothing of what embedders do."""

import importlib.util
import os
from pathlib import Path

from indexes.endpoint import is_address
from indexes.endpoint_embedder import EndpointEmbedder
from indexes.errors import EmbedderUnavailable
from indexes.index import Embedder
from indexes.recommended import prompts
from indexes.static_embedder import StaticEmbedder
from indexes.transformer_embedder import TransformerEmbedder

STATIC = "static"
STATIC_NAME = "static-"
"""How the name begins that the shipped embedder, of whatever version, writes into manifests."""


def open_embedder(name: str, api_key: str = "", *, download: bool = True) -> Embedder:
    """`static` is the embedder that ships with Darash; an address is a server; else a sentence-transformers model.

    Such a model is a folder, or a name on the hub, which the library downloads once unless it is offline or `download`
    is False. Raises `EmbedderUnavailable`, saying what to install or to correct.
    """
    if name == STATIC:
        return StaticEmbedder()
    if is_address(name):
        return EndpointEmbedder(name, api_key, prompts)
    return TransformerEmbedder(name, download=download)


def check_embedder(name: str) -> None:
    """Raises `EmbedderUnavailable` where it is plain, without opening it, that it cannot be opened."""
    if name == STATIC or is_address(name):
        return
    is_on_hub = name.count("/") == 1 and not name.startswith((".", "~", os.sep))
    if not is_on_hub and not Path(name).expanduser().is_dir():
        raise EmbedderUnavailable(f"the embedder {name!r} is not a folder here; see `darash embedder list`")
    if importlib.util.find_spec("sentence_transformers") is None:
        raise EmbedderUnavailable(f"the embedder {name!r} needs the extra 'models': pip install 'darash[models]'")
