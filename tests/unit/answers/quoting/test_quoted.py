import json
import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from answers.answer import Answer
from answers.citing.evidence import found_in, stems, wanted_in, weight_of
from answers.prompt import words
from answers.quoting.quoted import quoted_answer
from hebrew.tokens import question_tokens
from indexes.chunk import Chunk, Hit, Span
from indexes.page import Place

LEAVE = (
    "חופשה שנתית\nעובד חדש זכאי לחופשה שנתית של 14 ימים. הוותק נמנה מיום תחילת העבודה. "
    "בקשה לחופשה תוגש למנהל המחלקה חודש מראש."
)
PARKING = "דמי החניה בחניון המועצה הם 20 שקלים לשעה [3]. תושבי המועצה פטורים מתשלום."
FAQ = "כמה עולה צילום מסמך? צילום של עמוד עולה 50 אגורות. האם אפשר לשלם באשראי? אפשר לשלם בכרטיס אשראי."


@pytest.fixture
def hits(hit: Callable[..., Hit]) -> list[Hit]:
    return [hit(LEAVE, name="1"), hit(PARKING, name="2"), hit(FAQ, name="3")]


def last(question: str, hits: list[Hit]) -> Answer:
    return list(quoted_answer(question, hits))[-1]


@pytest.mark.parametrize(
    ("question", "quote", "document"),
    [
        ("כמה ימי חופשה מגיעים לעובד חדש?", "עובד חדש זכאי לחופשה שנתית של 14 ימים.", "d1"),
        ("למי מגישים בקשה לחופשה?", "בקשה לחופשה תוגש למנהל המחלקה חודש מראש.", "d1"),
        ("מה המחיר של החניה בחניון?", "דמי החניה בחניון המועצה הם 20 שקלים לשעה [3].", "d2"),
        ("כמה עולה צילום מסמך?", "כמה עולה צילום מסמך? צילום של עמוד עולה 50 אגורות.", "d3"),
    ],
)
def test_the_sentence_that_answers_is_quoted(question: str, quote: str, document: str, hits: list[Hit]) -> None:
    """Word for word, with the passage it is from; a question in the document comes with the sentence after it."""
    answer = last(question, hits)
    assert (answer.mode, answer.finished, answer.refusal, answer.problem) == ("quoted", True, False, None)
    assert any(citation.document_id == document and quote in citation.quote for citation in answer.citations)


def test_a_heading_is_not_quoted_but_what_stands_under_it(hit: Callable[..., Hit]) -> None:
    """However many words it shares with the question; they count for the sentence below."""
    minutes = "2. שיפוץ בריכת השחייה האזורית\n\nהגזבר הציג תקציב של 4,850,000 ₪ לשיפוץ. הישיבה ננעלה.\n"
    answer = last("כמה יעלה שיפוץ בריכת השחייה?", [hit(minutes, name="1")])
    assert answer.text.startswith("הגזבר הציג תקציב של 4,850,000 ₪ לשיפוץ.")
    assert "האזורית" not in answer.text


def test_the_answer_itself_is_bold(hit: Callable[..., Hit]) -> None:
    """The date that is asked for, in the text as it is shown."""
    answer = last("באיזו שנה נפתחה הספרייה?", [hit("הספרייה\nנפתחה בשנת 1987. היא סגורה בשבת.")])
    assert [answer.text[start:end] for start, end in answer.bold] in (["1987"], ["בשנת 1987"])


def test_marks_and_citations_match_and_quotes_are_slices_of_the_page(hits: list[Hit]) -> None:
    """Every quote is in the text before its mark (blanks apart), and exactly what stands on the page."""
    for question in ("ימי חופשה לעובד חדש", "דמי חניה לתושבי המועצה", "איך משלמים על צילום מסמך?"):
        answer = last(question, hits)
        for number, citation in enumerate(answer.citations, start=1):
            assert citation.number == number
            chunk = next(hit.chunk for hit in hits if hit.chunk.id == citation.chunk_id)
            assert chunk.text[citation.start - 10 : citation.end - 10] == citation.quote
            shown = " ".join(citation.quote.replace("[3]", "(3)").split())
            assert f"{shown} [{number}]" in answer.text


def test_a_footnote_mark_of_the_document_is_not_a_mark_of_ours(hits: list[Hit]) -> None:
    """It is shown in round brackets; the citation keeps the text of the page."""
    answer = last("כמה דמי החניה בחניון?", hits)
    assert "לשעה (3). [1]" in answer.text
    assert "[3]" in answer.citations[0].quote


def test_items_of_a_list_stay_on_their_lines(hit: Callable[..., Hit]) -> None:
    """Lines that were only wrapped become one; items of a list do not."""
    text = "לבקשת הנחה בארנונה יש לצרף את\nהמסמכים האלה:\n1. צילום תעודת זהות\n2. תלושי שכר\nשל שלושה חודשים\n"
    answer = last("אילו מסמכים מצרפים לבקשת הנחה בארנונה?", [hit(text)])
    assert "לצרף את המסמכים האלה:\n1. צילום תעודת זהות" in answer.text


def test_a_row_is_quoted_under_the_header_of_its_table() -> None:
    """What stands in the columns is said over the row; the citation is the row alone."""
    span = Span(1, 100, 149, Place("sheet", "מחירון", 7))
    rows = "כניסה לבריכה העירונית | 30 | 50\nכניסה לספרייה | 0 | 20"
    chunk = Chunk("c", "d", "k", "מחירון", (), (span,), rows, "שירות | תושב | אורח")
    answer = last("כמה עולה כניסה לבריכה העירונית?", [Hit(chunk, 1.0)])
    assert answer.text == "שירות | תושב | אורח\nכניסה לבריכה העירונית | 30 | 50 [1]"
    assert answer.citations[0].quote == "כניסה לבריכה העירונית | 30 | 50"
    assert answer.citations[0].place == Place("sheet", "מחירון", 7)


def test_the_answer_grows_quote_by_quote(hits: list[Hit]) -> None:
    """Each value goes on from the one before it, and only the last one is finished."""
    parts = list(quoted_answer("כמה עולה סריקת מסמך היסטורי?", hits))
    assert len(parts) >= 3
    assert [part.finished for part in parts] == [False] * (len(parts) - 1) + [True]
    assert all(after.text.startswith(before.text) for before, after in pairwise(parts))


def test_nothing_is_quoted_twice(hit: Callable[..., Hit]) -> None:
    """Overlapping passages and copies of a document give one quotation."""
    copies = [hit(LEAVE, name=str(number)) for number in range(5)]
    quotes = [citation.quote for citation in last("כמה ימי חופשה מגיעים לעובד חדש?", copies).citations]
    assert len(quotes) == len(set(quotes))
    assert sum("14 ימים" in quote for quote in quotes) == 1


@pytest.mark.parametrize(
    "question",
    ["מי ניצח במשחק הכדורגל?", "איך מכינים עוגת גבינה אפויה?", "מהי בירת צרפת?", "?", "מה?", "של מי זה?", "!!!"],
)
def test_a_question_about_something_else_is_refused(question: str, hits: list[Hit]) -> None:
    """Says that nothing was found, and cites nothing."""
    (answer,) = quoted_answer(question, hits)
    assert answer == Answer(words("refusal"), mode="quoted", finished=True, refusal=True, confidence=answer.confidence)


def test_a_refusal_shows_what_comes_nearest(hits: list[Hit]) -> None:
    """Too little of the question is there to call it an answer, and enough to be worth a look."""
    alike = [replace(each, parts={"rerank": 0.2}) for each in hits]  # none of them stands out
    answer = last("מי מטפל בסריקת דרכונים ביומטריים, מסמך היסטורי ותצלומי אוויר?", alike)
    assert (answer.refusal, answer.finished) == (True, True)
    assert answer.text.startswith(words("perhaps"))
    assert "50 אגורות" in answer.citations[0].quote


def test_without_hits_it_refuses() -> None:
    """An empty collection answers nothing."""
    assert last("כמה ימי חופשה?", []).refusal


@pytest.mark.data
def test_most_real_questions_are_answered_from_their_own_passage(data_folder: Path) -> None:
    """On HeQ, beside the passages of other articles that share most with the question, which is as hard as it gets."""
    articles = json.loads((data_folder / "retrieval" / "heq_val.json").read_text(encoding="utf-8"))["data"]
    passages, asked = [], []
    for article in articles:
        for paragraph in article["paragraphs"]:
            text, name = paragraph["context"], f"{len(passages)}"
            chunk = Chunk(name, name, "k", article["title"], (), (Span(1, 0, len(text)),), text)
            passages.append((article["title"], Hit(chunk, 1.0)))
            asked += [
                (question["question"], passages[-1], [answer["text"] for answer in question["answers"]])
                for question in paragraph["qas"]
                if question["answers"] and not question.get("is_impossible")
            ]
    found = {id(passage): stems(passage[1].chunk.text) for passage in passages}
    right = first = 0
    for question, (title, own), answers in random.Random(5).sample(asked, 100):
        wanted = wanted_in(question_tokens(question))
        others = [passage for passage in passages if passage[0] != title]
        others.sort(key=lambda passage: -weight_of(wanted, found_in(wanted, found[id(passage)])))
        answer = last(question, [own, *(hit for _, hit in others[:7])])
        quotes = [citation.quote for citation in answer.citations]
        right += any(text in quote for quote in quotes for text in answers)
        first += any(text in quotes[0] for text in answers)
    assert right >= 85
    assert first >= 75


@pytest.mark.parametrize("question", ["האם מותר להכניס כלבים לבריכת השחייה?", "When is the library open on Friday?"])
def test_a_literal_question_that_the_passage_hardly_says_is_refused(question: str, hit: Callable[..., Hit]) -> None:
    """Whatever else of it the passage has."""
    passage = "שיפוץ בריכת השחייה. בריכת השחייה תהיה סגורה לאורך כל התקופה. The library of C++ is standard."
    assert last(question, [hit(passage)]).refusal
