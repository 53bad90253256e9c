import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hebrew.normalise import clean, normalise

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("אבםשׁ\u05b8\ufb2a״׳'\"\u200f\u00a0"))


def test_clean_takes_out_what_cannot_be_seen():
    """Direction marks, zero-width characters, soft hyphens and control characters disappear."""
    assert clean("\u202bשל\u200fום\u202c\ufeff\x00 \u2067a\u2069b\u00ad") == "שלום ab"


def test_clean_leaves_one_kind_of_blank_and_line_end():
    """No-break and thin spaces become blanks; carriage returns, form feeds and Unicode line ends become newlines."""
    assert clean("א\u00a0ב\u2009ג\r\nד\rה\x0cו\u2028ז\tח") == "א ב ג\nד\nה\nו\nז\tח"


def test_clean_writes_presentation_forms_as_letters():
    """Letters with built-in points, the alef-lamed ligature and Latin ligatures become what they show."""
    assert clean("\ufb2aלום \ufb4f o\ufb03ce") == "ש\u05c1לום אל office"


def test_clean_keeps_what_people_read():
    """Niqqud, gershayim, maqaf, case and superscripts stay as they are."""
    text = "שָׁלוֹם עו״ד תל־אביב ABC מ²"
    assert clean(text) == text


@given(ANY_TEXT)
def test_clean_twice_is_clean_once(text):
    """Cleaning has nothing left to do in a clean text, and leaves no format or control character."""
    once = clean(text)
    assert clean(once) == once
    assert not any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in once)


def test_normalise_makes_the_spellings_of_a_word_equal():
    """Niqqud, accents, kinds of quotes, two apostrophes for gershayim, case and width do not matter."""
    assert normalise("שָׁלוֹם") == "שלום"
    assert {normalise(word) for word in ('עו"ד', "עו״ד", "עו''ד", "עו”ד", "עו׳׳ד")} == {'עו"ד'}
    assert {normalise(word) for word in ("עמ'", "עמ׳", "עמ’")} == {"עמ'"}
    assert normalise("Café ＡＢＣ") == "cafe abc"


@given(ANY_TEXT)
def test_normalise_leaves_no_marks(text):
    """No combining mark is left in a normalised text, whatever it was made of."""
    assert not any(unicodedata.category(character) == "Mn" for character in normalise(text))
