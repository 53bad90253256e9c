from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from ingest.document import Document
from ingest.errors import TooExpanded
from ingest.readers.opendocument.ods import read_ods

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
HIDDEN = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'


def cell(text: str, **attributes: str) -> str:
    named = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-cell{named}><text:p>{text}</text:p></table:table-cell>"


def empty(count: int = 1) -> str:
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


def row(*cells: str, **attributes: str) -> str:
    named = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row{named}>{''.join(cells)}</table:table-row>"


def read(tmp_path: Path, *tables: str) -> Document:
    sheets = "".join(tables)
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{HIDDEN}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(tmp_path / "x.ods", "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return read_ods(tmp_path / "x.ods")


def table(*rows: str, name: str = "תעריפים", more: str = "") -> str:
    return f'<table:table table:name="{name}"{more}>{"".join(rows)}</table:table>'


def test_cells_are_what_the_file_shows(tmp_path: Path) -> None:
    """The text of a cell, its paragraphs on one line; rows in groups count like others."""
    rows = row(cell("שירות"), cell("מחיר</text:p><text:p>בש״ח"))
    group = f"<table:table-row-group>{row(cell('בריכה'), cell('50.00'))}</table:table-row-group>"
    (page,) = read(tmp_path, table(rows, group)).pages
    assert (page.text, page.place.label) == ("שירות | מחיר בש״ח\nבריכה | 50.00", "תעריפים")


def test_repeated_rows_and_cells(tmp_path: Path) -> None:
    """A million empty rows cost nothing; rows with something in them stand as often as they are repeated."""
    rows = [
        row(empty(16_000), number_rows_repeated="1048570"),
        row(cell("א"), empty(2), cell("ב", number_columns_repeated="2"), number_rows_repeated="2"),
    ]
    (page,) = read(tmp_path, table(*rows)).pages
    assert (page.place.row, page.text) == (1048571, "א | ב | ב\nא | ב | ב")


def test_a_cell_repeated_without_end_is_refused(tmp_path: Path) -> None:
    """A few bytes that stand for a billion cells."""
    with pytest.raises(TooExpanded):
        read(tmp_path, table(row(cell("א", number_columns_repeated="16000"), number_rows_repeated="1000000")))


def test_hidden_things_are_not_read(tmp_path: Path) -> None:
    """Hidden sheets, rows and columns are left out; rows that a filter hides are read."""
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    rows = [
        row(cell("א"), cell("עלות"), cell("ב")),
        row(cell("1"), cell("9"), cell("2"), visibility="collapse"),
        row(cell("3"), cell("9"), cell("4"), visibility="filter"),
    ]
    hidden = table(row(cell("סודי")), more=' table:style-name="h"')
    assert [page.text for page in read(tmp_path, hidden, table(columns, *rows)).pages] == ["א | ב\n\n3 | 4"]


def test_a_cell_over_rows_stands_in_each(tmp_path: Path) -> None:
    """What reaches over rows belongs to those that hold something."""
    covered = "<table:covered-table-cell/>"
    rows = [
        row(cell("מתקן"), cell("מחיר")),
        row(cell("בריכה", number_rows_spanned="3"), cell("10")),
        row(covered, cell("20")),
        row(covered, empty()),
        row(empty(), cell("30")),
    ]
    (page,) = read(tmp_path, table(*rows)).pages
    assert page.text == "מתקן | מחיר\nבריכה | 10\nבריכה | 20\n\n30"


@pytest.mark.data
def test_real_files(data_folder: Path) -> None:
    """Real spreadsheets are read whole."""
    files = sorted((data_folder / "documents" / "ods").glob("*.ods"))
    assert files
    assert all(page.text.strip() for file in files for page in read_ods(file).pages)
