"""What a PDF says about itself: title, page labels, outline. The only caller of pypdf.

All of it is optional: a file that pypdf cannot make sense of has no structure, and is read all the same.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from hebrew.mojibake import is_mojibake, repair_mojibake
from hebrew.normalise import clean

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every oddity of a file, page by page

_BROKEN = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""pypdf meets broken files with whatever its code runs into; RecursionError, for one, is a RuntimeError."""

_MADE_BY_PROGRAM = re.compile(
    r"(?:slide|page|untitled|document|presentation|שקופית|שקף|עמוד|דף|מסמך|מצגת)(?: *\d+| של powerpoint)?|"
    r"microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|pptx?|xlsx?|odt|odp|pdf|indd)",
    re.IGNORECASE,
)
_DEEPEST = 6
_MOST_ENTRIES = 5000


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """An entry of the outline ("bookmarks"): `page` counts from 1, `level` 1 is the outermost."""

    page: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Structure:
    """The title that a person gave, or ""; the printed number of each page, or ""; the outline, in its order."""

    title: str = ""
    labels: tuple[str, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()


def read_structure(path: Path) -> Structure:
    """The structure of a file; parts of it that are broken or encrypted are empty."""
    try:
        reader = pypdf.PdfReader(path)
    except _BROKEN:
        return Structure()
    with reader:
        return Structure(_title(reader), _labels(reader), _outline(reader))


def _title(reader: pypdf.PdfReader) -> str:
    try:
        title = _readable(str(reader.metadata.title or "")) if reader.metadata else ""
    except _BROKEN:
        return ""
    return title if any("א" <= letter <= "ת" for letter in title) and not _MADE_BY_PROGRAM.fullmatch(title) else ""


def _labels(reader: pypdf.PdfReader) -> tuple[str, ...]:
    """Labels where they say more than the number of the page."""
    try:
        labels = reader.page_labels if "/PageLabels" in reader.root_object else []
    except _BROKEN:
        return ()
    return tuple("" if label == str(number) else label for number, label in enumerate(labels, start=1))


def _outline(reader: pypdf.PdfReader) -> tuple[OutlineEntry, ...]:
    try:
        return tuple(_entries(reader, reader.outline, 1))[:_MOST_ENTRIES]
    except _BROKEN:
        return ()


def _entries(reader: pypdf.PdfReader, items: Iterable[Any], level: int) -> Iterator[OutlineEntry]:
    for item in items:
        if isinstance(item, list):
            if level < _DEEPEST:
                yield from _entries(reader, item, level + 1)
            continue
        text = _readable(str(item.title or ""))
        page = reader.get_destination_page_number(item)
        if text and page is not None and page >= 0 and not _MADE_BY_PROGRAM.fullmatch(text):
            yield OutlineEntry(page + 1, level, text)


def _readable(text: str) -> str:
    text = " ".join(clean(text).split())
    return repair_mojibake(text) if is_mojibake(text) else text
