from pathlib import Path

import pytest

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.readers.sheets.csv import read_csv


def read(tmp_path: Path, data: bytes) -> Document:
    path = tmp_path / "file"
    path.write_bytes(data)
    return read_csv(path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1255", "utf-16"])
def test_delimiters_and_encodings(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """Whatever stands between the cells, and however Hebrew is written: the same rows."""
    rows = [["שם", "עיר", "הערה"], ["כהן, דוד", "חיפה", "1.5"], ["לוי", "", "אחרי 14:00"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows)
    document = read(tmp_path, text.encode(encoding))
    assert document.pages[0].text == "שם | עיר | הערה\nכהן, דוד | חיפה | 1.5\nלוי |  | אחרי 14:00"
    assert document.tables[0].header == "שם | עיר | הערה"


def test_line_ends_inside_quotes(tmp_path: Path) -> None:
    """A record is one row, also when a cell holds line ends; an empty line is a row."""
    document = read(tmp_path, 'שם,כתובת\nדנה,"הרצל 1\nתל אביב"\n\nרון,אילת\n'.encode())
    assert document.pages[0].text == "שם | כתובת\nדנה | הרצל 1 תל אביב\n\nרון | אילת"


def test_gershayim_are_letters(tmp_path: Path) -> None:
    """A quotation mark inside a word, or one that is never closed, takes nothing with it."""
    document = read(tmp_path, 'חברה,סכום\nאבן בע"מ,5\n'.encode())
    assert document.pages[0].text == 'חברה | סכום\nאבן בע"מ | 5'
    rows = "".join(f"שורה,{n}\n" for n in range(300))
    assert read(tmp_path, f'שם,מספר\n"פתוח,1\n{rows}'.encode()).pages[-1].place.row == 201


def test_a_line_for_excel_is_no_row(tmp_path: Path) -> None:
    """`sep=;` in the first line says what stands between the cells."""
    document = read(tmp_path, "sep=;\nא;ב,ג\n1;2\n".encode())
    assert document.pages[0].text == "א | ב,ג\n1 | 2"
    assert document.pages[0].place.row == 1


def test_cells_in_the_order_of_the_screen(tmp_path: Path) -> None:
    """Hebrew that old systems stored backwards is put right, cell by cell."""
    words = ["שם המוסדות", "עובדים של הרשויות", "מתנדבים"]
    document = read(tmp_path, "\n".join(f"{word[::-1]},12" for word in words).encode("cp862"))
    assert document.pages[0].text == "\n".join(f"{word} | 12" for word in words)


def test_no_text(tmp_path: Path) -> None:
    """Bytes that are not text are refused."""
    with pytest.raises(UnreadableFile):
        read(tmp_path, bytes(range(32)) * 20)
