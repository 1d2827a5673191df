"""Two versions side by side: answers, thumbs and scores of each, nobody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agents.federation.axes import Axis
from agents.models import AgentRun, OwnAdapter
from agents.services.promotion import try_adapter
from agents.tests.federation.adapters import BASE
from agents.tests.registry_cast import KEY_TEXT, evaluate, register, serve
from rlhf.selectors.comparison import adapter_comparison
from rlhf.services.feedback import give_feedback

BRAND = {"axis": Axis.BRAND, "member": "nordmill", "owner": "acme"}


@pytest.fixture
def versions(acme, settings, tmp_path, owner):
    """One that serves, and the next one on a tenth of the questions."""
    settings.BASE_DIGEST, settings.DATA_DIR, settings.ADAPTER_SIGNING_KEY = BASE, tmp_path, KEY_TEXT
    first, second = serve(**BRAND, score=0.9), register(**BRAND, version=2, seed=2)
    evaluate(second)
    return first, try_adapter(adapter=second, percent=10, by=owner, now=timezone.now())


def answered(adapter, *, status="answered", seconds=0.5, days_ago=0) -> AgentRun:
    worn = [{"id": str(adapter.pk), "name": adapter.name, "axis": "brand", "member": "nordmill", "version": 1}]
    run = AgentRun.objects.create(
        role="creative", status=status, question="q", answer="a", prompt_sha256="0" * 64, adapters=worn, seconds=seconds
    )
    AgentRun.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(days=days_ago))
    return run


def test_each_version_has_its_own_answers_thumbs_and_times(versions, owner, teammate):
    first, second = versions
    for adapter, seconds in ((first, 0.2), (first, 0.4), (second, 1.0)):
        answered(adapter, seconds=seconds)
    judged = answered(second, status="asked", seconds=3.0)
    give_feedback(run=judged, thumb="up", by=owner)
    give_feedback(run=judged, thumb="down", by=teammate)
    answered(second, status="fallback")

    mine, theirs = adapter_comparison(adapter=second).versions

    assert (mine.answer_count, mine.asked_count, mine.unused_count) == (2, 1, 1)
    assert (mine.up_count, mine.down_count, mine.mean_seconds) == (1, 1, 2.0)
    assert (theirs.adapter, theirs.answer_count, theirs.thumb_count) == (first, 2, 0)
    assert theirs.mean_seconds == pytest.approx(0.3)
    assert [one.evaluations[0].score for one in (mine, theirs)] == [0.97, 0.9]


def test_answers_before_the_trial_count_for_nobody(versions):
    first, second = versions
    answered(first, days_ago=2)

    compared = adapter_comparison(adapter=first)

    assert [one.adapter for one in compared.versions] == [first, second]
    assert compared.since == second.canary_at
    assert [one.answer_count for one in compared.versions] == [0, 0]


def test_adapter_without_another_in_its_place_stands_alone(versions):
    alone = serve(axis=Axis.TASK, member="mapping", owner="acme", seed=9)

    compared = adapter_comparison(adapter=alone)

    assert [one.adapter for one in compared.versions] == [alone]
    assert (compared.since, compared.versions[0].mean_seconds) == (None, None)


def test_panel_page_and_api_say_the_same(versions, portal, api, teammate):
    answered(versions[1])
    path = f"/feedback/adapters/{versions[1].pk}/"

    page = portal(teammate).get(path).content.decode()
    panel = portal(teammate).get(path, headers={"HX-Request": "true"}).content.decode()
    body = api(teammate).get(f"/api/v1/adapters/{versions[1].pk}/comparison/").json()

    assert "<html" in page
    assert "<html" not in panel
    assert "Tried on a share" in panel
    assert [(one["version"], one["answers"], one["canary_percent"]) for one in body["versions"]] == [
        (2, 1, 10),
        (1, 0, 0),
    ]


def test_stranger_finds_nothing_of_it(versions, portal, api, stranger):
    row = OwnAdapter.objects.get(version=2)

    assert portal(stranger, "globex").get(f"/feedback/adapters/{row.pk}/").status_code == 404
    assert api(stranger).get(f"/api/v1/adapters/{row.pk}/comparison/").status_code == 404
