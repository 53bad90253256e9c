"""What the web says, in the language of whoever is asking: `texts.STOP` is Hebrew for one and English for another.

Each language is a folder of plain modules with the same names in each; Hebrew is the first and the one that types know.
Which of them speaks says `webui/texts/language.py`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from webui.texts.language import Language, spoken

ROOMS: dict[Language, str] = {"he": "webui.texts.hebrew", "en": "webui.texts.english"}

if TYPE_CHECKING:
    from webui.texts.hebrew import (
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
else:

    class Spoken:
        """A module of sentences that is read anew, in the language of the moment, for every sentence."""

        def __init__(self, name: str) -> None:
            self.name = name

        def __getattr__(self, sentence: str) -> object:
            return getattr(import_module(f"{ROOMS[spoken()]}.{self.name}"), sentence)

    account_texts = Spoken("account_texts")
    audit_texts = Spoken("audit_texts")
    collection_texts = Spoken("collection_texts")
    conversation_texts = Spoken("conversation_texts")
    document_texts = Spoken("document_texts")
    glossary_texts = Spoken("glossary_texts")
    guide_texts = Spoken("guide_texts")
    key_texts = Spoken("key_texts")
    people_texts = Spoken("people_texts")
    sharing_texts = Spoken("sharing_texts")
    source_texts = Spoken("source_texts")
    status_texts = Spoken("status_texts")
    talk_texts = Spoken("talk_texts")
    texts = Spoken("texts")
