"""How often the encoding of a short text is recognised: `python -m evals.encodings [--data FOLDER] [--cuts N]`.

Cuts begin anywhere in real Hebrew paragraphs, at the same places in every run. A cut is right when every character
of it comes back. Characters that an old encoding does not have are left out of the text before it is cut.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from hebrew.bidi import reads_reversed
from ingest.readers.text import decode

DATA = Path(__file__).parent.parent.parent / "shared" / "data"
ENCODINGS = ("cp1255", "iso-8859-8", "cp862", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
LENGTHS = (20, 40, 120, 400)
CUTS = 2000


def cuts_of(texts: Sequence[str], length: int, count: int, encoding: str) -> Iterator[str]:
    """Pieces of that length, with at least one Hebrew letter, of random texts; characters are those of the encoding."""
    chance = random.Random(f"{encoding} {length}")  # noqa: S311  # the same places every time
    while count:
        text = chance.choice(texts).encode(encoding, errors="ignore").decode(encoding)
        start = chance.randrange(max(1, len(text) - length))
        cut = text[start : start + length]
        if len(cut) == length and any("\u05d0" <= letter <= "\u05ea" for letter in cut):
            count -= 1
            yield cut


def hebrew_texts(data: Path) -> list[str]:
    """The paragraphs of the question sets and the real text files, niqqud and English included."""
    found = json.loads((data / "retrieval" / "heq_val.json").read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph["context"] for article in found for paragraph in article["paragraphs"]]
    verses = [path.read_text(encoding="utf-8") for path in sorted((data / "extraction").glob("*niqqud*.txt"))]
    return [text.replace("\r\n", "\n") for text in paragraphs + verses]


def right(cuts: Sequence[str], encoding: str) -> float:
    """The share (0..1) of the cuts that come back from their bytes."""
    return sum(decode(cut.encode(encoding)) == cut for cut in cuts) / len(cuts)


def turned_right(cuts: Sequence[str]) -> float:
    """The share (0..1) of the cuts that are told from their letters written backwards."""
    return sum(reads_reversed(cut[::-1]) and not reads_reversed(cut) for cut in cuts) / len(cuts)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the development data")
    parser.add_argument("--cuts", type=int, default=CUTS, help="cuts for each encoding and length")
    arguments = parser.parse_args()
    texts = hebrew_texts(arguments.data)
    print(f"right % of {arguments.cuts} cuts" + "".join(f"{length:>8}" for length in LENGTHS))
    for encoding in ENCODINGS:
        shares = (right(list(cuts_of(texts, length, arguments.cuts, encoding)), encoding) for length in LENGTHS)
        print(f"{encoding:20}" + "".join(f"{100 * share:8.2f}" for share in shares))
    shares = (turned_right(list(cuts_of(texts, length, arguments.cuts, "utf-8"))) for length in LENGTHS)
    print(f"{'letters backwards':20}" + "".join(f"{100 * share:8.2f}" for share in shares))


if __name__ == "__main__":
    main()
