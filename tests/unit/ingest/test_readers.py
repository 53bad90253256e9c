import shutil
import zipfile
from pathlib import Path

import pytest

from ingest.errors import EmptyFile, Encrypted, IngestError, NoText, UnreadableFile, UnsupportedFormat, error_of
from ingest.readers import is_good_title, read
from tests.unit.ingest.test_docx import paragraph, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def reading(path: Path, filename: str) -> str:
    document = read(path, filename, None, lambda done, total: None)
    return document.pages[0].text


def stored(folder: Path, content: bytes) -> Path:
    path = folder / "original"
    path.write_bytes(content)
    return path


def test_the_bytes_decide_against_a_lying_name(tmp_path: Path) -> None:
    """A Word file called .pdf is read as Word, and a page saved as .docx as a page."""
    word = word_file(tmp_path, paragraph("שלום"))
    assert reading(word, "מסמך.pdf") == "שלום\n"
    page = stored(tmp_path, "<!DOCTYPE html><p>שלום</p>".encode())
    assert reading(page, "מסמך.DOCX") == "שלום\n"


def test_pages_end_with_a_line_end_and_progress_is_told(tmp_path: Path) -> None:
    """However a file ends, its page ends with exactly one line end; the last progress says that all is done."""
    told: list[tuple[int, int]] = []
    document = read(
        stored(tmp_path, "סוף \n\n\n".encode()), "א.txt", None, lambda done, total: told.append((done, total))
    )
    assert document.pages[0].text == "סוף\n"
    assert told[-1] == (1, 1)


@pytest.mark.parametrize(
    ("content", "filename", "error"),
    [
        (b"", "ריק.pdf", EmptyFile),
        (b"", "ריק.exe", EmptyFile),
        (b" \r\n\t", "לבן.txt", NoText),
        (b"<html><script>x</script></html>", "לבן.html", NoText),
        (b"MZ\x90", "תוכנה.exe", UnsupportedFormat),
        (b"plain", "ללא סיומת", UnsupportedFormat),
        (b"\x89PNG\r\n", "תמונה.txt", UnsupportedFormat),
        (b"{\\rtf1", "מסמך.docx", UnsupportedFormat),
        (OLE + bytes(600), "מסמך.doc", UnsupportedFormat),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "סודי.docx", Encrypted),
        (b"not a pdf at all", "שקר.pdf", UnreadableFile),
        (b"\0" * 1000, "אפסים.docx", UnreadableFile),
        (b"PK\x03\x04" + b"garbage" * 50, "קטוע.docx", UnreadableFile),
        (b"PK\x03\x04" + b"garbage" * 50, "ארכיון.zip", UnsupportedFormat),
        (bytes(range(256)) * 20, "זבל.txt", UnreadableFile),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, filename: str, error: type[IngestError]) -> None:
    """Every kind of wrong file has its own reason."""
    with pytest.raises(error) as raised:
        reading(stored(tmp_path, content), filename)
    assert raised.type is error


def test_a_zip_with_something_else_inside_is_unsupported(tmp_path: Path) -> None:
    """A spreadsheet or presentation has no reader yet and is not called damaged."""
    path = tmp_path / "original"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(UnsupportedFormat):
        reading(path, "גיליון.xlsx")


def test_a_zip_with_an_unpacked_pdf_inside_is_unsupported(tmp_path: Path) -> None:
    """It is not read as that PDF, of which there may be many."""
    path = tmp_path / "original"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("א.pdf", b"%PDF-1.7\n")
    with pytest.raises(UnsupportedFormat):
        reading(path, "ארכיון.zip")


@pytest.mark.parametrize(
    ("title", "good"),
    [
        ("נוהל חופשה ללא תשלום", True), ("Annual report 2023", True), ("תקנון", True), ("", False),
        ("Document1", False),
        ("untitled", False), ("Microsoft Word - נוהל.doc", False), ("dl_task_pdf__2022", False), ("נוהל.docx", False),
        ("12.3.2024", False), ("א" * 400, False),
    ],
)  # fmt: skip
def test_titles_that_programs_make_up_are_not_taken(title: str, good: bool) -> None:
    """A title inside the file counts when people would say it; otherwise the name of the file is better."""
    assert is_good_title(title) is good


def test_the_title_falls_back_to_the_name_of_the_file(tmp_path: Path) -> None:
    """A document without a good title inside is called like its file."""
    path = word_file(tmp_path, paragraph("שלום"), title="Document1")
    assert read(path, "נוהל רכש 2024.docx", None, lambda done, total: None).title == "נוהל רכש 2024"


@pytest.mark.data
def test_a_pdf_is_recognised_behind_leading_bytes(tmp_path: Path, data_folder: Path) -> None:
    """A PDF may have a few bytes before its header and any name that is not one of a text."""
    source = data_folder / "extraction"
    original = sorted(source.glob("*__plain.pdf"))[0]
    path = tmp_path / "original"
    shutil.copyfile(original, path)
    path.write_bytes(b"\r\n" + path.read_bytes())
    assert "\u05d0" in reading(path, "שם בלי סיומת")


def test_every_error_has_its_own_code_and_comes_back_from_it() -> None:
    """Codes are distinct; an unknown one is the base error."""
    classes = IngestError.__subclasses__()
    assert len({each.code for each in classes}) == len(classes)
    assert all(type(error_of(each.code, "")) is each for each in classes)
    assert type(error_of("?", "")) is IngestError
