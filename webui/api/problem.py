"""What a program is told when it cannot have what it asked for: one shape everywhere, and OpenAI's below `/v1/`."""

from typing import Any

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

CODES: dict[int, tuple[str, str]] = {
    400: ("bad_request", "The request cannot be read."),
    401: ("not_signed_in", "Nobody is signed in, or the API key is not good: unknown, expired or revoked."),
    403: ("not_allowed", "The account, or the scopes of the API key, do not allow this."),
    404: ("not_found", "There is no such thing, or the account may not see it."),
    405: ("no_such_method", "This address does not take that method."),
    409: ("conflict", "The state of the thing has changed, or does not allow this."),
    413: ("too_large", "The request is larger than it may be."),
    421: ("wrong_host", "Darash is not known by this host name; see DARASH_PUBLIC_URL."),
    422: ("not_valid", "A part of the request is missing or is not what it should be."),
    429: ("too_much", "The account has too much going on at once; see the header Retry-After."),
    500: ("server_error", "A defect of Darash; its log says more."),
    503: ("unavailable", "Something that Darash needs does not answer now."),
    507: ("storage_full", "The disk has no room left."),
}
"""Status -> code and explanation, where a route has none of its own."""

OPENAI_FOLDER = "/v1/"
_OPENAI_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
_SERVER = 500
_LONGEST_DETAIL = 500


class Refused(Exception):  # what happened, as the other errors here
    """A request that is not done. `sentence` is Hebrew; code and detail as in `Problem`, "" for those of the status."""

    def __init__(self, status: int, sentence: str, code: str = "", detail: str = "") -> None:
        super().__init__(detail or code)
        self.status = status
        self.sentence = sentence
        self.code = code
        self.detail = detail


class Problem(BaseModel):
    """Why a request was not done."""

    code: str = Field(description="What happened, for programs", examples=["not_found"])
    message: str = Field(description="What happened and what to do, in Hebrew, for people", examples=["לא נמצא"])
    detail: str = Field(description="What happened, in English, for whoever writes the program")


class OpenAIError(BaseModel):
    """What went wrong, in OpenAI's names; `detail` is English and ours."""

    message: str
    type: str
    param: str | None = None
    code: str
    detail: str


class OpenAIProblem(BaseModel):
    """Why a request below `/v1/` was not done."""

    error: OpenAIError


def problem(path: str, status: int, sentence: str, code: str = "", detail: str = "") -> JSONResponse:
    """The refusal of a request to `path`. `sentence` is Hebrew; code and detail follow from the status unless given."""
    usual = CODES.get(status, CODES[_SERVER if status >= _SERVER else 400])
    code, detail = code or usual[0], (detail or usual[1])[:_LONGEST_DETAIL]
    detail = detail.encode("utf-8", "replace").decode()  # it may name what came in, such as half a character
    if path.startswith(OPENAI_FOLDER):
        return JSONResponse(openai_problem(status, sentence, code, detail).model_dump(), status)
    return JSONResponse(Problem(code=code, message=sentence, detail=detail).model_dump(), status)


def openai_problem(status: int, sentence: str, code: str, detail: str = "") -> OpenAIProblem:
    """The same in OpenAI's shape."""
    kind = _OPENAI_TYPES.get(status, "server_error" if status >= _SERVER else "invalid_request_error")
    return OpenAIProblem(error=OpenAIError(message=sentence, type=kind, code=code, detail=detail))


def refusals(*statuses: int, model: type[BaseModel] = Problem) -> dict[int | str, dict[str, Any]]:
    """What an OpenAPI document says of refusals with those statuses; those of every route come by themselves."""
    return {status: {"model": model, "description": CODES[status][1]} for status in (*statuses, 400, 401, 403, 422)}
