from collections.abc import Awaitable, Callable, Sequence

import pytest

from answers.errors import ModelUnavailable
from answers.profiles.examination import examine
from answers.serving.model_server import ModelServer
from tests.fake_model_server import FakeModelServer, Script, delta, reply, stream, words

pytestmark = pytest.mark.anyio

CUT = stream(delta(content="ש"), delta("length"))
ENDS = stream(*words("המשרד פתוח ", "עד 16:30."))
NO_SYSTEM = reply("400 Bad Request", {"error": {"message": "System role not supported"}})
ALTERNATE = reply("400 Bad Request", {"error": {"message": "Conversation roles must alternate"}})
NO_TEMPLATE = reply("400 Bad Request", {"error": {"message": "no chat template"}})

Examined = Callable[..., Awaitable[list[tuple[bool, str]]]]


@pytest.fixture
def examined(server: FakeModelServer) -> Examined:
    """Examines a model of that name and context, whose server follows the scripts for each chat."""

    async def run(name: str, *chats: Script, context: int = 8192, setting: int = 0) -> list[tuple[bool, str]]:
        offer = {"id": name} | ({"max_model_len": context} if context else {})
        server.scripts["/v1/models"] = [reply("200 OK", {"data": [offer]})]
        server.scripts["/v1/chat/completions"] = list(chats)
        async with ModelServer(server.url) as model:
            return [(finding.fine, finding.said) async for finding in examine(model, setting)]

    return run


def problems(findings: Sequence[tuple[bool, str]]) -> str:
    """What was found wrong, in one text."""
    return "\n".join(said for fine, said in findings if not fine)


async def test_a_server_that_suits_its_profile_has_no_problems(examined: Examined, server: FakeModelServer) -> None:
    """All is fine; the question is asked as a model of this profile is asked, with its sampling."""
    findings = await examined("dicta-il/dictalm2.0-instruct", CUT, NO_SYSTEM, ALTERNATE, ENDS)
    assert problems(findings) == ""
    assert "is known as DictaLM 2.0 Instruct" in findings[0][1]
    assert "insists on user and assistant taking turns" in findings[-2][1]
    assert "ended by itself" in findings[-1][1]
    question = server.chats[-1]
    assert question["stop"] == ["[INST]", "</s>"]
    assert [message["role"] for message in question["messages"]] == ["user"]  # type: ignore[attr-defined]  # a list


async def test_a_model_that_does_not_end_is_named(examined: Examined) -> None:
    """An answer that is cut at its greatest length means that the end of a turn is not found."""
    assert "did not end by itself within 200 tokens" in problems(await examined("tiny", CUT))


async def test_a_refused_system_message_matters_where_one_is_sent(examined: Examined) -> None:
    """The generic profile sends one, so a server that refuses it has to be told of."""
    said = problems(await examined("tiny", CUT, NO_SYSTEM, CUT, ENDS))
    assert "refuses a system message" in said
    assert "System role not supported" in said


async def test_a_server_without_a_template_is_told_ours(examined: Examined) -> None:
    """A base model refuses every conversation until it is served with a template; we have one."""
    said = problems(await examined("dicta-il/dictalm2.0", NO_TEMPLATE))
    assert "--chat-template answers/profiles/templates/dialogue.jinja" in said


@pytest.mark.parametrize(
    ("written", "leak"), [("תשובה<|im_end|>", "<|im_end|>"), ("תשובה [/INST]", "[/INST]"), ("תשובה</s>", "</s>")]
)
async def test_parts_of_the_template_in_an_answer_are_told(examined: Examined, written: str, leak: str) -> None:
    """What belongs to the template has no place in an answer."""
    said = problems(await examined("tiny", CUT, CUT, CUT, stream(*words(written))))
    assert "shows what belongs to the template" in said
    assert leak in said


async def test_thoughts_are_no_answer_and_no_leak(examined: Examined) -> None:
    """A model may think; one that only thinks has not answered."""
    thinks = stream(*words("<think>hm</think>עד 16:30"))
    findings = await examined("tiny", CUT, CUT, CUT, thinks)
    assert problems(findings) == ""
    assert "thinks before it answers" in findings[-1][1]
    only = stream(*words("<think>hm"))
    assert "all it wrote are thoughts" in problems(await examined("tiny", CUT, CUT, CUT, only))


async def test_an_answer_in_another_language_is_told(examined: Examined) -> None:
    """The question is Hebrew, and asks for Hebrew."""
    assert "not answered in Hebrew" in problems(await examined("tiny", CUT, CUT, CUT, stream(*words("Until 16:30."))))


async def test_an_answer_beside_the_question_is_told(examined: Examined) -> None:
    """The answer stands in the sentence that is sent along; a model that writes anything else is not fit."""
    said = problems(await examined("tiny", CUT, CUT, CUT, stream(*words("שלום וברכה"))))
    assert "did not find 16:30" in said


async def test_contexts_are_compared(examined: Examined) -> None:
    """What the model was made for, what the server holds and what the setting says have to agree."""
    chats = (CUT, CUT, CUT, ENDS)
    assert "was made for 4096" in problems(await examined("llama2:7b", *chats, context=32768))
    assert "the server holds 8192" in problems(await examined("tiny", *chats, setting=16384))
    assert "hardly any sources" in problems(await examined("tiny", *chats, context=2048))
    assert "does not say how many tokens" in problems(await examined("tiny", *chats, context=0))
    assert problems(await examined("tiny", *chats, context=0, setting=8192)) == ""


async def test_a_server_that_is_gone_is_an_error() -> None:
    """Nothing is found where nothing answers."""
    async with ModelServer("http://127.0.0.1:9") as model:
        with pytest.raises(ModelUnavailable):
            [finding async for finding in examine(model)]
