"""What sample values say about the claims of columns: kinds of values, units, and arithmetic between columns."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations

from harmonization.suggestion.arithmetic import SCALES, Numbers, is_sum, scale_of
from harmonization.suggestion.claim import ARITHMETIC, VALUES, Claim
from harmonization.suggestion.reasons import in_words
from harmonization.suggestion.values import FORMATS, MATCHES, contradicts, filled, kind_of, numbers

Values = Mapping[str, tuple[str, ...]]
Series = Mapping[str, list[float | None] | None]
RATES = {
    "ctr": ("clicks", "impressions"), "cpc": ("cost", "clicks"), "acos": ("cost", "revenue"),
    "roas": ("revenue", "cost"), "conversion_rate": ("orders", "clicks"), "cost_per_order": ("cost", "orders"),
    "aov": ("revenue", "orders"),
}  # fmt: skip
IN_WORDS = {
    "date": "days", "currency": "currency codes", "gtin": "GTINs", "count": "whole numbers",
    "decimal": "numbers with decimals", "text": "texts",
}  # fmt: skip
BY_VALUES = {"campaign_type": ("ad_format", FORMATS), "keyword_type": ("match_type", MATCHES)}


def weighed(*, claims: list[Claim], values: Values) -> list[Claim]:
    """The claims with what the values say for and against them; without values as they are."""
    claims = [_kind_seen(_by_its_values(one, values), values) for one in claims]
    if not values:
        return claims
    series = {one.column: numbers(values=values.get(one.column, ())) for one in claims}
    claims = _by_rates(claims, series)
    claims = _by_sums(claims, series)
    return _counts_of_sales(claims, values, series)


def _by_its_values(claim: Claim, values: Values) -> Claim:
    """Types of campaigns and keywords are formats and match types where their values are the words of these."""
    if claim.meaning not in BY_VALUES:
        return claim
    meaning, pattern = BY_VALUES[claim.meaning]
    texts = set(filled(values=values.get(claim.column, ())))
    if texts and all(map(pattern.search, texts)):
        return claim.becoming(meaning, why=f"its values are kinds of {meaning.replace('_', ' ')}", evidence=VALUES)
    return replace(claim, meaning=None, why="which type it is, its name does not say")


def _kind_seen(claim: Claim, values: Values) -> Claim:
    texts = values.get(claim.column, ())
    kind = kind_of(values=texts)
    if claim.meaning is None or kind is None:
        return claim
    if contradicts(meaning=claim.meaning, values=texts):
        told = in_words(claim.meaning)
        return claim.abstaining(why=f"its words say {told}, but its values are {IN_WORDS[kind]}")
    return claim.backed(VALUES)


def _by_rates(claims: list[Claim], series: Series) -> list[Claim]:
    """Rates that the file states confirm their parts, and show whether they are in percent or micros."""
    confirmed: dict[str, str] = {}
    transforms: dict[str, str] = {}
    for rate in claims:
        stated = series[rate.column]
        if rate.meaning not in RATES or stated is None:
            continue
        for above, below in _pairs(claims, RATES[rate.meaning]):
            over, under = series[above.column], series[below.column]
            if over is None or under is None:
                continue
            scale = scale_of(stated=stated, above=over, below=under)
            if scale is not None:
                told = f"its figures are {_name(above)} / {_name(below)}"
                confirmed |= {above.column: f"{_name(rate)} agrees", below.column: f"{_name(rate)} agrees"}
                confirmed[rate.column] = told + (f" × {scale:.0f}" if scale != 1 else "")
                transforms[rate.column] = SCALES[scale]
            elif unit := _micros(stated, over, under):
                confirmed[above.column] = f"{_name(rate)} × {_name(below)} shows its unit"
                transforms[above.column] = unit
    return [
        replace(one.backed(ARITHMETIC, why=confirmed[one.column]), transform=transforms.get(one.column, one.transform))
        if one.column in confirmed
        else one
        for one in claims
    ]


def _micros(stated: Numbers, over: Numbers, under: Numbers) -> str:
    """The transform of an amount that is a million or more times what rate × base gives."""
    for factor in (1e6, 1e8):
        shrunk = [None if number is None else number / factor for number in over]
        if scale_of(stated=stated, above=shrunk, below=under) == 1.0:
            return SCALES[factor]
    return ""


def _pairs(claims: list[Claim], parts: tuple[str, str]) -> Iterable[tuple[Claim, Claim]]:
    return (
        (above, below) for above in claims if above.meaning == parts[0] for below in claims if below.meaning == parts[1]
    )


def _by_sums(claims: list[Claim], series: Series) -> list[Claim]:
    """The same product and the halo add up to the total."""
    groups: defaultdict[tuple[str, str | None], list[Claim]] = defaultdict(list)
    for one in claims:
        base = (one.meaning or "").removesuffix("_halo").removesuffix("_same_sku")
        if base in ("orders", "units", "revenue") and series[one.column]:
            groups[(base, one.reading.window)].append(one)
    confirmed = set()
    for (base, _), group in groups.items():
        parts = [one for one in group if one.meaning != base]
        for total in (one for one in group if one.meaning == base):
            for first, second in combinations(parts, 2):
                numbers_of = [series[one.column] or [] for one in (first, second, total)]
                if first.meaning != second.meaning and is_sum(parts=numbers_of[:2], total=numbers_of[2]):
                    confirmed |= {first.column, second.column, total.column}
    why = "the same product and the others add up to the total"
    return [one.backed(ARITHMETIC, why=why) if one.column in confirmed else one for one in claims]


def _counts_of_sales(claims: list[Claim], values: Values, series: Series) -> list[Claim]:
    """Sales in whole numbers, beside decimal costs and not above the clicks, may be counts: they are asked about."""
    kinds = {one.column: kind_of(values=values.get(one.column, ())) for one in claims}
    if not any(one.meaning == "cost" and kinds[one.column] == "decimal" for one in claims):
        return claims
    clicks = next((series[one.column] for one in claims if one.meaning == "clicks"), None)
    why = "its values are whole numbers while costs have decimals, so these sales may be counted, not money"
    return [
        one.abstaining(why=why)
        if (one.meaning or "").startswith("revenue")
        and kinds[one.column] == "count"
        and "revenue" not in one.reading.concepts
        and ARITHMETIC not in one.evidence
        and not _exceeds(series[one.column], clicks)
        else one
        for one in claims
    ]


def _exceeds(sales: list[float | None] | None, clicks: list[float | None] | None) -> bool:
    """Whether sales are above clicks in most rows, as numbers of orders cannot be."""
    pairs = [(one, other) for one, other in zip(sales or (), clicks or (), strict=False) if one and other is not None]
    return bool(pairs) and sum(one > other for one, other in pairs) > len(pairs) / 2


def _name(claim: Claim) -> str:
    return in_words(claim.meaning)
