"""Directions on a page: from the coordinates of the file to a frame in which a text stands upright, and back.

Knows nothing of characters.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexes.page import Box

Place = TypeVar("Place", float, NDArray[np.float64])
"""One coordinate, or those of many places."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible part of a page turned clockwise by `turns` quarters; points, origin at the top left, y downwards.

    `left`, `bottom`, `right`, `top` bound the visible part in the coordinates of the file, where y grows upwards.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    def place(self, x: Place, y: Place) -> tuple[Place, Place]:
        """A point of the file in this frame."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:  # noqa: PLR2004 - two quarters, upside down
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def restore(self, x: float, y: float) -> tuple[float, float]:
        """A point of this frame in the coordinates of the file."""
        if self.turns == 0:
            return x + self.left, self.top - y
        if self.turns == 1:
            return y + self.left, x + self.bottom
        if self.turns == 2:  # noqa: PLR2004 - two quarters, upside down
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x

    def place_box(self, left: Place, bottom: Place, right: Place, top: Place) -> tuple[Place, Place, Place, Place]:
        """A rectangle of the file in this frame: left, top, right, bottom."""
        near_x, near_y, far_x, far_y = (
            (left, top, right, bottom),
            (left, bottom, right, top),
            (right, bottom, left, top),
            (right, top, left, bottom),
        )[self.turns]
        x0, y0 = self.place(near_x, near_y)
        x1, y1 = self.place(far_x, far_y)
        return x0, y0, x1, y1

    def to(self, other: "Frame", box: Box) -> Box:
        """A box of this frame as it lies in another one."""
        if self.turns == other.turns:
            return box
        x0, y0 = self.restore(box[0], box[1])
        x1, y1 = self.restore(box[2], box[3])
        return other.place_box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
