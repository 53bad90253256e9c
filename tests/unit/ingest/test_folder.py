import os
from pathlib import Path

import pytest

from ingest.folder import files_in, is_left_out


def test_files_are_called_by_their_folder_and_path(tmp_path: Path) -> None:
    """Every file at any depth, in order, under the name of the folder and its path inside it."""
    for path in ("נהלים/ב.txt", "נהלים/א.txt", "נהלים/כספים/2026/אגרות.pdf"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    assert list(files_in(tmp_path / "נהלים")) == ["נהלים/א.txt", "נהלים/ב.txt", "נהלים/כספים/2026/אגרות.pdf"]
    assert files_in(tmp_path / "נהלים")["נהלים/א.txt"].read_text() == "x"


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "~$נוהל.docx",
        ".~lock.a.odt#",
        "a.tmp",
        "A.TMP",
        "b.part",
        "c.crdownload",
    ],
)
def test_what_programs_keep_for_themselves_is_left_out(tmp_path: Path, name: str) -> None:
    """Hidden, temporary and system files are no documents, nor is anything in a folder of that kind."""
    (tmp_path / name).write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    assert files_in(tmp_path) == {}
    assert is_left_out(name)
    assert not is_left_out(f"נוהל {name} ישן.txt".replace("~$", ""))


def test_links_and_special_files_are_not_followed(tmp_path: Path) -> None:
    """A link out of the folder, a link to a folder, and a pipe, which would never end, are no files of it."""
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.txt").write_text("x")
    (inside / "file.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    os.mkfifo(inside / "pipe.txt")
    assert files_in(inside) == {}


def test_names_that_no_text_can_hold_stay_apart(tmp_path: Path) -> None:
    """Two old names in windows-1255 that look the same as text are two files."""
    for name in ("אב.txt", "גד.txt"):
        (tmp_path / os.fsdecode(name.encode("cp1255"))).write_text(name)
    found = files_in(tmp_path)
    assert sorted(file.read_text() for file in found.values()) == ["אב.txt", "גד.txt"]
    assert all(path.encode() for path in found)
