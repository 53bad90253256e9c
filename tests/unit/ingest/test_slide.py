from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document
from ingest.readers.draft import Draft
from ingest.readers.slides.slide import Block, Slide, in_order, write_slide

SIDE = st.integers(0, 100).map(float)
BOXES = st.tuples(SIDE, SIDE, SIDE, SIDE).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)


def written(*slides: Slide) -> Document:
    draft = Draft()
    for slide in slides:
        write_slide(draft, slide)
    return draft.document("")


def block(x0: float, y0: float, x1: float, y1: float, *lines: str) -> Block:
    return Block((x0, y0, x1, y1), lines)


def order(*blocks: Block, from_right: bool = True) -> str:
    return " ".join(each.lines[0] for each in in_order(blocks, from_right=from_right))


def test_title_text_notes() -> None:
    """The title is a heading, the notes stand at the end after a line that says so."""
    document = written(Slide("מטרות", (block(0, 10, 100, 50, "\u2022 אחת", "\u2022 שתיים"),), ("לפתוח בברכה",)))
    assert document.pages[0].text == "מטרות\n\n• אחת\n• שתיים\n\nהערות הדובר:\nלפתוח בברכה"
    assert document.headings[0].text == "מטרות"


def test_an_empty_slide_keeps_its_number() -> None:
    """A hidden slide is an empty page, so that the slides after it are called by their numbers."""
    pages = written(Slide("א"), Slide(), Slide("ג")).pages
    assert [(page.number, page.text, page.place.kind) for page in pages] == [
        (1, "א", "slide"), (2, "", "slide"), (3, "ג", "slide"),
    ]  # fmt: skip


def test_columns_are_read_from_the_right() -> None:
    """Two headings over two columns: each heading with its column, the right one first; in English the left one."""
    blocks = [
        block(0, 20, 45, 30, "L1"), block(55, 20, 100, 30, "R1"),
        block(0, 30, 45, 90, "L2"), block(55, 30, 100, 90, "R2"), block(0, 0, 100, 10, "top"),
    ]  # fmt: skip
    assert order(*blocks) == "top R1 R2 L1 L2"
    assert order(*blocks, from_right=False) == "top L1 L2 R1 R2"


def test_rows_far_apart_are_read_one_by_one() -> None:
    """Label and text side by side, and room between the rows: each text with its label."""
    blocks = [
        block(75, 0, 100, 10, "a"), block(0, 0, 74, 10, "1"), block(75, 30, 100, 40, "b"), block(0, 30, 74, 40, "2"),
    ]  # fmt: skip
    assert order(*blocks) == "a 1 b 2"


def test_a_frame_is_read_before_what_it_holds() -> None:
    """A box around others is not between them."""
    blocks = [
        block(50, 40, 90, 60, "R"),
        block(5, 40, 45, 60, "L"),
        block(0, 20, 100, 80, "frame"),
        block(0, 0, 100, 15, "top"),
    ]
    assert order(*blocks) == "top frame R L"


@given(st.lists(BOXES, max_size=12))
def test_nothing_is_lost_in_ordering(boxes: list[tuple[float, float, float, float]]) -> None:
    """Every block is read once, however they lie."""
    blocks = [Block(box, (str(n),)) for n, box in enumerate(boxes)]
    found = in_order(blocks, from_right=True)
    assert sorted(each.lines for each in found) == sorted(each.lines for each in blocks)


def test_hebrew_tables_begin_at_the_right() -> None:
    """A table made from left to right on a Hebrew slide is read from its last cell; an English one is not turned."""

    def table(*rows: tuple[str, ...], from_left: bool = True) -> str:
        slide = Slide("תעריפי החניה בעיר", (Block((0, 0, 1, 1), rows=rows, from_left=from_left),))
        return written(slide).pages[0].text.split("\n\n")[1]

    assert table(("מחיר", "שירות"), ("50", "בריכה")) == "שירות | מחיר\nבריכה | 50"
    assert table(("שירות", "מחיר"), ("בריכה", "50"), from_left=False) == "שירות | מחיר\nבריכה | 50"
    assert table(("a", "b"), ("1", "2")) == "a | b\n1 | 2"


def test_groups_stay_together() -> None:
    """What is grouped is read together, in its own order."""
    group = Block((0, 20, 100, 60), group=(block(0, 50, 9, 60, "ב"), block(0, 20, 9, 30, "א")))
    document = written(Slide("", (block(0, 70, 9, 80, "ג"), group)))
    assert document.pages[0].text == "א\n\nב\n\nג"
