"""Hebrew that was written in windows-1255 and is shown as windows-1252: `ùìåí` for `שלום`.

Old 8-bit fonts and file properties of old programs are full of it. Knows nothing of files.
"""

import re

_SHOWN, _MEANT = "".join(map(chr, range(0xE0, 0xFB))), "".join(map(chr, range(0x5D0, 0x5EB)))
_REPAIR = str.maketrans(_SHOWN, _MEANT)
_WORD = re.compile(r"""["'.,:;()-]*[\u00e0-\u00fa]+(?:["'.-][\u00e0-\u00fa]+)*["'.,:;()-]*""")
_HEBREW = re.compile("[א-ת]")
_SHORTEST = 2
_LOWEST_SHARE = 0.2


def is_mojibake(text: str, least: int = 1) -> bool:
    """Whether at least `least` words, and a fifth of all, are made of accented letters only and no letter is Hebrew."""
    if _HEBREW.search(text):
        return False
    words = text.split()
    strange = sum(len(word) >= _SHORTEST and _WORD.fullmatch(word) is not None for word in words)
    return strange >= least and strange > _LOWEST_SHARE * len(words)


def repair_mojibake(text: str) -> str:
    """The Hebrew letters that accented ones stand for; everything else as it is."""
    return text.translate(_REPAIR)
