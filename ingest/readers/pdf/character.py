"""The character: what one glyph of a page shows, and where. Knows nothing of PDFium."""

import unicodedata
from typing import NamedTuple

UNKNOWN = "\ufffd"
"""The text of a glyph of which nobody says which letter it is."""
BULLET = "\u2022"
_FIRST_MARK = "\u0300"


class Character(NamedTuple):
    """What one glyph shows, such as a letter with its points, in points of the frame in which it stands upright.

    x0 to x1 is the width its font gives it, and of a mark what it really fills; top to bottom is the height of its
    line. `size` is the em. `word` is another number after every blank that PDFium saw, `written` after every one that
    is drawn in the file. A tuple, because a page has thousands and a dataclass takes four times as long to make.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    size: float
    word: int = 0
    written: int = 0
    bold: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether this is a point or accent that belongs to another character."""
        return self.text >= _FIRST_MARK and unicodedata.combining(self.text[0]) > 0
