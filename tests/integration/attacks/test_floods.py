"""People of the team who would have all of the machine: its processor, its memory, its disk, its log."""

import logging
import tracemalloc
from contextlib import ExitStack
from pathlib import Path

import pytest

from indexes.database import new_id
from indexes.errors import BackupDamaged
from indexes.keeping.backup_file import new_backup
from indexes.keeping.restore import restore
from indexes.settings import IndexSettings
from indexes.storage import open_storage
from tests.integration.attacks.team import Team

WORKS = [
    ("GET", "/export/conversation/{conversation}.pdf", None),
    ("GET", "/export/turn/{turn}.docx", None),
    ("GET", "/export/collection/{collection}.csv", None),
    ("POST", "/api/search", {"question": "x"}),
]


@pytest.mark.parametrize(("method", "path", "body"), WORKS, ids=[path for _, path, _ in WORKS])
def test_more_files_and_searches_at_once_than_a_person_may_have(
    team: Team, method: str, path: str, body: object
) -> None:
    """The next one is told to wait, and nobody else is held up by it."""
    limits, lawyer = team.services.limits, team.people["lawyer"].id
    address, client = path.format(**team.names), team.signed_in("lawyer")
    with ExitStack() as running:
        for _ in range(limits.most["works"]):
            running.enter_context(limits.work(lawyer))
        refused = client.request(method, address, json=body)
        assert (refused.status_code, "retry-after" in refused.headers) == (429, True)
        assert team.signed_in("colleague").post("/api/search", json={"question": "x"}).status_code == 200
    assert client.request(method, address, json=body).status_code == 200
    assert not limits.running


def test_streams_of_windows_in_which_nothing_was_asked(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    """They are not opened, and leave no traceback each in the log."""
    client = team.signed_in("guest")
    with caplog.at_level(logging.INFO):
        for _ in range(20):
            assert client.get(f"/gradio_api/queue/data?session_hash={new_id()}").status_code == 404
    assert not [record for record in caplog.records if record.exc_info or record.levelno >= logging.WARNING]


def test_lines_of_the_log_that_the_server_did_not_write(team: Team, caplog: pytest.LogCaptureFixture) -> None:
    """A line break in an address begins no line in the log."""
    with caplog.at_level(logging.INFO):
        assert team.signed_in("guest").get("/x%0aINFO the owner signed in").status_code == 404
    assert not [record for record in caplog.records if "\n" in record.getMessage()]


def test_a_link_that_an_owner_made_into_the_account_of_another_before_being_one_no_more(team: Team) -> None:
    """Whoever loses that role, or is suspended, keeps no way into accounts of others."""
    services = team.services
    for number, ends in enumerate((services.people.suspend, lambda id_: services.people.give_role(id_, "member"))):
        leaving = services.accounts.create(f"was owner {number}", "x", "owner")
        link = services.links.new(team.people["lawyer"].id, "")
        ends(leaving.id)
        answer = team.visitor().post("/sign-in", data={"token": link.partition("token=")[2]})
        assert answer.status_code == 410


def test_a_link_that_was_made_before_its_person_signed_out_everywhere(team: Team) -> None:
    """It ends with the sessions: the person wants everybody out."""
    link = team.services.links.new(team.people["colleague"].id, "")
    assert team.signed_in("colleague").post("/account/sign-out-everywhere").status_code in (200, 303)
    assert team.visitor().post("/sign-in", data={"token": link.partition("token=")[2]}).status_code == 410


def test_a_backup_that_was_made_to_fill_the_memory(tmp_path: Path) -> None:
    """A part that is larger than any that are written is refused before it is in the memory, and nothing is left."""
    bomb = tmp_path / "bomb"
    with new_backup(bomb) as backup:
        backup.add("backup.json", (bytes(1 << 20) for _ in range(400)))
    tracemalloc.start()
    with pytest.raises(BackupDamaged):
        restore(bomb, IndexSettings(data=tmp_path / "data"))
    assert tracemalloc.get_traced_memory()[1] < 400 * 2**20
    tracemalloc.stop()
    assert not (tmp_path / "data").exists() or not list((tmp_path / "data").iterdir())


def test_another_user_of_the_machine_looks_into_the_data_folder(tmp_path: Path) -> None:
    """The folder is its owner's alone: uploads, database and indexes are below it."""
    open_storage(IndexSettings(data=tmp_path / "data")).engine.dispose()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
