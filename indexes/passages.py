"""The contents of documents in the database: pages with their words, and chunks. Knows nothing of search."""

import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from indexes.chunk import Chunk, Span
from indexes.database import metadata, writing
from indexes.errors import NotFound
from indexes.page import Kind, Page, Place, Word
from indexes.record import documents

pages = sa.Table(
    "pages",
    metadata,
    sa.Column("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("first_row", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("words", sa.LargeBinary, nullable=False),
    sa.Column("width", sa.Float, nullable=False),
    sa.Column("height", sa.Float, nullable=False),
    sa.Column("came_from_ocr", sa.Boolean, nullable=False),
    sa.Column("quality", sa.Float, nullable=False),
    sa.Column("warnings", sa.Text, nullable=False),
)

chunks = sa.Table(
    "chunks",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("collection_id", sa.String(32), nullable=False, index=True),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("heading_path", sa.Text, nullable=False),
    sa.Column("spans", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("table_header", sa.Text, nullable=False),
)


def _pack(words: Sequence[Word]) -> bytes:
    rows = [(w.start, w.end, *(round(side, 2) for side in w.box)) for w in words]
    return zlib.compress(json.dumps(rows).encode())


def _unpack(packed: bytes) -> tuple[Word, ...]:
    return tuple(Word(row[0], row[1], (row[2], row[3], row[4], row[5])) for row in json.loads(zlib.decompress(packed)))


def _chunk(row: sa.RowMapping) -> Chunk:
    spans = tuple(Span(page, start, end, Place(*place)) for page, start, end, *place in json.loads(row["spans"]))
    path = tuple(json.loads(row["heading_path"]))
    named = {name: row[name] for name in ("id", "document_id", "collection_id", "title", "text", "table_header")}
    return Chunk(heading_path=path, spans=spans, **named)


def _span(span: Span) -> tuple[int | str, ...]:
    return span.page, span.start, span.end, span.place.kind, span.place.label, span.place.row


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a document was read: how many pages it has, how many are scans, and the numbers of those with a warning.

    `warned` has the codes of `Page.warnings`, in the order in which they first occur; the page numbers ascend. `kind`
    is what most of the pages are to people, and `places` how many different ones of that kind there are: a large sheet
    takes several pages.
    """

    pages: int
    scanned: int
    warned: Mapping[str, tuple[int, ...]]
    kind: Kind = "page"
    places: int = 0


class Passages:
    """Pages and chunks of documents in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def store(self, document_id: str, new_pages: Sequence[Page], new_chunks: Sequence[Chunk]) -> None:
        """Replaces everything stored of a document, in one transaction."""
        with writing(self.engine).begin() as connection:
            for table in (pages, chunks):
                connection.execute(table.delete().where(table.c.document_id == document_id))
            if new_pages:
                connection.execute(
                    pages.insert(),
                    [
                        {
                            "document_id": document_id,
                            "number": page.number,
                            "kind": page.place.kind,
                            "label": page.place.label,
                            "first_row": page.place.row,
                            "text": page.text,
                            "words": _pack(page.words),
                            "width": page.width,
                            "height": page.height,
                            "came_from_ocr": page.came_from_ocr,
                            "quality": page.quality,
                            "warnings": json.dumps(page.warnings),
                        }
                        for page in new_pages
                    ],
                )
            if new_chunks:
                connection.execute(
                    chunks.insert(),
                    [
                        {
                            "id": chunk.id,
                            "document_id": document_id,
                            "collection_id": chunk.collection_id,
                            "ordinal": ordinal,
                            "title": chunk.title,
                            "text": chunk.text,
                            "heading_path": json.dumps(chunk.heading_path, ensure_ascii=False),
                            "spans": json.dumps([_span(span) for span in chunk.spans], ensure_ascii=False),
                            "table_header": chunk.table_header,
                        }
                        for ordinal, chunk in enumerate(new_chunks)
                    ],
                )

    def page(self, document_id: str, number: int) -> Page:
        """One page with its words. Raises `NotFound`."""
        query = sa.select(pages).where(pages.c.document_id == document_id, pages.c.number == number)
        with self.engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(f"no page {number} in document {document_id!r}")
        return Page(
            number=row["number"],
            text=row["text"],
            place=Place(row["kind"], row["label"], row["first_row"]),
            words=_unpack(row["words"]),
            width=row["width"],
            height=row["height"],
            came_from_ocr=row["came_from_ocr"],
            quality=row["quality"],
            warnings=tuple(json.loads(row["warnings"])),
        )

    def text(self, document_id: str, number: int) -> str:
        """The text of a page, "" when there is no such page."""
        query = sa.select(pages.c.text).where(pages.c.document_id == document_id, pages.c.number == number)
        with self.engine.connect() as connection:
            return connection.execute(query).scalar() or ""

    def page_count(self, document_id: str) -> int:
        """How many pages of a document are stored."""
        with self.engine.connect() as connection:
            query = sa.select(sa.func.count()).select_from(pages).where(pages.c.document_id == document_id)
            return int(connection.execute(query).scalar_one())

    def quality(self, document_id: str) -> Quality:
        """How well the pages of a document were read."""
        columns = pages.c.number, pages.c.came_from_ocr, pages.c.warnings, pages.c.kind, pages.c.label
        query = sa.select(*columns)
        with self.engine.connect() as connection:
            rows = connection.execute(query.where(pages.c.document_id == document_id).order_by(pages.c.number)).all()
        warned: dict[str, tuple[int, ...]] = {}
        for row in rows:
            for code in json.loads(row.warnings):
                warned[code] = (*warned.get(code, ()), row.number)
        kinds = Counter(row.kind for row in rows).most_common(1)
        if not kinds:
            return Quality(0, 0, warned)
        (kind, count), labels = kinds[0], {(row.kind, row.label) for row in rows}
        places = sum(each == kind for each, _ in labels) if kind == "sheet" else count
        return Quality(len(rows), sum(row.came_from_ocr for row in rows), warned, kind, places)

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks of those ids; an id that is not stored is left out."""
        with self.engine.connect() as connection:
            rows = connection.execute(sa.select(chunks).where(chunks.c.id.in_(list(ids)))).mappings()
            return {row["id"]: _chunk(row) for row in rows}

    def chunks_of_document(self, document_id: str) -> list[Chunk]:
        """The chunks of a document, in order."""
        query = sa.select(chunks).where(chunks.c.document_id == document_id).order_by(chunks.c.ordinal)
        with self.engine.connect() as connection:
            return [_chunk(row) for row in connection.execute(query).mappings()]

    def ready_documents(self, collection_id: str) -> list[str]:
        """The ids of the searchable documents of a collection, to rebuild its index from."""
        query = sa.select(documents.c.id).where(
            documents.c.collection_id == collection_id, documents.c.state == "ready"
        )
        with self.engine.connect() as connection:
            return list(connection.execute(query.order_by(documents.c.created_at)).scalars())

    def titles(self, collection_ids: Sequence[str]) -> dict[str, str]:
        """The searchable documents of those collections, the latest first: id -> title."""
        query = sa.select(documents.c.id, documents.c.title).where(
            documents.c.collection_id.in_(list(collection_ids)), documents.c.state == "ready"
        )
        with self.engine.connect() as connection:
            return {row.id: row.title for row in connection.execute(query.order_by(documents.c.created_at.desc()))}
