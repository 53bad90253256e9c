"""The pieces of a passage that may be quoted: its sentences, list items and table rows, each with what stands over it.

A sentence that says little alone comes with what it leads to: a question with its answer, a colon with its list. A
heading is no piece, it stands over what follows. Knows no question.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hebrew.sentences import begins_item, sentences
from indexes.chunk import Chunk

CELL_BREAK = " | "
_SHORTEST = 4
"""Words; a sentence of fewer ("Yes.") is quoted with the one after it."""
_LONGEST_HEADING = 10
_MUCH_LONGER = 3
"""How many times as many words as a title the line below it has, where nothing else sets it apart."""
_LONGEST_LIST = 60
"""Words of a list that is quoted with the line that leads to it; what is longer, item by item."""
_OVER_CLAUSE = re.compile(r"[ \t]*\(?\d+[^\W\d_]?[.)][ \t]+[^\n]*\n\s*\d+\.\d")
"""A line with a number, over one with a number below it: 5 over 5.1."""
_TRAIL = re.compile(r"(?:[^>\n]+>){3}")
"""The way to a page of a website, from its front page on."""
_UNDERLINE = re.compile(r"\n[-=_]{3,}[ \t]*(?:\n|$)")
_ENDS = (".", "!", ";", "?", ":", ",", "|")
_CLOSING = "\"')]\u05f4\u201d"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of the text of a passage; `over` is the heading or the line that leads to it."""

    start: int
    end: int
    over: str = ""


def pieces(chunk: Chunk) -> list[Piece]:
    """The pieces, in order; they may overlap. A passage of headings alone is one piece."""
    spans = [(start, end) for start, end in sentences(chunk.text) if _says_something(chunk.text[start:end])]
    return list(_pieces(chunk, spans)) or [Piece(0, len(chunk.text))]


def is_row(text: str) -> bool:
    """Whether a piece is a row of a table."""
    return CELL_BREAK in text.split("\n", 1)[0]


def _says_something(text: str) -> bool:
    """Whether there is a letter or a digit; in a row, in two cells: with one it is a line of a form to be filled in.

    The way to a page says nothing of what stands there.
    """
    if _TRAIL.match(text):
        return False
    least = 2 if is_row(text) else 1
    return sum(any(map(str.isalnum, cell)) for cell in text.split(CELL_BREAK.strip())) >= least


def _pieces(chunk: Chunk, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    text, headings = chunk.text, [f" {_flat(each)} " for each in (chunk.title, *chunk.heading_path)]
    over = lead = ""
    for at, (start, end) in enumerate(spans):
        said = text[start:end]
        if _is_heading(text, start, end, headings):
            over, lead = said, ""
            continue
        if not (begins_item(said) or is_row(said)):
            lead = ""
        last = at + _leads(text, spans[at:])
        yield Piece(start, spans[last][1], f"{over} {lead}".strip())
        if said.rstrip().endswith(":"):
            lead = said


def _leads(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """How many of the sentences after the first of these belong to it."""
    first, others = text[slice(*spans[0])], spans[1:]
    said = first.rstrip()
    if not others:
        return 0
    if said.endswith(":"):
        count, words = 0, len(said.split())
        for start, end in others:
            words += len(text[start:end].split())
            is_part = begins_item(text[start:end]) or (is_row(text[start:end]) and is_row(text[slice(*others[0])]))
            if count and not (is_part and words <= _LONGEST_LIST):
                break
            count += 1
        return count
    is_short = len(said.split()) < _SHORTEST and not is_row(first) and "\n" not in first[len(said) :]
    return int(said.endswith("?") or is_short)


def _is_heading(text: str, start: int, end: int, headings: Sequence[str]) -> bool:
    """Whether it is a heading of the passage, or a short line without an end that is set apart.

    By blank lines, an underline, being much shorter than the line below, or the number of a clause below its own.
    """
    end_of_line = _end_of_line(text, start)
    line, is_underlined = text[text.rfind("\n", 0, start) + 1 : end_of_line], _UNDERLINE.match(text, end_of_line)
    said = (line if is_underlined else text[start:end]).rstrip()
    if any(f" {_flat(line)} " in heading for heading in headings):
        return True
    is_after_blank = not text[:start].strip() or text[:start].rstrip(" ").endswith("\n\n")
    is_over_blank = text.count("\n", start + len(said), end) > 1
    is_short = len(said.split()) <= _LONGEST_HEADING and ": " not in said and not is_row(said)
    below = text[end : _end_of_line(text, end)].split()
    is_title = end_of_line < end and len(said.split()) < min(_SHORTEST, len(below) / _MUCH_LONGER)
    is_over_clause = end_of_line < end and _OVER_CLAUSE.match(text, start)
    is_set_apart = is_underlined or is_title or is_over_clause or (is_after_blank and is_over_blank)
    return bool(is_set_apart) and is_short and not said.rstrip(_CLOSING).endswith(_ENDS)


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _flat(text: str) -> str:
    return " ".join(text.split())
