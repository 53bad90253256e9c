"""The audit log as its owner sees and takes it away, and on PostgreSQL."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from indexes.database import connect, writing
from tests import database
from tests.conftest import ROOT
from tests.integration.test_people import browser_of, person
from tests.unit.webui.accounts.test_people import check_two_owners
from tests.unit.webui.test_audit import check_many_writers
from tests.web_parts import new_collection, ready_document
from webui.accounts.account import Accounts
from webui.accounts.people import People
from webui.audit import Audit, Wanted, audit
from webui.services import Services
from webui.texts import audit_texts, texts

WRITER = """
import sys
from indexes.database import connect
from webui.audit import Audit
log = Audit(connect(sys.argv[1]))
for number in range(30):
    log.record(sys.argv[2], "uploaded", str(number))
"""


def test_the_page_tells_in_hebrew_what_happened(app: FastAPI, services: Services) -> None:
    """An owner reads who did what, by the names of today; names of what is not open to them are not shown."""
    owner, dana = services.accounts.owner(), person(services, "member", "דנה מהיומן")
    mine, hidden = new_collection(services, "נהלי היומן"), new_collection(services, "סודי ביותר", dana.id)
    document = ready_document(services, mine.id, title="אגרות היומן")
    for collection in (mine, hidden):
        services.audit.record(dana.id, "collection_renamed", collection.id, "10.1.2.3")
    services.audit.record(dana.id, "downloaded", document.id)
    services.audit.record(owner.id, "role_changed", dana.id, detail={"before": "guest", "role": "member"})
    page = browser_of(app, services, owner).get(f"/audit?person={dana.id}").text
    assert audit_texts.ACTIONS["downloaded"] in page
    assert "אגרות היומן" in page
    assert "נהלי היומן" in page
    assert "סודי ביותר" not in page
    assert audit_texts.WITHOUT_NAME in page
    assert audit_texts.FROM.format(address="10.1.2.3") in page
    page = browser_of(app, services, owner).get("/audit?action=role_changed").text
    assert "דנה מהיומן" in page


def test_rows_are_filtered_and_paged(app: FastAPI, services: Services) -> None:
    """Filters by person, action and days go along from page to page; what is no day asks for nothing."""
    dana = person(services, "member")
    for number in range(60):
        services.audit.record(dana.id, "uploaded" if number else "joined")
    client = browser_of(app, services, services.accounts.owner())

    def rows(query: str) -> int:
        return client.get(f"/audit?person={dana.id}&{query}").text.count('<p class="facts">')

    today = time.strftime("%Y-%m-%d")
    assert (rows(""), rows("first=50"), rows("first=60")) == (50, 10, 0)
    assert (
        f"person={dana.id}&amp;action=&amp;since=&amp;until=&amp;first=50"
        in client.get(f"/audit?person={dana.id}").text
    )
    assert (rows("action=joined"), rows(f"since={today}&until={today}&first=50")) == (1, 10)
    assert (rows("until=2020-01-01"), rows("since=2999-01-01"), rows("since=אתמול")) == (0, 0, 50)
    assert client.get("/audit?first=-1").status_code == 422


def test_it_is_taken_away_as_json_lines_and_that_is_recorded(app: FastAPI, services: Services) -> None:
    """The download holds every row that is asked for, itself among them, and names no file of the server."""
    client = browser_of(app, services, services.accounts.owner())
    answer = client.post("/audit/download", data={"action": "audit_exported"})
    assert answer.headers["content-disposition"] == 'attachment; filename="darash-audit.jsonl"'
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert {line["action"] for line in lines} == {"audit_exported"}
    assert lines[-1]["actor_id"] == services.accounts.owner().id
    rows = services.audit.count(Wanted())
    assert len(client.post("/audit/download").text.splitlines()) == rows + 1


def test_the_seals_are_checked_on_the_page(app: FastAPI, services: Services) -> None:
    """The check says that the log is whole, with the last seal to keep elsewhere, and where it is not."""
    client = browser_of(app, services, services.accounts.owner())
    checked = services.audit.check()
    page = client.get("/audit?check=1").text
    assert audit_texts.WHOLE.format(rows=checked.rows) in page
    assert checked.last in page
    first = services.audit.entries(Wanted(), checked.rows - 1, 1)[0].number
    changed = audit.update().where(audit.c.number == first)
    with writing(services.engine).begin() as connection:
        before = connection.execute(sa.select(audit.c.address).where(audit.c.number == first)).scalar_one()
        connection.execute(changed.values(address="elsewhere"))
    assert audit_texts.BROKEN.format(number=first) in client.get("/audit?check=1").text
    with writing(services.engine).begin() as connection:
        connection.execute(changed.values(address=before))


def test_the_command_prints_json_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`darash audit` prints the rows of the days asked for, records that it did, and explains what is no day."""
    engine = connect(database.address_of(tmp_path))
    monkeypatch.setenv("DARASH_DATA", str(tmp_path))
    command = [sys.executable, "-m", "darash", "audit"]

    def printed(*options: str) -> list[dict[str, object]]:
        done = subprocess.run([*command, *options], cwd=ROOT, check=True, capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    assert [line["action"] for line in printed()] == ["audit_exported"]
    owner = Accounts(engine).owner()
    Audit(engine).record(owner.id, "signed_in", owner.id)
    assert [line["actor_name"] for line in printed()] == ["", texts.ROLES["owner"], ""]
    assert printed("--until", "2020-01-01") == []
    assert len(printed("--since", "2020-01-01")) == 5
    wrong = subprocess.run([*command, "--since", "אתמול"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, "")


def test_two_processes_write_one_chain(tmp_path: Path, engine: sa.Engine) -> None:
    """Two programs that write at the same time leave a whole chain with every row."""
    address = database.address_of(tmp_path)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, address, name], cwd=ROOT) for name in ("one", "other")]
    assert [writer.wait() for writer in writers] == [0, 0]
    checked = Audit(engine).check()
    assert (checked.rows, checked.broken_at) == (60, 0)


@pytest.mark.usefixtures("postgresql")
def test_many_writers_on_postgresql() -> None:
    """On PostgreSQL too many writers make one chain, and of two owners who demote each other one stays."""
    address = database.new_database()
    engines = [connect(address) for _ in range(2)]
    check_many_writers(*map(Audit, engines))
    check_two_owners(People(engines[0]), Accounts(engines[0]))
    for engine in engines:
        engine.dispose()
    database.drop_database(address)
