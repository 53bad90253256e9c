"""Formulas of an answer as MathML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from webui.screen.answer_html import answer_html
from webui.screen.math_html import math_html


@pytest.mark.parametrize(
    ("formula", "drawn"),
    [
        ("$x^2$", "<msup><mi>x</mi><mn>2</mn></msup>"),
        ("$a_1^n$", "<msubsup><mi>a</mi><mn>1</mn><mi>n</mi></msubsup>"),
        (r"\(\sqrt{2} \approx 1.41\)", "<msqrt><mrow><mn>2</mn></mrow></msqrt><mo>≈</mo><mn>1.41</mn>"),
        (r"$\frac{\alpha}{2}=1$", "<mfrac><mrow><mi>α</mi></mrow><mrow><mn>2</mn></mrow></mfrac><mo>=</mo><mn>1</mn>"),
        ("$a<b=1$", "<mi>a</mi><mo>&lt;</mo><mi>b</mi><mo>=</mo><mn>1</mn>"),
    ],
)
def test_what_answers_need_is_drawn(formula: str, drawn: str) -> None:
    """Powers, indices, roots, fractions and Greek letters become elements, from left to right."""
    assert math_html(formula) == f'<math dir="ltr"><mrow>{drawn}</mrow></math>'


def test_a_formula_on_its_own_is_a_block() -> None:
    """Signs for a formula on a line of its own make one."""
    assert math_html(r"\[x=1\]").startswith('<math dir="ltr" display="block">')


@pytest.mark.parametrize("formula", [r"$\begin{matrix}a=1\end{matrix}$", "$x^$", r"\(\frac{1}\)", "${" * 40 + "=$"])
def test_what_is_not_known_stays_letters(formula: str) -> None:
    """A formula that cannot be drawn is shown as it was written, from left to right."""
    assert math_html(formula).startswith('<span class="math" dir="ltr">')


@pytest.mark.parametrize("text", ["עולה $5 או $10 ליום", "מחיר $100 = זול$", r"הקובץ C:\(ישן\)", "בין 5$ ל-10$"])
def test_money_and_hebrew_are_no_formulas(text: str) -> None:
    """A dollar sign beside a number is an amount, and Hebrew words are words."""
    drawn = answer_html(text, {})
    assert "<math" not in drawn
    assert 'class="math"' not in drawn


@given(st.text(st.sampled_from("ab12{}^_\\\\frac$ <&="), max_size=60))
def test_whatever_the_formula_is_it_is_safe(text: str) -> None:
    """Only elements of MathML come out, and it never fails."""
    drawn = html.fragment_fromstring(math_html(f"${text}$"), create_parent="div")
    tags = {element.tag for element in drawn.iterdescendants()}
    assert tags <= {"math", "mrow", "mi", "mn", "mo", "mfrac", "msqrt", "msup", "msub", "msubsup", "mspace", "span"}
