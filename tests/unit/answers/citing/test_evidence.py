import pytest

from answers.citing.evidence import found_in, overlap, stems, stood_for, supporting_span, wanted_in, weight_of
from hebrew.terms import question_terms
from hebrew.tokens import tokens

TEXT = (
    "הנוהל חל על כל העובדים. עובד חדש זכאי לחופשה שנתית של 14 ימים. "
    "הבקשה מוגשת למנהל המחלקה חודש מראש. דמי החניה הם 20 שקלים."
)


def span(statement: str, text: str = TEXT) -> str:
    start, end = supporting_span(text, statement)
    return text[start:end].strip()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("לעובדים חדשים מגיעה חופשה בת 14 ימים", "עובד חדש זכאי לחופשה שנתית של 14 ימים."),
        ("את הבקשה מגישים למנהל", "הבקשה מוגשת למנהל המחלקה חודש מראש."),
        ("חניה עולה 20 שקלים", "דמי החניה הם 20 שקלים."),
    ],
)
def test_the_sentence_that_says_the_same_supports_a_statement(statement: str, sentence: str) -> None:
    """Other forms of the same Hebrew words count as the same."""
    assert span(statement) == sentence


def test_a_statement_made_of_two_sentences_gets_both() -> None:
    """A neighbour that holds a good part of the statement joins."""
    assert span("עובד חדש זכאי ל-14 ימי חופשה שנתית, והבקשה מוגשת למנהל המחלקה") == (
        "עובד חדש זכאי לחופשה שנתית של 14 ימים. הבקשה מוגשת למנהל המחלקה חודש מראש."
    )


@pytest.mark.parametrize("statement", ["", "כן.", "גמל שלמה אוכלת פרפרים"])
def test_a_statement_that_shares_nothing_gets_the_whole_text(statement: str) -> None:
    """Nothing narrower can be said about it."""
    assert span(statement) == TEXT


def test_an_empty_text_has_an_empty_span() -> None:
    """No sentence, no error."""
    assert supporting_span("", "מה?") == (0, 0)


def test_rare_words_weigh_more() -> None:
    """A prefix does not make a common word rare; an unknown word weighs most."""
    wanted = wanted_in(tokens("של העובדים קרוקודיליזציה"))
    common, worker, unknown = wanted.values()
    assert common < worker < unknown
    assert weight_of(wanted, found_in(wanted, stems("על העובד"))) == worker


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ('את ההסכם בודק עו"ד', "ההסכם נבדק על ידי עורך הדין."),
        ("ההרשמה נסגרת ב-13.4.2026", "המועד האחרון הוא 13 באפריל 2026."),
        ("תלמידים של כיתה 3", "לילדי ג' יש הנחה."),
        ('מדובר בתשעים ש"ח', "המחיר: 90 ₪."),
    ],
)
def test_what_is_said_otherwise_supports_a_statement(statement: str, sentence: str) -> None:
    """An acronym and its words, dates and numbers in letters or digits are the same."""
    text = f"פתח דבר בלי כלום. {sentence} ועוד משהו אחר לגמרי."
    assert span(statement, text) == sentence


def test_a_part_of_a_meaning_is_not_the_acronym() -> None:
    """One of the words that an acronym stands for is not enough."""
    terms = question_terms('עו"ד')
    assert stood_for(terms, stems("ניתן פסק דין")) == frozenset()
    assert stood_for(terms, stems("עורכת דין")) == {'עו"ד'}


@pytest.mark.parametrize(
    ("one", "other"), [("בצהרון", "צהרון"), ("הלפטופ", "לפטופים"), ("לשפץ", "שיפוץ"), ("משכנתה", "המשכנתה")]
)
def test_a_prefix_does_not_hide_a_word_that_the_lexicon_lacks(one: str, other: str) -> None:
    """A first letter that may be a prefix is tried without, on both sides."""
    assert found_in(wanted_in(tokens(one)), stems(other))
    assert found_in(wanted_in(tokens(other)), stems(one))


TITLE = "נוהל חופשות של עיריית רמת השרון"


def test_overlap_is_the_share_of_what_a_statement_says() -> None:
    """All of it in one text or in several together, none of it, and something between; numbers are not counted."""
    assert overlap("לעובד חדש חופשה שנתית של 99 ימים", [TEXT]) == (1.0, ())
    assert overlap("חופשה שנתית ברמת השרון", [TEXT, TITLE]) == (1.0, ())
    assert 0 < overlap("חופשה שנתית ברמת השרון", [TEXT])[0] < 1
    assert overlap("כדורגל ומוסיקה בפסטיבל", [TEXT])[0] == 0


def test_a_name_that_resembles_none_is_strange() -> None:
    """Another spelling of a name is not, and neither is a word that everybody knows."""
    text = "הבקשה מוגשת לגברת אליזבת קרנובסקי במחלקה."
    assert overlap("הבקשה מוגשת לגברת אליזבט קרנובסקי", [text])[1] == ()
    assert overlap("הבקשה מוגשת לגברת גרמושקינה במחלקה", [text])[1] == ("גרמושקינה",)
    assert overlap("הבקשה מוגשת לגברת כלב במחלקה", [text])[1] == ()


@pytest.mark.parametrize("statement", ["", "כן", "14", "The leave is fourteen days long", "Отпуск длится долго"])
def test_what_cannot_be_compared_has_its_full_share(statement: str) -> None:
    """Next to nothing, and what is said in another script than the text."""
    assert overlap(statement, [TEXT]) == (1.0, ())
