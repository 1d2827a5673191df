"""Example briefs that fit this tenant: its retailers, brands and size of spend."""

from django.db.models import Sum

from campaigns.selectors.history import HistoryWindow, brand_names, history_window, retailer_names
from harmonization.models import DailyFact
from tenants.figures import compact_money

TYPICAL_SPEND = 500_000.0
CAUTIOUS = 0.6


def example_briefs(*, currency: str) -> tuple[str, ...]:
    """Three briefs to start from; sizes follow the last period where there is one."""
    window = history_window()
    spend, roas = _size(window=window)
    names = list(retailer_names().values())[:2] or ["Amazon", "Walmart"]
    brands = brand_names()
    budget, half = (compact_money(_round_money(amount), currency) for amount in (spend, spend / 2))
    return (
        f"Allocate {budget} across {' and '.join(names)}, ROAS at least {roas:g}, keep 10% for experiments, "
        "no placement above 30%",
        f"Spend {half} on {brands[0] if brands else names[0]} over 6 weeks, at least 20% at {names[-1]}, "
        "maximise incremental revenue",
        f"Budget {budget} for the next 12 weeks, no line moves more than 25%, keep 5% for experiments",
    )


def _size(*, window: HistoryWindow | None) -> tuple[float, float]:
    """Spend of the last period, and a ROAS floor comfortably below what it reached."""
    if window is None:
        return TYPICAL_SPEND, 2.0
    facts = DailyFact.objects.current().filter(event_date__range=(window.start, window.end))
    sums = facts.aggregate(spend=Sum("cost"), revenue=Sum("revenue"))
    spend, revenue = float(sums["spend"] or 0), float(sums["revenue"] or 0)
    if spend <= 0:
        return TYPICAL_SPEND, 2.0
    return spend, max(0.5, round(2 * CAUTIOUS * revenue / spend) / 2)


def _round_money(amount: float) -> float:
    """Two leading digits: 1 234 567 → 1 200 000."""
    return float(f"{amount:.1e}")
