import pytest
from hypothesis import given
from hypothesis import strategies as st

from hebrew.folding import stem
from hebrew.terms import asked_words, question_terms
from hebrew.tokens import question_tokens, tokens, written_words

GLOSSARY = (("גמלאי", "פנסיונר"), ("עיריית תל אביב", "העירייה"), ("הקרן", "קרן ההשתלמות של העובדים"))


def found(question: str, passage: str) -> set[str]:
    """The kinds of the terms of a question that stand in a passage."""
    stems = {stem(token) for token in tokens(passage)}
    return {term.kind for term in question_terms(question, GLOSSARY) if stem(term.token) in stems}


@pytest.mark.parametrize(
    ("question", "passage", "kind"),
    [
        ('כמה גובה עו"ד?', "עורך דין", "acronym"),
        ("כמה גובה עורכת דין?", 'שכרו של עוה"ד', "acronym"),
        ("עורכי הדין", 'לעו"ד', "acronym"),
        ("מספר ת.ז.", "תעודת זהות", "acronym"),
        ("מה המנכל אמר", "המנהל הכללי", "acronym"),
        ("בית הספר", 'ביה"ס', "acronym"),
        ("סעיף 15", 'סעיף ט"ו', "word"),
        ('סעיף ט"ו', "סעיף 15", "number"),
        ("כיתה 3", "כיתה ג'", "word"),
        ("13.4", "ביום 13.04.2026", "word"),
        ("13.04.2026", "13/4/26", "word"),
        ("13.4.2026", "ב-13 לאפריל", "number"),
        ("13 באפריל 2026", "2026-04-13", "number"),
        ('תשפ"ד', "ה'תשפ״ד", "word"),
        ("5784", 'תשפ"ד', "word"),
        ("2024", 'תשפ"ד', "number"),
        ('תשפ"ד', "2023", "number"),
        ("כמה מקבל גמלאי", "לפנסיונרים", "glossary"),
        ("כמה מקבלים הפנסיונרים", "גמלאים", "glossary"),
        ("מה שעות עיריית תל אביב", "העירייה", "glossary"),
        ("מתי אפשר למשוך מהקרן", "קרן ההשתלמות", "glossary"),
        ("3 ילדים", "שלושת הילדים", "number"),
        ("חמישים ימים", "50 יום", "number"),
        ("כיתה ג", "לכיתות ג'", "word"),
        ("10%", "עשרה אחוזים", "word"),
        ("50 ₪", '50 ש"ח', "word"),
    ],
)
def test_a_question_finds_what_is_said_otherwise(question: str, passage: str, kind: str) -> None:
    """Acronyms and their words, numbers and dates in letters and digits, and the pairs of a glossary, both ways."""
    assert kind in found(question, passage)


@pytest.mark.parametrize("pair", [("עוד מידע", 'עו"ד'), ("ספר", "מס'"), ("לב", "32"), ("13.4.2026", "13.4.2019 1.1")])
def test_what_only_looks_alike_is_not_taken_for_the_same(pair: tuple[str, str]) -> None:
    """Ordinary words are no acronyms or numerals."""
    question, passage = pair
    assert not found(question, passage) & {"word", "acronym"}


def test_words_come_first_and_what_stands_for_them_is_lighter() -> None:
    """The words are those of the question, in their order, with weight 1; the others name the word they stand for."""
    question = 'מי מינה את עו"ד כהן ב-13.4.2026?'
    terms = question_terms(question)
    words = [term for term in terms if term.kind == "word"]
    assert list(terms[: len(words)]) == words
    assert [term.token for term in words] == ["מינה", 'עו"ד', "כהנ", "13.4.2026"]
    assert [term.word for term in words] == [0, 1, 2, 3]
    assert {term.word for term in terms if term.kind == "acronym"} == {1}
    assert all(0 < term.weight < 1 for term in terms if term.kind == "acronym")


def test_the_words_of_a_phrase_are_both_stood_for() -> None:
    """Finding the acronym counts for each word of its meaning; finding one word of the meaning counts for a part."""
    both = [term for term in question_terms("עורך דין") if term.token == 'עו"ד']
    assert [term.word for term in both] == [0, 1]
    assert [term.share for term in both] == [1, 1]
    assert [term.share for term in question_terms('עו"ד') if term.token == "דינ"] == [0.5]


@pytest.mark.parametrize(
    ("question", "is_found"),
    [
        ("מי בחי\u05f4ם?", True),
        ('מהו החי"ם', True),
        ("איפה חיים אנשים?", False),
        ("כמה תבר", True),
        ('לפי התב"ר', True),
        ("מה ההרשמה דורשת?", True),
        ("טופס הרשמה", True),
        ("מה אומרת הממשלה?", True),
    ],
)
def test_words_of_a_glossary_in_a_question(question: str, is_found: bool) -> None:
    """An acronym is only itself, with its mark where its letters are a word; a noun may have the article."""
    glossary = [('חי"ם', "חיל המשמר"), ('תב"ר', "תקציב בלתי רגיל"), ("הרשמה", "אגרה"), ("ממשלה", "קבינט")]
    assert any(term.kind == "glossary" for term in question_terms(question, glossary)) == is_found


def test_a_glossary_changes_only_what_it_names() -> None:
    """Without one there are the same terms but for its own; empty sides are passed over."""
    question = "כמה מקבל גמלאי"
    without = question_terms(question)
    assert [term for term in question_terms(question, GLOSSARY) if term.kind != "glossary"] == list(without)
    assert question_terms(question, [("", "גמלאי"), ("גמלאי", ""), ("א", "ב")]) == without


TEXTS = st.text("אבגדהוטיכלםשפת \"'.-/0123456789%a", max_size=40)


@given(TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=3))
def test_any_question_has_terms(question: str, glossary: list[tuple[str, str]]) -> None:
    """Its words are the first tokens of its written words; every other term stands for one of them, and none twice."""
    terms = question_terms(question, glossary)
    words = [term.token for term in terms if term.kind == "word"]
    assert set(words) <= {forms[0] for forms in written_words(question)}
    assert bool(words) == bool(question_tokens(question))
    assert {term.word for term in terms} == set(range(len(words)))
    assert all(0 < term.weight <= 1 and 0 < term.share <= 1 and term.token for term in terms)
    others = [(term.word, stem(term.token)) for term in terms if term.kind != "word"]
    assert len(others) == len(set(others))
    assert [word.token for word in asked_words(question, glossary)] == words
