import zipfile
from pathlib import Path

import pytest

from ingest.errors import Encrypted, UnreadableFile
from ingest.readers.epub import read_epub

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/b.opf"/></rootfiles></container>'
)
OPF = """<package xmlns="http://www.idpf.org/2007/opf"><metadata><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">
מדריך הזכאות</dc:title></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="a" href="text/a%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="text/b.xhtml" media-type="application/xhtml+xml"/>
<item id="pic" href="p.png" media-type="image/png"/>
<item id="gone" href="gone.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="b"/><itemref idref="a"/><itemref idref="pic"/><itemref idref="gone"/>
<itemref idref="none"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>
<nav epub:type="toc"><ol>
<li><a href="text/b.xhtml#top">פתח <i>דבר</i></a></li>
<li><a href="text/a%20b.xhtml">זכאות</a></li></ol></nav></body></html>"""


def chapter(body: str) -> str:
    head = '<head><title/><script src="x.js"/></head>'
    return f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">{head}<body>{body}</body></html>'


def book(folder: Path, **more: str) -> Path:
    """A book of two chapters; `more` are other members, with `_` for `/` and without a suffix."""
    path = folder / "ספר.epub"
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/b.opf": OPF,
        "OEBPS/nav.xhtml": NAV,
        "OEBPS/text/a b.xhtml": chapter("<h1>זכאות</h1><p>שלושים&nbsp;יום</p>"),
        "OEBPS/text/b.xhtml": chapter('<a id="top"/><p>ברוכים הבאים</p>'),
        **{name.replace("_", "/") + ".xml": content for name, content in more.items()},
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_chapters_are_pages_in_reading_order(tmp_path: Path) -> None:
    """The spine gives the order, the table of contents the labels and no text; elements closed as in XML do no harm."""
    document = read_epub(book(tmp_path))
    assert document.title == "מדריך הזכאות"
    assert [(page.number, page.place.kind, page.place.label, page.text) for page in document.pages] == [
        (1, "text", "פתח דבר", "ברוכים הבאים"),
        (2, "text", "זכאות", "זכאות\n\nשלושים יום"),
    ]
    assert [(each.page, each.text) for each in document.headings] == [(2, "זכאות")]


def test_a_locked_book(tmp_path: Path) -> None:
    """Chapters locked by a seller need what we have not; scrambled fonts do not matter."""
    locked = '<encryption><x><CipherReference URI="{}"/></x></encryption>'
    assert len(read_epub(book(tmp_path, **{"META-INF_encryption": locked.format("OEBPS/font.otf")})).pages) == 2
    with pytest.raises(Encrypted):
        read_epub(book(tmp_path, **{"META-INF_encryption": locked.format("OEBPS/text/b.xhtml")}))


def test_broken_books(tmp_path: Path) -> None:
    """A book whose contents cannot be read has its chapters; one without a package document is unreadable."""
    path = book(tmp_path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content, expected in (
        ("OEBPS/nav.xhtml", b"<html>&nbsp;", 2),
        ("META-INF/container.xml", b"<container/>", 0),
    ):
        with zipfile.ZipFile(path, "w") as archive:
            for each, data in {**parts, name: content}.items():
                archive.writestr(each, data)
        if expected:
            assert [page.place.label for page in read_epub(path).pages] == ["", ""]
        else:
            with pytest.raises(UnreadableFile):
                read_epub(path)


@pytest.mark.data
def test_a_real_book(data_folder: Path) -> None:
    """The chapters of a real book are there, each with its title."""
    path = next((data_folder / "documents" / "epub").iterdir())
    document = read_epub(path)
    assert document.title == "מפליגים בישראל"
    assert len(document.pages) == 12
    assert sum(len(page.text) for page in document.pages) > 50_000
    assert all(page.place.label for page in document.pages)
    for heading in document.headings:
        assert document.pages[heading.page - 1].text[heading.start :].startswith(heading.text)
