"""A runtime for the site under test: it answers questions about policies by a search, under the name it was asked for.

Which adapters a question is asked with is the product's own; only the model's words are given.
"""

import json
from typing import Any

from agents.backends.fake import FakeBackend
from agents.federation.generation import BackendUnavailable, Generated, Health, Request
from agents.tools.schemas import NO_TOOL

SEARCH = "search_policies"


class PolicyAnswers(FakeBackend):
    """Searches once and is done; all other questions find no model."""

    def __init__(self) -> None:
        super().__init__(answer=_searched)

    def generate(self, **asked: Any) -> Generated:
        if SEARCH not in {tool.name for tool in asked["tools"]}:
            raise BackendUnavailable("No model runtime answers", "Only policies are known here.", "engine")
        return super().generate(**asked)

    def health(self) -> Health:
        return Health(is_ready=False, detail="Only policies are known here.")


def _searched(request: Request) -> str:
    if any(message.role == "tool" for message in request.messages):
        return json.dumps({"name": NO_TOOL.name, "arguments": {}})
    return json.dumps({"name": SEARCH, "arguments": {"query": "alcohol", "retailer": "amazon"}})
