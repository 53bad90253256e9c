import threading
import time

import numpy as np
import pytest

from indexes.choice import Choice
from indexes.embedder import check_embedder
from indexes.embedders import Embedders, LazyEmbedder, WordsAlone, only
from indexes.errors import EmbedderUnavailable
from tests.fake_embedder import FakeEmbedder


class Shop:
    """Opens fake embedders and remembers which it was asked for."""

    def __init__(self, *there, dimension=32):
        self.there, self.dimension, self.asked = set(there), dimension, []

    def __call__(self, name, download):
        self.asked.append((name, download))
        if name not in self.there:
            raise EmbedderUnavailable(f"no {name} here")
        return FakeEmbedder(name, self.dimension)


def test_nothing_is_opened_before_it_is_needed(tmp_path):
    """Asking for an embedder costs nothing; its first vector opens it, once."""
    shop = Shop("a", "b")
    embedders = Embedders(tmp_path, lambda: "a", shop)
    chosen, other = embedders.chosen(), embedders.of("b", 32)
    assert (other.name, other.dimension) == ("b", 32)
    assert shop.asked == []
    chosen.passages(["x"])
    other.passages(["x"])
    embedders.of("b", 32).question("x")
    embedders.chosen().question("x")
    assert shop.asked == [("a", True), ("b", False)]


def test_the_chosen_embedder_is_the_one_of_its_indexes(tmp_path):
    """An index that was made with the chosen embedder does not open it a second time."""
    shop = Shop("a")
    embedders = Embedders(tmp_path, lambda: "a", shop)
    embedders.of("a", 32).question("x")
    embedders.chosen().question("x")
    assert shop.asked == [("a", True)]


def test_an_index_whose_embedder_is_gone_is_searched_by_words_alone(tmp_path):
    """Its vectors become zeros of the right dimension, and meaning counts nothing."""
    old = Embedders(tmp_path, lambda: "a", Shop("a")).of("gone@1234", 8)
    assert not old.question("x").any()
    assert old.passages(["x", "y"]).shape == (2, 8)
    assert not old.passages(["x", "y"]).any()
    assert old.weight == 0


def test_a_model_that_changed_is_not_taken_for_the_old_one(tmp_path):
    """The same name with another dimension is another embedder."""
    old = Embedders(tmp_path, lambda: "a", Shop("a", "b", dimension=32)).of("b", 8)
    assert not old.question("x").any()


def test_while_the_chosen_embedder_is_away_passages_wait_and_questions_do_not(tmp_path):
    """No document is stored with empty vectors because a server was away; a question is answered by words."""
    embedders = Embedders(tmp_path, lambda: "away", Shop())
    for embedder in (embedders.chosen(), embedders.of("away", 8)):
        with pytest.raises(EmbedderUnavailable, match="no away here"):
            embedder.passages(["x"])
        assert not embedder.question("x").any()
        assert embedder.weight == 0


def test_threads_open_an_embedder_once():
    """All who ask meanwhile wait for the one that opens."""
    opened = []

    def opens():
        opened.append(1)
        time.sleep(0.05)
        return FakeEmbedder()

    lazy = LazyEmbedder("", 0, opens)
    threads = [threading.Thread(target=lazy.question, args=("x",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1


def test_what_failed_to_open_is_not_tried_again_at_once():
    """A server that is away does not cost every question the time of a connection."""
    tries = []

    def opens():
        tries.append(1)
        raise EmbedderUnavailable("away")

    lazy = LazyEmbedder("away", 4, opens)
    for _ in range(5):
        assert not lazy.question("x").any()
    assert len(tries) == 1


def test_the_vectors_of_questions_are_kept():
    """The same question is embedded once, and nobody can change what others get."""
    asked = []

    class Counting(FakeEmbedder):
        def question(self, text):
            asked.append(text)
            return super().question(text)

    lazy = LazyEmbedder("", 0, Counting)
    assert np.array_equal(lazy.question("מים"), lazy.question("מים"))
    assert asked == ["מים"]
    with pytest.raises(ValueError, match="read-only"):
        lazy.question("מים")[0, 0] = 5


def test_only_gives_one_embedder_and_else_words():
    """What a benchmark uses: one embedder, for its own indexes."""
    fake = FakeEmbedder("a", 8)
    assert only(fake)("a", 8) is fake
    assert isinstance(only(fake)("b", 8), WordsAlone)


def test_the_setting_comes_before_what_was_written_and_that_before_the_shipped_one(tmp_path):
    """DARASH_EMBEDDER, else `darash embedder`, else static."""
    assert Choice(tmp_path).read() == "static"
    Choice(tmp_path).write("bge-m3")
    assert Choice(tmp_path).read() == "bge-m3"
    assert Choice(tmp_path).is_written
    assert Choice(tmp_path, "http://127.0.0.1:8001/v1").read() == "http://127.0.0.1:8001/v1"


def test_a_model_in_the_folder_of_models_is_found_by_its_name(tmp_path):
    """And a path or a name of the hub stays as it is."""
    (tmp_path / "models" / "bge-m3").mkdir(parents=True)
    choice = Choice(tmp_path, "bge-m3")
    assert choice.read() == str(tmp_path / "models" / "bge-m3")
    assert [choice.located(name) for name in ("a/bge-m3", "../models", "", "e5")] == ["a/bge-m3", "../models", "", "e5"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"other": 1}'])
def test_a_damaged_choice_is_reported(tmp_path, content):
    """The message says how to choose again."""
    (tmp_path / "embedder.json").write_text(content)
    with pytest.raises(EmbedderUnavailable, match="darash embedder use"):
        Choice(tmp_path).read()


def test_what_plainly_cannot_be_opened_is_said_at_the_start():
    """Without loading anything."""
    check_embedder("static")
    check_embedder("http://127.0.0.1:1/v1#model")
    with pytest.raises(EmbedderUnavailable, match="is not a folder"):
        check_embedder("/no/such/folder")
