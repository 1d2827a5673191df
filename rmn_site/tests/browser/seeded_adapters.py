"""A federation in every state: adapters that serve together, one that waits, one that was retired."""

from agents.federation.axes import Axis
from agents.services.adapter_keys import signing_key
from agents.tests.registry_cast import evaluate, register, serve
from tenants.models import User

TRAINED_ON = {"examples": 4000, "source": "generated briefs", "seed": 7}


def seed_adapters(*, by: User) -> dict[str, str]:
    """Ids of an adapter that serves and of one that waits, both acme's own."""
    key = signing_key()
    shared = [
        serve(axis=axis, member=member, seed=seed, key=key, training_data=TRAINED_ON)
        for seed, (axis, member) in enumerate(
            (
                (Axis.INDUSTRY, ""),
                (Axis.RETAILER, "amazon"),
                (Axis.RETAILER, "walmart"),
                (Axis.TASK, "planning"),
                (Axis.TASK, "creative"),
            )
        )
    ]
    brand = {"axis": Axis.BRAND, "member": "acme", "owner": "acme", "key": key, "by": by}
    first = serve(**brand, seed=11, score=0.9)
    second = serve(**brand, seed=12, version=2, training_data=TRAINED_ON)
    waiting = register(**brand, seed=13, version=3)
    evaluate(shared[0], shared[1])
    evaluate(shared[0], shared[1], second)
    evaluate(shared[0], shared[1], second, shared[3])
    return {"adapter": str(second.pk), "adapter_waiting": str(waiting.pk), "adapter_retired": str(first.pk)}
