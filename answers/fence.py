"""Keeps what stands in documents and questions from being taken for instructions by the model server or the model.

The fence of a source is written with `<<<`. `harmless` leaves no `<<` in a text, so no text can close its fence, and
none of the tokens by which chat templates tell roles apart (`<|im_start|>`, `[INST]`, `<<SYS>>`, `</s>`, `<think>`).
"""

import re
import unicodedata

from hebrew.normalise import clean

_WIDE = str.maketrans("\uff1c\uff1e\uff3b\uff3d\uff5c", "<>[]|")
_TAG = re.compile(r"<(?=[\w/|!?<])")
_ROLE = re.compile(r"\[(?=/?[A-Z])")
_MARK = re.compile(r"\[(\s*\d[\d\s,;-]*)\]")


def harmless(text: str) -> str:
    """The text as data for a prompt: it reads the same, but opens no tag, plays no role and holds no citation mark.

    Characters that nobody sees are removed, since they can hide instructions (Unicode tags) or reorder what is read.
    """
    visible = "".join(filter(_is_seen, clean(text).translate(_WIDE)))
    return _MARK.sub(r"(\1)", _ROLE.sub("[ ", _TAG.sub("< ", visible)))


def one_line(text: str) -> str:
    """The same for a title or a heading, on one line."""
    return " ".join(harmless(text).split())


def _is_seen(character: str) -> bool:
    return character in "\n\t" or not unicodedata.category(character).startswith("C")
