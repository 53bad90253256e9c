"""The glossaries of collections in the database: pairs that documents define, and pairs that people write.

Knows nothing of how definitions are found, or of who may change them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from hebrew.normalise import clean
from hebrew.terms import Pair
from hebrew.tokens import tokens
from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound, PairRefused
from indexes.glossary_line import Entry, Line, key_of, lines_of
from indexes.page import Place
from indexes.passages import pages
from indexes.record import documents

LONGEST_TERM = 80
LONGEST_MEANING = 200
"""Characters."""
MOST_OWN = 5000
"""Pairs that people may write for one collection."""

glossary = sa.Table(
    "glossary",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("collection_id", sa.ForeignKey("collections.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=True, index=True),
    sa.Column("page", sa.Integer, nullable=False),
    sa.Column("term", sa.Text, nullable=False),
    sa.Column("meaning", sa.Text, nullable=False),
    sa.Column("hidden", sa.Boolean, nullable=False),
    sa.Column("account_id", sa.String(32), nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A pair that a document defines on one of its pages."""

    term: str
    meaning: str
    page: int


class Glossaries:
    """The glossaries of all collections."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._pairs: dict[str, tuple[tuple[object, ...], tuple[Pair, ...]]] = {}

    def pairs(self, collection_id: str) -> tuple[Pair, ...]:
        """The pairs that searches in a collection use. Cheap: they are read again only after a change."""
        # What is decided anew gets a new moment, so these change with every entry that comes or goes.
        version = sa.select(sa.func.count(), sa.func.sum(glossary.c.created_at), sa.func.max(glossary.c.created_at))
        with self.engine.connect() as connection:
            current = tuple(connection.execute(_seen(version, collection_id)).one())
        kept = self._pairs.get(collection_id)
        if kept is None or kept[0] != current:
            kept = current, tuple(line.pair for line in self.lines(collection_id) if line.is_used)
            self._pairs[collection_id] = kept
        return kept[1]

    def lines(self, collection_id: str) -> list[Line]:
        """Everything in the glossary of a collection, in the order of its terms."""
        return lines_of(self._entries(collection_id))

    def store(self, document_id: str, collection_id: str, found: Iterable[Found]) -> None:
        """Replaces what was found in a document, in one transaction."""
        rows = [_row(collection_id, (one.term, one.meaning), document_id=document_id, page=one.page) for one in found]
        with writing(self.engine).begin() as connection:
            connection.execute(glossary.delete().where(glossary.c.document_id == document_id))
            if rows:
                connection.execute(glossary.insert(), rows)

    def add(self, collection_id: str, pair: Pair, account_id: str) -> str:
        """Adds a pair and returns its id. One that was found, or switched off, is switched on. Raises `PairRefused`."""
        pair = _checked(*pair)
        lines = self.lines(collection_id)
        own = [line.own for line in lines if line.own]
        if any(not entry.hidden and key_of(entry.term, entry.meaning) == key_of(*pair) for entry in own):
            raise PairRefused("known")
        if len(own) >= MOST_OWN:
            raise PairRefused("too_many")
        return self._decide(collection_id, pair, account_id, hidden=False)

    def change(self, collection_id: str, entry_id: str, pair: Pair, account_id: str) -> str:
        """Puts another pair in the place of one and returns its id. Raises `PairRefused`, `NotFound`."""
        line, pair = self._line(collection_id, entry_id), _checked(*pair)
        if key_of(*pair) == key_of(*line.pair):
            return self._decide(collection_id, pair, account_id, hidden=line.is_hidden)
        added = self.add(collection_id, pair, account_id)
        self.remove(collection_id, entry_id, account_id)
        return added

    def remove(self, collection_id: str, entry_id: str, account_id: str) -> str:
        """Takes a pair out of use: one that documents define is switched off, else it is gone. Raises `NotFound`.

        Returns the id of what is left of it, or "".
        """
        line = self._line(collection_id, entry_id)
        return self._decide(collection_id, line.pair, account_id, hidden=True, keep=bool(line.found))

    def use(self, collection_id: str, entry_id: str, account_id: str) -> str:
        """Takes a pair into use that was switched off, or in doubt, and returns its id. Raises `NotFound`."""
        return self._decide(collection_id, self._line(collection_id, entry_id).pair, account_id, hidden=False)

    def _decide(self, collection_id: str, pair: Pair, account_id: str, *, hidden: bool, keep: bool = True) -> str:
        """Writes what a person decided of a pair in place of what was decided before, or nothing; returns its id."""
        before = [
            entry.id
            for entry in self._entries(collection_id)
            if not entry.document_id and key_of(entry.term, entry.meaning) == key_of(*pair)
        ]
        row = _row(collection_id, pair, hidden=hidden, account_id=account_id)
        with writing(self.engine).begin() as connection:
            connection.execute(glossary.delete().where(glossary.c.id.in_(before)))
            if keep:
                connection.execute(glossary.insert().values(row))
        return str(row["id"]) if keep else ""

    def _line(self, collection_id: str, entry_id: str) -> Line:
        for line in self.lines(collection_id):
            if entry_id in {entry.id for entry in (*line.found, *filter(None, [line.own]))}:
                return line
        raise NotFound(f"no entry {entry_id!r} in the glossary of {collection_id!r}")

    def _entries(self, collection_id: str) -> list[Entry]:
        query = _seen(
            sa.select(glossary, documents.c.title, pages.c.kind, pages.c.label, pages.c.first_row), collection_id
        )
        with self.engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query).mappings()]


def _seen(query: sa.Select[*tuple[Any, ...]], collection_id: str) -> sa.Select[*tuple[Any, ...]]:
    """What counts in a collection: what people wrote, and what was found in documents that are searchable."""
    on_page = sa.and_(pages.c.document_id == glossary.c.document_id, pages.c.number == glossary.c.page)
    of_documents = glossary.outerjoin(documents, documents.c.id == glossary.c.document_id).outerjoin(pages, on_page)
    is_seen = sa.or_(glossary.c.document_id.is_(None), documents.c.state == "ready")
    return query.select_from(of_documents).where(glossary.c.collection_id == collection_id, is_seen)


def _entry(row: sa.RowMapping) -> Entry:
    own = {**{column.name: row[column.name] for column in glossary.columns}, "document_id": row["document_id"] or ""}
    place = Place(row["kind"], row["label"], row["first_row"]) if row["kind"] else Place()
    return Entry(**own, title=row["title"] or "", place=place)


def _row(collection_id: str, pair: Pair, **rest: object) -> dict[str, object]:
    term, meaning = pair
    own = {"document_id": None, "page": 0, "hidden": False, "account_id": "", **rest}
    return {
        "id": new_id(),
        "collection_id": collection_id,
        "term": term,
        "meaning": meaning,
        "created_at": now(),
        **own,
    }


def _checked(term: str, meaning: str) -> Pair:
    term, meaning = (" ".join(clean(side).split()) for side in (term, meaning))
    if not tokens(term) or not tokens(meaning):
        raise PairRefused("empty")
    if len(term) > LONGEST_TERM or len(meaning) > LONGEST_MEANING:
        raise PairRefused("too_long")
    if tokens(term) == tokens(meaning):
        raise PairRefused("same")
    return term, meaning
