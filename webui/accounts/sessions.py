"""Sessions: which browser is signed in to which account. Kept here and not in the cookie, so that they can be ended."""

import sqlalchemy as sa

from indexes.database import metadata, now, writing
from webui.accounts.token import digest, new_token

COOKIE = "darash_session"

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
)


class Sessions:
    """Sessions in the database. `lifetime` is in seconds."""

    def __init__(self, engine: sa.Engine, lifetime: float) -> None:
        self.engine = engine
        self.lifetime = lifetime

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

    def account_of(self, token: str) -> str | None:
        """The id of the account a browser is signed in to, or None."""
        query = sa.select(sessions.c.account_id).where(
            sessions.c.digest == digest(token), sessions.c.expires_at > now()
        )
        with self.engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none()

    def end(self, token: str) -> None:
        """Signs one browser out."""
        with writing(self.engine).begin() as connection:
            connection.execute(sessions.delete().where(sessions.c.digest == digest(token)))

    def end_all(self, account_id: str) -> None:
        """Signs an account out everywhere."""
        with writing(self.engine).begin() as connection:
            connection.execute(sessions.delete().where(sessions.c.account_id == account_id))
