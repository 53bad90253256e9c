"""In which language a request is answered: the one that its account chose, else that of its browser, else Hebrew.

What a browser says it prefers (`Accept-Language`) is not asked: most in Israel say English, whoever sits before them.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from webui.accounts.sessions import cookie
from webui.texts.language import FIRST, LANGUAGES, Language, speaking

COOKIE = "darash_language"
"""Of a browser in which nobody is signed in: what was chosen there last."""


class Speaking:
    """ASGI middleware. Stands twice: around everything, for the browser, and inside the gate, for the account."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on; whatever answers it finds its sentences in the language of whoever asks."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with speaking(language_of(scope)):
            await self.app(scope, receive, send)


def language_of(scope: Scope) -> Language:
    """The language in which a request is answered."""
    account = scope.get("state", {}).get("account")
    return known(account.language if account else "") or known(cookie(scope, COOKIE)) or FIRST


def known(said: str) -> Language | None:
    """The language of that code, if it is one that the screen speaks."""
    return next((language for language in LANGUAGES if language == said), None)
