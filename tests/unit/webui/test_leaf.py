"""A page as people see it, and which of its characters a citation means."""

import pytest

from answers.answer import Citation
from indexes.explain import Group
from indexes.page import Page, Place
from ingest.readers import draft
from webui.pages.cited import cited_on, continued_on
from webui.pages.leaf import CELL_BREAK, rows_of
from webui.pages.why import Asked, told_once

SHEET = Page(3, "שם | סכום\n\nארנונה | 1,250", place=Place("sheet", "א", 7))


def citation(quote: str, start: int, page: int = 1) -> Citation:
    return Citation(1, "c", "d", "k", "נוהל", page, Place(), start, start + len(quote), quote)


def test_rows_of_a_sheet_keep_their_numbers() -> None:
    """Row numbers are those of the sheet, also after empty rows; cells are apart."""
    assert [(row.number, row.cells) for row in rows_of(SHEET)] == [(7, ("שם", "סכום")), (9, ("ארנונה", "1,250"))]


def test_the_cited_rows_are_marked() -> None:
    """A citation marks the rows that it reaches into, and no other."""
    start = SHEET.text.index("ארנונה")
    assert [row.marked for row in rows_of(SHEET, start, len(SHEET.text))] == [False, True]
    assert [row.marked for row in rows_of(SHEET, 0, start + 1)] == [True, True]
    assert [row.marked for row in rows_of(SHEET)] == [False, False]


def test_cells_are_cut_where_readers_join_them() -> None:
    """The web knows no reader, so it has the sign between cells written down itself."""
    assert CELL_BREAK == draft.CELL_BREAK


def test_a_citation_is_found_again_after_a_new_reading() -> None:
    """Where its characters have moved the same words are looked for; where they are gone nothing is marked."""
    quote = "האגרה היא 40"
    assert cited_on(Page(1, f"א {quote}."), citation(quote, 2)) == (2, 2 + len(quote))
    assert cited_on(Page(1, f"הנה עוד: {quote}."), citation(quote, 2)) == (9, 9 + len(quote))
    assert cited_on(Page(1, "דבר אחר"), citation(quote, 2)) == (0, 0)


FOOT = "בבקשה יש לפרט את כל הנימוקים.\nההחלטה תימסר למבקש בכתב, בתוך שלושים ימים"
HEAD = "מיום שהוגשה הבקשה, בצירוף נימוקים.\nעל ההחלטה אפשר לערער."


def test_a_sentence_over_a_page_break_goes_on() -> None:
    """What is cited up to the foot of a page and does not end there goes on to the end of the sentence."""
    start, end = continued_on(Page(1, FOOT), len(FOOT), Page(2, HEAD))
    assert HEAD[start:end] == "מיום שהוגשה הבקשה, בצירוף נימוקים."


@pytest.mark.parametrize(
    ("foot", "end", "place"),
    [
        (FOOT + ".", len(FOOT) + 1, Place()),  # the sentence is over
        (FOOT, 20, Place()),  # it is cited further up
        (FOOT, 0, Place()),  # it is not on that page any more
        (FOOT, len(FOOT), Place("sheet", "א", 1)),  # the next sheet is another table
    ],
)
def test_other_citations_do_not_go_on(foot: str, end: int, place: Place) -> None:
    """The next page is marked for a sentence that runs onto it alone."""
    assert continued_on(Page(1, foot, place=place), end, Page(2, HEAD)) == (0, 0)


def test_why_tells_no_word_twice() -> None:
    """A word of the question has one line, and a word of the passage stands under the first that it answers to."""
    groups = [
        Group("ערבות", "same", ("ערבות",)),
        Group("הערבות", "prefix", ("ערבות",)),
        Group("ערבות", "ending", ("ערבויות", "ערבות")),
    ]
    assert told_once(groups) == (Asked("ערבות", (("ערבות", "same"), ("ערבויות", "ending"))),)
