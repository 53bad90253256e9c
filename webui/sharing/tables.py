"""The tables that are exported: the sources of a conversation, the documents of a collection. Knows no file format."""

from collections.abc import Iterable

from indexes.record import DocumentRecord
from webui.filename import visible
from webui.moment import day_text
from webui.place import place_text
from webui.sharing.snapshot import Snapshot
from webui.texts import document_texts

Row = tuple[object, ...]


def source_rows(snapshot: Snapshot) -> list[Row]:
    """A row for each source of each answer: question, number, document, place, passage."""
    rows: list[Row] = []
    question = ""
    for turn in snapshot:
        if turn.role == "user":
            question = turn.said.text
            continue
        for citation in sorted(turn.said.citations, key=lambda citation: citation.number):
            place = place_text(citation.place, citation.page, citation.quote)
            rows.append((question, citation.number, visible(citation.title), place, citation.quote))
    return rows


def document_rows(records: Iterable[DocumentRecord]) -> list[Row]:
    """A row for each document: title, file, where it came from, pages, state, day."""
    return [
        (
            record.title,
            record.filename,
            record.path,
            record.pages_total,
            document_texts.STATES.get(record.state, record.state),
            day_text(record.created_at),
        )
        for record in records
    ]
