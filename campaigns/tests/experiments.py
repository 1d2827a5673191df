"""Experiments whose truth is known: twenty geos of one market, day by day, as CSV files."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.services.experiments import NewExperiment

FIRST = date(2026, 3, 2)
DAYS, TEST = 60, 14
START = FIRST + timedelta(days=DAYS)
GEO_WISH = {
    "unit": "geo",
    "time": "day",
    "outcome": "sales",
    "cost": "",
    "sizes": [4, 6],
    "periods": TEST,
    "method": "tbr",
    "alpha": 0.1,
    "power": 0.8,
    "expected_iroas": 2.0,
    "lifts": [],
}
SWITCHBACK_WISH = {
    "unit": "geo",
    "time": "day",
    "outcome": "sales",
    "periods": 56,
    "block": 7,
    "washout": 1,
    "alpha": 0.1,
    "power": 0.8,
}
HOLDOUT_WISH = {"periods": 28, "base_rate": 0.02, "lift": 0.1, "holdout_share": 0.2, "alpha": 0.1, "power": 0.8}


def sales_csv(*, days: int = DAYS, treated: tuple[str, ...] = (), lift: float = 0.0, roas: float = 2.0) -> bytes:
    """``geo,day,sales,cost``; from day 60 on treated geos sell ``lift`` more and spend what gives that iROAS."""
    rng = np.random.default_rng(8)
    size = rng.lognormal(6, 0.4, 20)
    season = 1 + 0.1 * np.sin(np.arange(120) * 2 * np.pi / 7) + rng.normal(0, 0.02, 120)
    noise = rng.normal(1, 0.03, (20, 120))
    rows = ["geo,day,sales,cost"]
    for geo in range(20):
        for day in range(days):
            base, name = size[geo] * season[day] * noise[geo, day], f"geo {geo:02d}"
            extra = lift * base if day >= DAYS and name in treated else 0.0
            when = FIRST + timedelta(days=day)
            rows.append(f"{name},{when},{base + extra:.4f},{extra / roas:.4f}")
    return "\n".join(rows).encode()


def csv_file(content: bytes, name: str = "history.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def new_experiment(design: str = "geo", **changes: Any) -> NewExperiment:
    asked: dict[str, Any] = {
        "name": "Does search bring new sales?",
        "hypothesis": "Search ads at Amazon raise sales in the treated geos.",
        "design": design,
        "retailers": ("amazon",),
        "planned_spend": Decimal(8000),
        "currency": "USD",
    }
    return NewExperiment(**asked | changes)
