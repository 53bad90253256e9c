import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest

from answers.answer import Answer, Turn
from answers.asking.question import LONGEST_QUESTION
from answers.confidence import MODEL_REFUSAL
from answers.conversation import answer
from answers.means import Means
from answers.prompt import words
from answers.serving.model import Model
from answers.serving.model_server import ModelServer, Timeouts
from hebrew.terms import Pair
from indexes.chunk import Chunk, Hit
from indexes.errors import IndexDamaged
from tests.fake_library import NoLibrary
from tests.fake_model_server import FakeModelServer, delta, event, reply, stream
from tests.fake_model_server import words as whole
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.anyio

QUESTION = "כמה ימי חופשה מגיעים לעובד חדש?"


@dataclass
class FixedSearch:
    """Finds the same hits for every question, and notes what it was asked."""

    hits: list[Hit]
    asked: list[tuple[tuple[str, ...], str, int]] = field(default_factory=list)

    def search(self, collection_ids: Sequence[str], question: str, limit: int, pairs: object = ()) -> list[Hit]:
        self.asked.append((tuple(collection_ids), question, limit))
        return self.hits


@dataclass
class OneBook:
    """A library of one document."""

    chunks: list[Chunk]

    def titles(self, collection_ids: Sequence[str]) -> dict[str, str]:
        return {"d": "חוזר אגרות והיטלים"}

    def chunks_of_document(self, document_id: str) -> list[Chunk]:
        return self.chunks


class BrokenSearch:
    """An index that has to be rebuilt."""

    def search(self, collection_ids: Sequence[str], question: str, limit: int, pairs: Sequence[Pair] = ()) -> list[Hit]:
        raise IndexDamaged("rebuild it")


@pytest.fixture
def search(hit: Callable[..., Hit]) -> FixedSearch:
    return FixedSearch([hit("המשרד סגור בשישי. עובד חדש זכאי לחופשה של 14 ימים.", name="1"), hit("נספח.", name="2")])


async def ask(
    search: FixedSearch, model: Model | None = None, question: str = QUESTION, turns: Sequence[Turn] = ()
) -> list[Answer]:
    return [part async for part in answer(question, turns, ["k"], Means(search, NoLibrary(), model, sources=6))]


async def asked_of(
    server: FakeModelServer, search: FixedSearch, question: str = QUESTION, turns: Sequence[Turn] = ()
) -> list[Answer]:
    async with ModelServer(server.url, timeouts=Timeouts(2, 20, 20)) as model:
        return await ask(search, model, question, turns)


async def test_an_answer_of_the_model_streams_with_its_citations(server: FakeModelServer, search: FixedSearch) -> None:
    """An empty answer at once, growing texts without half a mark, and a finished one with the citation resolved."""
    server.will(stream(*whole("מגיעים ", "14 ימי ", "חופשה [", "1", "].")))
    parts = await asked_of(server, search)
    assert [part.text for part in parts] == [
        "", "מגיעים", "מגיעים 14 ימי", "מגיעים 14 ימי חופשה", "מגיעים 14 ימי חופשה [1].", "מגיעים 14 ימי חופשה [1].",
    ]  # fmt: skip
    assert [part.finished for part in parts] == [False] * 5 + [True]
    assert [citation.quote for citation in parts[-1].citations] == ["עובד חדש זכאי לחופשה של 14 ימים."]
    assert search.asked == [(("k",), QUESTION, 6)]
    (chat,) = server.chats
    assert chat["temperature"] == 0.2
    assert "עובד חדש זכאי" in chat["messages"][1]["content"]  # type: ignore[index]


async def test_without_a_model_the_answer_is_quoted(search: FixedSearch) -> None:
    """The mode says so from the first value on."""
    parts = await ask(search)
    assert {part.mode for part in parts} == {"quoted"}
    assert parts[-1].finished
    assert parts[-1].citations[0].quote.endswith("עובד חדש זכאי לחופשה של 14 ימים.")


async def test_hebrew_on_english_keys_is_asked_in_hebrew(search: FixedSearch) -> None:
    """What was typed in the wrong layout, now or before, is searched as what it was meant to be."""
    await ask(search, question="unv kdch?", turns=[Turn("user", "jupav kgucs jsa")])
    assert search.asked[0] == (("k",), "חופשה לעובד חדש ומה לגבי?", 6)


async def test_without_hits_the_model_is_not_asked(server: FakeModelServer) -> None:
    """There is nothing to answer from, so the refusal needs no model."""
    parts = await asked_of(server, FixedSearch([]))
    assert parts[-1] == Answer(words("refusal"), finished=True, refusal=True, confidence=0.0)
    assert not any("instructions" in str(chat) for chat in server.chats)


async def test_passages_that_hold_no_answer_are_offered_without_asking_for_one(hit: Callable[..., Hit]) -> None:
    """Below the threshold the refusal comes with the nearest sentences, and the model only tried to help the search."""
    model = ScriptedModel("המצאה [1].")
    passages = FixedSearch([hit("הבריכה סגורה בחורף. חניית אופניים אסורה בשביל הגישה לבריכה ולמגרש.")])
    last = (await ask(passages, model, "כמה חיילים משרתים בבסיס הצבאי ליד הבריכה?"))[-1]
    assert (last.refusal, last.finished, last.mode) == (True, True, "model")
    assert last.confidence is not None
    assert last.confidence < MODEL_REFUSAL
    assert model.times("instructions") == 0


async def test_a_refusal_of_the_model_keeps_the_nearest_passages_offered(search: FixedSearch) -> None:
    """The sentence it was told to write, whatever it adds; the text goes on growing."""
    parts = await ask(search, ScriptedModel("לא נמצא במסמכים. אפשר לפנות למזכירות."))
    assert all(after.text.startswith(before.text.strip()) for before, after in pairwise(parts))
    assert parts[-1].refusal
    assert words("nearest") in parts[-1].text
    assert parts[-1].citations[0].quote.endswith("עובד חדש זכאי לחופשה של 14 ימים.")


async def test_the_usual_question_costs_one_request(search: FixedSearch) -> None:
    """No other wording, no other words, and without documents around nothing to suggest."""
    model = ScriptedModel("מגיעים 14 ימים [1].")
    await ask(search, model, turns=[Turn("user", "מי מאשר חופשה?"), Turn("assistant", "המנהל.")])
    assert [name for name, _ in model.asked] == ["instructions"]


async def test_a_question_that_leans_is_shown_as_it_was_understood(search: FixedSearch) -> None:
    """From the first word of the answer on; the model reads what was asked, with the conversation."""
    model = ScriptedModel("14 ימים [1].", standalone="כמה ימי חופשה מגיעים לעובד חדש במועצה?")
    turns = [Turn("user", QUESTION), Turn("assistant", "14 ימים [1].")]
    parts = await ask(search, model, "ומה לגבי עובד חדש במועצה?", turns)
    assert search.asked[-1][1] == "כמה ימי חופשה מגיעים לעובד חדש במועצה?"
    assert {part.searched for part in parts[1:]} == {search.asked[-1][1]}
    assert "ומה לגבי עובד חדש במועצה?" in model.asked[-1][1]


async def test_a_question_in_another_language_is_answered_in_it(hit: Callable[..., Hit]) -> None:
    """The model is told so beside the question; its refusal in that language is one."""
    passages = FixedSearch(
        [hit("Annual leave: 14 days for a new worker. How many days a worker gets is decided yearly.")]
    )
    model = ScriptedModel("Not found in the documents.")
    last = (await ask(passages, model, "How many days of annual leave for a new worker?"))[-1]
    assert "Answer in English" in model.asked[-1][1]
    assert last.refusal
    assert last.text.startswith("Not found in the documents.")


async def test_a_request_for_a_whole_document_is_no_search(search: FixedSearch, hit: Callable[..., Hit]) -> None:
    """It is read with progress; the stream ends with the finished answer."""
    library = OneBook([hit("האגרה היא 100 שקלים. " + "ועוד. " * 400, name=str(at)).chunk for at in range(8)])
    model = ScriptedModel(whole_part="האגרה היא 100 שקלים [1].", whole_notes="האגרה היא 100 שקלים [1].", context=4096)
    parts = [part async for part in answer("סכם את חוזר האגרות", (), ["k"], Means(search, library, model))]
    assert search.asked == []
    assert next(part.progress for part in parts if part.progress)[0] == 0
    assert parts[-1].finished
    assert parts[-1].citations[0].chunk_id == "c0"


async def test_what_to_ask_next_comes_after_the_finished_answer(search: FixedSearch, hit: Callable[..., Hit]) -> None:
    """The answer is finished before; the value that follows differs in nothing else. Whoever wants none says so."""
    text = "עובד רשאי להגיש ערר למנכ\u05f4ל בתוך 14 ימים מיום שקיבל את ההחלטה, והוא ישיב לו."
    chunks = [search.hits[0].chunk, hit(text, name="9", headings=["הגשת ערר"]).chunk]
    model = ScriptedModel(
        "עובד חדש זכאי לחופשה של 14 ימים [1].", next_questions="תוך כמה ימים אפשר להגיש ערר למנכ\u05f4ל?"
    )
    for wanted in (3, 0):
        means = Means(search, OneBook(chunks), model, next_questions=wanted)
        parts = [part async for part in answer(QUESTION, (), ["k"], means)]
        finished = [part for part in parts if part.finished]
        if wanted:
            assert finished[1].next_questions == ("תוך כמה ימים אפשר להגיש ערר למנכ\u05f4ל?",)
            assert finished[0] == replace(finished[1], next_questions=())
        assert len(finished) == 1 + bool(wanted)


@pytest.mark.parametrize(
    ("question", "problem"),
    [("", "empty_question"), (" \n\u200f", "empty_question"), ("א" * (LONGEST_QUESTION + 1), "too_long")],
)
async def test_a_question_that_is_none_is_not_searched(question: str, problem: str, search: FixedSearch) -> None:
    """Empty and over-long questions end at once, with their code."""
    parts = await ask(search, question=question)
    assert parts[-1] == Answer("", mode="quoted", finished=True, problem=problem)
    assert search.asked == []


async def test_a_broken_index_is_the_callers_matter(search: FixedSearch) -> None:
    """Errors of the index pass through."""
    with pytest.raises(IndexDamaged):
        [part async for part in answer(QUESTION, (), ["k"], Means(BrokenSearch(), NoLibrary(), None))]


@pytest.mark.parametrize(
    ("script", "text", "problem"),
    [
        (reply("401 Unauthorized", {"error": "Unauthorized"}), "", "model_refused"),
        (reply("500 Internal Server Error"), "", "model_error"),
        (reply("400 Bad Request", {"error": {"message": "maximum context length is 9 tokens"}}), "", "too_long"),
        (stream(delta(content="מגיעים 14 [1"), drops=True), "מגיעים 14", "model_dropped"),
        (stream(delta(content="מגיעים"), event({"error": {"message": "engine"}})), "מגיעים", "model_error"),
        (
            stream(delta(content="מגיעים 14 ימי חופשה [1]. ו"), delta("length")),
            "מגיעים 14 ימי חופשה [1]. ו",
            "model_cut",
        ),
        (stream(*[delta(content="א" * 5000)] * 20), "א" * 16 * 1024, "model_cut"),
        (stream(*whole()), "", "model_error"),
        (stream(*whole("<think>רק מחשבות")), "", "thoughts_only"),
    ],
)
async def test_what_goes_wrong_has_a_code_and_keeps_the_text(
    script: Callable[..., object], text: str, problem: str, server: FakeModelServer, search: FixedSearch
) -> None:
    """A model that fails ends the answer with what was streamed; the next question works again."""
    server.will(script, stream(*whole("כן.")))  # type: ignore[arg-type]
    last = (await asked_of(server, search))[-1]
    assert (last.text, last.problem, last.finished, last.mode) == (text, problem, True, "model")
    last = (await asked_of(server, search))[-1]
    assert (last.text, last.problem, last.finished) == ("כן.", None, True)


async def test_a_model_server_that_is_missing_has_a_code(search: FixedSearch) -> None:
    """Nothing listens at the address."""
    async with ModelServer("http://127.0.0.1:9") as model:
        assert (await ask(search, model))[-1] == Answer("", finished=True, problem="model_unavailable")


async def test_thoughts_are_not_shown(server: FakeModelServer, search: FixedSearch) -> None:
    """Neither those in tags nor those that the server sends apart."""
    for thoughts in ([delta(content="<think>הממ"), delta(content="</think>")], [delta(reasoning="הממ")]):
        server.will(stream(*thoughts, *whole("14 ימים [1].")))
        parts = await asked_of(server, search)
        assert parts[-1].text == "14 ימים [1]."
        assert not any("הממ" in part.text or "<" in part.text for part in parts)


async def test_a_model_whose_template_opens_the_thoughts(server: FakeModelServer, search: FixedSearch) -> None:
    """A thinking model shows nothing before its closing tag."""
    server.will(reply("200 OK", {"data": [{"id": "DictaLM-3.0-24B-Thinking"}]}), path="/v1/models")
    server.will(stream(*whole("הממ, ", "אולי [2]", "</think>", "14 ימי חופשה [1].")))
    parts = await asked_of(server, search)
    assert {part.text for part in parts} == {"", "14 ימי חופשה [1]."}
    assert len(parts[-1].citations) == 1


@pytest.mark.parametrize("cancel", [False, True])
async def test_stopping_closes_the_connection(cancel: bool, server: FakeModelServer, search: FixedSearch) -> None:
    """Closing the answer and cancelling its task both reach the model server, which then stops generating."""
    server.will(stream(*[delta(content="א ")] * 1000, pause=0.02))
    async with ModelServer(server.url, timeouts=Timeouts(2, 20, 20)) as model:
        if cancel:
            task = asyncio.create_task(ask(search, model))
            while not (server.chats or task.done()):
                await asyncio.sleep(0.02)
            task.cancel()
            await asyncio.wait({task})
            assert task.cancelled()
        else:
            async with aclosing(answer(QUESTION, (), ["k"], Means(search, NoLibrary(), model))) as parts:
                async for part in parts:
                    if part.text:
                        break
        await asyncio.wait_for(server.client_left.wait(), 10)


async def test_a_prompt_that_the_server_counts_as_too_long_is_made_shorter(
    server: FakeModelServer, hit: Callable[..., Hit]
) -> None:
    """Where the real count is over the budget, the prompt shrinks in proportion."""
    server.will(reply("200 OK", {"count": 6000}), reply("200 OK", {"count": 2000}), path="/tokenize")
    server.will(stream(*whole("כן [1].")))
    long = FixedSearch([hit("עובד זכאי לחופשה. " * 60, name=str(number)) for number in range(6)])
    await asked_of(server, long)
    counted, *_ = [body["messages"] for path, _, body in server.requests if path == "/tokenize"]
    sent = server.chats[0]["messages"]
    assert len(sent[1]["content"]) < 0.7 * len(counted[1]["content"])  # type: ignore[index]


async def test_a_follow_up_is_searched_with_the_question_before_it(search: FixedSearch) -> None:
    """The conversation reaches the search, not only the prompt."""
    await ask(search, question="ולמה?", turns=[Turn("user", QUESTION), Turn("assistant", "14 ימים.")])
    assert search.asked[0][1] == f"{QUESTION} ולמה?"
