"""Conversations and turns in the database."""

import json
from dataclasses import asdict, fields

import pytest
import sqlalchemy as sa

from answers.answer import Answer, Citation, Doubt
from indexes.database import now
from indexes.errors import NotFound
from indexes.page import Place
from webui.accounts.account import accounts
from webui.conversations import Conversations
from webui.turn import turns

CITATION = Citation(1, "c", "d", "k", "כותרת", 2, Place(label="ב"), 3, 8, "חמישה")
EVERYTHING = Answer(
    "חמישה [1]",
    (CITATION,),
    mode="quoted",
    finished=True,
    refusal=True,
    problem="model_cut",
    bold=((0, 5), (6, 7)),
    doubts=(Doubt(0, 5), Doubt(6, 9, ("14", "1.1.2027"))),
    verified=0.5,
    dropped=2,
    thoughts="רגע\nעוד רגע",
    searched="כמה ימי חופשה?",
    terms=("שבץ מוחי", "מוגבלות"),
    next_questions=("ומתי?", "ולמי?"),
    confidence=0.25,
)


@pytest.fixture
def conversations(engine: sa.Engine) -> Conversations:
    """Two accounts, `me` and `other`, without conversations."""
    with engine.begin() as connection:
        for name in ("me", "other"):
            connection.execute(accounts.insert().values(id=name, name=name, created_at=now()))
    return Conversations(engine)


def test_question_and_answer_come_back_as_they_were(conversations):
    """A question and its answer with citations are read back unchanged, in order."""
    conversation = conversations.create("me", "שלום")
    turn = conversations.add_question("me", conversation.id, "כמה?")
    conversations.save_answer(turn.id, EVERYTHING)
    asked, answered = conversations.turns("me", conversation.id)
    assert (asked.role, asked.said) == ("user", Answer("כמה?", finished=True))
    assert (answered.role, answered.said) == ("assistant", EVERYTHING)
    assert conversations.turn("me", turn.id) == answered


def test_what_only_passes_is_not_kept(conversations):
    """The place in the line and the parts that were read are gone when an answer is read back."""
    turn = conversations.add_question("me", conversations.create("me", "").id, "כמה?")
    conversations.save_answer(turn.id, Answer("", place_in_line=3, progress=(2, 7), thoughts="רגע"))
    assert conversations.turn("me", turn.id).said == Answer("", thoughts="רגע")


def test_every_part_of_an_answer_is_tested_or_passes():
    """A field that is added to `Answer` must be thought of here."""
    plain = Answer("")
    same = {one.name for one in fields(Answer) if getattr(EVERYTHING, one.name) == getattr(plain, one.name)}
    assert same == {"place_in_line", "progress"}


def test_citations_of_version_0_1_have_a_place(conversations, engine):
    """They were kept with the label of their page alone."""
    turn = conversations.add_question("me", conversations.create("me", "").id, "כמה?")
    conversations.save_answer(turn.id, Answer("חמישה [1]", (CITATION,), finished=True))
    kept = {**asdict(CITATION), "label": "ב"}
    del kept["place"]
    with engine.begin() as connection:
        connection.execute(turns.update().where(turns.c.id == turn.id).values(citations=json.dumps([kept])))
    assert conversations.turn("me", turn.id).said.citations == (CITATION,)


def test_turns_keep_their_order(conversations):
    """Questions asked one after the other stand in that order, each before its answer."""
    conversation = conversations.create("me", "")
    for number in range(5):
        conversations.add_question("me", conversation.id, str(number))
    turns = conversations.turns("me", conversation.id)
    assert [turn.said.text for turn in turns if turn.role == "user"] == ["0", "1", "2", "3", "4"]
    assert [turn.role for turn in turns] == ["user", "assistant"] * 5


def test_the_list_has_the_last_spoken_in_first(conversations):
    """Asking in an old conversation brings it to the top of the list."""
    old, new = conversations.create("me", "old"), conversations.create("me", "new")
    assert [conversation.id for conversation in conversations.list("me")] == [new.id, old.id]
    conversations.add_question("me", old.id, "?")
    assert [conversation.id for conversation in conversations.list("me")] == [old.id, new.id]


def test_nobody_reaches_anothers_conversation(conversations):
    """Reading, asking, renaming and deleting in somebody else's conversation are all `NotFound` and change nothing."""
    conversation = conversations.create("me", "שלי")
    turn = conversations.add_question("me", conversation.id, "סוד")
    attempts = (
        lambda: conversations.get("other", conversation.id),
        lambda: conversations.turns("other", conversation.id),
        lambda: conversations.turn("other", turn.id),
        lambda: conversations.add_question("other", conversation.id, "?"),
        lambda: conversations.rename("other", conversation.id, "?"),
        lambda: conversations.delete("other", conversation.id),
        lambda: conversations.pin("other", conversation.id, True),
        lambda: conversations.choose("other", conversation.id, []),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    assert conversations.list("other") == ()
    assert conversations.get("me", conversation.id).title == "שלי"
    assert len(conversations.turns("me", conversation.id)) == 2


def test_what_is_deleted_is_not_there(conversations):
    """Nothing of a deleted conversation can be read or changed, and an answer that comes too late is no error."""
    conversation = conversations.create("me", "")
    turn = conversations.add_question("me", conversation.id, "?")
    conversations.delete("me", conversation.id)
    conversations.save_answer(turn.id, Answer("מאוחר"))
    attempts = (
        lambda: conversations.get("me", conversation.id),
        lambda: conversations.turns("me", conversation.id),
        lambda: conversations.turn("me", turn.id),
        lambda: conversations.add_question("me", conversation.id, "?"),
        lambda: conversations.pin("me", conversation.id, True),
        lambda: conversations.delete("me", conversation.id),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
    assert conversations.list("me") == ()


def test_a_deleted_conversation_can_be_brought_back(conversations):
    """It is as it was before, also an answer that came meanwhile; what was not deleted cannot be restored."""
    conversation = conversations.create("me", "שלי")
    turn = conversations.add_question("me", conversation.id, "?")
    conversations.delete("me", conversation.id)
    conversations.save_answer(turn.id, Answer("הגיע", finished=True))
    with pytest.raises(NotFound):
        conversations.restore("other", conversation.id)
    conversations.restore("me", conversation.id)
    assert conversations.turn("me", turn.id).said.text == "הגיע"
    with pytest.raises(NotFound):
        conversations.restore("me", conversation.id)


def test_pinning_and_choosing(conversations):
    """What is pinned and what was chosen to search is kept, can be taken back, and does not change the order."""
    first, second = conversations.create("me", "1"), conversations.create("me", "2", ["a"])
    assert second.collection_ids == conversations.get("me", second.id).collection_ids == ("a",)
    conversations.pin("me", first.id, True)
    conversations.choose("me", first.id, ["a", "b"])
    kept = conversations.get("me", first.id)
    assert (kept.pinned_at is None, kept.collection_ids) == (False, ("a", "b"))
    assert [one.id for one in conversations.list("me")] == [second.id, first.id]
    conversations.pin("me", first.id, False)
    conversations.choose("me", first.id, [])
    assert conversations.get("me", first.id) == first


def test_renaming(conversations):
    """A conversation takes the title it is given."""
    conversation = conversations.create("me", "a")
    conversations.rename("me", conversation.id, "b")
    assert conversations.get("me", conversation.id).title == "b"


def test_a_crash_leaves_an_interrupted_answer(conversations):
    """After a restart an answer that was being written is finished, with what it had and the problem `interrupted`."""
    conversation = conversations.create("me", "")
    done = conversations.add_question("me", conversation.id, "1")
    conversations.save_answer(done.id, Answer("סוף", finished=True))
    cut = conversations.add_question("me", conversation.id, "2")
    conversations.save_answer(cut.id, Answer("חצי"))
    assert conversations.close_interrupted() == 1
    assert conversations.turn("me", done.id).said.problem is None
    stored = conversations.turn("me", cut.id).said
    assert (stored.text, stored.finished, stored.problem) == ("חצי", True, "interrupted")
