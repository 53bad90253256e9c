from importlib import metadata
from types import SimpleNamespace

import numpy as np
import pytest

from indexes.errors import VectorsUnavailable
from indexes.faiss_library import Card, check_faiss, make_index, on_card

ROWS = np.eye(4, dtype=np.float32)


class CardOfNumpy:
    """What a graphics card does with vectors, done by numpy. The real one is not here."""

    def __init__(self, _resources, dimension, config):
        assert config.useFloat16
        self.rows = np.empty((0, dimension), np.float32)

    def add(self, rows):
        self.rows = np.concatenate([self.rows, rows])

    def search(self, question, count):
        assert count <= 2048
        products = question @ self.rows.T
        order = np.argsort(-products, axis=1, kind="stable")[:, :count]
        return np.take_along_axis(products, order, axis=1), order


def faiss_for_cards():
    return SimpleNamespace(
        StandardGpuResources=lambda: SimpleNamespace(setTempMemory=lambda _: None),
        GpuIndexFlatConfig=SimpleNamespace,
        GpuIndexFlatIP=CardOfNumpy,
    )


def test_a_card_gives_squared_distances():
    """They can be held against those of codes: nearest first, 0 for the same and 2 for what is at right angles."""
    card = Card(faiss_for_cards(), make_index("SQfp16", ROWS))
    distances, rows = card.search(ROWS[2:3], 2)
    assert rows[0, 0] == 2
    assert distances[0] == pytest.approx([0, 2])


def test_more_than_a_card_can_find_is_found_without_it():
    """FAISS finds at most 2048 on a card; whoever asks for more gets them from the processor."""
    many = np.tile(ROWS, (600, 1))
    card = Card(faiss_for_cards(), make_index("SQfp16", many))
    distances, rows = card.search(ROWS[:1], 2400)
    assert len(set(rows[0])) == 2400
    assert distances[0, [0, 599, 600]] == pytest.approx([0, 0, 2])


def test_without_a_card_there_is_none():
    """faiss-cpu has no cards, and no functions for them."""
    assert on_card(make_index("SQfp16", ROWS)) is None


def test_one_faiss_is_fine():
    """The test environment has exactly one of the two packages."""
    check_faiss()


def test_two_faiss_packages_are_refused(tmp_path, monkeypatch):
    """With both packages installed, the message says to keep one."""
    missing = []
    for name in ("faiss-cpu", "faiss-gpu"):
        try:
            metadata.distribution(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    for name in missing:
        folder = tmp_path / f"{name.replace('-', '_')}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(VectorsUnavailable, match="keep one"):
        check_faiss()
