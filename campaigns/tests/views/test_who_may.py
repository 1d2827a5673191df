"""Every page of plans against the cast: strangers get 404, viewers may not write, analysts may not approve."""

import pytest

READS = ["", "progress/", "constraints/"]
WRITES = ["plan/", "constraints/budget/", "constraints/budget/remove/", "versions/1/restore/", "withdraw/"]
WRITES += ["relaxations/0/apply/"]
APPROVALS = ["approve/", "undo/"]
COLLECTION_READS = ["/plans/", "/plans/assumptions/"]
COLLECTION_WRITES = ["/plans/new/", "/plans/new/preview/", "/plans/assumptions/amazon/"]


@pytest.mark.parametrize("path", [*READS, *WRITES, *APPROVALS, "export/csv/", "curve/"])
def test_stranger_gets_404_for_a_plan_of_another_tenant(portal, stranger, draft, path):
    client = portal(stranger)

    assert client.get(f"/plans/{draft.pk}/{path}").status_code == 404
    assert client.post(f"/plans/{draft.pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", [*READS, *WRITES, *APPROVALS, "export/csv/"])
def test_the_id_of_another_tenants_plan_is_404_in_ones_own(portal, stranger, draft, path):
    client = portal(stranger, "globex")

    assert client.post(f"/plans/{draft.pk}/{path}").status_code in {404, 405}
    assert client.get(f"/plans/{draft.pk}/{path}").status_code in {404, 405}


@pytest.mark.parametrize("path", [*COLLECTION_READS, *COLLECTION_WRITES])
def test_stranger_gets_404_for_the_collections(portal, stranger, market, path):
    assert portal(stranger).get(path).status_code == 404


@pytest.mark.parametrize("path", WRITES + APPROVALS)
def test_a_viewer_may_not_write(portal, teammate, draft, path):
    assert portal(teammate).post(f"/plans/{draft.pk}/{path}").status_code == 403

    draft.refresh_from_db()
    assert draft.version == 1


@pytest.mark.parametrize("path", COLLECTION_WRITES)
def test_a_viewer_may_not_draft_or_assume(portal, teammate, market, path):
    assert portal(teammate).post(path).status_code == 403


@pytest.mark.parametrize("path", [*COLLECTION_READS])
def test_a_viewer_may_read(portal, teammate, market, path):
    assert portal(teammate).get(path).status_code == 200


@pytest.mark.parametrize("path", APPROVALS)
def test_an_analyst_may_not_approve(portal, analyst, proposed, path):
    assert portal(analyst).post(f"/plans/{proposed.pk}/{path}").status_code == 403

    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_a_viewer_may_not_export(portal, teammate, proposed):
    assert portal(teammate).get(f"/plans/{proposed.pk}/export/csv/").status_code == 403


def test_nobody_reads_plans_without_signing_in(client, draft):
    assert client.get(f"/t/acme/plans/{draft.pk}/").status_code == 302
