"""Whose language the handlers of the screen speak."""

import asyncio
import inspect
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr
import pytest
from starlette.requests import Request

from webui.accounts.account import Account
from webui.screen.wording import speaking_handler, wording
from webui.texts import texts
from webui.texts.english import texts as english
from webui.texts.hebrew import texts as hebrew
from webui.texts.language import LANGUAGES, spoken


def request_in(language: str) -> gr.Request:
    """A request of somebody who chose that language."""
    account = Account("id", "name", 0.0, language=language)
    return gr.Request(request=Request({"type": "http", "headers": [], "state": {"account": account}}))


def draw(_value: str, _request: gr.Request) -> str:
    """A handler that draws at once."""
    return texts.STOP


async def answer(_value: str, _request: gr.Request) -> str:
    """A handler that waits for something."""
    await asyncio.sleep(0)
    return texts.STOP


async def steps(_value: str, _request: gr.Request) -> AsyncIterator[str]:
    """A handler that draws again and again."""
    for _ in range(2):
        await asyncio.sleep(0)
        yield texts.STOP


@pytest.mark.parametrize(("language", "said"), [("he", hebrew), ("en", english), ("", hebrew), ("xx", hebrew)])
def test_a_handler_speaks_the_language_of_its_request(language: str, said: Any) -> None:
    """Whichever kind it is; and outside of it nothing has changed."""
    request = request_in(language)

    async def run() -> list[str]:
        streamed = [step async for step in speaking_handler(steps)("", request)]
        return [speaking_handler(draw)("", request), await speaking_handler(answer)("", request), *streamed]

    assert asyncio.run(run()) == [said.STOP] * 4
    assert spoken() == "he"


def test_steps_taken_from_several_tasks_do_not_leave_their_language_behind() -> None:
    """Gradio may take each step of a stream from another task: the language of none of them changes."""

    async def run() -> list[str]:
        stream = speaking_handler(steps)("", request_in("en"))
        said = [await asyncio.create_task(anext(stream)), spoken(), await asyncio.create_task(anext(stream)), spoken()]
        await asyncio.create_task(stream.aclose())
        return said

    assert asyncio.run(run()) == [english.STOP, "he", english.STOP, "he"]


def test_gradio_still_sees_what_a_handler_takes() -> None:
    """By the annotations of a handler Gradio decides that it wants the request."""
    for handler in (draw, answer, steps):
        assert inspect.signature(speaking_handler(handler)) == inspect.signature(handler)
    assert inspect.isasyncgenfunction(speaking_handler(steps))


def test_every_language_has_what_gradio_shows() -> None:
    """Labels and Gradio's own words by the same names in each language, and none of them empty."""
    said = wording().translations
    assert set(said) == set(LANGUAGES)
    assert len({frozenset(each) for each in said.values()}) == 1
    assert all(all(each.values()) for each in said.values())
