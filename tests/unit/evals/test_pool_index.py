import numpy as np
import pytest

from evals.measured import DEPTH
from evals.pool_index import PoolIndex
from evals.questions import Passage
from tests.fake_embedder import FakeEmbedder

PASSAGES = (
    Passage("חופשות 1", "נוהל חופשות", "עובד רשאי לצאת לחופשה לאחר אישור הממונה."),
    Passage("חופשות 2", "נוהל חופשות", "עובד רשאי לצאת לחופשה לאחר אישור הממונה!"),
    Passage("קבלה", "שעות קבלה", "המשרד פתוח בימי ראשון עד חמישי."),
    *(Passage(f"אגרה {n}", "אגרות", f"אגרת הרישום מספר {n} היא 120 שקלים לשנה.") for n in range(60)),
)


@pytest.fixture(params=[True, False])
def titles(request):
    return request.param


@pytest.fixture
def index(tmp_path, titles):
    return PoolIndex(PASSAGES, tmp_path, FakeEmbedder(), titles)


def test_every_way_of_asking_gives_passages_of_the_pool(index):
    """The right one first, ids in any script; never more than are looked at."""
    for ask in (index.by_words(), index.by_fusion(), index.as_product()):
        assert ask("המשרדים פתוחים")[0].id == "קבלה"
        found = [passage.id for passage in ask("כמה היא אגרת רישום")]
        assert len(found) == len(set(found)) == DEPTH
        assert set(found) <= {passage.id for passage in PASSAGES}


def test_nothing_is_merged_or_left_out(index):
    """Passages of one title that say nearly the same are hits of their own, each a document."""
    found = [passage.id for passage in index.as_product()("מי רשאי לצאת לחופשה")]
    assert sorted(found[:2]) == ["חופשות 1", "חופשות 2"]


def test_titles_are_searched_only_when_asked_for(index, titles):
    """The words of a title that are in no text."""
    assert any(passage.id == "קבלה" for passage in index.by_words()("קבלה")) == titles


def test_a_cross_encoder_decides_the_order(index):
    """It is asked about the best passages, and what it likes comes first."""

    class Likes60:
        name = "likes 60"

        def scores(self, question, texts):
            return np.array(["מספר 59" in text for text in texts], np.float32)

    assert index.as_product(Likes60())("אגרת הרישום מספר 59")[0].id == "אגרה 59"


def test_passages_can_be_away_for_a_while(index):
    """As if their documents had been deleted, until the block ends, by an error too."""
    ask = index.as_product()

    def fail_without():
        with index.without({"קבלה"}):
            assert "קבלה" not in [passage.id for passage in ask("המשרדים פתוחים")]
            raise KeyError

    with pytest.raises(KeyError):
        fail_without()
    assert ask("המשרדים פתוחים")[0].id == "קבלה"
