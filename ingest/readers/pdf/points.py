"""Points and accents: which letter each of them belongs to.

Works on places alone; knows nothing of what the points mean.
"""

import unicodedata
from dataclasses import replace

from ingest.readers.pdf.characters import Character

# In ems.
_ABOVE, _BELOW = 1.0, 0.7
_LETTER_WIDTH = 0.35

_SAME_EDGE = 0.4
_POINT_WIDTH = 0.7
"""Of the width of a letter: what is narrower, and lies within it, is a point."""


def attach(mark: Character, rows: list[list[Character]]) -> None:
    """Gives a point that stands for itself to the nearest letter; where no letter is near, it is lost."""
    best: tuple[float, list[Character], int] | None = None
    middle = (mark.ink0 + mark.ink1) / 2
    for row in rows:
        below = mark.baseline - row[0].baseline
        if not -_ABOVE * row[0].size <= below <= _BELOW * row[0].size:
            continue
        for index, letter in enumerate(row):
            distance = abs((letter.x0 + letter.x1) / 2 - middle) + 0.5 * abs(below)
            if best is None or distance < best[0]:
                best = distance, row, index
    if best:
        _, row, index = best
        row[index] = pointed(row[index], mark)


def pointed(letter: Character, mark: Character) -> Character:
    """The letter with a point; it takes over the slice of the letter's box that PDFium may have given to the point."""
    points = sorted(letter.text[1:] + mark.text, key=unicodedata.combining)
    x0, x1 = letter.x0, letter.x1
    if mark.ink1 - mark.ink0 > _SAME_EDGE:
        if abs(mark.ink1 - x0) < _SAME_EDGE:
            x0 = mark.ink0
        elif abs(mark.ink0 - x1) < _SAME_EDGE:
            x1 = mark.ink1
    return replace(letter, text=letter.text[0] + "".join(points), x0=x0, x1=x1)


def is_only_a_point(character: Character, letter: Character, following: Character | None) -> bool:
    """Whether a character is the point of `letter`, named in the file after the first letter that it ever stood with.

    It lies within the letter, and there is no room for another one before the next.
    """
    if len(character.text) == 1 or not unicodedata.combining(character.text[1]):
        return False
    narrow = character.x1 - character.x0 < _POINT_WIDTH * (letter.x1 - letter.x0)
    room = following is not None and following.x0 - letter.x1 > _LETTER_WIDTH * letter.size
    return narrow and character.x1 <= letter.x1 + _SAME_EDGE and not room
