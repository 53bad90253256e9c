import pytest

from answers.answer import Answer
from evals.answered import ask_all, of_text
from evals.pool_index import PoolIndex
from evals.questions import Benchmark, Passage, Question
from tests.fake_embedder import FakeEmbedder

TEXT = "הספרייה נפתחה בשנת 1962. היא נוסדה בידי רות כהן. [1]\n\nבספרייה 40 אלף ספרים. [2]"
PASSAGES = (
    Passage("חופשות", "נוהל חופשות", "העובד רשאי לצאת לחופשה לאחר אישור הממונה. החופשה נמשכת שבוע."),
    Passage("קבלה", "שעות קבלה", "המשרד פתוח לקהל בימי ראשון עד חמישי, משמונה בבוקר."),
    *(Passage(f"אגרה {n}", "אגרות", f"אגרת הרישום מספר {n} משולמת פעם בשנה.") for n in range(20)),
)


def test_the_first_sentence_the_first_quotation_and_all_of_it_are_told_apart():
    """An answer in the second sentence is before the first mark, one in the second quotation is not."""
    hits = ("first_sentence_hit", "first_quotation_hit", "any_sentence_hit")
    found = [of_text(Answer(TEXT, mode="quoted"), [answer]) for answer in ("1962", "רות כהן", "40 אלף", "חיפה")]
    assert [[each[name] for name in hits] for each in found] == [
        [100, 100, 100],
        [0, 100, 100],
        [0, 0, 100],
        [0, 0, 0],
    ]


def test_what_is_bold_is_the_answer():
    """Else the first sentence of quotations, and all that a model wrote, without its marks."""
    at = TEXT.index("רות כהן")
    bold = Answer(TEXT, mode="quoted", bold=((at, at + len("רות כהן")),))
    assert of_text(bold, ["רות כהן"])["em"] == 100
    assert of_text(Answer(TEXT, mode="quoted"), ["הספרייה נפתחה בשנת 1962"])["em"] == 100
    assert of_text(Answer("רות כהן. [3]"), ["רות כהן"])["em"] == 100


def test_a_refusal_says_nothing_even_where_it_shows_what_comes_near():
    """And where no answer is known nothing is measured."""
    assert set(of_text(Answer(TEXT, mode="quoted", refusal=True), ["1962"]).values()) == {0.0}
    assert set(of_text(Answer(TEXT), []).values()) == {None}


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.mark.anyio
async def test_every_question_is_asked_with_its_passage_and_without(tmp_path):
    """Through the product itself: cited while the passage is there, not when it is gone; afterwards it is back."""
    questions = (
        Question("מי רשאי לצאת לחופשה לאחר אישור?", {"חופשות": 1.0}, "חופשות", answers=("העובד",)),
        Question("באילו ימים המשרד פתוח לקהל?", {"קבלה": 1.0}, "קבלה", answers=("בימי ראשון עד חמישי",)),
    )
    nobody = (Question("כמה עולה כרטיס לאוטובוס בחיפה?", {"קבלה": 1.0}, "קבלה"),)
    index = PoolIndex(PASSAGES, tmp_path, FakeEmbedder(), titles=True)
    told = list[str]()
    done = await ask_all(Benchmark(questions, PASSAGES, nobody), index, None, 1, told.append)
    assert [each.kind for each in done] == ["answerable"] * 2 + ["removed"] * 2 + ["unanswerable"]
    for each in done[:2]:
        assert each.scores["citation_precision"] == each.scores["any_sentence_hit"] == 100
        assert each.scores["verified_share"] == 100
    there = {each.question.text: each.confidence for each in done[:2]}
    for each in done[2:4]:
        assert each.confidence < there[each.question.text]
        assert each.question.group not in {citation.chunk_id for citation in each.answer.citations}
    assert done[4].answer.refusal
    assert index.as_product()(questions[0].text)[0].id == "חופשות"
