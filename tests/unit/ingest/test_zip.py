import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import TooExpanded, TooNested, UnreadableFile
from ingest.readers import parts as parts_module
from ingest.readers.parts import Parts, shown_path
from ingest.readers.zip import DEEPEST, read_zip
from tests.unit.ingest.test_docx import paragraph, word_file


def zipped(members: dict[str, bytes | str]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def old_zip(names: list[bytes]) -> bytes:
    """A zip as programs wrote it before names were in Unicode: bytes, and not a word about what they mean."""
    places = [bytes([ord("A") + number]) * len(name) for number, name in enumerate(names)]
    content = zipped({place.decode(): "א" for place in places})
    for place, name in zip(places, names, strict=True):
        content = content.replace(place, name)
    return content


def taken(folder: Path, content: bytes) -> dict[str, bytes]:
    path, parts = folder / "original", folder / "parts"
    path.write_bytes(content)
    parts.mkdir()
    document = read_zip(path, parts)
    assert document.pages == ()
    assert sorted(part.file for part in document.parts) == sorted(parts.iterdir())
    return {part.path: part.file.read_bytes() for part in document.parts}


def test_files_folders_and_zips_inside(tmp_path: Path) -> None:
    """Every file becomes a part with its folders; a zip inside is opened in its place, an Office file is not."""
    (tmp_path / "word").mkdir()
    word = word_file(tmp_path / "word", paragraph("שלום")).read_bytes()
    inner = zipped({"פנים.txt": "פנים", "עוד/עמוק.zip": zipped({"עמוק.txt": "עמוק"})})
    content = zipped({"א.txt": "א", "תיקייה/": "", "תיקייה/נוהל.docx": word, "ישן.zip": inner, "ריק.txt": ""})
    assert taken(tmp_path, content) == {
        "א.txt": "א".encode(),
        "תיקייה/נוהל.docx": word,
        "ישן.zip/פנים.txt": "פנים".encode(),
        "ישן.zip/עוד/עמוק.zip/עמוק.txt": "עמוק".encode(),
        "ריק.txt": b"",
    }


def test_what_systems_put_there_is_left_out(tmp_path: Path) -> None:
    """Files of the Finder, of Windows and lock files of Office are no documents."""
    names = ["__MACOSX/._א.txt", "א/.DS_Store", "Thumbs.db", "א/desktop.ini", "~$נוהל.docx", ".git/config", "א/א.txt"]
    assert list(taken(tmp_path, zipped(dict.fromkeys(names, "א")))) == ["א/א.txt"]


@pytest.mark.parametrize("encoding", ["cp862", "cp1255", "utf-8"])
def test_hebrew_names_of_old_programs(tmp_path: Path, encoding: str) -> None:
    """Names without a word about their encoding are read by which reading looks Hebrew, all of an archive together."""
    names = ["נוהל רכש 2009.txt", "ב.txt", "plain.txt"]
    assert list(taken(tmp_path, old_zip([name.encode(encoding) for name in names]))) == names


def test_names_of_other_languages_stay(tmp_path: Path) -> None:
    """An archive in cp437 without Hebrew keeps its accents."""
    assert list(taken(tmp_path, old_zip(["Müller.txt".encode("cp437"), "é.txt".encode("cp437")]))) == [
        "Müller.txt",
        "é.txt",
    ]


def test_the_unicode_path_of_other_programs(tmp_path: Path) -> None:
    """A name in the extra field for it is believed where it belongs to the name that stands there."""
    raw, name = b"????.txt", "נוהל.txt".encode()
    extra = struct.pack("<BL", 1, zlib.crc32(raw)) + name
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        info = zipfile.ZipInfo(raw.decode())
        info.extra = struct.pack("<HH", 0x7075, len(extra)) + extra
        file.writestr(info, "א")
        other = zipfile.ZipInfo("other.txt")
        other.extra = info.extra
        file.writestr(other, "א")
    assert list(taken(tmp_path, buffer.getvalue())) == ["נוהל.txt", "other.txt"]


def test_names_are_shown_without_tricks_and_never_twice(tmp_path: Path) -> None:
    """Climbing, absolute and doubled names end inside the folder of parts, under numbers."""
    names = ["../../בריחה.txt", "/etc/passwd", "C:\\Users\\א.txt", "a\u202egpj.txt", "\u202e", "x/../y.txt"]
    content = zipped(dict.fromkeys([*names, "א.txt", "ב.txt"], "א")).replace("ב.txt".encode(), "א.txt".encode())
    assert list(taken(tmp_path, content)) == [
        "בריחה.txt", "etc/passwd", "Users/א.txt", "agpj.txt", "5", "x/y.txt", "א.txt", "א (2).txt",
    ]  # fmt: skip


def test_zips_in_zips_end_somewhere(tmp_path: Path) -> None:
    """Down to the allowed depth all is opened; deeper the whole is refused."""
    content: bytes = b"\xd7\x90"
    for depth in range(DEEPEST + 1):
        content = zipped({"א.txt" if not depth else f"{depth}.zip": content})
        (tmp_path / str(depth)).mkdir()
        if depth < DEEPEST:
            assert list(taken(tmp_path / str(depth), content).values()) == [b"\xd7\x90"]
        else:
            with pytest.raises(TooNested):
                taken(tmp_path / str(depth), content)


def test_a_damaged_or_locked_zip_inside_stays_a_file(tmp_path: Path) -> None:
    """Its own reading will say what is wrong; the others are not lost for it."""
    locked = bytearray(zipped({"א.txt": "א"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    content = zipped({"נעול.zip": bytes(locked), "קטוע.zip": locked[:30], "א.txt": "א"})
    assert list(taken(tmp_path, content)) == ["נעול.zip", "קטוע.zip", "א.txt"]


def test_a_damaged_file_inside_is_named(tmp_path: Path) -> None:
    """A file of which bytes are lost is not taken for what is left of it."""
    content = zipped({"נוהל.txt": "abcdefgh"}).replace(b"abcdefgh", b"abcdXfgh")
    with pytest.raises(UnreadableFile, match=r"נוהל\.txt"):
        taken(tmp_path, content)


@pytest.mark.parametrize("name", ["LARGEST_PARTS", "MOST_PARTS"])
def test_one_budget_for_all_depths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """What zips inside zips hold counts as much as what lies outside."""
    monkeypatch.setattr(parts_module, name, 4)
    content = zipped({"א.zip": zipped({"1.txt": "", "2.txt": ""}), "ב.zip": zipped({"3.txt": "12345"})})
    with pytest.raises(TooExpanded):
        taken(tmp_path, content)


def test_without_a_folder_the_names_are_the_text(tmp_path: Path) -> None:
    """Somebody who only looks at an archive sees what is in it."""
    path = tmp_path / "א.zip"
    path.write_bytes(zipped({"א.txt": "1", "ב/ג.pdf": "2"}))
    document = read_zip(path, None)
    assert document.pages[0].text == "א.txt\nב/ג.pdf"
    assert document.parts == ()


@given(st.text(alphabet=st.sampled_from("אa./\\:\0\n\u202e ~"), max_size=40))
def test_a_shown_path_is_made_of_names(sent: str) -> None:
    """Whatever is sent, no part of the path is empty, climbs, or holds what cannot be seen."""
    path = shown_path(sent)
    assert not {"", ".", ".."} & set(path.split("/")) or path == ""
    assert not set(path) & set("\\\0\n\u202e")


def test_parts_of_any_name_are_files_in_their_folder(tmp_path: Path) -> None:
    """The names of parts on disk are numbers; names too long to keep lose their middle."""
    found = Parts(tmp_path)
    for name in ("../a", "א" * 5000 + ".pdf", "", "\0"):
        found.add(name, [b"x"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2", "3", "4"]
    assert [len(path) for path in found.paths] == [1, 201, 1, 1]
    assert found.paths[1].endswith(".pdf")
