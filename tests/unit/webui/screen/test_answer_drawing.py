"""What one answer looks like."""

import pytest
from lxml import html

from answers.answer import Answer, Citation, Doubt
from indexes.page import Place
from webui.screen.answer_drawing import drawn_answer, verified_text
from webui.texts import texts

CITATION = Citation(1, "k", "d", "m", "נוהל", 2, Place(), 0, 4, "14 ימים")


def drawn(answer: Answer) -> html.HtmlElement:
    """The answer as an element."""
    return html.fragment_fromstring(drawn_answer(answer, "t", {}), create_parent="div")


def text_of(found: list[html.HtmlElement]) -> list[str]:
    """What stands in some elements."""
    return [element.text_content().strip() for element in found]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(""), texts.SEARCHING),
        (Answer("", place_in_line=3), texts.IN_LINE.format(place=3)),
        (Answer("", thoughts="רגע"), texts.THINKING),
        (Answer("", progress=(1, 7)), texts.reading_part(1, 7)),
        (Answer("", progress=(7, 7)), texts.reading_part(7, 7)),
    ],
)
def test_while_nothing_is_written_it_says_what_is_being_done(answer: Answer, said: str) -> None:
    """One sentence, and a gauge where parts are counted; none of it is left in a finished answer."""
    assert text_of(drawn(answer).find_class("pending")) == [said]
    assert [gauge.get("value") for gauge in drawn(answer).iter("progress")] == [
        str(answer.progress[0]) for _ in [1] if answer.progress
    ]
    assert drawn(Answer("סוף", finished=True, progress=(7, 7), place_in_line=1)).find_class("pending") == []


def test_thoughts_are_folded_and_plain() -> None:
    """They can be opened, and nothing in them is Markdown, HTML or a citation."""
    thoughts = drawn(Answer("סוף", thoughts="<b>רגע</b> **כך** [1]\n<script>", finished=True)).find(".//details")
    assert thoughts.get("open") is None
    assert [element.tag for element in thoughts.iterdescendants()] == ["summary", "div", "p", "p"]
    assert text_of(list(thoughts)) == [texts.THOUGHTS, "<b>רגע</b> **כך** [1]<script>"]


def test_what_was_searched_stands_above_the_answer() -> None:
    """The question as it was understood, and the terms that were added, on lines of their own."""
    above = drawn(Answer("מחר", searched="כמה ימי\nחופשה <1>?", terms=("שבץ", "מוגבלות")))
    assert text_of(above.find_class("searched")) == [
        texts.SEARCHED.format(question="כמה ימי חופשה <1>?"),
        texts.SEARCHED_ALSO.format(terms="שבץ, מוגבלות"),
    ]


def test_a_doubtful_sentence_is_marked_in_words() -> None:
    """Its words are underlined, behind them stands that it was not verified, and what is missing."""
    text = "מגיעים **14 ימים** [1]. וגם זה."
    doubts = (Doubt(0, text.index(" וגם"), ("14", "14")),)
    answer = drawn(Answer(text, (CITATION,), finished=True, doubts=doubts, verified=0.0))
    assert text_of(answer.find_class("doubt")) == ["מגיעים", "14 ימים"]
    (remark,) = answer.find_class("remark")
    assert remark.text == texts.DOUBTFUL
    assert remark.get("title") == texts.MISSING.format(missing="14")
    assert texts.MISSING.format(missing="14") in remark.text_content()
    assert answer.find("p").text_content().index("1.") < answer.find("p").text_content().index(texts.DOUBTFUL)
    line = answer.find_class("verified")[0].find("span").text_content()
    assert line == f"{texts.verified(0, 1)} {texts.MISSING.format(missing='14')}"


@pytest.mark.parametrize(("verified", "doubts", "said"), [(0.8, 1, "4 מתוך 5"), (0.5, 1, "אחד מתוך 2"), (0, 3, "מ־3")])
def test_the_share_that_was_verified_is_said_in_sentences(verified: float, doubts: int, said: str) -> None:
    """The number of sentences follows from their share and the number of doubts."""
    assert said in verified_text(Answer("", verified=verified, doubts=(Doubt(0, 1),) * doubts))


def test_nothing_is_said_of_verifying_where_there_was_nothing_to_verify() -> None:
    """An answer without citations, and one made of quotations, carry no such line."""
    assert verified_text(Answer("שלום")) == verified_text(Answer("שלום", mode="quoted", verified=1.0)) == ""
    assert verified_text(Answer("שלום", verified=1.0)) == texts.ALL_VERIFIED


def test_what_answers_the_question_is_bold_in_a_quotation() -> None:
    """Exactly the words that are named, and a quotation keeps its lines."""
    quote = "ותק\n* 5.1 מגיעים <14> ימים [1]\n\nוגם 7 [1]"
    places = [(quote.index(one), quote.index(one) + len(one)) for one in ("14", "7")]
    element = drawn(Answer(quote, (CITATION,), mode="quoted", finished=True, bold=tuple(places)))
    assert text_of(list(element.iter("strong"))) == ["14", "7"]
    lines = [text_of(one.findall("p")) for one in element.iter("blockquote")]
    assert lines == [["ותק", "* 5.1 מגיעים <14> ימים1"], ["וגם 71"]]


def test_the_nearest_passages_of_a_refusal_are_an_offer() -> None:
    """The sentence that nothing was found stands alone, and the passages in a box of their own, bold ones too."""
    said, offered = "לא נמצא. אולי כאן:", "מגיעים 14 ימים [1]"
    start = len(said) + 2 + offered.index("14")
    answer = Answer(
        f"{said}\n\n{offered}", (CITATION,), "quoted", finished=True, refusal=True, bold=((start, start + 2),)
    )
    element = drawn(answer)
    (box,) = element.find_class("nearest")
    assert element.find("p").text_content() == said
    assert (box.text_content(), text_of(list(box.iter("strong")))) == ("מגיעים 14 ימים1", ["14"])
    assert drawn(Answer(said, (), "quoted", finished=True, refusal=True)).find_class("nearest") == []
