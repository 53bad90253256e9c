"""A paper as a PDF, right to left, with the fonts that ship with Darash. Knows pages, not letters.

Letters stand in the file in the order of the screen, as in all Hebrew PDF; `stream` sees to it that they are read back.
"""

from fpdf import FPDF

from hebrew.bidi import Direction
from webui.sharing.letters import POINT, Letters
from webui.sharing.lines import Line, lines_of
from webui.sharing.paper import Block, Grid, Kind, Paper, Run
from webui.sharing.stream import strips

SIZES: dict[Kind, float] = {"title": 18, "question": 12.5, "heading": 10.5, "lead": 9, "note": 9.5, "code": 9.5}
SIZE = 11.0
BOLD: tuple[Kind, ...] = ("title", "question", "heading")
INK, QUIET, ACCENT, LINE, RAISED = (28, 35, 39), (88, 99, 106), (15, 95, 102), (200, 198, 190), (239, 237, 230)
COLOURS: dict[Kind, tuple[int, int, int]] = {
    "title": ACCENT, "question": ACCENT, "heading": QUIET, "lead": QUIET, "note": QUIET,
}  # fmt: skip
MARGIN, STEP, GAP, PADDING = 20.0, 7.0, 2.2, 1.6
"""Millimetres: around the page, of lists in lists, between paragraphs, inside the cells of tables."""
LEADING, BASELINE = 1.5, 0.7
"""Of a line: its height in sizes of its letters, and where in it they stand."""
MOST_COLUMNS = 40


def pdf_file(paper: Paper) -> bytes:
    """The bytes of the file."""
    sheet = _Sheet(paper.title)
    for block in paper.blocks:
        if isinstance(block, Grid):
            sheet.write_table(block)
        else:
            sheet.write(block)
    return bytes(sheet.pdf.output())


class _Sheet:
    """The page that is being written, from its top to its bottom. Lengths are in millimetres."""

    def __init__(self, title: str) -> None:
        self.pdf = FPDF(format="A4")
        self.pdf.set_auto_page_break(False)
        self.pdf.set_title(title)
        self.pdf.set_lang("he")
        self.pdf.set_draw_color(LINE)
        self.pdf.set_fill_color(RAISED)
        self.letters = Letters(self.pdf, SIZE)
        self.colour = INK
        self.right, self.bottom, self.y = self.pdf.w - MARGIN, self.pdf.h - MARGIN, MARGIN
        self._turn_page()

    def write(self, block: Block) -> None:
        """A paragraph, from where the page stands, over as many pages as it takes."""
        self._take(SIZES.get(block.kind, SIZE), COLOURS.get(block.kind, INK))
        indent = block.depth * STEP + (STEP if block.kind in ("item", "source", "quote") else 0)
        left, right = (MARGIN, self.right - indent) if block.direction == "rtl" else (MARGIN + indent, self.right)
        runs = [Run(run.text, run.bold or block.kind in BOLD) for run in block.runs]
        lines = lines_of(runs, block.direction, right - left, self.letters)
        self.y += GAP * 2 if block.kind == "question" else 0
        follows = 3 if block.kind in ("question", "heading", "source") else 0  # lines that stay with what follows
        self._need(self._leading * (min(2, len(lines)) + follows))
        for number, line in enumerate(lines):
            self._need(self._leading)
            if block.kind == "code":
                self.pdf.rect(MARGIN, self.y, self.right - MARGIN, self._leading, style="F")
            if block.kind == "quote":
                bar = right + STEP / 3 if block.direction == "rtl" else left - STEP / 3
                self.pdf.line(bar, self.y, bar, self.y + self._leading)
            if number == 0 and block.sign:
                sign = lines_of([Run(block.sign, block.kind == "source")], block.direction, STEP * 4, self.letters)
                self._draw(sign[0], block.direction, left - STEP, right + STEP)
            self._draw(line, block.direction, left, right)
            self.y += self._leading
        self.y += GAP

    def write_table(self, grid: Grid) -> None:
        """A table with columns of equal width, the first one at the side where its lines begin."""
        self._take(SIZE - 1, INK)
        columns = min(MOST_COLUMNS, max(map(len, grid.rows), default=1))
        width = (self.right - MARGIN) / columns
        for number, row in enumerate(grid.rows):
            bold = number == 0
            # What is too much for the width of a page stands together in the last column.
            shown = [*row[: columns - 1], tuple(run for cell in row[columns - 1 :] for run in (*cell, Run(" ")))]
            cells = [
                lines_of(
                    [Run(run.text, run.bold or bold) for run in cell], grid.direction, width - 2 * PADDING, self.letters
                )
                for cell in shown
            ]
            while any(cells):
                cells = self._write_row(cells, width, grid.direction, "DF" if bold else "D")
        self.y += GAP * 2

    def _write_row(self, cells: list[list[Line]], width: float, direction: Direction, style: str) -> list[list[Line]]:
        """As much of a row as the page holds; returns the lines that are left of each cell."""
        most = max(map(len, cells))
        self._need(min(most, 3) * self._leading + 2 * PADDING)
        fitting = max(1, int((self.bottom - self.y - 2 * PADDING) / self._leading))
        height = min(most, fitting) * self._leading + 2 * PADDING
        top = self.y
        for column, lines in enumerate(cells):
            left = self.right - (column + 1) * width if direction == "rtl" else MARGIN + column * width
            self.pdf.rect(left, top, width, height, style=style)
            self.y = top + PADDING
            for line in lines[:fitting]:
                self._draw(line, direction, left + PADDING, left + width - PADDING)
                self.y += self._leading
        self.y = top + height
        return [lines[fitting:] for lines in cells]

    def _draw(self, line: Line, direction: Direction, left: float, right: float) -> None:
        """A line between two edges, beginning at the side where its direction begins."""
        x = right - sum(piece.width for piece in line) if direction == "rtl" else left
        for strip in strips(line, direction, self.letters):
            self.letters.show(strip, x, self.y + self._leading * BASELINE, self.colour)

    def _take(self, size: float, colour: tuple[int, int, int]) -> None:
        self.letters.size, self.colour = size, colour

    @property
    def _leading(self) -> float:
        return self.letters.size * POINT * LEADING

    def _need(self, height: float) -> None:
        if self.y + height > self.bottom and self.y > MARGIN:
            self._turn_page()

    def _turn_page(self) -> None:
        """A new page, with its number below it where it is not the first."""
        self.pdf.add_page()
        if self.pdf.page > 1:
            size, colour, self.y = self.letters.size, self.colour, self.bottom + MARGIN / 3
            self._take(SIZES["lead"], QUIET)
            [number] = lines_of([Run(str(self.pdf.page))], "ltr", MARGIN, self.letters)
            self._draw(number, "ltr", self.pdf.w / 2, self.right)
            self._take(size, colour)
        self.y = MARGIN
