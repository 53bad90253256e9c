from pathlib import Path

from darash.taking import collection_of
from indexes.settings import IndexSettings
from indexes.storage import open_storage
from webui.accounts.account import Accounts
from webui.grants import Grant, Grants


def test_a_name_taken_by_somebody_else_is_no_door(tmp_path: Path) -> None:
    """Commands fill the owner's collection of a name, and never one that a member called the same before."""
    storage = open_storage(IndexSettings(_env_file=None, data=tmp_path, database_url=""))
    grants, owner = Grants(storage.engine), Accounts(storage.engine).owner()
    member = Accounts(storage.engine).create("dana", "דנה", "member")
    trap = storage.catalogue.create_collection("נהלים")
    grants.put(Grant(trap.id, member.id, None, "owner"))
    ours = collection_of(storage, "נהלים")
    assert ours != trap.id
    assert grants.of(ours) == [Grant(ours, owner.id, None, "owner")]
    assert collection_of(storage, "נהלים") == ours


def test_what_belongs_to_nobody_is_taken_over(tmp_path: Path) -> None:
    """A collection that a command made and could not give to the owner any more is given to him by the next one."""
    storage = open_storage(IndexSettings(_env_file=None, data=tmp_path, database_url=""))
    left = storage.catalogue.create_collection("נהלים")
    assert collection_of(storage, "נהלים", team=True) == left.id
    assert {grant.level for grant in Grants(storage.engine).of(left.id)} == {"owner", "reader"}
