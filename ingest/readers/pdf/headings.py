"""Headings of a PDF: those of its outline, found again on the pages, else the lines in larger or bold letters.

Knows nothing of PDFium or pypdf.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from hebrew.letters import is_hebrew
from hebrew.normalise import normalise
from ingest.document import Heading
from ingest.readers.line import Assembled, TextLine
from ingest.readers.pdf.structure import OutlineEntry

_LARGER = 1.15
_LONGEST, _MOST_LINES = 120, 3
_LONGEST_TITLE = 200
_FEWEST_LETTERS = 2
_MOST_LEVELS = 3
_ENOUGH_ENTRIES = 2
_SIGNS = re.compile(r"[\W_]+")


def headings_of(
    outline: Sequence[OutlineEntry], pages: Sequence[Sequence[TextLine]], assembled: Sequence[Assembled]
) -> tuple[Heading, ...]:
    """Headings in order of place; `pages` are the lines of each page, `assembled` their texts.

    An outline of one entry is the title of the document, so the lines tell more.
    """
    printed = _printed(pages, assembled)
    if len(outline) >= _ENOUGH_ENTRIES or not printed:
        found = [_located(entry, pages, assembled) for entry in outline if entry.page <= len(pages)]
        return tuple(sorted(found, key=lambda heading: (heading.page, heading.start)))
    return printed


def title_of(outline: Sequence[OutlineEntry], headings: Sequence[Heading]) -> str:
    """The title as the pages show it: the outermost heading, in Hebrew if any is, of the first page with headings."""
    first = min(headings, key=_rank, default=None)
    if first is None:
        return outline[0].text if outline else ""
    return first.text[:_LONGEST_TITLE]


def _rank(heading: Heading) -> tuple[int, bool, int]:
    return heading.page, not any(map(is_hebrew, heading.text)), heading.level


def _located(entry: OutlineEntry, pages: Sequence[Sequence[TextLine]], assembled: Sequence[Assembled]) -> Heading:
    """The heading of an outline entry at the line that shows it, else at the top of its page."""
    wanted = _SIGNS.sub("", normalise(entry.text))
    shown = [_SIGNS.sub("", normalise(line.text)) for line in pages[entry.page - 1]]
    whole = [index for index, text in enumerate(shown) if wanted and text.startswith(wanted)]
    broken = [index for index, text in enumerate(shown) if wanted.startswith(text) and 2 * len(text) > len(wanted)]
    starts = [assembled[entry.page - 1].starts[index] for index in (*whole, *broken)]
    return Heading(entry.page, starts[0] if starts else 0, entry.level, entry.text)


def _printed(pages: Sequence[Sequence[TextLine]], assembled: Sequence[Assembled]) -> tuple[Heading, ...]:
    """The lines in larger letters, and those in bold ones that stand above others."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[_rounded(line.size)] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    found: list[tuple[int, int, float, str]] = []
    for number, (lines, page) in enumerate(zip(pages, assembled, strict=True), start=1):
        placed = [each for each in zip(lines, page.starts, strict=True) if not each[0].table]
        runs = [list(group) for _, group in groupby(placed, key=lambda each: (_rounded(each[0].size), each[0].bold))]
        for run, following in zip(runs, [*runs[1:], []], strict=False):
            size, bold = _rounded(run[0][0].size), run[0][0].bold
            text = " ".join(line.text for line, _ in run)
            stands_out = size >= _LARGER * body or (bold and following and _rounded(following[0][0].size) <= size)
            if body and stands_out and len(run) <= _MOST_LINES and _reads_as_heading(text):
                found.append((number, run[0][1], size, text))
    largest = sorted({size for _, _, size, _ in found}, reverse=True)
    return tuple(
        Heading(number, start, min(largest.index(size) + 1, _MOST_LEVELS), text) for number, start, size, text in found
    )


def _reads_as_heading(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return len(text) <= _LONGEST and letters >= _FEWEST_LETTERS and not text.endswith(".")


def _rounded(size: float) -> float:
    return round(2 * size) / 2
