from pathlib import Path

from ingest.document import Document
from ingest.readers.markdown import read_markdown


def read(folder: Path, text: str) -> Document:
    path = folder / "א.md"
    path.write_text(text, encoding="utf-8")
    return read_markdown(path)


def text_of(document: Document) -> str:
    return document.pages[0].text


def test_headings(tmp_path: Path) -> None:
    """Lines with number signs or underlined are headings, except inside code; the signs are not text."""
    document = read(tmp_path, "# נוהל **חופשות**\nפתיח\n## סעיף א ##\n#לא כותרת\n```\n# הערה\n```\nמועדים\n===\n")
    assert [(each.level, each.text) for each in document.headings] == [(1, "נוהל חופשות"), (2, "סעיף א"), (1, "מועדים")]
    assert document.title == "נוהל חופשות"
    assert text_of(document) == "נוהל חופשות\n\nפתיח\n\nסעיף א\n\n#לא כותרת\n\n# הערה\n\nמועדים"


def test_marks_are_not_text(tmp_path: Path) -> None:
    """Emphasis, code, links and pictures leave what people read; a wrapped line goes on, a hard break does not."""
    text = 'הזכאות **נקבעת** על ידי [הוועדה](http://x.il "כותרת")\n'
    text += "תוך `30` יום\\\nמיום ![תרשים](p.png) ההגשה. 5 \\* 3 <b>סוף</b>"
    assert text_of(read(tmp_path, text)) == "הזכאות נקבעת על ידי הוועדה תוך 30 יום\nמיום תרשים ההגשה. 5 * 3 סוף"


def test_lists(tmp_path: Path) -> None:
    """Items are lines with their bullets and numbers, nested ones and later paragraphs of an item too."""
    text = "- תעודת זהות\n- ספח\n\n  של ההורה\n\n3. שלישי\n   - פנימי\n4. רביעי\n\n> ציטוט\n"
    assert text_of(read(tmp_path, text)) == ("• תעודת זהות\n• ספח\nשל ההורה\n3. שלישי\n• פנימי\n4. רביעי\n\nציטוט")


def test_tables(tmp_path: Path) -> None:
    """A table has rows and a header; its cells lose their marks."""
    document = read(tmp_path, "לפני\n\n| שירות | אגרה |\n|---|:-:|\n| **רישום** | 120 |\n| ביטול | |\n\nאחרי")
    assert text_of(document) == "לפני\n\nשירות | אגרה\nרישום | 120\nביטול | \n\nאחרי"
    assert [each.header for each in document.tables] == ["שירות | אגרה"]


def test_html_and_properties(tmp_path: Path) -> None:
    """HTML in the text is read as such, without comments and scripts; properties before the text give its title."""
    text = '---\ntitle: "נוהל"\ntags: [a]\n---\n<!-- הערה -->\n'
    text += "<table><tr><th>א<th>ב<tr><td>ג<td>ד</table>\n\n<script>x()</script>\n"
    document = read(tmp_path, text)
    assert document.title == "נוהל"
    assert text_of(document) == "א | ב\nג | ד"
