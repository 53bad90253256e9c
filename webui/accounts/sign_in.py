"""One-time sign-in links. Knows nothing of pages; `webui/pages/sign_in.py` shows and consumes them."""

import sqlalchemy as sa

from indexes.database import metadata, now, writing
from webui.accounts.account import accounts
from webui.accounts.token import digest, new_token

LINK_SECONDS = 24 * 3600.0

sign_in_links = sa.Table(
    "sign_in_links",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
    sa.Column("used_at", sa.Float, nullable=True),
)


class SignInLinks:
    """Links that sign a browser in once."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def new(self, account_id: str, address: str, lifetime: float = LINK_SECONDS) -> str:
        """A link under `address` (`http://host:port`) that signs in to the account once within `lifetime` seconds."""
        token = new_token()
        with writing(self.engine).begin() as connection:
            connection.execute(sign_in_links.delete().where(sign_in_links.c.expires_at < now()))
            connection.execute(
                sign_in_links.insert().values(
                    digest=digest(token), account_id=account_id, expires_at=now() + lifetime, used_at=None
                )
            )
        return f"{address}/sign-in?token={token}"

    def is_good(self, token: str) -> str | None:
        """The id of the account that the link could still sign in to, or None. Uses nothing up."""
        with self.engine.connect() as connection:
            return connection.execute(sa.select(sign_in_links.c.account_id).where(self._good(token))).scalar()

    def use(self, token: str) -> str | None:
        """Uses a link up and returns its account's id; None if it was used, ran out or never was.

        One UPDATE decides, so that of two browsers with the same link exactly one gets in.
        """
        with writing(self.engine).begin() as connection:
            taken = connection.execute(sign_in_links.update().where(self._good(token)).values(used_at=now()))
            if taken.rowcount != 1:
                return None
            query = sa.select(sign_in_links.c.account_id).where(sign_in_links.c.digest == digest(token))
            return str(connection.execute(query).scalar_one())

    def end_all(self, account_id: str) -> None:
        """Ends every link of an account."""
        with writing(self.engine).begin() as connection:
            connection.execute(sign_in_links.delete().where(sign_in_links.c.account_id == account_id))

    @staticmethod
    def _good(token: str) -> sa.ColumnElement[bool]:
        return sa.and_(
            sign_in_links.c.digest == digest(token),
            sign_in_links.c.used_at.is_(None),
            sign_in_links.c.expires_at > now(),
            sign_in_links.c.account_id.in_(sa.select(accounts.c.id).where(accounts.c.suspended_at.is_(None))),
        )
