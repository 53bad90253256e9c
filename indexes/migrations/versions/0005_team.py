"""A team: roles, passwords, invitations, groups; rights on collections; shared conversations, API keys, the audit log.

What there was belongs to the one account that there was.
"""

import secrets
import time

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _free_the_names_of_collections()
    op.add_column("documents", sa.Column("added_by", sa.String(32), nullable=False, server_default=""))
    for name in ("shown_name", "password", "subject"):
        op.add_column("accounts", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("accounts", sa.Column("role", sa.String(16), nullable=False, server_default="owner"))
    op.add_column("accounts", sa.Column("suspended_at", sa.Float, nullable=True))
    _create_people()
    _create_grants()
    _create_sharing()
    _give_everything_to_the_owner()


def _free_the_names_of_collections() -> None:
    """Two people may call their collections the same; SQLite cannot drop a rule without making the table anew."""
    op.add_column("collections", sa.Column("deleted_at", sa.Float, nullable=True))
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("collections_name_key", "collections")
        return
    with op.batch_alter_table(
        "collections", recreate="always", naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"}
    ) as batch:
        batch.drop_constraint("uq_collections_name", type_="unique")


def _create_people() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("shown_name", sa.Text, nullable=False),
        sa.Column("invited_by", sa.String(32), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
        sa.Column("used_at", sa.Float, nullable=True),
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("created_at", sa.Float, nullable=False),
    )
    op.create_table(
        "memberships",
        sa.Column("group_id", sa.String(32), sa.ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
        sa.Column(
            "account_id", sa.String(32), sa.ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True
        ),
        sa.Column("by_claim", sa.Boolean, nullable=False),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("whose", sa.String(64), nullable=False, index=True),
        sa.Column("at", sa.Float, nullable=False),
    )


def _create_grants() -> None:
    op.create_table(
        "grants",
        sa.Column("id", sa.String(32), primary_key=True),
        _owned("collection_id", "collections", nullable=False),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=True),
        _owned("group_id", "groups"),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
    )
    op.create_index("ix_grants_subject", "grants", ["account_id", "group_id"])


def _create_sharing() -> None:
    op.create_table(
        "shares",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=True, unique=True),
        _owned("conversation_id", "conversations", nullable=False),
        _owned("account_id", "accounts", nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("snapshot", sa.Text, nullable=False),
        sa.Column("with_passages", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
    )
    op.create_table(
        "share_readers",
        sa.Column("id", sa.String(32), primary_key=True),
        _owned("share_id", "shares", nullable=False),
        _owned("account_id", "accounts"),
        _owned("group_id", "groups"),
    )
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        _owned("account_id", "accounts", nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
        sa.Column("revoked_at", sa.Float, nullable=True),
        sa.Column("used_at", sa.Float, nullable=True),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Float, nullable=False, index=True),
        sa.Column("actor_id", sa.String(32), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )


def _owned(name: str, table: str, nullable: bool = True) -> sa.Column[str]:
    """A column of ids of a table; the row goes with the row that it names."""
    reference = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name, sa.String(32), reference, nullable=nullable, index=True)


def _give_everything_to_the_owner() -> None:
    connection, tables = op.get_bind(), sa.MetaData()
    tables.reflect(connection, only=("accounts", "collections", "grants"))
    accounts, collections, grants = (tables.tables[name] for name in ("accounts", "collections", "grants"))
    owner = connection.execute(sa.select(accounts.c.id).order_by(accounts.c.created_at).limit(1)).scalar()
    if owner is None:
        return
    for collection_id in connection.execute(sa.select(collections.c.id)).scalars().all():
        row = {"id": secrets.token_hex(16), "collection_id": collection_id, "account_id": owner, "group_id": None}
        connection.execute(grants.insert().values(**row, level="owner", created_at=time.time()))
