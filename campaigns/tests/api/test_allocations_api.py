"""A problem of one's own through the API: the same object in and out as the command, and the same refusals."""

import json

import pytest

from campaigns.api.allocation_examples import PROBLEM
from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json


def solve(client, document, query=""):
    return client.post(f"/api/v1/allocations/{query}", data=json.dumps(document), content_type="application/json")


def test_the_answer_is_the_librarys(api, teammate, acme):
    answer = solve(api(teammate), PROBLEM.value)

    expected = allocate(problem=problem_from_json(PROBLEM.value), method="auto")
    assert answer.status_code == 200
    assert answer.json()["spend"] == pytest.approx(expected.spend)
    assert answer.json()["risk"]["chosen"]["worst"] == pytest.approx(expected.risk.chosen.worst)


def test_method_and_seed_are_chosen_in_the_address(api, teammate, acme):
    answer = solve(api(teammate), PROBLEM.value | {"risk": None}, "?method=bandit&seed=4")

    assert (answer.json()["status"], answer.json()["exploration"]["seed"]) == ("explored", 4)


@pytest.mark.parametrize(
    ("changes", "query", "where"),
    [
        ({"budget": -1}, "", "budget"),
        ({"risk": {"worst_share": 2}}, "", "risk.worst_share"),
        ({}, "?method=bandit", "risk"),
        ({"cells": PROBLEM.value["cells"] * 2}, "", "cells"),
        ({"cells": [PROBLEM.value["cells"][0] | {"id": str(n)} for n in range(501)], "risk": None}, "", "cells"),
    ],
)
def test_what_cannot_be_solved_says_where(api, teammate, acme, changes, query, where):
    answer = solve(api(teammate), PROBLEM.value | changes, query)

    assert (answer.status_code, answer.json()["where"]) == (400, where)
    assert answer.json()["detail"]


def test_text_that_is_no_number_is_refused_not_guessed(api, teammate, acme):
    body = json.dumps(PROBLEM.value).replace("0.8", "NaN")

    answer = api(teammate).post("/api/v1/allocations/", data=body, content_type="application/json")

    assert answer.status_code == 400
