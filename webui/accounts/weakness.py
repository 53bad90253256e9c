"""Which passwords may be chosen: long ones that are not obvious.

As NIST SP 800-63B, 5.1.1.2, has it: length counts, any letter may be used, there are no rules of composition, and what
is commonly used or expected is refused. A rule says what that is, in place of a list that has to be kept up.
"""

import re
from typing import Literal

from webui.accounts.password import prepared
from webui.texts.hebrew import obvious

SHORTEST, LONGEST = 10, 128
"""Characters."""

Weakness = Literal["short", "long", "obvious"]

_LEFT = 4
"""So many letters and signs have to remain of a password when all that is obvious is taken away."""

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujm",
    *obvious.ROWS,
)
_WORDS = """
password passw passwd pass secret login welcome letmein admin administrator root user guest test default changeme qwerty
iloveyou love sunshine princess dragon monkey football baseball superman batman master shadow freedom trustno hello
summer winter spring autumn january february march april june july august september october november december
michael jordan israel jerusalem telaviv shalom darash google computer internet office company access server
"""
_OBVIOUS = (*_WORDS.split(), *obvious.WORDS)
_DISGUISED = str.maketrans("@$013457!", "asoieasti")


def weakness(password: str, *own_names: str) -> Weakness | None:
    """Why a password may not be chosen by somebody with those names, or None.

    Obvious is what hardly anything remains of when digits, common words, own names, repetitions and runs of the
    alphabet or the keyboard are taken away, letters disguised as signs among them.
    """
    length = len(prepared(password))
    if length < SHORTEST:
        return "short"
    if length > LONGEST:
        return "long"
    plain = prepared(password).lower()
    names = [word for name in own_names for word in re.split(r"[\W_]+", name.lower()) if len(word) > 1]
    readings = (plain, plain.translate(_DISGUISED))
    return "obvious" if any(_left(reading, names) < _LEFT for reading in readings) else None


def _left(text: str, names: list[str]) -> int:
    """How many different letters and signs remain of a password without what is obvious."""
    text = re.sub(r"\s+", "", text)
    for word in sorted((*_OBVIOUS, *names), key=len, reverse=True):
        text = text.replace(word, "")
    text = re.sub(r"\d", "", text)
    text = re.sub(r"(.{1,6}?)\1{2,}", "", text)
    for row in _ROWS:
        for run in (row, row[::-1]):
            for length in range(len(run), 3, -1):
                for start in range(len(run) - length + 1):
                    text = text.replace(run[start : start + length], "")
    return len(set(text))
