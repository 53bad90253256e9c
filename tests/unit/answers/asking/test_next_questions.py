from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from answers.answer import Answer, Citation
from answers.asking.next_questions import next_questions
from answers.citing.citations import cite, on_page
from answers.errors import ModelDropped
from answers.means import Means
from indexes.chunk import Chunk, Hit
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.anyio

QUESTION = "כמה זמן מראש מגישים בקשה לחופשה?"
HEADINGS = ("1. מטרה", "2. הגשת הבקשה", "3. תנאי הזכאות", "4. איפה מקבלים את הטופס?", "5. 2026")


@dataclass
class OneDocument:
    """A document of some sections; searching finds the one whose heading the question says, or nothing."""

    chunks: list[Chunk]

    def titles(self, collection_ids: Sequence[str]) -> dict[str, str]:
        return {"d": "נוהל"}

    def chunks_of_document(self, document_id: str) -> list[Chunk]:
        return self.chunks

    def search(self, collection_ids: Sequence[str], question: str, limit: int, pairs: object = ()) -> list[Hit]:
        return [Hit(chunk, 1.0) for chunk in self.chunks if chunk.heading_path[-1][3:] in question][:limit]


@pytest.fixture
def document(hit: Callable[..., Hit]) -> OneDocument:
    text = "העובד יגיש את הבקשה לממונה 14 ימים מראש, והממונה יצרף המלצה ויעביר אותה לאגף משאבי אנוש."
    made = [hit(f"{heading}\n{text}", name=str(at), headings=["נוהל", heading]) for at, heading in enumerate(HEADINGS)]
    return OneDocument([replace(each.chunk, document_id="d") for each in made])


def citation(chunk: Chunk) -> Citation:
    return cite(1, chunk, *on_page(chunk, 0, len(chunk.text)))


async def asked_next(document: OneDocument, model: ScriptedModel | None = None, **changes: object) -> tuple[str, ...]:
    answer = Answer("14 ימים [1].", (citation(document.chunks[1]),), finished=True)
    return await next_questions(QUESTION, replace(answer, **changes), ["k"], Means(document, document, model))  # type: ignore[arg-type]


async def test_the_sections_beside_the_cited_one_are_suggested(document: OneDocument) -> None:
    """Those that follow first, without their numbers; a heading that asks is the question; numbers are none."""
    assert await asked_next(document) == ('מה כתוב בנושא "תנאי הזכאות"?', "איפה מקבלים את הטופס?")


async def test_what_the_search_does_not_find_is_not_suggested(document: OneDocument) -> None:
    """A suggestion must be answerable."""
    document.search = lambda *_: []  # type: ignore[method-assign]
    assert await asked_next(document) == ()


async def test_the_model_suggests_questions_that_the_passages_answer(document: OneDocument) -> None:
    """Those about something else, those that are none, and the one that was asked are left out."""
    model = ScriptedModel(
        next_questions="1. מי יצרף המלצה ויעביר לאגף?\nמה מזג האוויר בירושלים היום?\nהממונה יצרף המלצה.\n" + QUESTION
    )
    suggested = await asked_next(document, model)
    assert suggested[0] == "מי יצרף המלצה ויעביר לאגף?"
    assert suggested[1:] == ('מה כתוב בנושא "תנאי הזכאות"?', "איפה מקבלים את הטופס?")
    assert QUESTION in model.asked[0][1]


async def test_a_model_that_fails_is_made_up_for_by_headings(document: OneDocument) -> None:
    """No error reaches an answer that is finished."""
    assert len(await asked_next(document, ScriptedModel(next_questions=[ModelDropped("gone")]))) == 2


@pytest.mark.parametrize("changes", [{"refusal": True}, {"problem": "model_cut"}, {"citations": ()}])
async def test_what_is_no_answer_has_no_questions_after_it(document: OneDocument, changes: dict[str, object]) -> None:
    """Nor is a model asked for them."""
    model = ScriptedModel(next_questions="מי יצרף המלצה ויעביר לאגף?")
    assert await asked_next(document, model, **changes) == ()
    assert model.asked == []
