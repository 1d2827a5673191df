"""Thumbs on answers: once a person, audited, never a stranger's."""

import json

import pytest

from agents.models import AgentRun
from rlhf.models import Feedback
from tenants.models import AuditEvent


@pytest.fixture
def answered(acme, teammate):
    return AgentRun.objects.create(
        role="ops", status="fallback", question="spend?", answer="None.", prompt_sha256="0" * 64, seconds=0.1
    )


def test_stranger_cannot_judge(portal, stranger, answered):
    assert portal(stranger).post(f"/feedback/{answered.pk}/", {"thumb": "up"}).status_code == 404


def test_a_thumb_is_kept_once_a_person_and_audited(portal, teammate, answered):
    client = portal(teammate)

    client.post(f"/feedback/{answered.pk}/", {"thumb": "up"})
    client.post(f"/feedback/{answered.pk}/", {"thumb": "down", "comment": "No."})

    given = Feedback.objects.get()
    assert (given.thumb, given.comment, given.created_by) == ("down", "No.", teammate)
    assert AuditEvent.objects.filter(kind="feedback.given").count() == 2


def test_a_thumb_that_is_none_is_refused(portal, teammate, answered):
    answer = portal(teammate).post(f"/feedback/{answered.pk}/", {"thumb": "sideways"})

    assert answer.status_code == 422
    assert not Feedback.objects.exists()


def test_the_fragment_offers_both_thumbs(portal, teammate, answered):
    page = portal(teammate).get(f"/feedback/{answered.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert "Was this answer helpful?" in page
    assert "<html" not in page


def test_the_api_judges(api, teammate, answered):
    path = f"/api/v1/agent-runs/{answered.pk}/feedback/"
    given = api(teammate).put(path, data=json.dumps({"thumb": "up"}), content_type="application/json")

    assert (given.status_code, Feedback.objects.get().thumb) == (200, "up")
