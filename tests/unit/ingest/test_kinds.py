import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from evals.compound_file import compound_file
from ingest.errors import EmptyFile, Encrypted, IngestError, TooExpanded, UnreadableFile, UnsupportedFormat
from ingest.readers.kinds import kind_of

PAGE = "<html><p>שלום</p>"
MAIL = "From: a@b\nTo: c@d\nSubject: x\n\nשלום"
HEBREW = "נוהל רכש\nסעיף 1: כללי\n"


def zipped(*names: str, mimetype: str = "") -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def kind(folder: Path, content: bytes | str, filename: str) -> str:
    path = folder / "original"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return kind_of(path, filename)


OFFICE = "[Content_Types].xml"
ODF = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        (b"%PDF-1.7\n", "נוהל.docx", "pdf"),
        (b"\r\n\xef\xbb\xbf%PDF-1.4", "בלי סיומת", "pdf"),
        (zipped(OFFICE, "word/document.xml"), "נוהל.pdf", "docx"),
        (zipped("_rels/.rels", "word/document.xml"), "x", "docx"),
        (zipped(OFFICE, "ppt/presentation.xml"), "x", "pptx"),
        (zipped(OFFICE, "xl/workbook.xml"), "נוהל.doc", "xlsx"),
        (zipped("content.xml", mimetype=ODF + "text"), "x", "odt"),
        (zipped("content.xml", mimetype=ODF + "text-template"), "x.ott", "odt"),
        (zipped("content.xml", mimetype=ODF + "presentation"), "x", "odp"),
        (zipped("content.xml", mimetype=ODF + "spreadsheet\n"), "x", "ods"),
        (zipped("a.xhtml", mimetype="application/epub+zip"), "x.zip", "epub"),
        (zipped("word/a.docx", "b.pdf"), "x.zip", "zip"),
        (zipped("a.pdf"), "בלי סיומת", "zip"),
        (compound_file({"WordDocument": b"x", "1Table": b""}), "x.pdf", "doc"),
        (compound_file({"Workbook": b"x"}), "x.doc", "xls"),
        (compound_file({"PowerPoint Document": b"x"}), "x", "ppt"),
        (compound_file({"__properties_version1.0": b"", "__attach_#0": {"WordDocument": b""}}), "x", "msg"),
        (b"{\\rtf1\\ansi", "x.doc", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "x.txt", "image"),
        (b"\xff\xd8\xff\xe0", "x", "image"),
        (PAGE, "דוח.xls", "html"),
        (PAGE, "מכתב.doc", "html"),
        ("\ufeff<!-- x --> <TABLE border=1>", "דוח.xls", "html"),
        (('<?xml version="1.0"?>' + PAGE).encode("utf-16"), "x", "html"),
        (PAGE, "x.txt", "text"),
        ("שם\tסכום\nדנה\t12\n".encode("cp1255"), "דוח.xls", "csv"),
        (HEBREW.encode("cp862"), "מכתב.doc", "text"),
        (HEBREW, "בלי סיומת", "text"),
        (HEBREW.encode("cp1255"), "קובץ.log", "text"),
        ((HEBREW * 500), "x.dat", "text"),
        (MAIL, "בלי סיומת", "eml"),
        ("Received: from x\r\n by y\r\nFrom: a@b\r\n\r\n", "x.mail", "eml"),
        (MAIL, "x.txt", "text"),
        (HEBREW, "x.eml", "eml"),
        (b"MZ: not a program", "x.txt", "text"),
    ],
)  # fmt: skip
def test_the_content_decides(tmp_path: Path, content: bytes | str, filename: str, expected: str) -> None:
    """The first bytes and what is inside say what a file is; its name only which kind of text."""
    assert kind(tmp_path, content, filename) == expected


@pytest.mark.parametrize(
    ("content", "filename", "error"),
    [
        (b"", "x.pdf", EmptyFile),
        (b"MZ\x90\0", "נוהל.pdf", UnsupportedFormat),
        (b"Rar!\x1a\x07", "x.zip", UnsupportedFormat),
        (zipped("content.xml", mimetype=ODF + "graphics"), "x.odg", UnsupportedFormat),
        (zipped(OFFICE, "visio/document.xml"), "x.vsdx", UnsupportedFormat),
        (zipped("a.txt"), "x.docx", UnreadableFile),
        (b"PK\x03\x04" + b"x" * 100, "x.docx", UnreadableFile),
        (compound_file({"EncryptedPackage": b"x"}), "x.docx", Encrypted),
        (compound_file({"x": b"x"}), "x.wpd", UnsupportedFormat),
        (compound_file({"x": b"x"})[:700], "x.doc", UnreadableFile),
        (compound_file({"x": b"x"}), "x.doc", UnreadableFile),
        (zipped(OFFICE), "x.docx", UnreadableFile),
        ("def f(x):\n    return x\n", "x.py", UnsupportedFormat),
        (bytes(range(256)) * 20, "x.bin", UnsupportedFormat),
        ("some English text", "README", UnsupportedFormat),
        (HEBREW, "x.pdf", UnreadableFile),
        (b"\0\0\0", "x.doc", UnreadableFile),
    ],
)
def test_what_has_no_reader_says_why(tmp_path: Path, content: bytes, filename: str, error: type[IngestError]) -> None:
    """Programs, other archives, drawings and damage: each its own reason."""
    with pytest.raises(error) as raised:
        kind(tmp_path, content, filename)
    assert raised.type is error


def test_a_bomb_is_seen_before_anything_is_opened(tmp_path: Path) -> None:
    """Looking for what a zip is does not unpack it."""
    path = tmp_path / "original"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("mimetype", "w") as member:
        for _ in range(50):
            member.write(bytes(1 << 20))
    with pytest.raises(TooExpanded):
        kind_of(path, "x.odt")


@pytest.mark.parametrize(
    "filename",
    [
        "../../etc/passwd",
        "/",
        ".",
        "..",
        "",
        "x\0.txt",
        "a\u202efdp.txt",
        '";rm -rf',
        "א" * 5000,
        "\ud800.txt",
        "a/b\\c",
    ],
)
def test_names_do_nothing(tmp_path: Path, filename: str) -> None:
    """A name is only looked at for its suffix, whatever it is."""
    assert kind(tmp_path, HEBREW, filename) == "text"
    assert [path.name for path in tmp_path.iterdir()] == ["original"]


@pytest.mark.data
def test_every_real_file_is_what_it_is_called(tmp_path: Path, data_folder: Path) -> None:
    """The kind of each real document fits the folder it lies in, and does not need its name."""
    checked = 0
    for path in sorted((data_folder / "documents").rglob("*")):
        expected = {"htm": "html", "xml": ""}.get(path.suffix[1:].lower(), path.suffix[1:].lower())
        if path.is_file() and expected in {"pdf", "odt", "odp", "ods", "docx", "pptx", "xlsx", "epub", "doc", "html"}:
            assert kind_of(path, "original") == expected, path
            checked += 1
    assert checked > 300
