from pathlib import Path
from zipfile import ZipFile

import pytest

from ingest.document import Document
from ingest.readers.opendocument.odp import read_odp

SPACES = {name: name for name in ("office", "table", "text", "style", "presentation")}
SPACES |= {"draw": "drawing", "svg": "svg-compatible"}
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in SPACES.items()
)
LISTS = (
    '<text:list-style style:name="b"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    '<text:list-style style:name="n"><text:list-level-style-number text:level="1" style:num-suffix=")"'
    ' style:num-format="1"/></text:list-style>'
)
HIDDEN = '<style:style style:name="h"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'


def frame(content: str, kind: str = "", x: float = 1, y: float = 1) -> str:
    named = f' presentation:class="{kind}"' if kind else ""
    return f'<draw:frame{named} svg:x="{x}cm" svg:y="{y}cm" svg:width="5cm" svg:height="1cm">{content}</draw:frame>'


def box(*paragraphs: str) -> str:
    return f"<draw:text-box>{''.join(f'<text:p>{text}</text:p>' for text in paragraphs)}</draw:text-box>"


def read(tmp_path: Path, *pages: str) -> Document:
    slides = "".join(page if page.startswith("<draw:page") else f"<draw:page>{page}</draw:page>" for page in pages)
    content = (
        f"<office:document-content {NAMES}>"
        f"<office:automatic-styles>{HIDDEN}{LISTS}</office:automatic-styles><office:body>"
        f"<office:presentation>{slides}</office:presentation></office:body></office:document-content>"
    )
    with ZipFile(tmp_path / "x.odp", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.presentation")
        archive.writestr("content.xml", content)
    return read_odp(tmp_path / "x.odp")


def test_slides_are_pages(tmp_path: Path) -> None:
    """The title, then what is higher, then what is lower; items of lists with a bullet; notes last."""
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    items = f"<text:list text:style-name='b'>{item.format('אחת')}{item.format('שתיים')}</text:list>"
    notes = f"<presentation:notes>{frame(box('לברך'), 'notes')}{frame(box('7'), 'page')}</presentation:notes>"
    shape = '<draw:custom-shape svg:x="1cm" svg:y="3cm"><text:p>צורה</text:p></draw:custom-shape>'
    footer = frame(box("תחתית"), "footer")
    document = read(
        tmp_path,
        frame(f"<draw:text-box>{items}</draw:text-box>", "outline", y=6)
        + shape
        + frame(box("מטרות"), "title", y=9)
        + footer
        + notes,
    )
    assert document.pages[0].text == "מטרות\n\nצורה\n\n• אחת\n• שתיים\n\nהערות הדובר:\nלברך"
    assert document.title == "מטרות"


def test_lists_have_their_own_marks(tmp_path: Path) -> None:
    """Numbers where the list has numbers, nothing where it has no marks, no second bullet beside one that was typed."""
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    texts = {"n": ["הגשה", "ערעור"], "x": ["בלי סימן"], "b": ["- מוקלד"]}
    lists = "".join(
        f"<text:list text:style-name='{name}'>{''.join(map(item.format, items))}</text:list>"
        for name, items in texts.items()
    )
    (page,) = read(tmp_path, frame(f"<draw:text-box>{lists}</draw:text-box>")).pages
    assert page.text == "1) הגשה\n2) ערעור\nבלי סימן\n- מוקלד"


def test_hidden_slides_keep_their_number(tmp_path: Path) -> None:
    """A hidden slide is an empty page."""
    hidden = f'<draw:page draw:style-name="h">{frame(box("סוד"))}</draw:page>'
    pages = read(tmp_path, frame(box("א")), hidden, frame(box("ג"))).pages
    assert [page.text for page in pages] == ["א", "", "ג"]


def test_tables_and_groups(tmp_path: Path) -> None:
    """Rows with their header, from the right on a Hebrew slide; a group stands where its shapes are."""
    cells = [("מחיר", "שירות"), ("50", "בריכה")]
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in cells)
    table = frame(f"<table:table>{rows}</table:table>", y=5)
    group = f"<draw:g>{frame(box('שמאל'), x=1, y=2)}{frame(box('ימין'), x=9, y=2)}</draw:g>"
    document = read(tmp_path, table + group)
    assert document.pages[0].text == "ימין\n\nשמאל\n\nשירות | מחיר\nבריכה | 50"
    assert document.tables[0].header == "שירות | מחיר"


@pytest.mark.data
def test_real_files(data_folder: Path) -> None:
    """Real presentations are read whole, a page for each slide."""
    files = sorted((data_folder / "documents" / "odp").glob("*.odp"))
    assert files
    for file in files:
        document = read_odp(file)
        assert sum(bool(page.text) for page in document.pages) > 0.6 * len(document.pages)
