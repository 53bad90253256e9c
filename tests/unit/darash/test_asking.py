"""What `darash ask` prints."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from answers.answer import Answer, Citation, Doubt
from darash.asking import last_of
from indexes.page import Place
from webui.below import below
from webui.texts import texts

CITATION = Citation(1, "k", "d", "m", "נוהל", 2, Place(), 0, 4, "14 ימים")


async def stream(*states: Answer) -> AsyncGenerator[Answer]:
    """Those states."""
    for state in states:
        yield state


def test_what_happens_is_told_beside_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """The text goes to standard output as it grows; line, thoughts, parts and searches are told once, on the other."""
    base = Answer("", searched="כמה ימי חופשה?", terms=("חופשה שנתית",))
    states = [
        Answer(""),
        replace(base, place_in_line=2),
        replace(base, place_in_line=1),
        replace(base, thoughts="א"),
        replace(base, thoughts="אב"),
        replace(base, progress=(0, 2)),
        replace(base, text="מגיעים"),
        replace(base, text="מגיעים 14", problem="model_cut", finished=True),
    ]
    assert asyncio.run(last_of(stream(*states), quiet=False)) == states[-1]
    printed = capsys.readouterr()
    assert printed.out == "מגיעים 14\n\n"
    assert printed.err.splitlines() == [
        texts.SEARCHED.format(question="כמה ימי חופשה?"),
        texts.SEARCHED_ALSO.format(terms="חופשה שנתית"),
        texts.IN_LINE.format(place=2),
        texts.IN_LINE.format(place=1),
        texts.THINKING,
        texts.reading_part(0, 2),
        texts.PROBLEMS["model_cut"],
    ]


def test_a_quiet_answer_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Only the JSON stands on standard output then."""
    asyncio.run(last_of(stream(Answer("א"), Answer("אב", searched="ב")), quiet=True))
    assert capsys.readouterr() == ("", "")


def test_a_text_that_was_replaced_is_printed_anew(capsys: pytest.CaptureFixture[str]) -> None:
    """An answer that turns out to be a refusal is not mixed with what was streamed before."""
    asyncio.run(last_of(stream(Answer("טיוטה"), Answer("לא נמצא")), quiet=False))
    assert capsys.readouterr().out == "טיוטה\n\nלא נמצא"


def test_what_is_below_does_not_wait_for_the_next_questions(capsys: pytest.CaptureFixture[str]) -> None:
    """The sources are printed with the end of the answer, what to ask next when it comes."""
    done = Answer("14 ימים [1].", (CITATION,), finished=True)
    shown = []

    async def states() -> AsyncGenerator[Answer]:
        yield done
        shown.append(capsys.readouterr().out)
        yield replace(done, next_questions=("ולמי?",))

    asyncio.run(last_of(states(), quiet=False))
    assert shown == ["14 ימים [1].\n\n[1] נוהל, עמוד 2\n"]
    assert capsys.readouterr().out == f"\n{texts.ASK_NEXT}\n- ולמי?\n"


def test_nothing_of_a_stranger_commands_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the model nor a document nor its title moves the cursor, sets a title, or turns what is read."""
    evil = "א\x1b]0;ב\x07\x9b2J\u202eג\r\x08\u2066ד\ud800"
    answer = Answer(
        f"{evil} [1]", (replace(CITATION, title=evil),), finished=True, searched=evil, terms=(evil,),
        doubts=(Doubt(0, 9, (evil,)),), verified=0.5, next_questions=(evil,),
    )  # fmt: skip
    asyncio.run(last_of(stream(answer), quiet=False))
    printed = capsys.readouterr()
    assert not set("\x1b\x07\x9b\u202e\r\x08\u2066\ud800") & set(printed.out + printed.err)
    assert printed.out.count("א]0;ב2Jגד") >= 3


def test_under_the_answer_stand_doubts_and_sources() -> None:
    """In plain text, with the doubtful sentences named, since nothing can be underlined."""
    text = "מגיעים\n14 ימים [1]. סוף."
    answer = Answer(text, (CITATION,), doubts=(Doubt(0, 20, ("14",)),), verified=0.5)
    assert list(below(answer)) == [
        f"{texts.DOUBTFUL}: מגיעים 14 ימים [1]. {texts.MISSING.format(missing='14')}",
        texts.verified(1, 2),
        "[1] נוהל, עמוד 2",
    ]
    assert list(below(Answer("כן"))) == []
