"""Everything the web pages are given. Built by hand once, at start; nothing is looked up globally."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from answers import conversation
from answers.means import Means
from answers.serving.pool import ModelPool, open_model
from answers.settings import AnswerSettings
from indexes.catalogue import Catalogue
from indexes.embedders import Embedders
from indexes.files import DocumentFiles
from indexes.glossary import Glossaries
from indexes.indexes import Indexes
from indexes.jobs import Jobs
from indexes.passages import Passages
from indexes.searcher import Searcher
from indexes.storage import Storage, open_embedders, open_indexes, open_search
from webui.accounts.account import Accounts
from webui.accounts.api_key import ApiKeys
from webui.accounts.group import Groups
from webui.accounts.invitation import Invitations
from webui.accounts.oidc import Oidc
from webui.accounts.password import Passwords
from webui.accounts.people import People
from webui.accounts.sessions import Sessions
from webui.accounts.sign_in import SignInLinks
from webui.accounts.throttle import Throttle
from webui.audit import Audit
from webui.chat import Chat
from webui.conversations import Conversations
from webui.grants import Grants
from webui.leaving import Leaving
from webui.limits import Limits
from webui.opinions import Opinions
from webui.permissions import Permissions
from webui.permitted import Answering
from webui.retention import Retention
from webui.settings import WebSettings
from webui.sharing.share import Shares

DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of a running Darash. `data` is its data folder, `upload_limit` is in bytes.

    `model` is None when answers are quotations.
    """

    engine: sa.Engine
    data: Path
    settings: WebSettings
    upload_limit: int
    catalogue: Catalogue
    passages: Passages
    glossaries: Glossaries
    files: DocumentFiles
    jobs: Jobs
    search: Searcher
    indexes: Indexes
    model: ModelPool | None
    answering: Answering
    permissions: Permissions
    limits: Limits
    grants: Grants
    conversations: Conversations
    opinions: Opinions
    shares: Shares
    chat: Chat
    accounts: Accounts
    people: People
    leaving: Leaving
    groups: Groups
    invitations: Invitations
    links: SignInLinks
    sessions: Sessions
    throttle: Throttle
    passwords: Passwords
    oidc: Oidc
    keys: ApiKeys
    audit: Audit
    retention: Retention


def open_services(storage: Storage, settings: WebSettings, answer_settings: AnswerSettings) -> Services:
    """Puts the parts together. Connects to nothing yet. Raises `EmbedderUnavailable`."""
    embedders = open_embedders(storage.settings)
    model, search = open_model(answer_settings), open_search(storage, embedders)
    means = Means(search, storage.passages, model, answer_settings.sources, answer_settings.model_context)
    return services_of(storage, settings, search, partial(conversation.answer, means=means), model, embedders)


def services_of(
    storage: Storage,
    settings: WebSettings,
    search: Searcher,
    answering: Answering,
    model: ModelPool | None = None,
    embedders: Embedders | None = None,
) -> Services:
    """Puts the parts together around what searches and answers. `embedders` are those of `search`."""
    engine = storage.engine
    conversations, permissions = Conversations(engine), Permissions(storage.catalogue)
    accounts, groups = Accounts(engine), Groups(engine)
    limits = Limits(settings.answers_at_once, settings.questions_a_minute, settings.uploads_at_once)
    audit, grants, people = Audit(engine), Grants(engine), People(engine)
    return Services(
        engine=engine,
        data=storage.settings.data,
        settings=settings,
        upload_limit=storage.settings.max_upload,
        catalogue=storage.catalogue,
        passages=storage.passages,
        glossaries=storage.glossaries,
        files=storage.files,
        jobs=storage.jobs,
        search=search,
        indexes=open_indexes(storage, embedders),
        model=model,
        answering=answering,
        permissions=permissions,
        limits=limits,
        grants=grants,
        conversations=conversations,
        opinions=Opinions(engine),
        shares=Shares(engine, permissions),
        chat=Chat(conversations, permissions, answering, limits),
        accounts=accounts,
        people=people,
        leaving=Leaving(storage.catalogue, people, grants),
        groups=groups,
        invitations=Invitations(engine),
        links=SignInLinks(engine),
        sessions=Sessions(engine, settings.session_days * DAY, secure=settings.secure),
        throttle=Throttle(engine),
        passwords=Passwords(engine),
        oidc=Oidc(settings, accounts, groups),
        keys=ApiKeys(engine, audit),
        audit=audit,
        retention=Retention(engine, audit, settings.keep_conversations_days, settings.keep_audit_days),
    )
