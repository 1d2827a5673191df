"""``mapping --tenant acme list|show|diff|test|save --json``."""

import json

import pytest
from django.core.management import call_command

from harmonization.mapping.library import library_text
from harmonization.services.uploads import receive_upload
from harmonization.tests.files import ROWS, alpha_file


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def mapping(acme, capsys):
    def call(*arguments: str):
        call_command("mapping", "--json", "--tenant", "acme", *arguments)
        return json.loads(capsys.readouterr().out)

    return call


@pytest.fixture
def euros(tmp_path):
    path = tmp_path / "alpha.yaml"
    path.write_text(library_text(name="alpha").replace("USD", "EUR"), encoding="utf-8")
    return str(path)


def test_a_file_is_saved_listed_shown_and_compared(mapping, euros):
    saved = mapping("save", "alpha", euros, "--parent", "0", "--note", "In euros")

    listed = {one["name"]: one for one in mapping("list")["mappings"]}
    assert (saved["number"], listed["alpha"]["number"]) == (1, 1)
    assert "EUR" in mapping("show", "alpha")["text"]
    assert "USD" in mapping("show", "alpha", "--number", "0")["text"]
    assert "+currency: {code: EUR}" in mapping("diff", "alpha", "0", "1")["text"]


def test_a_version_is_tried_on_past_files(mapping, euros, acme, analyst, run_operations):
    receive_upload(file=alpha_file(), file_name="june.csv", mapping_name=None, by=analyst)
    run_operations()
    mapping("save", "alpha", euros, "--parent", "0")

    files = mapping("test", "alpha")["files"]

    assert [(one["file_name"], one["kept_after"]) for one in files] == [("june.csv", ROWS)]


@pytest.mark.parametrize("arguments", [("show", "nowhere"), ("diff", "alpha", "0", "9"), ("save", "x", "/nowhere")])
def test_what_is_not_there_is_refused_with_status_1(acme, capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        call_command("mapping", "--json", "--tenant", "acme", *arguments)

    assert stopped.value.code == 1
    assert json.loads(capsys.readouterr().out)["error"]["detail"]


def test_a_stale_parent_is_refused(mapping, euros, acme, capsys):
    mapping("save", "alpha", euros, "--parent", "0")

    with pytest.raises(SystemExit):
        call_command("mapping", "--json", "--tenant", "acme", "save", "alpha", euros, "--parent", "0")

    assert "meanwhile" in json.loads(capsys.readouterr().out)["error"]["title"]
