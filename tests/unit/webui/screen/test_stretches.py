"""Stretches of a text that are drawn differently."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from webui.screen.answer_html import Mark, answer_html, plain_html
from webui.screen.stretches import Stretch, moved

MARKS = {1: Mark("/view/t/1", "נוהל, עמוד 2")}
REMARK = "?!"


def doubted(text: str, *sentences: str) -> html.HtmlElement:
    """The Markdown with some of it doubted."""
    starts = [text.index(sentence) for sentence in sentences]
    doubts = [Stretch(start, start + len(one), REMARK) for start, one in zip(starts, sentences, strict=True)]
    return html.fragment_fromstring(answer_html(text, MARKS, doubts), create_parent="div")


def marked(element: html.HtmlElement) -> list[str]:
    """The words that are marked as doubtful."""
    return [found.text_content() for found in element.find_class("doubt")]


@pytest.mark.parametrize(
    ("text", "sentence", "words", "inside"),
    [
        ("- ראשון\n- מגיעים 14 ימים [1].", "- מגיעים 14 ימים [1].", ["מגיעים 14 ימים"], "ul/li[2]"),
        ("1. מגיעים 14 ימים [1].\n2. שני", "1. מגיעים 14 ימים [1].", ["מגיעים 14 ימים"], "ol/li[1]"),
        ("12. מגיעים 14", "2. מגיעים 14", ["מגיעים 14"], "ol/li"),
        ("| א | ב |\n|---|---|\n| 14 | 15 |", "| 14 | 15 |", ["14", "15"], "div/table/tbody/tr"),
        ("## כותרת 14", "## כותרת 14", ["כותרת 14"], "h4"),
        ("> ציטוט 14", "> ציטוט 14", ["ציטוט 14"], "blockquote/p"),
        ("**מגיעים** 14 *ימים*", "**מגיעים** 14 *ימים*", ["מגיעים", " 14 ", "ימים"], "p"),
        ("`a = 14` כך", "`a = 14` כך", ["a = 14", " כך"], "p"),
        ("[1] מגיעים [1] 14", "[1] מגיעים [1] 14", ["מגיעים1 14"], "p"),
        ("מחיר 1,500 ₪ [1].", "מחיר 1,500 ₪ [1].", ["מחיר 1,500 ₪"], "p"),
        ("א &amp; 14", "א &amp; 14", ["א & 14"], "p"),
        ("שורה\nשנייה", "שורה\nשנייה", ["שורה", "שנייה"], "p"),
    ],
)
def test_a_doubt_stays_inside_its_block(text: str, sentence: str, words: list[str], inside: str) -> None:
    """Lists, tables, headings, emphasis and code are what they were; the words are marked, and remarked on once."""
    drawn, plain = doubted(text, sentence), html.fragment_fromstring(answer_html(text, MARKS), create_parent="div")
    assert marked(drawn) == words
    assert drawn.find(inside) is not None
    assert drawn.text_content().count(REMARK) == 1
    assert drawn.text_content().replace(f" {REMARK}", "") == plain.text_content()


def test_a_remark_stands_behind_the_marks_and_the_full_stop() -> None:
    """Also where the mark follows in another element, and where two doubtful sentences touch."""
    assert doubted("**14 ימים** [1]. ועוד", "14 ימים").text_content() == "14 ימים1. ?! ועוד"
    assert doubted("14 [1]. 15 [1].", "14 [1].", "15 [1].").text_content() == "141. ?! 151. ?!"
    assert doubted("14 [1]\n15", "14 [1]").text_content().replace("\n", "") == "141 ?!15"


def test_a_doubt_without_words_or_in_a_code_block_is_not_drawn() -> None:
    """Nothing of the signs is left to be seen."""
    code = "```python\nx = 14\n```"
    assert doubted(f"א\n\n{code}", code).text_content().split() == ["א", "pythonx", "=", "14"]
    assert marked(doubted("א ---", "---")) == []


@given(
    st.text(st.sampled_from("אב1 \n[]()!<>*_`#|-:\"'&;.,/a\\~\U000f0000\U000f0100"), max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
)
def test_doubts_change_no_word_and_break_no_element(text: str, places: list[tuple[int, int]]) -> None:
    """Whatever the text and wherever the doubts: the same words and blocks come out, and no sign is seen."""
    doubts = [Stretch(start, end, "") for start, end in places]
    drawn, plain = answer_html(text, MARKS, doubts), answer_html(text, MARKS)
    for body in (drawn, plain):
        assert not any(0xF0000 <= ord(character) < 0xFFFFE for character in body)
    element = html.fragment_fromstring(drawn, create_parent="div")
    same = html.fragment_fromstring(plain, create_parent="div")
    assert element.text_content() == same.text_content()
    blocks = ("p", "li", "ul", "ol", "table", "tr", "td", "pre", "blockquote", "em", "strong", "code", "a")
    assert [one.tag for one in element.iter(*blocks)] == [one.tag for one in same.iter(*blocks)]


@given(
    st.text(st.sampled_from('אב1 \n[]<>&*."'), max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4),
)
def test_bold_changes_no_word_of_a_quotation(text: str, places: list[tuple[int, int]]) -> None:
    """Plain text stays what it is, word for word, with elements around some of it."""
    drawn = plain_html(text, MARKS, [Stretch(start, end) for start, end in places])
    assert html.fragment_fromstring(drawn, create_parent="div").text_content() == (
        html.fragment_fromstring(plain_html(text, MARKS), create_parent="div").text_content()
    )


def test_stretches_move_with_their_text() -> None:
    """What lies in front is gone, what is cut in two keeps its rest."""
    assert moved([Stretch(0, 3), Stretch(4, 9), Stretch(8, 9)], 5) == [Stretch(0, 4), Stretch(3, 4)]


def test_thousands_of_doubts_each_stay_at_their_line() -> None:
    """Each is looked for in its own lines alone: an answer may be long, and it is drawn many times."""
    lines = [f"שורה {number} [1]." for number in range(3000)]
    text = "\n".join(lines)
    ends = list(accumulate(len(line) + 1 for line in lines))
    doubts = [Stretch(end - len(line) - 1, end, "ספק") for line, end in zip(lines, ends, strict=True)]
    drawn = html.fragment_fromstring(answer_html(text, {}, doubts), create_parent="div")
    assert marked(drawn) == [line.removesuffix(" [1].") for line in lines]


def test_private_characters_of_a_model_are_no_signs() -> None:
    """What signs stretches is taken out of the text first, and more stretches than signs are left undrawn."""
    text = "אב\U000f0000גד\U000f0100\U000f0101\U000ffffdה"
    assert answer_html(text, {}) == '<p dir="rtl">אב\ufffdגד\ufffd\ufffd\ufffdה</p>'
    assert plain_html(text, {}, [Stretch(0, 2)] * 66000).startswith('<p dir="rtl">')
