import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.serving.thinking import without_thoughts


@pytest.mark.parametrize(
    ("text", "thinks", "finished", "shown"),
    [
        ("<think>הממ</think>\n\nתשובה", False, False, "תשובה"),
        ("<think>הממ", False, False, ""),
        ("<think>הממ", False, True, ""),
        ("הממ</think>תשובה", True, False, "תשובה"),
        ("הממ", True, False, ""),
        ("תשובה בלי מחשבה", True, True, "תשובה בלי מחשבה"),
        ("תשובה", False, False, "תשובה"),
        ("3 < 4 ו", False, False, "3 < 4 ו"),
        ("3 <", False, False, "3 "),
        ("3 <", False, True, "3 <"),
        ("", True, True, ""),
    ],
)
def test_only_the_answer_is_shown(text: str, thinks: bool, finished: bool, shown: str) -> None:
    """Thoughts are hidden with and without an opening tag, and half a tag is held back while the stream runs."""
    assert without_thoughts(text, thinks=thinks, finished=finished) == shown


@given(st.text("<think/>א ", max_size=40), st.booleans())
def test_no_tag_and_no_part_of_one_is_ever_shown_while_streaming(answer: str, thinks: bool) -> None:
    """For tagged thoughts, each text shown begins the next one, and none holds a tag."""
    text = "<think>סוד</think>" + answer.replace("<think>", "").replace("</think>", "")
    before = ""
    for length in range(len(text) + 1):
        shown = without_thoughts(text[:length], thinks=thinks)
        assert shown.startswith(before) or "<think>" in text[:length].split("</think>", 1)[-1]
        assert "<think>" not in shown
        assert "סוד" not in shown
        before = shown
