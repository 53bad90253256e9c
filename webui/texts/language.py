"""Which language the web speaks just now: that of the request being answered, Hebrew where nothing else was chosen.

Another one takes its name and direction here, and a folder of sentences beside `hebrew/`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, get_args

Language = Literal["he", "en"]
"""A language of the screen, by its code (BCP 47)."""

Direction = Literal["rtl", "ltr"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
FIRST: Language = "he"
DIRECTIONS: dict[Language, Direction] = {"he": "rtl", "en": "ltr"}

_spoken: ContextVar[Language] = ContextVar("language", default=FIRST)


def spoken() -> Language:
    """The language of the moment."""
    return _spoken.get()


def direction() -> Direction:
    """The direction in which a page in the language of the moment is laid out."""
    return DIRECTIONS[spoken()]


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Inside, everything is said in that language; also in the threads and tasks that are started there."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)
