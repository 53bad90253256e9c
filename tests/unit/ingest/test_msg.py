"""Mail of Outlook, in files made by a small writer (evals/compound_file.py)."""

import struct
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import olefile
import pytest

from evals.compound_file import Tree, compound_file
from indexes.page import Place
from ingest.document import Document
from ingest.errors import IngestError, TooNested
from ingest.readers import read
from ingest.readers.compound import open_compound
from ingest.readers.mail.msg import read_msg

BODY = "שלום רב,\r\n\r\nהישיבה תתקיים ביום שני בשעה 10:30.\r\n"


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def properties(head: int, **fixed: int) -> bytes:
    """The stream of a folder's fixed properties; each is called after its tag."""
    return bytes(head) + b"".join(struct.pack("<IIq", int(tag[1:], 16), 6, value) for tag, value in fixed.items())


def file_time(when: datetime) -> int:
    return int((when - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def letter(head: int = 32, **changes: "bytes | Tree") -> Tree:
    """A mail with the usual properties, changed as asked; what is changed to b"" is left out."""
    sent = file_time(datetime(2021, 5, 3, 12, tzinfo=UTC))
    usual: Tree = {
        "__properties_version1.0": properties(head, t3FFD0003=1255, t00390040=sent),
        "__nameid_version1.0": {"__substg1.0_00020102": b""},
        "__substg1.0_0037001F": wide("זימון לישיבה"),
        "__substg1.0_0C1A001F": wide("דנה כהן"),
        "__substg1.0_0C1F001F": wide("/o=Organization/cn=dana"),
        "__substg1.0_5D01001F": wide("dana@x.org.il"),
        "__substg1.0_1000001F": wide(BODY),
    }
    changed = {f"__substg1.0_{name[1:]}": content for name, content in changes.items()}
    return {name: content for name, content in {**usual, **changed}.items() if content != b""}


def person(name: str, address: str, kind: int) -> Tree:
    streams: Tree = {"__substg1.0_3001001F": wide(name), "__substg1.0_39FE001F": wide(address)}
    return {**streams, "__properties_version1.0": properties(8, t0C150003=kind)}


def attachment(**streams: "bytes | Tree") -> Tree:
    content: Tree = {f"__substg1.0_{name[1:]}": content for name, content in streams.items()}
    return {**content, "__properties_version1.0": properties(8)}


def written(folder: Path, tree: Tree) -> Path:
    path = folder / "original"
    path.write_bytes(compound_file(tree))
    return path


def read_tree(folder: Path, tree: Tree) -> Document:
    (folder / "parts").mkdir()
    return read_msg(written(folder, tree), folder / "parts")


def parts_of(document: Document) -> dict[str, bytes]:
    return {part.path: part.file.read_bytes() for part in document.parts}


def test_the_writer_of_the_tests_writes_compound_files(tmp_path: Path) -> None:
    """What it writes, small and large, in folders or not, another program reads back."""
    tree: Tree = {"a": b"1" * 10, "b": {"c": b"2" * 5000, "d": {"e": b"3" * 4095}}, "f": b"", "g": b"4" * 300_000}
    with olefile.OleFileIO(written(tmp_path, tree)) as compound:
        found = {"/".join(entry): compound.openstream(entry).read() for entry in compound.listdir()}
    assert found == {"a": b"1" * 10, "b/c": b"2" * 5000, "b/d/e": b"3" * 4095, "f": b"", "g": b"4" * 300_000}


def test_a_mail_is_a_page_that_says_who_wrote_when_to_whom(tmp_path: Path) -> None:
    """Subject, sender, day and those who got it; an address inside Exchange is none that people know."""
    tree = letter()
    tree["__recip_version1.0_#00000001"] = person("רות", "ruth@x.org.il", 2)
    tree["__recip_version1.0_#00000000"] = person("יוסי", "/o=Organization/cn=yossi", 1)
    document = read_tree(tmp_path, tree)
    assert (document.title, document.pages[0].place) == ("זימון לישיבה", Place("message", "דנה כהן, 3.5.2021"))
    assert document.pages[0].text == (
        "זימון לישיבה\n\nFrom: דנה כהן <dana@x.org.il>\nDate: 3.5.2021\nTo: יוסי\nCc: רות <ruth@x.org.il>\n\n"
        "שלום רב,\n\nהישיבה תתקיים ביום שני בשעה 10:30."
    )


def test_texts_of_old_outlook(tmp_path: Path) -> None:
    """Texts that are not in Unicode are decoded as Hebrew text is."""
    old = {
        "t0037001F": b"",
        "t0037001E": "זימון ישן\0".encode("cp1255"),
        "t1000001F": b"",
        "t1000001E": BODY.encode("cp1255"),
    }
    document = read_tree(tmp_path, letter(**old))
    assert document.title == "זימון ישן"
    assert document.pages[0].text.endswith("10:30.")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1255"])
def test_html_where_there_is_no_plain_text(tmp_path: Path, encoding: str) -> None:
    """An HTML body is read as a page is."""
    html = "<html><script>x</script><p>הישיבה תתקיים ביום שני</p>".encode(encoding)
    document = read_tree(tmp_path, letter(t1000001F=wide(" \r\n"), t10130102=html))
    assert document.pages[0].text.endswith("2021\n\nהישיבה תתקיים ביום שני")


def test_rtf_where_there_is_nothing_else(tmp_path: Path) -> None:
    """The text of a body that is only there as RTF is taken out of it."""
    rtf = rb"{\rtf1\ansi\ansicpg1255\fromtext {\fonttbl{\f0 Arial;}}\f0 " + rb"\'f9\'ec\'e5\'ed \u1512?\u1489?\par x}"
    packed = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    assert read_tree(tmp_path, letter(t1000001F=b"", t10090102=packed)).pages[0].text.endswith("שלום רב\nx")


def test_attachments_keep_their_long_hebrew_names(tmp_path: Path) -> None:
    """Of the names of an attachment the longest is taken; logos in the text are left out."""
    tree = letter()
    tree["__attach_version1.0_#00000000"] = attachment(
        t3704001F=wide("NOHAL~1.PDF"), t3707001F=wide('נוהל "רכש" 2021.pdf'), t37010102=b"%PDF" * 2000
    )
    tree["__attach_version1.0_#00000001"] = attachment(t3704001F=wide("A.TXT"), t37010102=b"a")
    tree["__attach_version1.0_#00000002"] = attachment(
        t3707001F=wide("logo.png"), t37010102=b"x", t370E001F=wide("image/png"), t3712001F=wide("logo@1")
    )
    assert parts_of(read_tree(tmp_path, tree)) == {'נוהל "רכש" 2021.pdf': b"%PDF" * 2000, "A.TXT": b"a"}


def test_an_attached_mail_becomes_a_mail(tmp_path: Path) -> None:
    """A mail inside a mail is a part that is read as a mail, with its own sender, day and attachments."""
    inner = letter(24, t0037001F=wide("קודם"), t0C1A001F=wide("יוסי"))
    inner["__attach_version1.0_#00000000"] = attachment(t3707001F=wide("נספח.txt"), t37010102="נספח".encode())
    tree = letter()
    tree["__attach_version1.0_#00000000"] = attachment(t3701000D=inner, t3001001F=wide("קודם"))
    document = read_tree(tmp_path, tree)
    assert [part.path for part in document.parts] == ["קודם.eml"]
    (tmp_path / "more").mkdir()
    attached = read(document.parts[0].file, "קודם.eml", None, lambda done, total: None, tmp_path / "more")
    assert attached.pages[0].place == Place("message", "יוסי, 3.5.2021")
    assert attached.pages[0].text.endswith("10:30.\n")
    assert parts_of(attached) == {"נספח.txt": "נספח".encode()}


def test_mails_in_mails_end_somewhere(tmp_path: Path) -> None:
    """A mail in a mail in a mail, and so on, is refused."""
    tree = letter()
    for _ in range(6):
        tree = {**letter(24), "__attach_version1.0_#00000000": attachment(t3701000D=tree)}
    with pytest.raises(TooNested):
        read_tree(tmp_path, tree)


def test_a_mail_of_nothing(tmp_path: Path) -> None:
    """A mail without any property is a page without text."""
    assert read_tree(tmp_path, {"__properties_version1.0": b""}).pages[0].text == ""


def test_damage_is_one_of_our_errors(tmp_path: Path) -> None:
    """Whatever byte is wrong, reading gives a mail or a reason."""
    tree = letter()
    tree["__attach_version1.0_#00000000"] = attachment(t3707001F=wide("א.txt"), t37010102=b"a" * 5000)
    whole = compound_file(tree)
    path = tmp_path / "original"
    for at in [*range(512), *range(512, len(whole), 37)]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        with suppress(IngestError):
            read(path, "א.msg", None, lambda done, total: None)


def test_the_folders_of_a_compound_file(tmp_path: Path) -> None:
    """Folders are listed by the beginning of their names; a stream that is not there is empty."""
    with open_compound(written(tmp_path, {"b1": {"x": b"1"}, "b2": {}, "a": {}, "b3": b"2"})) as root:
        assert [folder.path for folder in root.inside("b")] == [("b1",), ("b2",)]
        assert root.read("b3") == b"2"
        assert root.read("b1") == root.read("c") == b""
        assert next(root.inside("b1")).read("x") == b"1"
