import json

import pytest
from django.core.management import call_command

from training.jobs import JobFailed, read_result, run_module


def test_a_run_that_fails_is_told_with_its_last_words(tmp_path):
    with pytest.raises(JobFailed) as failed:
        run_module(module="json.tool", arguments=["no-such-file"], root=tmp_path)

    assert failed.value.where == "json.tool"
    assert "no-such-file" in failed.value.detail


def test_a_run_without_a_result_is_a_failure(tmp_path):
    with pytest.raises(JobFailed, match="no result"):
        read_result(path=tmp_path / "recipe.json", where="retailer-amazon")


@pytest.mark.parametrize(
    ("command", "module", "arguments"),
    [
        ("train_adapter", "training.recipes.lattice", ["retailer-amazon", "--steps", "7"]),
        ("evaluate_adapter", "training.evaluation.run", ["--only", "briefs"]),
    ],
)
def test_commands_start_their_process_and_print_its_result(tmp_path, monkeypatch, capsys, command, module, arguments):
    started = {}

    def run(*, module, arguments, root):
        started.update(module=module, arguments=arguments)
        folder = tmp_path / "retailer-amazon"
        folder.mkdir()
        (folder / "recipe.json").write_text('{"loss": 0.5}')
        (tmp_path / "out.json").write_text('{"loss": 0.5}')

    monkeypatch.setattr(f"training.management.commands.{command}.run_module", run)
    out = ["--out", str(tmp_path / "out.json")] if command == "evaluate_adapter" else []

    call_command(command, *arguments, "--adapters", str(tmp_path), *out, "--json")

    assert json.loads(capsys.readouterr().out)["loss"] == 0.5
    assert started["module"] == module
    assert str(tmp_path) in started["arguments"]


def test_a_failed_run_ends_the_command_with_its_problem(tmp_path, monkeypatch, capsys):
    def run(*, module, arguments, root):
        raise JobFailed("The run did not finish", "Out of memory.", module)

    monkeypatch.setattr("training.management.commands.train_adapter.run_module", run)

    with pytest.raises(SystemExit) as ended:
        call_command("train_adapter", "retailer-amazon", "--adapters", str(tmp_path), "--json")

    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["error"]["where"] == "training.recipes.lattice"
