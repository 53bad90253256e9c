import struct
import zipfile
from pathlib import Path

import pytest

from evals.bomb_files import overlapping
from ingest.errors import Encrypted, TooExpanded, UnreadableFile
from ingest.readers import archive
from ingest.readers.archive import open_package, pieces_of, read_member


def packed(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def changed(path: Path, old: bytes, new: bytes) -> Path:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    return path


def test_members_are_read_as_they_are(tmp_path: Path) -> None:
    """Packed or not, a member is what was put in; asking for one that is not there says so."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        path = packed(tmp_path / "א.zip", {"א.txt": b"x" * 3_000_000, "ריק": b""}, method)
        with open_package(path) as package:
            assert read_member(package, "א.txt") == b"x" * 3_000_000
            assert read_member(package, package.getinfo("ריק")) == b""
            with pytest.raises(UnreadableFile, match="missing"):
                read_member(package, "אין")


def test_a_member_over_the_limit_of_its_reader_is_refused(tmp_path: Path) -> None:
    """Before a byte of it is unpacked."""
    with open_package(packed(tmp_path / "א.zip", {"a": bytes(1001)})) as package:
        assert len(read_member(package, "a", 1001)) == 1001
        with pytest.raises(TooExpanded):
            read_member(package, "a", 1000)


def test_too_much_in_all_too_many_and_too_steep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory alone is enough to refuse a zip that unpacks into too much."""
    path = packed(tmp_path / "א.zip", {"a": bytes(40_000), "b": bytes(40_000)})
    for name, limit in (("LARGEST_TOTAL", 79_999), ("MOST_MEMBERS", 1), ("FREE", 39_999)):
        with monkeypatch.context() as patch:
            patch.setattr(archive, name, limit)
            with pytest.raises(TooExpanded), open_package(path):
                pass
    with open_package(path):
        pass  # as it is, it is harmless


def test_what_packs_well_and_is_small_is_no_bomb(tmp_path: Path) -> None:
    """An empty sheet of 20 MB packs into nothing, and is opened."""
    with open_package(packed(tmp_path / "א.xlsx", {"xl/worksheets/sheet1.xml": b"<row/>" * 3_500_000})):
        pass


def test_members_over_each_other_are_a_bomb(tmp_path: Path) -> None:
    """A directory that names the same bytes again and again is refused, even below every other limit."""
    path = tmp_path / "א.zip"
    path.write_bytes(overlapping([bytes([name]) for name in b"abcdefgh"], bytes(range(256)) * 4))
    with pytest.raises(TooExpanded, match="over each other"), open_package(path):
        pass
    path.write_bytes(overlapping([b"a"], bytes(1000)))
    with open_package(path) as package:
        assert read_member(package, "a") == bytes(1000)


def test_a_member_that_reaches_into_the_directory_is_refused(tmp_path: Path) -> None:
    """The last member may not lie over the list of members."""
    content = overlapping([b"a"], bytes(1000))
    path = tmp_path / "א.zip"
    at = content.index(b"PK\x01\x02") + 20
    size = struct.unpack_from("<L", content, at)[0]
    path.write_bytes(content[:at] + struct.pack("<L", size + 10) + content[at + 4 :])
    with pytest.raises(UnreadableFile, match="not where"), open_package(path):
        pass


def test_a_lying_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    """A member that says 100 bytes and holds 100 MB is damaged, and only a little of it is ever unpacked."""
    path = packed(tmp_path / "א.zip", {"a": bytes(100_000_000)})
    changed(path, struct.pack("<L", 100_000_000), struct.pack("<L", 100))
    with open_package(path) as package, pytest.raises(UnreadableFile):
        read_member(package, "a")
    with open_package(path) as package:
        pieces = pieces_of(package, package.getinfo("a"))
        with pytest.raises(UnreadableFile):
            assert sum(map(len, pieces)) <= 100


@pytest.mark.parametrize("bit", [0x1, 0x40, 0x2000])
def test_a_locked_member_is_encrypted(tmp_path: Path, bit: int) -> None:
    """However it is locked, what is missing is a password."""
    content = bytearray(packed(tmp_path / "א.zip", {"a": b"x", "b": b"y"}).read_bytes())
    at = content.rindex(b"PK\x01\x02") + 8
    content[at : at + 2] = struct.pack("<H", struct.unpack_from("<H", content, at)[0] | bit)
    (tmp_path / "א.zip").write_bytes(content)
    with pytest.raises(Encrypted), open_package(tmp_path / "א.zip"):
        pass


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_cannot_be_bounded_are_refused(tmp_path: Path, method: int) -> None:
    """Documents are stored or deflated; others unpack a whole block at once, however large."""
    with pytest.raises(UnreadableFile), open_package(packed(tmp_path / "א.zip", {"a": b"x"}, method)):
        pass


def test_every_cut_and_many_changes_are_damage(tmp_path: Path) -> None:
    """Whatever happens to a zip, opening and reading it gives bytes or one of our errors."""
    whole = packed(tmp_path / "א.zip", {"a.txt": b"abc" * 50, "dir/b.txt": b"d"}).read_bytes()
    broken = [whole[:length] for length in range(len(whole))]
    for at in range(len(whole)):
        broken += [whole[:at] + bytes([value]) + whole[at + 1 :] for value in (0x00, 0xFF, whole[at] ^ 0x10)]
    path = tmp_path / "ב.zip"
    for content in broken:
        path.write_bytes(content)
        try:
            with open_package(path) as package:
                for info in package.infolist():
                    assert len(read_member(package, info)) <= info.file_size
        except (UnreadableFile, TooExpanded, Encrypted):
            pass


def test_names_are_never_paths(tmp_path: Path) -> None:
    """Names that climb, are absolute, doubled or full of tricks are read like any other, and nothing is written."""
    names = ["../../a", "/etc/passwd", "C:\\a", "a\u202egpj.exe", "again", "twice"]
    path = packed(tmp_path / "א.zip", {name: str(number).encode() for number, name in enumerate(names)})
    changed(path, b"twice", b"again")
    with open_package(path) as package:
        assert [read_member(package, info) for info in package.infolist()] == [b"0", b"1", b"2", b"3", b"4", b"5"]
    assert list(tmp_path.rglob("*")) == [path]
