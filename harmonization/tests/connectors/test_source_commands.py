"""Commands of sources, and the checks of a real installation."""

import json

import pytest
from django.core.management import call_command

from harmonization.checks import check_sources
from harmonization.services.credential_keys import new_key
from harmonization.tests.connectors.test_watched_folder import put
from harmonization.tests.files import alpha_bytes


def answer_of(capsys, *words: str) -> dict:
    call_command(*words, "--json")
    return json.loads(capsys.readouterr().out)


def test_list_run_and_test(folder_source, exports, capsys):
    put(exports, "alpha.csv", alpha_bytes())

    tested = answer_of(capsys, "sources", "test", "--tenant", "acme", "--name", "Exports")
    read = answer_of(capsys, "sources", "run", "--tenant", "acme", "--name", "Exports")
    listed = answer_of(capsys, "sources", "list", "--tenant", "acme")

    assert tested["detail"].startswith("2 files found in file://")
    assert (read["state"], read["files_taken"]) == ("done", 1)
    assert [(one["name"], one["state"]) for one in listed["sources"]] == [("Exports", "Up to date")]


def test_run_that_waits_says_for_what(amazon_source, amazon, capsys):
    from datetime import timedelta

    amazon.takes = timedelta(hours=1)

    read = answer_of(capsys, "sources", "run", "--tenant", "acme", "--name", "Amazon US")

    assert (read["state"], read["step"]) == ("running", "Amazon is making the report; next look at 09:01 UTC")


def test_refusal_ends_with_one_and_its_reason(amazon_source, amazon, capsys):
    amazon.region = "eu"

    with pytest.raises(SystemExit) as ended:
        call_command("sources", "run", "--tenant", "acme", "--name", "Amazon US", "--json")

    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out)["error"]["where"] == "profile_id"


def test_rotation_over_all_workspaces(amazon_source, settings, capsys):
    settings.CREDENTIAL_KEYS = [answer_of(capsys, "rotate_credentials", "--new-key")["key"], *settings.CREDENTIAL_KEYS]

    rotated = answer_of(capsys, "rotate_credentials")

    assert (rotated["resealed"], rotated["tenants"]) == (1, 2)


def test_installation_without_a_key_or_with_doors_of_the_tests_does_not_pass(settings):
    settings.CREDENTIAL_KEYS, settings.AMAZON_ADS_TEST_ENDPOINT = [], "http://127.0.0.1:1"

    assert [one.id for one in check_sources(None)] == ["harmonization.E001", "harmonization.E002", "harmonization.E003"]


def test_installation_with_a_key_passes(settings):
    settings.CREDENTIAL_KEYS, settings.SOURCE_PROTOCOLS = [new_key()], ["file", "s3"]

    assert check_sources(None) == []
