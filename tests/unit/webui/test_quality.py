"""How well documents were read, in words."""

from dataclasses import replace

import sqlalchemy as sa

from answers.answer import Answer
from indexes.catalogue import Catalogue
from indexes.page import Page
from indexes.passages import Passages, Quality
from tests.web_parts import citation_of
from webui.quality import doubtful_pages, mark, notes, page_marks, verdict, warning_lines
from webui.texts import document_texts
from webui.turn import StoredTurn


def test_a_scan_that_was_read_well_is_good() -> None:
    """Where a text comes from is no doubt about it; what makes it poor says more than what makes it doubtful."""
    assert verdict(()) == "good"
    assert verdict(("read_from_scan",)) == "good"
    assert verdict(("unmapped_characters",)) == "doubtful"
    assert verdict(("read_from_scan", "unmapped_characters", "low_quality")) == "poor"


def test_a_citation_of_a_doubtful_page_is_marked() -> None:
    """Low quality says more than a scan, and a page that was read well has no mark."""
    assert mark(()) == ""
    assert mark(("read_from_scan",)) == document_texts.MARKS["scanned"]
    assert mark(("read_from_scan", "low_quality")) == document_texts.MARKS["low"]
    assert mark(("a_new_code",)) == document_texts.MARKS["low"]


def test_every_warning_is_explained_once() -> None:
    """A code without a sentence of its own has the general one, and the same sentence stands there once."""
    assert notes(("low_quality", "new", "newer")) == (
        document_texts.PAGE_NOTES["low_quality"],
        document_texts.PAGE_NOTE_UNKNOWN,
    )


def test_warnings_of_a_document_name_their_pages() -> None:
    """Each kind once, with its pages; after eight of them the others are only hinted at."""
    quality = Quality(20, 20, {"read_from_scan": tuple(range(1, 21)), "low_quality": tuple(range(1, 11)), "new": (4,)})
    low, other = warning_lines(quality)
    assert low == document_texts.WARNING_PAGES.format(
        warning=document_texts.WARNINGS["low_quality"], pages="1, 2, 3, 4, 5, 6, 7, 8…"
    )
    assert other == document_texts.WARNING_PAGES.format(warning=document_texts.WARNING_UNKNOWN, pages="4")


def test_pages_worth_a_look_are_not_all_scans() -> None:
    """A document of scans is not a list of all its pages; the doubtful ones come in order, once each."""
    quality = Quality(
        9, 9, {"read_from_scan": tuple(range(1, 10)), "low_quality": (7, 8), "unmapped_characters": (2, 7)}
    )
    assert doubtful_pages(quality) == [2, 7, 8]


def test_only_cited_pages_that_were_not_read_well_are_marked(engine: sa.Engine) -> None:
    """Each cited page is looked up once; good pages, pages nobody cited and documents that are gone have no mark."""
    catalogue, passages = Catalogue(engine), Passages(engine)
    collection = catalogue.collection_named("a")
    record = catalogue.add_document("d", collection.id, "d.pdf", "sha", 1)
    warned = {2: ("read_from_scan",), 3: ("low_quality",), 4: ("low_quality",)}
    passages.store("d", [Page(number, "x", warnings=warned.get(number, ())) for number in range(1, 5)], [])
    cited = [replace(citation_of(record), number=page, page=page) for page in (1, 2, 3)]
    gone = replace(cited[0], document_id="gone")
    turn = StoredTurn("t", "c", "assistant", 0.0, Answer("", (*cited, gone), finished=True))
    assert page_marks(passages, [turn]) == {
        ("d", 2): document_texts.MARKS["scanned"],
        ("d", 3): document_texts.MARKS["low"],
    }
