"""Branches of a conversation: which turns are shown, and what stands beside them."""

import pytest
import sqlalchemy as sa

from answers.answer import Answer
from indexes.database import now
from indexes.errors import NotFound
from webui.accounts.account import accounts
from webui.conversations import Conversations, conversations
from webui.turn import StoredTurn


@pytest.fixture
def kept(engine: sa.Engine) -> Conversations:
    """Two accounts, `me` and `other`, without conversations."""
    with engine.begin() as connection:
        for name in ("me", "other"):
            connection.execute(accounts.insert().values(id=name, name=name, created_at=now()))
    return Conversations(engine)


@pytest.fixture
def asked(kept: Conversations) -> list[StoredTurn]:
    """The answers of a conversation of three questions, `0` to `2`."""
    conversation = kept.create("me", "")
    return [kept.add_question("me", conversation.id, str(number)) for number in range(3)]


def shown(kept: Conversations, turn: StoredTurn) -> list[str]:
    """The questions of the branch that is shown."""
    return [one.said.text for one in kept.turns("me", turn.conversation_id) if one.role == "user"]


def question_of(kept: Conversations, answer: StoredTurn) -> str:
    """The id of the question before an answer."""
    return kept.until("me", answer.id)[-2].id


def test_each_turn_follows_the_one_before_it(kept: Conversations, asked: list[StoredTurn]) -> None:
    """The first follows none, and alone in its place each is the first of one."""
    turns = kept.turns("me", asked[0].conversation_id)
    assert [turn.parent_id for turn in turns] == [None, *(turn.id for turn in turns[:-1])]
    assert {turn.place for turn in turns} == {(1, 1)}


def test_another_answer_is_shown_and_the_old_one_kept(kept: Conversations, asked: list[StoredTurn]) -> None:
    """What followed the old answer goes out of sight with it, and comes back with it."""
    other = kept.add_answer_beside("me", asked[1].id)
    assert (shown(kept, other), other.place) == (["0", "1"], (2, 2))
    assert kept.turn("me", asked[1].id).place == (1, 2)
    kept.show("me", asked[1].id)
    assert shown(kept, other) == ["0", "1", "2"]
    kept.show("me", other.id)
    assert kept.turns("me", other.conversation_id)[-1].id == other.id


def test_another_first_question_is_a_branch_too(kept: Conversations, asked: list[StoredTurn]) -> None:
    """And its newest end is shown, where somebody went on in it."""
    answer = kept.add_question_beside("me", question_of(kept, asked[0]), "x")
    kept.add_question("me", answer.conversation_id, "y")
    assert shown(kept, answer) == ["x", "y"]
    kept.show("me", asked[0].id)
    assert shown(kept, answer) == ["0", "1", "2"]
    kept.show("me", question_of(kept, answer))
    assert shown(kept, answer) == ["x", "y"]
    assert [turn.place for turn in kept.turns("me", answer.conversation_id)] == [(2, 2), (1, 1), (1, 1), (1, 1)]


def test_the_way_to_a_turn_does_not_depend_on_what_is_shown(kept: Conversations, asked: list[StoredTurn]) -> None:
    """It leads through the turns that were said before it."""
    kept.add_question_beside("me", question_of(kept, asked[0]), "x")
    assert [turn.said.text for turn in kept.until("me", asked[1].id)] == ["0", "", "1", ""]


def test_a_conversation_that_names_no_end_shows_its_newest(kept: Conversations, asked: list[StoredTurn]) -> None:
    """An end that is not there is no reason to show nothing."""
    with kept.engine.begin() as connection:
        connection.execute(conversations.update().values(last_turn_id="gone"))
    assert shown(kept, asked[0]) == ["0", "1", "2"]


def test_branches_belong_to_their_account(kept: Conversations, asked: list[StoredTurn]) -> None:
    """Of somebody else nothing is shown, edited or answered again; an answer is no question, nor the reverse."""
    question = question_of(kept, asked[0])
    for attempt in (
        lambda: kept.show("other", asked[0].id),
        lambda: kept.until("other", asked[0].id),
        lambda: kept.add_answer_beside("other", asked[0].id),
        lambda: kept.add_question_beside("other", question, "x"),
        lambda: kept.add_answer_beside("me", question),
        lambda: kept.add_question_beside("me", asked[0].id, "x"),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert shown(kept, asked[0]) == ["0", "1", "2"]


def test_an_answer_is_kept_in_its_branch(kept: Conversations, asked: list[StoredTurn]) -> None:
    """Saving one changes none of its siblings."""
    other = kept.add_answer_beside("me", asked[2].id)
    kept.save_answer(asked[2].id, Answer("ראשונה", finished=True))
    kept.save_answer(other.id, Answer("שנייה", finished=True))
    assert [kept.turn("me", each.id).said.text for each in (asked[2], other)] == ["ראשונה", "שנייה"]
