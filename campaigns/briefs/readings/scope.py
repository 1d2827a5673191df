"""What to aim for and where: objective, retailers, brand; and names nobody knows."""

import re

from campaigns.briefs.readings.limits import PLACE_OF
from campaigns.briefs.readings.reading import Reading

OBJECTIVES = {
    "incremental margin": "incremental_margin",
    "contribution margin": "incremental_margin",
    "gross margin": "incremental_margin",
    "margin": "incremental_margin",
    "margins": "incremental_margin",
    "incremental revenue": "incremental_revenue",
    "incremental sales": "incremental_revenue",
    "attributed revenue": "revenue",
    "attributed sales": "revenue",
    "revenue": "incremental_revenue",
    "sales": "incremental_revenue",
    "turnover": "incremental_revenue",
    "unit sales": "units",
    "units": "units",
    "volume": "units",
    "profit": "profit",
    "profits": "profit",
    "profitability": "profit",
}
_AIM = (
    r"(?:to )?(?:maximise|max|grow|increase|boost|drive|improve|focus on|aim(?:ing)? for|go for|prioriti[sz]e"
    r"|objective(?: :| -| =| to)?|for|after|chase|chasing|care(?:s)? (?:only )?about|only about"
    r"|interested in|max out|maxing out"
    r"|as many|whatever makes|wherever|most|highest|best|greatest|as much|optimal|largest)(?: (?:most"
    r"|highest|best|possible))*"
)
# Retailers many briefs name; those the tenant has no facts of are asked about.
_ELSEWHERE = (
    "target kroger tesco carrefour costco albertsons sainsbury's ebay flipkart ozon coupang instacart criteo ocado "
    "walgreens cvs lidl aldi rewe edeka otto zalando asda morrisons boots sephora ulta bestbuy chewy gopuff doordash "
    "ubereats zepto blinkit mercadolibre allegro bol.com tmall jd.com meijer publix wayfair etsy shopee lazada amazon "
    "walmart alpha beta"
)
KNOWN_ELSEWHERE = frozenset(_ELSEWHERE.split())
AUDIENCE = re.compile(
    r"(?i)\b(?:moms?|mums?|mothers|dads|fathers|parents|women|men|females?|males?|teens?|teenagers|students|seniors"
    r"|boomers"
    r"|millennials|gen[- ]?[xyz]|families|households|pet owners|runners|gamers|vegans|audiences?"
    r"|demographics?|aged \d\d)\b"
)
NO_AUDIENCE = (
    "A plan splits money over places; it cannot choose who sees the ads (“{}”). Should it go ahead without that?"
)
ROAS_AIM = (
    "A plan maximises margin, revenue, units or profit; the highest ROAS is had by spending almost nothing. Which "
    "should it maximise, and which ROAS should it keep at least?"
)


def read(reading: Reading) -> None:
    """Note the objective, the retailers and the brand; ask about names that are not known."""
    for _ in reading.take(rf"{_AIM} roas"):
        reading.ask(ROAS_AIM)
    for said, objective in OBJECTIVES.items():
        after = (
            r"(?:objective|first|above (?:all|everything)|comes first|matters|counts|highest|best"
            r"|biggest|greatest|maximised)"
        )
        for _ in reading.take(rf"{_AIM} {said}(?: growth)?|{said} (?:(?:matters|only|most|our) )*{after}"):
            reading.say("objective", objective)
    _audiences(reading)
    _unknown_retailers(reading)
    lead = r"(?:(?:only|just|across|on|at|between|using|to|rest|remainder|remaining|balance|everything|else|budget) )*"
    for found in reading.take(rf"{lead}<nodes:NODES>(?: only| alone)?"):
        for token in found["nodes"]:
            reading.say(PLACE_OF[token.kind], str(token.value))
    for _ in reading.take(r"(?:across |on |at )*(?:all|every|everywhere) L\d+|everywhere|nothing else|no other L\d+"):
        pass


def _audiences(reading: Reading) -> None:
    """Who is to see the ads is nothing a plan can choose, so it is asked about."""
    for found in AUDIENCE.finditer(reading.text):
        reading.ask(NO_AUDIENCE.format(found[0]))


def _unknown_retailers(reading: Reading) -> None:
    """A well-known retailer, or a capitalised word in a list of retailers, that is not in the catalogue."""
    unknown: list[str] = []
    for number, token in enumerate(reading.tokens):
        if number in reading.used or token.kind != "word" or not token.word[0].isalpha():
            continue
        said = reading.text[token.start : token.end]
        if said[0].isupper() and (_is_elsewhere(token.word) or _beside_retailers(reading, number)):
            reading.used.add(number)
            unknown.append(said)
    if unknown:
        known = ", ".join(reading.catalogue.retailers.values()) or "none yet: import an export first"
        reading.ask(
            f"I do not know {' or '.join(unknown)}. Retailers with history here: {known}. Which should be used?"
        )


def _is_elsewhere(word: str) -> bool:
    return re.sub(r"'s$", "", word) in KNOWN_ELSEWHERE


def _beside_retailers(reading: Reading, number: int) -> bool:
    """Whether a word is joined to a retailer: "Amazon and Foo", "Foo, Walmart"."""
    tokens = reading.tokens
    before, after = tokens[max(0, number - 2) : number], tokens[number + 1 : number + 3]
    joins = {"and", "&", ",", "or", "/"}
    return (len(before) == 2 and before[1].word in joins and before[0].kind == "R") or (
        len(after) == 2 and after[0].word in joins and after[1].kind == "R"
    )
