"""The program tesseract with its Hebrew data: what it sees in a picture. The only place that starts it."""

import csv
import io
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Literal

from PIL import Image

from hebrew.normalise import clean
from indexes.page import Box

Language = Literal["heb", "eng"]
"""One at a time: with both at once Hebrew pages have three times the errors (docs/log.md)."""
Layout = Literal["3", "6", "11"]
"""How tesseract takes a page (`--psm`): columns of text, one block of lines, words anywhere."""

_SECONDS = 60
_ONE_THREAD = ["env", "OMP_THREAD_LIMIT=1"]
"""On two cores its four threads take five times the processor time of one, and longer (docs/log.md)."""
_ROTATE = re.compile(r"^Rotate: (\d+)$", re.MULTILINE)
_SURE = re.compile(r"^Orientation confidence: ([\d.]+)$", re.MULTILINE)
_LEAST_SURE = 2.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A word as tesseract saw it: the box is in dots, `confidence` 0 to 100, `line` (block, paragraph, line).

    The words of a line come in reading order, from right to left as far as they are Hebrew.
    """

    text: str
    box: Box
    confidence: float
    line: tuple[int, int, int]
    is_latin: bool = False


@cache
def find_tesseract() -> str | None:
    """The path of a tesseract that can read Hebrew; None where there is none. Looked for once."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    return program if "heb" in listed.stdout.split() else None


def see(tesseract: str, picture: Image.Image, language: Language, layout: Layout, dpi: float) -> list[Seen]:
    """The words of a picture in 8-bit grey; none when tesseract gives up."""
    options = ["-l", language, "--dpi", str(round(dpi)), "--psm", layout, "tsv"]
    rows = csv.DictReader(io.StringIO(_run(tesseract, picture, options)), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [_seen(row) for row in rows if row["text"] and clean(row["text"]).strip()]


def quarter_turns(tesseract: str, picture: Image.Image) -> int:
    """How many quarter turns, clockwise, set the picture upright; 0 where tesseract cannot say."""
    said = _run(tesseract, picture, ["-l", "osd", "--psm", "0"])
    rotate, sure = _ROTATE.search(said), _SURE.search(said)
    return int(rotate[1]) // 90 if rotate and sure and float(sure[1]) >= _LEAST_SURE else 0


def _run(tesseract: str, picture: Image.Image, options: list[str]) -> str:
    data = io.BytesIO()
    picture.save(data, "PPM")
    command = [*_ONE_THREAD, tesseract, "stdin", "stdout", *options]
    try:
        done = subprocess.run(command, input=data.getvalue(), capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _seen(row: dict[str, str]) -> Seen:
    left, top, width, height = (float(row[key]) for key in ("left", "top", "width", "height"))
    return Seen(
        text="".join(clean(row["text"]).split()),
        box=(left, top, left + width, top + height),
        confidence=float(row["conf"]),
        line=(int(row["block_num"]), int(row["par_num"]), int(row["line_num"])),
    )
