import errno
import os
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from indexes.errors import StorageFull, TooLarge
from indexes.files import DocumentFiles


@pytest.fixture
def files(tmp_path: Path) -> DocumentFiles:
    return DocumentFiles(tmp_path)


def everything_in(files: DocumentFiles) -> list[Path]:
    return [path for path in files.folder.rglob("*") if path.is_file()]


def make_old(path: Path) -> None:
    os.utime(path, (time.time() - 7200,) * 2)


def test_an_upload_becomes_the_original(files: DocumentFiles) -> None:
    """The bytes that came in pieces are the original of the document, with their checksum and size."""
    upload = files.receive([b"abc", b"", b"def"], 6)
    assert (upload.size, upload.sha256) == (6, sha256(b"abcdef").hexdigest())
    files.keep(upload, "d1")
    assert files.original("d1").read_bytes() == b"abcdef"
    assert everything_in(files) == [files.original("d1")]


def test_an_upload_over_the_limit_leaves_nothing(files: DocumentFiles) -> None:
    """One byte too many ends the upload, and what had come is gone."""
    with pytest.raises(TooLarge):
        files.receive([b"x" * 5, b"y"], 5)
    assert everything_in(files) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_said_and_leaves_nothing(files: DocumentFiles, number: int) -> None:
    """When the disk has no room the error says so, and half an upload does not stay."""

    def pieces() -> Iterator[bytes]:
        yield b"begun"
        raise OSError(number, "full")

    with pytest.raises(StorageFull):
        files.receive(pieces(), 100)
    assert everything_in(files) == []


def test_a_connection_that_breaks_leaves_nothing(files: DocumentFiles) -> None:
    """An upload whose source fails is removed, and the failure goes on as it was."""

    def pieces() -> Iterator[bytes]:
        yield b"begun"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        files.receive(pieces(), 100)
    assert everything_in(files) == []


def test_sweeping_removes_only_what_is_old_and_nobodys(files: DocumentFiles) -> None:
    """Cut-off uploads and folders without a document go when they are old; known, new and running ones stay."""
    for name in ("known-1", "known-2", "orphan-old", "orphan-new"):
        files.keep(files.receive([name.encode()], 100), name)
    old_upload, new_upload = files.receive([b"1"], 9).path, files.receive([b"2"], 9).path
    for path in (old_upload, *(files.folder / name for name in ("known-1", "orphan-old"))):
        make_old(path)
    assert files.sweep(lambda name: name.startswith("known"), 3600) == 2
    left = {path.name for path in files.folder.iterdir()}
    assert left == {"incoming", "known-1", "known-2", "orphan-new"}
    assert (old_upload.exists(), new_upload.exists()) == (False, True)


def test_a_wrong_database_does_not_empty_the_folder(files: DocumentFiles) -> None:
    """When most files are unknown the database is the wrong one: nothing but cut-off uploads is removed."""
    for name in ("a", "b", "c"):
        files.keep(files.receive([b"x"], 9), name)
        make_old(files.folder / name)
    assert files.sweep(lambda name: name == "a", 3600) == 0
    assert len(everything_in(files)) == 3


def test_sweeping_an_empty_data_folder(tmp_path: Path) -> None:
    """Before the first upload there is nothing to sweep."""
    assert DocumentFiles(tmp_path / "new").sweep(lambda _: False, 0) == 0


def test_a_part_becomes_an_original(files: DocumentFiles) -> None:
    """A file found inside a document is moved, not copied; the folder of parts goes, whatever is left in it."""
    files.keep(files.receive([b"zip"], 9), "d1")
    with files.parts("d1") as folder:
        (folder / "1").write_bytes(b"part")
        (folder / "2").write_bytes(b"left")
        upload = files.keep_part(folder / "1", "d2")
    assert (upload.size, upload.sha256) == (4, sha256(b"part").hexdigest())
    assert files.original("d2").read_bytes() == b"part"
    assert sorted(everything_in(files)) == sorted([files.original("d1"), files.original("d2")])


def test_parts_of_a_killed_attempt_go(files: DocumentFiles) -> None:
    """The next attempt begins with an empty folder of its own, into which nothing of the old one can write."""
    files.keep(files.receive([b"zip"], 9), "d1")
    killed = files.parts("d1")
    old = killed.__enter__()
    (old / "1").write_bytes(b"half")
    with files.parts("d1") as folder:
        assert list(folder.iterdir()) == []
        assert not old.exists()
        assert folder != old


def test_a_removal_that_was_cut_off_is_finished(files: DocumentFiles) -> None:
    """What is already on its way out goes too, and whoever still writes into the folder loses his place."""
    files.keep(files.receive([b"x"], 9), "d1")
    (files.incoming / "d1" / "pages").mkdir(parents=True)
    (files.incoming / "d1" / "pages" / "1.webp").write_bytes(b"image")
    files.remove("d1")
    assert everything_in(files) == []
    with pytest.raises(FileNotFoundError):
        files.page_image("d1", 1).write_bytes(b"late")


def test_removing_takes_page_images_too(files: DocumentFiles) -> None:
    """Nothing of a removed document stays, and removing it again is no error."""
    files.keep(files.receive([b"x"], 9), "d1")
    files.page_images("d1").mkdir()
    files.page_image("d1", 3).write_bytes(b"image")
    files.remove("d1")
    files.remove("d1")
    assert everything_in(files) == []
