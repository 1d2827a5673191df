"""Places on which nothing may be spent."""

from campaigns.briefs.constraints import Limit
from campaigns.briefs.readings.limits import LEVEL_OF
from campaigns.briefs.readings.reading import Reading

_VERB = (
    r"(?:exclude|excluding|without|except(?: for)?|skip|skipping|avoid|drop|ditch|omit|(?:but )?not(?: on| in)?"
    r"|no(?: spend on| money on| money for| ads on)?|nothing (?:on|for|to|in|at)|zero (?:on|for|to)"
    r"|(?:don't|do not) (?:use|touch|include|spend on|spend anything on)|leave out|stay off|stay away from"
    r"|keep (?:away from|off))"
)
_THINGS = r"(?: (?:ads|spend|pages|page|inventory|L\d+))*"
_OUT = (
    r"(?:(?:gets?|receives?|has|have|at) (?:nothing|zero|no (?:money|budget|spend))|(?:off|not on) (?:table"
    r"|limits)|excluded|out"
    r"|ruled out|not (?:included|allowed|wanted)|off[- ]limits)"
)
_NOT_A_LIMIT = r"(?! (?:<GE>|<LE>|get|gets|may|can|to|go|[A-Z]\d))"


def read(reading: Reading) -> None:
    """Note every place that gets nothing, as a cap of zero."""
    forms = (
        rf"{_VERB} <nodes:NODES>{_THINGS}(?: at all)?{_NOT_A_LIMIT}",
        rf"<nodes:NODES>{_THINGS} {_OUT}(?: at all)?",
        rf"leave <nodes:NODES>{_THINGS} (?:out|off|alone)",
    )
    for form in forms:
        for found in reading.take(form):
            for token in found["nodes"]:
                reading.excluded.append(str(token.value))
                reading.caps.append(Limit(level=LEVEL_OF[token.kind], name=str(token.value), share=0.0))
