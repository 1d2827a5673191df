"""Days that are missing, repeated, or in another currency than before."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from harmonization.monitoring.finding import DaySums, Finding, FindingKind

WEEKS_SEEN, USUAL_SHARE, FEWEST_SEEN = 8, 0.75, 3
FEWEST_DAYS, DAILY_SHARE = 10, 0.9
COPY_REACH = 14
FEWEST_FACTS, USUAL_ODD_SHARE = 10, 0.3
CURRENCY_DAYS, FEWEST_CURRENCY_DAYS = 28, 7


def missing_days(*, days: Sequence[date]) -> tuple[date, ...]:
    """Days without data between the first and the last, on weekdays that usually have some."""
    seen, first, last = set(days), min(days), max(days)
    calendar = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    is_daily = len(calendar) >= FEWEST_DAYS and len(seen) >= DAILY_SHARE * len(calendar)
    return tuple(day for day in calendar if day not in seen and (is_daily or _is_usual(day, seen=seen, first=first)))


def gaps(*, days: Sequence[date]) -> tuple[Finding, ...]:
    """One finding for each stretch of missing days."""
    stretches: list[list[date]] = []
    for day in missing_days(days=days):
        if stretches and stretches[-1][-1] == day - timedelta(days=1):
            stretches[-1].append(day)
        else:
            stretches.append([day])
    return tuple(_gap(stretch) for stretch in stretches)


def repeated_days(*, days: Sequence[DaySums]) -> tuple[Finding, ...]:
    """Days that equal an earlier day in every figure, and days whose every count is even: each row counted twice."""
    ordered = sorted(days, key=lambda one: one.day)
    return (*_copies(ordered), *_doubled(ordered))


def currency_switches(*, days: Sequence[DaySums]) -> tuple[Finding, ...]:
    """The first day on which the commonest currency of the cost differs from that of the four weeks before."""
    found = []
    leading = _leading_currencies(days)
    calendar = sorted(leading)
    for place, day in enumerate(calendar[1:], start=1):
        before = [leading[one] for one in calendar[:place] if (day - one).days <= CURRENCY_DAYS]
        usual = Counter(before).most_common(1)[0][0] if len(before) >= FEWEST_CURRENCY_DAYS else leading[day]
        if leading[day] != usual and leading[calendar[place - 1]] == usual:
            found.append(_switch(day=day, before=usual, after=leading[day]))
    return tuple(found)


def _is_usual(day: date, *, seen: set[date], first: date) -> bool:
    """Whether this weekday had data in most of the weeks before."""
    same = [day - timedelta(weeks=week) for week in range(1, WEEKS_SEEN + 1)]
    known = [one for one in same if one >= first]
    return len(known) >= FEWEST_SEEN and sum(one in seen for one in known) >= USUAL_SHARE * len(known)


def _gap(stretch: list[date]) -> Finding:
    count = len(stretch)
    words = f"{stretch[0]} is missing" if count == 1 else f"{count} days are missing, {stretch[0]} to {stretch[-1]}"
    return Finding(
        kind=FindingKind.GAP,
        event_date=stretch[0],
        summary=f"{words}, although the source usually has data on such days",
        observed="no data",
        expected="data, as in the weeks before",
        cause="No file of these days was uploaded, or the export left them out.",
        advice="Export these days from the console and upload them; days that an import holds are not affected.",
    )


def _copies(ordered: Sequence[DaySums]) -> list[Finding]:
    found, earlier = [], dict[tuple[float, ...], date]()
    for one in ordered:
        figures = (one.facts, one.impressions, one.clicks, one.cost, one.revenue)
        original = earlier.get(figures)
        if original and one.impressions > 0 and (one.day - original).days <= COPY_REACH:
            found.append(_repeated(one.day, cause=f"Every total equals that of {original} to the last digit."))
        earlier[figures] = one.day
    return found


def _doubled(ordered: Sequence[DaySums]) -> list[Finding]:
    """All counts of a doubled day are even; n ordinary rows are with a chance of at most 0.7 to the power of n."""
    large = [one for one in ordered if one.facts >= FEWEST_FACTS]
    if not large or median(one.odd_facts / one.facts for one in large) < USUAL_ODD_SHARE:
        return []
    cause = "Impressions and clicks of all {} rows are even numbers: each row seems to be counted twice."
    return [_repeated(one.day, cause=cause.format(one.facts)) for one in large if one.odd_facts == 0]


def _repeated(day: date, *, cause: str) -> Finding:
    return Finding(
        kind=FindingKind.REPEATED_DAY,
        event_date=day,
        summary="The day looks like a repetition",
        cause=cause,
        advice="Look for repeated rows in the file or a wrong date in the export; upload the day again.",
    )


def _leading_currencies(days: Sequence[DaySums]) -> dict[date, str]:
    costs: dict[date, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in days:
        costs[one.day][one.currency] += one.cost
    return {day: max(amounts, key=lambda code: (amounts[code], code)) for day, amounts in costs.items()}


def _switch(*, day: date, before: str, after: str) -> Finding:
    return Finding(
        kind=FindingKind.CURRENCY_SWITCH,
        event_date=day,
        metric="currency",
        summary=f"Money is in {after} from this day on; it was in {before} before",
        observed=after,
        expected=before,
        cause="The account or the export was switched to another currency, or another account was uploaded.",
        advice="Check the account's currency. Sums never mix currencies: what is in the other one is left out of them.",
    )
