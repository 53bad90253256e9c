"""What a file that comes in does to the documents that are there."""

import pytest
import sqlalchemy as sa

from indexes.arrival import Arrival
from indexes.catalogue import Catalogue
from indexes.jobs import Jobs
from indexes.page import Page
from indexes.passages import Passages
from indexes.record import DocumentRecord


class Desk:
    """A collection, to which files come by name."""

    def __init__(self, engine: sa.Engine) -> None:
        self.catalogue, self.jobs, self.passages = Catalogue(engine), Jobs(engine), Passages(engine)
        self.collection = self.catalogue.collection_named("א").id
        self.count = 0

    def comes(self, content: str, path: str = "", replaces: str = "", ready: bool = True) -> str:
        """A file comes in, and is read unless it is to wait; returns the id of its document."""
        self.count += 1
        name = path.rsplit("/", 1)[-1] or "x.txt"
        record = self.catalogue.add_document(
            f"d{self.count}", self.collection, name, content, 1, path=path, replaces=replaces
        )
        if ready:
            self.work()
        return record.id

    def holds(self, document_id: str, parts: dict[str, str], pages: int = 0) -> None:
        """Makes a waiting document ready, with these parts found inside it: path -> content."""
        while (record := self.jobs.claim("w")) is not None and record.id != document_id:
            self.end(record)
        record = self.catalogue.document(document_id)
        self.passages.store(document_id, [Page(number + 1, "x") for number in range(pages)], [])
        arrivals = []
        for path, content in parts.items():
            self.count += 1
            full = f"{record.path or record.filename}/{path}"
            arrivals.append(Arrival(f"d{self.count}", self.collection, path, content, 1, full))
        assert self.jobs.finish(document_id, "w", "ready", parts=arrivals)

    def work(self) -> None:
        """Makes everything ready that waits."""
        while (record := self.jobs.claim("w")) is not None:
            self.end(record)

    def end(self, record: DocumentRecord) -> None:
        if record.state == "deleting":
            self.jobs.forget(record.id)
        else:
            self.jobs.progress(record.id, "w", "indexing", 1, 1)
            assert self.jobs.finish(record.id, "w", "ready")

    def fails(self, document_id: str) -> None:
        while (record := self.jobs.claim("w")) is not None and record.id != document_id:
            self.end(record)
        assert self.jobs.finish(document_id, "w", "failed", "unreadable")

    def has(self) -> dict[str, str]:
        """Content -> path of what is in the list."""
        return {record.sha256: record.path for record in self.catalogue.documents(self.collection)}

    def state(self, document_id: str) -> str:
        return self.catalogue.document(document_id).state


@pytest.fixture
def desk(engine: sa.Engine) -> Desk:
    return Desk(engine)


def test_a_changed_file_replaces_the_old_one_when_it_is_ready(desk: Desk) -> None:
    """The old version stays ready until the new one is; then it goes in the same step."""
    old = desk.comes("v1", "ת/א.txt")
    new = desk.comes("v2", "ת/א.txt", ready=False)
    assert desk.catalogue.document(new).replaces == old
    assert (desk.state(old), desk.state(new)) == ("ready", "queued")
    record = desk.jobs.claim("w")
    assert record is not None
    assert record.id == new
    desk.jobs.finish(new, "w", "ready")
    assert (desk.state(old), desk.state(new)) == ("deleting", "ready")
    assert desk.catalogue.document(new).replaces == old  # so that a citation of the old one finds the new one


def test_a_failed_new_version_leaves_the_old_one(desk: Desk) -> None:
    """Both are in the list; a third version takes the place of both."""
    desk.comes("v1", "ת/א.txt")
    desk.fails(desk.comes("v2", "ת/א.txt", ready=False))
    assert set(desk.has()) == {"v1", "v2"}
    desk.comes("v3", "ת/א.txt")
    assert set(desk.has()) == {"v3"}


def test_a_third_version_supersedes_the_one_that_waits(desk: Desk) -> None:
    """Of several changes only the last is read, and the version that was ready stays until then."""
    old = desk.comes("v1", "ת/א.txt")
    middle = desk.comes("v2", "ת/א.txt", ready=False)
    assert desk.jobs.claim("w") is not None
    last = desk.comes("v3", "ת/א.txt", ready=False)
    assert (desk.state(old), desk.state(middle), desk.state(last)) == ("ready", "deleting", "queued")
    assert not desk.jobs.finish(middle, "w", "ready")
    desk.work()
    assert set(desk.has()) == {"v3"}


def test_a_change_that_is_undone_keeps_the_old_version(desk: Desk) -> None:
    """When the old bytes are back at their path, the new version that waits is not needed any more."""
    old = desk.comes("v1", "ת/א.txt")
    desk.comes("v2", "ת/א.txt", ready=False)
    assert desk.comes("v1", "ת/א.txt") == old
    assert desk.has() == {"v1": "ת/א.txt"}
    assert desk.state(old) == "ready"


def test_the_same_bytes_at_the_same_path_change_nothing(desk: Desk) -> None:
    """Not even the time of the last change."""
    old = desk.comes("v1", "ת/א.txt")
    before = desk.catalogue.document(old)
    desk.comes("v1", "ת/א.txt")
    assert desk.catalogue.document(old) == before


def test_a_moved_file_is_not_read_again(desk: Desk) -> None:
    """The document gets the new path; a file that came alone gets its first one."""
    for path in ("ת/א.txt", "ת/ב.txt", ""):
        assert desk.comes("v1", path) == "d1"
        assert desk.state("d1") == "ready"
    assert desk.has() == {"v1": "ת/ב.txt"}


def test_a_moved_file_is_not_replaced_by_what_is_at_its_old_place(desk: Desk) -> None:
    """A file is moved and another one put where it was, in whatever order that is noticed: both stay."""
    desk.comes("v1", "ת/א.txt")
    desk.comes("v2", "ת/א.txt", ready=False)
    desk.comes("v1", "ת/ב.txt", ready=False)
    desk.work()
    assert desk.has() == {"v1": "ת/ב.txt", "v2": "ת/א.txt"}
    desk.comes("v1", "ת/ג.txt")
    desk.comes("v3", "ת/ב.txt")
    assert desk.has() == {"v1": "ת/ג.txt", "v2": "ת/א.txt", "v3": "ת/ב.txt"}


def test_a_file_moved_over_another_one_replaces_it(desk: Desk) -> None:
    """What was at the path is gone, and nothing is read again."""
    desk.comes("v1", "ת/א.txt")
    desk.comes("v2", "ת/ב.txt")
    desk.comes("v2", "ת/א.txt")
    assert desk.has() == {"v2": "ת/א.txt"}


def test_two_files_that_change_places(desk: Desk) -> None:
    """Both stay, each at its new path."""
    desk.comes("v1", "ת/א.txt")
    desk.comes("v2", "ת/ב.txt")
    desk.comes("v2", "ת/א.txt", ready=False)
    desk.comes("v1", "ת/ב.txt", ready=False)
    desk.work()
    assert desk.has() == {"v2": "ת/א.txt", "v1": "ת/ב.txt"}


def test_a_document_is_replaced_expressly(desk: Desk) -> None:
    """A file that is put in the place of a document replaces it, whatever its name, and takes over its path."""
    desk.comes("v1", "ת/א.txt")
    desk.comes("v2", replaces="d1")
    assert desk.has() == {"v2": "ת/א.txt"}
    waiting = desk.comes("v3", replaces="d2", ready=False)
    desk.comes("v4", replaces=waiting)
    assert desk.has() == {"v4": "ת/א.txt"}
    desk.comes("v4", replaces="d4")
    assert desk.has() == {"v4": "ת/א.txt"}


def test_replaced_by_a_file_that_is_there_already(desk: Desk) -> None:
    """The replaced document goes; the one with those bytes is not read again."""
    desk.comes("v1")
    desk.comes("v2")
    assert desk.comes("v2", replaces="d1") == "d2"
    assert set(desk.has()) == {"v2"}


def test_paths_of_another_collection_do_not_count(desk: Desk) -> None:
    """The same path in two collections is two documents."""
    desk.comes("v1", "ת/א.txt")
    other = desk.catalogue.collection_named("ב").id
    desk.catalogue.add_document("other", other, "א.txt", "v2", 1, path="ת/א.txt")
    desk.work()
    assert desk.has() == {"v1": "ת/א.txt"}


def test_parts_belong_to_their_parent_and_go_with_it(desk: Desk) -> None:
    """A file inside a file is a document of its own, which is deleted with what holds it, at any depth."""
    mail = desk.comes("mail", "ת/הודעה.eml", ready=False)
    desk.holds(mail, {"a.zip": "zip", "b.txt": "b"}, pages=1)
    inner = next(record for record in desk.catalogue.documents(desk.collection) if record.sha256 == "zip")
    desk.holds(inner.id, {"c.txt": "c"})
    desk.work()
    assert desk.has()["c"] == "ת/הודעה.eml/a.zip/c.txt"
    assert desk.catalogue.inside(mail)[0] == 3
    desk.jobs.request_delete(mail)
    assert desk.has() == {}


def test_reading_a_parent_again_doubles_nothing(desk: Desk) -> None:
    """A parent that is retried finds its parts there, in whatever state they are."""
    parts = {"a.txt": "a", "same as a.txt": "a", "b.txt": "b"}
    mail = desk.comes("mail", "m.eml", ready=False)
    desk.holds(mail, parts, pages=1)
    failed = next(record for record in desk.catalogue.documents(desk.collection) if record.sha256 == "b")
    desk.fails(failed.id)
    before = sorted(desk.catalogue.documents(desk.collection), key=lambda record: record.id)
    with desk.jobs.engine.begin() as connection:
        connection.execute(sa.text("UPDATE documents SET state = 'queued' WHERE id = :id"), {"id": mail})
    desk.holds(mail, parts, pages=1)
    after = sorted(desk.catalogue.documents(desk.collection), key=lambda record: record.id)
    assert [(record.id, record.state) for record in after] == [(record.id, record.state) for record in before]


@pytest.mark.parametrize("second", ["alone", "in another mail"])
def test_what_came_in_twice_does_not_go_with_one_of_its_sources(desk: Desk, second: str) -> None:
    """A file that was attached to a mail and came in once more stays when the mail is deleted."""
    desk.holds(desk.comes("mail 1", ready=False), {"a.pdf": "a", "b.pdf": "b"}, pages=1)
    if second == "alone":
        desk.comes("a")
    else:
        desk.holds(desk.comes("mail 2", ready=False), {"other name.pdf": "a"}, pages=1)
    desk.jobs.request_delete("d1")
    desk.work()
    assert desk.has().keys() == ({"a"} if second == "alone" else {"a", "mail 2"})


def test_a_new_version_of_an_archive_keeps_what_did_not_change(desk: Desk) -> None:
    """Unchanged parts are not read again, changed ones are replaced when they are ready, removed ones go."""
    desk.holds(desk.comes("zip 1", "ת/a.zip", ready=False), {"same.txt": "s", "changed.txt": "c1", "removed.txt": "r"})
    desk.work()
    same = next(record for record in desk.catalogue.documents(desk.collection) if record.sha256 == "s")
    new = desk.comes("zip 2", "ת/a.zip", ready=False)
    desk.holds(new, {"same.txt": "s", "changed.txt": "c2"})
    assert set(desk.has()) == {"zip 2", "s", "c1", "c2"}
    assert desk.catalogue.document(same.id) == desk.catalogue.document(same.id)
    desk.work()
    assert set(desk.has()) == {"zip 2", "s", "c2"}
    assert desk.catalogue.document(same.id).parent_id == new
    desk.jobs.request_delete(new)
    assert desk.has() == {}


def test_an_archive_that_comes_again_brings_back_what_was_deleted(desk: Desk) -> None:
    """Its files that are still here are not read again; one that was deleted with its other copy is."""
    desk.comes("a")
    desk.holds(desk.comes("zip", ready=False), {"a.txt": "a", "b.txt": "b"})
    desk.work()
    desk.jobs.request_delete("d1")
    desk.work()
    assert set(desk.has()) == {"zip", "b"}
    again = desk.comes("zip", ready=False)
    desk.holds(again, {"a.txt": "a", "b.txt": "b"})
    desk.work()
    assert set(desk.has()) == {"zip", "a", "b"}


def test_archives_of_the_same_name_are_nothing_to_each_other(desk: Desk) -> None:
    """Two archives from two desks may be called the same and hold files of the same names; all of them stay."""
    desk.holds(desk.comes("zip 1", ready=False), {"a.txt": "a1", "b.txt": "b"})
    desk.work()
    desk.holds(desk.comes("zip 2", ready=False), {"a.txt": "a2", "c.txt": "c"})
    desk.work()
    assert set(desk.has()) == {"zip 1", "zip 2", "a1", "a2", "b", "c"}


def test_mails_of_the_same_name_are_nothing_to_each_other(desk: Desk) -> None:
    """Two mails saved under one name may both have an attachment of the same name; both attachments stay."""
    desk.holds(desk.comes("mail 1", ready=False), {"invoice.pdf": "i1"}, pages=1)
    desk.holds(desk.comes("mail 2", ready=False), {"invoice.pdf": "i2"}, pages=1)
    desk.work()
    assert set(desk.has()) == {"mail 1", "mail 2", "i1", "i2"}


def test_a_file_inside_a_folder_is_not_moved_by_a_copy_in_a_mail(desk: Desk) -> None:
    """A document from a folder keeps its path when the same file comes attached to a mail."""
    desk.comes("a", "ת/a.pdf")
    desk.holds(desk.comes("mail", ready=False), {"a.pdf": "a"}, pages=1)
    assert desk.has()["a"] == "ת/a.pdf"
    desk.jobs.request_delete("d2")
    assert set(desk.has()) == {"a"}
