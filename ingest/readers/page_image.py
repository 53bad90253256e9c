"""The image of a page that people see beside its text, and how pictures are turned. Knows nothing of file formats."""

from pathlib import Path

from PIL import Image

SHOWN_DPI = 115
SHOWN_LONGEST = 1600
"""Dots of the longer side at most."""
_WEBP_QUALITY = 75
_METHODS = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)


def save_page_image(picture: Image.Image, path: Path) -> None:
    """Writes the picture of a page as WebP."""
    picture.save(path, "WEBP", quality=_WEBP_QUALITY)


def turned(picture: Image.Image, turns: int) -> Image.Image:
    """The picture after that many quarter turns, clockwise."""
    method = _METHODS[turns % 4]
    return picture if method is None else picture.transpose(method)
