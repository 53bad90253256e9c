import re

import pytest

from answers.citing.marks import Found, next_mark, opened

ALL = {
    "[1]": [1], "[ 1 ]": [1], "[1.]": [1], "[1, 3]": [1, 3], "[1 ,3]": [1, 3], "[1;3]": [1, 3], "[1/3]": [1, 3],
    "[1-3]": [1, 2, 3], "[1\u20133]": [1, 2, 3], "[3-1]": [1, 2, 3], "[1 עד 3]": [1, 2, 3], "[1 ו-3]": [1, 3],
    "[1 and 3]": [1, 3], "[[1]]": [1], "[[1, 3]]": [1, 3], "[^1]": [1], "[^1^]": [1], "[#1]": [1],
    r"\[1\]": [1], r"\[1, 3\]": [1, 3], "\u30101\u3011": [1], "\uff3b1\uff3d": [1], "[\u0661]": [1], "[\uff11]": [1],
    "[1\u2020source]": [1], "\u30106\u2020L9-L11\u3011": [6], "[מקור 1]": [1], "[מקור: 1]": [1],
    "[מקורות 1, 3]": [1, 3],
    "[מקור מס' 1]": [1], "[מקור מספר 1]": [1], "[מסמך 1]": [1], "[Source 1]": [1], "[source: 1]": [1], "[doc 1]": [1],
    "[citation:1]": [1], "[1, עמ' 30]": [1], "[1, p. 30]": [1], "[מקור 1, עמוד 30]": [1], "[מקור 1 (עמוד 30)]": [1],
    "[מקור 1: נוהל חופשה]": [1], "(מקור 1)": [1], "(מקורות 1, 3)": [1, 3], "(source 1)": [1],
}  # fmt: skip
NONE = [
    "(1)", "[]", "[ ]", "[א]", "[i]", "[1000]", "[2020]", "[1, 2020]", "[2020-2023]", "[3 ימים]", "[סעיף 4]",
    "[12 א]",
    "[4(א)]", "[\u2026]", "[הערה 1]", "[1\n]", "(ראו מקור)", "[מקור]", "[מקור הדברים]", "1]", "[1.5]", "[10:30]",
    "[12/03/2024]",
]  # fmt: skip


@pytest.mark.parametrize("written", ALL)
def test_a_mark_is_read_as_the_numbers_it_names(written: str) -> None:
    """Whatever brackets, words and separators a model writes; the whole mark is found, and nothing beside it."""
    found, before = next_mark(f"משפט {written}. סוף", 0, finished=True)
    assert found is not None
    assert (found.start, found.end, before) == (5, 5 + len(written), 5)
    assert [number for low, high in found.ranges for number in range(low, high + 1)] == ALL[written]


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_mark_is_text(written: str) -> None:
    """Years, thousands, decimal numbers, notes and brackets that only begin with a number stay."""
    text = f"משפט {written} סוף"
    found, before = next_mark(text, 0, finished=True)
    assert (found is None or not found.ranges, before) == (True, len(text) if found is None else before)
    assert found is None or "\n" in written


@pytest.mark.parametrize("written", ALL)
def test_every_beginning_of_a_mark_is_held_back(written: str) -> None:
    """Until its last bracket is there, nothing from its first character on is surely no mark."""
    for length in range(1, len(written)):
        found, before = next_mark(f"משפט {written[:length]}", 0, finished=False)
        assert found is None or found.end == len(f"משפט {written[:length]}")
        assert before == 5


@pytest.mark.parametrize(
    "cut", ["[", "[1", "[1, ", "[מקו", "[מקור", "[מקור 1", "[מקור 1, עמ", "[1\u2020so", "\\[1\\", "("]
)
def test_a_mark_that_the_end_cuts_off_is_removed(cut: str) -> None:
    """At the end of a finished text it is half a mark, without numbers."""
    assert next_mark(f"משפט {cut}", 0, finished=True) == (Found(5, 5 + len(cut)), 5)


@pytest.mark.parametrize(
    "text", ["[1 [2]", "[1, 2\n[3]", "[מקור [2]", "[\nהמשך", f"[{', '.join(map(str, range(90)))}]"]
)
def test_a_mark_that_was_never_closed_has_no_numbers(text: str) -> None:
    """Another one begins, the line ends, or it names more sources than anyone would read."""
    found, _ = next_mark(text, 0, finished=True)
    assert found is not None
    assert found.ranges == ()


@pytest.mark.parametrize(
    ("text", "start"), [("א [", 2), ("א [מקור ", 2), ("א [1, ", 2), ("א [ב]", 5), ("א", 1), ("(", 0)]
)
def test_a_text_that_ends_inside_of_brackets(text: str, start: int) -> None:
    """A number that followed there would be read as a mark."""
    assert opened(text) == start


def test_a_long_bracket_costs_no_more_than_it_is_long() -> None:
    """A hundred thousand brackets, numbers or blanks are read at once, and none of it is a mark."""
    for part in ("[", "1, ", " ", "[1, ", "[מקור ", "(", "\\"):
        text = part * (100_000 // len(part))
        found, _ = next_mark(text, 0, finished=True)
        assert found is None or not re.search(r"\d\]", text[found.start : found.end])
