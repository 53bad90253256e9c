"""What a snapshot of a conversation keeps, and what it leaves out."""

from dataclasses import replace

from answers.answer import Answer, Citation, Doubt
from indexes.page import Place
from webui.sharing.snapshot import read, readable, taken, written
from webui.turn import StoredTurn

CITATION = Citation(1, "chunk", "document", "mine", "כותרת", 2, Place(label="ב"), 3, 8, "הקטע עצמו")
ANSWER = Answer(
    "חמישה [1] וגם [2]",
    (CITATION, replace(CITATION, number=2, collection_id="theirs")),
    finished=True,
    doubts=(Doubt(0, 5, ("14",)),),
    verified=0.5,
    thoughts="הקטע עצמו אומר",
    searched="כמה?",
    terms=("מונח",),
    next_questions=("ומתי?",),
    confidence=0.5,
)
QUOTED = Answer("הקטע עצמו [1]", (CITATION,), mode="quoted", finished=True, bold=((0, 4),))
REFUSAL = Answer("לא מצאתי.\n\nהקטע עצמו [1]", (CITATION,), mode="quoted", finished=True, refusal=True)


def turns(*answers: Answer) -> list[StoredTurn]:
    return [
        turn
        for answer in answers
        for turn in (
            StoredTurn("q", "c", "user", 0.0, Answer("כמה?", finished=True)),
            StoredTurn("a", "c", "assistant", 0.0, answer),
        )
    ]


def test_what_leads_anywhere_is_left_out():
    """No id of a turn, chunk or document is kept, no place in a page, and nothing that the model thought."""
    kept = written(taken(turns(ANSWER), with_passages=True))
    for hidden in ("chunk", "document", "אומר", "ומתי", '"q"', '"a"'):
        assert f'"{hidden}"' not in kept
        assert hidden not in kept.replace("chunk_id", "").replace("document_id", "")
    assert "הקטע עצמו" in kept


def test_it_is_read_as_it_was_written():
    """A snapshot survives the database."""
    snapshot = taken(turns(ANSWER, QUOTED, REFUSAL), with_passages=True)
    assert read(written(snapshot)) == snapshot


def test_without_passages_none_is_kept():
    """Neither below the answers nor in answers that are made of them; what a model wrote stays."""
    snapshot = taken(turns(ANSWER, QUOTED, REFUSAL), with_passages=False)
    assert "הקטע" not in written(snapshot)
    assert [turn.withheld for turn in snapshot if turn.role == "assistant"] == [False, True, True]
    assert [turn.said.text for turn in snapshot if turn.role == "assistant"] == [ANSWER.text, "", "לא מצאתי."]
    assert snapshot[1].said.citations[0].title == "כותרת"


def test_passages_of_lost_collections_are_left_out():
    """Only citations of collections that may be read stay; an answer made of others says that it is not there."""
    shown = readable(taken(turns(ANSWER, QUOTED), with_passages=True), {"theirs"})
    assert [citation.number for citation in shown[1].said.citations] == [2]
    assert (shown[1].withheld, shown[3].withheld) == (False, True)
    assert (shown[3].said.text, shown[3].said.citations) == ("", ())


def test_an_answer_that_is_being_written_is_not_shown():
    """What is not finished is not in the snapshot."""
    assert [turn.role for turn in taken(turns(replace(ANSWER, finished=False)), with_passages=True)] == ["user"]
