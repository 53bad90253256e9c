"""What the conversation looks like: stored turns and lists as HTML for Gradio's components. Knows no Gradio."""

import html
from collections.abc import Iterable, Sequence
from typing import Any

from answers.answer import Answer
from hebrew.keyboard import retyped
from webui.conversations import Conversation, StoredTurn
from webui.screen.answer_drawing import PageMarks, drawn_answer, note
from webui.screen.answer_html import direction, plain_html
from webui.texts import sharing_texts, texts

Message = dict[str, Any]
"""A message as `gr.Chatbot` takes it: `role`, `content`, and `options`, the buttons below it."""


def messages(turns: Sequence[StoredTurn], page_marks: PageMarks) -> list[Message]:
    """Every turn of a conversation as a message. The last answer has buttons below it: what can be asked next."""
    return continued(plain(turns[:-1], page_marks), turns[-1], page_marks) if turns else []


def plain(turns: Iterable[StoredTurn], page_marks: PageMarks) -> list[Message]:
    """Turns that others follow, as messages."""
    return [_message(turn, page_marks) for turn in turns]


def continued(earlier: Sequence[Message], turn: StoredTurn, page_marks: PageMarks) -> list[Message]:
    """Messages and, after them, the last turn: while an answer grows, only that one has to be drawn anew."""
    last = _message(turn, page_marks)
    if offered := next_questions(turn.said):
        last["options"] = [{"value": question, "label": question} for question in offered]
        if not turn.said.problem:
            last["content"] += note("ask-next", texts.ASK_NEXT)
    return [*earlier, last]


def next_questions(answer: Answer) -> tuple[str, ...]:
    """What the buttons below an answer ask: the same again after a problem, else the questions that it suggests."""
    return (texts.ASK_AGAIN,) if answer.problem else answer.next_questions


def said(sentence: str) -> Message:
    """A sentence of Darash itself in place of an answer."""
    return {"role": "assistant", "content": note("problem", sentence)}


def conversation_list(conversations: Iterable[Conversation], current: str) -> str:
    """The list at the side: each conversation, with a link that shares and one that deletes it; `current` is open."""
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
        f'<a class="share" href="/share/{conversation.id}" title="{sharing_texts.SHARE_AND_EXPORT}"></a>'
        f'<a class="remove" href="#remove-{conversation.id}" title="{texts.DELETE_CONVERSATION}">\u00d7</a></li>'
    )


def _message(turn: StoredTurn, page_marks: PageMarks) -> Message:
    if turn.role == "assistant":
        return {"role": "assistant", "content": drawn_answer(turn.said, turn.id, page_marks) + _to_take(turn)}
    meant = retyped(turn.said.text)
    read_as = note("read-as", texts.READ_AS.format(text=meant)) if meant else ""
    return {"role": "user", "content": plain_html(turn.said.text) + read_as}


def _to_take(turn: StoredTurn) -> str:
    """Under a finished answer: the files in which it can be taken along, with its sources."""
    if not turn.said.finished or not turn.said.text:
        return ""
    kinds = {"docx": sharing_texts.WORD, "pdf": sharing_texts.PDF, "md": sharing_texts.MARKDOWN}
    links = "".join(f'<a href="/export/turn/{turn.id}.{kind}" download>{name}</a>' for kind, name in kinds.items())
    return f'<details class="take"><summary>{sharing_texts.TAKE_ANSWER}</summary>{links}</details>'
