import numpy as np
import pytest

from indexes.kept_vectors import PIECE, KeptVectors
from tests.fake_embedder import FakeEmbedder

TEXTS = [f"סעיף {number} בנוהל" for number in range(3 * PIECE + 5)]


class Counting(FakeEmbedder):
    def __init__(self):
        super().__init__()
        self.made = []

    def passages(self, texts):
        self.made += texts
        return super().passages(texts)


class Enough(Exception):
    pass


def test_vectors_are_those_of_the_embedder(tmp_path):
    """In the order of the texts, also where one text occurs twice."""
    kept = KeptVectors(FakeEmbedder(), tmp_path / "kept")
    texts = [*TEXTS, TEXTS[3], TEXTS[0]]
    assert np.array_equal(kept.passages(texts), FakeEmbedder().passages(texts))
    assert kept.passages([]).shape == (0, 32)
    assert np.array_equal(kept.question("סעיף"), FakeEmbedder().question("סעיף"))
    assert (kept.name, kept.dimension, kept.weight) == ("fake-1", 32, 0.1)


def test_what_was_made_before_an_end_is_not_made_again(tmp_path):
    """The work goes on after the last whole piece."""
    pieces = []

    def still():
        pieces.append(1)
        if len(pieces) == 2:
            raise Enough

    first = Counting()
    with pytest.raises(Enough):
        KeptVectors(first, tmp_path / "kept", still).passages(TEXTS)
    second = Counting()
    vectors = KeptVectors(second, tmp_path / "kept").passages(TEXTS)
    assert first.made == TEXTS[: 2 * PIECE]
    assert second.made == TEXTS[2 * PIECE :]
    assert np.array_equal(vectors, FakeEmbedder().passages(TEXTS))


def test_a_piece_that_was_cut_off_is_made_again(tmp_path):
    """A damaged file costs time and nothing else."""
    KeptVectors(FakeEmbedder(), tmp_path / "kept").passages(TEXTS)
    files = sorted((tmp_path / "kept").glob("*.npz"))
    for number, path in enumerate(files):
        path.write_bytes(path.read_bytes()[: 100 * number])
    again = Counting()
    assert np.array_equal(KeptVectors(again, tmp_path / "kept").passages(TEXTS), FakeEmbedder().passages(TEXTS))
    assert again.made == TEXTS


def test_nothing_is_left_after_clearing(tmp_path):
    """Neither on the disk nor in memory."""
    kept = KeptVectors(FakeEmbedder(), tmp_path / "kept")
    kept.passages(TEXTS)
    assert kept.count == len(TEXTS)
    kept.clear()
    assert kept.count == 0
    assert not (tmp_path / "kept").exists()
