import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebrew.acronyms import acronyms, marked_acronym, plain_acronyms
from hebrew.letters import FINALS, fold_finals
from hebrew.tokens import tokens


@pytest.mark.parametrize(
    ("forms", "token"),
    [
        (('עו"ד', "עו״ד", "עו''ד", 'לעו"ד', 'שהעו"ד', 'עוה"ד', 'ולעוה"ד'), 'עו"ד'),
        (('מנכ"ל', "מנכל", 'המנכ"ל', 'מנכ"לית', 'ומנכ"ליות', 'למנכ"לים'), "מנכל"),
        (('ת"ז', "ת.ז.", "ת.ז", 'בת"ז'), 'ת"ז'),
        (('ח"כ', 'הח"כים', 'חה"כ'), 'ח"כ'),
        (('בי"ס', 'ביה"ס', 'בבי"ס'), 'בי"ס'),
        (("רח'", "רחוב", "רח׳"), "רחוב"),
        (('ק"מ', "קילומטר", 'לק"מ'), "קילומטר"),
        (("פרופ'", "פרופסור"), "פרופסור"),
    ],
)
def test_the_forms_of_an_acronym_are_one_token(forms: tuple[str, ...], token: str) -> None:
    """Whatever the quote, the prefix letters and the ending; an abbreviation of one word is that word."""
    assert {tuple(tokens(form)) for form in forms} == {(token,)}


@pytest.mark.parametrize("pair", [('עו"ד', "עוד"), ('חו"ל', "חול"), ('מט"ח', "מטח"), ("מס'", "מס"), ('ת"א', "תא")])
def test_an_acronym_spelled_like_a_word_stays_apart_from_it(pair: tuple[str, str]) -> None:
    """A lawyer is not "more", and abroad is no sand."""
    acronym, word = pair
    assert tokens(acronym) != tokens(word)


@pytest.mark.parametrize("word", ["הארץ", 'מעריב"', "צ'יפס", 'מו"לים"', '"', "'", 'א"', ""])
def test_other_words_with_marks_are_no_acronyms(word: str) -> None:
    """Only what the list has is one."""
    assert marked_acronym(fold_finals(word)) is None


def test_the_list_has_each_form_once_and_meanings_of_hebrew_words() -> None:
    """Two acronyms with one form would hide each other; an acronym may have several meanings instead."""
    forms = [form for acronym in acronyms() for form in acronym.tokens]
    assert len(forms) == len(set(forms))
    assert all(tokens(meaning) for acronym in acronyms() for meaning in acronym.meanings)
    assert len(acronyms()) > 250


def test_every_acronym_is_indexed_as_its_own_token() -> None:
    """What `tokens` makes of an acronym that keeps its mark is the token that is looked for."""
    for acronym in acronyms():
        assert tokens(acronym.token) == [acronym.token]


def test_plain_acronyms_are_tokens_without_marks() -> None:
    """They are compared with tokens, which have plain final letters."""
    assert all(form.isalpha() and form == form.translate(FINALS) for form in plain_acronyms())


@given(st.text("אבגדהולמנעשת\"'", max_size=10))
def test_any_word_may_be_asked_for(word: str) -> None:
    """No string of letters and marks raises, and what is found is a token of the list."""
    found = marked_acronym(word)
    assert found is None or found in {acronym.token for acronym in acronyms()}
