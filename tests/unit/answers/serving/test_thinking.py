import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.serving.thinking import told_apart


@pytest.mark.parametrize(
    ("text", "thinks", "finished", "thoughts", "answer"),
    [
        ("<think>הממ</think>\n\nתשובה", False, False, "הממ", "תשובה"),
        ("<think>\nהממ", False, False, "הממ", ""),
        ("<think>הממ", False, True, "הממ", ""),
        ("<think></think>תשובה", True, True, "", "תשובה"),
        ("הממ</think>תשובה", True, False, "הממ", "תשובה"),
        ("הממ</think>תשובה", False, False, "הממ", "תשובה"),
        ("הממ", True, False, "הממ", ""),
        ("הממ</thi", True, False, "הממ", ""),
        ("תשובה בלי מחשבה", True, True, "", "תשובה בלי מחשבה"),
        ("תשובה", False, False, "", "תשובה"),
        ("<think>א</think>ב<think>ג</think>ד", False, True, "אג", "בד"),
        ("א</think>ב</think>ג", True, True, "א", "בג"),
        ("3 < 4 ו", False, False, "", "3 < 4 ו"),
        ("3 <", False, False, "", "3 "),
        ("3 <", False, True, "", "3 <"),
        ("", True, True, "", ""),
    ],
)
def test_thoughts_and_answer(text: str, thinks: bool, finished: bool, thoughts: str, answer: str) -> None:
    """Thoughts are known with and without an opening tag, and half a tag is held back while the stream runs."""
    assert told_apart(text, thinks=thinks, finished=finished) == (thoughts, answer)


@given(st.text("<think/>א ", max_size=40), st.booleans())
def test_what_was_shown_stays(answer: str, thinks: bool) -> None:
    """For tagged thoughts, each text shown begins the next one, none holds a tag, and no thought is in an answer."""
    text = "<think>סוד</think>" + answer
    before = ("", "")
    for length in range(len(text) + 1):
        shown = told_apart(text[:length], thinks=thinks)
        for now, then in zip(shown, before, strict=True):
            assert now.startswith(then.rstrip())
            assert "<think>" not in now
            assert "</think>" not in now
        assert "סוד" not in shown[1]
        before = shown
