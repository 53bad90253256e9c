from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from answers.asking.finding import found
from answers.confidence import COVERED_BADLY
from answers.means import Means
from answers.writing import capacity_of
from hebrew.terms import Pair, question_terms
from indexes.chunk import Hit
from tests.fake_library import NoLibrary
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.anyio

COLLOQUIAL = "אבא עבר אירוע מוחי, מה מגיע לו?"
HELP = "אירוע מוחי = שבץ"


@dataclass
class TwoSearches:
    """Finds some hits, and others where pairs join the search."""

    first: list[Hit]
    second: list[Hit]
    asked: list[Sequence[Pair]] = field(default_factory=list)

    def search(self, collection_ids: Sequence[str], question: str, limit: int, pairs: Sequence[Pair] = ()) -> list[Hit]:
        self.asked.append(pairs)
        terms = question_terms(question, pairs)
        return [replace(hit, terms=terms) for hit in (self.second if pairs else self.first)]


async def test_a_good_search_asks_the_model_nothing(hit: Callable[..., Hit]) -> None:
    """One search, and no request that would delay the first token."""
    model = ScriptedModel(official_terms=HELP)
    search = TwoSearches([hit("עובד חדש זכאי לחופשה של 14 ימי חופשה.", headings=["ימי חופשה לעובד חדש"])], [])
    means = Means(search, NoLibrary(), model)
    passages = await found("כמה ימי חופשה לעובד חדש?", ["k"], means, await capacity_of(model, 0))
    assert passages.confidence >= COVERED_BADLY
    assert passages.terms == ()
    assert model.asked == []
    assert search.asked == [()]


async def test_what_is_covered_badly_is_searched_with_the_words_of_the_model(hit: Callable[..., Hit]) -> None:
    """Beside the question itself; the terms that were of use are told."""
    model = ScriptedModel(official_terms=f"{HELP}\nאבא = הורה")
    search = TwoSearches([hit("האגרה תשולם מראש.")], [hit("מי שעבר שבץ זכאי לשיקום.", headings=["שיקום לאחר שבץ"])])
    passages = await found(COLLOQUIAL, ["k"], Means(search, NoLibrary(), model), await capacity_of(model, 0))
    assert search.asked == [(), (("אירוע מוחי", "שבץ"), ("אבא", "הורה"))]
    assert passages.terms == ("שבץ",)
    assert passages.hits[0].chunk.text.startswith("מי שעבר")
    assert model.times("official_terms") == 1


@pytest.mark.parametrize("written", ["", "אירוע מוחי = דמנציה"])
async def test_words_that_find_nothing_change_nothing(hit: Callable[..., Hit], written: str) -> None:
    """The hits of the question stay."""
    model = ScriptedModel(official_terms=written)
    search = TwoSearches([hit("האגרה תשולם מראש.")], [hit("נספח.")])
    passages = await found(COLLOQUIAL, ["k"], Means(search, NoLibrary(), model), await capacity_of(model, 0))
    assert [each.chunk.text for each in passages.hits] == ["האגרה תשולם מראש."]
    assert passages.terms == ()


async def test_without_a_model_there_is_one_search(hit: Callable[..., Hit]) -> None:
    """However little it finds."""
    search = TwoSearches([hit("האגרה תשולם מראש.")], [])
    passages = await found(COLLOQUIAL, ["k"], Means(search, NoLibrary(), None), None)
    assert search.asked == [()]
    assert passages.confidence < COVERED_BADLY
