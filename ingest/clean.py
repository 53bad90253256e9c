"""What a page of text is worth: which of its lines only repeat on every page, and how much of it is words.

Works on lines of text in reading order; knows nothing of formats or places.
"""

import re
from collections import Counter
from collections.abc import Sequence

from hebrew.letters import is_hebrew
from hebrew.lexicon import is_word
from hebrew.tokens import tokens

_EDGE = 2
"""Lines at the top and at the bottom of a page that may be a running header or footer; one on a page of few lines."""
_SHARE = 0.6
_FEWEST_PAGES = 3
_DIGITS = re.compile("[0-9]+")
_LONGEST_SIGN = 3
"""Signs together that punctuation may be, such as an ellipsis of three full stops."""
_PAGE_NUMBER = re.compile(
    r"[-–—|\[( ]*(?:עמוד|עמ['\u05f3]|דף|page)? *[0-9]{1,4}(?: *(?:מתוך|/|of) *[0-9]{1,4})?[-–—|\]) ]*", re.IGNORECASE
)


def running_lines(pages: Sequence[Sequence[str]]) -> list[set[int]]:
    """For each page, the indexes of its lines that are running headers, running footers or page numbers.

    A line is one when, its numbers aside, it stands at the same edge of most pages, or of most pages on the same side
    of the open book. A page number standing alone on the first or last line counts on any document of several pages.
    """
    found: list[set[int]] = [set() for _ in pages]
    if len(pages) < _FEWEST_PAGES:
        return found
    for step in (1, 2):
        for first in range(step):
            side = range(first, len(pages), step)
            if len(side) >= _FEWEST_PAGES:
                _mark_repeated(pages, side, found)
    for lines, marked in zip(pages, found, strict=True):
        marked.update(index for index in {0, len(lines) - 1} if lines and _PAGE_NUMBER.fullmatch(lines[index].strip()))
    return found


def _mark_repeated(pages: Sequence[Sequence[str]], side: range, found: list[set[int]]) -> None:
    edges = [(_top(pages[number]), _bottom(pages[number])) for number in side]
    for each in range(2):
        counts = Counter(key for edge in edges for key in {_key(line) for line in edge[each].values()})
        needed = max(_FEWEST_PAGES - 1, _SHARE * len(side))
        for number, edge in zip(side, edges, strict=True):
            found[number].update(index for index, line in edge[each].items() if counts[_key(line)] >= needed)


def _top(lines: Sequence[str]) -> dict[int, str]:
    return dict(enumerate(lines[: _edge(lines)]))


def _bottom(lines: Sequence[str]) -> dict[int, str]:
    first = max(len(lines) - _edge(lines), 0)
    return dict(enumerate(lines[first:], start=first))


def _edge(lines: Sequence[str]) -> int:
    return _EDGE if len(lines) > 3 * _EDGE else 1


def _key(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def quality(text: str) -> float:
    """The share (0..1) of words that look real: Hebrew words that are known, words of other scripts, numbers.

    Several signs together without a letter or digit count as a word that is not real. 1 for a text without words.
    """
    real = total = 0
    for word in text.split():
        parts = tokens(word)
        total += len(parts) or len(word) > _LONGEST_SIGN
        real += sum(not is_hebrew(part) or is_word(part) for part in parts)
    return real / total if total else 1.0
