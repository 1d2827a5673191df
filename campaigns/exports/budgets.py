"""From a plan's split to budgets of campaigns, to the cent and without losing one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

CENT = Decimal("0.01")


class BulkRefused(ValueError):
    """The plan cannot become a bulk file; the message says which campaigns are missing."""


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One running campaign and the part of its cell's spend that it takes (weights; they need not add up to 1)."""

    campaign_id: str
    name: str
    path: tuple[str, str, str, str]
    weight: Decimal


@dataclass(frozen=True, kw_only=True)
class CampaignBudget:
    """What one campaign may spend a day."""

    campaign_id: str
    name: str
    daily: Decimal


def split_cents(*, amount: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Split an amount by weights into whole cents that add up to it exactly.

    Largest remainder (Hamilton): everyone gets the cents below their share, and the cents left over go to the largest
    remainders, the earlier one first when two are equal. All weights 0: equal parts.

    Raises:
        ValueError: a weight or the amount is negative, the amount has parts of cents, or there are no weights.
    """
    cents = amount / CENT
    if not weights or amount < 0 or cents != cents.to_integral_value() or any(weight < 0 for weight in weights):
        raise ValueError("Only a whole number of cents of 0 or more can be split, by weights of 0 or more.")
    exact = [Fraction(weight) for weight in weights] if any(weights) else [Fraction(1)] * len(weights)
    whole, total = int(cents), sum(exact)
    shares = [whole * weight / total for weight in exact]
    floors = [int(share) for share in shares]
    order = sorted(range(len(shares)), key=lambda place: (floors[place] - shares[place], place))
    for place in order[: whole - sum(floors)]:
        floors[place] += 1
    return tuple(Decimal(count) * CENT for count in floors)


def campaign_budgets(
    *, spend: Mapping[tuple[str, str, str, str], Decimal], campaigns: Sequence[Campaign], days: int
) -> tuple[CampaignBudget, ...]:
    """Daily budgets whose sum is the plan's spend a day, rounded down to the cent, so that the plan is never exceeded.

    A campaign that serves several cells (as one that runs on several placements does) gets the sum of its parts; how
    it spreads over them then follows its bids, not the plan.

    Args:
        spend: money for the whole horizon by cell path; cells of one retailer.
        campaigns: the retailer's campaigns; those of cells outside ``spend`` are left alone.
        days: length of the horizon.

    Raises:
        BulkRefused: a cell with spend has no campaign, or a campaign has no id.
    """
    if days < 1:
        raise BulkRefused("The plan has no days; plan it for a period first.")
    by_path = defaultdict(list)
    for campaign in campaigns:
        by_path[campaign.path].append(campaign)
    _check(spend=spend, by_path=by_path)
    chosen = [campaign for path in spend for campaign in by_path[path]]
    if not chosen:
        raise BulkRefused("The plan spends nothing here, and there are no campaigns to change.")
    a_day = (sum(spend.values(), Decimal(0)) / days).quantize(CENT, rounding=ROUND_DOWN)
    weights = [_part(campaign=campaign, of=by_path[campaign.path]) * spend[campaign.path] for campaign in chosen]
    names = {campaign.campaign_id: campaign.name for campaign in chosen}
    daily: dict[str, Decimal] = dict.fromkeys(names, Decimal(0))
    for campaign, part in zip(chosen, split_cents(amount=a_day, weights=weights), strict=True):
        daily[campaign.campaign_id] += part
    return tuple(CampaignBudget(campaign_id=each, name=names[each], daily=daily[each]) for each in names)


def _part(*, campaign: Campaign, of: Sequence[Campaign]) -> Decimal:
    """A campaign's part of its cell; equal parts where no campaign has spent yet."""
    total = sum((each.weight for each in of), Decimal(0))
    return campaign.weight / total if total else Decimal(1) / len(of)


def _check(
    *, spend: Mapping[tuple[str, str, str, str], Decimal], by_path: Mapping[tuple[str, str, str, str], list[Campaign]]
) -> None:
    without = [" · ".join(path[1:]) for path, amount in spend.items() if amount > 0 and not by_path.get(path)]
    if without:
        raise BulkRefused(
            f"No campaign is known for {'; '.join(without)}. Create it at the retailer and import its export, or fix"
            " these cells at 0."
        )
    chosen = [campaign for path in spend for campaign in by_path.get(path, [])]
    anonymous = [campaign for campaign in chosen if not campaign.campaign_id.strip()]
    nameless = [campaign.name or " · ".join(campaign.path[1:]) for campaign in anonymous]
    if nameless:
        raise BulkRefused(f"The campaign id is missing for {'; '.join(nameless)}. Import an export that has it.")
