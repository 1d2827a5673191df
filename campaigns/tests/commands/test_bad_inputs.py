"""Bad problems through the command and the API: one clear refusal or verdict each, the same by both doors."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

CURVE = {"kind": "michaelis_menten", "beta": 100, "k": 50}


def cell(name="a", **more):
    return {"id": name, "path": ["onsite", name], "curve": CURVE} | more


def problem(*cells, **more):
    return {"budget": 100, "currency": "USD", "objective": "revenue", "cells": list(cells) or [cell()]} | more


REFUSED = {
    "NaN": (problem(budget=float("nan")), "Not a finite number", "budget"),
    "NaN in a cell": (problem(cell(current=float("nan"))), "Not a finite number", "cells[0].current"),
    "infinite": (problem(cell(max=float("inf"))), "Not a finite number", "cells[0].max"),
    "negative spend": (problem(cell(current=-5)), "A negative number", "cells[0].current"),
    "negative response": (problem(cell(curve=CURVE | {"beta": -1})), "A negative number", "cells[0].curve.beta"),
    "convex curve": (problem(cell(curve={"kind": "power", "beta": 1, "s": 2})), "Unknown kind", "cells[0].curve.kind"),
    "cap below floor": (problem(cell(min=50, max=10)), "Cap below floor", "cells[0]"),
    "duplicate cells": (problem(cell(), cell()), "The same id twice", "cells"),
    "mixed currencies": (problem(cell(currency="EUR")), "Mixed currencies", "cells[0].currency"),
    "risk without draws": (problem(risk={"worst_share": 0.2}), "Draws missing", "risk"),
    "draws of different number": (
        problem(cell(draws=[CURVE] * 2), cell("b", draws=[CURVE] * 3), risk={"worst_share": 0.2}),
        "Draws missing",
        "risk",
    ),
}


@pytest.fixture
def file(tmp_path):
    def written(document):
        path = tmp_path / "problem.json"
        path.write_text(json.dumps(document))
        return str(path)

    return written


@pytest.mark.parametrize(("bad", "title", "where"), REFUSED.values(), ids=REFUSED.keys())
def test_the_command_refuses_with_what_and_where(file, bad, title, where):
    out = StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("allocate", file(bad), "--json", stdout=out)

    error = json.loads(out.getvalue())["error"]
    assert (stop.value.code, error["title"], error["where"]) == (1, title, where)
    assert error["detail"]


@pytest.mark.parametrize(
    ("bad", "title", "where"),
    [found for name, found in REFUSED.items() if name not in ("NaN", "NaN in a cell", "infinite")],
)
def test_the_api_refuses_with_the_same(api, teammate, acme, bad, title, where):
    answer = api(teammate).post("/api/v1/allocations/", data=json.dumps(bad), content_type="application/json")

    told = answer.json()
    assert (answer.status_code, told["title"], told["where"]) == (400, title, where)


def test_a_budget_above_all_caps_fills_them_and_leaves_the_rest(file):
    out = StringIO()

    call_command("allocate", file(problem(cell(max=10), cell("b", max=20))), "--json", stdout=out)

    answer = json.loads(out.getvalue())
    assert (answer["status"], answer["spend"]) == ("optimal", {"a": 10.0, "b": 20.0})
    assert answer["binding"] == ["maximum of a", "maximum of b"]


def test_floors_above_the_budget_are_infeasible_with_a_way_out(file):
    out = StringIO()

    call_command("allocate", file(problem(cell(min=80), cell("b", min=80))), "--json", stdout=out)

    answer = json.loads(out.getvalue())
    assert (answer["status"], answer["objective"], answer["spend"]) == ("infeasible", None, {})
    assert any(one["rule"] == "budget" and one["relaxed"] >= 160 for one in answer["conflict"])
