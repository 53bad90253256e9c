"""Hides what a model thinks before it answers. Knows only the tags around the thoughts."""

_OPENING, _CLOSING = "<think>", "</think>"


def without_thoughts(text: str, *, thinks: bool = False, finished: bool = False) -> str:
    """The answer in what a model has written so far.

    Thoughts end with `</think>`. Some chat templates write `<think>` themselves, so that a model that `thinks` begins
    inside its thoughts: of it nothing is shown before the closing tag, or before the end when there is none. While
    the stream runs, the beginning of a tag at the end of the text is held back.
    """
    _thoughts, closing, answer = text.rpartition(_CLOSING)
    if not closing and thinks and not finished:
        return ""
    answer, opening, _ = answer.partition(_OPENING)
    if not (finished or opening):
        answer = answer[: len(answer) - _length_of_partial_tag(answer)]
    return answer.lstrip()


def _length_of_partial_tag(text: str) -> int:
    for length in range(len(_CLOSING) - 1, 0, -1):
        if any(tag.startswith(text[-length:]) for tag in (_OPENING, _CLOSING)):
            return min(length, len(text))
    return 0
