from pathlib import Path

import pytest

from ingest.document import Document
from ingest.readers.docx.reader import read_docx
from tests.word_file import cell, paragraph, row, table, word_file

BIDI = "<w:bidi/>"
MERGED_FIRST, MERGED_NEXT = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(folder: Path, body: str, **parts: str) -> Document:
    return read_docx(word_file(folder, body, **parts))


def lines(document: Document) -> list[str]:
    return document.pages[0].text.split("\n")


def test_merged_cells(tmp_path: Path) -> None:
    """A cell over several rows is a label of each of them; one over several columns stands in the first of them."""
    body = table(
        row("קבוצה", "שירות", "אגרה"),
        row(cell("רישום", MERGED_FIRST), "גן", "100"),
        row(cell("", MERGED_NEXT), "בית ספר", "120"),
        row(cell("הנחות", '<w:gridSpan w:val="2"/>'), "50%"),
    )
    assert lines(read(tmp_path, body)) == [
        "קבוצה | שירות | אגרה",
        "רישום | גן | 100",
        "רישום | בית ספר | 120",
        "הנחות |  | 50%",
    ]


def test_a_long_merged_cell_is_said_once(tmp_path: Path) -> None:
    """What is too long for a label is not repeated in every row."""
    long = "מילה " * 40
    body = table(row(cell(long, MERGED_FIRST), "א"), row(cell("", MERGED_NEXT), "ב"))
    assert lines(read(tmp_path, body)) == [f"{long.strip()} | א", " | ב"]


@pytest.mark.parametrize(
    ("properties", "paragraphs", "texts", "expected"),
    [
        ("<w:bidiVisual/>", BIDI, ("שירות", "אגרה"), "שירות | אגרה"),
        ("", BIDI, ("אגרה", "שירות"), "שירות | אגרה"),
        ('<w:bidiVisual w:val="0"/>', BIDI, ("אגרה", "שירות"), "שירות | אגרה"),
        ("", "", ("שירות", "אגרה"), "שירות | אגרה"),
        ("<w:bidiVisual/>", "", ("Fee", "Service"), "Service | Fee"),
        ("<w:bidiVisual/>", "", ("שירות", "Fee"), "שירות | Fee"),
    ],
)
def test_the_column_that_is_read_first_comes_first(
    tmp_path: Path, properties: str, paragraphs: str, texts: tuple[str, str], expected: str
) -> None:
    """Hebrew is read from the right and English from the left, at whichever side the table has its first column."""
    cells = [cell(paragraph(text, paragraphs)) for text in texts]
    assert lines(read(tmp_path, table(row(*cells), properties=properties))) == [expected]


def test_headers_of_tables(tmp_path: Path) -> None:
    """Rows that are repeated on every page, a bold first row, or words over numbers are a header; names are not."""
    head = row("שירות", "אגרה", properties="<w:tblHeader/>")
    plain = table(row("שירות", "אגרה"), row("רישום", "120 ש״ח"), row("ביטול", "30"))
    bold = [cell(paragraph(text, run="<w:bCs/>")) for text in ("שם", "תפקיד")]
    people = table(row("דנה", "יושבת ראש"), row("יוסי", "גזבר"))
    body = "<w:p/>".join([table(head, row("רישום", "חינם")), plain, table(row(*bold), row("דנה", "גזברית")), people])
    document = read(tmp_path, body)
    assert [each.header for each in document.tables] == ["שירות | אגרה", "שירות | אגרה", "שם | תפקיד", ""]
    for each in document.tables:
        assert document.pages[0].text[each.start : each.end].count("\n") >= 1


def test_a_table_style_that_sets_the_first_row_apart(tmp_path: Path) -> None:
    """The first row is a header where the style of the table says so, and the table wants its first row to be one."""
    styles = (
        '<w:style w:type="table" w:styleId="g"><w:name w:val="Grid"/>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>'
    )
    rows = (row("שם", "תפקיד"), row("דנה", "גזברית"))
    wanted = '<w:tblStyle w:val="g"/><w:tblLook w:val="04A0"/>'
    unwanted = '<w:tblStyle w:val="g"/><w:tblLook w:val="0480" w:firstRow="0"/>'
    body = table(*rows, properties=wanted) + "<w:p/>" + table(*rows, properties=unwanted)
    assert [each.header for each in read(tmp_path, body, styles=styles).tables] == ["שם | תפקיד", ""]


def test_deleted_rows_and_cells_are_gone(tmp_path: Path) -> None:
    """Under tracked changes a table is what it would be after accepting all."""
    body = table(
        row("א", "ב", cell("ישן", "<w:cellDel/>")),
        row("ג", "ד", properties="<w:del/>"),
        row("ה", "ו", properties="<w:ins/>"),
    )
    assert lines(read(tmp_path, body)) == ["א | ב", "ה | ו"]


def test_notes_lists_and_controls_in_cells(tmp_path: Path) -> None:
    """A note stays in its cell, list numbers are there, and a row inside a content control is a row."""
    numbering = (
        '<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="hebrew1"/><w:lvlText w:val="%1."/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    noted = '<w:p><w:r><w:t>אגרה</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    listed = cell(paragraph("תעודת זהות", item) + paragraph("ספח", item))
    controlled = f"<w:sdt><w:sdtContent>{row('מסמכים', listed)}</w:sdtContent></w:sdt>"
    footnotes = f'<w:footnote w:id="2">{paragraph("לפי החוק")}</w:footnote>'
    body = table(row("נושא", cell(noted)), controlled)
    document = read(tmp_path, body, numbering=numbering, footnotes=footnotes)
    assert lines(document) == ["נושא | אגרה * לפי החוק", "מסמכים | א. תעודת זהות ב. ספח"]


def test_columns_of_prose_are_read_one_after_the_other(tmp_path: Path) -> None:
    """A table that only puts two long texts side by side is no data: its cells keep their paragraphs."""
    long = "".join(paragraph("משפט ארוך על נושא אחד. " * 10) for _ in range(6))
    document = read(tmp_path, table(row(cell(long), cell(paragraph("ליד")))))
    assert " | " not in document.pages[0].text
    assert document.pages[0].text.endswith("ליד")
    assert document.tables == ()
