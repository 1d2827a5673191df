"""The reference of RMIS says what the registry says."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from harmonization.rmis.reference import rmis_reference
from harmonization.rmis.registry import EVERYTHING

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "rmis.md"


def write_docs(capsys, *arguments) -> tuple[int, dict]:
    try:
        call_command("write_rmis_docs", *map(str, arguments), "--json")
        code = 0
    except SystemExit as ending:
        code = ending.code
    return code, json.loads(capsys.readouterr().out)


def test_the_committed_reference_is_up_to_date():
    assert COMMITTED.read_text(encoding="utf-8") == rmis_reference(), "run manage.py write_rmis_docs"


@pytest.mark.parametrize("field", EVERYTHING.values(), ids=EVERYTHING.keys())
def test_every_field_stands_in_the_reference_with_its_definition(field):
    line = f"| `{field.name}` | {field.type} | {field.unit} | {field.definition} | {field.source} |"

    assert line in rmis_reference().splitlines()


def test_every_row_of_a_table_has_the_cells_of_its_header():
    widths = {line.count("|") for line in rmis_reference().splitlines() if line.startswith("| `")}

    assert widths == {3, 6}


def test_the_command_writes_the_reference_once(tmp_path, capsys):
    path = tmp_path / "rmis.md"

    first, second = write_docs(capsys, "--output", path), write_docs(capsys, "--output", path)

    assert path.read_text(encoding="utf-8") == rmis_reference()
    assert first == (0, {"file": str(path), "written": True})
    assert second == (0, {"file": str(path), "written": False})


def test_an_outdated_reference_is_told_and_left_alone(tmp_path, capsys):
    path = tmp_path / "rmis.md"
    path.write_text("# Old\n", encoding="utf-8")

    code, answer = write_docs(capsys, "--check", "--output", path)

    assert code == 1
    assert answer["error"]["title"] == "The reference is outdated"
    assert path.read_text(encoding="utf-8") == "# Old\n"
