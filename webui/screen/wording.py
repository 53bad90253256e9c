"""What Gradio says, in the language of each page: the sentences that we give to its components, and its own.

Gradio looks sentences up in the browser, for the language that `static/screen.js` names to it, in what the page brings
of each. Its handlers run outside of the request that caused them, and are told whose language to speak.
"""

import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from functools import wraps
from typing import Any

import gradio as gr

from webui.speaking import language_of
from webui.texts import texts
from webui.texts.language import LANGUAGES, Language, speaking


def wording() -> gr.I18n:
    """The sentences of the components by their names, and Gradio's own by its keys, in every language."""
    return gr.I18n(**{language: _sentences(language) for language in LANGUAGES})


def said(name: str) -> str:
    """A sentence of ours, by its name, as a component takes it: Gradio puts the words in its place."""
    return str(gr.I18n()(name))


def _sentences(language: Language) -> dict[str, str]:
    with speaking(language):
        ours = {name: getattr(texts, name) for name in ("CHAT", "QUESTION", "QUESTION_PLACEHOLDER")}
        return ours | texts.GRADIO_KEYS


def said_in_turn(demo: gr.Blocks) -> None:
    """Makes every handler speak the language of whoever caused it. Called when all are wired."""
    for function in demo.fns.values():
        if function.fn is not None:
            function.fn = speaking_handler(function.fn)


def speaking_handler(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The handler in the language of its `gr.Request`, or in Hebrew without one."""
    if inspect.isasyncgenfunction(handler):

        @wraps(handler)
        async def stream(*values: object) -> AsyncIterator[object]:
            # The language holds step by step: Gradio may take each from another task, whose own it must not become.
            language = _language(values)
            async with aclosing(handler(*values)) as steps:
                while True:
                    with speaking(language):
                        step = await anext(steps, _END)
                    if step is _END:
                        return
                    yield step

        return stream
    if inspect.iscoroutinefunction(handler):

        @wraps(handler)
        async def answer(*values: object) -> object:
            with speaking(_language(values)):
                return await handler(*values)

        return answer

    @wraps(handler)
    def draw(*values: object) -> object:
        with speaking(_language(values)):
            return handler(*values)

    return draw


_END = object()


def _language(values: tuple[object, ...]) -> Language:
    asked = next((value for value in values if isinstance(value, gr.Request)), None)
    return language_of(asked.request.scope) if asked is not None else LANGUAGES[0]
