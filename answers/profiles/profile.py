"""Models as data: how each is spoken to and what it is. The data is in `data/*.toml`; knows no server."""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from math import ceil
from typing import Literal

from pydantic import TypeAdapter

from answers.profiles.weights import Variant, Weights

_CHARACTERS_PER_WORD = 5.5
"""A Hebrew word with the blank after it; 5.9 in the paragraphs of HeQ, less here so that estimates are rather too high.
Counting characters holds for addresses and numbers too."""
_UNKNOWN_TOKENS_PER_WORD = 6.0
"""About a token for every character, as in tokenizers that know no Hebrew words (Mistral 7B: 5.78, measured)."""
_UNSAID_CONTEXT = 4096
"""Servers that do not say what they hold often hold less than their model could: Ollama 4096 on small cards, where it
cuts the beginning of a longer prompt, the instructions, without a word."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A model. `patterns` match names of models in lower case, as file names are matched.

    `checked` says what of the entry was read where, and what was not verified. `hebrew` is the average in AlephBench, a
    benchmark of Hebrew (0 to 100); None where nobody measured it. A model that was not `instructed` only continues
    texts. One whose `thinking` is `always` may begin inside of its thoughts. `template` is a file of ours in
    `templates/`, for models that come without a chat template.
    """

    name: str
    patterns: tuple[str, ...]
    licence: str
    commercial: Literal["yes", "terms", "no", "unknown"]
    trained_context: int
    checked: str
    hub_id: str = ""
    base: str = ""
    made_for_hebrew: bool = False
    instructed: bool = True
    hebrew: float | None = None
    system: bool = True
    alternates: bool = False
    thinking: Literal["never", "optional", "always"] = "never"
    stop: tuple[str, ...] = ()
    temperature: float = 0.2
    top_p: float = 0.9
    answer_tokens: int = 1024
    tokens_per_word: float = _UNKNOWN_TOKENS_PER_WORD
    reasoning_parser: str = ""
    flags: tuple[str, ...] = ()
    template: str = ""
    weights: Weights | None = None
    variants: tuple[Variant, ...] = ()

    @property
    def thinks(self) -> bool:
        """Whether it thinks before every answer, so that its text may begin inside of the thoughts."""
        return self.thinking == "always"

    @property
    def context(self) -> int:
        """How many tokens to count on where neither the server nor DARASH_MODEL_CONTEXT says."""
        return min(self.trained_context, _UNSAID_CONTEXT)

    def tokens(self, text: str) -> int:
        """About how many tokens a text is to this model, rather too many than too few."""
        return ceil(len(text) / _CHARACTERS_PER_WORD * self.tokens_per_word)

    def sampling(self) -> dict[str, object]:
        """How it is to write answers that follow their sources: fields of a request that every server knows."""
        return {"temperature": self.temperature, "top_p": self.top_p} | ({"stop": list(self.stop)} if self.stop else {})

    def messages(self, instructions: str, request: str) -> tuple[dict[str, str], ...]:
        """The two texts as this model takes them: without a system message, the instructions open the request."""
        if self.system:
            return {"role": "system", "content": instructions}, {"role": "user", "content": request}
        return ({"role": "user", "content": f"{instructions}\n\n{request}"},)


def profile_for(model_name: str) -> Profile:
    """The profile of a model by its name, folder, tag or file; the generic one where no pattern fits.

    The longest pattern that fits decides, so that a model made from another one is not taken for that one.
    """
    name = model_name.lower()
    fitting = [
        (len(pattern), profile) for profile in profiles() for pattern in profile.patterns if fnmatchcase(name, pattern)
    ]
    return max(fitting, key=lambda one: one[0])[1]


@cache
def profiles() -> tuple[Profile, ...]:
    """Every profile, the generic one among them, in the order of their files. Raises `ValueError` for a bad entry."""
    entries: list[dict[str, object]] = []
    for file in sorted(files("answers.profiles").joinpath("data").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            entries += tomllib.loads(file.read_text(encoding="utf-8"))["model"]
    return TypeAdapter(tuple[Profile, ...]).validate_python(entries)
