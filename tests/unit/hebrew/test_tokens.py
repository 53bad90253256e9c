import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebrew.tokens import asks_for_number, question_tokens, tokens, written_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("שלום לכולם", ["שלומ", "לכולמ"], id="final letters are folded"),
        pytest.param("תל־אביב-יפו snake_case", ["תל", "אביב", "יפו", "snake", "case"], id="hyphens split"),
        pytest.param("צה\"ל, מנכ״ל ומב''מ", ["צהל", "מנכל", "ומבמ"], id="an acronym is one word"),
        pytest.param('קראתי ב"הארץ" ושב"מעריב"', ["קראתי", "הארצ", "מעריב"], id="a prefix before a quote goes"),
        pytest.param('צ"ש בב"ט קו"לים', ["צש", "בבט", "קולימ"], id="what is no prefix stays"),
        pytest.param("צ'יפס ז'בוטינסקי", ["ציפס", "זבוטינסקי"], id="a geresh goes"),
        pytest.param('ט"ו בשבט, י״ב', ["טו", "15", "בשבט", "יב", "12"], id="a numeral is followed by its digits"),
        pytest.param("כיתה ג' עד לו'", ["כיתה", "3", "עד", "6"], id="a letter that counts is its number"),
        pytest.param("ר' יוסי, ה' ימלוך", ["יוסי", "ימלוכ"], id="a title and the name of God do not count"),
        pytest.param("ה'תשפ״ד התש\"ף", ["תשפד", "5784", "תשפ", "5780"], id="a Hebrew year has its thousands"),
        pytest.param("מ.ק. ת.ז.", ['ת"ז'], id="initials go, unless they are an acronym"),
        pytest.param("ה ש אב", ["אב"], id="other single Hebrew letters go"),
        pytest.param("סעיף ב, ב-5 א-ו", ["סעיפ", "2", "5", "1", "6"], id="a letter alone is a number, a prefix is not"),
        pytest.param("A4 Wi-Fi", ["a", "4", "wi", "fi"], id="Latin in lower case, apart from digits"),
        pytest.param("1,250,000 3.5 10%", ["1250000", "3.5", "10", "אחוז"], id="numbers without thousands commas"),
        pytest.param('₪5, 6 ש"ח', ["שקל", "5", "6", "שקל"], id="signs are words"),
        pytest.param(
            "ב-01.2.20", ["1.2.2020", "1.2", "1", "2", "2020"], id="a date has one form, and its parts follow"
        ),
        pytest.param("2020-02-01 1/2", ["1.2.2020", "1.2", "1", "2", "2020", "1.2"], id="other forms of dates"),
        pytest.param("COVID-19 בexcel ב2020", ["covid", "19", "excel", "2020"], id="scripts are cut apart"),
        pytest.param("the company's café", ["the", "company", "cafe"], id="an English genitive goes, and accents"),
        pytest.param("02-6234567", ["02", "6234567"], id="a phone number"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_tokens(text, expected):
    """Text falls into folded tokens, in order."""
    assert tokens(text) == expected


@given(st.text(max_size=60))
def test_any_text_has_tokens(text):
    """No text raises; a token has no blanks, no final letters, and is its own token where it has no marks."""
    for token in tokens(text):
        assert token
        assert token.split() == [token]
        assert not set("ךםןףץ") & set(token)
        assert not token.isalpha() or tokens(token) == [token]


@given(st.text("אבגםץתט \"'-.,12ab%\u05b8", max_size=60))
def test_the_forms_of_written_words_are_the_tokens(text):
    """Only grouped."""
    assert [form for forms in written_words(text) for form in forms] == tokens(text)


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
