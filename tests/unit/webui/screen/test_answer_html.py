import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from webui.screen.answer_html import Mark, answer_html, direction, isolated, plain_html

TEXT, TABLE = (
    {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "hr"},
    {"table", "thead", "tbody", "tr", "th", "td"},
)
OURS = TEXT | TABLE | {"strong", "em", "code", "pre", "br", "bdi", "a"}
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
        allowed = {"href", "class", "title", "dir"} if element.tag == "a" else {"dir", "start", "class"}
        assert set(element.attrib) <= allowed


@given(st.text(st.sampled_from("אב1 \n`#|-:*>a"), max_size=80))
def test_an_answer_is_one_line(text: str) -> None:
    """A line break would let Gradio's own Markdown begin in the middle."""
    assert "\n" not in answer_html(text, MARKS)


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++ היא שפת תכנות", "rtl"),
        ("This whole paragraph is in English.", "ltr"),
        ("1,250.50", "rtl"),
        ("", "rtl"),
    ],
)
def test_direction_of_a_block(text: str, expected: str) -> None:
    """A block is Hebrew when it holds Hebrew words; one without letters follows the page."""
    assert direction(text) == expected


def test_each_block_carries_its_own_direction() -> None:
    """An English paragraph, and an English item of a list, are left to right inside a Hebrew answer."""
    drawn = answer_html("שלום לכם\n\nHello there.\n\n- ראשון\n- second item", {})
    assert re.findall(r'<(\w+) dir="(\w+)"', drawn) == [
        ("p", "rtl"), ("p", "ltr"), ("ul", "rtl"), ("li", "rtl"), ("li", "ltr"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "number", ["03-1234567", "+972-50-1234567", "12/05/2024", "14:30", "1,250.50", "17.5%", "a.b@c-d.example", "C++"]
)
def test_numbers_and_addresses_are_kept_in_one_piece(number: str) -> None:
    """Phone numbers, dates, amounts and mail addresses are isolated, so that they neither flip nor break."""
    assert isolated(f"לפי {number} כאן") == f'לפי <bdi dir="ltr">{number}</bdi> כאן'


@pytest.mark.parametrize("amount", ["1,500 ₪", "49₪", "0.50\u00a0₪"])
def test_an_amount_keeps_its_sign(amount: str) -> None:
    """The sign of the shekel stays beside its number, at the left of it, and does not begin a line."""
    assert isolated(f"מחיר {amount}.") == f'מחיר <bdi dir="rtl">{amount}</bdi>.'


def test_plain_text_is_word_for_word() -> None:
    """A quotation keeps characters that Markdown would take for its own, and its marks lead to their sources."""
    drawn = plain_html("1. *סעיף* <ב> [1]", MARKS)
    assert drawn.startswith('<p dir="rtl">1. *סעיף* &lt;ב&gt;<a class="cite" dir="ltr" href="/view/t/1"')
