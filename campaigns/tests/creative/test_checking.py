"""Verdicts, sets of broken rules and repairs, over every pack."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.creative.advert import creative_from_json
from campaigns.creative.checking import check_copy, offending_parts
from campaigns.creative.library import load_pack, pack_names
from campaigns.tests.creative.cases import BROKEN, CLEAN, DAY, GIN, OATS, REPAIRED

SHARED_CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "policy_cases.jsonl"


def checked(retailer, creative, on=DAY):
    return check_copy(pack=load_pack(retailer), creative=creative_from_json(creative), on=on)


@pytest.mark.parametrize(("retailer", "creative", "verdict", "rule"), BROKEN)
def test_a_broken_rule_is_the_only_one_reported(retailer, creative, verdict, rule):
    answer = checked(retailer, creative).as_json()

    assert (answer["verdict"], answer["violations"]) == (verdict, [rule])
    assert answer["fixed"] is None


@pytest.mark.parametrize(("retailer", "creative"), CLEAN)
def test_clean_copy_passes(retailer, creative):
    assert checked(retailer, creative).as_json() == {"verdict": "pass", "violations": [], "fixed": None, "changes": {}}


@pytest.mark.parametrize(("retailer", "creative", "changes"), REPAIRED)
def test_a_repair_changes_only_what_is_wrong_and_passes(retailer, creative, changes):
    answer = checked(retailer, creative)

    assert (str(answer.verdict), dict(answer.changes)) == ("fix", changes)
    assert answer.fixed is not None
    assert str(checked(retailer, answer.fixed.as_json()).verdict) == "pass"
    assert answer.fixed.as_json() == creative | changes


def test_two_broken_rules_are_both_reported_and_nothing_is_repaired():
    answer = checked("amazon", OATS | {"headline": "LAST CHANCE OAT BARS"})

    assert answer.as_json()["violations"] == ["AMZ-CASE", "AMZ-PRESSURE"]
    assert (str(answer.verdict), answer.fixed) == ("reject", None)


def test_a_repair_that_breaks_another_rule_is_not_offered():
    creative = OATS | {"headline": "Save 20% on stoneground oat bars with our SnS deals", "offer": {"program": "S&S"}}

    answer = checked("amazon", creative | {"headline": creative["headline"][:50].replace("SnS deal", "SnS deal")})

    assert str(answer.verdict) == "reject"
    assert answer.fixed is None


def test_a_claim_is_never_repaired():
    answer = checked("amazon", OATS | {"headline": "THE BEST OAT BARS"})

    assert str(answer.verdict) == "review"
    assert answer.changes == {}


@pytest.mark.parametrize("evidence", ["", "none", False, [], {}])
def test_empty_evidence_is_none(evidence):
    answer = checked("amazon", OATS | {"headline": "The best oat bars", "evidence": evidence})

    assert str(answer.verdict) == "review"


def test_an_empty_pack_never_passes():
    answer = checked("target", OATS | {"headline": "Oat bars"})

    assert (str(answer.verdict), answer.violations) == ("review", ())
    assert "Nothing usable was found" in answer.notice


def test_personal_data_hides_every_other_rule():
    answer = checked("kroger", {"headline": "LAST CHANCE", "body": "Ask jane.doe@gmail.com, SSN 123-45-6789"})

    assert answer.as_json()["violations"] == ["GOV-PII"]


def test_offending_words_are_marked_where_they_stand():
    creative = creative_from_json(OATS | {"headline": "A last chance!"})
    answer = check_copy(pack=load_pack("amazon"), creative=creative, on=DAY)
    findings = [finding for violation in answer.violations for finding in violation.findings]

    marked = offending_parts(creative=creative, findings=findings)

    assert marked["headline"] == [("A ", False), ("last chance", True), ("!", False)]


def test_a_rule_outside_its_days_does_not_hold(tmp_path):
    assert str(checked("instacart", GIN | {"alt": "GinCo gin"}, on=date(2030, 1, 1)).verdict) == "fix"


@given(text=st.text(min_size=1, max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_verdict_and_every_repair_passes(text):
    if not text.strip():
        return
    for name in pack_names():
        answer = checked(name, {"headline": text, "brand": "Oat Acres", "alt": "Oat Acres"})
        if answer.fixed is not None:
            assert str(checked(name, answer.fixed.as_json()).verdict) in {"pass", "review"}
        for violation in answer.violations:
            assert all(one.end is None or one.end <= len(text) + 40 for one in violation.findings)


@pytest.mark.skipif(not SHARED_CASES.exists(), reason="the shared cases are not at hand")
def test_the_shared_cases_come_out_as_expected():
    wrong = []
    for line in SHARED_CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        answer = checked(case["retailer"], case["creative"]).as_json()
        is_right = answer["verdict"] == case["expected"] and set(answer["violations"]) == set(case["violations"])
        if not is_right or answer["changes"] != case.get("autofix", {}):
            wrong.append(case["id"])

    assert wrong == []
