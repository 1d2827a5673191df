"""The budget where the brief names it as such."""

import re

from campaigns.briefs.readings.reading import Reading

_IS = (
    r"(?:LE|max|maximum|at|=|:|-|cap|capped|to|up|from|roughly|set|comes|amounts|stands|stays|remains"
    r"|about|around|for|this year|now|\(|we have|agreed)"
)
_USE = r"(?:allocate|allocating|split|splitting|distribute|divide|deploy|budget|plan|optimi[sz]e|maximise|spread)"

STILL_OPEN = re.compile(
    r"\b(?:budget|total|amount|sum)\b[^.;\n]{0,12}\b(?:still (?:being|open|under)|tbd|to be (?:decided|confirmed)"
    r"|unclear"
    r"|not (?:yet )?(?:fixed|final|confirmed|decided|approved))\b|\b(?:our usual|some decent|name a) (?:budget|total)\b"
)
OPEN = "“{}”: how much may this plan spend in total?"

NAMED_FORMS = 2  # the first forms call the amount a budget; the others tell from what is done with it


def read(reading: Reading) -> None:
    """Note what is called a budget, or is spread over several places."""
    if still_open := STILL_OPEN.search(reading.text.lower()):
        reading.ask(OPEN.format(reading.text[still_open.start() : still_open.end()]))
    purse = r"(?:budgets?|pot|envelope|purse|war chest|funding|whole plan|money)"
    named = (
        r"(?:(?:media|ad|advertising|marketing|campaign) )*"
        r"(?:budget|pot|envelope|to spend|to allocate|to invest|available|all told|all in|in all"
        r"|for everything|campaign|plan)"
    )
    places = r"(?= (?:across|between|over|among|amongst|on|in|for|and|with|so|[,.;~]+)|$)"
    forms = (
        rf"(?:(?:with|on|have|at|within|LE|max|maximum|media|ad"
        rf"|marketing) )*{purse}(?:'s)? (?:{_IS} )*<amount:A>(?: LE)?",
        rf"(?:(?:with|have|on|LE|within|max|{_USE}) )*<amount:A> {named}(?: LE)?",
        rf"{_USE} (?:(?:LE|max|about|around|roughly) )*<amount:A>(?: LE)?{places}",
        r"(?:spend|invest|put|use|have|got|with|for) (?:LE |max )*<amount:M>(?= (?:across|between|among|amongst|over))",
        r"all (?:in|told) (?:: |, )?<amount:M>",
        r"<amount:M>(?= (?:across|between|among|amongst|split))",
    )
    for place, form in enumerate(forms):
        for found in reading.take(form):
            amount = found["amount"][0]
            reading.is_named_budget |= place < NAMED_FORMS
            if amount.kind == "M" or (isinstance(amount.value, float) and amount.value >= 1000):
                reading.say("budget", amount)
            else:
                reading.ask(f"Is “{reading.name_of(amount)}” the budget? Please write it with its currency.")
