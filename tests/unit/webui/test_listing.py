"""Which documents a list shows, and in which order."""

from indexes.catalogue import DocumentRecord
from webui.pages.listing import PARTS_SHOWN, SHOWN, Asked, counts, listing


def record(name: str, state: str = "ready", at: float = 0.0, parent: str = "", path: str = "") -> DocumentRecord:
    """A document whose id is its name."""
    fields = {"size": 1, "reason": "", "detail": "", "pages_done": 0, "pages_total": 0, "attempts": 0}
    return DocumentRecord(
        id=name, collection_id="c", filename=name, title=name, sha256=name, state=state, created_at=at, updated_at=at,
        path=path, parent_id=parent, **fields,
    )  # fmt: skip


def names(records: list[DocumentRecord], **asked: object) -> list[str]:
    """The ids of the lines."""
    return [line.record.id for line in listing(records, Asked(**asked)).lines]


def test_what_needs_somebody_comes_first() -> None:
    """Failed, then at work, then waiting in the order of their turn, then held, then the ready ones, newest first."""
    records = [
        record("ready old", at=1),
        record("ready new", at=9),
        record("second", "queued", 5),
        record("first", "queued", 4),
        record("held", "paused", 2),
        record("at work", "reading", 3),
        record("broken", "failed", 6),
    ]
    assert names(records) == ["broken", "at work", "first", "second", "held", "ready new", "ready old"]


def test_files_inside_stand_under_their_document() -> None:
    """Parts follow their parent one step deeper, the failed one first and the others by path; parts of parts too."""
    records = [
        record("mail", at=5),
        record("b", parent="mail", path="b"),
        record("a", parent="mail", path="a"),
        record("bad", "failed", parent="mail", path="c"),
        record("inner", parent="a", path="x"),
        record("other", at=9),
    ]
    lines = listing(records, Asked()).lines
    assert [(line.record.id, line.depth) for line in lines] == [
        ("other", 0), ("mail", 0), ("bad", 1), ("a", 1), ("inner", 2), ("b", 1),
    ]  # fmt: skip
    assert lines[1].parts == {"ready": 2, "failed": 1}


def test_a_large_archive_does_not_push_the_others_away() -> None:
    """A few of many parts are shown; the rest are counted, and have a list of their own."""
    parts = [record(f"part {number:03}", parent="zip", path=f"{number:03}") for number in range(80)]
    records = [record("zip", at=2), record("plain", at=1), *parts]
    first = listing(records, Asked()).lines[0]
    assert first.hidden == 80 - PARTS_SHOWN
    assert names(records)[-1] == "plain"
    assert names(records, parent="zip") == [part.id for part in parts[:SHOWN]]
    assert names(records, parent="zip", first=SHOWN) == [part.id for part in parts[SHOWN:]]


def test_a_filter_finds_files_inside_too() -> None:
    """A name is looked for in names, titles and paths, whatever the case; with it parts stand on their own."""
    records = [
        record("mail"),
        record("Report.pdf", parent="mail"),
        record("x", path="Reports/x"),
        record("y", "failed"),
        record("z", "paused"),
    ]
    assert names(records, name="report") == ["Report.pdf", "x"]
    assert names(records, state="failed") == ["y"]
    assert names(records, state="busy") == ["z"]
    assert names(records, name="report", state="failed") == []
    assert names(records, state="made-up") == []


def test_a_part_whose_parent_is_not_there_is_shown_all_the_same() -> None:
    """No document can get lost behind one that was deleted."""
    assert names([record("orphan", parent="gone")]) == ["orphan"]


def test_pages_of_the_list_show_every_document_once() -> None:
    """The pages together are the whole list, and a page behind the end is the first one."""
    records = [record(str(number), at=number) for number in range(2 * SHOWN + 7)]
    shown = [name for first in (0, SHOWN, 2 * SHOWN) for name in names(records, first=first)]
    assert sorted(shown) == sorted(each.id for each in records)
    last = listing(records, Asked(first=2 * SHOWN))
    assert (last.total, last.last) == (2 * SHOWN + 7, 2 * SHOWN + 7)
    assert names(records, first=5000) == names(records)


def test_documents_are_counted_by_what_becomes_of_them() -> None:
    """Waiting and read ones are one group, held ones another."""
    states = ["queued", "reading", "indexing", "paused", "ready", "failed", "failed"]
    counted = counts(record(str(number), state) for number, state in enumerate(states))
    assert counted == {"busy": 3, "paused": 1, "ready": 1, "failed": 2}
