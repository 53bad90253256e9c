"""Everything the web pages are given. Built by hand once, at start; nothing is looked up globally."""

from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from answers import conversation
from answers.means import Means
from answers.serving.pool import ModelPool, open_model
from answers.settings import AnswerSettings
from indexes.catalogue import Catalogue
from indexes.files import DocumentFiles
from indexes.glossary import Glossaries
from indexes.jobs import Jobs
from indexes.passages import Passages
from indexes.searcher import Searcher
from indexes.storage import Storage, open_search
from webui.accounts.account import Accounts
from webui.accounts.sessions import Sessions
from webui.accounts.sign_in import SignInLinks
from webui.chat import Chat
from webui.conversations import Conversations
from webui.permissions import Permissions
from webui.settings import WebSettings


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of a running Darash. `upload_limit` is in bytes; `model` is None when answers are quotations."""

    engine: sa.Engine
    settings: WebSettings
    upload_limit: int
    catalogue: Catalogue
    passages: Passages
    glossaries: Glossaries
    files: DocumentFiles
    jobs: Jobs
    search: Searcher
    model: ModelPool | None
    permissions: Permissions
    conversations: Conversations
    chat: Chat
    accounts: Accounts
    links: SignInLinks
    sessions: Sessions


DAY = 86400.0


def open_services(storage: Storage, settings: WebSettings, answer_settings: AnswerSettings) -> Services:
    """Puts the parts together. Connects to nothing yet. Raises `EmbedderUnavailable`."""
    engine, model = storage.engine, open_model(answer_settings)
    conversations, permissions, search = Conversations(engine), Permissions(storage.catalogue), open_search(storage)
    means = Means(search, storage.passages, model, answer_settings.sources, answer_settings.model_context)
    return Services(
        engine=engine,
        settings=settings,
        upload_limit=storage.settings.max_upload,
        catalogue=storage.catalogue,
        passages=storage.passages,
        glossaries=storage.glossaries,
        files=storage.files,
        jobs=storage.jobs,
        search=search,
        model=model,
        permissions=permissions,
        conversations=conversations,
        chat=Chat(conversations, permissions, partial(conversation.answer, means=means)),
        accounts=Accounts(engine),
        links=SignInLinks(engine),
        sessions=Sessions(engine, settings.session_days * DAY),
    )
