from pathlib import Path

import pytest

from hebrew.bidi import reads_reversed
from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.html.reader import read_html


def read(folder: Path, content: str, encoding: str = "utf-8") -> Document:
    path = folder / "page.html"
    path.write_bytes(content.encode(encoding))
    return read_html(path)


def text_of(document: Document) -> str:
    return document.pages[0].text


def test_blocks_headings_lists_and_tables(tmp_path: Path) -> None:
    """A page becomes paragraphs, headings with levels, list items with their numbers, and rows on one line."""
    document = read(
        tmp_path,
        """<!doctype html><html lang="he"><head><title>אגרות  רישום</title><style>p{}</style></head><body>
        <nav><a href="/">ראשי</a></nav><h1>אגרות <em>רישום</em></h1><p>ההרשמה
        נפתחת<br>ביום ראשון.</p><script>alert(1)</script>סוף<!-- הערה -->  הפתיח
        <h2>מה להביא</h2><ul><li><p>תעודת זהות</p></li><li>ספח</li></ul><ol start="3"><li>שלישי<li>רביעי</ol>
        <table><tr><th>שירות<th>אגרה<tr><td>רישום<td>120 <b>ש"ח</b></table><p hidden>נסתר</p></body></html>""",
    )
    assert document.title == "אגרות רישום"
    assert [(each.level, each.text) for each in document.headings] == [(1, "אגרות רישום"), (2, "מה להביא")]
    assert text_of(document).split("\n\n") == [
        "אגרות רישום",
        "ההרשמה נפתחת\nביום ראשון.",
        "סוף הפתיח",
        "מה להביא",
        "• תעודת זהות\n• ספח\n3. שלישי\n4. רביעי",
        'שירות | אגרה\nרישום | 120 ש"ח',
    ]
    assert [each.header for each in document.tables] == ["שירות | אגרה"]


def test_tables_that_lay_out_a_page_are_not_rows(tmp_path: Path) -> None:
    """A row with a heading, a list or a table inside is a frame; its cells are read as blocks, one after the other."""
    document = read(tmp_path, "<table><tr><td><h2>תפריט</h2>קישור<td><p>גוף</p><p>המשך</p></table>")
    assert text_of(document) == "תפריט\n\nקישור\n\nגוף\n\nהמשך"


def test_one_row_puts_things_beside_each_other(tmp_path: Path) -> None:
    """Old sites put a menu beside a page by a table; nothing of it becomes one long row, nor does a long cell."""
    page = "<table><tr><td>תפריט<td><table><tr><td>א<td>ב<tr><td>ג<td>4</table></table>"
    assert text_of(read(tmp_path, page)) == "תפריט\n\nא | ב\nג | 4"
    menu = "קישור. " * 30
    assert text_of(read(tmp_path, f"<table><tr><td>{menu}<td>גוף</table>")) == f"{menu.strip()}\n\nגוף"
    assert text_of(read(tmp_path, "<table><tr><td>אגרה<td>120</table>")) == "אגרה | 120"
    long = "<p>" + "משפט ארוך. " * 200
    assert " | " not in text_of(read(tmp_path, f"<table><tr><td>א<td>{long}<tr><td>ב<td>{long}</table>"))
    layout = "<table role=presentation><tr><td>א<td>ב<tr><td>ג<td>ד</table>"
    assert text_of(read(tmp_path, layout)) == "א\n\nב\n\nג\n\nד"


def test_merged_cells_lists_in_cells_and_heads(tmp_path: Path) -> None:
    """Merged cells keep the columns apart, list items stay in their cell, rows of heads are the header."""
    page = """<table><thead><tr><td>קבוצה<td>שירות<td>מסמכים</thead>
    <tr><td rowspan=2>רישום<td>גן<td><ul><li>תעודה<li>ספח</ul><tr><td>בית ספר<td>אין
    <tr><td colspan=2>הנחות<td>50%</table>"""
    document = read(tmp_path, page)
    assert text_of(document).split("\n") == [
        "קבוצה | שירות | מסמכים", "רישום | גן | • תעודה • ספח", "רישום | בית ספר | אין", "הנחות |  | 50%",
    ]  # fmt: skip
    assert document.tables[0].header == "קבוצה | שירות | מסמכים"


def test_only_the_main_part_of_a_page_is_read(tmp_path: Path) -> None:
    """What a page calls its main part is the page; else roles, navigation and the footer of the site are left out."""
    main = "תוכן העמוד. " * 30
    assert text_of(read(tmp_path, f"<div>תפריט</div><main><p>{main}</main><div>תחתית</div>זנב")) == main.strip()
    page = (
        "<div role=banner>לוגו</div><main></main><p>גוף</p><article><footer>מקור</footer></article><footer>סוף</footer>"
    )
    assert text_of(read(tmp_path, page)) == "גוף\n\nמקור"


def test_details_are_read_open(tmp_path: Path) -> None:
    """A question that opens on a click is followed by its answer."""
    page = "<details><summary>מי זכאי?</summary><p>כל תושב.</p></details>"
    assert text_of(read(tmp_path, page)) == "מי זכאי?\n\nכל תושב."


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"), ("cp1255", "windows-1255"), ("cp1255", ""), ("cp1255", "utf-8"),
        ("iso-8859-8", "iso-8859-8-i"),
        ("utf-8", "windows-1255"), ("utf-16", "utf-8"), ("cp1255", "iso-8859-1"),
    ],
)  # fmt: skip
def test_encodings_declared_right_wrong_and_not_at_all(tmp_path: Path, encoding: str, declared: str) -> None:
    """The letters decide, whatever the page says about itself."""
    page = (
        f'<html><head><meta charset="{declared}"></head><body><p>המועצה תדון בבקשה בתוך שלושים יום.</p></body></html>'
    )
    assert text_of(read(tmp_path, page, encoding)) == "המועצה תדון בבקשה בתוך שלושים יום."


def test_visual_hebrew_is_put_in_reading_order(tmp_path: Path) -> None:
    """Pages in ISO 8859-8 that store each line as it looks are repaired; headings still begin where they say."""
    lines = [
        "נוהל הגשת בקשות של תושבים",
        "כל תושב של המועצה רשאי להגיש בקשה,",
        "והיא תידון על ידי הוועדה לא יאוחר מן המועד.",
    ]
    visual = [line[::-1] for line in lines]
    page = f"<h1>{visual[0]}</h1><p>{visual[1]}<br>{visual[2]}</p>"
    document = read(tmp_path, page, "iso-8859-8")
    assert text_of(document) == f"{lines[0]}\n\n{lines[1]}\n{lines[2]}"
    assert document.headings[0].text == lines[0]


def test_visual_lists_and_tables(tmp_path: Path) -> None:
    """In a visual page, marks stand before their items and the column at the right comes first."""
    item = "כל תושב של המועצה רשאי להגיש בקשה על פי החוק, והיא תידון על ידי הוועדה עד 31 בינואר."
    visual = item[::-1].replace("13", "31")
    table = f"<table><tr><td>{'אגרה'[::-1]}<td>{'שירות'[::-1]}<tr><td>120<td>{'רישום'[::-1]}</table>"
    page = f"<title>{'נוהל בקשות'[::-1]}</title><ol><li>{visual}</ol>{table}"
    document = read(tmp_path, page, "iso-8859-8")
    assert text_of(document) == f"1. {item}\n\nשירות | אגרה\nרישום | 120"
    assert document.title == "נוהל בקשות"


@pytest.mark.parametrize(
    "page",
    ["<", "<html>", "<p" * 1000, "<div>" * 1900 + "עומק", "<ol start='x'><li>פריט</ol>", "<li>יתום", "&#xD800;&#0;"],
)
def test_broken_markup_never_crashes(tmp_path: Path, page: str) -> None:
    """Whatever a browser would swallow is swallowed, however deep it is nested."""
    assert text_of(read(tmp_path, page)) is not None


def test_text_that_lies_too_deep_is_not_lost_in_silence(tmp_path: Path) -> None:
    """Tags that are opened and never closed lose no text, and where they are too many the page is refused."""
    assert text_of(read(tmp_path, "<font>" * 1900 + "עומק")) == "עומק"
    with pytest.raises(UnreadableFile, match="too deep"):
        read(tmp_path, "<font>" * 20_000 + "עומק")


@pytest.mark.data
def test_real_pages_are_read_in_reading_order(data_folder: Path) -> None:
    """Every real page gives Hebrew text in reading order, without its scripts and tags."""
    files = sorted((data_folder / "documents" / "html").glob("*.html"))
    assert len(files) > 50
    for path in files:
        document = read_html(path)
        text = text_of(document)
        letters = [c for c in text if c.isalpha()]
        assert len(text) > 200, path.name
        assert sum("\u0590" <= c <= "\u05ff" for c in letters) > 0.8 * len(letters), path.name
        assert not reads_reversed(text), path.name
        assert "<" not in text or "</" not in text, path.name
        assert "\ufffd" not in text, path.name
        for heading in document.headings:
            assert text[heading.start :].startswith(heading.text), path.name
