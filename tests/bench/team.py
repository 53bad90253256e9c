"""The Darash of a load test: a data folder with documents and a team in it. Knows nothing of what is asked."""

from collections.abc import Iterator

import sqlalchemy as sa

from evals.grown import grown_documents
from evals.questions import Passage
from indexes.catalogue import Catalogue
from indexes.database import connect
from ingest.samples import sample_files
from tests.e2e.server import Server
from webui.accounts.account import Accounts
from webui.accounts.sessions import COOKIE, Sessions
from webui.grants import Grant, Grants

PASSAGES = 400
A_DAY = 86400.0


def fill(server: Server, people: int, passages: int = PASSAGES) -> list[str]:
    """Takes in the samples and as many passages made of their sentences; returns a cookie for each of the people.

    The people are members, and the team may read everything.
    """
    server.command("ingest", *map(str, sample_files()))
    engine = connect(f"sqlite:///{server.data / 'darash.sqlite3'}")
    if passages:
        texts = server.data / "texts"
        texts.mkdir()
        for number, text in enumerate(_texts(engine, passages)):
            (texts / f"מסמך {number}.txt").write_text(text, encoding="utf-8")
        server.command("ingest", str(texts))
    for collection in Catalogue(engine).collections():
        Grants(engine).put(Grant(collection.id, None, None, "reader"))
    accounts, sessions = Accounts(engine), Sessions(engine, A_DAY)
    made = [accounts.create(f"person{number}", f"Person {number}", "member") for number in range(people)]
    return [f"{COOKIE}={sessions.start(account.id)}" for account in made]


def _texts(engine: sa.Engine, size: int) -> Iterator[str]:
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT id, title, text FROM chunks")).all()
    passages = [Passage(row.id, row.title, row.text) for row in rows]
    for chunks in grown_documents(passages, size, "grown"):
        yield "\n\n".join(chunk.text for chunk in chunks)
