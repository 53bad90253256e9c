"""Shared conversations: read-only snapshots, opened by a secret link or by teammates. A share grants nothing else.

It is there until it runs out, its conversation is deleted, or its maker takes it back, is suspended or may share no
more. Passages of collections that the maker may not read any more are not shown. What was taken back leaves no row.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from indexes.database import metadata, new_id, now, writing
from indexes.errors import NotFound
from webui.accounts.account import accounts
from webui.accounts.group import groups, memberships
from webui.accounts.naming import names_of
from webui.accounts.token import digest, new_token
from webui.conversations import Conversation, conversations
from webui.permissions import Permissions
from webui.sharing.snapshot import Snapshot, read, readable, written

DAY = 86400.0
DAYS = (1, 7, 30, 90)
"""How long a share may last."""

shares = sa.Table(
    "shares",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=True, unique=True),  # of the link's secret; none where it has no link
    sa.Column("conversation_id", sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("snapshot", sa.Text, nullable=False),
    sa.Column("with_passages", sa.Boolean, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
)

share_readers = sa.Table(
    "share_readers",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("share_id", sa.ForeignKey("shares.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("account_id", sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=True, index=True),
    sa.Column("group_id", sa.ForeignKey("groups.id", ondelete="CASCADE"), nullable=True, index=True),
)


@dataclass(frozen=True, slots=True)
class Share:
    """A shared conversation as lists show it. Times are in seconds since 1970."""

    id: str
    conversation_id: str
    account_id: str
    title: str
    with_passages: bool
    created_at: float
    expires_at: float


@dataclass(frozen=True, slots=True)
class Listed:
    """A share, who made it, and who may open it: whoever has its link, and these people and groups, by their names."""

    share: Share
    maker: str
    has_link: bool
    readers: tuple[str, ...]


Readers = Sequence[tuple[str, sa.Table, Collection[str]]]
"""Column of `share_readers`, the table that it names, and ids in it."""

SHARE_COLUMNS = [shares.c[name] for name in Share.__dataclass_fields__]


class Shares:
    """Shared conversations in the database."""

    def __init__(self, engine: sa.Engine, permissions: Permissions) -> None:
        self.engine = engine
        self.permissions = permissions

    def by_link(
        self, conversation: Conversation, snapshot: Snapshot, with_passages: bool, days: int
    ) -> tuple[Share, str]:
        """Shares with whoever has the secret that is returned, 256 random bits that are kept nowhere."""
        token = new_token()
        return self._make(conversation, snapshot, with_passages, days, digest(token)), token

    def with_team(
        self,
        conversation: Conversation,
        snapshot: Snapshot,
        with_passages: bool,
        days: int,
        account_ids: Collection[str] = (),
        group_ids: Collection[str] = (),
    ) -> Share:
        """Shares with people and groups. Ids of nobody are passed over. Raises `NotFound` where nobody is left."""
        readers = (("account_id", accounts, account_ids), ("group_id", groups, group_ids))
        return self._make(conversation, snapshot, with_passages, days, None, readers)

    def opened(self, token: str) -> tuple[Share, Snapshot] | None:
        """What a link shows; None for every link that opens nothing, whatever the reason."""
        found = self._found(shares.c.digest == digest(token))
        return self._shown(found) if found else None

    def opened_by(self, account_id: str, share_id: str) -> tuple[Share, Snapshot]:
        """What somebody to whom it was opened sees of a share; its maker sees the same. Raises `NotFound`."""
        found = self._found(shares.c.id == share_id, sa.or_(shares.c.account_id == account_id, _open_to(account_id)))
        if not found:
            raise NotFound(f"no share {share_id!r} for account {account_id!r}")
        return self._shown(found)

    def made_by(self, account_id: str, conversation_id: str = "") -> list[Listed]:
        """The shares that somebody made, of one conversation or of all, the newest first."""
        of_one = shares.c.conversation_id == conversation_id if conversation_id else sa.true()
        return self._listed(shares.c.account_id == account_id, of_one)

    def opened_to(self, account_id: str) -> list[Listed]:
        """The shares of others that somebody may open, the newest first."""
        return self._listed(_open_to(account_id), shares.c.account_id != account_id)

    def revoke(self, account_id: str, share_id: str) -> Share:
        """Takes a share back, with all that was kept of it. Raises `NotFound`."""
        mine = sa.and_(shares.c.id == share_id, shares.c.account_id == account_id)
        with writing(self.engine).begin() as connection:
            row = connection.execute(sa.select(*SHARE_COLUMNS).where(mine)).mappings().first()
            if row is None:
                raise NotFound(f"no share {share_id!r} of account {account_id!r}")
            connection.execute(shares.delete().where(mine))
        return Share(**row)

    def _make(
        self,
        conversation: Conversation,
        snapshot: Snapshot,
        with_passages: bool,
        days: int,
        link: str | None,
        readers: Readers = (),
    ) -> Share:
        if days not in DAYS:
            raise ValueError(f"a share lasts one of {DAYS} days, not {days}")
        moment, whose = now(), conversation.account_id
        share = Share(new_id(), conversation.id, whose, conversation.title, with_passages, moment, moment + days * DAY)
        nobody = {"account_id": None, "group_id": None}
        try:
            with writing(self.engine).begin() as connection:
                connection.execute(shares.insert().values(**asdict(share), digest=link, snapshot=written(snapshot)))
                rows = [
                    {"id": new_id(), "share_id": share.id, **nobody, column: found}
                    for column, table, ids in readers
                    for found in connection.execute(sa.select(table.c.id).where(table.c.id.in_(ids))).scalars()
                ]
                if link is None and not rows:
                    raise NotFound("a share without a link needs somebody who may open it")
                if rows:
                    connection.execute(share_readers.insert(), rows)
        except sa.exc.IntegrityError as error:
            raise NotFound(f"no conversation {conversation.id!r}") from error
        return share

    def _found(self, *which: sa.ColumnElement[bool]) -> sa.RowMapping | None:
        with self.engine.connect() as connection:
            return connection.execute(_alive(*SHARE_COLUMNS, shares.c.snapshot).where(*which)).mappings().first()

    def _shown(self, row: sa.RowMapping) -> tuple[Share, Snapshot]:
        share = Share(**{name: row[name] for name in Share.__dataclass_fields__})
        collection_ids = {collection.id for collection in self.permissions.readable(share.account_id)}
        return share, readable(read(row["snapshot"]), collection_ids)

    def _listed(self, *which: sa.ColumnElement[bool]) -> list[Listed]:
        query = _alive(*SHARE_COLUMNS, shares.c.digest).where(*which).order_by(shares.c.created_at.desc(), shares.c.id)
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
            makers = names_of(connection, (row["account_id"] for row in rows))
            readers = _readers(connection, [row["id"] for row in rows])
        return [
            Listed(
                Share(**{name: row[name] for name in Share.__dataclass_fields__}),
                makers[row["account_id"]],
                row["digest"] is not None,
                tuple(readers.get(row["id"], ())),
            )
            for row in rows
        ]


def _alive(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """The shares that can be opened: not run out, of a conversation that is there, and of somebody who may still share.

    The one check of all of them.
    """
    maker = sa.and_(accounts.c.id == shares.c.account_id, accounts.c.suspended_at.is_(None), accounts.c.role != "guest")
    there = sa.and_(conversations.c.id == shares.c.conversation_id, conversations.c.deleted_at.is_(None))
    query = sa.select(*columns).select_from(shares).join(accounts, maker).join(conversations, there)
    return query.where(shares.c.expires_at > now())


def _open_to(account_id: str) -> sa.ColumnElement[bool]:
    mine = sa.select(memberships.c.group_id).where(memberships.c.account_id == account_id)
    granted = sa.or_(share_readers.c.account_id == account_id, share_readers.c.group_id.in_(mine))
    return shares.c.id.in_(sa.select(share_readers.c.share_id).where(granted))


def _readers(connection: sa.Connection, share_ids: Sequence[str]) -> dict[str, list[str]]:
    """Share -> names of those it was opened to: groups first, then people."""
    columns = (share_readers.c.share_id, share_readers.c.account_id, groups.c.name)
    query = sa.select(*columns).outerjoin(groups, groups.c.id == share_readers.c.group_id)
    rows = connection.execute(query.where(share_readers.c.share_id.in_(share_ids))).all()
    people = names_of(connection, (row.account_id for row in rows if row.account_id))
    named: dict[str, list[str]] = {}
    for _, name, share_id in sorted(
        (row.account_id is not None, people.get(row.account_id, row.name), row.share_id) for row in rows
    ):
        named.setdefault(share_id, []).append(name)
    return named
