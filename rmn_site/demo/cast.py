"""Who is in the demo and what it is asked first; plain values, so that the smoke run can import them without Django."""

from dataclasses import dataclass

PASSWORD = "shelfwise-demo"
PLATFORM_ADMIN = "admin@example.com"


@dataclass(frozen=True, kw_only=True)
class DemoTenant:
    """One manufacturer of the demo and the seed of its world."""

    slug: str
    name: str
    seed: int


DEMO_TENANTS = (
    DemoTenant(slug="acme", name="Acme Foods", seed=20261),
    DemoTenant(slug="globex", name="Globex Care", seed=20262),
)

BRIEF = "Allocate $2.5M across Amazon and Walmart, ROAS at least 3, keep 10% for experiments, no placement above 30%"
