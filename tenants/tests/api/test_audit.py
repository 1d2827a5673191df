"""The audit log in the API."""

from tenants.services.audit import record_event


def test_log_is_read_newest_first(api, manager, acme, owner):
    record_event(kind="plan.approved", about=owner, by=owner, after={"state": "approved"})

    rows = api(manager).get("/api/v1/audit-events/?kind=plan.approved").json()["results"]

    assert [row["after"] for row in rows] == [{"state": "approved"}]
    assert len(rows[0]["hash"]) == 64


def test_reader_may_not_read_the_log(api, teammate):
    assert api(teammate).get("/api/v1/audit-events/").status_code == 403


def test_stranger_reads_own_log_only(api, stranger, acme, owner):
    record_event(kind="plan.approved", about=owner, by=owner)

    rows = api(stranger).get("/api/v1/audit-events/").json()["results"]

    assert "plan.approved" not in {row["kind"] for row in rows}
