r"""The text of a mail that Outlook kept as compressed RTF (MS-OXRTFCP) and in no other form.

Only what mails use: characters, paragraphs, cells. HTML that was wrapped into RTF (MS-OXRTFEX) gives its text too.
"""

import re
import struct

from ingest.errors import UnreadableFile
from ingest.readers.text import decode

_BEGINNING = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the dictionary holds before anything was unpacked (2.1.2)."""
_RING = 4096
_PACKED, _PLAIN = b"LZFu", b"MELA"

_TOKEN = re.compile(
    rb"\\([a-zA-Z]+)(-?[0-9]{1,6})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_SIGNS = {
    "par": "\n", "line": "\n", "row": "\n", "page": "\n", "sect": "\n", "tab": "\t", "cell": " | ", "lquote": "\u2018",
    "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022", "endash": "\u2013",
    "emdash": "\u2014",
}  # fmt: skip
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
_NOT_TEXT = {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer"}


def unpacked(data: bytes) -> bytes:
    """The RTF of compressed RTF. Raises `UnreadableFile`."""
    if len(data) < 16:  # noqa: PLR2004  # the header (2.1.3.1)
        raise UnreadableFile("the text of the mail is damaged")
    size, kind = struct.unpack_from("<4xI4s", data)
    if kind == _PLAIN:
        return data[16 : 16 + size]
    if kind != _PACKED:
        raise UnreadableFile("the text of the mail is packed in an unknown way")
    return _decompress(data[16:])


def _decompress(data: bytes) -> bytes:
    """What follows a bit 1 of a control byte is a place in the dictionary and a length, after a bit 0 a byte (2.2)."""
    ring = bytearray(_BEGINNING.ljust(_RING, b"\0"))
    written, position = bytearray(), 0
    while position < len(data):
        control, position = data[position], position + 1
        for bit in range(8):
            here = (len(_BEGINNING) + len(written)) % _RING
            if not control >> bit & 1:
                new = data[position : position + 1]
                position += 1
            else:
                offset, length = divmod(int.from_bytes(data[position : position + 2], "big"), 16)
                position += 2
                if offset == here or position > len(data):
                    return bytes(written)
                new = _copied(ring, offset, here, length + 2)
            for count, byte in enumerate(new):
                ring[(here + count) % _RING] = byte
            written += new
    return bytes(written)


def _copied(ring: bytearray, offset: int, here: int, length: int) -> bytes:
    """Bytes of the dictionary; where they run into the place that is being written, they repeat."""
    distance = (here - offset) % _RING
    source = bytes(ring[(offset + count) % _RING] for count in range(min(distance, length)))
    return (source * (length // len(source) + 1))[:length]


def text_of(rtf: bytes) -> str:
    """The text of RTF."""
    found = _Text()
    for token in _TOKEN.finditer(rtf):
        found.take(token)
    return found.whole()


class _Text:
    """The pieces of text so far: characters that are known, and bytes that are decoded together at the end."""

    def __init__(self) -> None:
        self._pieces: list[str | bytes] = []
        self._codepage = ""
        self._is_hidden, self._after_unicode = False, 1  # of the group that is open
        self._outside: list[tuple[bool, int]] = []
        self._to_skip = 0

    def take(self, token: re.Match[bytes]) -> None:
        """Takes one token: a control word, a byte, a symbol, a brace or characters."""
        word, number, byte, symbol, brace, plain = token.groups()
        if brace == b"{":
            self._outside.append((self._is_hidden, self._after_unicode))
        elif brace and self._outside:
            self._is_hidden, self._after_unicode = self._outside.pop()
        elif word:
            self._control(word.decode("ascii"), int(number) if number else None)
        elif symbol == b"*":
            self._is_hidden = True
        elif byte:
            self._add(bytes.fromhex(byte.decode("ascii")))
        elif symbol:
            self._add(_SYMBOLS.get(symbol, ""))
        elif plain:
            self._add(plain)

    def whole(self) -> str:
        """The text. All bytes are decoded as one: a word alone is too little to know an encoding by."""
        pieces: list[str | bytes] = []
        for piece in self._pieces:
            if isinstance(piece, bytes) and pieces and isinstance(pieces[-1], bytes):
                pieces[-1] += piece
            else:
                pieces.append(piece)
        unknown = [b"", *(each for each in pieces if isinstance(each, bytes))]
        _, *decoded = decode(b"\n".join(unknown), self._codepage).split("\n")
        texts = iter(decoded)
        text = "".join(piece if isinstance(piece, str) else next(texts, "") for piece in pieces)
        return text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")  # joins half characters

    def _control(self, word: str, number: int | None) -> None:
        if word == "ansicpg":
            self._codepage = f"cp{number}"
        elif word == "uc":
            self._after_unicode = number or 0
        elif word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self._to_skip = self._after_unicode
        elif word == "htmlrtf":
            self._is_hidden = number != 0
        elif word in _NOT_TEXT:
            self._is_hidden = True
        else:
            self._add(_SIGNS.get(word, ""))

    def _add(self, piece: str | bytes) -> None:
        if isinstance(piece, bytes) and self._to_skip:  # what a program without Unicode would show
            piece, self._to_skip = piece[self._to_skip :], max(0, self._to_skip - len(piece))
        if piece and not self._is_hidden:
            self._pieces.append(piece)
