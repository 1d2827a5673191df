"""The lattice's members, the order they are trained in, and which pairs never meet in training."""

from agents.federation.axes import Axis
from training.datasets.examples import Active, Member

INDUSTRY = (Axis.INDUSTRY, "retail_media")
RETAILERS = tuple((Axis.RETAILER, name) for name in ("amazon", "walmart", "instacart"))
TASKS = tuple((Axis.TASK, name) for name in ("planning", "mapping", "creative", "policy"))
BRANDS = tuple((Axis.BRAND, name) for name in ("acme", "globex"))
# Imaginary brands, trained like a tenant's and never shipped: beside them the shared adapters learn to work with a
# brand they do not know, so that no tenant's adapter is needed to train another's.
PRACTICE = tuple((Axis.BRAND, name) for name in ("practice_birch", "practice_corvo", "practice_dune"))
ORDER: tuple[Member, ...] = (INDUSTRY, *RETAILERS, *TASKS, *BRANDS)
# Shared ones first, tenants' brands last.
TRAINED: tuple[Member, ...] = (INDUSTRY, *RETAILERS, *PRACTICE, *TASKS, *BRANDS)
# Pairs held apart in training, so that the harness can tell what happens to pairs that never met.
NEVER_TOGETHER: frozenset[frozenset[Member]] = frozenset(
    frozenset(pair)
    for pair in (
        ((Axis.RETAILER, "walmart"), (Axis.TASK, "creative")),
        ((Axis.RETAILER, "instacart"), (Axis.TASK, "mapping")),
        ((Axis.RETAILER, "instacart"), (Axis.BRAND, "acme")),
        ((Axis.RETAILER, "amazon"), (Axis.BRAND, "globex")),
        ((Axis.BRAND, "globex"), (Axis.TASK, "creative")),
    )
)


def name_of(member: Member) -> str:
    """How a member is called in files: ``retailer-amazon``."""
    return f"{member[0]}-{member[1]}"


def member_named(name: str) -> Member:
    """The member of a name; raises KeyError with the known ones."""
    known = {name_of(member): member for member in TRAINED}
    if name not in known:
        raise KeyError(f"There is no adapter {name}; known are {', '.join(known)}.")
    return known[name]


def never_met(active: Active) -> bool:
    """Whether two of these were never present together in training."""
    return any(pair <= active for pair in NEVER_TOGETHER)
