"""Hebrew acronyms and abbreviations: how each is indexed, and what it stands for.

The list is `hebrew/data/acronyms.tsv`, explained at its top. Where the letters of a form are an ordinary word too, as
"lawyer" is spelled like "more", the form is indexed with its mark (`"` or `'`), so that the two stay apart; all others
are indexed without, and found however they are written. Knows nothing of tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from hebrew.letters import FINALS, PREFIXES

_ENDINGS = ("", "ימ", "ית", "ות", "יות", "ניק", "ניקימ", "י")
"""What acronyms take behind their quote, as in "general managers" (with plain final letters)."""
_QUOTE_ONLY = 2
"""Forms of so many letters always need their mark: two letters are too often a word by accident."""


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym: the token it is indexed as when it has its mark, all the tokens it may be, and what it stands for.

    The most common meaning comes first.
    """

    token: str
    tokens: tuple[str, ...]
    meanings: tuple[str, ...]


def acronyms() -> Sequence[Acronym]:
    """All acronyms of the list."""
    return _read()[0]


def plain_acronyms() -> frozenset[str]:
    """The forms of acronyms that are known without their mark, as tokens."""
    return _read()[2]


def marked_acronym(word: str) -> str | None:
    """The token of a word with a mark (`"` or `'`; final letters made plain), without prefix letters and endings.

    None when the word is no acronym of the list.
    """
    before, _, after = word.rpartition('"')
    for ending in _ENDINGS if before else ("",):
        if len(after) <= len(ending) or not word.endswith(ending):
            continue
        bare = word.removesuffix(ending)
        for length in range(len(bare)):
            if (length == 0 or bare[:length] in PREFIXES) and (found := _read()[1].get(bare[length:])):
                return found.token
    return None


def checksum() -> str:
    """Eight hexadecimal digits that change with the list."""
    return blake2b(_text().encode(), digest_size=4).hexdigest()


def _text() -> str:
    return files("hebrew").joinpath("data/acronyms.tsv").read_text(encoding="utf-8")


@cache
def _read() -> tuple[tuple[Acronym, ...], dict[str, Acronym], frozenset[str]]:
    """All acronyms, those of every form as it is written, and the forms that need no mark."""
    every: list[Acronym] = []
    written: dict[str, Acronym] = {}
    plain: set[str] = set()
    for line in _text().splitlines():
        if line.startswith("#"):
            continue
        left, _, meanings = line.partition("\t")
        listed = [form.translate(FINALS) for form in left.split("|")]
        forms = [_token(form) for form in listed]
        own = meanings.translate(FINALS)[1:] if meanings.startswith("=") else forms[0]
        every.append(Acronym(own, tuple(dict.fromkeys((own, *forms))), tuple(meanings.removeprefix("=").split("|"))))
        written.update((form.rstrip("*"), every[-1]) for form in listed)
        plain.update(form for form in forms if form.isalpha())
    return tuple(every), written, frozenset(plain)


def _token(form: str) -> str:
    bare = form.replace('"', "").replace("'", "")
    return form.rstrip("*") if form.endswith("*") or len(bare) <= _QUOTE_ONLY else bare
