"""Headings of a PDF without an outline."""

from ingest.readers.line import TextLine, assemble
from ingest.readers.pdf.headings import headings_of


def found(*lines: TextLine) -> list[tuple[int, str]]:
    """Level and text of the headings of one page."""
    return [(each.level, each.text) for each in headings_of([], [lines], [assemble(lines)])]


def line(text: str, size: float = 12.0, bold: bool = False, table: int = 0) -> TextLine:
    """A line of a page."""
    return TextLine(text, (), size, table=table, bold=bold)


def test_larger_letters_make_headings() -> None:
    """The largest are the outermost; sentences and body text are none."""
    body = line("זהו גוף הטקסט והוא ארוך מכל הכותרות שבעמוד הזה.")
    assert found(line("נוהל", 20), body, line("סעיף א", 15), body) == [(1, "נוהל"), (2, "סעיף א")]


def test_bold_lines_above_text_make_headings() -> None:
    """Many documents mark headings by bold letters alone; the last line and a row of a table are none."""
    body = line("זהו גוף הטקסט והוא ארוך מכל הכותרות שבעמוד הזה.")
    page = [line("סעיף א", bold=True), body, line("שם | סכום", bold=True, table=1), body, line("בברכה", bold=True)]
    assert found(*page) == [(1, "סעיף א")]
