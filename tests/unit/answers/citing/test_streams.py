import logging
import random
import re
import sys
from collections.abc import Callable

import pytest

from answers.citing.citations import CitedText
from answers.citing.marks import MARK
from indexes.chunk import Hit

STREAMS = 1000
SENTENCES = [
    "המשרד סגור בימי שישי", "עובד חדש זכאי ל-14 ימי חופשה", "דמי החניה הם 20 ₪ (כולל מע\"מ)",
    "בשנת [2020] שונה הנוהל",
    "ראו [הערה 3] ו[סעיף 4]", "| ספרייה | 20 |", "- בקשה תוגש חודש מראש", "`x[i] = 1`", "[3 ימים] לפחות",
    "עד 1,500 ש\"ח",
    "לפי סעיף 4(א)", "בין 1.1.2020 [1000] ל-31.12.2020", "[מקור הדברים] הוא הנוהל", "(מקורו לא ידוע)", "1. ראשית",
    "\\",
]  # fmt: skip
MARKS = [
    "[1]", "[2]", "[3]", "[1][3]", "[1, 3]", "[1-3]", "[1 ,2]", "\u30101\u3011", "\uff3b2\uff3d", "[מקור 1]",
    "(מקור 2)",
    "[1\u2020source]", "[^1]", "[[1]]", "[ 1 ]", "[1.]", r"\[1\]", "[\u0663]", "[\u200f2\u200f]", "[מקורות 1 ו-3]",
    "[1, עמ' 3]", "[9]", "[0]", "[17, 2]", "[1-40]", "[[9]]", "[מקור 9]", "[1", "[", "[[", "[1, ", "[[9]1]", "[1 [2]",
    "[ [9] 2]", "[מקור", "]", "[1\n]", "\r\n", "(", "[1, [9] 3]", "[\u200b1", r"\[9", "[]", "[מקור [1]]",
]  # fmt: skip
HALF = re.compile(r"[\[\u3010\uff3b][ \t]*(?:מקור(?:ות)?[ \t]*)?(?:\d{1,3}(?!\d)[\d ,;\u2013-]*)?\\?$")
OURS = re.compile(r"\[(\d{1,3})\]")


@pytest.fixture
def sources(hit: Callable[..., Hit]) -> list[Hit]:
    return [
        hit("המשרד פתוח בכל יום. ביום שישי המשרד סגור.", name="1"),
        hit("עובד זכאי לחופשה של 14 ימים. בקשה תוגש חודש מראש.", name="2"),
        hit("דמי החניה הם 20 שקלים לשעה. בספרייה 1,500 ספרים.", name="3"),
    ]


def written(dice: random.Random) -> str:
    """What a model might write: sentences, with marks of all kinds on either side of their ends, and garbage."""
    parts = []
    for _ in range(dice.randint(1, 9)):
        marks = "".join(dice.choices(MARKS, k=dice.randint(0, 3)))
        blank, end = dice.choice(["", " ", "  "]), dice.choice([".", "", ":", "\n", "\n\n"])
        parts.append(f"{dice.choice(SENTENCES)}{blank}{marks}{end} " if dice.random() < 0.7 else marks)
    text = "".join(parts)
    return text[: dice.randint(0, len(text))] if dice.random() < 0.3 else text


def test_a_thousand_streams_cut_anywhere_end_as_the_whole(sources: list[Hit], caplog: pytest.LogCaptureFixture) -> None:
    """No half mark is ever shown, what is shown only grows, no number is unresolved, and cutting changes nothing."""
    caplog.set_level(logging.ERROR)
    for seed in range(STREAMS):
        dice = random.Random(seed)
        text = written(dice)
        at_once = CitedText(sources)
        whole = at_once.resolve(text, finished=True)
        cited, shown, read = CitedText(sources), "", 0
        while read < len(text):
            read += dice.choice([1, 1, 2, 3, 5, 40])
            before, (shown, citations) = shown, cited.resolve(text[:read], finished=False)
            assert shown.startswith(before), (seed, text)
            assert not HALF.search(shown), (seed, shown)
            assert {int(number) for number in OURS.findall(shown)} <= {each.number for each in citations}
        assert (cited.resolve(text, finished=True), cited.dropped) == (whole, at_once.dropped), (seed, text)
        assert whole[0].startswith(shown)
        assert_resolved(*whole)


def assert_resolved(text: str, citations: tuple[object, ...]) -> None:
    """Every mark of a finished answer, in any form, is the number of a citation, and the citations are in order."""
    numbers = list(dict.fromkeys(int(number) for number in OURS.findall(text)))
    assert numbers == list(range(1, len(citations) + 1))
    assert all(OURS.search(mark[0]) for mark in MARK.finditer(text)), text
    assert not HALF.search(text), text


def test_a_piece_costs_no_more_late_in_an_answer_than_early(sources: list[Hit]) -> None:
    """The work for each piece, counted in calls of functions, does not grow with what was written before."""
    pieces = [piece for number in range(400) for piece in ("המשרד סגור ", "בימי ", f"שישי{number} ", "[1", "]", ". ")]
    cited, text, calls = CitedText(sources), "", []

    def count(_frame: object, event: str, _argument: object) -> None:
        calls[-1] += event in ("call", "c_call")

    for piece in pieces:
        text += piece
        calls.append(0)
        sys.setprofile(count)
        try:
            cited.resolve(text, finished=False)
        finally:
            sys.setprofile(None)
    early, late = sum(calls[300:900]), sum(calls[-600:])
    assert late < 1.2 * early
