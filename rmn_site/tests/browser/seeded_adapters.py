"""A federation in every state: adapters that serve together, one that waits, one that was retired."""

from django.utils import timezone

from agents.federation.axes import Axis
from agents.services.adapter_keys import signing_key
from agents.services.promotion import try_adapter
from agents.tests.registry_cast import evaluate, register, serve
from tenants.models import User

TRAINED_ON = {"examples": 4000, "source": "generated briefs", "seed": 7}


def seed_adapters(*, by: User) -> dict[str, str]:
    """Ids of adapters of acme's own: one that serves, one that waits, one on trial, and one that may take its place."""
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
    better = register(**brand, seed=14, version=4, training_data=TRAINED_ON)
    evaluate(better, score=0.99)
    evaluate(shared[0], shared[1], better)
    task = {"axis": Axis.TASK, "member": "mapping", "owner": "acme", "key": key, "by": by}
    serve(**task, seed=15, score=0.9)
    tried = register(**task, seed=16, version=2)
    evaluate(tried)
    try_adapter(adapter=tried, percent=10, by=by, now=timezone.now())
    evaluate(shared[0], shared[1])
    evaluate(shared[0], shared[1], second)
    evaluate(shared[0], shared[1], second, shared[3])
    rows = {"": second, "_waiting": waiting, "_retired": first, "_better": better, "_tried": tried}
    return {f"adapter{name}": str(row.pk) for name, row in rows.items()}
