import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from hebrew.normalise import clean
from ingest.document import Document
from ingest.errors import Encrypted, UnreadableFile
from ingest.readers.opendocument.odt import read_odt
from tests.odf_file import NUMBERED, cell, item, numbered, odt_file, paragraph, row, table

_WORD = re.compile(r"\w+")
_PARAGRAPHS = ("{*}p", "{*}h")
COVERED = "<table:covered-table-cell/>"


def read(folder: Path, body: str, automatic: str = "", styles: str = "", title: str = "") -> Document:
    return read_odt(odt_file(folder, body, automatic, styles, title=title))


def text_of(document: Document) -> str:
    return document.pages[0].text


def style(name: str, family: str, parent: str = "", inside: str = "") -> str:
    names = f'style:name="{name}" style:family="{family}" style:parent-style-name="{parent}"'
    return f"<style:style {names}>{inside}</style:style>"


def _text(element: etree._Element) -> str:
    """All text inside, by the rules of XML alone, with a blank for every element in it that has none."""
    return (element.text or "") + "".join((_text(each) or " ") + (each.tail or "") for each in element)


def test_blanks_tabs_and_line_ends(tmp_path: Path) -> None:
    """White space of the XML is one blank; blanks, tabs and line ends of the text have elements of their own."""
    body = paragraph(
        'שורה\n   ראשונה<text:s text:c="3"/>כאן<text:tab/>ושם<text:line-break/>שורה <text:span>שנייה</text:span>'
    )
    assert text_of(read(tmp_path, body)) == "שורה ראשונה כאן ושם\nשורה שנייה"


def test_headings_by_outline_and_by_style(tmp_path: Path) -> None:
    """A heading is marked as one or in the style of one, also by inheritance; the title paragraph is the title."""
    body = (
        paragraph("נוהל חופשות", "P1") + '<text:h text:outline-level="2">זכאות</text:h>' + paragraph("מועדים", "P2")
        + paragraph("גוף", "Standard")
    )  # fmt: skip
    automatic = style("P1", "paragraph", "Title") + style("P2", "paragraph", "Heading_20_3")
    styles = style("Title", "paragraph") + style("Heading_20_3", "paragraph") + style("Standard", "paragraph")
    document = read(tmp_path, body, automatic, styles, title="תבנית")
    assert [(each.level, each.text) for each in document.headings] == [(1, "נוהל חופשות"), (2, "זכאות"), (3, "מועדים")]
    assert document.title == "נוהל חופשות"
    assert read(tmp_path, paragraph("גוף"), title="מכרז").title == "מכרז"


def test_numbers_and_bullets_of_lists(tmp_path: Path) -> None:
    """Items are counted by level; a paragraph after the first in an item, and a header of a list, have no number."""
    inner = numbered(item(paragraph("פנימי")), item(paragraph("פנימי")), properties="")
    deep = numbered(
        item(numbered(item(numbered(item(paragraph("תבליט")), properties="")), properties="")), properties=""
    )
    body = numbered(
        f"<text:list-header>{paragraph('ראש')}</text:list-header>",
        item(paragraph("ראשון"), paragraph("המשך"), inner),
        item(paragraph("חמישי"), properties='text:start-value="5"'),
        item(paragraph("שישי")),
    )
    found = text_of(read(tmp_path, body + numbered(item(deep)), NUMBERED)).split("\n")
    assert found[:7] == ["ראש", "1. ראשון", "המשך", "1.א) פנימי", "1.ב) פנימי", "5. חמישי", "6. שישי"]


def test_lists_begin_anew_unless_they_continue(tmp_path: Path) -> None:
    """A new list counts from its beginning; one that says so goes on counting, also over text between."""
    again = 'text:style-name="L" text:continue-numbering="true"'
    named = 'xml:id="a" text:style-name="L"'
    by_name = 'text:style-name="L" text:continue-list="a"'
    one = item(paragraph("סעיף"))
    body = paragraph("ביניים").join(
        [
            numbered(one, properties=named),
            numbered(one),
            numbered(one, properties=again),
            numbered(one, properties=by_name),
        ]
    )
    found = [line for line in text_of(read(tmp_path, body, NUMBERED)).split("\n") if "סעיף" in line]
    assert found == ["1. סעיף", "1. סעיף", "2. סעיף", "2. סעיף"]


def test_lists_of_different_styles(tmp_path: Path) -> None:
    """Each list is marked by its own style, also after another one."""
    bullets = '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    one = item(paragraph("סעיף"))
    body = numbered(one) + paragraph("ביניים") + numbered(one, properties='text:style-name="B"')
    assert text_of(read(tmp_path, body, NUMBERED + bullets)) == "1. סעיף\n\nביניים\n\n\u2022 סעיף"


def test_numbers_of_headings(tmp_path: Path) -> None:
    """Headings have the numbers of the outline, unless their style takes no list."""
    outline = (
        '<text:outline-style style:name="O">'
        '<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    bare = '<style:style style:name="bare" style:family="paragraph" style:list-style-name=""/>'
    body = (
        '<text:h text:outline-level="1">כללי</text:h><text:h text:outline-level="2">מטרה</text:h>'
        '<text:h text:outline-level="1" text:style-name="bare">נספח</text:h>'
        '<text:h text:outline-level="1">סמכויות</text:h>'
    )
    document = read(tmp_path, body, bare, outline)
    assert [each.text for each in document.headings] == ["1. כללי", "1.1 מטרה", "נספח", "2. סמכויות"]


def test_what_is_not_text_of_the_document(tmp_path: Path) -> None:
    """Deleted text, comments, contents, hidden text and headers are left out; sections and inserted text are not."""
    hidden = style("T1", "text", inside='<style:text-properties text:display="none"/>')
    hidden += style("P1", "paragraph", inside='<style:text-properties text:display="none"/>')
    body = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{paragraph('נמחק')}</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        f"<text:table-of-content><text:index-body>{paragraph('כללי 3')}</text:index-body></text:table-of-content>"
        + paragraph(f"גלוי<office:annotation>{paragraph('הערת עורך')}</office:annotation><text:change/>")
        + paragraph('חצי <text:span text:style-name="T1">נסתר</text:span>גלוי')
        + paragraph("נסתר", "P1")
        + f"<text:section>{paragraph('בתוך מקטע')}</text:section>"
        f'<text:section text:display="none">{paragraph("נסתר")}</text:section>'
    )
    header = f"<style:master-page><style:header>{paragraph('כותרת עליונה')}</style:header></style:master-page>"
    assert text_of(read(tmp_path, body, hidden, header)) == "גלוי\n\nחצי גלוי\n\nבתוך מקטע"


def test_notes_and_frames_follow_their_paragraph(tmp_path: Path) -> None:
    """A footnote is a line after its paragraph, without its number in the text; so is the text of a frame."""
    note_body = f"<text:note-body>{paragraph('לפי חוק')}</text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{note_body}</text:note>"
    frame = f"<draw:frame><draw:text-box>{paragraph('במסגרת')}</draw:text-box></draw:frame>"
    document = read(tmp_path, paragraph(f"הזכאות{note} נקבעת{frame} מראש") + paragraph("המשך"))
    assert text_of(document) == "הזכאות נקבעת מראש\n\n* לפי חוק\n\nבמסגרת\n\nהמשך"


def test_tables_with_merged_and_repeated_cells(tmp_path: Path) -> None:
    """Cells over rows are labels of each of them, cells over columns stand in the first, repeated ones are repeated."""
    body = table(
        row(cell("רישום", 'table:number-rows-spanned="2"'), "גן", cell("0", 'table:number-columns-repeated="2"')),
        row(COVERED, "בית ספר", "120", "130"),
        row(cell("הנחות", 'table:number-columns-spanned="3"'), COVERED, COVERED, "50%"),
        header=row("קבוצה", "שירות", "אגרה", "קנס"),
    )
    document = read(tmp_path, body)
    assert text_of(document).split("\n") == [
        "קבוצה | שירות | אגרה | קנס", "רישום | גן | 0 | 0", "רישום | בית ספר | 120 | 130", "הנחות |  |  | 50%",
    ]  # fmt: skip
    assert document.tables[0].header == "קבוצה | שירות | אגרה | קנס"


@pytest.mark.parametrize(
    ("mode", "paragraphs", "texts", "expected"),
    [
        ("rl-tb", "rl-tb", ("שירות", "אגרה"), "שירות | אגרה"),
        ("lr-tb", "rl-tb", ("אגרה", "שירות"), "שירות | אגרה"),
        ("lr-tb", "", ("שירות", "אגרה"), "שירות | אגרה"),
        ("", "rl-tb", ("שירות", "אגרה"), "שירות | אגרה"),
        ("rl-tb", "rl-tb", ("Fee", "Service"), "Service | Fee"),
    ],
)
def test_the_column_that_is_read_first_comes_first(
    tmp_path: Path, mode: str, paragraphs: str, texts: tuple[str, str], expected: str
) -> None:
    """Hebrew is read from the right and English from the left, at whichever side the table has its first column."""
    automatic = style("T", "table", inside=f'<style:table-properties style:writing-mode="{mode}"/>')
    automatic += style("P", "paragraph", inside=f'<style:paragraph-properties style:writing-mode="{paragraphs}"/>')
    body = table(row(*(cell(text, style="P") for text in texts)), style="T")
    assert text_of(read(tmp_path, body, automatic)) == expected


def test_a_table_of_one_column_and_tables_in_tables_are_frames(tmp_path: Path) -> None:
    """What a frame holds keeps its paragraphs and rows."""
    column = table(row(cell(paragraph("אחת") + paragraph("שתיים"))), row("שלוש"))
    nested = table(row(cell(paragraph("מעל") + table(row("א", "ב"))), "ליד"))
    assert text_of(read(tmp_path, column + nested)) == "אחת\n\nשתיים\n\nשלוש\n\nמעל\n\nא | ב\n\nליד"


def test_short_bold_lines_are_headings_where_none_is_marked(tmp_path: Path) -> None:
    """Bold as a whole, by the paragraph or by all its spans, and short: a heading."""
    bold = '<style:text-properties style:font-weight-complex="bold"/>'
    automatic = style("P", "paragraph", inside=bold) + style("T", "text", inside=bold)
    long = paragraph("הוועדה תדון בבקשה.")
    spans = '<text:span text:style-name="T">מועדים</text:span>'
    body = paragraph("זכאות", "P") + long + paragraph(spans) + long + paragraph(f"{spans} ועוד") + long
    assert [each.text for each in read(tmp_path, body, automatic).headings] == ["זכאות", "מועדים"]


def test_a_password_is_needed(tmp_path: Path) -> None:
    """An encrypted package is reported as such, also where the contents are one encrypted file."""
    manifest = '<file-entry><encryption-data checksum-type="SHA256"/></file-entry>'
    path = odt_file(tmp_path, paragraph("שלום"), manifest=manifest)
    with pytest.raises(Encrypted):
        read_odt(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("encrypted-package", b"\x00")
    with pytest.raises(Encrypted):
        read_odt(path)


@pytest.mark.parametrize("content", ["<broken", "<a/>", None])
def test_damaged_files_are_unreadable(tmp_path: Path, content: str | None) -> None:
    """Broken XML, XML without a body, and a package without contents."""
    path = tmp_path / "א.odt"
    with zipfile.ZipFile(path, "w") as archive:
        if content is not None:
            archive.writestr("content.xml", content)
    with pytest.raises(UnreadableFile):
        read_odt(path)


@pytest.mark.data
def test_real_files_keep_every_word(data_folder: Path) -> None:
    """The words of every paragraph in the body of a real file are in the text, and headings stand where they say."""
    files = sorted((data_folder / "documents" / "odt").glob("*.odt"))
    assert len(files) > 100
    for path in files:
        document = read_odt(path)
        text = text_of(document)
        with zipfile.ZipFile(path) as archive:
            root = etree.fromstring(archive.read("content.xml"))
        outer = (each for each in root.iter(*_PARAGRAPHS) if next(each.iterancestors(*_PARAGRAPHS), None) is None)
        words = Counter(_WORD.findall(clean("\n".join(map(_text, outer)))))
        assert not words - Counter(_WORD.findall(text)), path.name
        assert document.headings, path.name
        for heading in document.headings:
            assert text[heading.start :].startswith(heading.text), path.name
        for each in document.tables:
            assert " | " in text[each.start : each.end], path.name
