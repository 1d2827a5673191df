"""The page and the endpoint of windows, and its command."""

import json

import pytest
from django.core.management import call_command

from harmonization.tests.facts import make_fact

PAGE, API = "/t/acme/data/windows/", "/api/v1/windows/"


def test_without_data_the_page_says_so(acme, client, owner):
    client.force_login(owner)

    assert "There is no data yet" in client.get(PAGE).content.decode()


def test_a_stranger_sees_nothing(acme, client, stranger):
    client.force_login(stranger)

    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("query", ["?start=2026-02-01&end=2026-01-01", "?start=soon", "?metric=luck"])
def test_what_cannot_be_compared_is_refused(query, acme, teammate, api):
    make_fact()

    answer = api(teammate).get(API + query)

    assert (answer.status_code, answer.json()["where"]) == (400, "start, end, metric")


def test_the_command_says_when_there_is_nothing(acme, capsys):
    with pytest.raises(SystemExit):
        call_command("compare_windows", "--tenant", "acme", "--json")

    assert json.loads(capsys.readouterr().out)["error"]["title"] == "There is no data yet"
