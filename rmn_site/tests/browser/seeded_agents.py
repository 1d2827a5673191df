"""A workspace whose agents were asked: an answer with its trace, and a playbook."""

from agents.roles.asking import ask_agent
from agents.services.knowledge import add_playbook
from agents.services.tool_calls import Caller
from tenants.models import User
from tenants.permissions import Action

PLAYBOOK = "# Tone\n\nWe are warm and never shout.\n\n# Alcohol\n\nNobody sits at the wheel in our pictures."


def seed_agents(*, by: User) -> dict[str, str]:
    """The id of the answer."""
    add_playbook(title="House style", text=PLAYBOOK, by=by)
    caller = Caller(user=by, actions=frozenset(Action))
    run = ask_agent(role="governance", text="May we advertise alcohol?", retailer="amazon", caller=caller)
    return {"agent_run": str(run.pk)}
