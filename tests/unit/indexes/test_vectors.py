from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from indexes.errors import IndexDamaged
from indexes.vectors import Vectors, read_vectors, write_vectors


def rows(count, dimension=16, seed=0):
    made = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def in_16_bits(matrix):
    """What a segment keeps: each number rounded to the nearest of 16 bits."""
    return matrix.astype(np.float16).astype(np.float32)


def segments(tmp_path, sizes):
    folders = []
    for number, size in enumerate(sizes):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_vectors(folder, rows(size, seed=number))
        folders.append(folder)
    return folders


def everything(sizes):
    return in_16_bits(np.concatenate([rows(size, seed=number) for number, size in enumerate(sizes)]))


def alike(count, dimension=32, seed=0):
    """Vectors as models make them: all lean to one side, and lie in fewer directions than they have numbers."""
    chance = np.random.default_rng(seed)
    directions = np.random.default_rng(1000).normal(size=(dimension // 2, dimension))
    made = chance.normal(size=(count, dimension // 2)) @ directions / 8
    made += 0.5 * chance.normal(size=made.shape) + 2 * np.random.default_rng(1001).normal(size=dimension)
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


def recall(found, products, count):
    """The share of the `count` passages with the greatest products that was found."""
    return len(set(found) & set(np.argsort(-products, kind="stable")[:count])) / count


def test_written_vectors_are_read_back_in_16_bits(tmp_path):
    """A segment keeps each number to the nearest that 16 bits can say."""
    write_vectors(tmp_path, rows(37))
    assert np.array_equal(read_vectors(tmp_path), in_16_bits(rows(37)))


def test_merging_again_and_again_loses_nothing_more(tmp_path):
    """What was read can be written and read ten times more, and every bit stays."""
    write_vectors(tmp_path, rows(500))
    first = read_vectors(tmp_path)
    for _ in range(10):
        write_vectors(tmp_path, read_vectors(tmp_path))
    assert np.array_equal(read_vectors(tmp_path), first)


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


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Two large segments, which have codes, beside a small one, which has none."""
    folders = []
    for number, size in enumerate((5_000, 40, 6_000)):
        folders.append(tmp_path_factory.mktemp("large"))
        write_vectors(folders[-1], alike(size, seed=number), exact_until=3_000)
    assert [bool(list(folder.glob("codes_*.faiss"))) for folder in folders] == [True, False, True]
    return folders


@pytest.mark.parametrize("dead", [0.0, 0.4, 0.9, 0.999])
def test_large_segments_find_nearly_all_that_brute_force_finds(large, dead):
    """recall@10 and recall@100 are at least .98, however many passages are dead; no dead one is found."""
    chance = np.random.default_rng(5)
    truth = np.concatenate([read_vectors(folder) for folder in large])
    live = chance.random(len(truth)) >= dead
    live[:3] = True
    vectors = Vectors(large, np.split(live, [5_000, 5_040]))
    questions, shares = alike(30, seed=99), []
    for question in questions:
        products = np.where(live, truth @ question, -np.inf)
        for count in (min(10, int(live.sum())), min(100, int(live.sum()))):
            positions, scores = vectors.nearest(question[None], count)
            assert live[positions].all()
            assert len(positions) == count
            assert scores == pytest.approx(products[positions], abs=1e-5)
            assert (np.diff(scores) <= 0).all()
            shares.append(recall(positions, products, count))
    assert np.mean(shares) >= 0.98


def test_deleting_what_was_nearest_brings_the_next(large):
    """The best passages of a large segment are deleted again and again; what is found are the best of the rest."""
    live = [np.ones(5_000, bool), np.zeros(40, bool), np.zeros(6_000, bool)]
    truth, question = read_vectors(large[0]), alike(1, seed=7)
    for _ in range(5):
        found, _ = Vectors(large, live).nearest(question, 300)
        products = np.where(live[0], truth @ question[0], -np.inf)
        assert recall(found, products, 300) >= 0.98
        live[0][found] = False


def test_codes_that_find_too_little_are_not_kept(tmp_path):
    """Vectors without any order, which codes tell apart badly, are all compared, however many they are."""
    made = np.random.default_rng(0).normal(loc=2, size=(20_000, 512)).astype(np.float32)
    write_vectors(tmp_path, made / np.linalg.norm(made, axis=1, keepdims=True), exact_until=3_000)
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]


def test_rows_without_length_do_not_stand_in_the_way(tmp_path):
    """Texts without known words, of which there may be many, are not found before what is near."""
    made = alike(4_000)
    made[::2] = 0
    write_vectors(tmp_path, made, exact_until=3_000)
    assert list(tmp_path.glob("codes_*.faiss"))
    vectors, question = Vectors([tmp_path], [np.ones(4_000, bool)]), alike(1, seed=4)
    found, scores = vectors.nearest(question, 100)
    assert recall(found, read_vectors(tmp_path) @ question[0], 100) >= 0.98
    assert (scores > 0).all()


def test_what_was_opened_before_is_used_again(large):
    """A new state of the index opens only the segments that are new, and finds the same."""
    live = [np.ones(size, bool) for size in (5_000, 40, 6_000)]
    before = Vectors(large[:2], live[:2])
    after = Vectors(large, live, before)
    assert all(after.segments[folder] is before.segments[folder] for folder in large[:2])
    question = alike(1, seed=8)
    assert np.array_equal(after.nearest(question, 20)[0], Vectors(large, live).nearest(question, 20)[0])


def test_threads_find_what_they_find_alone(large):
    """Questions of several people at once get the answers they get alone."""
    vectors = Vectors(large, [np.ones(size, bool) for size in (5_000, 40, 6_000)])
    questions = alike(40, seed=11)
    alone = [vectors.nearest(question[None], 20)[0].tolist() for question in questions]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda question: vectors.nearest(question[None], 20)[0].tolist(), questions))
    assert together == alone


@pytest.mark.parametrize("dimension", [3, 30, 258])
def test_any_dimension_has_codes(tmp_path, dimension):
    """A dimension that cannot be divided into fours is searched as well."""
    write_vectors(tmp_path, rows(700, dimension), exact_until=600)
    question = rows(1, dimension, seed=3)
    found, _ = Vectors([tmp_path], [np.ones(700, bool)]).nearest(question, 10)
    assert recall(found, read_vectors(tmp_path) @ question[0], 10) >= 0.9


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
