import pytest

from hebrew.terms import Term, question_terms
from indexes.chunk import Chunk, Span
from indexes.explain import Form, Group, Match, explain, grouped, typed_words


def chunk(text: str, title: str = "נוהל", *headings: str) -> Chunk:
    """A passage with that text."""
    return Chunk("c", "d", "k", title, headings, (Span(1, 0, len(text)),), text)


def forms(question: str, text: str, *glossary: tuple[str, str]) -> list[tuple[str, str, Form]]:
    """What was found in a text: the word there, the word of the question, and the form."""
    matches = explain(question, question_terms(question, glossary), chunk(text))
    return [(match.text, match.asked, match.how) for match in matches]


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("מתי מגישים בקשה?", "מי שמבקש: בקשה, בכתב", ("בקשה", "בקשה", "same")),
        ("מה אומר הנוהל?", "לפי נוהל פנימי", ("נוהל", "הנוהל", "prefix")),
        ("מי אחראי על העובדים?", "כל עובד יקבל", ("עובד", "העובדים", "ending")),
        ("איפה התכנית?", "התוכנית תפורסם", ("התוכנית", "התכנית", "spelling")),
        ("מי העו\u05f4ד?", "עורך הדין יבדוק", ("עורך", "העו\u05f4ד", "acronym")),
        ("כמה מקבל גמלאי?", "לכל הפנסיונרים ישולם", ("הפנסיונרים", "גמלאי", "glossary")),
        ("מהי האלקטרומגנטיות?", "גל אלקטרומגנטי", ("אלקטרומגנטי", "האלקטרומגנטיות", "part")),
    ],
)
def test_forms_of_words(question: str, text: str, found: tuple[str, str, Form]) -> None:
    """A word is found as it is, with another prefix, ending or spelling, as an acronym, by the glossary, or in part."""
    assert found in forms(question, text, ("גמלאי", "פנסיונר"))


def test_numbers_in_letters() -> None:
    """A numeral of Hebrew letters answers to its digits."""
    terms = (Term("12", 0),)
    (match,) = explain("12", terms, chunk('סעיף י"ב לחוק'))
    assert (match.text, match.how) == ('י"ב', "number")


def test_a_part_is_told_only_where_nothing_better_is() -> None:
    """A word with most letters in common is told of when the word asked for is not there in another way."""
    assert forms("פסיכומטרי", "בחינה פסיכומטריטיסט") == [("פסיכומטריטיסט", "פסיכומטרי", "part")]
    assert forms("פסיכומטרי", "פסיכומטרי, פסיכומטריטיסט") == [("פסיכומטרי", "פסיכומטרי", "same")]


def test_places_are_those_of_the_text() -> None:
    """Start and end cut the matched word out of title and headings, or out of the text, without its punctuation."""
    passage = chunk("(חופשה), ועוד \u05f4חופשה\u05f4.", "נוהל חופשה", "חופשה שנתית")
    matches = explain("חופשה", question_terms("חופשה"), passage)
    sources = {"head": passage.head, "text": passage.text}
    assert [sources[match.where][match.start : match.end] for match in matches] == ["חופשה"] * 4
    assert [match.where for match in matches] == ["head", "head", "text", "text"]


def test_words_are_named_as_they_were_typed() -> None:
    """Question words are left out, as in the terms; quotes and prefixes stay as somebody typed them."""
    question = "מה זה ה״חל״ת״ של העובדים, ב־2024?"
    words = typed_words(question)
    assert words[0] == "ה״חל״ת"
    assert "העובדים" in words
    assert len(words) == 1 + max(term.word for term in question_terms(question))
    assert typed_words("מה זה?") == ("מה", "זה")


def test_groups_tell_each_word_once() -> None:
    """The words of a passage stand together by the word they answer to, the surest form first."""
    matches = [
        Match("text", 0, 5, "חופשה", "חופש", "ending"),
        Match("text", 9, 13, "חופש", "חופש", "same"),
        Match("text", 19, 24, "חופשה", "חופש", "ending"),
        Match("text", 29, 33, "ימים", "ימים", "same"),
    ]
    assert grouped(matches) == (
        Group("חופש", "same", ("חופש",)),
        Group("חופש", "ending", ("חופשה",)),
        Group("ימים", "same", ("ימים",)),
    )
