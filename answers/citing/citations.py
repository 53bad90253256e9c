"""Citation marks in an answer become citations: the passage, its page, and the sentences that say the same.

Knows the sources that were in the prompt, and no server. Every mark left in the text is the number of one citation; a
mark that is not the number of a source is removed and logged.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from answers.answer import Citation
from answers.citing.evidence import supporting_span
from hebrew.normalise import clean
from hebrew.sentences import sentences
from indexes.chunk import Chunk, Hit, Span

_log = logging.getLogger(__name__)

_OPEN, _CLOSE, _BETWEEN = r"[\[\uff3b\u3010]", r"[\]\uff3d\u3011]", r"[ \t,;\u060c\uff0c\u2013-]{1,3}"
_SOURCE = "(?:\u05de\u05e7\u05d5\u05e8(?:\u05d5\u05ea)? ?)?"
"""The Hebrew word for source, or sources: models write it in front of the number."""
_MARK = re.compile(rf"(\s*){_OPEN} ?{_SOURCE}(\d{{1,3}}(?:{_BETWEEN}\d{{1,3}}){{0,9}}) ?{_CLOSE}")
_NUMBERS = re.compile(r"(\d+)(?:[ \t]*[\u2013-][ \t]*(\d+))?")
_UNSETTLED = re.compile(rf"\s*(?:{_OPEN}[^\]\uff3d\u3011\n]{{0,80}})?$")
"""The end of a text that may yet turn out to be a mark; 80 characters are more than the longest mark has."""
_HALF_MARK = re.compile(rf"\s*{_OPEN} ?{_SOURCE}\d[\d \t,;\u2013-]*$")
_OUR_MARK = re.compile(r"\s*\[\d+\]")
_REACH = 800
"""Characters before a mark in which its sentence is looked for."""


class CitedText:
    """An answer on its way in, over the sources of its prompt.

    Marks are numbered anew in the order of reading: a mark that points at another sentence of a source is another
    citation. What is shown only ever grows, and never ends with half a mark.
    """

    def __init__(self, sources: Sequence[Hit]) -> None:
        self._sources = sources
        self._written = ""
        self._settled = ""
        self._read = 0
        self._citations: dict[tuple[str, Span], Citation] = {}

    def resolve(self, text: str, *, finished: bool) -> tuple[str, tuple[Citation, ...]]:
        """The text to show for what was written so far, and its citations.

        Where `text` does not begin with what it was last time (it turned out to be thoughts), it is read anew.
        """
        text = clean(text)
        if not text.startswith(self._written):
            self._settled, self._read = "", 0
            self._citations.clear()
        self._written = text
        for match in _MARK.finditer(text, self._read):
            self._settled += text[self._read : match.start()]
            marks = "".join(f"[{number}]" for number in self._numbers(match[2]))
            self._settled += match[1] + marks if marks else ""
            if self._settled.endswith("["):  # what follows a removed mark must not become one with it
                self._settled += " "
            self._read = match.end()
        rest = (_HALF_MARK if finished else _UNSETTLED).sub("", text[self._read :])
        shown = self._settled + rest
        return shown.rstrip() if finished else shown, tuple(self._citations.values())

    def _numbers(self, marked: str) -> list[int]:
        statement = _last_sentence(_OUR_MARK.sub("", self._settled[-_REACH:]))
        known = [source for source in _sources_of(marked) if 1 <= source <= len(self._sources)]
        if len(known) < len(list(_sources_of(marked))):
            _log.warning("removed citation mark [%s]: the prompt had %d sources", marked, len(self._sources))
        numbers = []
        for source in known:
            chunk = self._sources[source - 1].chunk
            span, quote = on_page(chunk, *supporting_span(chunk.text, statement))
            new = cite(len(self._citations) + 1, chunk, span, quote)
            numbers.append(self._citations.setdefault((chunk.id, span), new).number)
        return list(dict.fromkeys(numbers))


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


def _sources_of(marked: str) -> Iterator[int]:
    """The source numbers in a mark; `1-3` is three of them."""
    for first, last in _NUMBERS.findall(marked):
        yield from range(int(first), int(last or first) + 1)
