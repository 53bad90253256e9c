"""Who may reach which collection and document."""

import pytest
import sqlalchemy as sa

from indexes.errors import NotFound
from tests.web_parts import FakeAnswering, build_services, new_collection, ready_document
from webui.grants import Grant


def test_ids_are_checked(tmp_path, engine):
    """A known id is found for an account; an unknown id, and any id without an account, is `NotFound`."""
    services = build_services(tmp_path, engine, FakeAnswering())
    account_id, collection = services.accounts.owner().id, new_collection(services, "מאגר")
    record = ready_document(services, collection.id)
    assert services.permissions.collection_to_write(account_id, collection.id) == collection
    assert services.permissions.document_to_write(account_id, record.id) == record
    for check, account, thing in (
        (services.permissions.collection_to_read, account_id, "other"),
        (services.permissions.collection_to_write, "", collection.id),
        (services.permissions.document_to_read, account_id, "other"),
        (services.permissions.document_to_read, "", record.id),
    ):
        with pytest.raises(NotFound):
            check(account, thing)


def test_a_document_being_deleted_is_gone(tmp_path, engine):
    """From the moment its deletion was asked for, a document cannot be read."""
    services = build_services(tmp_path, engine, FakeAnswering())
    record = ready_document(services, new_collection(services, "מאגר").id)
    services.jobs.request_delete(record.id)
    with pytest.raises(NotFound):
        services.permissions.document_to_read(services.accounts.owner().id, record.id)


def test_what_one_may_is_one_query(tmp_path, engine):
    """Looking up all collections, or whether one may be changed, is one question to the database, with its indexes."""
    services = build_services(tmp_path, engine, FakeAnswering())
    account_id, collection = services.accounts.owner().id, new_collection(services, "מאגר")
    record, asked = ready_document(services, collection.id), list[tuple[str, object]]()

    def note(_connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    services.permissions.writable(account_id)
    services.permissions.document_to_write(account_id, record.id)
    sa.event.remove(engine, "before_cursor_execute", note)
    assert len(asked) == 3  # the last two for the document and for what may be done with its collection
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", values).all() for one, values in asked]
        assert "SCAN" not in str(plans)


@pytest.mark.parametrize("role", ["owner", "manager", "member", "guest"])
def test_the_most_that_was_granted_counts(tmp_path, engine, role):
    """To the account, a group or the team; a guest has nothing of the team and only reads."""
    services = build_services(tmp_path, engine, FakeAnswering())
    services.accounts.owner()
    account = services.accounts.create("who", "מישהי", role)
    names = ("own", "group", "team", "both", "none")
    made = {name: new_collection(services, name).id for name in names}
    group = services.groups.create("קבוצה")
    services.groups.add(group.id, account.id)
    for name, grants in {
        "own": [(account.id, None, "editor")],
        "group": [(None, group.id, "owner")],
        "team": [(None, None, "editor")],
        "both": [(account.id, None, "reader"), (None, None, "editor")],
    }.items():
        for person, of_group, level in grants:
            services.grants.put(Grant(made[name], person, of_group, level))
    found = {each.name: level for each, level in services.permissions.levels(account.id).items()}
    if role == "guest":
        assert found == {"own": "reader", "group": "reader", "both": "reader"}
    else:
        assert found == {"own": "editor", "group": "owner", "team": "editor", "both": "editor"}
    services.people.suspend(account.id)
    assert services.permissions.levels(account.id) == {}
    assert not services.permissions.may_still_read(account.id, [])
