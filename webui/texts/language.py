"""Which language the web speaks just now: that of the request being answered, Hebrew where nothing else was chosen."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, get_args

Language = Literal["he"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DIRECTIONS: dict[Language, Literal["rtl", "ltr"]] = {"he": "rtl"}

_spoken: ContextVar[Language] = ContextVar("language", default="he")


def spoken() -> Language:
    """The language of the moment."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Inside, everything is said in that language; also in the threads and tasks that are started there."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)
