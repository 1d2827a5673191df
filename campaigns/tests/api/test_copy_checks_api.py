"""Copy checks and packs over the API."""

import json

import pytest

CHECKS, PACKS = "/api/v1/copy-checks/", "/api/v1/policy-packs/"


def post(client, body):
    return client.post(CHECKS, data=json.dumps(body), content_type="application/json")


def test_a_copy_is_judged_with_rule_source_and_place(api, teammate, acme):
    answer = post(api(teammate), {"retailer": "amazon", "creative": {"headline": "Last chance bars"}}).json()

    assert (answer["verdict"], answer["violations"], answer["fixed"]) == ("reject", ["AMZ-PRESSURE"], None)
    assert answer["details"][0]["captured_on"] == "2026-11-21"
    assert answer["details"][0]["findings"] == [
        {"field": "headline", "start": 0, "end": 11, "why": "“Last chance” presses the customer"}
    ]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"retailer": "sears", "creative": {"headline": "Oats"}}, "retailer"),
        ({"retailer": "amazon", "creative": {"headline": 3}}, "creative.headline"),
    ],
)
def test_bad_input_says_where(api, teammate, acme, body, where):
    answer = post(api(teammate), body)

    assert (answer.status_code, answer.json()["where"]) == (400, where)


def test_packs_can_be_read(api, teammate, acme):
    client = api(teammate)

    assert "target_roundel" in [pack["name"] for pack in client.get(PACKS).json() if pack["is_empty"]]
    assert client.get(f"{PACKS}kroger_display/").json()["rules"][0]["rule"] == "GOV-PII"
    assert client.get(f"{PACKS}sears/").status_code == 404
