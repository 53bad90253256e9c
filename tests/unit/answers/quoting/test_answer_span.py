import pytest

from answers.quoting.answer_span import answer_span, spans
from answers.quoting.asked import understood
from answers.quoting.weights import shipped


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("באיזו שנה נפתחה הספרייה?", "הספרייה נפתחה בשנת 1987 ביוזמת התושבים.", "1987"),
        ("מתי נחתם ההסכם?", "ההסכם נחתם ב-3 במרץ 2011 בירושלים.", "במרץ 2011"),
        ("כמה תושבים יש בכפר?", "בכפר יש כ-4,500 תושבים.", "4,500"),
    ],
)
def test_what_is_asked_for_is_found(question: str, sentence: str, answer: str) -> None:
    """A date, a number."""
    span = answer_span(understood(question), sentence, 1.0, shipped().spans)
    assert span
    assert answer in sentence[slice(*span)]


def test_only_what_is_one_piece_of_a_sentence_is_looked_for() -> None:
    """A reason is not."""
    assert answer_span(understood("למה נסגרה הספרייה?"), "היא נסגרה ב-1987 בגלל שיפוץ.", 1.0, shipped().spans) is None


def test_an_unlikely_sentence_has_no_answer() -> None:
    """However clear its year is."""
    asked = understood("באיזו שנה נפתחה הספרייה?")
    assert answer_span(asked, "הספרייה נפתחה בשנת 1987.", 0.3, shipped().spans) is None


def test_candidates_are_whole_words_without_the_marks_around_them() -> None:
    """And never go over the end of a clause."""
    text = '(הספרייה), נפתחה ב"מתנ"ס" 1987.'
    found = {text[start:end] for (start, end), _ in spans(understood("מתי נפתחה?"), text)}
    assert {"הספרייה", "נפתחה", "1987"} <= found
    assert not any("," in each for each in found)


def test_nothing_in_nothing() -> None:
    """A sentence without words has no answer."""
    assert answer_span(understood("מתי?"), "!!!", 1.0, shipped().spans) is None


def test_a_price_is_no_other_number() -> None:
    """What is asked for is a sum of money: minutes are none."""
    text = "במחשבים הציבוריים אפשר לגלוש עד 45 דקות, ולהדפיס ב-40 אג' לעמוד."
    span = answer_span(understood("כמה עולה להדפיס?"), text, 1.0, shipped().spans)
    assert span is None or "40" in text[slice(*span)]


def test_an_answer_is_in_one_cell() -> None:
    """A candidate does not go over the end of a cell."""
    text = "כניסה לבריכה | 55 | 54"
    assert not any("|" in text[slice(*span)] for span, _ in spans(understood("כמה עולה כניסה?"), text))


def test_a_letter_that_counts_keeps_its_mark() -> None:
    """A day of the week is not cut before its geresh."""
    text = "הישיבה תתקיים ביום ג\u05f3 בשעה 18:00"
    assert "ג\u05f3" in {text[slice(*span)] for span, _ in spans(understood("מתי הישיבה?"), text)}
