from importlib import metadata

import numpy as np
import pytest

from indexes.errors import IndexDamaged, VectorsUnavailable
from indexes.vectors import Vectors, check_faiss, read_vectors, write_vectors


def rows(count, dimension=16, seed=0):
    made = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def segments(tmp_path, sizes):
    folders = []
    for number, size in enumerate(sizes):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_vectors(folder, rows(size, seed=number))
        folders.append(folder)
    return folders


def everything(sizes):
    return np.concatenate([rows(size, seed=number) for number, size in enumerate(sizes)])


def test_written_vectors_are_read_back_unchanged(tmp_path):
    """A segment keeps every bit."""
    write_vectors(tmp_path, rows(37))
    assert np.array_equal(read_vectors(tmp_path), rows(37))


@pytest.mark.parametrize("sizes", [[1], [40], [13, 1, 64, 7]])
@pytest.mark.parametrize("share_alive", [1.0, 0.5])
def test_nearest_equals_brute_force(tmp_path, sizes, share_alive):
    """The nearest live passages and their scores are those a plain matrix product over all segments gives."""
    chance = np.random.default_rng(9)
    live = [chance.random(size) < share_alive for size in sizes]
    live[0][0] = True
    vectors = Vectors(segments(tmp_path, sizes), live)
    truth = everything(sizes)
    for question in rows(5, seed=77):
        products = np.where(np.concatenate(live), truth @ question, -np.inf)
        count = min(10, int(np.concatenate(live).sum()))
        positions, scores = vectors.nearest(question[None], count)
        assert list(positions) == list(np.argsort(-products)[:count])
        assert scores == pytest.approx(np.sort(products)[::-1][:count], abs=1e-6)


def test_scores_of_chosen_positions_equal_brute_force(tmp_path):
    """Any positions, in any order and in any segment, get their exact inner product."""
    sizes = [13, 1, 64, 7]
    vectors = Vectors(segments(tmp_path, sizes), [np.ones(size, bool) for size in sizes])
    question = rows(1, seed=5)
    positions = np.random.default_rng(1).permutation(sum(sizes))
    assert vectors.scores(question, positions) == pytest.approx(everything(sizes)[positions] @ question[0], abs=1e-6)


def test_dead_passages_are_never_near(tmp_path):
    """Asking for more than is alive gives what is alive."""
    alive = np.zeros(20, bool)
    alive[[3, 17]] = True
    vectors = Vectors(segments(tmp_path, [20]), [alive])
    positions, _ = vectors.nearest(rows(1, seed=3), 50)
    assert sorted(positions) == [3, 17]


def test_no_segments_have_no_nearest(tmp_path):
    """An empty index answers with nothing."""
    vectors = Vectors([], [])
    assert len(vectors.nearest(rows(1), 5)[0]) == 0
    assert len(vectors.scores(rows(1), np.empty(0, np.int64))) == 0


def test_a_full_disk_is_told_from_other_failures(tmp_path):
    """The system's own error comes through."""
    (tmp_path / "vectors.faiss").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space"):
        write_vectors(tmp_path, rows(1000))


def test_a_damaged_file_says_what_to_do(tmp_path):
    """A file that is cut short or gone is reported as damage, with the way out."""
    (folder,) = segments(tmp_path, [20])
    file = folder / "vectors.faiss"
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(IndexDamaged, match="darash reindex"):
        Vectors([folder], [np.ones(20, bool)])
    file.unlink()
    with pytest.raises(IndexDamaged, match="darash reindex"):
        read_vectors(folder)


def test_a_mask_of_another_length_is_damage(tmp_path):
    """Vectors and manifest must agree on how many passages there are."""
    folders = segments(tmp_path, [20])
    with pytest.raises(IndexDamaged):
        Vectors(folders, [np.ones(19, bool)])


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
