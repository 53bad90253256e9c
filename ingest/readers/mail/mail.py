"""A mail as a document: what it says is a page, what is attached are parts. Knows neither EML nor MSG."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hebrew.bidi import reads_reversed, visual_to_logical
from hebrew.normalise import clean
from indexes.page import Place
from ingest.document import Document, Part
from ingest.readers.draft import Draft
from ingest.readers.html.reader import write_html
from ingest.readers.parts import Parts

_LOGO = 64 << 10
"""Bytes up to which an image that the text of the mail shows inside itself is a logo or a smile, not a document."""
_NOT_DOCUMENTS = {
    "text/calendar", "application/ics", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "application/pgp-signature", "application/pgp-keys", "text/x-amp-html", "message/delivery-status",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Who a mail is from or to; either may be empty."""

    name: str
    address: str

    def __str__(self) -> str:
        if not self.name or self.name == self.address:
            return self.address
        return f"{self.name} <{self.address}>" if self.address else self.name


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail. `content_id` is set where the text shows it inside itself."""

    name: str
    media_type: str
    data: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """One text of a mail, said in one way or in both; either may be empty."""

    plain: str
    html: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that was taken apart. `sent` is in the time zone of the mail."""

    subject: str
    sender: Person
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    sent: datetime | None
    bodies: tuple[Body, ...]
    attachments: tuple[Attachment, ...]

    @property
    def day(self) -> str:
        """The day it was sent, as 3.5.2021."""
        return f"{self.sent.day}.{self.sent.month}.{self.sent.year}" if self.sent else ""


def document_of(mail: Mail, parts: Path | None) -> Document:
    """A page of kind `message`: the subject as its heading, who wrote to whom and when, and the text.

    The plain text is taken before the HTML, which is read as any page is and never shown. Earlier mails quoted in it
    stay. Raises what reading HTML and writing parts may raise.
    """
    draft = Draft()
    draft.page(
        Place("message", ", ".join(filter(None, [_one_line(mail.sender.name or mail.sender.address), mail.day])))
    )
    draft.heading(1, mail.subject)
    head = (("From", str(mail.sender)), ("Date", mail.day), ("To", _all(mail.to)), ("Cc", _all(mail.cc)))
    draft.paragraph("\n".join(f"{name}: {_one_line(value)}" for name, value in head if value))
    for body in mail.bodies:
        _write(body, draft)
    return replace(draft.document(mail.subject), parts=_taken(mail.attachments, parts))


def _write(body: Body, draft: Draft) -> None:
    if body.plain.strip():
        for paragraph in re.split(r"\n[ \t]*\n", _logical(clean(body.plain))):
            draft.paragraph(paragraph)
    elif body.html.strip():
        write_html(body.html, draft)


def _taken(attachments: Sequence[Attachment], folder: Path | None) -> tuple[Part, ...]:
    found = Parts(folder)
    for attachment in attachments:
        is_logo = attachment.content_id and attachment.media_type.startswith("image/") and len(attachment.data) <= _LOGO
        if not is_logo and attachment.media_type not in _NOT_DOCUMENTS and attachment.data:
            found.add(attachment.name, [attachment.data])
    return found.taken()


def _logical(text: str) -> str:
    """Text in the order of the screen (ISO 8859-8 without -i) in the order of reading."""
    return "\n".join(map(visual_to_logical, text.split("\n"))) if reads_reversed(text) else text


def _all(people: Sequence[Person]) -> str:
    return ", ".join(filter(None, map(str, people)))


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
