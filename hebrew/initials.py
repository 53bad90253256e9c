"""Whether some words are what an acronym stands for: `מל"ל` for the words of "the National Insurance Institute".

Works on letters: an acronym is made of the first letters of the words of a name, in order, mostly one of each word.
Knows no acronym by heart.
"""

import re
from collections.abc import Iterator, Sequence

from hebrew.folding import strip_prefix
from hebrew.letters import FINALS, PREFIXES

ACRONYM = re.compile(r"""[א-ת]{1,6}"[א-ת](?![א-ת"])""")
"""An acronym as it is written, perhaps with prefix letters before it; quotes are `"`."""

_MOST_OF_A_WORD = 3
"""Letters that a word gives at most: two of "general" and of "staff"."""
_LONGEST_PREFIX = max(map(len, PREFIXES))
_SHORTEST = 2
"""Letters of what is left behind a prefix, and words of a name."""
_SILENT = frozenset("של על את עם אל מן בין לפי או".translate(FINALS).split())
"""Words inside a name that give no letter."""
_SHORTEST_WITH_HOLE = 3
"""Letters of an acronym that may leave out a word of its name: the High Court of Justice has no letter for "court"."""


def readings(acronym: str) -> list[str]:
    """The acronym without what may be its article, and as it is written."""
    return [reading for reading in dict.fromkeys((acronym.removeprefix("ה"), acronym)) if ACRONYM.fullmatch(reading)]


def behind_particles(acronym: str) -> list[str]:
    """What is left of an acronym in a sentence behind each string of prefix letters it may begin with."""
    rests = [acronym[cut:] for cut in range(_LONGEST_PREFIX, 0, -1) if acronym[:cut] in PREFIXES]
    return [rest for rest in rests if ACRONYM.fullmatch(rest) and len(rest) > _SHORTEST_WITH_HOLE]


def spells(acronym: str, words: Sequence[str]) -> bool:
    """Whether the letters of the acronym are the first ones of these words; the first and the last must give some."""
    letters = letters_of(acronym)
    folded = [word.translate(FINALS) for word in words]
    fewest = max(_SHORTEST, (len(letters) + 1) // 2)
    if len(folded) < fewest or folded[0] in _SILENT:
        return False
    holes = int(len(letters) >= _SHORTEST_WITH_HOLE)
    return any(_fits(letters[count:], folded[1:], fewest - 1, holes) for count in _given(letters, folded[0]))


def _fits(letters: str, words: Sequence[str], fewest: int, holes: int) -> bool:
    """Whether `fewest` of `words` or more give `letters`; `holes` of them may give none, but never the last."""
    if not words or not letters:
        return not words and not letters and fewest <= 0
    word, rest = words[0], words[1:]
    if rest and word in _SILENT and _fits(letters, rest, fewest, holes):
        return True
    if rest and word not in _SILENT and holes and _fits(letters, rest, fewest, holes - 1):
        return True
    return any(_fits(letters[count:], rest, fewest - 1, holes) for count in _given(letters, word))


def _given(letters: str, word: str) -> Iterator[int]:
    """How many of the first letters a word may give: its own first ones, or those behind its prefix."""
    most = max(_shared(letters, base) for base in (word, *behind_prefixes(word)))
    yield from range(1, min(most, _MOST_OF_A_WORD) + 1)


def behind_prefixes(word: str) -> Iterator[str]:
    """What is left of a word behind each string of prefix letters that it may begin with."""
    for length in range(1, min(_LONGEST_PREFIX, len(word) - _SHORTEST) + 1):
        if word[:length] in PREFIXES:
            yield word[length:]


def letters_of(acronym: str) -> str:
    """The folded letters of an acronym, without its mark."""
    return acronym.replace('"', "").translate(FINALS)


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def unprefixed(word: str, first_letter: str = "") -> str:
    """The first word of a name without the particles before it; the article stays.

    They are what the lexicon knows as a prefix, or what stands before the first letter of the name's acronym.
    """
    rest = strip_prefix(word.translate(FINALS))
    if first_letter and not rest.startswith(first_letter):
        rest = next((base for base in behind_prefixes(word) if base.startswith(first_letter)), word)
        rest = word if word.startswith(first_letter) else rest
    particles = word[: len(word) - len(rest)]
    return ("ה" if particles.endswith("ה") else "") + word[len(particles) :]
