from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from indexes.chunk import Chunk
from indexes.page import Page, Place
from ingest.chunker import chunk
from ingest.document import Document, Heading, Table

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
PLACES = [
    Place("page"),
    Place("slide"),
    Place("sheet", "א", 1),
    Place("sheet", "א", 7),
    Place("sheet", "ב", 1),
    Place("text"),
]


@st.composite
def documents(draw: Callable[..., object]) -> Document:
    """Documents of a few pages that end with line ends: headings anywhere, tables on whole lines, blank pages."""
    pages, headings, tables = [], [], []
    texts = st.lists(st.tuples(st.sampled_from(WORDS) | st.text(max_size=8), st.sampled_from(GAPS)), max_size=60)
    for number in range(1, draw(st.integers(1, 4)) + 1):  # type: ignore[operator]
        text = "".join(word + gap for word, gap in draw(texts)).rstrip() + "\n"  # type: ignore[attr-defined]
        pages.append(Page(number, text, draw(st.sampled_from(PLACES))))  # type: ignore[arg-type]
        starts = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]
        cuts = sorted(draw(st.sets(st.sampled_from(starts), max_size=4)))  # type: ignore[type-var]
        for start, end in zip(cuts[::2], cuts[1::2], strict=False):
            rows = text[start : end - 1]
            header = draw(st.sampled_from(["", rows.split("\n")[0], "שירות | מחיר"]))
            tables.append(Table(number, start, end - 1, header))  # type: ignore[arg-type]
        for start in draw(st.lists(st.integers(0, len(text)), max_size=3)):  # type: ignore[attr-defined]
            headings.append(Heading(number, start, draw(st.integers(1, 3)), f"כותרת {start}"))  # type: ignore[arg-type]
    return Document("מסמך", tuple(pages), tuple(headings), tuple(tables))


def of_pages(*texts: str, headings: tuple[Heading, ...] = (), tables: tuple[Table, ...] = ()) -> Document:
    return Document("מסמך", tuple(Page(number, text) for number, text in enumerate(texts, 1)), headings, tables)


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
            assert span.place == document.pages[span.page - 1].place.after(pages[span.page][: span.start])
            assert text[position:start].strip() == ""
            assert start >= position
            position = starts[span.page] + span.end
    assert text[position:].strip() == ""


@given(documents(), st.sampled_from([20, 50, 200, 900]))
def test_headers_go_with_the_rows_under_them(document: Document, size: int) -> None:
    """A passage has a header row exactly if it begins in a table, after its header; and it is that of the table."""
    for passage in cut(document, size):
        first, expected = passage.spans[0], ""
        text = document.pages[first.page - 1].text
        for table in document.tables:
            is_above = text.startswith(table.header, table.start)
            start = table.start + len(table.header) * is_above
            if table.page == first.page and start <= first.start < table.end and len(table.header) <= size // 2:
                expected = table.header
        assert passage.table_header == expected


@given(documents(), st.sampled_from([50, 200, 900]))
def test_sheets_and_slides_are_not_mixed(document: Document, size: int) -> None:
    """A passage is on one sheet, and on one slide unless what is on the first of them is very short."""
    for passage in cut(document, size):
        places = [document.pages[span.page - 1].place for span in passage.spans if passage.text.strip()]
        sheets = {(place.kind, place.label) for place in places}
        assert len(sheets) == 1 or all(kind != "sheet" for kind, _ in sheets)


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
    text = "מחירון\n\n" + "\n".join(rows)
    found = cut(of_pages(text + "\n", tables=(Table(1, 8, len(text), rows[0]),)), 300)
    lines = [line for passage in found for line in passage.text.split("\n")]
    assert [line for line in lines if " | " in line] == rows
    assert [passage.table_header for passage in found] == ["", *[rows[0]] * (len(found) - 1)]
    assert found[0].text.startswith("מחירון\n\nשירות מספר 0")


def test_a_header_row_is_not_alone() -> None:
    """What announces a table stays with its header row, and that with the first row under it."""
    rows = ["שירות | מחיר", *(f"שירות {number} | {number * 10}" for number in range(60))]
    intro = "משפט ארוך שממלא את הקטע הראשון כולו. " * 5 + "להלן המחירים:"
    text = f"{intro}\n\n" + "\n".join(rows)
    found = cut(of_pages(text + "\n", tables=(Table(1, len(intro) + 2, len(text), rows[0]),)), 250)
    assert all("שירות 0 | 0" in passage.text for passage in found if "שירות | מחיר" in passage.text)
    assert not any(passage.text.endswith(":") for passage in found)


def test_a_table_goes_on_over_the_page() -> None:
    """On the next page the rows are under the header of the first, also where the page begins with them."""
    rows = [f"שירות {number} | {number * 10}" for number in range(40)]
    texts = ["שירות | מחיר\n" + "\n".join(rows[:20]) + "\n", "\n".join(rows[20:]) + "\n"]
    tables = tuple(Table(page, 0, len(text) - 1, "שירות | מחיר") for page, text in enumerate(texts, 1))
    found = cut(of_pages(*texts, tables=tables), 150)
    assert [passage.table_header for passage in found] == ["", *["שירות | מחיר"] * (len(found) - 1)]


def test_a_header_as_long_as_a_passage_does_not_go_with_it() -> None:
    """A header row that would push the rows aside is left where it is."""
    header = " | ".join(["כותרת ארוכה מאוד"] * 10)
    text = header + "\n" + "\n".join(f"{number} | 1" for number in range(100))
    found = cut(of_pages(text + "\n", tables=(Table(1, 0, len(text), header),)), 200)
    assert {passage.table_header for passage in found} == {""}


def test_items_of_a_list_are_kept_whole() -> None:
    """An item of several sentences is in one passage."""
    items = [f"{number}. סעיף מספר {number} של הנוהל. יש לפנות למנהל. המנהל ישיב." for number in range(1, 30)]
    text = "\n".join(items)
    for passage in cut(of_pages(text + "\n"), 200):
        assert set(passage.text.split("\n")) <= set(items)


def test_the_place_of_a_passage_is_its_row() -> None:
    """On a sheet, a passage knows the row in which it begins."""
    lines = [f"שורה {number} | ערך" if number % 3 else "" for number in range(12, 100)]
    page = Page(1, "\n".join(lines).rstrip() + "\n", Place("sheet", "תעריפים", 12))
    for passage in cut(Document("מחירון", (page,), (), (Table(1, 0, len(page.text), ""),)), 100):
        row = passage.spans[0].place.row
        assert passage.text.startswith(f"שורה {row} |")


def test_slides_and_sheets_begin_anew() -> None:
    """The title of a slide is not that of the next one; the name of a sheet is that of all its pages."""
    long = "משפט ארוך על זכויות. " * 8
    slides = tuple(Page(n, f"{t}{long}\n", Place("slide")) for n, t in enumerate(["מטרות\n\n", "", "סיכום\n\n"], 1))
    headings = (Heading(1, 0, 1, "מטרות"), Heading(3, 0, 1, "סיכום"))
    found = cut(Document("מצגת", slides, headings), 200)
    assert [passage.heading_path for passage in found] == [("מטרות",), (), ("סיכום",)]
    sheets = tuple(Page(n, f"{n}\n", Place("sheet", name, 1)) for n, name in enumerate("אאב", 1))
    names = (Heading(1, 0, 1, "א"), Heading(3, 0, 1, "ב"))
    found = cut(Document("חוברת", sheets, names), 200)
    assert [(passage.heading_path, passage.text) for passage in found] == [(("א",), "1\n2"), (("ב",), "3")]


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
