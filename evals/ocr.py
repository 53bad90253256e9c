"""How well scans are read: `python -m evals.ocr [FOLDER] [--kinds plain ...] [--producers chromium ...]`.

The PDFs of known text in FOLDER (see `evals.extraction`) are made into scans: pictures of 300 dpi, slanted by up to
1.2 degrees, blurred and noisy, always the same. Each becomes a PDF that holds nothing but pictures and is read as any
other. Prints, by kind of page, wrong characters, words found, and seconds of processor a page with those of tesseract.
"""

import argparse
import resource
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np
from PIL import Image, ImageFilter

from evals.extraction import FOLDER, Score, darash_text, plain, score
from ingest.readers.pdf.picture import pictures_of

KINDS = ("plain", "quotes", "latin", "twocol", "headfoot", "tables", "mixed", "niqqud")
PRODUCERS = ("chromium", "libreoffice", "pango", "rl_line")
"""Programs whose pages look different: they use other fonts and other margins."""

_DPI = 300
_MOST_SLANT = 1.2
_BLUR = 0.8
_NOISE = 12.0
_PAPER, _PRINT = 245.0, 25.0
_JPEG_QUALITY = 75


@dataclass(frozen=True, slots=True)
class Reading:
    """How one scan was read: the score of its text, its pages, and the seconds of processor that they took."""

    score: Score
    pages: int
    seconds: float


def scan(picture: Image.Image, random: np.random.Generator) -> Image.Image:
    """The picture as an office scanner would give it back."""
    slant = random.uniform(-_MOST_SLANT, _MOST_SLANT)
    crooked = picture.convert("L").rotate(slant, Image.Resampling.BICUBIC, fillcolor=255)
    soft = np.asarray(crooked.filter(ImageFilter.GaussianBlur(_BLUR)), dtype=np.float32)
    sheet = _PRINT + soft * ((_PAPER - _PRINT) / 255) + random.normal(0, _NOISE, soft.shape)
    return Image.fromarray(sheet.clip(0, 255).astype(np.uint8))


def measure(folder: Path, kinds: Sequence[str], producers: Sequence[str]) -> dict[str, dict[str, Reading]]:
    """Readings by kind and producer of those of the files that are there."""
    readings: dict[str, dict[str, Reading]] = defaultdict(dict)
    for kind in kinds:
        for producer in producers:
            path = folder / f"{producer}__{kind}.pdf"
            if path.exists():
                readings[kind][producer] = _read(path)
    return readings


def _read(path: Path) -> Reading:
    random = np.random.default_rng(1948)
    pages = [scan(picture, random) for picture in pictures_of(path, _DPI)]
    with tempfile.TemporaryDirectory() as folder:
        scanned = Path(folder, "scan.pdf")
        pages[0].save(scanned, "PDF", save_all=True, append_images=pages[1:], resolution=_DPI, quality=_JPEG_QUALITY)
        before = _seconds()
        found = darash_text(scanned)
        seconds = _seconds() - before
    truth = plain(path.with_suffix(".txt").read_text("utf-8"))
    return Reading(score(plain(found), truth, []), len(pages), seconds)


def _seconds() -> float:
    """Seconds of processor so far, of this process and of the programs that it has run."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def table(readings: dict[str, dict[str, Reading]]) -> Iterator[str]:
    """Lines of a table: for each kind its producers and their mean."""
    yield f"{'':12}{'':14}{'pages':>6}{'CER':>8}{'words':>8}{'CPU s/page':>12}"
    for kind, by_producer in readings.items():
        every = list(by_producer.values())
        for producer, reading in by_producer.items():
            yield _line(kind, producer, [reading])
        yield _line(kind, "mean", every)
    yield _line("all", "mean", [each for by_producer in readings.values() for each in by_producer.values()])


def _line(kind: str, producer: str, readings: Sequence[Reading]) -> str:
    errors = mean(each.score.errors for each in readings)
    words = mean(each.score.words for each in readings)
    pages = sum(each.pages for each in readings)
    seconds = sum(each.seconds for each in readings) / pages
    return f"{kind:12}{producer:14}{pages:6}{errors:8.1%}{words:8.1%}{seconds:12.1f}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--kinds", nargs="+", default=KINDS)
    parser.add_argument("--producers", nargs="+", default=PRODUCERS)
    options = parser.parse_args()
    print(*table(measure(options.folder, options.kinds, options.producers)), sep="\n", flush=True)


if __name__ == "__main__":
    main()
