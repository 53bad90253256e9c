"""What a page of text is worth: how much of it is made of real words, read in the right direction.

Works on text alone; knows nothing of formats, or of how sure a reader was.
"""

import re

from hebrew.bidi import reads_reversed
from hebrew.letters import is_hebrew
from hebrew.lexicon import is_word
from hebrew.tokens import tokens

LOW_QUALITY = 0.75
"""Below it a page is said to be of low quality. Pages of good files have over 0.83, half of them over 0.98; the text
layers of badly recognised scans have 0.3 to 0.7 (docs/log.md)."""

_SIGNS = re.compile(r"(?<!\S)[^\w\s]{4,}(?!\S)")
"""More signs in a row than punctuation has, such as an ellipsis of three full stops."""


def quality(text: str) -> float:
    """The share (0..1) of letters that stand in words that look real: known Hebrew, words of other scripts, numbers.

    Letters are counted and not words because a short word is known by accident: of random strings of three Hebrew
    letters half are words. Different signs in a row, more than punctuation has, are a word that is not real; leaders
    of dots are nothing. 1 for a text without words, 0 for one that is written backwards.
    """
    words = tokens(_SIGNS.sub(" ", text))
    hebrew = [word for word in words if is_hebrew(word)]
    noise = sum(len(signs) for signs in _SIGNS.findall(text) if len(set(signs)) > 1)
    total = sum(map(len, words)) + noise
    unreal = sum(len(word) for word in hebrew if not is_word(word)) + noise
    if hebrew and reads_reversed(text):
        return 0.0
    return 1 - unreal / total if total else 1.0
