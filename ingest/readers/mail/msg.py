"""Mail as Outlook keeps it (MS-OXMSG): a compound file of properties, taken apart into a mail."""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.document import Document
from ingest.errors import TooNested
from ingest.readers.compound import Storage, open_compound
from ingest.readers.mail.eml import as_eml
from ingest.readers.mail.mail import Attachment, Body, Mail, Person, document_of
from ingest.readers.mail.rtf_body import text_of, unpacked
from ingest.readers.text import decode

_DEEPEST = 5
"""Mails attached to each other that are taken out at once."""

# Properties (MS-OXPROPS), by their ids.
_SUBJECT, _BODY, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS = 0x0C1A, 0x5D01, 0x0C1F
_SENT, _RECEIVED = 0x0039, 0x0E06
_NAME, _SMTP, _ADDRESS, _RECIPIENT_TYPE = 0x3001, 0x39FE, 0x3003, 0x0C15
_LONG_NAME, _SHORT_NAME, _DATA, _MEDIA_TYPE, _CONTENT_ID = 0x3707, 0x3704, 0x3701, 0x370E, 0x3712
_MESSAGE_CODEPAGE, _INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
_TO, _CC = 1, 2

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_INTEGER, _TIME = 0x0003, 0x0040
_HEADS = {"__recip": 8, "__attach": 8, "__substg": 24}
"""Bytes before the list of properties, by how the folder that they describe is called (MS-OXMSG 2.4.1); else 32."""


def read_msg(path: Path, parts: Path | None) -> Document:
    """A mail as a page of kind `message`; attachments and attached mails as parts. Raises `UnreadableFile`."""
    with open_compound(path) as root:
        return document_of(_mail(root, 1), parts)


@dataclass(frozen=True, slots=True)
class _Properties:
    """The properties of a folder: of a mail, somebody who gets it, or an attachment."""

    folder: Storage

    def text(self, number: int) -> str:
        """A text, "" if there is none."""
        wide = self.folder.read(f"__substg1.0_{number:04X}001F")
        if wide:
            return wide.decode("utf-16-le", errors="replace").rstrip("\0")
        narrow = self.folder.read(f"__substg1.0_{number:04X}001E").rstrip(b"\0")
        return decode(narrow, f"cp{self.fixed(_MESSAGE_CODEPAGE, _INTEGER)}") if narrow else ""

    def data(self, number: int) -> bytes:
        """Bytes, b"" if there are none."""
        return self.folder.read(f"__substg1.0_{number:04X}0102")

    def fixed(self, number: int, kind: int) -> int:
        """A number or a time, 0 if there is none."""
        name = self.folder.path[-1] if self.folder.path else ""
        head = next((length for beginning, length in _HEADS.items() if name.startswith(beginning)), 32)
        entries = self.folder.read("__properties_version1.0")[head:]
        for found, value in struct.iter_unpack("<I4xq", entries[: len(entries) // 16 * 16]):
            if found == number << 16 | kind:
                return int(value & 0xFFFFFFFF if kind == _INTEGER else value)
        return 0


def _mail(folder: Storage, depth: int) -> Mail:
    if depth > _DEEPEST:
        raise TooNested(f"mails attached to mails, more than {_DEEPEST} deep")
    properties = _Properties(folder)
    getting = [(each.fixed(_RECIPIENT_TYPE, _INTEGER), each) for each in map(_Properties, folder.inside("__recip"))]
    to, cc = (
        tuple(_person(each, _NAME, _SMTP, _ADDRESS) for kind, each in getting if kind == wanted)
        for wanted in (_TO, _CC)
    )
    return Mail(
        subject=properties.text(_SUBJECT),
        sender=_person(properties, _SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS),
        to=to,
        cc=cc,
        sent=_time(properties.fixed(_SENT, _TIME) or properties.fixed(_RECEIVED, _TIME)),
        bodies=(_body(properties),),
        attachments=tuple(_attachment(each, depth) for each in folder.inside("__attach")),
    )


def _body(properties: _Properties) -> Body:
    plain = properties.text(_BODY)
    html = properties.data(_HTML)
    page = decode(html, f"cp{properties.fixed(_INTERNET_CODEPAGE, _INTEGER)}") if html else properties.text(_HTML)
    packed = properties.data(_RTF)
    if packed and not plain.strip() and not page.strip():
        plain = text_of(unpacked(packed))
    return Body(plain, page)


def _person(properties: _Properties, name: int, *addresses: int) -> Person:
    found = (properties.text(each) for each in addresses)
    return Person(properties.text(name), next((each for each in found if "@" in each), ""))  # else a path in Exchange


def _attachment(folder: Storage, depth: int) -> Attachment:
    properties = _Properties(folder)
    for inner in folder.inside(f"__substg1.0_{_DATA:04X}000D"):
        mail = _mail(inner, depth + 1)
        return Attachment((mail.subject.replace("/", " ") or "message") + ".eml", "message/rfc822", as_eml(mail))
    name = properties.text(_LONG_NAME) or properties.text(_SHORT_NAME) or properties.text(_NAME)
    return Attachment(name, properties.text(_MEDIA_TYPE).lower(), properties.data(_DATA), properties.text(_CONTENT_ID))


def _time(value: int) -> datetime | None:
    """A time in tenths of microseconds since 1601, in the time zone of this machine."""
    try:
        return (_EPOCH + timedelta(microseconds=value // 10)).astimezone() if value > 0 else None
    except (OverflowError, ValueError, OSError):
        return None
