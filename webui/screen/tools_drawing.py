"""The buttons below what was said: what can be done with a question and with an answer, and the way between branches.

What a button does, scripts know: each carries its action in `data-act` and the id of its turn in `data-turn`. Buttons
that do the same everywhere have icons; their names are read out, and shown when they are pointed at.
"""

import html

from webui.opinions import Opinion
from webui.texts import sharing_texts, talk_texts, texts
from webui.turn import StoredTurn


def question_tools(turn: StoredTurn) -> str:
    """Below a question: the other questions that were asked in its place, and asking another one."""
    return _group(talk_texts.TOOLS_OF_QUESTION, _branches(turn, talk_texts.BRANCHES_OF_QUESTION), _button("edit", turn))


def answer_tools(turn: StoredTurn, opinion: Opinion | None) -> str:
    """Below an answer: the other answers; once it is finished, copying it, another one, an opinion, a file of it."""
    branches = _branches(turn, talk_texts.BRANCHES_OF_ANSWER)
    if not turn.said.finished:
        return _group(talk_texts.TOOLS_OF_ANSWER, branches) if branches else ""
    if not turn.said.text:
        return _group(talk_texts.TOOLS_OF_ANSWER, branches, _button("again", turn))
    opinions = [
        _button(name, turn, opinion is not None and opinion.good is (name == "good")) for name in ("good", "bad")
    ]
    return _group(
        talk_texts.TOOLS_OF_ANSWER, branches, _button("copy", turn), _button("again", turn), *opinions, _taking(turn)
    )


def asking_again(turn: StoredTurn) -> str:
    """Below the last answer, where it went wrong."""
    asked = f'<button type="button" data-act="again" data-turn="{turn.id}">{html.escape(texts.ASK_AGAIN)}</button>'
    return f'<div class="retry">{asked}</div>'


def next_questions(questions: tuple[str, ...]) -> str:
    """Below the last answer: what might be asked next. A button asks what it says."""
    buttons = "".join(
        f'<button type="button" data-act="ask" dir="auto">{html.escape(" ".join(question.split()))}</button>'
        for question in questions
    )
    return f'<div class="next"><p class="ask-next">{html.escape(texts.ASK_NEXT)}</p>{buttons}</div>' if buttons else ""


def earlier_ones() -> str:
    """Above the first message that is drawn, where there are others before it."""
    label = html.escape(talk_texts.EARLIER)
    return f'<div class="earlier"><button type="button" data-act="earlier">{label}</button></div>'


def _group(name: str, *buttons: str) -> str:
    return f'<div class="tools" role="group" aria-label="{html.escape(name)}">{"".join(buttons)}</div>'


def _button(name: str, turn: StoredTurn, pressed: bool | None = None) -> str:
    label = html.escape(talk_texts.TOOLS[name])
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    return (
        f'<button type="button" class="tool" data-act="{name}" data-turn="{turn.id}"{state}'
        f' data-tip="{label}" aria-label="{label}"></button>'
    )


def _branches(turn: StoredTurn, name: str) -> str:
    """The way to the turn before and to the one after among those that stand in the same place."""
    number, total = turn.place
    if total == 1:
        return ""
    before = _branch(turn.siblings[number - 2] if number > 1 else "", "back", talk_texts.PREVIOUS_BRANCH)
    after = _branch(turn.siblings[number] if number < total else "", "forth", talk_texts.NEXT_BRANCH)
    place = html.escape(talk_texts.BRANCH.format(number=number, total=total))
    inside = f"{before}<span>{place}</span>{after}"
    return f'<span class="branches" role="group" aria-label="{html.escape(name)}">{inside}</span>'


def _branch(turn_id: str, way: str, label: str) -> str:
    disabled = "" if turn_id else " disabled"
    said = html.escape(label)
    return (
        f'<button type="button" class="tool {way}" data-act="branch" data-turn="{turn_id}"'
        f' data-tip="{said}" aria-label="{said}"{disabled}></button>'
    )


def _taking(turn: StoredTurn) -> str:
    """The files in which an answer can be taken along, with its sources, and its words alone."""
    kinds = {"docx": sharing_texts.WORD, "pdf": sharing_texts.PDF, "md": sharing_texts.MARKDOWN}
    links = "".join(f'<a href="/export/turn/{turn.id}.{kind}" download>{name}</a>' for kind, name in kinds.items())
    words = f'<button type="button" data-act="copy-text" data-turn="{turn.id}">{talk_texts.COPY_TEXT}</button>'
    label = html.escape(sharing_texts.TAKE_ANSWER)
    summary = f'<summary class="tool" data-tip="{label}" aria-label="{label}"></summary>'
    return f'<details class="take">{summary}<div>{words}{links}</div></details>'
