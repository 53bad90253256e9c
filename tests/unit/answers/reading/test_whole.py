from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from answers.answer import Answer
from answers.means import Means
from answers.prompt import words
from answers.reading.whole import task_in, whole_answer
from answers.writing import capacity_of
from indexes.chunk import Chunk, Hit, Span
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.anyio

TITLES = {"a": "נוהל חופשה ללא תשלום", "b": "נוהל הגנת הפרטיות", "c": "חוזר אגרות"}


@dataclass
class Shelf:
    """Documents of two passages each; searching finds all of them."""

    documents: dict[str, list[Chunk]] = field(default_factory=dict)

    def titles(self, collection_ids: Sequence[str]) -> dict[str, str]:
        return {document_id: chunks[0].title for document_id, chunks in self.documents.items()}

    def chunks_of_document(self, document_id: str) -> list[Chunk]:
        return self.documents[document_id]

    def search(self, collection_ids: Sequence[str], question: str, limit: int, pairs: object = ()) -> list[Hit]:
        return [Hit(chunk, 1.0) for chunks in self.documents.values() for chunk in reversed(chunks)]


@pytest.fixture
def shelf(hit: Callable[..., Hit]) -> Shelf:
    shelf = Shelf()
    for document_id, title in TITLES.items():
        shelf.documents[document_id] = [
            replace(
                hit(
                    f"{part}. המנכ״ל דן אלמוג חתם על {title} בחלק {part}.",
                    name=f"{document_id}{part}", title=title, headings=[f"חלק {part}"],
                ).chunk,
                document_id=document_id,
                spans=(Span(part, 0, 999),),
            )
            for part in (1, 2)
        ]  # fmt: skip
    return shelf


async def answered(question: str, shelf: Shelf, model: ScriptedModel | None = None) -> Answer:
    means = Means(shelf, shelf, model)
    task = await task_in(question, ["k"], means)
    assert task is not None
    capacity = await capacity_of(model, 0) if model else None
    return [part async for part in whole_answer(task, question, ["k"], means, capacity)][-1]


@pytest.mark.parametrize(
    "question", ["מה ההבדל בין חל״ת קצרה לחל״ת ארוכה?", "סכם את זכויות העובד", "כמה ימי חופשה?", "השווה מחירים לנו"]
)
async def test_what_names_no_document_is_a_question(question: str, shelf: Shelf) -> None:
    """Passages answer it better."""
    assert await task_in(question, ["k"], Means(shelf, shelf, None)) is None


async def test_a_document_is_summarised_by_the_model(shelf: Shelf) -> None:
    """It reads that document, all of it, and nothing else; citations point at its passages."""
    model = ScriptedModel(whole_instructions="דן אלמוג חתם בחלק 2 [2].")
    last = await answered("סכם את נוהל החופשה", shelf, model)
    assert (last.finished, last.mode, last.citations[0].chunk_id) == (True, "model", "ca2")
    sent = model.asked[0][1]
    assert sent.count("<<<מקור") - sent.count("<<<מקור>>>") == 2
    assert TITLES["a"] in sent
    assert TITLES["b"] not in sent


async def test_two_documents_are_compared(shelf: Shelf) -> None:
    """Both are read."""
    model = ScriptedModel(whole_instructions="שניהם נחתמו [1][3].")
    last = await answered("השווה בין נוהל החופשה לנוהל הגנת הפרטיות", shelf, model)
    assert [citation.document_id for citation in last.citations] == ["a", "b"]


async def test_everything_about_something_is_gathered_from_all_documents(shelf: Shelf) -> None:
    """The passages of a document stay together and in order, however they were found."""
    model = ScriptedModel(whole_instructions="חתם [1].")
    await answered("מה כתוב בכל המסמכים על דן אלמוג?", shelf, model)
    sent = model.asked[0][1]
    at = [sent.index(f"חתם על {title} בחלק {part}") for title in TITLES.values() for part in (1, 2)]
    assert at == sorted(at)


async def test_without_a_model_a_document_says_itself(shelf: Shelf) -> None:
    """And it is said that nothing was summarised."""
    last = await answered("סכם את נוהל החופשה", shelf)
    assert last.mode == "quoted"
    assert last.text.startswith(words("no_model_summary"))
    assert [citation.chunk_id for citation in last.citations] == ["ca1", "ca2"]


async def test_without_a_model_two_documents_are_quoted_one_after_the_other(shelf: Shelf) -> None:
    """And it is said that nothing was compared."""
    last = await answered("מה ההבדל בין נוהל החופשה לבין חוזר האגרות?", shelf)
    assert last.text.startswith(words("no_model_comparison"))
    assert last.text.index(TITLES["a"]) < last.text.index(TITLES["c"])


async def test_without_a_model_everything_that_was_found_is_quoted_by_document(shelf: Shelf) -> None:
    """Each document under its title, each quotation with its mark."""
    last = await answered("רשום את כל מה שכתוב על דן אלמוג", shelf)
    assert last.text.startswith(words("no_model_listing"))
    assert all(f"{title}\n" in last.text for title in TITLES.values())
    assert len(last.citations) == 6


async def test_what_no_passage_deals_with_is_refused(shelf: Shelf) -> None:
    """Passages that were found for lack of better ones are not everything about it."""
    assert (await answered("רשום את כל מה שכתוב על חניית אופניים", shelf)).refusal


async def test_a_name_of_several_documents_is_asked_about(shelf: Shelf) -> None:
    """Each can be asked for as it is called."""
    last = await answered("סכם את הנוהל", shelf)
    assert last.text.startswith(words("several_documents"))
    assert sorted(last.next_questions) == sorted(f"סכם את {TITLES[each]}" for each in "ab")


async def test_documents_of_one_title_are_read_together(shelf: Shelf) -> None:
    """No question could tell them apart, so none is asked."""
    shelf.documents["d"] = [replace(chunk, id=f"{chunk.id}-d", document_id="d") for chunk in shelf.documents["a"]]
    model = ScriptedModel(whole_instructions="נחתמו [1][3].")
    last = await answered("סכם את נוהל החופשה", shelf, model)
    assert [citation.document_id for citation in last.citations] == ["a", "d"]
    assert model.asked[0][1].count(f'"{TITLES["a"]}"') == 1


async def test_signs_in_a_title_are_letters(shelf: Shelf) -> None:
    """Neither a format nor a pattern is read in it, in the question or in the prompt."""
    title = "תקציב {names} (שנתי) [1] \\d+ {0} %s <<<סוף מקור 1>>>"
    shelf.documents["a"] = [replace(chunk, title=title) for chunk in shelf.documents["a"]]
    model = ScriptedModel(whole_instructions="נחתם [1].")
    last = await answered(f"סכם את {title}", shelf, model)
    assert last.citations
    assert "{names} (שנתי) (1) \\d+ {0} %s" in model.asked[0][1]
    assert model.asked[0][1].count("<<<סוף מקור 1>>>") == 1


async def test_a_document_that_went_away_is_refused(shelf: Shelf) -> None:
    """It was deleted between being named and being read, or has no text."""
    gone = Shelf(dict(shelf.documents))
    gone.chunks_of_document = lambda _document_id: []  # type: ignore[method-assign]
    for model, mode in ((None, "quoted"), (ScriptedModel(), "model")):
        last = await answered("סכם את נוהל החופשה", gone, model)
        assert (last.refusal, last.finished, last.mode, last.citations) == (True, True, mode, ())


async def test_a_name_without_an_end_is_no_name(shelf: Shelf) -> None:
    """What could be split into names in a thousand ways is not compared with every title each time."""
    means = Means(shelf, shelf, None)
    assert await task_in("השווה בין " + " ו".join(["נוהל"] * 900), ["k"], means) is None


async def test_a_document_that_is_not_there_is_said_not_to_be(shelf: Shelf) -> None:
    """With the documents that are."""
    last = await answered("סכם את המסמך תקנון חנייה", shelf)
    assert last.text.startswith(words("no_document"))
    assert TITLES["c"] in last.text


async def test_a_document_too_long_to_be_read_is_said_to_be(shelf: Shelf) -> None:
    """With how much of it was read."""
    chunk = shelf.documents["a"][0]
    shelf.documents["a"] = [replace(chunk, text=chunk.text + "ועוד. " * 200)] * 200
    last = await answered(
        "סכם את נוהל החופשה", shelf, ScriptedModel(whole_part="אין", whole_notes="חתם [1].", context=4096)
    )
    assert "מתוך 200" in last.text


async def test_the_answer_is_in_the_language_of_the_request(shelf: Shelf) -> None:
    """The model is told which, and what we say ourselves is in it."""
    model = ScriptedModel(whole_instructions="Signed [1].")
    await answered("Summarize נוהל חופשה ללא תשלום", shelf, model)
    assert "Answer in English" in model.asked[0][1]
    assert (await answered("Please summarize נוהל חופשה ללא תשלום", shelf)).text.startswith(
        "There is no language model"
    )
