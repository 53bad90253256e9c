"""Citation marks in an answer become citations: the passage, its page, and the sentences that say the same.

Knows the sources that were in the prompt, and no server. Every mark left in the text is the number of one citation; a
mark that is not the number of a source is removed, counted and logged.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace

from answers.answer import Citation
from answers.citing.evidence import supporting_span
from answers.citing.marks import Found, next_mark, opened
from hebrew.normalise import clean
from hebrew.sentences import sentences
from indexes.chunk import Chunk, Hit, Span

_log = logging.getLogger(__name__)

_OUR_MARK = re.compile(r"\s*\[\d+\]")
_REACH = 800
"""Characters before a mark in which its sentence is looked for."""
_REMOVED = "\u2026"
"""Put where a mark was removed inside of brackets, so that what is left in them is no mark itself."""


class CitedText:
    """An answer on its way in, over the sources of its prompt.

    Marks are numbered anew in the order of reading: a mark that points at another sentence of a source is another
    citation. What is shown only ever grows, never ends with half a mark, and does not depend on how the text was cut
    into pieces. Each piece is read once.
    """

    def __init__(self, sources: Sequence[Hit]) -> None:
        self._sources = sources
        self._forget()

    def _forget(self) -> None:
        self._written, self._pending, self._shown = "", "", ""
        self._citations: dict[tuple[str, Span], Citation] = {}
        self.dropped = 0
        """How many numbers were removed because the prompt had no such source."""

    def resolve(self, text: str, *, finished: bool) -> tuple[str, tuple[Citation, ...]]:
        """The text to show for what was written so far, and its citations.

        Where `text` does not begin with what it was last time (it turned out to be thoughts), it is read anew.
        """
        if not text.startswith(self._written):
            self._forget()
        if text.endswith("\r") and not finished:  # perhaps half of a line end
            text = text[:-1]
        self._pending += clean(text[len(self._written) :])
        self._written = text
        self._settle(finished)
        return self._shown.rstrip() if finished else self._shown, tuple(self._citations.values())

    def _settle(self, finished: bool) -> None:
        pending, read = self._pending, 0
        while True:
            found, plain = next_mark(pending, read, finished=finished)
            before = pending[read:plain].rstrip()
            if found is None:
                break
            self._shown += before
            blanks = pending[read + len(before) : plain]
            if marks := self._marks(found):
                self._shown += blanks + marks
                read = found.end
            else:
                self._shown += _REMOVED if opened(self._shown) < len(self._shown) else ""
                pending, read = (blanks if "\n" in blanks else "") + pending[found.end :], 0
        if plain < len(pending):
            before = before[: opened(before)].rstrip()
        self._shown += before
        self._pending = "" if finished else pending[read + len(before) :]

    def _marks(self, found: Found) -> str:
        """The marks to show for one that was written; each cites what says the same as the sentence before it."""
        known = range(1, len(self._sources) + 1)
        outside = [each for each in found.ranges if each[0] not in known or each[1] not in known]
        if outside:
            self.dropped += len(outside)
            _log.warning("removed citation marks %s: the prompt had %d sources", outside, len(self._sources))
        numbers = [number for low, high in found.ranges for number in known[max(0, low - 1) : high]]
        statement = _last_sentence(_OUR_MARK.sub("", self._shown[-_REACH:])) if numbers else ""
        return "".join(dict.fromkeys(f"[{self._cited(number, statement)}]" for number in numbers))

    def _cited(self, source: int, statement: str) -> int:
        """The number of the citation of a source for a statement, a new one where there is none yet."""
        chunk = self._sources[source - 1].chunk
        span, quote = on_page(chunk, *supporting_span(chunk.text, statement))
        new = cite(len(self._citations) + 1, chunk, span, quote)
        return self._citations.setdefault((chunk.id, span), new).number


def on_page(chunk: Chunk, start: int, end: int) -> tuple[Span, str]:
    """Where characters `start` to `end` of the text of a chunk stand, without the blanks around them, and the quote.

    What goes over a page break is cut at the end of the page on which it begins.
    """
    start += len(chunk.text[start:end]) - len(chunk.text[start:end].lstrip())
    offset = 0
    for span in chunk.spans:
        following = offset + span.end - span.start
        if start < following:
            break
        offset = following
    quote = chunk.text[start : min(end, following)].rstrip()
    first = span.start + start - offset
    return Span(span.page, first, first + len(quote), span.place.after(chunk.text[offset:start])), quote


def cite(number: int, chunk: Chunk, span: Span, quote: str) -> Citation:
    """The citation of a quote that stands at `span` of a chunk; where there are no pages, its heading is the place."""
    place = span.place
    if place.kind == "text" and not place.label and chunk.heading_path:
        place = replace(place, label=chunk.heading_path[-1])
    return Citation(
        number=number, chunk_id=chunk.id, document_id=chunk.document_id, collection_id=chunk.collection_id,
        title=chunk.title, page=span.page, place=place, start=span.start, end=span.end, quote=quote,
    )  # fmt: skip


def _last_sentence(text: str) -> str:
    text = text.strip()
    return text[slice(*sentences(text)[-1])] if text else ""
