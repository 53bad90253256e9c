from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ingest.document import Document
from ingest.errors import TooExpanded, UnreadableFile, UnsupportedFormat
from ingest.readers.sheets.xlsx import read_xlsx


def read(tmp_path: Path, fill: Callable[[Workbook], None]) -> Document:
    book = Workbook()
    fill(book)
    book.save(tmp_path / "book.xlsx")
    return read_xlsx(tmp_path / "book.xlsx")


def lines(tmp_path: Path, fill: Callable[[Worksheet], None]) -> list[str]:
    """The lines of a book of one sheet."""
    document = read(tmp_path, lambda book: fill(book.worksheets[0]))
    return document.pages[0].text.split("\n")


def raw(tmp_path: Path, sheet: str, **parts: str) -> Document:
    """A file of which only the sheet, and the parts that are named, are given."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    contents = {
        "_rels/.rels": f'<r><Relationship Id="a" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></r>',
        "xl/workbook.xml": f'<w xmlns:r="{relations}"><sheets><sheet name="א" r:id="s"/></sheets></w>',
        "xl/_rels/workbook.xml.rels": f'<r><Relationship Id="s" Type="{relations}/worksheet" Target="/xl/s.xml"/>'
        f'<Relationship Id="t" Type="{relations}/sharedStrings" Target="t.xml"/></r>',
        "xl/s.xml": f"<worksheet>{sheet}</worksheet>",
        **{name.replace("__", "/") + ".xml": content for name, content in parts.items()},
    }
    path = tmp_path / "raw.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return read_xlsx(path)


def test_cells_are_shown_as_people_see_them(tmp_path: Path) -> None:
    """Numbers, money, percents, dates and truth values in their formats; columns in the order A, B, C."""

    def fill(sheet: Worksheet) -> None:
        sheet.sheet_view.rightToLeft = True
        sheet.append(["שירות", "מחיר", "הנחה", "מיום", "פעיל"])
        sheet.append(["בריכה", 1234.5, 0.15, datetime(2026, 3, 1), True])
        for cell, code in {"B2": '#,##0.00 "₪"', "C2": "0%", "D2": "dd.mm.yyyy"}.items():
            sheet[cell].number_format = code

    assert lines(tmp_path, fill) == [
        "שירות | מחיר | הנחה | מיום | פעיל",
        "בריכה | 1,234.50 ₪ | 15% | 01.03.2026 | TRUE",
    ]


def test_rows_keep_their_numbers(tmp_path: Path) -> None:
    """A page begins at its first row; empty rows are empty lines."""
    document = read(tmp_path, lambda book: [book.worksheets[0].cell(row, 2, f"שורה {row}") for row in (5, 7)] and None)
    assert (document.pages[0].place.row, document.pages[0].text) == (5, "שורה 5\n\nשורה 7")


def test_hidden_sheets_rows_and_columns_are_not_read(tmp_path: Path) -> None:
    """What the file does not show is left out; rows that a filter hides are only out of sight."""

    def fill(book: Workbook) -> None:
        book.create_sheet("סודי").append(["מוסתר"])
        book["סודי"].sheet_state = "hidden"
        sheet = book.worksheets[0]
        for row in (["א", "עלות", "ב"], ["1", "99", "2"], ["3", "99", "4"]):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True
        filtered = book.create_sheet("מסונן")
        for row in (["א", "ב"], ["1", "2"]):
            filtered.append(row)
        filtered.row_dimensions[2].hidden = True
        filtered.auto_filter.ref = "A1:B2"

    document = read(tmp_path, fill)
    assert [page.text for page in document.pages] == ["א | ב\n\n3 | 4", "א | ב\n1 | 2"]


def test_a_cell_over_rows_stands_in_each(tmp_path: Path) -> None:
    """What is merged over rows belongs to all of them; what is merged over columns stands once."""

    def fill(sheet: Worksheet) -> None:
        for row in (["מתקן", "גיל", "מחיר"], ["בריכה", "ילד", "10"], [None, "מבוגר", "20"], [None, None, None]):
            sheet.append(row)
        sheet["A5"] = "הערה"
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("A5:C5")

    assert lines(tmp_path, fill) == ["מתקן | גיל | מחיר", "בריכה | ילד | 10", "בריכה | מבוגר | 20", "", "הערה"]


def test_formulas_show_their_last_result(tmp_path: Path) -> None:
    """The result that was saved; where there is none, the formula itself, so that nothing is lost in silence."""
    sheet = '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>שתיים</v></c></row>'
    assert raw(tmp_path, sheet + "</sheetData>").pages[0].text == "2 | שתיים"
    assert lines(tmp_path, lambda sheet: sheet.append(["סך הכול", "=SUM(B2:B9)"])) == ["סך הכול | =SUM(B2:B9)"]


def test_texts_of_all_kinds(tmp_path: Path) -> None:
    """Shared and inline texts, in pieces or whole, without readings above them; cells may leave out where they are."""
    strings = "<sst><si><t>שלום </t><rPh><t>X</t></rPh></si><si><r><t>חלק </t></r><r><t>שני</t></r></si></sst>"
    sheet = (
        '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c><c t="e"><v>#N/A</v></c></row>'
        '<row><c t="inlineStr"><is><r><t>בתוך</t></r></is></c><c><v>x</v></c><c><v>1e400</v></c></row></sheetData>'
    )
    assert raw(tmp_path, sheet, xl__t=strings).pages[0].text == "שלום | חלק שני |  | #N/A\nבתוך | x | 1e400"


def test_declared_sizes_cost_nothing(tmp_path: Path) -> None:
    """A sheet that claims a million rows, or has a cell in its last corner, is as small as what is in it."""
    sheet = '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c><v>1</v></c></row>'
    sheet += '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row><row r="9999999"><c><v>3</v></c></row></sheetData>'
    document = raw(tmp_path, sheet + '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>')
    assert [(page.place.row, page.text) for page in document.pages] == [(1, "1"), (1048576, "1 | 2")]


def test_a_text_named_again_and_again_is_refused(tmp_path: Path) -> None:
    """One long text in the file, ten thousand times on the sheet."""
    sheet = "<sheetData>" + '<row><c t="s"><v>0</v></c></row>' * 10_000 + "</sheetData>"
    with pytest.raises(TooExpanded):
        raw(tmp_path, sheet, xl__t=f"<sst><si><t>{'א' * 20_000}</t></si></sst>")


def test_entities_do_not_grow(tmp_path: Path) -> None:
    """XML that multiplies itself is refused."""
    entities = '<!ENTITY a0 "אאאאאאאאאא">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    with pytest.raises((UnreadableFile, TooExpanded)):
        raw(tmp_path, "", xl__t=f"<!DOCTYPE x [{entities}]><sst><si><t>&a11;</t></si></sst>")


def test_a_zip_without_a_workbook(tmp_path: Path) -> None:
    """Not every zip is a workbook."""
    with ZipFile(tmp_path / "x", "w") as archive:
        archive.writestr("a", "b")
    with pytest.raises(UnreadableFile):
        read_xlsx(tmp_path / "x")


def test_binary_workbooks_are_named(tmp_path: Path) -> None:
    """XLSB has the same suffix family and quite another inside: the message says what to do."""
    with ZipFile(tmp_path / "x", "w") as archive:
        archive.writestr("_rels/.rels", '<r><Relationship Type="/officeDocument" Target="xl/workbook.bin"/></r>')
        archive.writestr("xl/workbook.bin", "b")
    with pytest.raises(UnsupportedFormat):
        read_xlsx(tmp_path / "x")


@pytest.mark.data
def test_real_files(data_folder: Path) -> None:
    """Real workbooks are read whole: each sheet under its name, wide tables under their header rows."""
    files = sorted((data_folder / "documents" / "xlsx").glob("*.xlsx"))
    assert files
    for file in files:
        document = read_xlsx(file)
        assert all(page.place.kind == "sheet" and page.text.strip() for page in document.pages)
        assert any(table.header for table in document.tables)
