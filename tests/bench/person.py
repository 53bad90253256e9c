"""A person with a page of Darash open: asks through Gradio's queue as the page does, reads, looks at sources.

What the page's own scripts send and hear is said here once more, without a browser.
"""

import json
import random
import re
import secrets
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import asdict, dataclass

import httpx

from webui.screen.parts import Boxes

QUEUE = "/gradio_api/queue/"
CONFIG = re.compile(r"window\.gradio_config = (\{.*?\});</script>", re.DOTALL)
NUMBER = re.compile(r"תשובה-(\d+):")
OPENED = re.compile(r'"data":.*"([0-9a-f]{32})"\]')
"""In the first view of an answer, the id of its conversation: the last of the values that change."""

TURN = re.compile(r"/view/(\w+)/1\\\"")


STREAM_SECONDS = 90.0
READY = '["submit_btn"],true]'
"""What a line says when the answer is done and the next question may be asked."""


STARTS_ANEW = 0.3
"""How often a question begins a conversation instead of going on with one."""


class Unanswered(Exception):  # what happened
    """The server said something went wrong, or nothing at all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered. `at` since the start, `first` from the press of the key to text, in seconds."""

    at: float
    first: float
    total: float


class Person:
    """One signed-in browser. `since`, below, is when the measurement began, on the clock of `time.monotonic`."""

    def __init__(self, client: httpx.AsyncClient, cookie: str, questions: Sequence[str], seed: int) -> None:
        self.client = client
        self.headers = {"cookie": cookie, "origin": str(client.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}
        self.questions = questions
        self.chance = random.Random(seed)
        self.session = secrets.token_hex(6)
        self.conversation_id = ""
        self.turn_id = ""
        self.seen: set[str] = set()
        self.ids: dict[str, int] = {}
        self.functions: dict[str, int] = {}

    async def arrive(self) -> None:
        """Loads the page and what it loads."""
        page = await self.client.get("/", headers={**self.headers, "accept": "text/html"})
        page.raise_for_status()
        config = json.loads(CONFIG.search(page.text)[1])
        self.ids = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
        self.functions = {each["api_name"]: each["id"] for each in config["dependencies"]}
        (await self.client.get("/screen/texts.json", headers=self.headers)).raise_for_status()

    async def ask(self, since: float) -> Asked:
        """Asks a question and waits for the end of its answer. Raises `Unanswered`."""
        if self.chance.random() < STARTS_ANEW:
            self.conversation_id = ""
        begun, first, total = time.monotonic(), 0.0, 0.0
        asked = Boxes(question=self.chance.choice(self.questions), opened=self.conversation_id)
        data = list(asdict(asked).values())
        async for line in self._event("ask", data, self.ids["question"]):
            moment = time.monotonic() - begun
            if self._is_new(line) or READY in line:
                first = first or moment
            if READY in line:
                total = total or moment
            self._note(line)
        if not total:
            raise Unanswered("the stream ended before the answer did")
        return Asked(begun - since, first, total)

    async def look(self) -> float:
        """Opens the first source of the last answer; returns how long that took, in seconds."""
        begun = time.monotonic()
        if self.turn_id:
            (await self.client.get(f"/view/{self.turn_id}/1", headers=self.headers)).raise_for_status()
        return time.monotonic() - begun

    async def _event(self, function: str, data: list[object], trigger: int | None) -> AsyncGenerator[str]:
        """Joins the queue and yields the lines of the stream of this page, until the server closes it."""
        call = {"data": data, "event_data": None, "fn_index": self.functions[function], "trigger_id": trigger}
        joined = await self.client.post(
            QUEUE + "join", json={**call, "session_hash": self.session}, headers=self.headers
        )
        joined.raise_for_status()
        about = {"params": {"session_hash": self.session}, "headers": self.headers, "timeout": STREAM_SECONDS}
        async with self.client.stream("GET", QUEUE + "data", **about) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    yield line

    def _is_new(self, line: str) -> bool:
        """Whether a line brings text of an answer that no line before it had."""
        new = set(NUMBER.findall(line)) - self.seen
        self.seen |= new
        return bool(new)

    def _note(self, line: str) -> None:
        """What a line says besides text: what went wrong, which conversation this is, where its sources are."""
        if 'class=\\"problem\\"' in line or '"success":false' in line or '"unexpected_error"' in line:
            raise Unanswered(line[:600])
        if turns := TURN.findall(line):
            self.turn_id = turns[-1]
        if "process_generating" in line and (found := OPENED.search(line)):
            self.conversation_id = found[1]
