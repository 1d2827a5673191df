"""The audit chain: whole when untouched, broken where touched, closed to the tenant's own role."""

import pytest
from django.db import ProgrammingError, connection

from tenants.models import AuditEvent
from tenants.services.audit import record_event, verify_audit_log


def test_chain_of_recorded_events_is_whole(acme, owner):
    for number in range(3):
        record_event(kind="thing.done", about=owner, by=owner, after={"number": number})

    rows, broken = verify_audit_log()

    assert rows >= 3
    assert broken is None


def test_altered_row_is_found(acme, owner):
    event = record_event(kind="thing.done", about=owner, by=owner, after={"amount": 1})
    record_event(kind="thing.done", about=owner, by=owner)
    _as_database_owner(
        "UPDATE acme.tenants_auditevent SET after = '{\"amount\": 9}' WHERE sequence = %s", event.sequence
    )

    rows, broken = verify_audit_log()

    assert broken.sequence == event.sequence
    assert rows == event.sequence - 1


def test_deleted_row_is_found(acme, owner):
    event = record_event(kind="thing.done", about=owner, by=owner)
    record_event(kind="thing.done", about=owner, by=owner)
    _as_database_owner("DELETE FROM acme.tenants_auditevent WHERE sequence = %s", event.sequence)

    _, broken = verify_audit_log()

    assert broken.reason == f"row {event.sequence} is missing"


def test_deleted_newest_row_is_found(acme, owner):
    event = record_event(kind="thing.done", about=owner, by=owner)
    _as_database_owner("DELETE FROM acme.tenants_auditevent WHERE sequence = %s", event.sequence)

    _, broken = verify_audit_log()

    assert broken.reason == f"row {event.sequence} is missing"


def test_deleted_newest_row_stays_found_after_the_log_goes_on(acme, owner):
    event = record_event(kind="thing.done", about=owner, by=owner)
    _as_database_owner("DELETE FROM acme.tenants_auditevent WHERE sequence = %s", event.sequence)
    record_event(kind="thing.done", about=owner, by=owner)

    _, broken = verify_audit_log()

    assert broken.sequence == event.sequence


def test_deleted_head_is_found(acme, owner):
    record_event(kind="thing.done", about=owner, by=owner)
    _as_database_owner("DELETE FROM acme.tenants_audithead")

    _, broken = verify_audit_log()

    assert broken is not None


@pytest.mark.parametrize("number", [1e16, 1.5e300, -0.0, 1e-7, 0.1, 12345678901234567890, -1e22])
def test_numbers_of_any_size_keep_the_chain_whole(acme, owner, number):
    record_event(kind="thing.done", about=owner, by=owner, after={"number": [number, {"same": number}]})

    _, broken = verify_audit_log()

    assert broken is None


def test_tenant_role_cannot_change_the_log(acme, owner):
    record_event(kind="thing.done", about=owner, by=owner)

    with pytest.raises(ProgrammingError, match="permission denied"):
        AuditEvent.objects.update(kind="thing.undone")


def _as_database_owner(statement: str, *parameters) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(statement, parameters)
        cursor.execute("SET ROLE rmn_acme")
