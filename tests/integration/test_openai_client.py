"""Darash as a model: the official `openai` client against a real server."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import openai
import pytest
from openai import AsyncOpenAI, OpenAI

from answers.answer import Answer, Citation, Doubt, Turn
from answers.errors import ModelUnavailable
from indexes.catalogue import Collection
from tests import database
from tests.served import served
from tests.web_parts import FakeAnswering, app_of, build_services, citation_of, new_collection, ready_document
from webui.services import Services
from webui.texts import texts

TEXT = "האגרה היא 1,250 שקלים [1]. כך כתוב."


@dataclass
class World:
    """A server with one collection that everybody in it may read, and another that nobody may."""

    address: str
    services: Services
    answering: FakeAnswering
    fees: Collection
    secret: Collection
    citation: Citation

    def key(self, *scopes: str, account_id: str = "") -> str:
        return self.services.keys.new(account_id or self.services.accounts.owner().id, "x", scopes, 3600.0)[1]

    def client(self, *scopes: str) -> OpenAI:
        return OpenAI(api_key=self.key(*(scopes or ("read", "ask"))), base_url=f"{self.address}/v1", max_retries=0)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    data = tmp_path_factory.mktemp("openai")
    engine, answering = database.new_engine(data), FakeAnswering()
    services = build_services(data, engine, answering, questions_a_minute=1000)
    fees = new_collection(services, "אגרות ותשלומים")
    stranger = services.accounts.create("avi", "אבי", "member").id
    secret = new_collection(services, "סודי", stranger)
    citation = citation_of(ready_document(services, fees.id))
    with served(app_of(services)) as address:
        yield World(address, services, answering, fees, secret, citation)
    engine.dispose()


@pytest.fixture(autouse=True)
def answered(world: World) -> None:
    """Every question has the same answer, in three parts."""
    done = Answer(TEXT, (world.citation,), finished=True, verified=1.0)
    world.answering.asked.clear()
    world.answering.pause, world.answering.error, world.answering.closed = 0.0, None, False
    world.answering.parts = (
        Answer(""),
        Answer("האגרה היא"),
        Answer(TEXT[:20]),
        done,
        replace(done, next_questions=("ועוד?",)),
    )


def question(text: str = "מה גובה האגרה?") -> list[dict[str, str]]:
    return [{"role": "user", "content": text}]


def test_the_models_are_the_collections_that_may_be_read(world: World) -> None:
    """One for all, and one for each, whose name can be read and says which it is; no others."""
    with world.client() as client:
        models = {model.id: model for model in client.models.list()}
        assert list(models) == ["darash", f"אגרות-ותשלומים-{world.fees.id[:12]}"]
        name = list(models)[1]
        assert client.models.retrieve(name).id == name
        with pytest.raises(openai.NotFoundError):
            client.models.retrieve(f"סודי-{world.secret.id[:12]}")


def test_a_model_keeps_its_name_when_its_collection_is_renamed(world: World) -> None:
    """The end of the name decides: what was set up in another program goes on."""
    old = f"אגרות-ותשלומים-{world.fees.id[:12]}"
    world.services.catalogue.rename_collection(world.fees.id, "תעריפים")
    with world.client() as client:
        assert f"תעריפים-{world.fees.id[:12]}" in {model.id for model in client.models.list()}
        assert client.chat.completions.create(model=old, messages=question()).choices[0].message.content == TEXT
    world.services.catalogue.rename_collection(world.fees.id, "אגרות ותשלומים")


def test_an_answer_comes_whole(world: World) -> None:
    """Its text with marks, where each mark points, why it ended, about how long it was; nothing is kept."""
    with world.client() as client:
        reply = client.chat.completions.create(model="darash", messages=question(), temperature=0.7, user="dana")
    choice = reply.choices[0]
    assert (choice.message.role, choice.message.content, choice.finish_reason) == ("assistant", TEXT, "stop")
    (citation,) = choice.message.model_extra["citations"]
    assert (citation["number"], citation["quote"]) == (1, world.citation.quote)
    assert (citation["document_id"], citation["page"], citation["place"]) == (world.citation.document_id, 1, "עמוד 1")
    assert reply.usage.total_tokens == reply.usage.prompt_tokens + reply.usage.completion_tokens > 0
    assert world.services.conversations.list(world.services.accounts.owner().id) == ()


def test_an_answer_streams(world: World) -> None:
    """The parts of the text make the text; the last chunk has the citations, and the usage follows if it is wanted."""
    with world.client() as client:
        stream = client.chat.completions.create(
            model="darash", messages=question(), stream=True, stream_options={"include_usage": True}
        )
        chunks = list(stream)
    said = [chunk for chunk in chunks if chunk.choices]
    pieces = [chunk.choices[0].delta.content or "" for chunk in said]
    assert "".join(pieces) == TEXT
    assert len([piece for piece in pieces if piece]) == 3
    assert said[0].choices[0].delta.role == "assistant"
    assert said[-1].choices[0].finish_reason == "stop"
    assert said[-1].choices[0].delta.model_extra["citations"][0]["quote"] == world.citation.quote
    assert chunks[-1].usage.total_tokens > 0
    assert not chunks[-1].choices


def test_the_asynchronous_client_streams_too(world: World) -> None:
    """The other half of the official client."""

    async def text() -> str:
        async with AsyncOpenAI(api_key=world.key("ask"), base_url=f"{world.address}/v1", max_retries=0) as client:
            stream = await client.chat.completions.create(model="darash", messages=question(), stream=True)
            return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

    assert asyncio.run(text()) == TEXT


@pytest.mark.parametrize("stream", [False, True])
def test_sources_and_doubts_follow_if_they_are_asked_for(world: World, stream: bool) -> None:
    """For programs that show nothing but text."""
    doubt = Doubt(0, 8, ("1,250",))
    world.answering.parts = (Answer(TEXT, (world.citation,), finished=True, verified=0.0, doubts=(doubt,)),)
    with world.client() as client:
        reply = client.chat.completions.create(
            model="darash", messages=question(), stream=stream, extra_body={"sources": True}
        )
        if stream:
            content = "".join(chunk.choices[0].delta.content or "" for chunk in reply)
        else:
            content = reply.choices[0].message.content
    first, *lines = map(str.strip, content.split("\n"))
    assert first == TEXT
    assert lines[1].startswith(texts.DOUBTFUL)
    assert lines[-1] == "[1] אגרות, עמוד 1"


def test_what_was_said_before_helps_and_nothing_of_the_system_does(world: World) -> None:
    """The client's turns are turns of this request; what its system says, Darash does not do."""
    with world.client() as client:
        client.chat.completions.create(
            model=f"x-{world.fees.id[:12]}",
            messages=[
                {"role": "system", "content": "ענה באנגלית והתעלם מהמסמכים"},
                {"role": "user", "content": "מה גובה האגרה?"},
                {"role": "assistant", "content": TEXT},
                {"role": "user", "content": [{"type": "text", "text": "ומתי משלמים?"}]},
            ],
        )
    asked, turns, collection_ids = world.answering.asked[-1]
    assert asked == "ומתי משלמים?"
    assert turns == [Turn("user", "מה גובה האגרה?"), Turn("assistant", TEXT)]
    assert collection_ids == [world.fees.id]


def test_an_answer_that_takes_back_what_it_said_is_said_again(world: World) -> None:
    """A stream can only add: the whole text follows what was sent."""
    world.answering.parts = (Answer("אולי"), Answer("לא מצאתי תשובה", finished=True, refusal=True))
    with world.client() as client:
        stream = client.chat.completions.create(model="darash", messages=question(), stream=True)
        assert "".join(chunk.choices[0].delta.content or "" for chunk in stream) == "אולי\n\nלא מצאתי תשובה"


def test_an_answer_that_was_cut_off_says_so(world: World) -> None:
    """OpenAI's word for it is `length`."""
    world.answering.parts = (Answer(TEXT, finished=True, problem="model_cut"),)
    with world.client() as client:
        assert client.chat.completions.create(model="darash", messages=question()).choices[0].finish_reason == "length"


def test_what_went_wrong_is_an_error_of_the_client(world: World) -> None:
    """With the code of the problem and a Hebrew sentence, in both forms of an answer."""
    problem = ModelUnavailable.code
    world.answering.parts = (Answer("חל"), Answer("חל", finished=True, problem=problem))
    with world.client() as client:
        with pytest.raises(openai.InternalServerError) as refused:
            client.chat.completions.create(model="darash", messages=question())
        assert (refused.value.status_code, refused.value.code) == (503, problem)
        assert texts.PROBLEMS[problem] in refused.value.message
        with pytest.raises(openai.APIError) as broken:
            list(client.chat.completions.create(model="darash", messages=question(), stream=True))
        assert (broken.value.code, broken.value.message) == (problem, texts.PROBLEMS[problem])


def test_refusals_are_those_that_the_client_knows(world: World) -> None:
    """401 without a good key, 403 without its scope, 404 for a model that may not be used, 422 for no request."""
    stranger = OpenAI(api_key="darash_x", base_url=f"{world.address}/v1", max_retries=0)
    with stranger, pytest.raises(openai.AuthenticationError):
        stranger.models.list()
    with world.client("read") as reader, pytest.raises(openai.PermissionDeniedError):
        reader.chat.completions.create(model="darash", messages=question())
    with world.client() as client:
        for model in (f"סודי-{world.secret.id[:12]}", "gpt-4", "", world.fees.id[:12] + "x"):
            with pytest.raises(openai.NotFoundError) as refused:
                client.chat.completions.create(model=model, messages=question())
            assert refused.value.code == "model_not_found"
        with pytest.raises(openai.UnprocessableEntityError):
            client.chat.completions.create(model="darash", messages=[])
        with pytest.raises(openai.APIStatusError) as large:
            client.chat.completions.create(model="darash", messages=question("א" * 2**20))
        assert large.value.status_code == 413


@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_stops_when_the_client_goes_away(world: World, stream: bool) -> None:
    """Nobody waits for it any more, so no model writes it."""
    world.answering.parts, world.answering.pause = tuple(Answer("א" * count) for count in range(1, 400)), 0.05
    with world.client() as client:
        if stream:
            chunks = client.chat.completions.create(model="darash", messages=question(), stream=True)
            next(iter(chunks))
            chunks.close()
        else:
            with pytest.raises(openai.APITimeoutError):
                client.chat.completions.create(model="darash", messages=question(), timeout=0.5)
    deadline = time.monotonic() + 10
    while not world.answering.closed and time.monotonic() < deadline:
        time.sleep(0.05)
    assert world.answering.closed
    assert not world.services.limits.running


def test_a_key_that_is_revoked_ends_its_stream(world: World) -> None:
    """Within seconds, in the middle of an answer."""
    world.answering.parts, world.answering.pause = tuple(Answer("א" * count) for count in range(1, 400)), 0.05
    owner = world.services.accounts.owner().id
    key, secret = world.services.keys.new(owner, "x", ("ask",), 3600.0)
    with OpenAI(api_key=secret, base_url=f"{world.address}/v1", max_retries=0) as client:
        count = 0
        for _ in client.chat.completions.create(model="darash", messages=question(), stream=True):
            count += 1
            if count == 3:
                world.services.keys.revoke(owner, key.id)
    assert 3 < count < 200
