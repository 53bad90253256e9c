"""The sample collection is what the README and the other tests take it to be."""

import json
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from indexes.page import Page
from ingest.readers import read
from ingest.samples import FOLDER, sample_files
from scripts.make_samples import PERMIT, PRINTED, SOURCES, UTF_8, WINDOWS_1255, WORD
from scripts.samples.word import write_docx

QUESTIONS = json.loads((FOLDER / "questions.json").read_text(encoding="utf-8"))
ANSWERED = [question for question in QUESTIONS if question["document"]]


@cache
def pages_of(name: str) -> tuple[Page, ...]:
    return read(FOLDER / name, name, None, lambda done, total: None).pages


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_document_of_the_script_is_there() -> None:
    """The committed files are those that the script makes, in five formats."""
    made = {*PRINTED.values(), *WORD.values(), *UTF_8.values(), *WINDOWS_1255.values(), PERMIT}
    assert {path.name for path in sample_files()} == made
    assert {path.suffix for path in sample_files()} == {".pdf", ".docx", ".html", ".md", ".txt"}


def test_the_collection_stays_small() -> None:
    """All samples together are under 1.5 MB, because every installation carries them."""
    assert sum(path.stat().st_size for path in sample_files()) < 1_500_000


@pytest.mark.parametrize(("source", "name"), UTF_8.items())
def test_new_text_files_are_utf_8(source: str, name: str) -> None:
    """A UTF-8 sample is its source, letter for letter."""
    assert (FOLDER / name).read_text(encoding="utf-8") == (SOURCES / source).read_text(encoding="utf-8")


@pytest.mark.parametrize(("source", "name"), WINDOWS_1255.items())
def test_old_text_files_are_windows_1255(source: str, name: str) -> None:
    """An old sample is its source in windows-1255, and cannot be mistaken for UTF-8."""
    data = (FOLDER / name).read_bytes()
    assert data.decode("windows-1255").replace("\r\n", "\n") == (SOURCES / source).read_text(encoding="utf-8")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


@pytest.mark.parametrize(("source", "name"), WORD.items())
def test_word_files_follow_their_sources(source: str, name: str, tmp_path: Path) -> None:
    """Nobody edited a source of a Word document without making the document again."""
    write_docx((SOURCES / source).read_text(encoding="utf-8"), tmp_path / name)
    with ZipFile(tmp_path / name) as made, ZipFile(FOLDER / name) as kept:
        assert made.read("word/document.xml") == kept.read("word/document.xml")


def test_questions_are_asked_once() -> None:
    """There are about forty questions, all different, and some that no document answers."""
    assert len({question["question"] for question in QUESTIONS}) == len(QUESTIONS) >= 36
    assert len(QUESTIONS) - len(ANSWERED) >= 6
    assert {question["document"] for question in ANSWERED} == {path.name for path in sample_files()}


@pytest.mark.parametrize("answer", ANSWERED, ids=lambda answer: answer["question"])
def test_the_answer_stands_on_the_page(answer: dict[str, str | int]) -> None:
    """The readers find the quoted words on the page that the question names."""
    name, number = str(answer["document"]), int(answer["page"])
    page = next(page for page in pages_of(name) if page.number == number)
    if name == PERMIT and number == 2 and not page.came_from_ocr:
        assert page.warnings
        pytest.skip("the scanned page needs Tesseract with Hebrew")
    assert flat(str(answer["quote"])) in flat(page.text)
