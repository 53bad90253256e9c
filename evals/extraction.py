"""How much of the text of PDFs made on purpose is read right: `python -m evals.extraction [FOLDER]`.

FOLDER holds PRODUCER__KIND.pdf beside PRODUCER__KIND.txt, the exact text, and probes.json: per kind, strings that must
come out in one piece. Niqqud, bullets and the division into lines and cells are not compared.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np

from hebrew.normalise import clean
from ingest.errors import IngestError
from ingest.readers.pdf.baselines import pdfium_text, pypdf_text
from ingest.readers.pdf.reader import read_pdf

FOLDER = Path(__file__).parent.parent.parent / "shared" / "data" / "extraction"
KINDS = ("latin", "mixed", "plain", "quotes", "struct", "tables")
UNREADABLE = ("rl_noToUnicode",)
"""Producers that leave out which letters their glyphs are: only OCR can read them."""

_BULLETS = str.maketrans("", "", "\u2022\u25cf\u25e6\u25aa\u00b7")


@dataclass(frozen=True, slots=True)
class Score:
    """Shares (0..1): wrong characters of all, words found of all, probes in one piece of all (None without probes)."""

    errors: float
    words: float
    probes: float | None = None


def darash_text(path: Path) -> str:
    """The text of all pages as Darash reads it; empty when it says that it cannot."""
    try:
        return "\n".join(page.text for page in read_pdf(path, None, lambda done, total: None).pages)
    except IngestError:
        return ""


def plain(text: str) -> str:
    """The text as it is compared."""
    decomposed = unicodedata.normalize("NFD", clean(text)).translate(_BULLETS)
    return re.sub(r"\s+", " ", "".join(each for each in decomposed if not unicodedata.combining(each))).strip()


def score(found: str, truth: str, probes: Sequence[str]) -> Score:
    """Compares two texts that went through `plain`."""
    words = Counter(truth.split())
    hits = words & Counter(found.split())
    intact = mean(plain(probe) in found for probe in probes) if probes else None
    return Score(edit_distance(found, truth) / max(len(truth), 1), hits.total() / max(words.total(), 1), intact)


def edit_distance(first: str, second: str) -> int:
    """Levenshtein distance, one row of its table at a time.

    Insertions run along a row, so a row is the running minimum of its other candidates, each less its place.
    """
    codes = np.frombuffer(second.encode("utf-32-le"), dtype=np.uint32)
    places = np.arange(len(codes) + 1)
    row = places.copy()
    for index, letter in enumerate(first, start=1):
        candidates = np.empty_like(row)
        candidates[0] = index
        candidates[1:] = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(letter)))
        row = np.minimum.accumulate(candidates - places) + places
    return int(row[-1])


def measure(folder: Path, reader: Callable[[Path], str]) -> dict[str, dict[str, Score]]:
    """Scores by producer and kind of one reader."""
    probes: dict[str, list[str]] = json.loads((folder / "probes.json").read_text("utf-8"))
    scores: dict[str, dict[str, Score]] = defaultdict(dict)
    for path in sorted(folder.glob("*.pdf")):
        producer, _, kind = path.stem.partition("__")
        truth = plain(path.with_suffix(".txt").read_text("utf-8"))
        scores[producer][kind] = score(plain(reader(path)), truth, probes.get(kind, []))
    return scores


def summary(scores: dict[str, dict[str, Score]]) -> list[str]:
    """Lines of a table: per producer the means over KINDS, then what is measured apart, then the mean of all."""
    rows = {producer: _row(kinds) for producer, kinds in scores.items()}
    readable = [row for producer, row in rows.items() if producer not in UNREADABLE]
    rows["mean of readable"] = tuple(
        _mean(row[column] for row in readable) for column in range(len(next(iter(rows.values()))))
    )
    header = f"{'':18}{'CER':>8}{'words':>8}{'probes':>8}{'2col CER':>10}{'headfoot':>10}{'niqqud':>8}"
    return [header, *(f"{name:18}{_cells(row)}" for name, row in rows.items())]


def _row(kinds: dict[str, Score]) -> tuple[float | None, ...]:
    core = [score for kind, score in kinds.items() if kind in KINDS]
    return (
        _mean(each.errors for each in core),
        _mean(each.words for each in core),
        kinds["mixed"].probes if "mixed" in kinds else None,
        *(kinds[kind].errors if kind in kinds else None for kind in ("twocol", "headfoot")),
        kinds["niqqud"].words if "niqqud" in kinds else None,
    )


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return mean(known) if known else None


def _cells(row: tuple[float | None, ...]) -> str:
    widths = (8, 8, 8, 10, 10, 8)
    shown = ("-" if cell is None else f"{cell:.1%}" for cell in row)
    return "".join(f"{cell:>{width}}" for cell, width in zip(shown, widths, strict=True))


def main() -> None:
    """Prints one table per reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    for name, reader in {"darash": darash_text, "pypdf": pypdf_text, "pdfium": pdfium_text}.items():
        print(f"\n{name}", *summary(measure(folder, reader)), sep="\n")


if __name__ == "__main__":
    main()
