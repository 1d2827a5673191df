"""Seed the demo tenants; quick when they are there: ``manage.py seed_demo --json``."""

from typing import Any

from rmn_site.demo.cast import DEMO_TENANTS, PASSWORD
from rmn_site.demo.seeding import seed_demo
from tenants.command import ServiceCommand


class Command(ServiceCommand):
    help = "Create the demo's people, tenants, exports and first plan. Everything in it is simulated."

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        seeded = seed_demo()
        return {
            "tenants": seeded,
            "sign_in": {"email": f"owner@{DEMO_TENANTS[0].slug}.example.com", "password": PASSWORD},
        }
