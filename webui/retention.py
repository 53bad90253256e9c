"""How long things are kept: conversations and the audit log as the settings say; what ran out or was deleted, not.

Applied every hour by the running web app. What it removed of conversations and of the audit log, the log says.
"""

import asyncio
import logging
from dataclasses import dataclass

import sqlalchemy as sa

from indexes.database import drop_journal, now, writing
from webui.accounts.api_key import api_keys
from webui.accounts.invitation import invitations
from webui.accounts.sessions import sessions
from webui.accounts.sign_in import sign_in_links
from webui.accounts.throttle import REMEMBERED_SECONDS, sign_in_tries
from webui.audit import Audit
from webui.conversations import conversations
from webui.sharing.share import shares

log = logging.getLogger(__name__)

HOUR, DAY = 3600.0, 86400.0
UNDO_SECONDS = 600.0
"""How long a deleted conversation can be brought back, at least: it goes with the first application after that."""

DEAD_KEYS_KEPT = 30 * DAY
"""A key that ran out or was revoked stays in the list for so long, so that people find out why a program stopped."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Removes what is not to be kept. Days; 0 is for ever."""

    engine: sa.Engine
    audit: Audit
    conversation_days: int
    audit_days: int

    def apply(self) -> None:
        """Removes what is due now. Can be repeated, and be done by several processes at once."""
        moment = now()
        with writing(self.engine).begin() as connection:
            for table, is_over in _over(moment):
                connection.execute(table.delete().where(is_over))
        if self.conversation_days:
            self._forget_conversations(moment - self.conversation_days * DAY)
        if self.audit_days:
            self.audit.forget(moment - self.audit_days * DAY)
        drop_journal(self.engine)

    async def keep_on(self) -> None:
        """Applies it now and every hour, until it is cancelled."""
        while True:
            try:
                await asyncio.to_thread(self.apply)
            except sa.exc.OperationalError:
                log.warning("what is not to be kept stays for another hour: the database does not take changes")
            await asyncio.sleep(HOUR)

    def _forget_conversations(self, before: float) -> None:
        with writing(self.engine).begin() as connection:
            count = connection.execute(conversations.delete().where(conversations.c.updated_at < before)).rowcount
        if count:
            self.audit.record("", "retention_applied", detail={"conversations": str(count)})


def _over(moment: float) -> list[tuple[sa.Table, sa.ColumnElement[bool]]]:
    """What opens nothing any more, table by table."""
    dead_key = sa.func.coalesce(api_keys.c.revoked_at, api_keys.c.expires_at) < moment - DEAD_KEYS_KEPT
    return [
        (sessions, sessions.c.expires_at < moment),
        (sign_in_links, sign_in_links.c.expires_at < moment),
        (invitations, invitations.c.expires_at < moment),
        (sign_in_tries, sign_in_tries.c.at < moment - REMEMBERED_SECONDS),
        (shares, shares.c.expires_at < moment),
        (api_keys, dead_key),
        (conversations, conversations.c.deleted_at < moment - UNDO_SECONDS),
    ]
