"""Tells what a model thinks from what it answers. Knows only the tags around the thoughts."""

import re

_OPENING, _CLOSING = "<think>", "</think>"
_TAGS = re.compile(r"(</?think>)")


def told_apart(text: str, *, thinks: bool = False, finished: bool = False) -> tuple[str, str]:
    """The thoughts and the answer in what a model has written so far.

    Thoughts stand between `<think>` and `</think>`. Some chat templates write `<think>` themselves, so that a model
    that `thinks` begins inside its thoughts: of it all is thoughts before the closing tag. `finished` says that the
    stream came to its own end: then such a model without any tag did not think, and the beginning of a tag at the end
    of the text, which is held back until then, is text. Of a stream that broke or was cut, say that it is not finished.
    """
    if not finished:
        text = text[: len(text) - _length_of_partial_tag(text)]
    before, closing, _ = text.partition(_CLOSING)
    inside = _OPENING not in before and (bool(closing) or (thinks and not finished))
    thoughts, answer = "", ""
    for part in _TAGS.split(text):
        if part in (_OPENING, _CLOSING):
            inside = part == _OPENING
        elif inside:
            thoughts += part
        else:
            answer += part
    return thoughts.strip(), answer.lstrip()


def _length_of_partial_tag(text: str) -> int:
    for length in range(len(_CLOSING) - 1, 0, -1):
        if any(tag.startswith(text[-length:]) for tag in (_OPENING, _CLOSING)):
            return min(length, len(text))
    return 0
