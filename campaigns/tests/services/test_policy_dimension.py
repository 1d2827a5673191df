"""Policy packs as rows of the workspace's policy dimension, and verdicts that name the row."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django_tenants.utils import tenant_context

from campaigns.creative.library import UnknownPack, load_pack, pack_names
from campaigns.creative.policy_terms import terms_of
from campaigns.selectors.policy_rows import standing_of
from campaigns.services.policy_dimension import load_packs
from harmonization.models import PolicyDocument, PolicyTerm
from tenants.models import AuditEvent

PACKS, POLICIES, CHECK = "/creatives/policies/", "/data/policies/", "/creatives/check/"
SHOUTING = {"retailer": "amazon_sponsored_brands", "creative": {"headline": "CRUNCHY OAT BARS ARE HERE"}}


def post(client, path, body):
    return client.post(path, data=json.dumps(body), content_type="application/json")


def test_every_rule_becomes_a_row_with_its_source_and_day(acme, analyst):
    loaded = load_packs(names=(), by=analyst)

    assert [one.pack for one in loaded] == pack_names()
    for name in pack_names():
        pack = load_pack(name)
        rows = PolicyTerm.objects.filter(document__document_id=f"pack:{name}")
        assert {row.term_id for row in rows} == {rule.id for rule in pack.rules}
        assert all("captured on 20" in row.note for row in rows)
    assert {row.severity for row in PolicyTerm.objects.all()} == {"block", "warn"}
    assert AuditEvent.objects.filter(kind="policies.loaded").count() == len(loaded)


@pytest.mark.parametrize("name", pack_names())
def test_terms_say_their_kind(name):
    kinds = {term.term_id: str(term.kind) for term in terms_of(pack=load_pack(name))}

    assert kinds.get("AMZ-SB-HEADLINE-50", "retailer_spec") == "retailer_spec"
    assert kinds.get("AMZ-CLAIM-UNSUPPORTED", "disallowed_term") == "disallowed_term"
    assert set(kinds.values()) <= set(PolicyTerm.Kind.values)


def test_loading_again_changes_nothing_and_keeps_the_rows(acme, analyst):
    load_packs(names=["amazon"], by=analyst)
    before = set(PolicyTerm.objects.values_list("pk", "term_id"))

    (again,) = load_packs(names=["amazon"], by=analyst)

    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    assert set(PolicyTerm.objects.values_list("pk", "term_id")) == before
    assert AuditEvent.objects.filter(kind="policies.loaded").count() == 1


def test_a_pack_that_moved_on_mends_its_rows_and_leaves_uploads_alone(acme, analyst):
    upload = PolicyDocument.objects.create(retailer_id="amazon", document_id="house-1", title="Ours")
    PolicyTerm.objects.create(document=upload, kind="disallowed_term", text="cheap")
    load_packs(names=["amazon"], by=analyst)
    rows = PolicyTerm.objects.filter(document__document_id="pack:amazon_sponsored_brands")
    case = rows.get(term_id="AMZ-CASE")
    rows.filter(pk=case.pk).update(text="Old words.")
    rows.filter(term_id="AMZ-SB-BRAND-30").update(term_id="AMZ-GONE")
    (stale,) = standing_of(packs=[load_pack("amazon")])

    (again,) = load_packs(names=["amazon"], by=analyst)

    assert (stale.is_current, stale.version) == (False, again.version)
    assert (again.added, again.changed, again.removed) == (1, 1, 1)
    assert rows.get(term_id="AMZ-CASE").pk == case.pk
    assert upload.terms.get().text == "cheap"
    assert standing_of(packs=[load_pack("amazon")])[0].is_current


def test_an_unknown_pack_is_refused_before_anything_is_written(acme, analyst):
    with pytest.raises(UnknownPack):
        load_packs(names=["amazon", "nobody"], by=analyst)

    assert not PolicyDocument.objects.exists()


def test_api_loads_and_a_verdict_names_its_row(acme, api, analyst):
    client = api(analyst)
    before = post(client, "/api/v1/copy-checks/", SHOUTING).json()

    loaded = post(client, "/api/v1/policy-packs/load/", {"packs": ["amazon"]}).json()
    after = post(client, "/api/v1/copy-checks/", SHOUTING).json()

    cited = {one["rule"]: one["policy_row"] for one in after["details"]}["AMZ-CASE"]
    assert before["details"][0]["policy_row"] is None
    assert loaded[0]["added"] == loaded[0]["rows"] > 20
    assert PolicyTerm.objects.get(pk=cited["row"]).term_id == cited["term_id"] == "AMZ-CASE"
    assert cited["version"] == loaded[0]["version"]
    assert post(client, "/api/v1/policy-packs/load/", {"packs": ["nobody"]}).status_code == 400


def test_portal_loads_by_a_button_and_leads_from_verdict_to_row(acme, portal, analyst):
    client = portal(analyst)
    assert "Load into this workspace" in client.get(PACKS).content.decode()

    page = client.post(f"{PACKS}load/", follow=True).content.decode()
    verdict = client.post(CHECK, {"retailer": "amazon_sponsored_brands", "headline": "CRUNCHY OAT BARS ARE HERE"})
    row = PolicyTerm.objects.get(term_id="AMZ-CASE")

    assert "Load again" in page
    assert f"?term={row.pk}" in verdict.content.decode()
    shown = client.get(f"{POLICIES}?term={row.pk}").content.decode()
    assert "AMZ-CASE" in shown
    assert "AMZ-SB-BRAND-30" not in shown
    assert PACKS in client.get(POLICIES).content.decode()
    assert client.get(f"{POLICIES}?term=x").status_code == 200


def test_viewers_read_and_strangers_see_nothing(acme, portal, teammate, stranger, globex, analyst):
    load_packs(names=["amazon"], by=analyst)

    assert portal(teammate).post(f"{PACKS}load/").status_code == 403
    assert "Load again" not in portal(teammate).get(PACKS).content.decode()
    assert portal(stranger).post(f"{PACKS}load/").status_code == 404
    with tenant_context(globex):
        assert not PolicyDocument.objects.exists()


def test_command_loads_into_one_workspace(acme):
    out = StringIO()
    call_command("load_policies", "--tenant", "acme", "--pack", "kroger", "--json", stdout=out)

    (loaded,) = json.loads(out.getvalue())["loaded"]

    assert (loaded["pack"], loaded["rows"]) == ("kroger_display", PolicyTerm.objects.count())
