"""The forms of an upload: what is sent, and what became of each file."""

from typing import Any

from pydantic import BaseModel, Field

from webui.api.problem import Problem


class TakenForm(BaseModel):
    """What became of one file."""

    name: str
    id: str | None = Field(description="The document, if there is one")
    new: bool = Field(description="Whether it was not there before")
    error_code: str | None
    error: str | None = Field(description="Why there is none, in Hebrew")


class Uploaded(BaseModel):
    """What became of the files of a form, in order; `message` is what went wrong first, in Hebrew, or empty."""

    message: str
    files: list[TakenForm]


class NothingTaken(Problem):
    """Why no file was taken."""

    files: list[TakenForm]


BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "path": {"type": "string", "description": "Before a file: where in its folder it was"},
                        "file": {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1},
                    },
                }
            }
        },
    }
}
"""What stands in the OpenAPI document: the body is read piece by piece, so nothing else says what it is."""
