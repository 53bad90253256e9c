"""The letters of a PDF: in which font each is drawn, how wide it is, how it is written into the file."""

import unicodedata
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from webui.sharing.paper import LTR_MARK, RTL_MARK
from webui.sharing.points import Points
from webui.sharing.stream import Letter, Strip

FOLDER = Path(__file__).parent.parent / "fonts"
FILES = {"plain": "NotoSansHebrew-Regular.ttf", "bold": "NotoSansHebrew-Bold.ttf", "more": "DejaVuSans.ttf"}
MISSING = "\u25a1"
"""Stands for a letter that no font has."""
POINT = 25.4 / 72
"""In millimetres."""
NEAR = 0.001


class Letters:
    """The fonts of a file, and the size that is being written. Lengths are in millimetres, `size` in points."""

    def __init__(self, pdf: FPDF, size: float) -> None:
        self.pdf = pdf
        self.size = size
        self.fonts: dict[str, TTFFont] = {}
        for font, name in FILES.items():
            pdf.add_font(font, fname=FOLDER / name)
            added = pdf.fonts[font]
            assert isinstance(added, TTFFont)  # noqa: S101 - what `add_font` makes of a file
            self.fonts[font] = added
        self.has = {font: frozenset(added.cmap) for font, added in self.fonts.items()}
        self.points = Points({font: FOLDER / name for font, name in FILES.items()})
        self.widths: dict[tuple[str, str], float] = {}
        self.codes: dict[tuple[str, str], str] = {}

    def font_of(self, letter: str, bold: bool) -> str:
        """The font in which a letter is drawn; the one with the most letters where none has it."""
        first = "bold" if bold else "plain"
        return first if ord(letter) in self.has[first] else "more"

    def width(self, text: str, font: str) -> float:
        """How wide text is; points take no room."""
        known = self.widths.get((text, font))
        if known is None:
            drawn = (self._drawn(letter, font) for letter in text if not unicodedata.combining(letter))
            known = self.widths[text, font] = sum(self.fonts[font].cw[code] for code in drawn) / 1000
        return known * self._em

    def places(self, cluster: str, font: str) -> list[tuple[float, float]]:
        """Where the points of a letter stand."""
        return [(right * self._em, up * self._em) for right, up in self.points.places(cluster, font)]

    def show(self, strip: Strip, x: float, y: float, colour: Sequence[int]) -> None:
        """Draws letters at their places on a line that begins at `x` and stands on `y` (ISO 32000-1, 9.4)."""
        scale, top = self.pdf.k, self.pdf.h - y
        self.pdf.set_font(strip.font, size=self.size)
        self.pdf._out(self.pdf._set_font_for_page(self.fonts[strip.font], self.size))
        said = []
        for up, row in groupby(strip.letters, key=lambda letter: letter[2]):
            letters = list(row)
            start = x + letters[0][1]
            said.append(f"1 0 0 1 {start * scale:.2f} {top * scale:.2f} Tm {up * scale:.2f} Ts")
            said.append(f"[{self._codes(letters, strip.font)}] TJ")
        shade = " ".join(f"{part / 255:.3f}" for part in colour)
        self.pdf._out(f"q {shade} rg BT {' '.join(said)} ET Q")

    @property
    def _em(self) -> float:
        return self.size * POINT

    def _codes(self, letters: Sequence[Letter], font: str) -> str:
        """Letters as a program of PDF writes them, with what the pen moves where they do not follow each other."""
        pen, written, at = self.fonts[font], [], letters[0][1]
        for letter, place, _ in letters:
            if abs(place - at) > NEAR:
                written.append(f"{(at - place) / self._em * 1000:.1f}")
            written.append(self._code(letter, font))
            at = place + pen.cw[self._drawn(letter, font)] / 1000 * self._em
        return " ".join(written)

    def _drawn(self, letter: str, font: str) -> int:
        """The letter that is drawn: a box for one that no font has, a blank for marks of direction."""
        drawn = ord(" " if letter in (LTR_MARK, RTL_MARK) else letter)
        return drawn if drawn in self.has[font] else ord(MISSING if font == "more" else " ")

    def _code(self, letter: str, font: str) -> str:
        """A letter in a program of PDF, by a code that says to programs which letter it is, whatever is drawn."""
        known = self.codes.get((letter, font))
        if known is not None:
            return known
        pen, drawn = self.fonts[font], self._drawn(letter, font)
        glyph = pen.subset.get_glyph(
            glyph=pen.ttfont.getGlyphID(pen.cmap[drawn]),
            unicode=(ord(letter),),
            glyph_name=pen.cmap[drawn],
            glyph_width=int(pen.cw[drawn]),
        )
        code = self.codes[letter, font] = f"({pen.escape_text(chr(pen.subset.pick_glyph(glyph) or 0))})"
        return code
