"""What the conversation looks like: stored turns and lists as HTML for Gradio's components. Knows no Gradio."""

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hebrew.keyboard import retyped
from webui.conversations import Conversation, StoredTurn
from webui.place import source_text
from webui.screen import texts
from webui.screen.answer_html import Mark, answer_html, direction, mark_html, plain_html

Message = dict[str, Any]
"""A message as `gr.Chatbot` takes it: `role`, `content`, and `options`, the buttons below it."""


PageMarks = Mapping[tuple[str, int], str]
"""(document, page number) -> what is said of how it was read, for the pages that were not read well."""


def messages(turns: Sequence[StoredTurn], page_marks: PageMarks) -> list[Message]:
    """Every turn of a conversation as a message. Only the last one can be asked again."""
    drawn = [_message(turn, page_marks) for turn in turns]
    if turns and turns[-1].problem:
        drawn[-1]["options"] = [{"value": texts.ASK_AGAIN, "label": texts.ASK_AGAIN}]
    return drawn


def said(sentence: str) -> Message:
    """A sentence of Darash itself in place of an answer."""
    return {"role": "assistant", "content": _note("problem", sentence)}


def conversation_list(conversations: Iterable[Conversation], current: str) -> str:
    """The list at the side: a link per conversation, and one that deletes it. The open one is marked `current`."""
    items = [_item(conversation, conversation.id == current) for conversation in conversations]
    if not items:
        return _note("none", texts.NO_CONVERSATIONS)
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
    if turn.role == "user":
        meant = retyped(turn.text)
        read_as = _note("read-as", texts.READ_AS.format(text=meant)) if meant else ""
        return {"role": "user", "content": plain_html(turn.text) + read_as}
    marks = _marks(turn)
    if turn.mode == "quoted":
        said, _, quotes = turn.text.partition("\n\n") if turn.refusal else ("", "", turn.text)
        text = plain_html(said) + (f'<div class="quotes">{plain_html(quotes, marks)}</div>' if quotes else "")
    else:
        text = answer_html(turn.text, marks)
    if turn.problem:
        text += _note("problem", texts.PROBLEMS.get(turn.problem, texts.PROBLEM_UNKNOWN))
    if turn.finished:
        text += _sources(turn, marks, page_marks)
    return {"role": "assistant", "content": text or _note("pending", texts.SEARCHING)}


def _marks(turn: StoredTurn) -> dict[int, Mark]:
    return {
        citation.number: Mark(
            address=f"/view/{turn.id}/{citation.number}",
            label=source_text(citation.title, citation.place, citation.page, citation.quote),
        )
        for citation in turn.citations
    }


def _sources(turn: StoredTurn, marks: dict[int, Mark], page_marks: PageMarks) -> str:
    """The pages behind an answer, under it: each page once, after the numbers of its citations."""
    numbers: dict[str, str] = {}
    for citation in sorted(turn.citations, key=lambda citation: citation.number):
        mark = marks[citation.number]
        quality = page_marks.get((citation.document_id, citation.page), "")
        place = html.escape(mark.label) + (f' <span class="mark">{html.escape(quality)}</span>' if quality else "")
        numbers[place] = numbers.get(place, "") + mark_html(citation.number, mark)
    items = [f"<li>{links} {place}</li>" for place, links in numbers.items()]
    return f'<ul class="sources">{"".join(items)}</ul>' if items else ""


def _note(kind: str, sentence: str) -> str:
    return f'<p class="{kind}" dir="rtl">{html.escape(sentence)}</p>'
