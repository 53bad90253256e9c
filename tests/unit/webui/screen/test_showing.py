"""How often an answer is drawn, and which handler draws in a window."""

import asyncio
from collections.abc import AsyncGenerator

from answers.answer import Answer
from webui.screen.showing import throttled
from webui.screen.windows import Windows
from webui.turn import StoredTurn


def test_throttling_keeps_the_first_and_the_finished_state() -> None:
    """Of a burst the first value and the last are drawn, whatever lies between."""

    async def burst() -> AsyncGenerator[StoredTurn]:
        for number in range(100):
            yield StoredTurn(str(number), "c", "assistant", 0.0, Answer("מילה", finished=number == 99))

    assert drawn(burst()) == ["0", "99"]


def test_throttling_draws_every_kind_of_state() -> None:
    """The place in the line, the first thought and the first word are drawn at once; more of the same waits."""
    states = [
        Answer("", place_in_line=2),
        Answer("", place_in_line=1),
        Answer(""),
        Answer("", thoughts="א"),
        Answer("", thoughts="אב"),
        Answer("מ", thoughts="אב"),
        Answer("מח", thoughts="אב"),
    ]

    async def stream() -> AsyncGenerator[StoredTurn]:
        for number, state in enumerate(states):
            yield StoredTurn(str(number), "c", "assistant", 0.0, state)

    assert drawn(stream()) == ["0", "1", "2", "3", "5"]


def drawn(stream: AsyncGenerator[StoredTurn]) -> list[str]:
    """The ids of the states that are drawn within a minute."""

    async def collect() -> list[str]:
        return [turn.id async for turn in throttled(stream, lambda: 60)]

    return asyncio.run(collect())


def test_a_newer_handler_waits_until_the_older_has_ended() -> None:
    """So what the older one drew last comes before what the newer one draws; other windows do not matter."""
    windows, order = Windows(), list[str]()

    async def endless() -> AsyncGenerator[int]:
        while True:
            yield 0
            await asyncio.sleep(0.01)

    async def older() -> None:
        async with windows.drawing("one") as drawing:
            async for _ in drawing.followed(endless()):
                pass
            await asyncio.sleep(0.05)
            order.append("older")

    async def newer() -> None:
        waiting = asyncio.create_task(older())
        await asyncio.sleep(0.05)
        async with windows.drawing("another"):
            assert not waiting.done()
        async with windows.drawing("one"):
            order.append("newer")
        await waiting

    asyncio.run(newer())
    assert order == ["older", "newer"]
    assert len(windows) == 0
