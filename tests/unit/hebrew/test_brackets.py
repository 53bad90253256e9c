"""Brackets of PDF text that face the wrong way."""

import pytest

from hebrew.brackets import balance_brackets, mostly_outward, pair_on_screen


@pytest.mark.parametrize(
    ("line", "balanced"),
    [
        ("נקבע )שעון ישראל( ביום", "נקבע (שעון ישראל) ביום"),
        ("סעיף 12(ב)(3) לחוק", "סעיף 12(ב)(3) לחוק"),
        ("הודעה )ראשונה) בעניין", "הודעה (ראשונה) בעניין"),
        ("א) ראשון ב) שני", "א) ראשון ב) שני"),
        ("1( ראשון", "1) ראשון"),
        (">או מטעמו<", "<או מטעמו>"),
        ("a > ב > c", "a > ב > c"),
        ("(פתוח", "(פתוח"),
    ],
)
def test_balance(line: str, balanced: str) -> None:
    """Pairs face inwards, list marks and single brackets stay."""
    assert balance_brackets([line]) == [balanced]


def test_a_bracket_broken_over_lines_is_turned_when_the_page_is_outward() -> None:
    """A page whose brackets are named the other way round says how the single ones were meant."""
    screen = [")ראשון(", ")שני("]
    assert mostly_outward(screen)
    assert not mostly_outward(["(ראשון) ואז (שני)"])
    assert balance_brackets([")המשך בשורה הבאה", "def f("], outward=True) == ["(המשך בשורה הבאה", "def f("]


@pytest.mark.parametrize(
    ("line", "paired"),
    [(")ב(12", "(ב)12"), ("i[x[", "i[x]"), ("(ב דחא (א", "(ב דחא (א"), ("a (b) c", "a (b) c")],
)
def test_pairs_on_the_screen(line: str, paired: str) -> None:
    """Brackets without partners face each other, whatever the file calls them; those of list marks are left alone."""
    assert pair_on_screen(line) == paired


def test_nothing_changes_its_place() -> None:
    """Lines keep their length, so that words keep their places."""
    lines = ["((((", "))))", "א)(ב", "{[(", "1( ", ">א<"]
    assert [len(line) for line in balance_brackets(lines, outward=True)] == [len(line) for line in lines]


def test_brackets_told_by_their_shapes_stay() -> None:
    """Round and square ones whose shapes are known are broken over lines, not misnamed; the others are still paired."""
    assert balance_brackets([")א (ב", "1( א"], told=True) == [")א (ב", "1( א"]
    assert pair_on_screen(")א( }ב{", told=True) == ")א( {ב}"
