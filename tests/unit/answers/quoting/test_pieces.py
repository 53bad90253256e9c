import random

import pytest

from answers.quoting.pieces import is_row, pieces
from indexes.chunk import Chunk, Span


def chunk(text: str, *headings: str, title: str = "נוהל") -> Chunk:
    return Chunk("c", "d", "k", title, headings, (Span(1, 0, len(text)),), text)


def said(made: Chunk) -> list[str]:
    return [" ".join(made.text[piece.start : piece.end].split()) for piece in pieces(made)]


def test_sentences_are_pieces() -> None:
    """Each for itself."""
    assert said(chunk("העובד זכאי לחופשה שנתית. הבקשה תוגש למנהל המחלקה.")) == [
        "העובד זכאי לחופשה שנתית.",
        "הבקשה תוגש למנהל המחלקה.",
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("5. ותק, חופשה ומחלה\n\nהעובד צובר ותק בתקופת המחלה.", ("5. ותק, חופשה ומחלה",)),
        ("5. ותק, חופשה ומחלה\nהעובד צובר ותק בתקופת המחלה, ככל שלא נקבע אחרת בנוהל.", ("5. ותק, חופשה ומחלה",)),
        ("ותק, חופשה ומחלה\n\nהעובד צובר ותק בתקופת המחלה.", ()),
        ("ותק וחופשה\nהעובד צובר ותק בתקופת המחלה, ככל שלא נקבע אחרת בנוהל.", ()),
        ("ותק, חופשה ומחלה\n-------\nהעובד צובר ותק בתקופת המחלה.", ()),
        ("אני סטודנטית. מגיעה לי חופשה?\n\nהעובד צובר ותק בתקופת המחלה.", ("אני סטודנטית. מגיעה לי חופשה?",)),
    ],
)
def test_a_heading_is_no_piece(text: str, headings: tuple[str, ...]) -> None:
    """It stands over what follows: by the headings of the passage, or short, without an end and over a blank line."""
    made = chunk(text, *headings)
    (piece,) = pieces(made)
    assert made.text[piece.start :].startswith("העובד צובר ותק")
    assert "חופשה" in piece.over


def test_a_passage_of_headings_alone_is_one_piece() -> None:
    """So that there is something to quote."""
    assert said(chunk("נוהל חופשה\n\n", "נוהל חופשה")) == ["נוהל חופשה"]


def test_a_colon_comes_with_its_list_and_every_item_alone_under_it() -> None:
    """The line that leads to the items stands over each of them."""
    made = chunk("יש לצרף לבקשה:\n1. צילום תעודת זהות\n2. תלושי שכר\n\nהבקשה תוגש עד סוף החודש.")
    assert said(made) == [
        "יש לצרף לבקשה: 1. צילום תעודת זהות 2. תלושי שכר",
        "1. צילום תעודת זהות",
        "2. תלושי שכר",
        "הבקשה תוגש עד סוף החודש.",
    ]
    assert [piece.over for piece in pieces(made)][1:] == ["יש לצרף לבקשה:"] * 2 + [""]


def test_a_question_comes_with_its_answer_and_a_word_with_its_sentence() -> None:
    """As people ask and answer in a document."""
    assert said(chunk("אפשר לשלם באשראי? כן. אפשר לשלם בכל כרטיס אשראי."))[:2] == [
        "אפשר לשלם באשראי? כן.",
        "כן. אפשר לשלם בכל כרטיס אשראי.",
    ]


def test_rows_are_pieces() -> None:
    """However short they are."""
    rows = "צהרון | 900\nקייטנה | 1,200"
    assert said(chunk(rows)) == rows.split("\n")
    assert is_row(rows)
    assert not is_row("צהרון")


def test_pieces_leave_out_nothing_but_headings() -> None:
    """Whatever a passage is made of, all that is no heading lies in a piece."""
    random.seed(3)
    parts = [
        "כותרת קצרה\n\n",
        "משפט ארוך שיש בו כמה מילים. ",
        "מה זה? ",
        "1. פריט ברשימה.\n",
        "תא | תא\n",
        "כך:\n",
        "כן. ",
    ]
    for _ in range(200):
        made = chunk("".join(random.choices(parts, k=random.randrange(1, 9))))
        inside = {at for piece in pieces(made) for at in range(piece.start, piece.end)}
        missing = "".join(letter for at, letter in enumerate(made.text) if at not in inside)
        assert not missing.replace("כותרת קצרה", "").strip()


def test_a_numbered_line_over_a_clause_with_a_number_below_its_own_is_a_heading() -> None:
    """Without a blank line; an item of a list over another one is none."""
    made = chunk("5א. ותק, חופשה ומחלה\n5.1 חופשה של עד 14 ימים נחשבת כתקופת עבודה לעניין הוותק.")
    assert said(made) == ["5.1 חופשה של עד 14 ימים נחשבת כתקופת עבודה לעניין הוותק."]
    assert len(said(chunk("1. שמות המגישים של הדוח\n2. הסבר קצר על המערכת כולה"))) == 2


def test_a_colon_comes_with_its_table_and_every_row_alone_under_it() -> None:
    """The line that leads to a table says nothing without it."""
    text = "הגורם המאשר נקבע לפי המשך:\nמשך | גורם\nשבוע | מנהל האגף\nשנה | מליאת המועצה\n\nהוועדה מתכנסת בכל חודש."
    made = chunk(text)
    assert said(made)[0] == "הגורם המאשר נקבע לפי המשך: משך | גורם שבוע | מנהל האגף שנה | מליאת המועצה"
    assert [piece.over.strip() for piece in pieces(made)[1:4]] == ["הגורם המאשר נקבע לפי המשך:"] * 3


def test_the_way_to_a_page_is_no_piece() -> None:
    """What websites write over a page."""
    assert said(chunk("ראשי>רכוש>הלוואות>לעניים>\n\nיש להלוות לכל אדם שצריך.")) == ["יש להלוות לכל אדם שצריך."]
