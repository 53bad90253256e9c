import numpy as np
import pytest

from indexes.errors import EmbedderUnavailable
from indexes.selftest import PAIRS, self_test
from tests.fake_embedder import FakeEmbedder

PASSAGES = dict(line.split("\t") for line in PAIRS.read_text("utf-8").splitlines())


class Knowing(FakeEmbedder):
    """Knows which passage belongs to which question."""

    def question(self, text):
        return self.passages([PASSAGES[text]])


class Made(FakeEmbedder):
    """Gives vectors that the test makes."""

    def __init__(self, make):
        super().__init__()
        self.make = make

    def passages(self, texts):
        return self.make(super().passages(texts))


def test_the_questions_are_plain_pairs():
    """A dozen and more, in Hebrew, each with its own passage."""
    assert len(PASSAGES) == len(set(PASSAGES.values())) == len(PAIRS.read_text("utf-8").splitlines()) >= 12


def test_an_embedder_that_understands_finds_every_passage():
    """All questions, and a speed."""
    result = self_test(Knowing(), seconds=0)
    assert (result.right, result.total) == (len(PASSAGES), len(PASSAGES))
    assert result.understands
    assert result.passages_a_second > 0


def test_an_embedder_that_compares_letters_understands_little():
    """The questions do not repeat the words of their passages."""
    assert not self_test(FakeEmbedder(), seconds=0).understands


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda rows: np.full_like(rows, np.nan), "not of numbers"),
        (np.zeros_like, "empty vectors"),
        (lambda rows: np.ones_like(rows) / np.sqrt(rows.shape[1]), "same vector"),
        (lambda rows: rows[:, :16], "shape"),
    ],
)
def test_vectors_that_are_of_no_use_are_refused(make, said):
    """No numbers, nothing, all the same, or not as many as it says."""
    with pytest.raises(EmbedderUnavailable, match=said):
        self_test(Made(make), seconds=0)
