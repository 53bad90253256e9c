"""Who may reach which collection and document."""

import pytest

from indexes.errors import NotFound
from tests.web_parts import FakeAnswering, build_services, new_collection, ready_document


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
