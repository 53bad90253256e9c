"""The scripts, styles, letters and pictures of our pages: joined, compressed once, and kept by browsers for ever.

The address of a file holds a name of all their contents together, so whatever changes has another address. In the files
themselves the addresses are plain (`/static/dom.js`): the name is put in when they are read. Scripts and style sheets
come in one piece with those that they import. Files that changed on the disk are read anew, as after an upgrade.
"""

import gzip
import mimetypes
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from webui.pages.joining import joined_script, joined_style

FOLDER = Path(__file__).parent.parent / "screen" / "static"
PLACE = "/static/"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"

WORTH = 0.9
"""Of its size, what a file has to have lost to be sent compressed: letters and pictures are compressed already."""

Stamps = tuple[tuple[str, int], ...]
"""The names of the files, each with when it was changed."""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """What is sent: `squeezed` is the body in gzip, None where that would not be smaller."""

    kind: str
    body: bytes
    squeezed: bytes | None


@dataclass(frozen=True, slots=True)
class Contents:
    """The files as they lie in the folder, and `version`, the name of their contents."""

    version: str
    bodies: Mapping[str, bytes]


def address(name: str) -> str:
    """Where a file can be had that may be kept for ever."""
    return f"{PLACE}{_contents(_stamps()).version}/{name}"


async def serve(scope: Scope, receive: Receive, send: Send) -> None:
    """ASGI: `GET /static/VERSION/NAME`; with no version or an old one, as from before an upgrade, the file of today."""
    version, _, name = scope["path"].removeprefix(PLACE).rpartition("/")
    stamps = _stamps()
    contents = _contents(stamps)
    if name not in contents.bodies or scope["method"] not in ("GET", "HEAD"):
        raise HTTPException(404)
    found = _file(stamps, name)
    headers = {"cache-control": FOREVER if version == contents.version else ASK_AGAIN, "vary": "accept-encoding"}
    body = found.body
    if found.squeezed is not None and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        body = found.squeezed
    await Response(body, media_type=found.kind, headers=headers)(scope, receive, send)


def _stamps() -> Stamps:
    with os.scandir(FOLDER) as entries:
        return tuple(sorted((entry.name, entry.stat().st_mtime_ns) for entry in entries if entry.is_file()))


@lru_cache(maxsize=1)
def _contents(stamps: Stamps) -> Contents:
    bodies = {name: (FOLDER / name).read_bytes() for name, _ in stamps}
    version = blake2b(b"\0".join(name.encode() + body for name, body in bodies.items()), digest_size=6).hexdigest()
    return Contents(version, bodies)


@lru_cache(maxsize=128)
def _file(stamps: Stamps, name: str) -> StaticFile:
    contents = _contents(stamps)
    kind, body = mimetypes.guess_type(name)[0] or "application/octet-stream", contents.bodies[name]
    join = {".css": joined_style, ".js": joined_script}.get(Path(name).suffix)
    if join:
        sources = {each: text.decode() for each, text in contents.bodies.items() if each.endswith((".css", ".js"))}
        body = join(name, sources).replace(f'"{PLACE}', f'"{PLACE}{contents.version}/').encode()
    squeezed = gzip.compress(body, mtime=0)
    return StaticFile(kind, body, squeezed if len(squeezed) < len(body) * WORTH else None)
