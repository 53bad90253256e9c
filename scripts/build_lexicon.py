"""Writes the lexicon that ships with `hebrew/` from counted word forms.

    python scripts/build_lexicon.py ../shared/data/retrieval/hebrew_word_frequency.tsv.xz

Input: lines `word<TAB>paragraphs`, the first of them a header. Output: `hebrew/data/lexicon.txt.xz`, one line for each
count (rounded to two digits) with the folded words that have it. The same input gives the same bytes.
"""

import lzma
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from hebrew.letters import FINALS  # noqa: E402  (found through the line above)

TARGET = ROOT / "hebrew" / "data" / "lexicon.txt.xz"
FEWEST_PARAGRAPHS = 6
"""Keeping forms from 4 paragraphs on gains 0.1 points of MRR or less, for 110 KB more (docs/log.md)."""
KEPT_DIGITS = 2


def folded_counts(lines: Iterable[str]) -> dict[str, int]:
    """Paragraphs for each folded word: a form with and one without final letters are added up."""
    counts: dict[str, int] = defaultdict(int)
    for line in lines:
        word, count = line.rstrip("\n").split("\t")
        counts[word.translate(FINALS)] += int(count)
    return counts


def pack(counts: dict[str, int]) -> bytes:
    """The bytes of the lexicon file."""
    words_of: dict[int, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= FEWEST_PARAGRAPHS:
            words_of[round(count, min(0, KEPT_DIGITS - len(str(count))))].append(word)
    text = "\n".join(f"{count} {' '.join(sorted(words))}" for count, words in sorted(words_of.items()))
    return lzma.compress(text.encode(), preset=9)


def main(source: Path) -> None:
    """Reads the counts, writes the lexicon, says how large it is."""
    with lzma.open(source, "rt", encoding="utf-8") as lines:
        next(lines)
        counts = folded_counts(lines)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(pack(counts))
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
