"""Keeps what stands in documents and questions from being taken for instructions by the model server or the model.

The fence of a source is written with `<<<`. `harmless` leaves no `<<` in a text, so no text can close its fence, and
none of the tokens by which chat templates tell roles apart (`<|im_start|>`, `<start_of_turn>`, `[INST]`, `<<SYS>>`,
`</s>`, `<think>`, `[|user|]`): all of them begin with `<` or `[`, and no blank follows. Nor does it leave a mark that
an answer could copy, or the name of a speaker at the beginning of a line.
"""

import re
import unicodedata

from answers.citing.marks import MARK
from hebrew.normalise import clean

_WIDE = str.maketrans(
    {
        **dict.fromkeys("\uff1c\ufe64\u226a\u22d8\u2aa1\u2af7", "<"),
        **dict.fromkeys("\uff1e\ufe65\u226b\u22d9\u2aa2\u2af8", ">"),
        "\uff3b": "[", "\uff3d": "]", "\uff5c": "|", "\u2581": " ",
    }
)  # fmt: skip
"""Other shapes of the signs that tokens are made of, several in one character among them; and the blank of tokens."""
_ANGLES = "<\u02c2\u1438\u2039\u00ab\u276c\u276e\u2770\u27e8\u27ea\u3008\u300a"
_ANGLES_TOGETHER = re.compile(rf"([{_ANGLES}])(?=[{_ANGLES}])")
_TAG = re.compile(r"<(?=\S)")
_ROLE = re.compile(r"\[(?=[A-Za-z/|@_])")
_SPEAKER = re.compile(
    r"^([ \t>*#]*(?:user|assistant|system|human|ai|bot|falcon|instruction|input|response|tool)[*]*):",
    re.IGNORECASE | re.MULTILINE,
)
_USUAL = "\n\t -~\u05b0-\u05ea\u2010-\u2027\u20aa"
_UNUSUAL = re.compile(f"[^{_USUAL}]+")
_UNSEEN = re.compile("[\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Letters and marks without a shape, and what chooses between shapes: as good as any to hide a message in."""


def harmless(text: str) -> str:
    """The text as data for a prompt: it reads the same, but opens no tag, plays no role and holds no citation mark.

    Characters that nobody sees are removed, since they can hide instructions (Unicode tags) or reorder what is read.
    """
    visible = _UNUSUAL.sub(_seen, clean(text).translate(_WIDE))
    apart = _TAG.sub("< ", _ANGLES_TOGETHER.sub(r"\1 ", visible))
    return _SPEAKER.sub(r"\1 :", _ROLE.sub("[ ", MARK.sub(_unmarked, apart)))


def one_line(text: str) -> str:
    """The same for a title or a heading, on one line."""
    return " ".join(harmless(text).split())


def _seen(characters: re.Match[str]) -> str:
    kept = (each for each in _UNSEEN.sub("", characters[0]) if not unicodedata.category(each).startswith("C"))
    return "".join(kept)


def _unmarked(mark: re.Match[str]) -> str:
    inside = mark[0].strip("\\()[]\u3010\u3011")
    return inside if mark["word"] else f"({inside})"
