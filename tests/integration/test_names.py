"""Names of files, of uploads and of what is inside them: shown and searched by, and never anything else."""

import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from ingest.pipeline import Pipeline
from tests.integration.test_ingest import LEAVE, upload, work
from tests.worker_process import pipeline_over

NAMES = [
    "../../../../tmp/escape.txt",
    "/etc/passwd.txt",
    "..\\..\\windows\\system.txt",
    "C:\\Users\\דנה\\נוהל.txt",
    'דו"ח \'סופי\' "2021".txt',
    "invoice\u202etxt.exe.txt",
    "\u2067נוהל\u2069\u200f.txt",
    "<img src=x onerror=alert(1)>.txt",
    "$(touch x); `touch y` | z &.txt",
    "--help.txt",
    "con.txt",
    "x..txt",
    "א" * 120 + ".txt",
    "a\nb\tc\x7f.txt",
    "%2e%2e%2f%00.txt",
    "{name!r}%s.txt",
]


@pytest.fixture
def pipeline(tmp_path: Path) -> Pipeline:
    return pipeline_over(tmp_path / "data")


def text(number: int) -> bytes:
    return f"סעיף {number}. {LEAVE}".encode()


def assert_nothing_else(pipeline: Pipeline, folder: Path, before: set[Path]) -> None:
    """On disk are only names that we made, and nothing came to be outside of the data."""
    known = {record.id for record in pipeline.catalogue.documents(pipeline.catalogue.collection_named("נהלים").id)}
    files = pipeline.files.folder
    assert {path.name for path in files.iterdir()} - {"incoming"} == known
    assert {path.name for each in known for path in (files / each).rglob("*")} <= {"original", "pages", "1.webp"}
    assert set(folder.iterdir()) == before


def test_names_of_uploads(pipeline: Pipeline, tmp_path: Path) -> None:
    """Whatever a file is called, it is read, found, and lies where we put it."""
    before = set(tmp_path.iterdir()) | {tmp_path / "data"}
    ids = [upload(pipeline, name, text(number)) for number, name in enumerate(NAMES)]
    work(pipeline)
    assert {pipeline.catalogue.document(document_id).state for document_id in ids} == {"ready"}
    assert_nothing_else(pipeline, tmp_path, before)


@pytest.mark.parametrize("kind", ["zip", "eml"])
def test_names_inside_files(pipeline: Pipeline, tmp_path: Path, kind: str) -> None:
    """Files inside an archive or a mail are documents of their own, their names without folders and tricks."""
    before = set(tmp_path.iterdir()) | {tmp_path / "data"}
    upload(pipeline, f"מכל.{kind}", archive() if kind == "zip" else mail())
    work(pipeline)
    records = pipeline.catalogue.documents(pipeline.catalogue.collection_named("נהלים").id)
    inside = [record for record in records if record.parent_id]
    assert len(inside) == len(NAMES)
    assert {record.state for record in records} == {"ready"}
    assert not any(set(record.filename) & set("/\\\n\t\x7f\u202e\u2067\u2069\u200f") for record in inside)
    assert not any(part in {"", ".", ".."} for record in inside for part in record.path.split("/"))
    assert_nothing_else(pipeline, tmp_path, before)


def archive() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for number, name in enumerate(NAMES):
            file.writestr(name, text(number))
    return buffer.getvalue()


def mail() -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "דנה <d@x.il>", "נהלים"
    message.set_content(LEAVE)
    for number, name in enumerate(NAMES):
        message.add_attachment(
            text(number), maintype="text", subtype="plain", filename=("utf-8", "", name.replace("\n", " "))
        )
    return message.as_bytes()
