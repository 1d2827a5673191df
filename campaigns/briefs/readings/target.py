"""Target mode: "the least budget that reaches ROAS 4", "reach $9M revenue"."""

import re

from campaigns.briefs.constraints import Target
from campaigns.briefs.readings.limits import PLACE_OF
from campaigns.briefs.readings.reading import Found, Reading, number_of

_LEAST = (
    r"(?:(?:(?:find|what|which|with|at|use) )?"
    r"(?:GE|least|minimum|min|smallest|lowest|cheapest|leanest|minimal|minimi[sz](?:e|ing)) (?:possible )?"
    r"(?:budget|spend|spending|cost|investment|money|amount)(?: required| needed)?(?: still)? "
    r"(?:(?:which|to|for|with|while|and|where|as long as|subject to|can|still) )*)"
)
_REACH = (
    r"(?:(?:reach|achiev|deliver|giv|bring|generat|earn|hold|keep)(?:e|es|s|ing)?|reaches"
    r"|hit(?:s|ting)?|get(?:s|ting)?(?: me)?(?: to)?)"
)
CHEAPLY = re.compile(
    r"(?i)cheaply|for (?:the )?least|(?:lowest|least|smallest|minimum|minimal) (?:possible )?(?:cost|spend"
    r"|budget|money|outlay)"
    r"|as little (?:money |spend )?as|without (?:over|wasting)"
)
MEANT = "Is “{}” of {} a target to reach with the least budget, or something else?"
METRICS = {
    "incremental revenue": "incremental_revenue",
    "incremental sales": "incremental_revenue",
    "incremental margin": "incremental_margin",
    "margin": "incremental_margin",
    "revenue": "revenue",
    "sales": "revenue",
    "attributed revenue": "revenue",
    "attributed sales": "revenue",
    "units": "units",
    "profit": "profit",
}


def read(reading: Reading) -> None:
    """Note the target. A bare "reach ROAS 4" is a floor and is left to ``returns``."""
    for found in reading.take(
        rf"{_LEAST}(?:{_REACH} )?(?:<nodes:NODES> (?:to )?)?roas (?:(?:<GE>|at|to|=) )*<rate:RATE>(?: GE)?"
    ):
        reading.say("target", Target(metric="roas", value=number_of(found["rate"][0])))
        for token in found.get("nodes", ()):
            reading.say(PLACE_OF[token.kind], str(token.value))
    for found in reading.take(rf"{_LEAST}(?:{_REACH} )?(?:<GE> )?<rate:RATE> roas"):
        reading.say("target", Target(metric="roas", value=number_of(found["rate"][0])))
    cheaply = (
        r"(?: with (?:least|smallest|lowest|minimum|minimal|GE) (?:possible )?(?:budget|spend|cost)(?: possible)?)?"
    )
    is_cheap = CHEAPLY.search(reading.text) is not None
    for said, metric in METRICS.items():
        for found in reading.take(rf"{_LEAST}?{_REACH} (?:<GE> )?<amount:A> (?:in |worth )?{said}{cheaply}"):
            _note(reading, metric=metric, found=found)
        for found in reading.take(rf"{_LEAST}?{_REACH} {said} (?:<GE> )?<amount:A>{cheaply}"):
            _note(reading, metric=metric, found=found)
        for found in reading.take(rf"<amount:A> (?:(?:in|worth|extra|more) )*{said}"):
            if is_cheap:
                _note(reading, metric=metric, found=found)
            else:
                reading.ask(MEANT.format(reading.name_of(found["amount"][0]), said))


def _note(reading: Reading, *, metric: str, found: Found) -> None:
    amount = found["amount"][0]
    if amount.kind == "M":
        reading.money.append(amount)
    reading.say("target", Target(metric=metric, value=number_of(amount)))
