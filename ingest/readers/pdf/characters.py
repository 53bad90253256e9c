"""The characters of a PDF page with the places they take, as PDFium gives them. Knows nothing of lines or words.

A page has thousands of characters and every question to PDFium costs, so each is asked for its code, its text object
and its box, all in one go (`codes.py`); what a whole text object shares is asked for once (`runs.py`). Only on a page
with points there is more to ask (`glyphs.py`).
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium

from ingest.readers.pdf.character import BULLET, UNKNOWN, Character
from ingest.readers.pdf.codes import codes_of
from ingest.readers.pdf.facing import face_as_drawn
from ingest.readers.pdf.frame import Frame
from ingest.readers.pdf.glyphs import Glyphs
from ingest.readers.pdf.runs import BLANKS, PRIVATE, Run, Runs

_ASCENT, _DESCENT = 0.72, 0.22
"""What a line asks for above and below the baseline, in ems, when the font does not say more."""
_SMALLEST = 0.1
_BRACKETS = frozenset(map(ord, "()[]"))


@dataclass(frozen=True, slots=True)
class PageCharacters:
    """The characters of a page by the quarter turns (clockwise, of the file's own coordinates) that set them upright.

    Of all its characters, `unmapped` is the share (0..1) for which the file does not say which letters they are, and
    `invisible` the share that is not drawn: the letters that an OCR program laid over the picture of a page.
    `brackets_told` says that each bracket faces the way it is drawn.
    """

    by_turns: dict[int, list[Character]]
    unmapped: float
    invisible: float = 0.0
    brackets_told: bool = False


def page_characters(page: pdfium.PdfPage) -> PageCharacters:
    """All characters of a page except slanted ones, such as those of a watermark."""
    frames = page_frames(page)
    text_page = page.get_textpage()
    try:
        reading = _Reading(text_page, frames)
        reading.read()
        told = [
            face_as_drawn(text_page, indices, characters, frames[turns])
            for turns, (indices, characters) in reading.upright.items()
            if not _BRACKETS.isdisjoint(reading.page.codes)
        ]
        if any(unicodedata.combining(chr(code)) for code in set(reading.page.codes)):
            glyphs = Glyphs(page, text_page, reading.page.objects)
            for turns, (indices, characters) in reading.upright.items():
                characters[:] = glyphs.whole(indices, characters, frames[turns])
    finally:
        text_page.close()
    by_turns = {turns: characters for turns, (_, characters) in reading.upright.items()}
    seen = max(reading.seen, 1)
    return PageCharacters(by_turns, reading.unmapped / seen, reading.invisible / seen, bool(told) and all(told))


def page_frames(page: pdfium.PdfPage) -> list[Frame]:
    """The four frames of a page, by quarter turns."""
    left, bottom, right, top = page.get_bbox()
    return [Frame(left, bottom, right, top, turns) for turns in range(4)]


class _Reading:
    """One pass over the characters of a text page, text object by text object."""

    def __init__(self, text_page: pdfium.PdfTextPage, frames: Sequence[Frame]) -> None:
        self.page = codes_of(text_page)
        self.runs = Runs(text_page, frames)
        self.edges: dict[int, list[list[float]]] = {}
        self.upright: dict[int, tuple[list[int], list[Character]]] = {}
        self.word = self.written = 0
        self.private_word = -1
        self.seen = self.unmapped = self.invisible = 0

    def read(self) -> None:
        """Places the characters of the page in `upright`: by quarter turns, the numbers that PDFium gives them too."""
        for address, indices in groupby(range(len(self.page.codes)), key=self.page.objects.__getitem__):
            if address is None:
                self.word += sum(chr(self.page.codes[index]).isspace() for index in indices)
            else:
                self._read_run(address, indices)

    def _read_run(self, address: int, indices: Iterable[int]) -> None:
        codes, widths, run = self.page.codes, self.page.widths, None
        texts: list[tuple[int, str, int, int]] = []
        for index in indices:
            code = codes[index]
            if code in BLANKS:  # it has a width where it is drawn, and none where PDFium takes a gap for one
                self.word += 1
                self.written += widths[index] > 0
                continue
            run = run or self.runs.run(address, index)
            text = run.letters.get(code) or self._odd(index, code, run)
            if text:
                texts.append((index, text, self.word, self.written))
        if run:
            self.seen += len(texts)
            self.invisible += len(texts) * run.invisible
            if run.frame:
                self._place(texts, run, run.frame)

    def _odd(self, index: int, code: int, run: Run) -> str:
        """The text of a code that is no letter of its font; of codes that only fonts know, the first is a bullet."""
        text = self.runs.learn(index, code, run)
        self.word += text == " "
        if text == PRIVATE:
            text = UNKNOWN if self.word == self.private_word else BULLET
            self.private_word = self.word
        self.unmapped += text == UNKNOWN
        return text.strip()

    def _place(self, texts: Iterable[tuple[int, str, int, int]], run: Run, frame: Frame) -> None:
        size = max(run.size, _SMALLEST)
        if frame.turns not in self.edges:
            left, top, right, bottom = self.page.boxes.T
            self.edges[frame.turns] = [edge.tolist() for edge in frame.place_box(left, bottom, right, top)]
        lefts, tops, rights, bottoms = self.edges[frame.turns]
        numbers, characters = self.upright.setdefault(frame.turns, ([], []))
        for index, text, word, written in texts:
            baseline = run.baseline if run.level else self.runs.baseline(index, frame)
            top, bottom, em = tops[index], bottoms[index], size
            if bottom - top > 2 * size:  # fonts made of drawings have sizes that mean nothing
                em = bottom - top
            highest, lowest = baseline - _ASCENT * em, baseline + _DESCENT * em
            top, bottom = highest if highest < top else top, lowest if lowest > bottom else bottom
            numbers.append(index)
            characters.append(
                Character(text, lefts[index], rights[index], top, bottom, baseline, em, word, written, run.bold)
            )
