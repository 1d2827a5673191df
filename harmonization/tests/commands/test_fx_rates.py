"""The command of exchange rates."""

import json

import pytest
from django.core.management import call_command


def run(capsys, *arguments):
    try:
        call_command("fx_rates", "--tenant", "acme", *map(str, arguments), "--json")
        code = 0
    except SystemExit as ending:
        code = ending.code
    return code, json.loads(capsys.readouterr().out)


def test_a_file_is_taken_in_and_listed(acme, tmp_path, capsys):
    path = tmp_path / "hist.csv"
    path.write_text("Date,USD\n2026-01-09,1.0812\n")

    taken, listed = run(capsys, "import", path), run(capsys, "list")

    assert taken[0] == 0
    assert (taken[1]["read"], taken[1]["new"], taken[1]["file"]) == (1, 1, "hist.csv")
    (pair,) = listed[1]["pairs"]
    assert (pair["base"], pair["quote"], pair["rate"]) == ("EUR", "USD", "1.0812")


@pytest.mark.parametrize("arguments", [("import",), ("import", "/nowhere/rates.csv")])
def test_what_cannot_be_read_is_refused(arguments, acme, capsys):
    code, answer = run(capsys, *arguments)

    assert code == 1
    assert answer["error"]["detail"]
