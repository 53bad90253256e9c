"""What the conversation looks like: stored turns and lists as HTML for Gradio's components. Knows no Gradio."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hebrew.keyboard import retyped
from webui.opinions import Opinion
from webui.screen.answer_drawing import PageMarks, drawn_answer, note
from webui.screen.answer_html import lines, plain_html
from webui.screen.tools_drawing import answer_tools, asking_again, earlier_ones, next_questions, question_tools
from webui.texts import texts
from webui.turn import StoredTurn

Message = dict[str, Any]
"""A message as `gr.Chatbot` takes it: `role` and `content`."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the turns: how their pages were read, what was said of them (by the id of the answer).

    `earlier` says that there are messages before the first that is drawn.
    """

    page_marks: PageMarks = field(default_factory=dict)
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    earlier: bool = False


def messages(turns: Sequence[StoredTurn], beside: Beside) -> list[Message]:
    """Every turn of a conversation as a message; below the last answer stands what can be asked next."""
    return continued(plain(turns[:-1], beside), turns[-1], beside) if turns else []


def plain(turns: Iterable[StoredTurn], beside: Beside) -> list[Message]:
    """Turns that others follow, as messages."""
    drawn = [_message(turn, beside) for turn in turns]
    if drawn and beside.earlier:
        drawn[0]["content"] = lines(earlier_ones(), drawn[0]["content"])
    return drawn


def continued(earlier: Sequence[Message], turn: StoredTurn, beside: Beside) -> list[Message]:
    """Messages and, after them, the last turn: while an answer grows, only that one has to be drawn anew."""
    last = _message(turn, beside)
    going_on = asking_again(turn) if turn.said.problem else next_questions(turn.said.next_questions)
    last["content"] = lines(last["content"], going_on)
    return [*earlier, last]


def said(sentence: str) -> Message:
    """A sentence of Darash itself in place of an answer."""
    return {"role": "assistant", "content": note("problem", sentence)}


def _message(turn: StoredTurn, beside: Beside) -> Message:
    if turn.role == "assistant":
        answer = drawn_answer(turn.said, turn.id, beside.page_marks)
        return {"role": "assistant", "content": lines(answer, answer_tools(turn, beside.opinions.get(turn.id)))}
    asked = f'<div class="asked" data-turn="{turn.id}">{plain_html(turn.said.text)}</div>'
    meant = retyped(turn.said.text)
    read_as = note("read-as", texts.READ_AS.format(text=meant)) if meant else ""
    return {"role": "user", "content": lines(asked, read_as, question_tools(turn))}
