from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Cm

from ingest.document import Document
from ingest.readers.slides.pptx import read_pptx


def read(tmp_path: Path, fill: Callable[[Any], None]) -> Document:
    presentation = Presentation()
    fill(presentation)
    presentation.save(str(tmp_path / "x.pptx"))
    return read_pptx(tmp_path / "x.pptx")


def add_slide(presentation: Any, layout: int, *texts: str) -> Any:
    """A slide of one of the layouts of an empty presentation, with texts in its placeholders."""
    slide = presentation.slides.add_slide(presentation.slide_layouts[layout])
    for placeholder, text in zip(slide.placeholders, texts, strict=False):
        placeholder.text_frame.text = text
    return slide


def add_text(shapes: Any, text: str, left: float, top: float) -> Any:
    box = shapes.add_textbox(Cm(left), Cm(top), Cm(8), Cm(2))
    box.text_frame.text = text
    return box


def test_slides_are_pages(tmp_path: Path) -> None:
    """Titles are headings, paragraphs of the body have their bullets, a subtitle has none, notes come last."""

    def fill(presentation: Any) -> None:
        add_slide(presentation, 0, "תוכנית עבודה", "שנת 2026")
        slide = add_slide(presentation, 1, "מטרות", "ראשונה\nשנייה")
        slide.notes_slide.notes_text_frame.text = "לא לשכוח"

    document = read(tmp_path, fill)
    assert [page.text for page in document.pages] == [
        "תוכנית עבודה\n\nשנת 2026",
        "מטרות\n\n• ראשונה\n• שנייה\n\nהערות הדובר:\nלא לשכוח",
    ]
    assert [(each.page, each.text) for each in document.headings] == [(1, "תוכנית עבודה"), (2, "מטרות")]
    assert document.title == "תוכנית עבודה"


def test_placeholders_stand_where_the_layout_says(tmp_path: Path) -> None:
    """Two columns of the layout, the right one first, though the slide does not say where they are."""
    document = read(tmp_path, lambda deck: add_slide(deck, 3, "השוואה בין שתי דרכים", "בשמאל", "בימין"))
    assert document.pages[0].text == "השוואה בין שתי דרכים\n\n• בימין\n\n• בשמאל"


def test_shapes_are_read_by_their_place(tmp_path: Path) -> None:
    """Not in the order in which they were made; groups stay together; footers and slide numbers are left out."""

    def fill(presentation: Any) -> None:
        slide = add_slide(presentation, 5, "כותרת השקף")
        add_text(slide.shapes, "למטה", 1, 14)
        group = slide.shapes.add_group_shape()
        add_text(group.shapes, "שמאל", 1, 8)
        add_text(group.shapes, "ימין", 12, 8)
        add_text(slide.shapes, "למעלה", 1, 4)

    assert read(tmp_path, fill).pages[0].text == "כותרת השקף\n\nלמעלה\n\nימין\n\nשמאל\n\nלמטה"


def test_tables(tmp_path: Path) -> None:
    """Rows with their header; merged cells in each of their rows; from the right where the table is Hebrew."""

    def fill(presentation: Any) -> None:
        slide = add_slide(presentation, 5, "תעריפי הבריכה")
        table = slide.shapes.add_table(3, 3, Cm(1), Cm(5), Cm(20), Cm(5)).table
        for row, texts in enumerate([("מחיר", "גיל", "מתקן"), ("10", "ילד", "בריכה"), ("20", "מבוגר", "")]):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(1, 2).merge(table.cell(2, 2))

    document = read(tmp_path, fill)
    assert document.pages[0].text.split("\n\n")[1] == "מתקן | גיל | מחיר\nבריכה | ילד | 10\nבריכה | מבוגר | 20"
    assert document.tables[0].header == "מתקן | גיל | מחיר"


def test_hidden_slides_keep_their_number(tmp_path: Path) -> None:
    """A hidden slide is an empty page."""

    def fill(presentation: Any) -> None:
        add_slide(presentation, 5, "ראשון")
        add_slide(presentation, 5, "מוסתר")._element.set("show", "0")
        add_slide(presentation, 5, "שלישי")

    assert [page.text for page in read(tmp_path, fill).pages] == ["ראשון", "", "שלישי"]


def test_line_breaks_and_numbers(tmp_path: Path) -> None:
    """A line break inside a paragraph ends a line; automatic numbers are written out and begin again."""

    def fill(presentation: Any) -> None:
        slide = add_slide(presentation, 1, "שלבים", "פתיחה\nהגשה\nערעור\vתוך שבוע\nסיום")
        space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        numbered, plain = f'<a:buAutoNum {space} type="hebrew2Minus" startAt="2"/>', f"<a:buNone {space}/>"
        paragraphs = slide.placeholders[1].text_frame.paragraphs
        for paragraph, mark in zip(paragraphs, (plain, numbered, numbered, numbered), strict=True):
            paragraph._p.get_or_add_pPr().append(etree.fromstring(mark))

    assert read(tmp_path, fill).pages[0].text == "שלבים\n\nפתיחה\nב- הגשה\nג- ערעור\nתוך שבוע\nד- סיום"


@pytest.mark.data
def test_real_files(data_folder: Path) -> None:
    """Real presentations are read whole: every slide has text or a warning that it is a picture."""
    for file in sorted((data_folder / "documents" / "pptx").glob("*.pptx")):
        document = read_pptx(file)
        assert sum(bool(page.text) for page in document.pages) + sum(
            "scanned_without_text" in page.warnings for page in document.pages
        ) == len(document.pages)
        assert document.headings
