"""The doors for scripts: JSON on standard output, refusals with exit status 1."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from campaigns.models import Plan
from campaigns.tests.market import BRIEF

ROOT = Path(__file__).resolve().parents[3]
PROBLEM = {
    "budget": 100,
    "currency": "USD",
    "objective": "revenue",
    "cells": [
        {"id": name, "path": ["onsite", name], "curve": {"kind": "michaelis_menten", "beta": 100, "k": 50}}
        for name in ("a", "b")
    ],
    "rules": [],
}


def run(*arguments):
    out = StringIO()
    call_command(*arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def refused(*arguments):
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command(*arguments, "--json", stdout=out)
    assert stop.value.code == 1
    return json.loads(out.getvalue())["error"]


@pytest.fixture
def problem(tmp_path):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(PROBLEM))
    return path


@pytest.mark.parametrize("method", ["lp", "convex", "auto"])
def test_two_equal_cells_share_the_budget(problem, method):
    answer = run("allocate", str(problem), "--method", method)

    assert answer["status"] == "optimal"
    assert answer["spend"] == {"a": pytest.approx(50, abs=0.01), "b": pytest.approx(50, abs=0.01)}
    assert answer["objective"] == pytest.approx(100)
    keys = {"status", "objective", "spend", "certificate", "shadow_prices", "binding", "conflict", "seconds"}
    assert keys <= set(answer)
    assert answer["certificate"]["gap"] <= 1e-6


def test_bandit_logs_with_what_probability_money_went_where(tmp_path):
    draws = [[{"kind": "michaelis_menten", "beta": beta, "k": 50} for beta in betas] for betas in ([90, 30], [40, 60])]
    cells = [{"id": name, "path": [name], "draws": some} for name, some in zip("ab", draws, strict=True)]
    path = tmp_path / "problem.json"
    path.write_text(json.dumps({"budget": 100, "currency": "USD", "cells": cells}))

    answer = run("allocate", str(path), "--method", "bandit", "--seed", "3")

    assert (answer["status"], answer["exploration"]["seed"]) == ("explored", 3)
    assert sum(answer["exploration"]["propensities"].values()) == pytest.approx(1)


def test_an_infeasible_problem_names_the_conflict(tmp_path):
    path = tmp_path / "problem.json"
    floors = [{"kind": "node_floor", "name": f"floor {n}", "path": ["onsite", n], "value": 80} for n in ("a", "b")]
    path.write_text(json.dumps(PROBLEM | {"rules": floors}))

    answer = run("allocate", str(path), "--method", "lp")

    assert answer["status"] == "infeasible"
    assert answer["conflict"]


@pytest.mark.parametrize("text", ["{", "[]", '{"budget": -1}'])
def test_a_malformed_problem_is_refused(tmp_path, text):
    path = tmp_path / "problem.json"
    path.write_text(text)

    assert refused("allocate", str(path))["title"]


def test_a_missing_file_is_refused(tmp_path):
    assert "cannot be read" in refused("allocate", str(tmp_path / "nothing.json"))["title"]


def test_a_brief_is_read_without_a_database():
    answer = run("parse_brief", "Spend $2.5M on Amazon and Walmart, ROAS at least 3")

    assert answer["constraints"]["budget"] == 2_500_000
    assert answer["constraints"]["retailers"] == ["amazon", "walmart"]
    assert answer["by"] == "rules"


def test_a_brand_is_known_when_it_is_named():
    answer = run("parse_brief", "Spend $1M on Lumen", "--brand", "Lumen")

    assert answer["constraints"]["brand"] == "Lumen"


def test_a_workspace_reads_with_its_own_names(acme, market):
    answer = run("parse_brief", BRIEF, "--tenant", "acme", "--by", "rules")

    assert (answer["by"], answer["constraints"]["budget"]) == ("rules", 150_000)


def test_a_model_without_a_workspace_is_misuse():
    with pytest.raises(CommandError, match="--tenant"):
        call_command("parse_brief", "Spend $1M on Amazon", "--by", "both")


def test_an_empty_brief_is_refused():
    assert "empty" in refused("parse_brief", " ")["detail"]


@pytest.mark.parametrize("command", [["allocate", "PROBLEM", "--method", "lp"], ["parse_brief", "Spend $1M on Amazon"]])
def test_commands_without_a_tenant_need_no_database(problem, command):
    asked = [str(problem) if part == "PROBLEM" else part for part in command]
    environment = os.environ | {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
        "REDIS_URL": "redis://127.0.0.1:9",
    }

    done = subprocess.run(
        [sys.executable, "manage.py", *asked, "--json"], cwd=ROOT, env=environment, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)


def test_a_whole_plan_in_one_command(market):
    answer = run("plan", "--tenant", "acme", "--brief", BRIEF, "--method", "lp")

    assert answer["state"] == "proposed"
    assert answer["constraints"]["budget"] == 150_000
    assert sum(answer["result"]["spend"].values()) <= 135_000.01
    assert str(Plan.objects.get().pk) == answer["id"]


def test_a_plan_without_a_budget_is_refused(market):
    assert "no budget" in refused("plan", "--tenant", "acme", "--brief", "ROAS at least 3")["detail"]


def test_an_unknown_tenant_is_refused(db):
    assert refused("plan", "--tenant", "nobody", "--brief", "Spend $1M")["title"]


def test_the_worst_draws_are_planned_for_where_asked(tmp_path):
    draws = [[{"kind": "michaelis_menten", "beta": beta, "k": 50} for beta in betas] for betas in ([90, 90], [40, 160])]
    cells = [{"id": name, "path": [name], "draws": some} for name, some in zip("ab", draws, strict=True)]
    path = tmp_path / "problem.json"
    path.write_text(json.dumps({"budget": 100, "currency": "USD", "cells": cells}))

    average, careful = run("allocate", str(path)), run("allocate", str(path), "--worst-share", "0.5")

    assert average["risk"] is None
    assert careful["spend"]["a"] > average["spend"]["a"]
    assert careful["risk"]["chosen"]["worst"] > careful["risk"]["best_on_average"]["worst"]
    assert refused("allocate", str(path), "--worst-share", "1.5")["where"] == "risk.worst_share"
    assert refused("allocate", str(path), "--worst-share", "0.5", "--method", "bandit")["where"] == "risk"


def test_a_variant_is_copied_changed_and_split_in_one_command(proposed):
    answer = run("copy_plan", "--tenant", "acme", "--plan", str(proposed.pk), "--change", '{"budget": 120000}')

    assert (answer["state"], answer["unsolved"]) == ("proposed", "")
    assert answer["constraints"] == proposed.constraints | {"budget": 120_000}
    assert answer["id"] != str(proposed.pk)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--plan", "01990000-0000-7000-8000-000000000000"],
        ["--plan", "no id"],
        ["--change", "{"],
        ["--change", "[]"],
        ["--change", '{"budget": -1}'],
    ],
)
def test_a_variant_that_cannot_be_made_is_refused(draft, arguments):
    named = arguments if "--plan" in arguments else ["--plan", str(draft.pk), *arguments]

    assert refused("copy_plan", "--tenant", "acme", *named)["detail"]
    assert Plan.objects.count() == 1
