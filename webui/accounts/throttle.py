"""How often somebody may try to sign in: per account and per address, counted in the database."""

import sqlalchemy as sa

from indexes.database import metadata

sign_in_tries = sa.Table(
    "sign_in_tries",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("whose", sa.String(64), nullable=False, index=True),  # a digest of the account's name, or of an address
    sa.Column("at", sa.Float, nullable=False),
)


class Throttle:
    """Tries in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
