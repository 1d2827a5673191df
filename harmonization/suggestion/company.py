"""Columns that their own words do not settle, read by what the file lacks or has beside them."""

from dataclasses import replace

from harmonization.suggestion.claim import FILE, WORDS, Claim, meaning_qualified
from harmonization.suggestion.reasons import in_words
from harmonization.suggestion.suggestion import CORE_OF_METRIC, CRITICAL

# Every report of ads has these once, so the only column that may be one of them is it.
ESSENTIAL = frozenset(
    ["event_date", "impressions", "clicks", "cost", "campaign_id", "campaign_name", "ad_group_id", "ad_group_name"]
)
LEAST_COMPANY = 3
MOST_UNKNOWN = 1


def only_candidates(claims: list[Claim]) -> list[Claim]:
    """An essential figure whose only candidate has a word not known is that column; others are asked about."""
    found = {one.meaning for one in claims if one.meaning}
    guesses = [one.guess for one in claims if one.guess]
    return [
        _settled(one, is_only=one.guess not in found and guesses.count(one.guess) == 1, company=len(found))
        if one.meaning is None and one.guess
        else one
        for one in claims
    ]


def _settled(claim: Claim, *, is_only: bool, company: int) -> Claim:
    told, unknown = in_words(claim.guess), claim.reading.unknown
    if is_only and company >= LEAST_COMPANY and claim.guess in ESSENTIAL and len(unknown) <= MOST_UNKNOWN:
        why = f"it speaks of {told}, no other column does, and a report of ads has them"
        return replace(claim, meaning=claim.guess, evidence=frozenset({WORDS, FILE}), why=why)
    is_critical = CORE_OF_METRIC.get(claim.guess or "", claim.guess) in CRITICAL
    return replace(claim, candidate=claim.guess) if is_critical and is_only else claim


def totals_of_stores(claims: list[Claim]) -> list[Claim]:
    """“Store orders” beside “direct orders” are the orders of anything in the store: the total."""
    found = {one.meaning for one in claims}
    return [_of_store(one, found) if one.meaning is None and "store" in one.reading.concepts else one for one in claims]


def _of_store(claim: Claim, found: set[str | None]) -> Claim:
    reading = replace(claim.reading, concepts=claim.reading.concepts - {"store"})
    meaning = None if reading.unknown else meaning_qualified(reading=reading)
    if meaning is None or f"{meaning}_same_sku" not in found or meaning in found:
        return claim
    why = "the figure of the whole store; another column has the part of the advertised item"
    return replace(claim, reading=reading, meaning=meaning, evidence=frozenset({WORDS, FILE}), why=why)
