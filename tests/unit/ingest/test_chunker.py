from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from indexes.chunk import Chunk
from indexes.page import Page
from ingest.chunker import chunk
from ingest.document import Document, Heading

WORDS = [
    "המועצה",
    "דנה",
    "בבקשה",
    'עו"ד',
    "כהן.",
    "סעיף",
    "3.5",
    "ב-2024",
    "לפיכך:",
    "האם?",
    "|",
    "Word",
    "\x1e",
    "1.",
    "•",
]
GAPS = [" ", " ", " ", "\n", "\n\n", " | ", ". "]


@st.composite
def documents(draw: Callable[..., object]) -> Document:
    """Documents of a few pages that end with line ends, with headings anywhere."""
    pages, headings = [], []
    texts = st.lists(st.tuples(st.sampled_from(WORDS) | st.text(max_size=8), st.sampled_from(GAPS)), max_size=60)
    for number in range(1, draw(st.integers(1, 4)) + 1):  # type: ignore[operator]
        text = "".join(word + gap for word, gap in draw(texts)).rstrip() + "\n"  # type: ignore[attr-defined]
        pages.append(Page(number, text))
        for start in draw(st.lists(st.integers(0, len(text)), max_size=3)):  # type: ignore[attr-defined]
            headings.append(Heading(number, start, draw(st.integers(1, 3)), f"כותרת {start}"))  # type: ignore[arg-type]
    return Document("מסמך", tuple(pages), tuple(headings))


def of_pages(*texts: str, headings: tuple[Heading, ...] = ()) -> Document:
    return Document("מסמך", tuple(Page(number, text) for number, text in enumerate(texts, 1)), headings)


def cut(document: Document, size: int) -> list[Chunk]:
    return chunk(document, "d", "c", size)


@given(documents(), st.sampled_from([20, 50, 200, 900]))
def test_passages_tile_the_document(document: Document, size: int) -> None:
    """Passages are exactly what their spans say, in order, without overlap, and only blanks are between them."""
    text = "".join(page.text for page in document.pages)
    starts = {
        page.number: sum(len(before.text) for before in document.pages[: page.number - 1]) for page in document.pages
    }
    pages = {page.number: page.text for page in document.pages}
    position = 0
    for ordinal, passage in enumerate(cut(document, size)):
        assert passage.id == f"d-{ordinal}"
        assert passage.text == "".join(pages[span.page][span.start : span.end] for span in passage.spans)
        assert passage.text.strip()
        assert len(passage.text) <= size
        for span in passage.spans:
            start = starts[span.page] + span.start
            assert text[position:start].strip() == ""
            assert start >= position
            position = starts[span.page] + span.end
    assert text[position:].strip() == ""


def test_a_passage_may_run_over_a_page_break() -> None:
    """A sentence that goes on over the page is one passage with two spans."""
    document = of_pages("הוועדה תדון בבקשה ותחליט\n", "בתוך שלושים יום.\n")
    (only,) = cut(document, 900)
    assert [(span.page, span.start) for span in only.spans] == [(1, 0), (2, 0)]
    assert only.text == "הוועדה תדון בבקשה ותחליט\nבתוך שלושים יום."
    assert (only.first_page, only.last_page) == (1, 2)


def test_headings_divide_and_give_their_path() -> None:
    """Each section is its own passage, under the headings that stand above it."""
    preface, body = "דברי פתיחה לנוהל זה. " * 5, "תוכן הפרק הראשון. " * 8
    text = f"{preface}\n\nפרק א\n\n{body}\n\nחלק 1\n\n{body}\n\nפרק ב\n\nסוף\n"
    headings = tuple(
        Heading(1, text.index(title), level, title) for title, level in [("פרק א", 1), ("חלק 1", 2), ("פרק ב", 1)]
    )
    found = cut(of_pages(text, headings=headings), 400)
    assert [passage.heading_path for passage in found] == [(), ("פרק א",), ("פרק א", "חלק 1"), ("פרק ב",)]
    assert [passage.text.split("\n")[0] for passage in found[1:]] == ["פרק א", "חלק 1", "פרק ב"]


def test_a_heading_stays_with_what_it_announces() -> None:
    """A heading is never the end of a passage: it goes with the first sentence under it."""
    body = "משפט ארוך למדי על זכויות העובד בחופשה. " * 30
    text = f"זכויות העובד\n\n{body}\n"
    found = cut(of_pages(text, headings=(Heading(1, 0, 1, "זכויות העובד"),)), 300)
    assert found[0].text.startswith("זכויות העובד\n\nמשפט")
    assert all(passage.heading_path == ("זכויות העובד",) for passage in found)


def test_sections_without_text_are_joined_to_the_next() -> None:
    """A heading that has only another heading under it is not a passage of its own."""
    text = "פרק ג\n\nתחולה\n\nנוהל זה חל על כל עובדי המועצה.\n"
    headings = (Heading(1, 0, 1, "פרק ג"), Heading(1, text.index("תחולה"), 2, "תחולה"))
    (only,) = cut(of_pages(text, headings=headings), 900)
    assert only.text == text.strip()
    assert only.heading_path == ("פרק ג",)


def test_table_rows_are_not_torn() -> None:
    """A row is one line in one passage, also when it holds full stops."""
    rows = [f"שירות מספר {number}. כולל בדיקה | {number * 10} ש״ח. לשנה | הערה: בתוקף" for number in range(40)]
    found = cut(of_pages("מחירון\n\n" + "\n".join(rows) + "\n"), 300)
    lines = [line for passage in found for line in passage.text.split("\n")]
    assert [line for line in lines if " | " in line] == rows


def test_sentences_are_kept_whole() -> None:
    """A passage ends where a sentence ends; abbreviations, decimals and initials do not end one."""
    text = 'לפי ת.ז. של המבקש, עו"ד א. כהן ישלם 3.5 אחוזים בלבד. ' * 30 + "\n"
    assert all(
        passage.text.startswith("לפי") and passage.text.endswith("בלבד.") for passage in cut(of_pages(text), 200)
    )


def test_what_ends_with_a_colon_stays_with_its_list() -> None:
    """The line that announces a list is in the passage of its first item."""
    items = "\n".join(f"• פריט מספר {number} ברשימת המסמכים הנדרשים" for number in range(12))
    text = "הקדמה קצרה לנוהל. " * 9 + "\n\nיש לצרף את המסמכים הבאים:\n\n" + items + "\n"
    for passage in cut(of_pages(text), 220):
        assert not passage.text.rstrip().endswith(":")


def test_one_endless_word_is_cut() -> None:
    """Text without any blank, such as an encoded picture, cannot make a passage over the limit."""
    assert [len(passage.text) for passage in cut(of_pages("x" * 1000 + "\n"), 300)] == [300, 300, 300, 100]
