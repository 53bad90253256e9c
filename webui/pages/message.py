"""One sentence as a whole answer: a page for somebody who looks at it, JSON for a script."""

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from webui.api.problem import problem
from webui.pages.render import render


def wants_page(scope: Scope) -> bool:
    """Whether a person is about to look at the answer: the browser opens an address, and no script fetches it."""
    return scope["method"] in ("GET", "HEAD", "POST") and "text/html" in Headers(scope=scope).get("accept", "")


def message(
    scope: Scope, status: int, sentence: str, command: str = "", *, code: str = "", detail: str = ""
) -> Response:
    """The sentence with a status. `command` is shown as something to type into a terminal.

    A script gets a `Problem`; `code` and `detail` stand there, in place of what follows from the status.
    """
    if wants_page(scope):
        is_known = bool(scope.get("state", {}).get("account_id"))  # to others, nothing leads anywhere
        return HTMLResponse(render("message.html", sentence=sentence, command=command, is_known=is_known), status)
    return problem(scope["path"], status, sentence, code, detail)
