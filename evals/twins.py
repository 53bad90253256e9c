"""How well real PDFs are read, measured by the office file each was made from: `python -m evals.twins [FOLDER]`.

FOLDER holds documents/index.jsonl, which names for a PDF the same document in another format. Word recall is the share
of the words of the office file that the PDF's text has; pair recall is that of neighbouring words, so that it sees
wrong order too. Both are counted over the whole text, notes and text boxes each by themselves. Not compared: niqqud,
kinds of quotation marks and dashes, bullets and the division into cells, the numbers before list items (an office file
does not hold them), running heads (they are not in the text of an office file, and nobody misses them).
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean, median

from evals.extraction import FOLDER, darash_text
from evals.office_truth import office_flows
from hebrew.letters import is_hebrew
from hebrew.normalise import clean, normalise
from ingest.readers.pdf.baselines import pdfium_text, pypdf_text

READERS: dict[str, Callable[[Path], str]] = {"darash": darash_text, "pypdf": pypdf_text, "pdfium": pdfium_text}
_FORMATS = ("odt", "odp", "pptx", "docx")
_FEWEST_LETTERS = 600
"""Hebrew letters of a file that is long enough to be measured."""
_WORST = 10
_SHOWN = 6
_DASHES = str.maketrans(dict.fromkeys("\u05be\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_LIST_NUMBER = re.compile(r"^\W{0,3}(?:[0-9]{1,3}|[א-ת]{1,2}|[a-z]|[ivx]{1,4})[.)]+(?=\s|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Twin:
    """A PDF and the office file it was made from."""

    pdf: Path
    office: Path


@dataclass(frozen=True, slots=True)
class Score:
    """Shares (0..1) of words and of neighbouring words that were found; a few of the words that were not."""

    words: float
    pairs: float
    missing: tuple[str, ...]


def twins(folder: Path) -> Iterator[Twin]:
    """The pairs in the folder of which both files are there."""
    index = folder / "documents" / "index.jsonl"
    entries = [json.loads(line) for line in index.read_text("utf-8").splitlines()]
    files = {(entry["repo"], entry["path"]): entry["file"] for entry in entries}
    for entry in entries:
        for path in entry["same_document"] if entry["ext"] == "pdf" else ():
            file = files.get((entry["repo"], path), "")
            if file.rpartition(".")[2] in _FORMATS and (folder / file).exists():
                yield Twin(folder / entry["file"], folder / file)


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared; signs that stand alone are none."""
    text = normalise(clean(text)).translate(_DASHES)
    return [word for word in _LIST_NUMBER.sub("", text).split() if any(map(str.isalnum, word))]


def score(found: str, flows: Sequence[str]) -> Score:
    """How much of the flows of an office file a text has."""
    truth = [words_of(flow) for flow in flows]
    words, pairs = (
        Counter(word for flow in truth for word in flow),
        Counter(pair for flow in truth for pair in pairwise(flow)),
    )
    seen = words_of(found)
    lost = words - Counter(seen)
    lost_pairs = pairs - Counter(pairwise(seen))
    return Score(
        1 - lost.total() / max(words.total(), 1),
        1 - lost_pairs.total() / max(pairs.total(), 1),
        tuple(word for word, _ in lost.most_common(_SHOWN))
        or tuple(" ".join(pair) for pair, _ in lost_pairs.most_common(_SHOWN)),
    )


def measure(pairs: Sequence[Twin], reader: Callable[[Path], str]) -> dict[Path, Score]:
    """The score of each PDF by one reader."""
    return {twin.pdf: score(reader(twin.pdf), office_flows(twin.office)) for twin in pairs}


def main() -> None:
    """Prints a table by format and reader, then the worst files of ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER.parent)
    parser.add_argument("--readers", nargs="*", default=list(READERS), choices=list(READERS))
    arguments = parser.parse_args()
    long = [twin for twin in twins(arguments.folder) if _is_long(twin.office)]
    print(f"{'':8}{'':8}{'files':>6}{'words':>8}{'mean':>8}{'pairs':>8}{'mean':>8}   (words and pairs: medians)")
    for name in arguments.readers:
        scores = measure(long, READERS[name])
        for suffix in sorted({twin.office.suffix for twin in long}):
            _print_row(name, suffix, [scores[twin.pdf] for twin in long if twin.office.suffix == suffix])
        if name == "darash":
            odt = [(scores[twin.pdf], twin.pdf.name) for twin in long if twin.office.suffix == ".odt"]
    print("\nworst of darash, ODT:")
    for each, pdf in sorted(odt, key=lambda item: item[0].pairs)[:_WORST]:
        print(f"{each.words:7.1%}{each.pairs:8.1%}  {pdf}: {' '.join(each.missing)}")


def _is_long(office: Path) -> bool:
    return sum(map(is_hebrew, "".join(office_flows(office)))) > _FEWEST_LETTERS


def _print_row(name: str, suffix: str, scores: Sequence[Score]) -> None:
    columns = ([each.words for each in scores], [each.pairs for each in scores])
    numbers = "".join(f"{number:8.1%}" for column in columns for number in (median(column), mean(column)))
    print(f"{name:8}{suffix:8}{len(scores):6}{numbers}")


if __name__ == "__main__":
    main()
