"""The embedder that ships with Darash: a table of word vectors, read by numpy and `tokenizers` alone.

A text is the sum of the vectors of its words without their prefixes, brought to length 1; a word that the table does
not have is the sum of its pieces. The table was learned by `scripts/train_static_embedder.py`; how much a word weighs
is the length of its vector. sentence-transformers gives the same vectors (`StaticEmbedding` over the same table and
tokenizer, then `Normalize`) for a text that went through `fold`. Knows nothing of indexes.
"""

import hashlib
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from hebrew.folding import strip_prefix
from hebrew.tokens import question_tokens, tokens
from indexes.errors import EmbedderUnavailable
from indexes.index import Vectors

SHIPPED = Path(__file__).parent / "models" / "static_he.npz"

_BATCH = 256
"""Texts summed at once: the vectors of all their words are in memory together."""


class StaticEmbedder:
    """Implements `Embedder` over a model file.

    It holds `tokenizer` (a `tokenizers` file in JSON, as bytes), `vectors` (int8, a row per token) and `scales` (what
    each row is multiplied by).
    """

    weight = 0.0
    """It is heard only where words do not cover a question (`indexes.fusion`): elsewhere it would do harm."""

    def __init__(self, path: Path = SHIPPED) -> None:
        """Reads the model. Raises `EmbedderUnavailable` when the file is missing or damaged."""
        try:
            content = path.read_bytes()
            with np.load(BytesIO(content), allow_pickle=False) as file:
                self._tokenizer = Tokenizer.from_buffer(bytes(file["tokenizer"]))
                self._table = file["vectors"].astype(np.float32) * file["scales"].astype(np.float32)[:, None]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise EmbedderUnavailable(f"{path} cannot be read; install Darash again ({error})") from error
        self.name = f"static-he-{hashlib.sha256(content).hexdigest()[:8]}"
        self.dimension = int(self._table.shape[1])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages; all zero for a text without a known word."""
        return self._embed([fold(tokens(text)) for text in texts])

    def question(self, text: str) -> Vectors:
        """The vector of a question, its question words left out: shape (1, dimension)."""
        return self._embed([fold(question_tokens(text))])

    def _embed(self, folded: Sequence[str]) -> Vectors:
        result = np.zeros((len(folded), self.dimension), np.float32)
        for start in range(0, len(folded), _BATCH):
            encoded = self._tokenizer.encode_batch_fast(list(folded[start : start + _BATCH]), add_special_tokens=False)
            for row, encoding in enumerate(encoded, start):
                total = self._table[encoding.ids].sum(axis=0)
                result[row] = total / max(float(np.linalg.norm(total)), 1e-9)
        return result


def fold(words: Sequence[str]) -> str:
    """What the tokenizer is given for folded surface tokens: each without its prefix, one blank between two."""
    return " ".join(map(strip_prefix, words))
