import pytest
import sqlalchemy as sa

from indexes.catalogue import Catalogue
from indexes.chunk import Chunk, Span
from indexes.errors import NotFound
from indexes.jobs import Jobs
from indexes.page import Page, Place, Word
from indexes.passages import Passages, Quality

WORDS = (Word(0, 4, (1.25, 2, 3, 4.5)), Word(5, 9, (5, 6, 7, 8)))
PAGES = (
    Page(1, "שלום עולם\n", Place("page", "א"), WORDS, 595, 842, False, 0.9),
    Page(2, "סריקה\n", came_from_ocr=True, quality=0.4, warnings=("low_quality", "x")),
)


def chunk(ordinal: int, text: str, spans: tuple[Span, ...], path: tuple[str, ...] = ()) -> Chunk:
    return Chunk(f"d1-{ordinal}", "d1", "c1", "כותרת", path, spans, text)


CHUNKS = [
    chunk(0, "שלום", (Span(1, 0, 4),), ("פרק", 'עם "גרשיים"')),
    chunk(1, "עולם\nסריקה", (Span(1, 5, 10), Span(2, 0, 5))),
]


@pytest.fixture
def passages(engine: sa.Engine) -> Passages:
    catalogue = Catalogue(engine)
    collection = catalogue.collection_named("א")
    catalogue.add_document("d1", collection.id, "a.pdf", "s", 1)
    return Passages(engine)


def test_what_is_stored_comes_back(passages: Passages) -> None:
    """Pages with words, labels and warnings, and chunks with paths and spans, are what they were."""
    passages.store("d1", PAGES, CHUNKS)
    assert [passages.page("d1", number) for number in (1, 2)] == list(PAGES)
    assert passages.page_count("d1") == 2
    assert passages.quality("d1") == Quality(2, 1, {"low_quality": (2,), "x": (2,)}, "page", 2)
    assert passages.chunks_of_document("d1") == CHUNKS
    assert passages.chunks(["d1-1", "unknown"]) == {"d1-1": CHUNKS[1]}


def test_places_and_header_rows_come_back(passages: Passages) -> None:
    """The sheet and row of a page and of a passage, and the header row of its table, are what they were."""
    place = Place("sheet", 'גיליון "א"', 201)
    page = Page(1, "א | 1\nב | 2\n", place)
    passage = Chunk(
        "d1-0", "d1", "c1", "כותרת", (), (Span(1, 6, 11, place.after(page.text[:6])),), "ב | 2", "שם | מספר"
    )
    passages.store("d1", [page], [passage])
    assert passages.page("d1", 1) == page
    assert passages.chunks_of_document("d1") == [passage]
    assert passage.spans[0].place.row == 202


def test_storing_again_replaces_everything(passages: Passages) -> None:
    """A document that is read again has only what was read last."""
    passages.store("d1", PAGES, CHUNKS)
    passages.store("d1", PAGES[:1], CHUNKS[:1])
    assert passages.page_count("d1") == 1
    assert passages.chunks_of_document("d1") == CHUNKS[:1]
    with pytest.raises(NotFound):
        passages.page("d1", 2)


def test_a_document_that_is_gone_cannot_get_pages(passages: Passages) -> None:
    """A worker that was overtaken by a deletion stores nothing, not even half."""
    with pytest.raises(sa.exc.IntegrityError):
        passages.store("gone", PAGES, CHUNKS)
    assert passages.page_count("gone") == 0


def test_a_failing_store_changes_nothing(passages: Passages) -> None:
    """Pages and chunks change together or not at all."""
    passages.store("d1", PAGES, CHUNKS)
    with pytest.raises(sa.exc.IntegrityError):
        passages.store("d1", PAGES[:1], [CHUNKS[0], CHUNKS[0]])
    assert passages.page_count("d1") == 2
    assert passages.chunks_of_document("d1") == CHUNKS


def test_forgetting_removes_pages_and_chunks(passages: Passages, engine: sa.Engine) -> None:
    """With the row of a document goes everything that was stored of it."""
    passages.store("d1", PAGES, CHUNKS)
    Jobs(engine).forget("d1")
    assert passages.page_count("d1") == 0
    assert passages.chunks_of_document("d1") == []


def test_ready_documents_are_those_an_index_is_made_from(passages: Passages, engine: sa.Engine) -> None:
    """Documents on their way are not in the list; finished ones are."""
    jobs, collection = Jobs(engine), Catalogue(engine).collection_named("א")
    assert passages.ready_documents(collection.id) == []
    jobs.claim("w")
    jobs.finish("d1", "w", "ready")
    assert passages.ready_documents(collection.id) == ["d1"]
