"""The parts of the screen that Gradio draws, by their names, and how a handler is called with them and changes them.

A handler is told what stands in the boxes and who is asking, and answers with views: it knows no components.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, fields
from typing import Any

import gradio as gr

from webui.permitted import SignedIn
from webui.screen.drawing import Message
from webui.texts import texts


@dataclass(frozen=True, slots=True)
class Boxes:
    """What stands in the box to ask in, and in the hidden ones through which scripts speak.

    `opened` is the id of the open conversation, "" for a new one; `chosen` a JSON list with the ids of the collections
    to search, none of them for all; `again` the id of an answer to be given once more; `edited` JSON with the id of a
    question (`turn`) and what to ask in its place (`question`); `branch` the id of a turn whose branch is to be shown;
    `earlier` how many messages are to be drawn.
    """

    question: str = ""
    opened: str = ""
    chosen: str = ""
    again: str = ""
    edited: str = ""
    branch: str = ""
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Who is asking, in which window, and whether that is still signed in."""

    account_id: str
    window: str
    signed_in: SignedIn


@dataclass(frozen=True, slots=True)
class View:
    """What changes on the screen; what is None stays as it is. `busy` is whether an answer can be stopped."""

    messages: list[Message] | None = None
    opened: str | None = None
    question: str | None = None
    busy: bool | None = None


Handler = Callable[[Boxes, Who], AsyncGenerator[View]]


@dataclass(frozen=True, slots=True)
class Parts:
    """The components: what was said, and the boxes (see `Boxes`)."""

    chat: gr.Chatbot
    question: gr.Textbox
    opened: gr.Textbox
    chosen: gr.Textbox
    again: gr.Textbox
    edited: gr.Textbox
    branch: gr.Textbox
    earlier: gr.Textbox

    def boxes(self, values: dict[gr.Textbox, Any]) -> Boxes:
        """What stands in the boxes, from what Gradio hands over."""
        return Boxes(**{field.name: str(values[getattr(self, field.name)] or "") for field in fields(Boxes)})

    def changed(self, view: View) -> dict[gr.Chatbot | gr.Textbox, object]:
        """What Gradio is to change."""
        asked: dict[str, str | bool] = {} if view.question is None else {"value": view.question}
        if view.busy is not None:
            asked |= {"submit_btn": not view.busy, "stop_btn": texts.STOP if view.busy else False}
        return {
            self.chat: gr.skip() if view.messages is None else view.messages,
            self.opened: gr.skip() if view.opened is None else view.opened,
            self.question: gr.update(**asked) if asked else gr.skip(),
        }

    def on(self, event: Callable[..., Any], handler: Handler, failing: Handler | None = None) -> None:
        """Has an event handled; `failing` draws what there is after a defect."""

        async def handle(values: dict[gr.Textbox, Any], request: gr.Request) -> AsyncIterator[dict[Any, object]]:
            async with aclosing(handler(self.boxes(values), who_of(request))) as views:
                async for view in views:
                    yield self.changed(view)

        handle.__name__ = handler.__name__
        wired = event(
            handle,
            {getattr(self, field.name) for field in fields(Boxes)},
            {self.chat, self.opened, self.question},
            api_visibility="private",
            show_progress="hidden",
            concurrency_limit=None,
            trigger_mode="multiple",  # an answer that is followed must not keep the window from anything else
        )
        if failing is not None:
            self.on(wired.failure, failing)


def who_of(request: gr.Request) -> Who:
    """Who is asking: the account and the session that the gate found."""
    state = request.request.state
    return Who(str(state.account_id), str(request.session_hash), state.signed_in)
