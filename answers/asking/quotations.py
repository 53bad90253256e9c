"""Sentences of documents quoted one after the other, each with its mark and its citation."""

import re

from answers.answer import Citation
from answers.citing.citations import cite, on_page
from hebrew.normalise import clean
from indexes.chunk import Chunk

_DOCUMENT_MARK = re.compile(r"\[(\d+)\]")


class Quotations:
    """The quotations of one answer, numbered in the order in which they are asked for."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []

    def quote(self, chunk: Chunk, start: int, end: int) -> str:
        """Characters `start` to `end` of the text of a chunk as one line, with the mark of its citation."""
        span, quote = on_page(chunk, start, end)
        self.citations.append(cite(len(self.citations) + 1, chunk, span, quote))
        # A footnote mark of the document would pass for one of ours.
        text = _DOCUMENT_MARK.sub(r"(\1)", " ".join(clean(quote).split()))
        return f"{text} [{len(self.citations)}]"
