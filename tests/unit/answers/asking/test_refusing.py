from collections.abc import Callable

from answers.answer import Answer
from answers.asking.refusing import offered, refused, refuses
from answers.prompt import words
from indexes.chunk import Hit

QUESTION = "כמה עולה מנוי לחדר הכושר?"


def test_a_refusal_offers_the_nearest_sentences_as_such(hit: Callable[..., Hit]) -> None:
    """Each with its citation, and introduced as what may hold an answer."""
    hits = [hit("הבריכה סגורה. מנוי לבריכה עולה 1,680 ₪."), hit("חדר הכושר נסגר ב-2019.", name="2")]
    answer = refused(QUESTION, hits, "he")
    assert (answer.refusal, answer.finished) == (True, True)
    assert answer.text.startswith(f"{words('perhaps')}\n\n")
    assert answer.citations
    assert all(f"[{citation.number}]" in answer.text for citation in answer.citations)
    assert answer.text.count(words("perhaps")) == 1


def test_what_shares_nothing_with_the_question_is_not_offered(hit: Callable[..., Hit]) -> None:
    """Then the refusal is one sentence."""
    assert refused(QUESTION, [hit("ועדת ערר דנה בהשגות.")], "he") == Answer(
        words("refusal"), finished=True, refusal=True
    )


def test_a_refusal_speaks_the_language_of_the_question(hit: Callable[..., Hit]) -> None:
    """What it quotes stays as it is written."""
    answer = refused("price מנוי לבריכה?", [hit("מנוי לבריכה עולה 1,680 ₪.")], "en")
    assert answer.text.startswith("I found no clear answer")
    assert "1,680" in answer.text


def test_the_refusal_of_a_model_is_recognised_in_both_languages() -> None:
    """It may write the sentence of the instructions or that of the question's language, and go on after it."""
    assert refuses(Answer("לא נמצא במסמכים. אפשר לפנות למזכירות.", finished=True), "he")
    assert refuses(Answer("Not found in the documents", finished=True), "en")
    assert refuses(Answer("לא נמצא במסמכים.", finished=True), "en")
    assert not refuses(Answer("נמצא במסמכים", finished=True), "he")
    assert not refuses(Answer("לא נמצא במסמכים."), "he")
    assert not refuses(Answer("לא נמצא במסמכים.", finished=True, problem="model_dropped"), "he")


def test_a_model_that_refuses_has_the_nearest_passages_offered_under_it(hit: Callable[..., Hit]) -> None:
    """What was streamed stays as it is, without marks; what it thought stays too."""
    said = Answer("לא נמצא במסמכים. [1]", finished=True, thoughts="הממ", verified=1.0)
    answer = offered(said, QUESTION, [hit("מנוי לבריכה עולה 1,680 ₪.")], "he")
    assert (answer.thoughts, answer.verified, answer.refusal) == ("הממ", None, True)
    assert answer.text == f"לא נמצא במסמכים.\n\n{words('nearest')}\n\nמנוי לבריכה עולה 1,680 ₪. [1]"
    assert len(answer.citations) == 1


def test_a_model_that_refuses_with_nothing_near_says_no_more() -> None:
    """There is nothing to introduce."""
    assert offered(Answer("לא נמצא במסמכים.", finished=True), QUESTION, [], "he").text == "לא נמצא במסמכים."
