"""The fields of a form that our own pages send. Uploads are something else, see `webui/api/multipart.py`."""

from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

MOST_FORM = 8192
"""Bytes. Anybody may send the form that signs in, and the usual parsers put what is in a form on the disk."""


async def _sent(request: Request) -> dict[str, str]:
    """The last value of each field, without NUL, which no database holds. A form too large is not read to its end."""
    form = b""
    async for piece in request.stream():
        form += piece
        if len(form) > MOST_FORM:
            raise HTTPException(413)
    return {name: values[-1].replace("\0", "") for name, values in parse_qs(form.decode("latin-1")).items()}


Form = Annotated[dict[str, str], Depends(_sent)]
"""The fields by their names."""
