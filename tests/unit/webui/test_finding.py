"""Searching one's own conversations."""

import pytest
import sqlalchemy as sa

from answers.answer import Answer
from indexes.database import now, writing
from webui.accounts.account import accounts
from webui.conversations import Conversations
from webui.finding import Found, find, words_of


@pytest.fixture
def kept(engine: sa.Engine) -> Conversations:
    """Two accounts, `me` and `other`, without conversations."""
    with writing(engine).begin() as connection:
        for name in ("me", "other"):
            connection.execute(accounts.insert().values(id=name, name=name, created_at=now()))
    return Conversations(engine)


def talked(kept: Conversations, question: str, answer: str, title: str = "", account_id: str = "me") -> tuple[str, str]:
    """A conversation with a question and its answer, and the id of that answer."""
    conversation = kept.create(account_id, title or question)
    turn = kept.add_question(account_id, conversation.id, question)
    kept.save_answer(turn.id, Answer(answer, finished=True))
    return conversation.id, turn.id


def shown(found: Found) -> str:
    """The snippet, with what was found in brackets."""
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in found.snippet)


def test_it_finds_in_titles_questions_and_answers(kept):
    """A word is found wherever it stands, and the turn in which it stands is named, unless the title says the same."""
    first = talked(kept, "כמה ימי חופשה יש?", "עשרה ימים בשנה [1].")
    second = talked(kept, "ומה עם מחלה?", "שמונה עשר ימים.", title="דמי מחלה")
    assert [one.conversation.id for one in find(kept.engine, "me", "ימים")] == [second[0], first[0]]
    (by_answer,) = find(kept.engine, "me", "עשרה")
    assert (by_answer.turn_id, shown(by_answer)) == (first[1], "[עשרה] ימים בשנה .")
    (by_title,) = find(kept.engine, "me", "חופשה")
    assert (by_title.turn_id, [piece.text for piece in by_title.title if piece.hit]) == ("", ["חופשה"])
    assert [one.conversation.id for one in find(kept.engine, "me", "דמי")] == [second[0]]


@pytest.mark.parametrize(
    ("looked_for", "text"),
    [
        ("הסכם", "ההסכמים נחתמו"),
        ("הסכמ", "בהסכם"),
        ('חל"ת', "ימי חל״ת"),
        ("חל״ת", 'שבחל"ת הזאת'),
        ("בית-ספר", "בבית־ספר"),
        ("excel", "קובץ Excel ישן"),
        ("100%", "עלייה של 100% בשנה"),
        ("?אגרה!", "האגרה"),
        ("חופשה שנתית", "שנתית היא החופשה"),
    ],
)
def test_spellings_that_mean_the_same(kept, looked_for, text):
    """Prefixes, endings, final letters, kinds of quotes and dashes, case and the order of words do not matter."""
    talked(kept, "שאלה", text)
    assert len(find(kept.engine, "me", looked_for)) == 1


@pytest.mark.parametrize(
    ("looked_for", "text"), [("רכב", "הרכבת הורכבה"), ("50%", "505"), ("a_c", "abc"), ("עיר אגרה", "עיריות")]
)
def test_what_is_something_else(kept, looked_for, text):
    """The middle of a word is no hit, signs of patterns mean themselves, and every word must be there."""
    talked(kept, "שאלה", text.replace("הרכבת ", ""))
    assert find(kept.engine, "me", looked_for) == []


def test_words_may_stand_in_different_turns(kept):
    """One word in the question and one in the answer are enough; shown is the turn with the most of them."""
    talked(kept, "מה כתוב בנוהל?", "החופשה נצברת מדי חודש")
    (found,) = find(kept.engine, "me", "נוהל חופשה")
    assert shown(found) == "[החופשה] נצברת מדי חודש"


def test_a_snippet_is_short(kept):
    """Of a long answer some words around the first hit are shown, without Markdown and marks of citations."""
    talked(kept, "שאלה", f"{'מילה ' * 60}**האגרה** היא [1] מאה {'ועוד ' * 60}")
    text = shown(find(kept.engine, "me", "אגרה")[0])
    assert "[האגרה] היא מאה" in text
    assert len(text) < 160
    assert (text[0], text[-1]) == ("…", "…")


def test_nobody_finds_what_is_of_others_or_deleted(kept):
    """Only one's own conversations are searched, and of those not what was deleted."""
    talked(kept, "סוד", "סודי", account_id="other")
    deleted, _ = talked(kept, "סוד", "סודי")
    kept.delete("me", deleted)
    assert find(kept.engine, "me", "סוד") == []


def test_without_words_nothing_is_found(kept):
    """Blanks and punctuation are no words; of very many the first count."""
    talked(kept, "?!", "...")
    assert find(kept.engine, "me", " ?! ") == []
    assert len(words_of(" ".join(map(str, range(100))))) == 8


def test_what_is_looked_for_may_be_of_any_length(kept):
    """Of tens of thousands of letters in one word the first count: databases take no such patterns."""
    talked(kept, "שאלה", "א" * 500)
    assert len(find(kept.engine, "me", "א" * 60_000)) == 1
