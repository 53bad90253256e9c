"""What people say of answers."""

import pytest
import sqlalchemy as sa

from answers.answer import Answer
from indexes.database import now, writing
from indexes.errors import NotFound
from webui.accounts.account import accounts
from webui.conversations import Conversations
from webui.opinions import Opinions
from webui.turn import turns


@pytest.fixture
def opinions(engine: sa.Engine) -> Opinions:
    """Two accounts, `me` and `other`."""
    with writing(engine).begin() as connection:
        for name in ("me", "other"):
            connection.execute(accounts.insert().values(id=name, name=name, created_at=now()))
    return Opinions(engine)


def answered(opinions: Opinions, question: str = "כמה?", finished: bool = True) -> tuple[str, str]:
    """A conversation of `me` and the id of its answer."""
    kept = Conversations(opinions.engine)
    conversation = kept.create("me", question)
    turn = kept.add_question("me", conversation.id, question)
    kept.save_answer(turn.id, Answer("חמישה [1]", finished=finished))
    with writing(opinions.engine).begin() as connection:
        asked = sa.select(turns.c.id).where(turns.c.conversation_id == conversation.id, turns.c.role == "user")
        parent = connection.execute(asked).scalar_one()
        connection.execute(turns.update().where(turns.c.id == turn.id).values(parent_id=parent))
    return conversation.id, turn.id


def test_the_last_thing_said_counts(opinions):
    """An answer has one opinion: the last, with its reasons once each, and a good one without any."""
    conversation_id, turn_id = answered(opinions)
    assert opinions.of("me", conversation_id) == {}
    opinions.put("me", turn_id, False, ["wrong", "missing", "wrong"], "חסר הסכום")
    said = opinions.of("me", conversation_id)[turn_id]
    assert (said.good, said.reasons, said.remark, said.account_id) == (False, ("wrong", "missing"), "חסר הסכום", "me")
    opinions.put("me", turn_id, True, ["wrong"])
    said = opinions.of("me", conversation_id)[turn_id]
    assert (said.good, said.reasons, said.remark) == (True, (), "")
    opinions.withdraw("me", turn_id)
    opinions.withdraw("me", turn_id)
    assert opinions.of("me", conversation_id) == {}


def test_only_finished_answers_of_ones_own(opinions):
    """Nothing is said of answers of others, of questions, of what is being written and of what was deleted."""
    conversation_id, turn_id = answered(opinions)
    opinions.put("me", turn_id, True)
    question = Conversations(opinions.engine).turns("me", conversation_id)[0].id
    unfinished, (deleted_in, deleted) = answered(opinions, finished=False)[1], answered(opinions)
    Conversations(opinions.engine).delete("me", deleted_in)
    for account_id, of in (("other", turn_id), ("me", question), ("me", unfinished), ("me", deleted), ("me", "x")):
        with pytest.raises(NotFound):
            opinions.put(account_id, of, False)
        with pytest.raises(NotFound):
            opinions.withdraw(account_id, of)
    assert opinions.of("other", conversation_id) == {}
    assert opinions.of("me", conversation_id)[turn_id].good


def test_what_was_said_with_questions_and_answers(opinions):
    """For evaluation every opinion comes with its question and its answer, the oldest first, of all accounts."""
    for number, good in enumerate((True, False)):
        opinions.put("me", answered(opinions, f"שאלה {number}")[1], good, () if good else ("wrong",))
    assert [(one.question, one.said.text, one.opinion.good) for one in opinions.rated()] == [
        ("שאלה 0", "חמישה [1]", True),
        ("שאלה 1", "חמישה [1]", False),
    ]
    first, second = opinions.since(0)
    assert opinions.since(second.created_at) == [second]
    assert first.good


def test_opinions_go_with_their_answer(opinions):
    """When a conversation is removed, nothing is left of what was said of its answers."""
    _, turn_id = answered(opinions)
    opinions.put("me", turn_id, False)
    with writing(opinions.engine).begin() as connection:
        connection.execute(turns.delete().where(turns.c.id == turn_id))
    assert opinions.since(0) == []
