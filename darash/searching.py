"""The command that searches: passages as the search ranks them, without an answer."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from darash.terminal import explained, log_to_terminal, plain, plain_json
from hebrew.keyboard import retyped
from indexes.chunk import Hit
from indexes.errors import NotFound
from indexes.explain import Match, explain, grouped
from indexes.searcher import Searcher
from indexes.settings import IndexSettings
from indexes.share import shares
from indexes.storage import Storage, open_search, open_storage
from webui.place import source_text
from webui.texts import glossary_texts
from webui.texts.hebrew.texts import LIST_COMMA, READ_AS

_LONGEST = 400
"""Characters of a passage that are printed."""


def search(
    question: str,
    collection: Annotated[str, typer.Option(help="Search in this collection alone")] = "",
    limit: Annotated[int, typer.Option(min=1, max=100, help="Passages, at most")] = 5,
    why: Annotated[bool, typer.Option("--explain", help="Say why each passage was found")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON")] = False,
) -> None:
    """Show the passages that a question finds, best first, and why."""
    log_to_terminal()
    with explained():
        storage = open_storage(IndexSettings())
        searcher, collection_ids = open_search(storage), _collections(storage, collection)
        meant = retyped(question)
        hits = searcher.search(collection_ids, meant or question, limit)
        matches = [_matches(searcher, meant or question, hit) for hit in hits]
    if meant and not as_json:
        print(READ_AS.format(text=meant), file=sys.stderr)
    if as_json:
        found = [_as_json(hit, words) for hit, words in zip(hits, matches, strict=True)]
        print(plain_json(json.dumps(found, ensure_ascii=False, indent=2)))
    else:
        print(*map(plain, _lines(hits, matches if why else [])), sep="\n")


def _collections(storage: Storage, name: str) -> list[str]:
    """The ids of the collections to search: all, or the one of that name. Raises `NotFound`."""
    every = storage.catalogue.collections()
    chosen = [collection.id for collection in every if name in ("", collection.name)]
    if name and not chosen:
        names = ", ".join(collection.name for collection in every)
        raise NotFound(f"no collection {name!r}; there are: {names}")
    return chosen


def _matches(searcher: Searcher, question: str, hit: Hit) -> tuple[Match, ...]:
    return explain(question, searcher.terms(hit.chunk.collection_id, question), hit.chunk)


def _as_json(hit: Hit, matches: tuple[Match, ...]) -> dict[str, object]:
    return {**asdict(hit), "place": _place(hit), "matches": [asdict(match) for match in matches]}


def _place(hit: Hit) -> str:
    span = hit.chunk.spans[0]
    return source_text(hit.chunk.title, span.place, span.page)


def _lines(hits: list[Hit], matches: list[tuple[Match, ...]]) -> Iterator[str]:
    if not hits:
        yield glossary_texts.SEARCH_NOTHING
    for number, hit in enumerate(hits, start=1):
        yield f"{number}. {_place(hit)} ({glossary_texts.SEARCH_SCORE.format(score=f'{hit.score:.2f}')})"
        text = " ".join(hit.chunk.text.split())
        yield f"   {text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}"
        if matches:
            yield from (f"   {line}" for line in (*_words(matches[number - 1]), *_parts(hit)))
        yield ""


def _words(matches: tuple[Match, ...]) -> Iterator[str]:
    """A line for each word of the question and form in which it was found."""
    yield f"{glossary_texts.WHY_WORDS}:" if matches else glossary_texts.WHY_NO_WORDS
    for group in grouped(matches):
        found = LIST_COMMA.join(group.found)
        how = glossary_texts.FORMS[group.how]
        yield "  " + glossary_texts.SEARCH_LINE.format(asked=group.asked, found=found, how=how)


def _parts(hit: Hit) -> Iterator[str]:
    """A line for each part of the score, with its share."""
    yield f"{glossary_texts.WHY_SCORE}:"
    for share in shares(hit.parts):
        said = {"name": glossary_texts.PARTS.get(share.name, share.name), "value": f"{share.value:.2f}"}
        if share.of_score is None:
            yield "  " + glossary_texts.SEARCH_PART_ALONE.format(**said)
        else:
            yield "  " + glossary_texts.SEARCH_PART.format(share=round(100 * share.of_score), **said)
