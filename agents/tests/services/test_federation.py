"""Compose, infer, and whose adapters answered."""

from dataclasses import replace

import pytest
from django_tenants.utils import tenant_context

from agents.backends.fake import FakeBackend
from agents.federation.axes import Axis
from agents.federation.generation import BackendUnavailable, ToolSpec
from agents.services.federation import LoRAFederation
from agents.tests.registry_cast import evaluate, serve, serve_lattice

TOOL = ToolSpec(name="forecast", description="", parameters={"type": "object", "properties": {}})


def test_composed_adapters_are_what_the_runtime_is_asked_for(registry):
    lattice, backend = serve_lattice(), FakeBackend()
    digest = evaluate(*lattice)
    federation = LoRAFederation(backend=backend)

    federation.compose("planning", "amazon", "nordmill")
    inference = federation.infer("Plan $2M")

    assert list(federation.active_adapters()) == lattice
    assert backend.requests[0].composite.name == inference.answer.digest == digest
    assert list(inference.composition.members) == lattice


def test_base_alone_answers_before_anything_is_composed(registry):
    inference = LoRAFederation(backend=FakeBackend()).infer("Hello")

    assert (inference.answer.text, inference.answer.digest) == ("Hello", "")


def test_tool_call_is_read_from_the_answer(registry):
    backend = FakeBackend(answer=lambda request: '{"name": "forecast", "arguments": {"days": 28}}')

    answer = LoRAFederation(backend=backend).infer("How will June be?", [TOOL]).answer

    assert (answer.tool_call.name, answer.tool_call.arguments) == ("forecast", {"days": 28})


def test_answer_of_another_adapter_is_thrown_away(registry):
    class Mistaken(FakeBackend):
        def generate(self, **asked):
            return replace(super().generate(**asked), digest="f" * 64)

    with pytest.raises(BackendUnavailable, match="Another adapter"):
        LoRAFederation(backend=Mistaken()).infer("Hello")


def test_federation_of_one_tenant_does_not_answer_in_another(registry, globex):
    federation = LoRAFederation(backend=FakeBackend())

    with tenant_context(globex), pytest.raises(BackendUnavailable, match="workspace"):
        federation.infer("Hello")


def test_tenants_have_salts_of_their_own(registry, globex):
    backend = FakeBackend()

    LoRAFederation(backend=backend).infer("Hello")
    with tenant_context(globex):
        LoRAFederation(backend=backend).infer("Hello")

    mine, theirs = (request.tenant_salt for request in backend.requests)
    assert mine != theirs
    assert "acme" not in mine


def test_runtime_that_is_down_is_said_to_be(registry):
    with pytest.raises(BackendUnavailable):
        LoRAFederation(backend=FakeBackend(is_down=True)).infer("Hello")


def test_adapter_of_the_house_stands_in_for_a_brand_without_one(registry):
    house = serve(axis=Axis.BRAND, member="acme", owner="acme", seed=40)
    other = serve(axis=Axis.BRAND, member="nordmill", owner="acme", seed=41)

    assert LoRAFederation(backend=FakeBackend()).compose("planning", brand="nordmill").members == (other,)
    assert LoRAFederation(backend=FakeBackend()).compose("planning", brand="unknown").members == (house,)
    assert LoRAFederation(backend=FakeBackend()).compose("planning").members == (house,)
