import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from webui.screen.answer_html import Mark, answer_html, plain_html
from webui.texts import talk_texts

TEXT, TABLE = (
    {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr"},
    {"table", "thead", "tbody", "tr", "th", "td"},
)
OURS = TEXT | TABLE | {"strong", "em", "code", "pre", "br", "bdi", "a", "div", "span", "button"}
MARKS = {1: Mark("/view/t/1", "נוהל, עמוד 2"), 2: Mark("/view/t/2", 'תקנון "א", עמוד 3')}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "![תמונה](http://192.0.2.1/a.png)",
        "![תמונה][1]\n\n[1]: http://192.0.2.1/a.png",
        "[קישור](http://192.0.2.1/)",
        "<http://192.0.2.1/>",
        "[קישור](javascript:alert(1))",
        "שורה\n\n<iframe src='//192.0.2.1'></iframe>\n\nשורה",
    ],
)
def test_html_images_and_links_stay_letters(text: str) -> None:
    """What would load, run or lead somewhere else is shown as it was written."""
    drawn = html.fragment_fromstring(answer_html(text, {}), create_parent="div")
    assert {element.tag for element in drawn.iterdescendants()} <= OURS - {"a"}


@given(st.text(st.sampled_from("אב1 \n[]()!<>*_`#|-:\"'&;/a\\~"), max_size=80))
def test_no_text_makes_a_tag_or_an_attribute_that_is_not_ours(text: str) -> None:
    """Whatever the letters are, only our tags come out, with a direction, a list's start and nothing else."""
    drawn = html.fragment_fromstring(answer_html(text, MARKS), create_parent="div")
    for element in drawn.iterdescendants():
        assert element.tag in OURS
        allowed = {
            "a": {"href", "class", "title", "dir"},
            "div": {"dir", "class", "role", "tabindex", "aria-label"},
            "button": {"type", "data-act", "aria-label"},
            "pre": {"dir", "tabindex"},
        }
        assert set(element.attrib) <= allowed.get(element.tag, {"dir", "start", "class"})


@given(st.text(st.sampled_from("אב1 \n`#|-:*>a$\\"), max_size=80), st.booleans())
def test_a_block_is_one_line(text: str, growing: bool) -> None:
    """A blank line in a block would let Gradio's own Markdown begin in its middle; each line is elements as a whole."""
    for line in filter(None, answer_html(text, MARKS, growing=growing).split("\n\n")):
        assert "\n" not in line
        assert re.match("<(?:p|h[3-6]|ul|ol|blockquote|div|hr)[ >]", line)


def test_complete_blocks_stay_as_they_are_while_an_answer_grows() -> None:
    """What was drawn of complete paragraphs and items is the same to the letter when more follows."""
    text = "פסקה [1].\n\n1. ראשון\n2. שני\n3. שלישי\n\n- עוד"
    whole = answer_html(text, MARKS, growing=True).split("\n\n")
    before = answer_html(text[: text.index("שלישי") + 2], MARKS, growing=True).split("\n\n")
    assert before[:3] == whole[:3]
    assert whole[2] == '<ol dir="rtl" class="part" start="2">&#10;<li dir="rtl">שני</li>&#10;</ol>'
    assert answer_html(text, MARKS).count("<ol") == 1


def test_tables_and_code_have_a_frame_to_move_in() -> None:
    """Both can be reached by keyboard, have a name or say their language, and code has a button that copies it."""
    drawn = html.fragment_fromstring(answer_html("|א|\n|-|\n|1|\n\n```sql\nselect <1>\n```", {}), create_parent="div")
    (frame,) = drawn.find_class("wide")
    assert (frame.get("tabindex"), frame.get("role"), frame.get("aria-label")) == ("0", "group", talk_texts.TABLE)
    (code,) = drawn.find_class("code")
    assert (code.find("pre").get("dir"), code.find("pre").text_content()) == ("ltr", "select <1>\n")
    assert code.find("div/span").text == "sql"
    assert code.find("div/button").get("data-act") == "copy-code"


def test_a_mark_becomes_a_link_where_its_citation_exists() -> None:
    """`[1]` leads to its source without the blank before it; a number without a citation stays as it is."""
    drawn = answer_html("המועד הוא מחר [1]. ראו [7].", MARKS)
    link = '<a class="cite" dir="ltr" href="/view/t/1" title="נוהל, עמוד 2">1</a>'
    assert drawn == f'<p dir="rtl">המועד הוא מחר{link}. ראו [7].</p>'


def test_the_label_of_a_mark_is_escaped() -> None:
    """A title with quotation marks does not end the attribute."""
    assert 'title="תקנון &quot;א&quot;, עמוד 3"' in answer_html("כן [2]", MARKS)


def test_marks_inside_code_are_left_alone() -> None:
    """An index in code is no citation."""
    assert "<code>a[1]</code>" in answer_html("כך: `a[1]`", MARKS)


def test_each_block_carries_its_own_direction() -> None:
    """An English paragraph, and an English item of a list, are left to right inside a Hebrew answer."""
    drawn = answer_html("שלום לכם\n\nHello there.\n\n- ראשון\n- second item", {})
    assert re.findall(r'<(\w+) dir="(\w+)"', drawn) == [
        ("p", "rtl"), ("p", "ltr"), ("ul", "rtl"), ("li", "rtl"), ("li", "ltr"),
    ]  # fmt: skip


def test_plain_text_is_word_for_word() -> None:
    """A quotation keeps characters that Markdown would take for its own, and its marks lead to their sources."""
    drawn = plain_html("1. *סעיף* <ב> [1]", MARKS)
    assert drawn.startswith('<p dir="rtl">1. *סעיף* &lt;ב&gt;<a class="cite" dir="ltr" href="/view/t/1"')
