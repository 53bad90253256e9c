"""How much of the text of PDFs made on purpose is read right: `python -m evals.extraction [FOLDER]`.

FOLDER holds PRODUCER__KIND.pdf beside PRODUCER__KIND.txt, the exact text, and probes.json: per kind, strings that must
come out in one piece. Niqqud, bullets and the division into lines and cells are not compared.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np

from hebrew.normalise import clean
from indexes.page import Page
from ingest.errors import IngestError
from ingest.readers.draft import CELL_BREAK
from ingest.readers.pdf.baselines import pdfium_text, pypdf_text
from ingest.readers.pdf.reader import read_pdf

FOLDER = Path(__file__).parent.parent.parent / "shared" / "data" / "extraction"
KINDS = ("latin", "mixed", "plain", "quotes", "struct", "tables")
UNREADABLE = "noToUnicode"
"""In the name of producers that leave out which letters their glyphs are: only OCR can read them."""

_COLUMNS = {"CER": 8, "words": 8, "probes": 8, "2col CER": 10, "headfoot": 10, "niqqud": 8, "pointed": 9}

_BULLETS = str.maketrans("", "", "\u2022\u25cf\u25e6\u25aa\u00b7")


@dataclass(frozen=True, slots=True)
class Score:
    """Shares (0..1): wrong characters of all, words found of all, probes in one piece of all (None without probes).

    `pointed` is the share of words found with every point on its letter.
    """

    errors: float
    words: float
    probes: float | None = None
    pointed: float | None = None


def darash_pages(path: Path) -> Sequence[Page]:
    """The pages of a file as Darash reads it; none when it says that it cannot."""
    try:
        return read_pdf(path, None, lambda done, total: None).pages
    except IngestError:
        return ()


def darash_text(path: Path) -> str:
    """The text of all pages as Darash reads it."""
    return "\n".join(page.text for page in darash_pages(path))


def plain(text: str) -> str:
    """The text as it is compared."""
    decomposed = unicodedata.normalize("NFD", clean(text).replace(CELL_BREAK, " ")).translate(_BULLETS)
    return re.sub(r"\s+", " ", "".join(each for each in decomposed if not unicodedata.combining(each))).strip()


def score(found: str, truth: str, probes: Sequence[str]) -> Score:
    """Compares the text that a reader found with the exact one."""
    bare, bare_truth = plain(found), plain(truth)
    return Score(
        errors=edit_distance(bare, bare_truth) / max(len(bare_truth), 1),
        words=_recall(bare, bare_truth),
        pointed=_recall(*(unicodedata.normalize("NFD", clean(text)) for text in (found, truth))),
        probes=mean(plain(probe) in bare for probe in probes) if probes else None,
    )


def _recall(found: str, truth: str) -> float:
    words = Counter(truth.split())
    return (words & Counter(found.split())).total() / max(words.total(), 1)


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
    probes = _probes(folder)
    scores: dict[str, dict[str, Score]] = defaultdict(dict)
    for path in sorted(folder.glob("*__*.pdf")):
        producer, _, kind = path.stem.partition("__")
        truth = path.with_suffix(".txt").read_text("utf-8")
        scores[producer][kind] = score(reader(path), truth, probes.get(kind, []))
    return scores


def _probes(folder: Path) -> dict[str, list[str]]:
    path = folder / "probes.json"
    probes: dict[str, list[str]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return probes


def summary(scores: dict[str, dict[str, Score]]) -> list[str]:
    """Lines of a table: a row for each producer, and the means of those that say which letters their glyphs are."""
    rows = {producer: _row(kinds) for producer, kinds in scores.items()}
    readable = [row for producer, row in rows.items() if UNREADABLE not in producer]
    rows["mean of readable"] = tuple(_mean(column) for column in zip(*readable, strict=True))
    header = "".join(f"{name:>{width}}" for name, width in _COLUMNS.items())
    return [f"{'':24}{header}", *(f"{name:24}{_cells(row)}" for name, row in rows.items())]


def _row(kinds: dict[str, Score]) -> tuple[float | None, ...]:
    core = [score for kind, score in kinds.items() if kind in KINDS]
    vocalised = kinds.get("niqqud")
    return (
        _mean(each.errors for each in core),
        _mean(each.words for each in core),
        kinds["mixed"].probes if "mixed" in kinds else None,
        *(kinds[kind].errors if kind in kinds else None for kind in ("twocol", "headfoot")),
        vocalised.words if vocalised else None,
        vocalised.pointed if vocalised else None,
    )


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return mean(known) if known else None


def _cells(row: Sequence[float | None]) -> str:
    shown = ("-" if cell is None else f"{cell:.1%}" for cell in row)
    return "".join(f"{cell:>{width}}" for cell, width in zip(shown, _COLUMNS.values(), strict=False))


def unreadable(scores: dict[str, dict[str, Score]], folder: Path, recognised: Collection[Path]) -> str:
    """What became of the files that only OCR can read, in one line."""
    files = {path: path.stem.partition("__") for path in folder.glob(f"*{UNREADABLE}*__*.pdf")}
    words = _mean(scores[producer][kind].words for producer, _, kind in files.values())
    found = sum(path in recognised for path in files)
    others = sum(path not in files for path in recognised)
    return (
        f"{UNREADABLE}: {found} of {len(files)} detected and recognised by OCR, words {_cells((words,)).strip()}; "
        f"{others} other files recognised"
    )


def main() -> None:
    """Prints one table per reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    recognised: set[Path] = set()

    def darash(path: Path) -> str:
        pages = darash_pages(path)
        if pages and all(page.came_from_ocr for page in pages):
            recognised.add(path)
        return "\n".join(page.text for page in pages)

    for name, reader in {"darash": darash, "pypdf": pypdf_text, "pdfium": pdfium_text}.items():
        scores = measure(folder, reader)
        print(f"\n{name}", *summary(scores), sep="\n")
        if name == "darash":
            print(unreadable(scores, folder, recognised))


if __name__ == "__main__":
    main()
