"""Letters from a picture, by the program tesseract with its Hebrew data. The only place that starts it.

Knows nothing of PDF.
"""

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from PIL import Image

from hebrew.lexicon import frequency
from hebrew.normalise import clean
from hebrew.tokens import tokens
from indexes.page import Box
from ingest.clean import quality
from ingest.readers.line import Glyph, TextLine, words_of

_HEBREW = "heb"
"""Alone: with `heb+eng` Hebrew pages have three times the errors (docs/log.md)."""
_LATIN = "eng"
_COLUMNS_OF_TEXT = "3"
_SECONDS = 60
_POINTS_PER_INCH = 72

# Confidences of tesseract, 0 to 100.
_NONSENSE = 20.0
_DOUBTFUL = 70.0
_LATIN_BELIEVED = 40.0
_MANY_DOUBTFUL = 0.05
"""Share of doubtful words from which the page is read a second time for words in Latin letters."""

_LATIN_LETTERS = re.compile("[A-Za-z].*[A-Za-z]")
_NUMBER = re.compile(r"^\d+(?:[.,:/]\d+)*$")
_HEBREW_LETTERS = re.compile("[א-ת]{2}")
_FINAL_SAMEKH = re.compile(r"([א-ת][א-ת\"']*)ס(?=[^א-ת\"']*$)")
_MUCH_MORE = 20
"""How much more common a word with final mem must be to be what the page says."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A word as tesseract saw it; `line` is (block, paragraph, line), the box is in dots."""

    text: str
    box: Box
    confidence: float
    line: tuple[int, int, int]
    is_latin: bool = False


@cache
def find_tesseract() -> str | None:
    """The path of a tesseract that can read Hebrew; None where there is none. Looked for once."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    return program if _HEBREW in listed.stdout.split() else None


def recognise(tesseract: str, picture: Image.Image, dots_per_point: float) -> list[TextLine]:
    """The lines of a picture in reading order, with boxes in points; none when tesseract gives up."""
    words = [replace(word, text=_mended(word.text)) for word in _see(tesseract, picture, _HEBREW, dots_per_point)]
    many_doubtful = sum(word.confidence < _DOUBTFUL for word in words) > _MANY_DOUBTFUL * len(words)
    if many_doubtful or any(_NUMBER.search(word.text) for word in words):
        latin = _see(tesseract, picture, _LATIN, dots_per_point)
        words = _with_digits(_with_latin(words, latin) if many_doubtful else words, latin)
    return list(_lines([word for word in words if word.confidence >= _NONSENSE], 1 / dots_per_point))


def _see(tesseract: str, picture: Image.Image, language: str, dots_per_point: float) -> list[_Seen]:
    data = io.BytesIO()
    picture.convert("L").save(data, "PPM")
    dpi = str(round(_POINTS_PER_INCH * dots_per_point))
    command = [tesseract, "stdin", "stdout", "-l", language, "--dpi", dpi, "--psm", _COLUMNS_OF_TEXT, "tsv"]
    try:
        done = subprocess.run(command, input=data.getvalue(), capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return []
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [_seen(row) for row in rows if row["text"] and clean(row["text"]).strip()]


def _seen(row: dict[str, str]) -> _Seen:
    left, top, width, height = (float(row[key]) for key in ("left", "top", "width", "height"))
    return _Seen(
        text="".join(clean(row["text"]).split()),
        box=(left, top, left + width, top + height),
        confidence=float(row["conf"]),
        line=(int(row["block_num"]), int(row["par_num"]), int(row["line_num"])),
    )


def _mended(word: str) -> str:
    """The word as it was probably printed: tesseract takes most final mems for a samekh."""
    match = _FINAL_SAMEKH.search(word)
    if match is None:
        return word
    mem, samekh = (sum(map(frequency, tokens(match[1] + letter))) for letter in "םס")
    return f"{word[: match.end() - 1]}ם{word[match.end() :]}" if mem > _MUCH_MORE * samekh else word


def _with_latin(words: Sequence[_Seen], latin: Sequence[_Seen]) -> list[_Seen]:
    """Words with doubtful ones replaced by what the Latin reading has in their place."""
    believed = [word for word in latin if word.confidence >= _LATIN_BELIEVED and _LATIN_LETTERS.search(word.text)]
    used: set[Box] = set()
    merged: list[_Seen] = []
    for word in words:
        better = [each for each in believed if _same_place(word.box, each.box)] if _is_doubtful(word) else []
        merged += [replace(each, line=word.line, is_latin=True) for each in better if each.box not in used] or (
            [] if better else [word]
        )
        used.update(each.box for each in better)
    return merged


def _with_digits(words: Sequence[_Seen], latin: Sequence[_Seen]) -> list[_Seen]:
    """Numbers as the Latin reading has them where it saw more digits: the Hebrew one loses some, and is sure of it."""
    numbers = [word for word in latin if word.confidence >= _DOUBTFUL and _NUMBER.search(word.text)]
    merged = []
    for word in words:
        same = [each for each in numbers if _same_place(word.box, each.box)] if _NUMBER.search(word.text) else []
        lost = len(same) == 1 and len(word.text) < len(same[0].text) and same[0].text.strip(".,:").endswith(word.text)
        merged.append(replace(word, text=same[0].text) if lost else word)
    return merged


def _is_doubtful(word: _Seen) -> bool:
    known = _HEBREW_LETTERS.search(word.text) is not None and quality(word.text) == 1
    return word.confidence < _DOUBTFUL and not known


def _same_place(first: Box, second: Box) -> bool:
    """Whether the smaller box lies half or more in the other."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (first, second))
    return width > 0 and height > 0 and width * height > smaller / 2


def _lines(words: Sequence[_Seen], points: float) -> Iterator[TextLine]:
    last_paragraph = None
    for (block, paragraph, _), group in groupby(words, key=lambda word: word.line):
        glyphs: list[Glyph] = []
        for is_latin, run in groupby(group, key=lambda word: word.is_latin):
            # Tesseract takes the line for Hebrew and gives what stands in it from right to left.
            for word in sorted(run, key=lambda word: word.box[0]) if is_latin else run:
                left, top, right, bottom = (points * edge for edge in word.box)
                glyphs += [Glyph(" ", None)] * bool(glyphs) + [Glyph(word.text, (left, top, right, bottom))]
        opens = (block, paragraph) != last_paragraph
        last_paragraph = block, paragraph
        yield TextLine("".join(glyph.text for glyph in glyphs), words_of(glyphs), opens=opens)
