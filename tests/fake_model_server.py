"""A model server on a real socket that does what a script says, misbehaving included."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

Send = Callable[[bytes], Awaitable[None]]
Script = Callable[[Send], Awaitable[None]]

DONE = b"data: [DONE]\n\n"


def event(data: object) -> bytes:
    """One event of a stream."""
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


def delta(finish: str | None = None, **delta: object) -> bytes:
    """One event that adds to an answer."""
    return event({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})


def words(*texts: str) -> list[bytes]:
    """The events of a whole answer."""
    return [delta(role="assistant", content=""), *(delta(content=text) for text in texts), delta("stop"), DONE]


def stream(*pieces: bytes, pause: float = 0, drops: bool = False) -> Script:
    """Sends the head of a stream, the pieces with `pause` seconds before each, and an orderly end unless it `drops`."""

    async def script(send: Send) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n"
        await send(head + b"Transfer-Encoding: chunked\r\n\r\n")
        for piece in pieces:
            await asyncio.sleep(pause)
            await send(b"%x\r\n%s\r\n" % (len(piece), piece))
        if not drops:
            await send(b"0\r\n\r\n")

    return script


def reply(status: str, body: object = None) -> Script:
    """Sends one complete reply."""

    async def script(send: Send) -> None:
        data = json.dumps(body).encode()
        head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {len(data)}\r\n\r\n"
        await send(head.encode() + data)

    return script


async def silence(send: Send) -> None:
    """Sends nothing for a long time."""
    await asyncio.sleep(60)


async def hang_up(send: Send) -> None:
    """Closes the connection instead of an answer."""


class FakeModelServer:
    """Answers each path with its scripts, one after the other; the last one of a path is used again and again."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[tuple[str, str, dict[str, object]]] = []
        self.client_left = asyncio.Event()
        self.open: set[asyncio.Task[None]] = set()
        self.connections = 0
        self.keeps_alive = False
        self.scripts: dict[str, list[Script]] = {
            "/v1/models": [reply("200 OK", {"data": [{"id": "tiny", "max_model_len": 4096}]})]
        }

    @property
    def chats(self) -> list[dict[str, object]]:
        """The bodies of the chats asked for."""
        return [body for path, _, body in self.requests if path == "/v1/chat/completions"]

    def will(self, *scripts: Script, path: str = "/v1/chat/completions") -> None:
        """Sets the scripts of a path."""
        self.scripts[path] = list(scripts)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self.open.add(task)
        self.connections += 1
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._answer(reader, writer) and self.keeps_alive:
                    pass
        finally:
            self.open.remove(task)
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the client stayed to the end."""

        async def send(data: bytes) -> None:
            writer.write(data.replace(b"Connection: close\r\n", b"") if self.keeps_alive else data)
            await writer.drain()

        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lengths = [int(line.split(":")[1]) for line in head.lower().splitlines() if line.startswith("content-length")]
        body = await reader.readexactly(*lengths or [0])
        path = head.split()[1]
        self.requests.append((path, head, json.loads(body or b"{}")))
        seen = sum(path == request[0] for request in self.requests)
        scripts = self.scripts.get(path, [reply("404 Not Found", {"detail": "Not Found"})])
        work = asyncio.create_task(scripts[min(seen, len(scripts)) - 1](send))
        gone = asyncio.create_task(self._until_closed(reader))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                self.client_left.set()
            return work.done()
        finally:
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)

    @staticmethod
    async def _until_closed(reader: asyncio.StreamReader) -> None:
        """Waits without reading, since what comes may be the next request."""
        while not (reader.at_eof() or reader.exception()):
            await asyncio.sleep(0.01)


@asynccontextmanager
async def fake_model_server() -> AsyncGenerator[FakeModelServer]:
    """Runs a fake on a free port."""
    fake = FakeModelServer()
    server = await asyncio.start_server(fake.handle, "127.0.0.1", 0)
    fake.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield fake
    finally:
        server.close()
        handlers = list(fake.open)
        for task in handlers:
            task.cancel()
        await asyncio.gather(*handlers, return_exceptions=True)
