"""Grids that lines draw on a page, and in which of their rows and cells a point lies. Knows nothing of text."""

from bisect import bisect_right
from dataclasses import dataclass

from ingest.readers.pdf.rulings import TOUCH, Ruling, Rulings

_FEWEST_LEVEL, _FEWEST_UPRIGHT = 2, 3
"""Lines of a grid of two columns."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Level and upright lines that meet, in points of a frame, each in order of place; some reach only a part."""

    level: tuple[Ruling, ...]
    upright: tuple[Ruling, ...]

    @property
    def left(self) -> float:
        """The left edge."""
        return self.upright[0].place

    @property
    def right(self) -> float:
        """The right edge."""
        return self.upright[-1].place

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.level[0].place

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the grid."""
        return self.left <= x <= self.right and self.top <= y <= self.level[-1].place

    def row(self, x: float, y: float) -> float:
        """The row of the cell in which a point lies, by its upper edge: that of the first row when it spans several."""
        edges = [line.place for line in self.level if _reaches(line, x)]
        return edges[bisect_right(edges, y) - 1] if edges else self.top

    def borders(self, y: float) -> list[float]:
        """Where the cells at a height are parted."""
        places = (line.place for line in self.upright if _reaches(line, y))
        return [place for place in places if self.left < place < self.right]


def grids_of(rulings: Rulings) -> list[Grid]:
    """The grids of two columns or more, from top to bottom."""
    grids: list[Grid] = []
    for upright in rulings.upright:
        level = {line for line in rulings.level if _reaches(line, upright.place) and _reaches(upright, line.place)}
        uprights = {upright}
        for grid in [grid for grid in grids if not level.isdisjoint(grid.level)]:
            grids.remove(grid)
            level.update(grid.level)
            uprights.update(grid.upright)
        grids.append(Grid(tuple(sorted(level)), tuple(sorted(uprights))))
    return sorted((grid for grid in grids if _has_columns(grid)), key=lambda grid: grid.top)


def _has_columns(grid: Grid) -> bool:
    rows, columns = ({line.place for line in lines} for lines in (grid.level, grid.upright))
    return len(rows) >= _FEWEST_LEVEL and len(columns) >= _FEWEST_UPRIGHT


def _reaches(line: Ruling, place: float) -> bool:
    return line.start - TOUCH <= place <= line.end + TOUCH
