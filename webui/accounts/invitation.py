"""Invitations: links by which a new person makes an account, once and for a limited time.

An invitation is worth what the person who made it may still do: it dies with that account, its suspension or its role.
Who may invite whom in the first place, `roles.py` says.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from indexes.database import metadata, new_id, now, writing
from webui.accounts.account import Account, Role, accounts
from webui.accounts.roles import BELOW
from webui.accounts.token import digest, new_token

INVITATION_SECONDS = 7 * 24 * 3600.0

invitations = sa.Table(
    "invitations",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("shown_name", sa.Text, nullable=False),
    sa.Column("invited_by", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
    sa.Column("used_at", sa.Float, nullable=True),
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as lists show it; its secret is shown once, when it is made."""

    id: str
    role: Role
    shown_name: str
    invited_by: str
    created_at: float
    expires_at: float
    used_at: float | None


INVITATION_COLUMNS = [invitations.c[name] for name in Invitation.__dataclass_fields__]


class Invitations:
    """Invitations in the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def new(
        self, invited_by: str, role: Role, shown_name: str, address: str, lifetime: float = INVITATION_SECONDS
    ) -> tuple[Invitation, str]:
        """An invitation and its link under `address` (`http://host:port`), good once within `lifetime` seconds."""
        token, at = new_token(), now()
        made = Invitation(new_id(), role, shown_name.strip(), invited_by, at, at + lifetime, None)
        with writing(self.engine).begin() as connection:
            connection.execute(invitations.insert().values(**asdict(made), digest=digest(token)))
        return made, f"{address}/join?token={token}"

    def pending(self) -> Sequence[Invitation]:
        """The invitations that can still be used, the newest first."""
        query = sa.select(*INVITATION_COLUMNS).where(self._good()).order_by(invitations.c.created_at.desc())
        with self.engine.connect() as connection:
            return [Invitation(**row) for row in connection.execute(query).mappings()]

    def revoke(self, invitation_id: str) -> None:
        """Takes an invitation back; one that was used stays on record. Does nothing where there is none."""
        unused = sa.and_(invitations.c.id == invitation_id, invitations.c.used_at.is_(None))
        with writing(self.engine).begin() as connection:
            connection.execute(invitations.delete().where(unused))

    def is_good(self, token: str) -> Invitation | None:
        """The invitation, if it could still be used. Uses nothing up."""
        query = sa.select(*INVITATION_COLUMNS).where(invitations.c.digest == digest(token), self._good())
        with self.engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return Invitation(**row) if row else None

    def use(self, token: str, name: str, shown_name: str, password: str = "") -> Account | None:
        """Uses an invitation up for a new account; None if it was used, taken back, ran out or never was.

        One UPDATE decides, so that of two browsers exactly one gets in. `password` is a hash (`password.py`). Raises
        `sqlalchemy.exc.IntegrityError` where the name is taken; the invitation can then be used with another one.
        """
        with writing(self.engine).begin() as connection:
            taken = invitations.update().where(invitations.c.digest == digest(token), self._good())
            if connection.execute(taken.values(used_at=now())).rowcount != 1:
                return None
            query = sa.select(invitations.c.role).where(invitations.c.digest == digest(token))
            role: Role = connection.execute(query).scalar_one()
            account = Account(new_id(), name, now(), shown_name, role=role)
            connection.execute(accounts.insert().values(**asdict(account), password=password))
            return account

    @staticmethod
    def _good() -> sa.ColumnElement[bool]:
        """Unused, in time, and made by somebody who could still make it."""
        inviters = sa.select(accounts.c.id).where(
            accounts.c.suspended_at.is_(None),
            sa.or_(accounts.c.role == "owner", sa.and_(accounts.c.role == "manager", invitations.c.role.in_(BELOW))),
        )
        return sa.and_(
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > now(),
            invitations.c.invited_by.in_(inviters.correlate(invitations)),
        )
