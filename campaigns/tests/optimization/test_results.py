"""The JSON of an allocation, as scripts read it."""

import json

from campaigns.optimization.allocation import allocate
from campaigns.optimization.results import allocation_to_json
from campaigns.tests.optimization.problems import cell, problem


def written(**changes):
    cells = [cell("a", beta=300.0, k=40.0), cell("b", beta=200.0, k=60.0)]
    allocation = allocate(problem=problem(**({"budget": 100.0, "cells": cells} | changes)), method="lp")
    return json.loads(json.dumps(allocation_to_json(allocation=allocation, seconds=0.5), allow_nan=False))


def test_optimal_answer_has_all_that_scripts_read():
    document = written()

    assert document["status"] == "optimal"
    assert set(document["spend"]) == {"a", "b"}
    assert document["certificate"]["gap"] <= 1e-6
    assert {"marginal_mismatch", "feasibility_residual"} < set(document["certificate"])
    assert {"value", "valid_from", "valid_to", "meaning"} < set(document["shadow_prices"]["budget"])
    assert (document["binding"], document["conflict"], document["seconds"]) == (["budget"], [], 0.5)


def test_infeasible_answer_has_the_conflict_and_no_split():
    document = written(rules=[{"kind": "node_floor", "name": "floor", "path": ["onsite"], "value": 130.0}])

    assert document["status"] == "infeasible"
    assert (document["spend"], document["objective"], document["certificate"]) == ({}, None, None)
    assert document["conflict"][0] == {
        "rule": "budget",
        "kind": "budget",
        "value": 100.0,
        "value_kind": "amount",
        "relaxed": 130.0,
        "sentence": "Raise the budget from 100 USD to 130 USD.",
    }


def test_infinite_marginal_return_is_written_as_null():
    steep = cell("a", beta=1.0, k=1.0) | {"curve": {"kind": "hill", "beta": 3.0, "k": 4.0, "s": 0.5}, "max": 0.0}

    document = written(cells=[steep, cell("b", beta=200.0, k=60.0)])

    assert document["marginal_revenue"]["a"] is None
