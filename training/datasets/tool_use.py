"""What people ask a planner besides plans: the planning task knows the tools for it."""

import random
import re
from typing import Any

from agents.federation.axes import Axis
from training.datasets.examples import Active, Example, present
from training.datasets.phrasing import choose, templates
from training.datasets.wording.tools import METRICS, USES

NODES = ("~r1~", "~r1~", "~p1~", "~b1~")
SLOTS = {"money": "~money~~n1~", "weeks": "~weeks~~n1~"}


def tool_request(*, rng: random.Random, held_out: bool) -> Example:
    """A wish for one tool with its arguments; without the planning task nobody is asked to answer it."""
    tool = rng.choice(sorted(USES))
    template = rng.choice(templates(of=USES[tool], held_out=held_out))
    metric, node = rng.choice(sorted(METRICS)), rng.choice(NODES)
    said = {"node": node, "metric": rng.choice(METRICS[metric]), **SLOTS}
    phrase = choose(template=choose(template=template, rng=rng), rng=rng)
    prompt = re.sub(r"\{(\w+)\}", lambda found: said[found[1]], phrase)
    arguments: dict[str, Any] = {"metric": metric} if "{metric}" in template else {}
    arguments["node"] = node
    arguments |= {name: "~n1~" for name in SLOTS if "{" + name + "}" in template}

    def answer(active: Active) -> dict[str, Any] | None:
        return {"name": tool, "arguments": arguments} if present(active, Axis.TASK) == "planning" else None

    return Example(role="planner", prompt=prompt, answer=answer, templates=(template,), about="tools", source=prompt)
