"""The approval policy from the command line: what is named changes, the rest stays."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import ApprovalPolicy
from tenants.models import AuditEvent


def run(*arguments):
    out = StringIO()
    call_command("approval_policy", "--tenant", "acme", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def refused(*arguments):
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("approval_policy", *arguments, "--json", stdout=out)
    assert stop.value.code == 1
    return json.loads(out.getvalue())["error"]


def test_without_options_it_is_printed_and_left_alone(acme):
    answer = run()

    assert answer == {
        "largest_budget": None,
        "smallest_floor_probability": "0.000",
        "second_person_required": False,
    }
    assert not ApprovalPolicy.objects.exists()


def test_named_rules_change_and_the_others_stay(acme):
    run("--largest-budget", "2000000", "--second-person")

    answer = run("--smallest-floor-probability", "0.8", "--no-second-person")

    assert answer == {
        "largest_budget": "2000000.00",
        "smallest_floor_probability": "0.800",
        "second_person_required": False,
    }


def test_none_lifts_the_limit(acme):
    ApprovalPolicy.objects.create(largest_budget=Decimal(5))

    assert run("--largest-budget", "none")["largest_budget"] is None


def test_the_audit_log_names_who_changed_it(acme, owner):
    run("--second-person", "--user", owner.email)

    assert AuditEvent.objects.first().actor_label == owner.email


@pytest.mark.parametrize(
    ("option", "value", "where"),
    [
        ("--largest-budget", "0", "largest_budget"),
        ("--smallest-floor-probability", "80", "smallest_floor_probability"),
    ],
)
def test_nonsense_is_refused_with_where_and_fix(acme, option, value, where):
    error = refused("--tenant", "acme", option, value)

    assert error["where"] == where
    assert error["fix"].startswith("Give")
    assert not ApprovalPolicy.objects.exists()


def test_what_is_no_number_is_misuse(acme):
    with pytest.raises(CommandError, match="not a number"):
        run("--largest-budget", "lots")


@pytest.mark.parametrize("arguments", [["--tenant", "nobody"], ["--tenant", "acme", "--user", "nobody@example.com"]])
def test_an_unknown_tenant_or_person_is_refused(acme, arguments):
    assert refused(*arguments)["title"]
