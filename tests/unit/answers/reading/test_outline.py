from collections.abc import Callable

from answers.asking.quotations import Quotations
from answers.reading.outline import outline
from indexes.chunk import Chunk, Hit


def test_each_section_is_said_by_its_heading_and_a_sentence(hit: Callable[..., Hit]) -> None:
    """Word for word, with a citation; a section without a sentence is left out."""
    chunks = [
        hit("1. מטרה\n\nהנוהל מסדיר חופשה ללא תשלום של עובדים.", headings=["נוהל", "1. מטרה"]).chunk,
        hit("2. טבלה\n\nמשך | מאשר\n7 ימים | מנהל", name="2", headings=["נוהל", "2. טבלה"]).chunk,
        hit("3. ערר\n\nעובד רשאי להגיש ערר על החלטה בחופשה ללא תשלום.", name="3", headings=["נוהל", "3. ערר"]).chunk,
    ]
    quotations = Quotations()
    assert outline(chunks, quotations).splitlines() == [
        "- 1. מטרה: הנוהל מסדיר חופשה ללא תשלום של עובדים. [1]",
        "- 3. ערר: עובד רשאי להגיש ערר על החלטה בחופשה ללא תשלום. [2]",
    ]
    assert [citation.chunk_id for citation in quotations.citations] == ["c1", "c3"]


def test_a_document_without_headings_is_said_by_its_most_central_sentences(hit: Callable[..., Hit]) -> None:
    """In the order of the text."""
    text = "חופשה ללא תשלום מאושרת בידי ועדה. אתמול ירד גשם חזק מאוד בצפון. הוועדה דנה בחופשה ללא תשלום בכל חודש."
    lines = outline([hit(text).chunk], Quotations()).splitlines()
    assert lines[0].startswith("- חופשה ללא תשלום")
    assert len(lines) == 3


def test_a_long_document_has_ten_lines_spread_over_it(hit: Callable[..., Hit]) -> None:
    """The first section and one near the end are among them."""
    chunks: list[Chunk] = [
        hit(f"כאן נאמר דבר מספר {at} על חופשה ללא תשלום.", name=str(at), headings=[f"פרק {at}"]).chunk
        for at in range(40)
    ]
    quotations = Quotations()
    lines = outline(chunks, quotations).splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("- פרק 0")
    assert quotations.citations[-1].chunk_id == "c36"
