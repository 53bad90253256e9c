"""What is set apart in a text, as HTML. How it then stands on the screen is for `tests/e2e/test_gallery.py`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from webui.screen.isolation import direction, isolated, isolated_name
from webui.texts.language import speaking

LETTERS = "אב1 23aZ.,:;!?()[]{}\"'<>&-+–/\\%@#$₪*^=_\n\u00a0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++ היא שפת תכנות", "rtl"),
        ("This whole paragraph is in English.", "ltr"),
        ("ראו https://example.org/a/long/address/of/letters", "rtl"),
        ("https://example.org/", "ltr"),
        ("1,250.50", "rtl"),
        ("", "rtl"),
    ],
)
def test_direction_of_a_block(text: str, expected: str) -> None:
    """A block is Hebrew when it holds Hebrew words beside its addresses; one without letters follows the page."""
    assert direction(text) == expected


def test_a_block_without_letters_follows_the_language_of_the_page() -> None:
    """A date alone stands at the side where the page begins."""
    with speaking("en"):
        assert direction("3.5.2026") == "ltr"


@pytest.mark.parametrize(
    "number", ["03-1234567", "+972-50-1234567", "12/05/2024", "14:30", "20%-30%", "a.b@c-d.example", "C++", "3.8 MB"]
)
def test_numbers_and_addresses_are_kept_in_one_piece(number: str) -> None:
    """Phone numbers, dates, ranges and mail addresses are isolated, so that they neither flip nor break."""
    assert isolated(f"לפי {number} כאן") == f'לפי <bdi dir="ltr">{number}</bdi> כאן'


@pytest.mark.parametrize("prefix", ["ב-", "ל־", "מ-", "("])
def test_a_prefix_stays_outside(prefix: str) -> None:
    """The hyphen after a Hebrew prefix is no sign of what follows it."""
    assert isolated(f"{prefix}C++") == f'{prefix}<bdi dir="ltr">C++</bdi>'
    assert isolated(f"{prefix}5:30") == f'{prefix}<bdi dir="ltr">5:30</bdi>'


@pytest.mark.parametrize("plain", ["בשנת 2023", "3.11 שקלים", "1,250.50 מטר", "Excel ו-PDF", "הנחה של 20%"])
def test_what_stands_right_is_left_alone(plain: str) -> None:
    """Numbers and words that the algorithm shows as they should be get no element."""
    assert isolated(plain) == plain


def test_latin_words_beside_a_piece_belong_to_it() -> None:
    """An element between two Latin words would turn their order around."""
    assert isolated("עם Visual C++ 2022 Redistributable בלבד") == (
        'עם <bdi dir="ltr" class="long">Visual C++ 2022 Redistributable</bdi> בלבד'
    )


@pytest.mark.parametrize("amount", ["1,500 ₪", "49₪", "0.50\u00a0₪", "-7 ₪", "5–6 ₪"])
def test_an_amount_keeps_its_sign(amount: str) -> None:
    """The sign of the shekel stays beside its number, at the left of it, and does not begin a line."""
    sign = amount.lstrip("-–,.0123456789")
    number = amount.removesuffix(sign)
    assert isolated(f"מחיר {amount}.") == f'מחיר <bdi dir="rtl"><bdi dir="ltr">{number}</bdi>{sign}</bdi>.'


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("(ראו https://example.org/a/).", "https://example.org/a/"),
        ("www.gov.il, טפסים", "www.gov.il"),
        ("https://site.org/a_(b) כאן", "https://site.org/a_(b)"),
        ("נתיב C:\\דוחות\\א.txt!", "C:\\דוחות\\א.txt"),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(text: str, address: str) -> None:
    """A full stop, a comma and a bracket too many are the sentence's."""
    assert f'<bdi dir="ltr">{address}</bdi>' in isolated(text)


@given(st.text(st.sampled_from(LETTERS), max_size=60))
def test_no_letter_is_lost_or_becomes_markup(text: str) -> None:
    """Whatever is written, its letters come out in their order, and only our own elements around them."""
    drawn = html.fragment_fromstring(f"<div>{isolated(text)}</div>")
    assert "".join(drawn.itertext()) == text
    assert {element.tag for element in drawn.iterdescendants()} <= {"bdi"}


@pytest.mark.parametrize(
    ("name", "side"), [("פרוטוקול מליאה 41.docx", "rtl"), ("(draft) plan.docx", "ltr"), ("C++ מדריך למתחילים", "rtl")]
)
def test_a_name_has_the_direction_of_its_letters(name: str, side: str) -> None:
    """Not that of its first letter, which may be Latin in a Hebrew name."""
    assert isolated_name(name).startswith(f'<bdi dir="{side}">')


def test_a_name_is_escaped() -> None:
    """A file can be called anything."""
    assert isolated_name("<b>א</b>") == '<bdi dir="rtl">&lt;b&gt;א&lt;/b&gt;</bdi>'
