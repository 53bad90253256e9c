"""The embedder that ships with Darash: a table of word vectors, read by numpy and `tokenizers` alone.

A text is the sum of the vectors of its words without their prefixes, brought to length 1; a word that the table does
not have is the sum of its pieces. The table was learned by `scripts/train_static_embedder.py`; how much a word weighs
is the length of its vector. sentence-transformers gives the same vectors (`StaticEmbedding` over the same table and
tokenizer, then `Normalize`) for a text that went through `fold`. Knows nothing of indexes.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import chain
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from hebrew.folding import strip_prefix
from hebrew.tokens import question_tokens, tokens
from indexes.errors import EmbedderUnavailable
from indexes.index import Vectors

SHIPPED = Path(__file__).parent / "models" / "static_he.npz"

_CACHED_WORDS = 1 << 16
"""Words whose pieces are remembered: most words of the next text have been read before."""


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
                self._table, self._scales = file["vectors"], file["scales"].astype(np.float32)
                self.dimension = int(self._table.shape[1])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise EmbedderUnavailable(f"{path} cannot be read; install Darash again ({error})") from error
        self._pieces = lru_cache(_CACHED_WORDS)(self._read)
        self.name = f"static-he-{hashlib.sha256(content).hexdigest()[:8]}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages; all zero for a text without a known word."""
        result = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            result[row] = self._sum(tokens(text))
        return result

    def question(self, text: str) -> Vectors:
        """The vector of a question, its question words left out: shape (1, dimension)."""
        return self._sum(question_tokens(text))[None]

    def _sum(self, words: Iterable[str]) -> Vectors:
        """The vector of a text out of its tokens: shape (dimension,)."""
        rows = np.array(list(chain.from_iterable(map(self._pieces, words))), np.int64)
        total = self._scales[rows] @ self._table[rows].astype(np.float32)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)

    def _read(self, word: str) -> list[int]:
        """The rows of the table that stand for a token."""
        pieces: list[int] = self._tokenizer.encode(fold([word]), add_special_tokens=False).ids
        return pieces


def fold(words: Sequence[str]) -> str:
    """What the tokenizer is given for folded surface tokens: each without its prefix, one blank between two."""
    return " ".join(map(strip_prefix, words))
