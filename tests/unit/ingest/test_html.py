from pathlib import Path

import pytest

from hebrew.bidi import reads_reversed
from ingest.document import Document
from ingest.readers.html import read_html


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
        '• תעודת זהות\n• ספח\n3. שלישי\n4. רביעי\nשירות | אגרה\nרישום | 120 ש"ח',
    ]


def test_tables_that_lay_out_a_page_are_not_rows(tmp_path: Path) -> None:
    """A row with a heading, a list or a table inside is a frame; its cells are read as blocks, one after the other."""
    document = read(tmp_path, "<table><tr><td><h2>תפריט</h2>קישור<td><p>גוף</p><p>המשך</p></table>")
    assert text_of(document) == "תפריט\n\nקישור\n\nגוף\n\nהמשך"


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


@pytest.mark.parametrize(
    "page",
    ["<", "<html>", "<p" * 1000, "<div>" * 20_000 + "עומק", "<ol start='x'><li>פריט</ol>", "<li>יתום", "&#xD800;&#0;"],
)
def test_broken_markup_never_crashes(tmp_path: Path, page: str) -> None:
    """Whatever a browser would swallow is swallowed, however deep it is nested."""
    assert text_of(read(tmp_path, page)) is not None


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
