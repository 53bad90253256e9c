import json

import pytest

from indexes import manifest as manifests
from indexes.errors import IndexDamaged, IndexMismatch
from indexes.manifest import Manifest, Segment, StoredFile

NAME = "segment-" + "0" * 32
FILES = {"words.npy": StoredFile(12, "a" * 64)}


def example():
    first = Segment(NAME, 5, {"one": (0, 2), "two": (2, 5)}, FILES)
    second = Segment("segment-" + "1" * 32, 9, {"three": (4, 9)}, FILES)
    return Manifest("1-abc", "static-he-1", 128, (first, second))


def test_a_manifest_is_read_back_as_it_was_written(tmp_path):
    """Writing and reading loses nothing, and leaves no temporary file."""
    manifests.write(tmp_path, example())
    assert manifests.read(tmp_path) == example()
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_no_manifest_is_no_index(tmp_path):
    """An empty folder, or none, is an index that is not there yet."""
    assert manifests.read(tmp_path) is None
    assert manifests.read(tmp_path / "absent") is None


def damaged():
    yield "not json", b"{"
    yield "not an object", b"[]"
    yield "not text", b"\xff\xfe\x00"
    shape = json.loads(manifests._shape.dump_json(example()))
    for what, change in {
        "a field too many": {"extra": 1},
        "a number as text": {"dimension": "128"},
        "no dimension": {"dimension": 0},
        "no segments list": {"segments": None},
    }.items():
        yield what, json.dumps(shape | change).encode()
    for what, change in {
        "a path as a name": {"name": "../../etc"},
        "a path as a file": {"files": {"../x": {"size": 1, "sha256": "a" * 64}}},
        "a short checksum": {"files": {"x.npy": {"size": 1, "sha256": "aa"}}},
        "a range outside": {"live": {"one": [0, 6]}},
        "a range backwards": {"live": {"one": [2, 2]}},
        "ranges that overlap": {"live": {"one": [0, 3], "two": [2, 4]}},
        "a document twice": {"live": {"three": [0, 3]}},
        "a negative start": {"live": {"one": [-1, 3]}},
    }.items():
        first, second = shape["segments"]
        yield what, json.dumps(shape | {"segments": [first | change, second]}).encode()


@pytest.mark.parametrize(("what", "content"), list(damaged()))
def test_a_damaged_manifest_is_refused_with_the_way_out(tmp_path, what, content):
    """Whatever is wrong with the file, it is not half believed, and the message says what to do."""
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="darash reindex"):
        manifests.read(tmp_path)


def test_another_format_is_a_mismatch_and_not_damage(tmp_path):
    """A manifest of a later version is understood as such, whatever else it holds."""
    (tmp_path / "manifest.json").write_text('{"format": 99, "new": "field"}')
    with pytest.raises(IndexMismatch, match="the worker makes it again"):
        manifests.read(tmp_path)


@pytest.mark.parametrize(
    "other", [("2-abc", "static-he-1", 128), ("1-abc", "other-model", 128), ("1-abc", "static-he-1", 64)]
)
def test_an_index_made_with_something_else_is_refused(other):
    """Another folding, embedder or dimension is named in the message."""
    example().require("1-abc", "static-he-1", 128)
    with pytest.raises(IndexMismatch, match="the index was made with"):
        example().require(*other)


def test_removing_a_document_leaves_the_others_where_they_are():
    """A dead document keeps its positions occupied."""
    segment = example().segments[0].without("one")
    assert segment.live == {"two": (2, 5)}
    assert (segment.count, segment.live_count) == (5, 3)
    assert example().documents == {"one", "two", "three"}
