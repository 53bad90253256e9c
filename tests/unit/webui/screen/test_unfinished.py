"""What is held back of an answer that is still being written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.screen.unfinished import settled


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("שלום לכם", "שלום לכם"),
        ("שלום **לכ", "שלום **לכ**"),
        ("שלום **", "שלום "),
        ("**כך** וגם **כ", "**כך** וגם **כ**"),
        ("מחר [1", "מחר"),
        ("מחר [", "מחר"),
        ("מחר [1]", "מחר [1]"),
        ("הנה:\n\n| א | ב", "הנה:\n"),
        ("הנה:\n\n| א | ב |\n|--", "הנה:\n"),
        ("| א |\n|---|\n| 1", "| א |\n|---|"),
        ("- ראשון\n- ", "- ראשון"),
        ("1. ראשון\n2", "1. ראשון"),
        ("סוף\n\n## ", "סוף\n"),
        ("```\n| a\n**", "```\n| a\n**"),
    ],
)
def test_the_end_of_a_text_is_shown_when_it_is_something(text: str, drawn: str) -> None:
    """Half a mark, an empty item, the head of a table and open signs wait; bold words are bold from the start."""
    assert settled(text) == drawn


@given(st.text(st.sampled_from("אב1 \n[]*_`#|-:"), max_size=60))
def test_nothing_is_made_up(text: str) -> None:
    """What is drawn is the beginning of the text, and at most the sign that closes bold words."""
    assert text.startswith(settled(text).removesuffix("**"))


@pytest.mark.parametrize("end", [" ", "\n", "\t", "*", "`", "\n| א\n" + " " * 40_000, "[1"])
def test_a_model_that_repeats_itself_costs_no_time(end: str) -> None:
    """Each of these took longer with the square of its length, again with every drawing."""
    text = end * (80_000 // len(end)) + "סוף"
    assert settled(text) == text
