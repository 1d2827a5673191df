"""Stock by page, API and command."""

import json
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from campaigns.models import StockCount
from campaigns.services.drafting import edit_constraints
from campaigns.services.planning import plan_now
from campaigns.tests.stock import export_levels, sell_daily


@pytest.fixture
def last(acme, market, kept_files):
    return sell_daily()


def test_page_lists_items_and_a_person_enters_stock(portal, analyst, last):
    client = portal(analyst)
    typed = {"retailer": "amazon", "item": "L1", "units": "300", "day": last.isoformat()}

    before = client.get("/plans/stock/").content.decode()
    after = client.post("/plans/stock/enter/", typed, follow=True).content.decode()

    assert "Nobody has told the stock of the items shown" in before
    for text in (
        "Kept the stock of 1 item",
        "Runs out on",
        "likelier than not to run out in 28 days",
        "entered by hand",
    ):
        assert text in after
    assert "/plans/stock/" in client.get("/plans/").content.decode()


def test_page_asks_a_bounded_number_of_queries(portal, analyst, last, django_assert_max_num_queries):
    client = portal(analyst)

    with django_assert_max_num_queries(25):
        client.get("/plans/stock/")


def test_file_of_counts_is_kept_or_refused_whole(portal, analyst, last):
    def upload(text):
        file = SimpleUploadedFile("counts.csv", text.encode(), content_type="text/csv")
        return portal(analyst).post("/plans/stock/enter/", {"file": file}, follow=True)

    wrong = upload(f"retailer,item,units,day\namazon,L1,5,{last}\namazon,L9,5,{last}\n")
    nothing = StockCount.objects.count()
    right = upload(f"retailer,item,units,day\namazon,L1,5,{last}\nwalmart,L1,9,{last}\n")

    assert (wrong.status_code, nothing) == (422, 0)
    assert "row 3" in wrong.content.decode()
    assert "stock of 2 items" in right.content.decode()


@pytest.mark.parametrize("typed", [{}, {"retailer": "amazon", "item": "L1", "units": "-3"}, {"item": "L1"}])
def test_wrong_entry_is_shown_in_the_form(portal, analyst, last, typed):
    answer = portal(analyst).post("/plans/stock/enter/", typed)

    assert answer.status_code == 422
    assert "field__errors" in answer.content.decode()


def test_wrong_question_is_shown_and_an_empty_workspace_says_what_to_do(portal, analyst, stranger, last):
    assert "field__errors" in portal(analyst).get("/plans/stock/?horizon=900").content.decode()
    assert "No items yet" in portal(stranger, "globex").get("/plans/stock/").content.decode()


def test_viewer_sees_but_does_not_enter(portal, teammate, last):
    assert "Enter stock" not in portal(teammate).get("/plans/stock/").content.decode()
    assert portal(teammate).get("/plans/stock/enter/").status_code == 403


def test_plan_says_who_runs_out_when_and_leads_to_the_stock(portal, acme, kept_files, draft, analyst):
    export_levels(
        folder=kept_files, schema=acme.schema_name, rows=[("amazon", "L1", 0, 900), ("walmart", "L1", 0, 10**9)]
    )
    asked = {"budget": 100_000.0, "oos_threshold": 0.3}
    edited = edit_constraints(plan=draft, constraints=asked, version=draft.version, by=analyst)

    plan = plan_now(plan=edited, method="auto", by=analyst)
    page = portal(analyst).get(f"/plans/{plan.pk}/").content.decode()

    (entry,) = plan.explanation["stock"]
    assert entry["standing"] == "stopped"
    assert entry["items"][0]["low"] <= entry["items"][0]["day"] <= entry["items"][0]["high"]
    assert "because L1 runs out on" in page
    assert "/plans/stock/?retailer=amazon&amp;q=L1" in page


def test_api_tells_and_keeps_stock(api, analyst, teammate, last):
    body = json.dumps({"counts": [{"retailer": "amazon", "item": "L1", "units": "300", "day": last.isoformat()}]})
    wrong = body.replace("L1", "L9")

    kept = api(analyst).put("/api/v1/stock/", body, "application/json")
    refused = api(analyst).put("/api/v1/stock/", wrong, "application/json")
    told = api(analyst).get("/api/v1/stock/?horizon=14&retailer=amazon").json()

    assert (kept.json(), refused.status_code, refused.json()["where"]) == ({"items": 1}, 400, "counts[0]")
    assert told["stock"][0]["outlook"]["runs_out"]["low"] > last.isoformat()
    assert api(teammate).put("/api/v1/stock/", body, "application/json").status_code == 403


def test_command_keeps_a_file_and_prints_the_same(last, tmp_path):
    path, out = tmp_path / "counts.csv", StringIO()
    path.write_text(f"retailer,item,units,day\namazon,L1,300,{last}\n")

    call_command("stock", "--tenant", "acme", "--load", str(path), "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert told["kept"] == 1
    assert next(row for row in told["stock"] if row["retailer"] == "amazon")["on_hand"] == 300


def test_command_refuses_a_wrong_file_with_its_place(last, tmp_path):
    path, out = tmp_path / "counts.csv", StringIO()
    path.write_text("retailer,item,units\namazon,L1,many\n")

    with pytest.raises(SystemExit):
        call_command("stock", "--tenant", "acme", "--load", str(path), "--json", stdout=out)

    assert json.loads(out.getvalue())["error"]["where"] == "row 2, units"
