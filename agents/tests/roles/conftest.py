"""Agents with scripted models, and callers with their role's rights."""

import json

import pytest

from agents.backends.fake import FakeBackend
from agents.services.federation import LoRAFederation
from agents.services.tool_calls import Caller
from tenants.models import Membership
from tenants.permissions import allowed_actions


@pytest.fixture
def scripted(registry):
    """``scripted(call, …)`` is a federation whose model answers with these in turn, the last one for ever."""

    def make(*answers, **more):
        left = list(answers)

        def answer(request):
            given = left.pop(0) if len(left) > 1 else left[0]
            return given if isinstance(given, str) else json.dumps({"name": given[0], "arguments": given[1]})

        return LoRAFederation(backend=FakeBackend(answer=answer, **more))

    return make


@pytest.fixture
def caller():
    """``caller(person)`` is that person with what their role may do."""

    def make(person):
        return Caller(user=person, actions=allowed_actions(role=Membership.objects.get(user=person).role))

    return make
