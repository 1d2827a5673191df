"""The command: lines in, verdicts out, bad lines named in their place."""

import json
from io import StringIO

import pytest
from django.core.management import call_command


def run(path, retailer="amazon"):
    out = StringIO()
    try:
        call_command("check_copy", "--retailer", retailer, "--input", str(path), "--on", "2026-11-21", stdout=out)
        code = 0
    except SystemExit as ended:
        code = ended.code
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_gets_a_verdict(tmp_path):
    file = tmp_path / "copies.jsonl"
    file.write_text(
        '{"id": "a", "creative": {"headline": "Oat bars"}}\n\n{"id": "b", "creative": {"headline": "OAT BARS NOW"}}\n'
    )

    code, answers = run(file)

    assert code == 0
    assert answers[0] == {"id": "a", "verdict": "pass", "violations": [], "fixed": None, "changes": {}}
    assert answers[1]["fixed"] == {"headline": "Oat bars now"}


def test_a_bad_line_is_named_and_the_others_are_still_checked(tmp_path):
    file = tmp_path / "copies.jsonl"
    file.write_text('{"id": "a"\n[1]\n{"id": "c", "creative": {}}\n{"id": "d", "creative": {"headline": "Oats"}}\n')

    code, answers = run(file)

    assert code == 1
    assert [answer.get("verdict") for answer in answers] == [None, None, None, "pass"]
    assert [answer["error"]["where"] for answer in answers[:3]] == ["line 1", "line 2", "line 3"]


@pytest.mark.parametrize(("retailer", "name"), [("sears", "copies.jsonl"), ("amazon", "absent.jsonl")])
def test_an_unknown_retailer_or_file_is_refused(tmp_path, retailer, name):
    (tmp_path / "copies.jsonl").write_text("{}")

    code, answers = run(tmp_path / name, retailer)

    assert code == 1
    assert answers[0]["error"]["title"]
