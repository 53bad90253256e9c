"""Sessions: which browser is signed in to which account. Kept here and not in the cookie, so that they can be ended."""

import sqlalchemy as sa
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from indexes.database import metadata, now, writing
from webui.accounts.account import ACCOUNT_COLUMNS, Account, accounts
from webui.accounts.token import digest, new_token

COOKIE = "darash_session"
SECURE_COOKIE = f"__Host-{COOKIE}"
"""Its name behind TLS: browsers take it from no other host and over no plain connection (RFC 6265bis, 4.1.3.2)."""

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
)


class Sessions:
    """Sessions in the database. `lifetime` is in seconds; `secure` is whether browsers come over TLS."""

    def __init__(self, engine: sa.Engine, lifetime: float, *, secure: bool = False) -> None:
        self.engine = engine
        self.lifetime = lifetime
        self.secure = secure

    def start(self, account_id: str) -> str:
        """Signs a browser in and returns the secret its cookie will carry."""
        token = new_token()
        with writing(self.engine).begin() as connection:
            connection.execute(sessions.delete().where(sessions.c.expires_at < now()))
            connection.execute(
                sessions.insert().values(
                    digest=digest(token), account_id=account_id, created_at=now(), expires_at=now() + self.lifetime
                )
            )
        return token

    def holder(self, token: str) -> Account | None:
        """The account a browser is signed in to; None once the session ended or the account was suspended."""
        query = (
            sa.select(*ACCOUNT_COLUMNS)
            .join(sessions, sessions.c.account_id == accounts.c.id)
            .where(sessions.c.digest == digest(token), sessions.c.expires_at > now(), accounts.c.suspended_at.is_(None))
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return Account(**row) if row else None

    def end(self, token: str) -> None:
        """Signs one browser out."""
        with writing(self.engine).begin() as connection:
            connection.execute(sessions.delete().where(sessions.c.digest == digest(token)))

    def end_all(self, account_id: str, but: str = "") -> None:
        """Signs an account out everywhere; `but` is the digest of a session that stays."""
        with writing(self.engine).begin() as connection:
            theirs = sa.and_(sessions.c.account_id == account_id, sessions.c.digest != but)
            connection.execute(sessions.delete().where(theirs))

    def token(self, scope: Scope) -> str:
        """The secret in a request's cookie, or nothing."""
        return cookie(scope, SECURE_COOKIE if self.secure else COOKIE)

    def sign_in(self, response: Response, account_id: str, scope: Scope) -> None:
        """Signs the browser of a request in with the answer to it; whoever was signed in there before is not any more.

        Lax and not Strict: who comes by a link from elsewhere is to be signed in; what changes something has to come
        from our own pages, see `webui/security.py`.
        """
        before = self.token(scope)
        if before:
            self.end(before)
        name, token = SECURE_COOKIE if self.secure else COOKIE, self.start(account_id)
        response.set_cookie(name, token, max_age=int(self.lifetime), httponly=True, samesite="lax", secure=self.secure)

    def sign_out(self, response: Response, scope: Scope) -> None:
        """Signs the browser of a request out with the answer to it."""
        self.end(self.token(scope))
        name = SECURE_COOKIE if self.secure else COOKIE
        response.delete_cookie(name, httponly=True, samesite="lax", secure=self.secure)


def cookie(scope: Scope, name: str) -> str:
    """The cookie of that name in a request, or nothing."""
    for header in Headers(scope=scope).getlist("cookie"):
        for pair in header.split(";"):
            key, _, value = pair.strip().partition("=")
            if key == name:
                return value
    return ""
