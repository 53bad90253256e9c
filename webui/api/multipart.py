"""Reading a multipart upload while it arrives: files one after the other, each as pieces, nothing kept in memory.

Starlette's own form parser writes every file to the temporary folder first, and without a limit. Knows nothing of
documents.
"""

from collections import deque
from collections.abc import Iterable, Iterator

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

LONGEST_BOUNDARY = 70
"""Characters, as RFC 2046 has it."""

PATH = b"path"
"""The field before a file that says where in its folder the file was, and what it is called."""

LONGEST_FIELD = 8192
"""Bytes of that field."""

_ESCAPED = {"%22": '"', "%0D": "\r", "%0A": "\n"}
"""What browsers write for characters that would end the name of a file (HTML, "multipart form data")."""


class BadUpload(Exception):
    """The body is not what its header says: no multipart form, or one that breaks off."""


class FileUpload:
    """A file of the form. `pieces` can be read once, and must be before the next file is asked for.

    `path` is the field of that name before the file, with folders; without such a field it is the name of the file.
    """

    def __init__(self, path: str, pieces: Iterator[bytes]) -> None:
        self.path = path
        self.pieces = pieces


class UploadForm:
    """A form as it arrives in `body`."""

    def __init__(self, content_type: str, body: Iterable[bytes]) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary", b"")
        if kind != b"multipart/form-data" or not 0 < len(boundary) <= LONGEST_BOUNDARY:
            raise BadUpload("not a multipart form")
        self._body = iter(body)
        self._events: deque[tuple[str, bytes]] = deque()
        self._header = (b"", b"")
        self._headers: dict[bytes, bytes] = {}
        self._ended = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
                "on_part_data": lambda data, start, end: self._events.append(("data", data[start:end])),
                "on_part_end": lambda: self._events.append(("end", b"")),
                "on_end": self._on_end,
            },
        )

    def files(self) -> Iterator[FileUpload]:
        """The files of the form in order; other fields than `path` are skipped. Raises `BadUpload`."""
        path = ""
        while (event := self._next()) is not None:
            kind, name = event
            if kind == "field" and name == PATH:
                path = self._field()
            elif kind == "file":
                pieces = self._pieces()
                yield FileUpload(path or _unescaped(name), pieces)
                path = ""
                for _ in pieces:  # what the reader left, for example of a file that was too large
                    pass
        if not self._ended:
            raise BadUpload("the form breaks off")

    def _pieces(self) -> Iterator[bytes]:
        while (event := self._next()) is not None:
            if event[0] == "end":
                return
            yield event[1]
        raise BadUpload("the file breaks off")

    def _field(self) -> str:
        value = b""
        for piece in self._pieces():
            value += piece
            if len(value) > LONGEST_FIELD:
                raise BadUpload("a field is too long")
        return value.decode("utf-8", "replace")

    def _next(self) -> tuple[str, bytes] | None:
        while not self._events:
            data = next(self._body, None)
            if data is None:
                return None
            try:
                self._parser.write(data)
            except FormParserError as error:
                raise BadUpload(str(error)) from error
        return self._events.popleft()

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0] + data[start:end], self._header[1])

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0], self._header[1] + data[start:end])

    def _on_header_end(self) -> None:
        self._headers[self._header[0].lower()] = self._header[1]
        self._header = (b"", b"")

    def _on_headers_finished(self) -> None:
        options = parse_options_header(self._headers.get(b"content-disposition", b""))[1]
        self._headers = {}
        is_file = b"filename" in options
        self._events.append(("file", options[b"filename"]) if is_file else ("field", options.get(b"name", b"")))

    def _on_end(self) -> None:
        self._ended = True


def _unescaped(name: bytes) -> str:
    text = name.decode("utf-8", "replace")
    for escaped, character in _ESCAPED.items():
        text = text.replace(escaped, character)
    return text
