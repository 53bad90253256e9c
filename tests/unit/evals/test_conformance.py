import asyncio
import json
from pathlib import Path

import pytest

from evals.conformance import CHECKS, NEEDED, Check, check, find, line, main
from evals.raw_chat import RawServer
from evals.subject import Found, Subject
from tests.fake_model_server import FakeModelServer, delta, fake_model_server, hang_up, reply, stream, words

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def everything(fake: FakeModelServer) -> dict[str, Found]:
    async with RawServer(fake.url) as server:
        subject = await find(server, "tiny", "")
        assert subject is not None
        return {each.name: found for each, found in await check(subject)}


async def test_a_server_that_always_answers_can_be_used() -> None:
    """A script that says the same whatever it is asked lacks much, and nothing that Darash needs."""
    async with fake_model_server() as fake:
        fake.will(stream(*words("הזכאות ", "נקבעת.")))
        found = await everything(fake)
    needed = {each.name for each in CHECKS if each.without == NEEDED}
    assert {name for name in needed if not found[name].holds} == set()
    assert not found["refuses an unknown model"].holds
    assert not found["counts tokens (/tokenize)"].holds
    assert found["refuses a wrong key"].holds is None


async def test_a_server_without_done_is_borne_and_one_without_any_end_is_not() -> None:
    """`finish_reason` is enough; with neither, nobody knows whether the answer is whole."""
    async with fake_model_server() as fake:
        fake.will(stream(delta(content="כן, "), delta(content="בהחלט."), delta("stop")))
        found = await everything(fake)
        assert (found["the stream ends with [DONE]"].holds, found["the stream ends in order"].holds) == (False, True)
        fake.will(stream(delta(content="כן, "), delta(content="בהחלט.")))
        found = await everything(fake)
        assert not found["the stream ends in order"].holds
        assert not found["Darash's own client reads it"].holds


async def test_letters_that_the_stream_breaks_are_told_from_those_of_the_model() -> None:
    """Broken letters count against the server only where the same answer in one piece has none."""
    broken = stream(*words("הזכ\ufffd\ufffdות"))
    whole = {"choices": [{"message": {"content": "הזכאות"}, "finish_reason": "stop"}]}
    for body, holds in ((whole, False), ({"choices": [{"message": {"content": "הזכ\ufffd"}}]}, None)):
        async with fake_model_server() as fake:
            fake.will(broken, broken, reply("200 OK", body))
            async with RawServer(fake.url) as server:
                subject = Subject(server, "tiny", listed=True, context=0, expected=10)
                letters = next(each for each in CHECKS if each.name == "Hebrew letters stay whole")
                assert (await letters.ask(subject)).holds is holds


async def test_a_prompt_that_is_cut_without_a_word_is_noticed() -> None:
    """The count of tokens that were read gives away a server that leaves the beginning out."""
    cut = b'data: {"choices": [], "usage": {"prompt_tokens": 7}}\n\n'
    async with fake_model_server() as fake, RawServer(fake.url) as server:
        fake.will(stream(*words("כן")[:-1], cut))
        subject = Subject(server, "tiny", listed=True, context=0, expected=10)
        too_long = next(each for each in CHECKS if each.name == "refuses what is too long")
        found = await too_long.ask(subject)
    assert found == Found(False, "of a prompt of 10 words 7 tokens were read, without a word")


async def test_a_connection_that_fails_is_a_no() -> None:
    """The other checks go on."""
    async with fake_model_server() as fake:
        fake.will(hang_up)
        found = await everything(fake)
    assert found["lists its models"].holds
    assert not found["streams in pieces"].holds


async def test_without_a_list_a_model_has_to_be_named() -> None:
    """Nothing can be asked of a server that lists no model, unless one is named."""
    async with fake_model_server() as fake, RawServer(fake.url) as server:
        fake.will(reply("500 Internal Server Error"), path="/v1/models")
        assert await find(server, "", "") is None
        subject = await find(server, "mine", "")
        assert subject is not None
        assert (subject.model, subject.listed, subject.context) == ("mine", False, 0)


def test_a_line_says_what_a_no_means() -> None:
    """What is needed is written large; what holds, or cannot be told, needs no meaning."""
    needed = Check("streams", CHECKS[0].ask)
    borne = Check("says usage", CHECKS[0].ask, "borne: not asked for")
    assert line(needed, Found(False, "404")) == f"NO  {'streams':30}404  -> {NEEDED}"
    assert line(borne, Found(False, "none\n at all")) == f"no  {'says usage':30}none at all  -> borne: not asked for"
    assert line(borne, Found(None, "silent")) == f"?   {'says usage':30}silent"


def test_where_nothing_listens_there_is_nothing_to_check(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says so in one sentence and returns 2."""
    assert main(["--url", "http://127.0.0.1:9"]) == 2
    assert "nothing answers at http://127.0.0.1:9" in capsys.readouterr().err


async def test_what_was_found_is_written_as_json(tmp_path: Path) -> None:
    """One object a check, with what it means where it does not hold."""
    out = tmp_path / "conformance.json"
    async with fake_model_server() as fake:
        fake.will(stream(*words("כן, ", "בהחלט.")))
        code = await asyncio.to_thread(main, ["--url", fake.url, "--json", str(out)])
    table = json.loads(out.read_text(encoding="utf-8"))
    assert code == 0
    assert [each["check"] for each in table] == [each.name for each in CHECKS]
    assert set(table[0]) == {"check", "holds", "seen", "without"}
