import pytest

from answers.evidence import overlap, stems, supporting_span, weights
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
    found = weights(tokens("של העובדים קרוקודיליזציה"))
    common, worker, unknown = found.values()
    assert common < worker < unknown
    assert weights(tokens("עובדים")).keys() == weights(tokens("והעובדים")).keys()
    assert overlap(found, stems("על העובד")) == worker
