import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from indexes.errors import StorageFull, TooLarge
from indexes.settings import IndexSettings
from indexes.storage import Storage, open_storage
from ingest.watch import Following, follow, watch


class Desk:
    """A folder that is followed, and what came of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.events: list[str] = []
        self.error: Exception | None = None
        self.following = Following(folder, self.take, self.gone)

    def take(self, file: Path, path: str) -> str:
        self.events.append(f"+{path.split('/', 1)[1]}")
        if self.error is not None:
            raise self.error
        return sha256(file.read_bytes()).hexdigest()

    def gone(self, path: str) -> None:
        self.events.append(f"-{path.split('/', 1)[1]}")

    def write(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        os.utime(file, ns=(time.time_ns(), time.time_ns()))
        return file

    def seen(self, looks: int = 2) -> list[str]:
        """What happens in so many looks."""
        self.events.clear()
        for _ in range(looks):
            self.following.look()
        return self.events


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "שולחן")


def test_what_is_there_is_taken_once(desk: Desk) -> None:
    """Files that are at rest are taken in order; looking again does nothing."""
    desk.write("ב.txt", "2")
    desk.write("א/1.txt", "1")
    assert desk.seen() == ["+ב.txt", "+א/1.txt"]
    assert desk.seen() == []


def test_a_file_that_is_being_written_waits(desk: Desk) -> None:
    """A copy in progress is taken when it has been the same for two looks, and not before."""
    desk.write("big.pdf", "%PDF")
    assert desk.seen(1) == []
    desk.write("big.pdf", "%PDF-1.7 ")
    assert desk.seen(1) == []
    assert desk.seen(1) == ["+big.pdf"]


def test_a_changed_file_is_taken_again(desk: Desk) -> None:
    """A change of the contents is noticed even when the size stays the same."""
    desk.write("a.txt", "first")
    desk.seen()
    desk.write("a.txt", "other")
    assert desk.seen() == ["+a.txt"]


def test_a_deleted_file_is_told_once(desk: Desk) -> None:
    """A file, or a folder of files, that is no longer there is told after the second look that misses it."""
    for name in ("a.txt", "b/1.txt", "b/2.txt", "stays.txt"):
        desk.write(name, name)
    desk.seen()
    shutil.rmtree(desk.folder / "b")
    assert desk.seen(1) == []
    assert desk.seen(3) == ["-b/1.txt", "-b/2.txt"]


def test_a_moved_file_is_taken_before_it_is_gone(desk: Desk) -> None:
    """The new place comes first, so that nothing is deleted that only moved; to be sure it is taken again."""
    desk.write("a.txt", "a")
    desk.write("b.txt", "b")
    desk.seen()
    (desk.folder / "a.txt").rename(desk.folder / "c.txt")
    assert desk.seen(4) == ["+c.txt", "-a.txt", "+c.txt"]


def test_copies_are_taken_again_when_one_of_them_changes_or_goes(desk: Desk) -> None:
    """Two files of the same bytes are one document; what becomes of one file must not take it from the other."""
    for name in ("a.txt", "b.txt"):
        desk.write(name, "same")
    desk.seen()
    desk.write("b.txt", "now different")
    assert desk.seen(3) == ["+b.txt", "+a.txt"]
    desk.write("c.txt", "same")
    desk.seen()
    (desk.folder / "a.txt").unlink()
    assert desk.seen(4) == ["-a.txt", "+c.txt"]


@pytest.mark.parametrize("away", ["vanished", "emptied"])
def test_a_share_that_is_cut_off_deletes_nothing(desk: Desk, away: str, tmp_path: Path) -> None:
    """A folder that is not there, or is suddenly empty as a mount point is, is waited for; then all is as before."""
    desk.write("a.txt", "a")
    desk.seen()
    desk.folder.rename(tmp_path / "aside")
    if away == "emptied":
        desk.folder.mkdir()
    assert desk.seen(4) == []
    if away == "emptied":
        desk.folder.rmdir()
    (tmp_path / "aside").rename(desk.folder)
    assert desk.seen(4) == []


@pytest.mark.skipif(os.getuid() == 0, reason="NOT RUN: root may read every folder")
def test_a_folder_that_may_not_be_read_deletes_nothing(desk: Desk) -> None:
    """Files below a folder without permission are not taken for deleted."""
    desk.write("open.txt", "a")
    desk.write("closed/b.txt", "b")
    desk.seen()
    (desk.folder / "closed").chmod(0)
    try:
        assert desk.seen(4) == []
    finally:
        (desk.folder / "closed").chmod(0o700)


def test_a_refused_file_waits_for_its_next_change_and_a_full_disk_for_room(desk: Desk) -> None:
    """What is too large is not tried again and again; what had no room is."""
    desk.write("large.bin", "x")
    desk.error = TooLarge("over the limit")
    assert desk.seen(4) == ["+large.bin"]
    desk.error = StorageFull("no room")
    desk.write("b.txt", "x")
    assert desk.seen(3) == ["+b.txt", "+b.txt"]
    desk.error = None
    assert desk.seen(2) == ["+b.txt"]


def test_a_folder_is_followed_until_it_is_told_to_stop(desk: Desk) -> None:
    """What is there at the start, what comes later and what goes are all noticed, without anybody asking."""
    stop = threading.Event()
    desk.write("first.txt", "1")
    thread = threading.Thread(target=watch, args=(desk.following, stop))
    thread.start()
    try:
        wait_for(lambda: desk.events == ["+first.txt"])
        file = desk.write("new folder/second.txt", "2")
        wait_for(lambda: desk.events == ["+first.txt", "+new folder/second.txt"])
        file.unlink()
        wait_for(lambda: desk.events[2:] == ["-new folder/second.txt"])
    finally:
        stop.set()
        thread.join()


def wait_for(condition: Callable[[], bool]) -> None:
    """Waits until something is so; the test's own time limit ends it if it never is."""
    while not condition():
        time.sleep(0.05)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return open_storage(IndexSettings(data=tmp_path / "data"))


@pytest.mark.skipif(sys.platform != "linux", reason="NOT RUN: only Linux has such names")
def test_a_name_that_is_no_text_does_not_end_the_watching(desk: Desk) -> None:
    """A file whose name is not UTF-8 is taken like any other, and what comes after it as well."""
    stop = threading.Event()
    watching = threading.Thread(target=watch, args=(desk.following, stop))
    watching.start()
    try:
        (desk.folder / os.fsdecode(b"\xff\xfe.txt")).write_bytes(b"x")
        wait_for(lambda: len(desk.events) == 1 or not watching.is_alive())
        (desk.folder / "after.txt").write_bytes(b"y")
        wait_for(lambda: desk.events[1:] == ["+after.txt"] or not watching.is_alive())
        assert watching.is_alive()
    finally:
        stop.set()
        watching.join()


def test_documents_follow_the_files(storage: Storage, desk: Desk) -> None:
    """New, changed, moved and deleted files are new, replacing, moved and deleted documents."""
    collection = storage.catalogue.collection_named("א")
    stop = threading.Event()
    (old := desk.write("ישן.txt", "ישן")), desk.write("משתנה.txt", "לפני"), desk.write("עובר.txt", "עובר")

    def paths() -> list[str]:
        return sorted(record.path.split("/", 1)[1] for record in storage.catalogue.documents(collection.id))

    def is_worked() -> bool:
        while (record := storage.jobs.claim("w")) is not None:
            if record.state == "deleting":
                storage.jobs.forget(record.id)
            else:
                storage.jobs.finish(record.id, "w", "ready")
        return True

    settings = {"delete": True}
    thread = threading.Thread(target=follow, args=(desk.folder, storage, collection.id, stop), kwargs=settings)
    thread.start()
    try:
        wait_for(lambda: paths() == ["ישן.txt", "משתנה.txt", "עובר.txt"] and is_worked())
        first = {record.path: record.id for record in storage.catalogue.documents(collection.id)}
        old.unlink()
        desk.write("משתנה.txt", "אחרי")
        (desk.folder / "עובר.txt").rename(desk.folder / "עבר.txt")
        wait_for(lambda: is_worked() and paths() == ["משתנה.txt", "עבר.txt"])
    finally:
        stop.set()
        thread.join()
    after = {record.path: record for record in storage.catalogue.documents(collection.id)}
    assert after["שולחן/עבר.txt"].id == first["שולחן/עובר.txt"]
    assert after["שולחן/משתנה.txt"].id != first["שולחן/משתנה.txt"]
    assert {record.state for record in after.values()} == {"ready"}


def test_what_was_deleted_while_nobody_watched_is_deleted_then(storage: Storage, desk: Desk) -> None:
    """The first look compares with the documents there are; those from elsewhere stay, and without asking all stay."""
    collection = storage.catalogue.collection_named("א")
    for number, path in enumerate(("שולחן/נמחק.txt", "אחר/קובץ.txt", "")):
        storage.catalogue.add_document(f"d{number}", collection.id, "x.txt", f"sha{number}", 1, path=path)
    desk.write("חדש.txt", "חדש")
    for delete, left in (
        (False, ["", "אחר/קובץ.txt", "שולחן/חדש.txt", "שולחן/נמחק.txt"]),
        (True, ["", "אחר/קובץ.txt", "שולחן/חדש.txt"]),
    ):
        stop = threading.Event()
        arguments = (desk.folder, storage, collection.id, stop)
        thread = threading.Thread(target=follow, args=arguments, kwargs={"delete": delete})
        thread.start()
        wait_for(lambda left=left: sorted(r.path for r in storage.catalogue.documents(collection.id)) == left)
        stop.set()
        thread.join()
