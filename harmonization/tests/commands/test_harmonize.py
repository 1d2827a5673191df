"""The harmonize command: JSON for scripts, refusals, no database without a tenant, the same service with one."""

import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from harmonization.models import DailyFact, ImportRun
from harmonization.tests.files import ROWS, alpha_bytes, unknown_layout

KEYS = {"rows_read", "rows_kept", "rows_rejected", "reconciliation", "quality", "output", "seconds"}


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "simulated-june.csv"
    path.write_bytes(alpha_bytes())
    return path


def harmonize(capsys, *arguments) -> tuple[int, dict]:
    try:
        call_command("harmonize", *map(str, arguments), "--json")
        code = 0
    except SystemExit as ending:
        code = ending.code
    return code, json.loads(capsys.readouterr().out)


def test_answer_has_the_keys_that_scripts_rely_on(export, tmp_path, capsys):
    code, answer = harmonize(capsys, "--mapping", "alpha", "--input", export, "--output", tmp_path / "out")

    assert code == 0
    assert set(answer) == KEYS
    assert (answer["rows_read"], answer["rows_kept"], answer["rows_rejected"]) == (ROWS, ROWS, 0)
    assert set(answer["reconciliation"][0]) == {"metric", "date", "source", "harmonized", "difference", "reason"}
    assert list((tmp_path / "out").rglob("*.parquet"))


def test_no_database_is_asked_without_a_tenant(export, tmp_path, capsys):
    """Without the ``db`` fixture pytest-django refuses every query."""
    code, _ = harmonize(capsys, "--mapping", "alpha", "--input", export, "--output", tmp_path / "out")

    assert code == 0


@pytest.mark.parametrize(
    "content",
    [b"", unknown_layout(), gzip.compress(b"0" * 40_000_000), "date,cost\n".encode("utf-16")],
    ids=["empty", "unknown columns", "gzip bomb", "wrong columns in utf-16"],
)
def test_file_that_cannot_be_read_is_refused_with_exit_code_1(tmp_path, capsys, content):
    path = tmp_path / "report.csv"
    path.write_bytes(content)

    code, answer = harmonize(capsys, "--mapping", "alpha", "--input", path, "--output", tmp_path / "out")

    assert code == 1
    assert answer["error"]["title"]
    assert answer["error"]["detail"]


def test_mapping_with_aliases_is_refused(export, tmp_path, capsys):
    mapping = tmp_path / "bomb.yaml"
    mapping.write_text("a: &a [x, x]\nb: [*a, *a]\n")

    code, answer = harmonize(capsys, "--mapping", mapping, "--input", export, "--output", tmp_path / "out")

    assert code == 1
    assert "alias" in answer["error"]["detail"]
    assert "line 1" in answer["error"]["where"]


def test_file_that_does_not_exist_is_refused(tmp_path, capsys):
    code, answer = harmonize(
        capsys, "--mapping", "alpha", "--input", tmp_path / "absent.csv", "--output", tmp_path / "out"
    )

    assert code == 1
    assert "absent.csv" in json.dumps(answer)


def test_missing_mapping_is_misuse(export):
    with pytest.raises((SystemExit, CommandError)):
        call_command("harmonize", "--input", str(export), "--json")


def test_with_a_tenant_the_file_is_imported_there(acme, settings, export, tmp_path, capsys):
    settings.DATA_DIR = tmp_path / "data"

    code, answer = harmonize(
        capsys, "--mapping", "alpha", "--input", export, "--output", tmp_path / "out", "--tenant", "acme"
    )

    run = ImportRun.objects.get()
    assert (code, set(answer)) == (0, KEYS)
    assert (run.state, run.rows_kept) == ("done", ROWS)
    assert DailyFact.objects.count() == run.facts_written
    assert list((tmp_path / "out").rglob("*.parquet"))


def test_with_a_tenant_the_same_file_changes_nothing(acme, settings, export, tmp_path, capsys):
    settings.DATA_DIR = tmp_path / "data"
    arguments = ("--mapping", "alpha", "--input", export, "--tenant", "acme")
    _, first = harmonize(capsys, *arguments)

    code, again = harmonize(capsys, *arguments)

    assert (code, again["rows_kept"]) == (0, first["rows_kept"])
    assert ImportRun.objects.count() == 1


def test_tenant_that_does_not_exist_is_refused(db, export, capsys):
    code, answer = harmonize(capsys, "--mapping", "alpha", "--input", export, "--tenant", "nobody")

    assert code == 1
    assert answer["error"]["detail"]


def test_refusal_inside_a_tenant_is_told(acme, settings, tmp_path, capsys):
    settings.DATA_DIR = tmp_path / "data"
    path = tmp_path / "odd.csv"
    path.write_bytes(unknown_layout())

    code, answer = harmonize(capsys, "--mapping", "alpha", "--input", path, "--tenant", "acme")

    assert code == 1
    assert answer["error"]["title"]
    assert ImportRun.objects.get().state == "refused"
