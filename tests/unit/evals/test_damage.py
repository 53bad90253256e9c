import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from evals import damage
from evals.damage import Damaged, _Complaints, damaged, outcome
from evals.mutations import mutated
from ingest.errors import IngestError, UnreadableFile


def zipped(**members: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_damage_is_the_same_for_the_same_seed() -> None:
    """Whoever sees a defect can make the file again; another seed is other damage."""
    whole = {"a": [b"abc" * 100, b"x" * 50], "zip": [zipped(a="1" * 100, b="2")]}
    one, same, other = (list(damaged(whole, 40, seed)) for seed in (1, 1, 2))
    assert one == same
    assert one != other
    assert {file.suffix for file in one} == {"a", "zip"}
    assert len({file.how.split()[0] for file in one}) > 5


def test_damage_reaches_what_is_packed() -> None:
    """Members of a zip are broken as well as the zip around them."""
    whole = zipped(a="1" * 100, b="2" * 100)
    done = [mutated(whole, [whole], Random(seed)) for seed in range(100)]
    assert any(how.endswith(" in a") for how, _ in done)
    assert any(content[:-30] == whole[:-30] or not content.startswith(b"PK\x03\x04") for _, content in done)


@pytest.mark.parametrize(
    ("raised", "defect"),
    [
        (UnreadableFile("the file is damaged"), False),
        (UnreadableFile("the reader crashed (signal 11)"), False),
        (UnreadableFile("the reader crashed (exit 1)"), True),
        (UnreadableFile(""), True),
        (IngestError("?"), True),
        (None, False),
    ],
)
def test_what_counts_as_a_defect(monkeypatch: pytest.MonkeyPatch, raised: Exception | None, defect: bool) -> None:
    """A traceback, an unforeseen error and a refusal without a reason; that a library dies is to be expected."""

    def read(*_: object) -> None:
        if raised:
            raise raised

    monkeypatch.setattr(damage, "read_in_sandbox", read)
    assert bool(outcome(Damaged(0, "pdf", "cut", b"x"), _Complaints()).defect) is defect


def test_a_damaged_file_is_really_read(tmp_path: Path) -> None:
    """The reading is that of uploads."""
    assert outcome(Damaged(0, "txt", "cut", "שלום".encode()), _Complaints()).code == "read"
    assert outcome(Damaged(0, "pdf", "cut", b"%PDF-1.7"), _Complaints()).code == "unreadable"
