import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hebrew.keyboard import _KEYS, retyped
from tests.conftest import ROOT

TO_ENGLISH = str.maketrans({hebrew: chr(key) for key, hebrew in _KEYS.items()})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("akuo", "שלום"),
        ("nv agu, vp,hjv?", "מה שעות הפתיחה?"),
        ("fnv gukv jbhv kchu?", "כמה עולה חניה לביו?"),
        ("AKUO KFUKO", "שלום לכולם"),
        ('nh vhu"r vuusv?', 'מי היו"ר הוודה?'),
    ],
)
def test_hebrew_on_english_keys_is_read(typed: str, meant: str) -> None:
    """Words, questions with their signs, capitals, acronyms, and a text with a slip of the finger are read."""
    assert retyped(typed) == meant


@pytest.mark.parametrize(
    "text",
    ["שלום akuo", "", "?", "12/05/2024", "GPT-4", "to do", "how are you", "hello world", "python", "a", "s.b@c.d"],
)
def test_what_is_meant_as_it_stands_stays(text: str) -> None:
    """Text with a Hebrew letter, without letters, and English are left alone."""
    assert retyped(text) is None


def test_no_sentence_of_our_own_english_pages_is_taken_for_hebrew() -> None:
    """Sentences of four words and more in the English documentation stay English."""
    pages = [*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"]
    lines = [line for page in pages for line in page.read_text(encoding="utf-8").splitlines()]
    wrong = [line for line in lines if len(line.split()) > 3 and retyped(line)]
    assert wrong == []


@pytest.mark.data
def test_nearly_every_real_question_is_read(data_folder: Path) -> None:
    """Of Hebrew questions without Latin letters, typed on English keys, at least 97 % come back."""
    questions = list(questions_of(json.loads((data_folder / "retrieval" / "heq_val.json").read_text(encoding="utf-8"))))
    hebrew = [
        question for question in questions if not any(letter.isascii() and letter.isalpha() for letter in question)
    ]
    read = sum(retyped(question.translate(TO_ENGLISH)) is not None for question in hebrew)
    assert len(hebrew) > 1000
    assert read / len(hebrew) > 0.97


def questions_of(value: object) -> Iterator[str]:
    """Every question in a SQuAD-like file."""
    if isinstance(value, dict):
        if isinstance(value.get("question"), str):
            yield value["question"]
        for inner in value.values():
            yield from questions_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from questions_of(inner)
