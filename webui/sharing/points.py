"""Where the points of a letter stand (niqqud, cantillation), by the rules of its font (GPOS)."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

Place = tuple[float, float]
"""How far to the right and up of where its letter begins a point is drawn, in the size of the font."""


class Points:
    """The points of the fonts in these files."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self.files = files
        self.places = lru_cache(maxsize=4096)(self._places)
        self._fonts: dict[str, hb.Font] = {}

    def _places(self, cluster: str, font: str) -> tuple[Place, ...]:
        """The place of each point of a letter, in the order in which they follow it."""
        if font not in self._fonts:
            self._fonts[font] = hb.Font(hb.Face(hb.Blob.from_file_path(self.files[font])))
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.CHARACTERS
        buffer.add_str(cluster)
        buffer.guess_segment_properties()
        hb.shape(self._fonts[font], buffer)
        em, x = self._fonts[font].face.upem, 0
        places = {0: (0.0, 0.0)}
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            places[info.cluster] = ((x + position.x_offset) / em, position.y_offset / em)
            x += position.x_advance
        return tuple(places.get(number, (0.0, 0.0)) for number in range(1, len(cluster)))
