"""In which language a question is asked, and what is said to the person in that language.

Knows the scripts and a few English words.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from answers.prompt import words

Language = Literal["he", "en", "ar", "ru"]

_SCRIPTS: dict[Language, re.Pattern[str]] = {
    "he": re.compile("[\u05d0-\u05ea]{2,}"),
    "ar": re.compile("[\u0620-\u064a]{2,}"),
    "ru": re.compile("[\u0400-\u04ff]{2,}"),
    "en": re.compile("[A-Za-z]{2,}"),
}
_ENGLISH = re.compile(
    r"\b(?:a|an|and|are|can|compare|did|do|does|explain|for|give|has|have|how|i|if|in|is|list|may|must|my|of|on|please"
    r"|should|show|summari[sz]e|tell|the|there|to|was|we|what|when|where|which|who|whose|why|will|with|you)\b",
    re.IGNORECASE,
)
_AGAINST_HEBREW = 2
"""Another language is believed from so many of its words for one Hebrew word on: names are often foreign."""


def language_of(question: str) -> Language:
    """The language of a question; Hebrew where that is not plain. Latin letters are English only with an English word.

    "What does X mean?" is English even where X is Hebrew, and a Hebrew question about a product stays Hebrew.
    """
    counts = {language: len(script.findall(question)) for language, script in _SCRIPTS.items()}
    hebrew = counts.pop("he")
    language = max(counts, key=lambda each: counts[each])
    if not counts[language] or counts[language] < _AGAINST_HEBREW * hebrew:
        return "he"
    return "he" if language == "en" and not _ENGLISH.search(question) else language


def phrase(name: str, language: Language) -> str:
    """What is said to the person, in that language: `prompts/<name>.md`, or its translation in `phrases.toml`."""
    return _translated()[language][name] if language != "he" else words(name)


@cache
def _translated() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("answers").joinpath("prompts/phrases.toml").read_text(encoding="utf-8"))
