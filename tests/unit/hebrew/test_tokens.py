import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebrew.tokens import asks_for_number, question_tokens, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("שלום לכולם", ["שלומ", "לכולמ"], id="final letters are folded"),
        pytest.param("תל־אביב-יפו snake_case", ["תל", "אביב", "יפו", "snake", "case"], id="hyphens split"),
        pytest.param("צה\"ל, מנכ״ל ועו''ד", ["צהל", "מנכל", "ועוד"], id="an acronym is one word"),
        pytest.param('קראתי ב"הארץ" ושב"מעריב"', ["קראתי", "הארצ", "מעריב"], id="a prefix before a quote goes"),
        pytest.param('ש"ס בב"כ מו"לים', ["שס", "בבכ", "מולימ"], id="what is no prefix stays"),
        pytest.param("צ'יפס עמ' ז'בוטינסקי", ["ציפס", "עמ", "זבוטינסקי"], id="a geresh goes"),
        pytest.param("א ב אב", ["אב"], id="single Hebrew letters go"),
        pytest.param("A4 Wi-Fi", ["a", "4", "wi", "fi"], id="Latin in lower case, apart from digits"),
        pytest.param("1,250,000 3.5 10%", ["1250000", "3.5", "10"], id="numbers without thousands commas"),
        pytest.param("ב-1.1.2020", ["1.1.2020", "1", "1", "2020"], id="a date is followed by its parts"),
        pytest.param("02-6234567", ["02", "6234567"], id="a phone number"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_tokens(text, expected):
    """Text falls into folded tokens, in order."""
    assert tokens(text) == expected


@given(st.text("אבגםץ \"'-.,12ab\u05b8", max_size=60))
def test_tokens_of_words_are_the_tokens_of_the_text(text):
    """Cutting a text at its blanks first changes nothing, so a word of a passage can be matched alone."""
    assert [token for word in text.split() for token in tokens(word)] == tokens(text)


def test_question_words_do_not_count():
    """What only asks is left out, whatever its final letter."""
    assert question_tokens("מתי ואיפה נחתם ההסכם של רמת השקמים?") == ["ואיפה", "נחתמ", "ההסכמ", "רמת", "השקמימ"]


def test_a_question_of_question_words_keeps_them():
    """Nothing is worse than an empty question."""
    assert question_tokens("מי הוא?") == ["מי", "הוא"]


@pytest.mark.parametrize("question", ["מתי נחתם ההסכם?", "כמה ימי חופשה יש?", "באיזה תאריך?", "מה קרה ב-1948?"])
def test_questions_that_want_a_number(question):
    """A question of when or how many, or one with a number, is likely answered with a number."""
    assert asks_for_number(question)
    assert not asks_for_number("מי כתב את הספר?")
