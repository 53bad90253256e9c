"""What the conversation looks like: stored turns and lists as HTML for Gradio's components. Knows no Gradio."""

import html
from collections.abc import Iterable, Sequence
from typing import Any

from answers.answer import Answer
from hebrew.keyboard import retyped
from webui.conversations import Conversation, StoredTurn
from webui.screen import texts
from webui.screen.answer_drawing import PageMarks, drawn_answer, note
from webui.screen.answer_html import direction, plain_html

Message = dict[str, Any]
"""A message as `gr.Chatbot` takes it: `role`, `content`, and `options`, the buttons below it."""


def messages(turns: Sequence[StoredTurn], page_marks: PageMarks) -> list[Message]:
    """Every turn of a conversation as a message. The last answer has buttons below it: what can be asked next."""
    drawn = [_message(turn, page_marks) for turn in turns]
    offered = next_questions(turns[-1].said) if turns else ()
    if offered:
        drawn[-1]["options"] = [{"value": question, "label": question} for question in offered]
        if not turns[-1].said.problem:
            drawn[-1]["content"] += note("ask-next", texts.ASK_NEXT)
    return drawn


def next_questions(answer: Answer) -> tuple[str, ...]:
    """What the buttons below an answer ask: the same again after a problem, else the questions that it suggests."""
    return (texts.ASK_AGAIN,) if answer.problem else answer.next_questions


def said(sentence: str) -> Message:
    """A sentence of Darash itself in place of an answer."""
    return {"role": "assistant", "content": note("problem", sentence)}


def conversation_list(conversations: Iterable[Conversation], current: str) -> str:
    """The list at the side: a link per conversation, and one that deletes it. The open one is marked `current`."""
    items = [_item(conversation, conversation.id == current) for conversation in conversations]
    if not items:
        return note("none", texts.NO_CONVERSATIONS)
    return f'<h2>{texts.CONVERSATIONS}</h2><ul class="conversations">{"".join(items)}</ul>'


def _item(conversation: Conversation, is_current: bool) -> str:
    title = conversation.title or texts.UNTITLED
    kind = ' class="current"' if is_current else ""
    name = html.escape(title).replace("\n", " ")
    return (
        f"<li{kind}>"
        f'<a class="conversation" href="/?c={conversation.id}" title="{name}" dir="{direction(title)}">{name}</a>'
        f'<a class="remove" href="#remove-{conversation.id}" title="{texts.DELETE_CONVERSATION}">\u00d7</a></li>'
    )


def _message(turn: StoredTurn, page_marks: PageMarks) -> Message:
    if turn.role == "assistant":
        return {"role": "assistant", "content": drawn_answer(turn.said, turn.id, page_marks)}
    meant = retyped(turn.said.text)
    read_as = note("read-as", texts.READ_AS.format(text=meant)) if meant else ""
    return {"role": "user", "content": plain_html(turn.said.text) + read_as}
