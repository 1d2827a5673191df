"""The federation: compose adapters for a task, retailer and brand of this tenant, and ask the model that wears them."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from agents.federation.axes import Axis
from agents.federation.generation import Backend, BackendUnavailable, Generated, Message, Sampling, ToolSpec
from agents.federation.strategies import Strategy
from agents.models import AdapterRow
from agents.selectors.standing import Place, inside_a_tenant
from agents.services.composing import Composition, compose_adapters
from agents.services.registry import current_slug
from tenants.database.current import connection


@dataclass(frozen=True, kw_only=True)
class Inference:
    """An answer and what gave it."""

    answer: Generated
    composition: Composition


class LoRAFederation:
    """One base model that wears, for each question, the adapters of a tenant's industry, retailer, brand and task.

    Use one in one tenant's context: what ``compose`` chose is what ``infer`` asks.
    """

    def __init__(self, *, backend: Backend | None = None, strategy: Strategy | None = None) -> None:
        self._backend = backend or configured_backend()
        self._strategy = strategy or Strategy(settings.FEDERATION_STRATEGY)
        self._schema_name = connection.schema_name
        self._composition: Composition | None = None

    def compose(self, task: str, retailer: str = "", brand: str = "", *, request: str = "") -> Composition:
        """Choose what serves; names that no adapter of this tenant has are left out, and the composition says so.

        ``request`` is what will be asked: a share of requests meets the version that is tried.
        """
        self._refuse_another_tenant()
        self._composition = compose_named(
            task=task, retailer=retailer, brand=brand, strategy=self._strategy, request=request
        )
        return self._composition

    def infer(
        self,
        prompt: str | Sequence[Message],
        tools: Sequence[ToolSpec] = (),
        *,
        json_schema: Mapping[str, Any] | None = None,
        candidates: Sequence[str] = (),
        sampling: Sampling | None = None,
    ) -> Inference:
        """Ask with what was composed; raises BackendUnavailable where no model answers, or another adapter did."""
        self._refuse_another_tenant()
        composition = self._composition or Composition(strategy=self._strategy)
        messages = (Message(role="user", content=prompt),) if isinstance(prompt, str) else tuple(prompt)
        answer = self._backend.generate(
            messages=messages,
            tools=tools,
            json_schema=json_schema,
            candidates=candidates,
            composite=composition.served,
            sampling=sampling or Sampling(),
            tenant_salt=tenant_salt(),
        )
        if answer.digest != composition.served.name:
            raise BackendUnavailable(
                "Another adapter answered", "The answer was thrown away; ask again.", composition.served.name
            )
        return Inference(answer=answer, composition=composition)

    def active_adapters(self) -> tuple[AdapterRow, ...]:
        """What the last ``compose`` chose, in the order of the axes."""
        return self._composition.members if self._composition else ()

    def _refuse_another_tenant(self) -> None:
        if connection.schema_name != self._schema_name:
            raise BackendUnavailable("The workspace has changed", "Make a federation for each.", "tenant")


def compose_named(
    *, task: str, retailer: str = "", brand: str = "", strategy: Strategy, request: str = ""
) -> Composition:
    """Compose what serves for these names. Where no adapter serves for the brand, one for the whole house (named as
    the workspace) stands in."""
    wanted = wanted_places(task=task, retailer=retailer, brand=brand)
    house = (Axis.BRAND, current_slug()) if inside_a_tenant() else None
    return compose_adapters(wanted=wanted, strategy=strategy, request=request, stand_in=house)


def wanted_places(*, task: str, retailer: str = "", brand: str = "") -> tuple[Place, ...]:
    """The industry, and retailer, brand and task as places of the registry; an axis that is not named is left out."""
    named = ((Axis.RETAILER, retailer), (Axis.BRAND, brand), (Axis.TASK, task))
    return ((Axis.INDUSTRY, ""), *((axis, member) for axis, member in named if member))


def tenant_salt() -> str:
    """Keeps a runtime's cache of this tenant's prompts apart from others'; tells nothing about the tenant."""
    return hmac.new(settings.SECRET_KEY.encode(), f"salt:{connection.schema_name}".encode(), hashlib.sha256).hexdigest()


def configured_backend() -> Backend:
    """The process's runtime, by ``settings.INFERENCE_BACKEND``."""
    return _backend(settings.INFERENCE_BACKEND)


@lru_cache(maxsize=4)
def _backend(path: str) -> Backend:
    backend: Backend = import_string(path)()
    return backend
