"""`darash ask` as its user runs it: a program that prints an answer while it comes, and can be interrupted."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.database import address_of
from tests.fake_model_server import fake_model_server, stream, words

SAMPLE = ROOT / "ingest" / "samples" / "הנחיות לשעת חירום.txt"
QUESTION = "מה עושים ברעידת אדמה אם אין ממ״ד?"
DARASH = [sys.executable, "-m", "darash"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a Darash with one document."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DARASH_")}
    environment = {
        **plain,
        "DARASH_DATA": str(tmp_path),
        "DARASH_DATABASE_URL": address_of(tmp_path),
        "PYTHONUNBUFFERED": "1",
    }
    command = [*DARASH, "ingest", str(SAMPLE)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return environment


def test_interrupting_stops_the_model(environment: dict[str, str]) -> None:
    """Ctrl-C in the middle of an answer closes the stream, which ends the generation, and leaves no traceback."""

    async def interrupt() -> tuple[int, str]:
        async with fake_model_server() as fake:
            fake.will(stream(*words(*["מילה "] * 600), pause=0.05))
            asking = await asyncio.create_subprocess_exec(
                *DARASH, "ask", QUESTION, cwd=ROOT, env={**environment, "DARASH_MODEL_URL": fake.url},
                stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
            )  # fmt: skip
            await asyncio.wait_for(asking.stdout.readuntil("מילה".encode()), 60)
            asking.send_signal(signal.SIGINT)
            await asyncio.wait_for(fake.client_left.wait(), 10)
            _, told = await asyncio.wait_for(asking.communicate(), 20)
            return asking.returncode, told.decode()

    code, told = asyncio.run(interrupt())
    assert code != 0
    assert "Traceback" not in told


def test_json_has_every_part_of_an_answer(environment: dict[str, str]) -> None:
    """Scripts get what the screen shows, under the names of `Answer`."""
    command = [*DARASH, "ask", "--json", QUESTION]
    printed = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout
    answer = json.loads(printed)
    assert (answer["mode"], answer["finished"], answer["problem"]) == ("quoted", True, None)
    parts = {"text", "citations", "bold", "doubts", "verified", "dropped", "thoughts", "searched", "terms"}
    assert parts | {"next_questions", "confidence", "refusal"} <= set(answer)
