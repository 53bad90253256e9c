"""Hebrew that was typed while the keyboard was set to English: `akuo` for `שלום`.

Knows the keys and the lexicon, and no questions.
"""

import re

from hebrew.letters import count_hebrew
from hebrew.lexicon import frequency
from hebrew.tokens import tokens

_KEYS = str.maketrans(
    {
        **dict(zip("ertyuiopasdfghjkl;zxcvbnm,.", "קראטוןםפשדגכעיחלךףזסבהנמצתץ", strict=True)),
        **{"q": "/", "w": "'", "/": ".", "'": ","},
    }
)
"""What the keys of the English layout write in the Hebrew one, by the Israeli standard SI 1452."""

_AROUND = '"()[]-:?!'
_STOPS = '"()[]-:?!,./'
_IMPOSSIBLE = re.compile(
    r"[םןףךץ](?=[א-ת])"  # a final letter in the middle
    r"|[כמנצ]$"  # an ordinary one at the end; only pe may stand there, in foreign words
    r"|^['/,.]|[^גדוזחטצת]'(?=[א-ת])|/(?=[א-ת])"  # signs where no word has them
)
"""What no Hebrew word has, and most English words have when they are typed in the Hebrew layout."""
_FEW = 2
_FEWEST_LETTERS = 4
_LONG = 3
_KNOWN = 100
"""So few words may be English by chance. They need so many letters, one of them as long, and each of them has to stand
in so many of the lexicon's 350,000 paragraphs."""
_SHARE = 0.5
"""Of the letters of a longer text, so many belong to known words."""


def retyped(text: str) -> str | None:
    """The text as its keys read in the Hebrew layout, where that makes Hebrew of it; else None.

    A text with any Hebrew letter is meant as it stands.
    """
    if count_hebrew(text):
        return None
    hebrew = text.lower().translate(_KEYS)
    words = [word.rstrip(_STOPS) for each in hebrew.split() if count_hebrew(word := each.strip(_AROUND))]
    letters = sum(map(len, words))
    if not words or any(map(_IMPOSSIBLE.search, words)):
        return None
    if len(words) <= _FEW:
        is_long = letters >= _FEWEST_LETTERS and max(map(len, words)) >= _LONG
        return hebrew if is_long and all(_frequency(word) >= _KNOWN for word in words) else None
    known = sum(len(word) for word in words if _frequency(word))
    return hebrew if known >= _SHARE * letters else None


def _frequency(word: str) -> int:
    return min(map(frequency, tokens(word)), default=0)
