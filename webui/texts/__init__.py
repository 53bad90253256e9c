"""What the web says, in the language of whoever is asking: `texts.STOP` is Hebrew for one and English for another.

Each language is a folder of plain modules with the same names in each; Hebrew is the first and the one that types know.
Which of them speaks says `webui/texts/language.py`.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from webui.texts import hebrew
from webui.texts.language import Language, spoken

ROOMS: dict[Language, str] = {"he": "webui.texts.hebrew", "en": "webui.texts.english"}

if TYPE_CHECKING:
    from webui.texts.hebrew import (  # noqa: F401  # the names that types know
        account_texts,
        audit_texts,
        collection_texts,
        conversation_texts,
        document_texts,
        glossary_texts,
        guide_texts,
        key_texts,
        people_texts,
        sharing_texts,
        source_texts,
        status_texts,
        talk_texts,
        texts,
    )


class Spoken:
    """A module of sentences that is read anew, in the language of the moment, for every sentence."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getattr__(self, sentence: str) -> object:
        return getattr(import_module(f"{ROOMS[spoken()]}.{self.name}"), sentence)


BY_NAME: Mapping[str, object] = {
    each.name: Spoken(each.name) for each in iter_modules(hebrew.__path__) if each.name.endswith("texts")
}
"""Every module of sentences by its name, as templates take them."""

globals().update(BY_NAME)
