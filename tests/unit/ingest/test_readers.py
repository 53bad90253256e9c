import shutil
import zipfile
from pathlib import Path

import pytest

from evals.compound_file import compound_file
from ingest.errors import EmptyFile, Encrypted, IngestError, NoText, UnreadableFile, UnsupportedFormat, error_of
from ingest.readers import _CONVERTED, _READERS, is_good_title, kinds, read
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
        (OLE + bytes(600), "מסמך.doc", UnreadableFile),
        (compound_file({"WordPerfect": b"x"}), "מסמך.wpd", UnsupportedFormat),
        (compound_file({"EncryptedPackage": b"x"}), "סודי.docx", Encrypted),
        (b"not a pdf at all", "שקר.pdf", UnreadableFile),
        (b"\0" * 1000, "אפסים.docx", UnreadableFile),
        (b"PK\x03\x04" + b"garbage" * 50, "קטוע.docx", UnreadableFile),
        (b"PK\x03\x04" + b"garbage" * 50, "ארכיון.zip", UnreadableFile),
        (bytes(range(256)) * 20, "זבל.txt", UnreadableFile),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, filename: str, error: type[IngestError]) -> None:
    """Every kind of wrong file has its own reason."""
    with pytest.raises(error) as raised:
        reading(stored(tmp_path, content), filename)
    assert raised.type is error


def test_an_archive_is_read_into_its_files(tmp_path: Path) -> None:
    """A document with parts needs no text; an archive of nothing has none."""
    path, parts = tmp_path / "original", tmp_path / "parts"
    parts.mkdir()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("א.pdf", b"%PDF-1.7\n")
    document = read(path, "ארכיון 2021.zip", None, lambda done, total: None, parts)
    assert (document.title, document.pages) == ("ארכיון 2021", ())
    assert [part.path for part in document.parts] == ["א.pdf"]
    assert reading(path, "ארכיון.zip") == "א.pdf\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.mkdir("ריק")
    with pytest.raises(NoText):
        read(path, "ריק.zip", None, lambda done, total: None, parts)


def test_every_kind_has_a_reader() -> None:
    """Whatever kind a file may be, there is a reader for it."""
    assert {*kinds._SUFFIXES.values(), *kinds._PACKAGES.values(), *kinds._MIMETYPES.values()} <= set(_READERS)
    assert {*kinds._STREAMS.values()} - {"encrypted"} <= set(_READERS)
    assert set(_CONVERTED.values()) <= set(_READERS)


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
