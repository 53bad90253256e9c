"""Pictures of pages (JPEG, PNG, TIFF of many pages): each page is recognised, and kept as it is shown.

The only caller of Pillow's file readers.
"""

import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, TiffImagePlugin

from ingest.document import Document
from ingest.errors import TooExpanded, UnreadableFile
from ingest.readers.leaf import Leaf, without_running_lines
from ingest.readers.line import assemble
from ingest.readers.ocr import find_tesseract, recognise
from ingest.readers.page_image import SHOWN_DPI, SHOWN_LONGEST, save_page_image, turned
from ingest.readers.pdf.document_tables import tables_of

_FORMATS = ("JPEG", "PNG", "TIFF")
_POINTS_PER_INCH = 72
_OCR_DPI = 300
_OCR_LONGEST = 5000
_PAPER_INCHES = 11.7
"""The longer side of a sheet of A4 (ISO 216), which a picture that does not say its size is taken for."""
_LEAST_DPI, _MOST_DPI = 100, 1200
"""What scanners use. Cameras and screens write 72 or 96 whatever they see, and that says nothing."""
_LEAST_GUESSED_DPI = 72
_WHITE = 255
_DEEP = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})
"""Modes of more than 8 bits a dot, which Pillow would cut off."""
_KIND_OF_FRAME, _SMALLER_VERSION = 254, 1
"""The TIFF field NewSubfileType, and its bit for a reduced version of another image (TIFF 6.0, section 8)."""
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What Pillow meets damaged files with."""


def read_image(path: Path, images: Path | None, on_page: Callable[[int, int], None]) -> Document:
    """The text of a picture with the place of every word; a TIFF may have many pages.

    What people are shown goes to `images/<number>.webp` unless it is None. Without tesseract the pages have no text,
    and a warning. Raises TooExpanded for a picture of too many dots, UnreadableFile for a damaged one.
    """
    if images is not None:
        images.mkdir(parents=True, exist_ok=True)
    leaves = []
    for number, (picture, dpi, total) in enumerate(_pictures(path), start=1):
        leaf = _leaf(picture, dpi)
        if images is not None:
            shown = _scaled(picture, SHOWN_DPI / dpi, SHOWN_LONGEST)
            save_page_image(turned(shown, leaf.turns), images / f"{number}.webp")
        leaves.append(leaf)
        on_page(number, total)
    kept = without_running_lines(leaves)
    assembled = [assemble(lines) for lines in kept]
    pages = tuple(map(Leaf.page, leaves, range(1, len(leaves) + 1), assembled))
    return Document("", pages, tables=tables_of(kept, assembled))


def _pictures(path: Path) -> Iterator[tuple[Image.Image, float, int]]:
    """Each page as people would see it, its dots per inch, and how many pages there are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=_FORMATS) as file:
                frames = _frames(file)
                for frame in frames:
                    file.seek(frame)
                    yield _plain(file), _dpi(file), len(frames)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise TooExpanded(f"{path.name} has too many dots") from error
        except _BROKEN as error:
            raise UnreadableFile(f"{path.name} is not a picture that can be read") from error


def _frames(file: Image.Image) -> list[int]:
    """The frames that are pages: of a TIFF all but smaller versions of others, of other formats the first."""
    if not isinstance(file, TiffImagePlugin.TiffImageFile):
        return [0]
    frames = []
    for frame in range(file.n_frames):
        file.seek(frame)
        if not file.tag_v2.get(_KIND_OF_FRAME, 0) & _SMALLER_VERSION:
            frames.append(frame)
    return frames or [0]


def _plain(file: Image.Image) -> Image.Image:
    """The picture upright, in 8-bit grey or colours, on white paper."""
    picture = ImageOps.exif_transpose(file)
    if picture.mode in _DEEP:
        dots = np.asarray(picture, dtype=np.float32)
        picture = Image.fromarray((dots * (_WHITE / max(float(dots.max()), 1.0))).clip(0, _WHITE).astype(np.uint8))
    if picture.has_transparency_data:
        drawn = picture.convert("RGBA")
        picture = Image.new("RGBA", drawn.size, "white")
        picture.alpha_composite(drawn)
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


def _dpi(file: Image.Image) -> float:
    """Dots per inch as the scanner wrote them, or such that the picture is a sheet of paper."""
    said = file.info.get("dpi", (0.0, 0.0))
    dpi = float(said[0]) if isinstance(said, tuple) else 0.0
    if _LEAST_DPI <= dpi <= _MOST_DPI:
        return dpi
    return max(max(file.size) / _PAPER_INCHES, _LEAST_GUESSED_DPI)


def _leaf(picture: Image.Image, dpi: float) -> Leaf:
    """The page, with a warning when nothing was recognised."""
    tesseract = find_tesseract()
    if tesseract is not None:
        read = _scaled(picture, _OCR_DPI / dpi, _OCR_LONGEST)
        leaf = recognise(tesseract, read, read.width / picture.width * dpi / _POINTS_PER_INCH)
        if leaf.lines:
            return leaf
    width, height = (side * _POINTS_PER_INCH / dpi for side in picture.size)
    return Leaf([], width, height, warnings=("scanned_without_text",))


def _scaled(picture: Image.Image, factor: float, longest: int) -> Image.Image:
    """The picture in another size, of at most `longest` dots on its longer side."""
    factor = min(factor, longest / max(picture.size))
    size = tuple(max(1, round(side * factor)) for side in picture.size)
    return picture.resize((size[0], size[1]), Image.Resampling.LANCZOS)
