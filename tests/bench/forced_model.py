"""A model server in a process of its own that writes made-up answers at a steady pace.

Started as `python -m tests.bench.forced_model`; it says its address on its first line. An answer is 150 tokens long,
cites the first two sources, and begins with a number of its own, by which a reader knows where it starts. What Darash
asks a model before and after an answer, the other prompts, is answered shortly and at the same pace. It costs little:
it runs on the machine that is measured.
"""

import argparse
import asyncio
import json
from contextlib import suppress
from itertools import count

from answers.prompt import words as prompt
from tests.fake_model_server import words

TOKENS = 150
SENTENCE = "לפי המסמך יש להגיש את הבקשה בכתב, לצרף אליה את האישורים ולהמתין לתשובת הוועדה [{source}]. "
SHORT = {
    "standalone": "מי מאשר את הבקשה לחופשה ללא תשלום?",
    "official_terms": "חופשה בלי שכר = חופשה ללא תשלום\nלערער = הגשת ערר",
    "next_questions": "מי מאשר את הבקשה?\nתוך כמה זמן מקבלים תשובה?\nאפשר לערער על ההחלטה?",
}
"""Name of a prompt -> what is written to it."""

MODELS = json.dumps({"data": [{"id": "forced", "max_model_len": 8192}]}).encode()
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
MISSING = b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


class ForcedModel:
    """Writes `tokens_per_second` in each answer, however many are written at once."""

    def __init__(self, tokens_per_second: float) -> None:
        self.tokens_per_second = tokens_per_second
        self.numbers = count(1)
        self.short = {prompt(name).splitlines()[0]: text for name, text in SHORT.items()}

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answers one request."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = next((line for line in head.splitlines() if line.startswith("content-length")), ":0")
            body = await reader.readexactly(int(length.partition(":")[2]))
            if head.startswith("post /v1/chat/completions"):
                await self._write(writer, json.loads(body)["messages"][-1]["content"])
            else:
                is_models = head.startswith("get /v1/models")
                writer.write(PLAIN % (len(MODELS), MODELS) if is_models else MISSING)
                await writer.drain()
        writer.close()

    async def _write(self, writer: asyncio.StreamWriter, asked: str) -> None:
        short = next((text for beginning, text in self.short.items() if asked.startswith(beginning)), "")
        pieces = words(*(f"{word} " for word in short.split(" ")) if short else answer_of(next(self.numbers)))
        clock = asyncio.get_running_loop().time
        begun = clock()
        writer.write(STREAM)
        for at, piece in enumerate(pieces, start=1):  # whenever a timer is late, the next one is the sooner
            await asyncio.sleep(max(0.0, begun + at / self.tokens_per_second - clock()))
            writer.write(piece)
            await writer.drain()


def answer_of(number: int) -> list[str]:
    """The tokens of an answer, a word each."""
    text = f"תשובה-{number}: " + "".join(SENTENCE.format(source=1 + at % 2) for at in range(TOKENS))
    return [f"{word} " for word in text.split()[:TOKENS]]


async def serve(tokens_per_second: float) -> None:
    """Serves until the process is ended."""
    server = await asyncio.start_server(ForcedModel(tokens_per_second).handle, "127.0.0.1", 0, limit=2**22)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--tokens-per-second", type=float, default=30.0)
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments.parse_args().tokens_per_second))
