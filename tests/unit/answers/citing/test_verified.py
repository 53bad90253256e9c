from collections.abc import Callable

import pytest

from answers.answer import Doubt
from answers.citing.citations import CitedText
from answers.citing.verified import Verification, verified
from indexes.chunk import Hit


@pytest.fixture
def sources(hit: Callable[..., Hit]) -> list[Hit]:
    return [
        hit(
            "עובד חדש זכאי לחופשה שנתית של 14 ימים. הבקשה מוגשת למנהל המחלקה, גב' רינה אלקבץ, עד 12 במרץ 2024. "
            "הסכום הוא אלף וחמש מאות שקלים, ובשנה השלישית 3.5% יותר. הטלפון: 03-1234567, בין השעות 8:30 ו-16:00.",
            name="1", title="נוהל חופשה משנת 2019", headings=["פרק ז"],
        ),
        hit("דמי החניה הם 20 שקלים לשעה, וביום שני חינם.", name="2"),
    ]  # fmt: skip


def check(text: str, sources: list[Hit]) -> tuple[str, Verification]:
    shown, citations = CitedText(sources).resolve(text, finished=True)
    return shown, verified(shown, citations, sources)


@pytest.mark.parametrize(
    "text",
    [
        "לעובדים חדשים מגיעים 14 ימי חופשה בשנה [1].", "את הבקשה מגישים למנהלת המחלקה עד 12/03/2024 [1].",
        "הבקשה תוגש עד 12.3 [1].", "הסכום 1,500 ₪ [1].", "הסכום: 1500 ש\"ח [1].",
        "בשנה ה-3 הסכום גבוה ב-3.5 אחוזים [1].", "אפשר להתקשר לטלפון 031234567 [1].", "בין השעות 08:30 ל-16 [1].",
        "לפי הנוהל משנת 2019, פרק ז [1].", "חניה עולה 20 שקלים, ומגיעות 14 ימי חופשה [1][2].",
        "1. חופשה של 14 ימים [1].",
        "**3)** עובד חדש זכאי לחופשה [1].", "לפי מקור 2, החניה ב-20 שקלים לשעה [2].",
        "יש שלושה כללים לחופשה: [1]", "כן [1].",
        "Parking costs 20 shekels per hour [2].", "ביום ב' החניה חינם [2].", "רינה אלקבצ מטפלת בבקשה [1].",
    ],
)  # fmt: skip
def test_what_the_passage_says_is_verified(text: str, sources: list[Hit]) -> None:
    """In other words, other forms of numbers and dates, from the title, or from two passages together."""
    assert check(text, sources)[1] == Verification((), 1.0)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("לעובד חדש 15 ימי חופשה [1].", ("15",)),
        ("לעובד חדש חמישה עשר ימי חופשה שנתית [1].", ("חמישה עשר",)),
        ("הבקשה למנהל המחלקה עד 13 במרץ 2024 [1].", ("13 במרץ 2024",)),
        ("הסכום הוא 1,600 ₪, 3.5% [1].", ("1,600",)),
        ("הסכום הוא 1.5 מיליון שקלים [1].", ("1.5 מיליון",)),
        ("הטלפון הוא 03-1234568 [1].", ("03-1234568",)),
        ("החניה ביום שלישי חינם [2].", ("שלישי",)),
        ("החניה 20 שקלים, 14 ימים [2].", ("14",)),
        ("בקשה מוגשת למנהל המחלקה קרוקובסקי [1].", ()),
        ("הבריכה פתוחה לכל תושבי העיר בקיץ [1].", ()),
    ],
)
def test_what_the_passage_does_not_say_is_doubted(text: str, missing: tuple[str, ...], sources: list[Hit]) -> None:
    """Numbers, dates and amounts by name; a strange name and strange words as they are."""
    shown, verification = check(text, sources)
    assert verification == Verification((Doubt(0, len(shown), missing),), 0.0)


def test_doubts_are_places_in_the_answer(sources: list[Hit]) -> None:
    """Each cited sentence for itself, marks on either side of its full stop; what cites nothing is not checked."""
    text = "הנה התשובה. החניה עולה 25 שקלים [2]. 14 ימי חופשה. [1]\n- 1. בלי מקור: 99.\n- החניה חינם ביום רביעי. [2]"
    shown, verification = check(text, sources)
    assert [shown[each.start : each.end] for each in verification.doubts] == [
        "החניה עולה 25 שקלים [1].", "החניה חינם ביום רביעי. [1]",
    ]  # fmt: skip
    assert [each.missing for each in verification.doubts] == [("25",), ("רביעי",)]
    assert verification.share == pytest.approx(1 / 3)


def test_a_mark_covers_its_own_sentence_alone(sources: list[Hit]) -> None:
    """Sentences before it are not checked by it."""
    assert check("הבריכה פתוחה ב-7:00. החניה 20 שקלים [2].", sources)[1] == Verification((), 1.0)


@pytest.mark.parametrize("text", ["", "אין כאן מקור.", "לא נמצא במסמכים.", "בשנת [2020]"])
def test_without_citations_there_is_no_share(text: str, sources: list[Hit]) -> None:
    """Nothing was claimed of a source."""
    assert check(text, sources)[1] == Verification()
