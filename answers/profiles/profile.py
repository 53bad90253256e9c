"""What differs from one family of models to another; the data is in `profiles.toml`, explained there."""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from math import ceil

from pydantic import TypeAdapter

_CHARACTERS_PER_WORD = 5.5
"""A Hebrew word with the blank after it. Counting characters holds for addresses and numbers too."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A family of models. `patterns` match model names in lower case, as file names are matched."""

    name: str
    patterns: tuple[str, ...]
    system: bool
    thinks: bool
    context: int
    tokens_per_word: float
    answer_tokens: int
    temperature: float
    stop: tuple[str, ...]

    def tokens(self, text: str) -> int:
        """About how many tokens a text is to such a model."""
        return ceil(len(text) / _CHARACTERS_PER_WORD * self.tokens_per_word)


def profile_for(model_name: str) -> Profile:
    """The profile of a model by its name or its folder; the generic one where no pattern fits."""
    name = model_name.lower()
    return next(profile for profile in _profiles() if any(fnmatchcase(name, pattern) for pattern in profile.patterns))


@cache
def _profiles() -> tuple[Profile, ...]:
    data = tomllib.loads(files("answers.profiles").joinpath("profiles.toml").read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Profile, ...]).validate_python(data["profile"])
