"""Amounts per day, week or month: a plan has one budget for its whole period, so the total is asked for."""

from campaigns.briefs.readings.reading import Reading

PACE = "“{}” is for a part of the period only. What is the whole budget of the plan?"


def read(reading: Reading) -> None:
    """Ask about every amount that is said for a part of the period; none of them is taken."""
    adverb = r"(?:daily|weekly|monthly|quarterly|yearly|annual|annually)"
    per_unit = r"(?:(?:per|/|each|every) (?:day|week|month|quarter|year)|U\d+)"
    forms = (
        rf"{adverb} (?:(?:budget|spend|limit|cap|LE|max|:|at) )*<amount:A>",
        rf"<amount:A> (?:{per_unit}|{adverb})(?: budget)?",
    )
    for form in forms:
        for found in reading.take(form):
            reading.ask(PACE.format(reading.name_of(found["amount"][0])))
