"""The measures of text extraction."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.extraction import edit_distance, measure, plain, score, summary, unreadable

words = st.text("אבגד ", max_size=12)


def slow_distance(first: str, second: str) -> int:
    """Levenshtein distance by its definition."""
    table = {(i, 0): i for i in range(len(first) + 1)} | {(0, j): j for j in range(len(second) + 1)}
    for i in range(1, len(first) + 1):
        for j in range(1, len(second) + 1):
            same = first[i - 1] == second[j - 1]
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (not same))
    return table[len(first), len(second)]


@given(words, words)
def test_edit_distance_is_levenshteins(first: str, second: str) -> None:
    """The fast distance equals the slow one."""
    assert edit_distance(first, second) == slow_distance(first, second)


def test_what_is_compared() -> None:
    """Niqqud, bullets, direction marks and kinds of blanks make no difference; letters and signs do."""
    assert plain("\u2022 ש\u05b8לום\u200f\n עולם") == plain("שלום עולם")
    assert score("אב גד", "אב גה", ["אב", "גה"]).words == 0.5
    assert score("אב גד", "אב גה", ["אב", "גה"]).probes == 0.5
    assert score("אב גד", "אב גה", []).errors == 0.2


def test_points_are_compared_by_themselves() -> None:
    """A word with a point on the wrong letter is found, and not found as it is pointed."""
    found = score("ש\u05b8ל ב\u05b8ר", "ש\u05b8ל בר\u05b8", [])
    assert (found.words, found.pointed) == (1.0, 0.5)


@pytest.mark.data
def test_a_perfect_reader_scores_perfectly(data_folder: Path) -> None:
    """The truth read as it is has no error, and the table says so."""
    scores = measure(data_folder / "extraction", lambda path: path.with_suffix(".txt").read_text("utf-8"))
    assert all(each.errors == 0 and each.words == 1 for kinds in scores.values() for each in kinds.values())
    assert summary(scores)[-1].split()[3:6] == ["0.0%", "100.0%", "100.0%"]


def test_a_folder_of_other_producers_and_kinds(tmp_path: Path) -> None:
    """Any producer and kind is measured; what has no probes, or is not there, is left open."""
    for name in ("word__plain", "word__letter", "old_noToUnicode__plain"):
        (tmp_path / f"{name}.pdf").touch()
        (tmp_path / f"{name}.txt").write_text("שלום", "utf-8")
    scores = measure(tmp_path, lambda path: "" if "old" in path.name else "שלום")
    assert summary(scores)[-1].split() == ["mean", "of", "readable", "0.0%", "100.0%", "-", "-", "-", "-", "-"]
    told = unreadable(scores, tmp_path, {tmp_path / "old_noToUnicode__plain.pdf"})
    assert told == "noToUnicode: 1 of 1 detected and recognised by OCR, words 0.0%; 0 other files recognised"
