import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import olefile
import pytest

from ingest.errors import Encrypted, NoConverter, UnreadableFile
from ingest.readers.docx.reader import read_docx
from ingest.readers.libreoffice import converted
from ingest.readers.opendocument.odt import read_odt
from tests.word_file import paragraph, row, table, word_file

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")

HEBREW = "נוהל הגשת בקשות: 30 יום, סעיף 4(ב)"


def text_of(path: Path, kind: str) -> str:
    """What is read from a file of an old kind."""
    with converted(path, kind, "odt") as made:
        return read_odt(made).pages[0].text


def as_doc(path: Path, folder: Path) -> Path:
    """The same document as a DOC file, made by LibreOffice."""
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
        "--outdir",
    ]
    subprocess.run([*command, str(folder), str(path)], check=True, capture_output=True)
    return folder / f"{path.stem}.doc"


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def test_without_libreoffice_the_reason_is_clear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no soffice on the path, the file is refused with a reason of its own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "א.rtf"
    path.write_bytes(b"{\\rtf1 x}")
    with pytest.raises(NoConverter), converted(path, "rtf", "odt"):
        pass


@needs_libreoffice
def test_rtf_in_windows_1255_and_in_unicode(tmp_path: Path) -> None:
    """Hebrew as bytes of windows-1255, as Unicode escapes with a replacement character, and quotes are right."""
    in_bytes = "".join(f"\\'{byte:02x}" for byte in HEBREW.encode("cp1255"))
    escaped = "".join(f"\\u{ord(each)}?" if ord(each) > 127 else each for each in HEBREW)
    path = tmp_path / "א'\" &.rtf"
    path.write_text(
        "{\\rtf1\\ansi\\ansicpg1255\\uc1{\\fonttbl{\\f0\\fcharset177 David;}}"
        f"\\rtlpar\\f0 {in_bytes}\\par\\rtlpar {escaped}\\par}}",
        encoding="ascii",
    )
    assert text_of(path, "rtf") == f"{HEBREW}\n\n{HEBREW}"


@needs_libreoffice
def test_links_in_a_file_are_not_followed(tmp_path: Path) -> None:
    """A field that asks for another file on the machine gets what was kept in the document, and nothing more."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="ascii")
    path = tmp_path / "א.rtf"
    field = f'{{\\field{{\\*\\fldinst INCLUDETEXT "{secret}"}}{{\\fldrslt kept}}}}'
    path.write_text(f"{{\\rtf1\\ansi before {field} after\\par}}", encoding="ascii")
    assert text_of(path, "rtf") == "before kept after"


@needs_libreoffice
def test_tables_from_right_to_left_keep_their_order(tmp_path: Path) -> None:
    """A right-to-left table comes out of a DOC file with the column first that is read first."""
    bidi = "<w:bidi/>"
    texts = (("שירות", "אגרה"), ("רישום", "120"))
    rows = [row(*(f"<w:tc>{paragraph(text, bidi)}</w:tc>" for text in each)) for each in texts]
    body = table(*rows, properties="<w:bidiVisual/>") + paragraph("סוף", bidi)
    with_types = _complete(tmp_path, body)
    text = text_of(as_doc(with_types, tmp_path), "doc")
    assert text == "שירות | אגרה\nרישום | 120\n\nסוף"


@needs_libreoffice
def test_damaged_and_locked_files(tmp_path: Path) -> None:
    """A cut file is unreadable; one whose first block says that it is encrypted is encrypted."""
    path = as_doc(_complete(tmp_path, paragraph(HEBREW)), tmp_path)
    locked = tmp_path / "locked.doc"
    shutil.copyfile(path, locked)
    with olefile.OleFileIO(str(locked), write_mode=True) as compound:
        block = bytearray(compound.openstream("WordDocument").read())
        block[11] |= 1
        compound.write_stream("WordDocument", bytes(block))
    with pytest.raises(Encrypted), converted(locked, "doc", "odt"):
        pass
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(UnreadableFile), converted(path, "doc", "odt"):
        pass


@needs_libreoffice
@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    [
        "docx/cpp-5782__syllabus.docx",
        "docx/oop-5778__matalot_Exe_0.docx",
        "odt/ariel-algorithms-5779__03-rent-division_homework.odt",
    ],
)
def test_real_documents_say_the_same_as_doc(data_folder: Path, tmp_path: Path, name: str) -> None:
    """A real document saved as DOC has the words, the tables and nearly the lines that it had before."""
    original = data_folder / "documents" / name
    before = (read_docx if original.suffix == ".docx" else read_odt)(original)
    with converted(as_doc(original, tmp_path), "doc", "odt") as made:
        after = read_odt(made)
    expected, found = words(before.pages[0].text), words(after.pages[0].text)
    assert (expected & found).total() > 0.995 * expected.total()
    assert (expected & found).total() > 0.995 * found.total()
    assert len(after.tables) == len(before.tables)


def _complete(folder: Path, body: str) -> Path:
    """A Word file that LibreOffice opens: it wants to be told what the parts are."""
    path = word_file(folder, body)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
    return path
