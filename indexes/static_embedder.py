"""The embedder that ships with Darash: a table of word vectors, read by numpy alone.

A text is the sum of the vectors of its word stems, brought to length 1. The table was learned by
`scripts/train_static_embedder.py`; how much a word weighs is the length of its vector. Knows nothing of indexes.
"""

import hashlib
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np

from hebrew.folding import stem
from hebrew.tokens import question_tokens, tokens
from indexes.errors import EmbedderUnavailable
from indexes.index import Vectors

SHIPPED = Path(__file__).parent / "models" / "static_he.npz"


class StaticEmbedder:
    """Implements `Embedder` over a model file: `stems` (UTF-8, one a line), `vectors` (int8), `scales` (per vector)."""

    weight = 0.05
    """The most that does not lower Hebrew questions whose words are in the passage (docs/log.md)."""

    def __init__(self, path: Path = SHIPPED) -> None:
        """Reads the model. Raises `EmbedderUnavailable` when the file is missing or damaged."""
        try:
            content = path.read_bytes()
            with np.load(BytesIO(content), allow_pickle=False) as file:
                stems = bytes(file["stems"]).decode().split("\n")
                table = file["vectors"].astype(np.float32) * file["scales"].astype(np.float32)[:, None]
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise EmbedderUnavailable(f"{path} cannot be read; install Darash again ({error})") from error
        self.name = f"static-he-{hashlib.sha256(content).hexdigest()[:8]}"
        self.dimension = int(table.shape[1])
        self._rows = {each: row for row, each in enumerate(stems)}
        self._table = table

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages; all zero for a text without a known word."""
        return self._embed([tokens(text) for text in texts])

    def question(self, text: str) -> Vectors:
        """The vector of a question, its question words left out: shape (1, dimension)."""
        return self._embed([question_tokens(text)])

    def _embed(self, of_texts: Sequence[Sequence[str]]) -> Vectors:
        result = np.zeros((len(of_texts), self.dimension), np.float32)
        for row, words in enumerate(of_texts):
            known = [self._rows[each] for each in map(stem, words) if each in self._rows]
            total = self._table[known].sum(axis=0)
            result[row] = total / max(float(np.linalg.norm(total)), 1e-9)
        return result
