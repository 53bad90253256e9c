"""A page of paper as it was read, from a PDF or from a picture, and what can be said of its quality.

Knows nothing of how it was read.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from indexes.page import Page, Place
from ingest.quality import LOW_QUALITY
from ingest.readers.line import Assembled, TextLine
from ingest.readers.running import running_lines


@dataclass(frozen=True, slots=True)
class Leaf:
    """Lines in reading order, running lines among them; width and height in points.

    `real` is the share of the text that looks real (`ingest.quality`), `confidence` how sure our OCR is of its letters,
    `unmapped` the share of characters that no letter is known for. `turns` is by how many quarter turns, clockwise, the
    picture has to be turned for people.
    """

    lines: list[TextLine]
    width: float = 0.0
    height: float = 0.0
    real: float = 1.0
    came_from_ocr: bool = False
    confidence: float | None = None
    unmapped: float = 0.0
    turns: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def worth(self) -> float:
        """How likely (0..1) what was read is to be what stands on the page.

        Of what was recognised, it is the geometric mean of what looks real and the confidence: good scans have over
        0.8, print of the 19th century 0.55 to 0.75 (docs/log.md).
        """
        real = self.real * (1 - self.unmapped)
        return real if self.confidence is None else math.sqrt(real * self.confidence)

    def page(self, number: int, assembled: Assembled, label: str = "") -> Page:
        """The page with what is left of its lines."""
        scanned = ("read_from_scan",) if self.came_from_ocr else ()
        poor = ("low_quality",) if assembled.text and self.worth < LOW_QUALITY else ()
        return Page(
            number=number,
            text=assembled.text,
            place=Place("page", label),
            words=assembled.words,
            width=self.width,
            height=self.height,
            came_from_ocr=self.came_from_ocr,
            quality=round(self.worth, 3),
            warnings=(*self.warnings, *scanned, *poor),
        )


def text_of(lines: Sequence[TextLine]) -> str:
    """The text of lines, each on its own."""
    return "\n".join(line.text for line in lines)


def without_running_lines(leaves: Sequence[Leaf]) -> list[list[TextLine]]:
    """The lines of each page that are not running headers, running footers or page numbers."""
    pages = [leaf.lines for leaf in leaves]
    return [
        [line for index, line in enumerate(lines) if index not in running]
        for lines, running in zip(pages, running_lines(pages), strict=True)
    ]
