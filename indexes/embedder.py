"""Which embedder a name means. Knows nothing of what embedders do."""

from indexes.index import Embedder
from indexes.static_embedder import StaticEmbedder
from indexes.transformer_embedder import TransformerEmbedder

STATIC = "static"


def open_embedder(name: str) -> Embedder:
    """`static` is the embedder that ships with Darash; another name is a sentence-transformers model.

    Such a model is a local folder, or a name on the hub, which the library downloads once unless it is offline.
    Raises `EmbedderUnavailable`, saying what to install or to correct.
    """
    return StaticEmbedder() if name == STATIC else TransformerEmbedder(name)
