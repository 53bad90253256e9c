from pathlib import Path

import pytest
import sqlalchemy as sa

from indexes.catalogue import Catalogue
from indexes.files import DocumentFiles
from indexes.jobs import Jobs
from indexes.record import DocumentRecord
from ingest import parts
from ingest.document import Document, Part
from ingest.errors import TooExpanded, TooNested
from ingest.parts import check_parts, stored_parts


def holding(count: int, folder: Path) -> Document:
    """A document with so many files inside."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [Part(f"inside/{number}.txt", folder / str(number)) for number in range(count)]
    for part in found:
        part.file.write_text(part.path)
    return Document("", (), parts=tuple(found))


@pytest.fixture
def catalogue(engine: sa.Engine) -> Catalogue:
    return Catalogue(engine)


def add(catalogue: Catalogue, name: str, parent: str = "") -> DocumentRecord:
    collection = catalogue.collection_named("א")
    return catalogue.add_document(name, collection.id, name, name, 1, parent_id=parent)


def test_depth_is_counted_from_the_outermost(catalogue: Catalogue, tmp_path: Path) -> None:
    """As many as are allowed may be inside each other; one more may be, if there is nothing in it."""
    record = add(catalogue, "d1")
    for number in range(2, parts.DEEPEST + 2):
        check_parts(holding(1, tmp_path), record, catalogue)
        record = add(catalogue, f"d{number}", record.id)
    check_parts(holding(0, tmp_path), record, catalogue)
    with pytest.raises(TooNested):
        check_parts(holding(1, tmp_path), record, catalogue)


def test_what_comes_out_of_one_file_is_counted_together(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that unpacks into files that unpack into files is stopped by the sum, at whatever depth."""
    monkeypatch.setattr(parts, "MOST_INSIDE", 4)
    top, other = add(catalogue, "d1"), add(catalogue, "other")
    inner = add(catalogue, "d2", add(catalogue, "d3", top.id).id)
    for record, count in ((inner, 2), (other, 4)):
        check_parts(holding(count, tmp_path), record, catalogue)
        with pytest.raises(TooExpanded):
            check_parts(holding(count + 1, tmp_path), record, catalogue)


def test_what_comes_out_of_one_file_is_weighed_together(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few files may be huge, and mails between archives do not make them lighter."""
    record = add(catalogue, "d2", add(catalogue, "d1").id)
    weight = sum(part.file.stat().st_size for part in holding(3, tmp_path).parts) + record.size
    monkeypatch.setattr(parts, "LARGEST_INSIDE", weight)
    check_parts(holding(3, tmp_path), record, catalogue)
    monkeypatch.setattr(parts, "LARGEST_INSIDE", weight - 1)
    with pytest.raises(TooExpanded):
        check_parts(holding(3, tmp_path), record, catalogue)


def test_parts_that_nobody_registers_leave_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    """Those that are registered keep their files; the others, known before or unwanted, go."""
    files, parent = DocumentFiles(tmp_path), add(catalogue, "d1")
    Jobs(catalogue.engine).claim("w")
    with stored_parts(holding(3, tmp_path / "found"), parent, catalogue, files) as arrivals:
        assert [arrival.path for arrival in arrivals] == [f"d1/inside/{number}.txt" for number in range(3)]
        assert [arrival.filename for arrival in arrivals] == ["0.txt", "1.txt", "2.txt"]
        assert Jobs(catalogue.engine).finish("d1", "w", "ready", parts=arrivals[:2])
    assert [files.original(arrival.id).exists() for arrival in arrivals] == [True, True, False]
    with pytest.raises(KeyError), stored_parts(holding(1, tmp_path / "found"), parent, catalogue, files) as arrivals:
        raise KeyError
    assert not files.original(arrivals[0].id).exists()
