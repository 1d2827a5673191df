"""How each network lays out its export. To add one: a module with ``render``, a retailer, and a line in ``LAYOUTS``."""

from collections.abc import Callable, Mapping

from campaigns.simulation.layouts import alpha, amazon_sp_v3, beta, criteo, instacart, walmart_search
from campaigns.simulation.observing import Observed
from campaigns.simulation.world import World

LAYOUTS: Mapping[str, Callable[[World, Observed], bytes]] = {
    "alpha": alpha.render,
    "beta": beta.render,
    "amazon_sp_v3": amazon_sp_v3.render,
    "walmart_search": walmart_search.render,
    "criteo": criteo.render,
    "instacart": instacart.render,
}
