"""The verify_rollups command: whole, differing, mended, unknown workspace."""

import json
from decimal import Decimal

from django.core.management import call_command

from harmonization.models import DailyFact
from harmonization.tests.facts import make_fact


def verify(capsys, *arguments) -> tuple[int, dict]:
    try:
        call_command("verify_rollups", *arguments, "--json")
        code = 0
    except SystemExit as ending:
        code = ending.code
    return code, json.loads(capsys.readouterr().out)


def test_rollups_that_add_up_are_counted(acme, capsys):
    make_fact()

    assert verify(capsys, "--tenant", "acme") == (0, {"checked": 1, "differing": 0, "first": []})


def test_facts_changed_by_hand_are_told_and_mended(acme, capsys):
    make_fact()
    DailyFact.objects.update(cost=Decimal(7))

    code, answer = verify(capsys, "--tenant", "acme")
    mended, _ = verify(capsys, "--tenant", "acme", "--rebuild")

    assert code == 1
    assert "2 lines differ" in answer["error"]["detail"]
    assert "--rebuild" in answer["error"]["fix"]
    assert mended == 0


def test_workspace_that_does_not_exist_is_refused(db, capsys):
    assert verify(capsys, "--tenant", "nobody")[0] == 1
