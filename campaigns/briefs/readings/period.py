"""When: a length, a start, an end, or a named span."""

from datetime import date

from campaigns.briefs.lexing.calendar import Days
from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.readings.limits import PLACE_OF
from campaigns.briefs.readings.reading import Found, Reading, number_of

_AT = (
    r"(?:over|for|during|in|within|across|spanning|through|throughout|on|lasting|covering|period|flight|:|running|runs"
    r"|from|until|next|coming|following|dates)"
)
_START = r"(?:from|starting|starts?|beginning|begins?|between|running|launch|launching|kick-off|live|as|:|on|dates)"
_LIVE = (
    r"(?:live|launch|launching|start|starts|starting|begin|begins|beginning) (?:(?:on|at|with) )?(?:<nodes:NODES> )?"
)
_STOP = r"(?:stop|stops|stopping|end|ends|ending|finish|finishes|finishing|close|closes|last day|deadline)"
_END = r"(?:to|until|till|through|and|-|ending|ends?|LE|by|on)"


def read(reading: Reading) -> None:
    """Note weeks, start and end."""
    for found in reading.take(
        rf"{_LIVE}(?:by|on|from) <first:D> , (?:running |run |runs |and )*(?:until|till|through|to) <last:D>"
    ):
        _note_places(reading, found)
        first, last = _days(found["first"][0]), _days(found["last"][0])
        _note(reading, start=first.start, end=_after(start=first.start, days=last))
    for found in reading.take(rf"(?:{_AT} )?(?:{_START} )*<first:D> (?:{_END} )+<last:D>"):
        first, last = _days(found["first"][0]), _days(found["last"][0])
        _note(reading, start=first.start, end=_after(start=first.start, days=last))
    for found in reading.take(rf"(?:{_START} )+<first:SPAN> (?:to|until|through|till|-) <last:SPAN>"):
        first, last = _days(found["first"][0]), _days(found["last"][0])
        _note(reading, start=first.start, end=_after(start=first.start, days=last))
    for found in reading.take(rf"(?:{_AT} )*<span:SPAN>(?: flight| campaign| period)?"):
        days = _days(found["span"][0])
        _note(reading, start=days.start, end=days.end)
    for found in reading.take(rf"(?:{_AT} |LE )*<weeks:W>(?: (?:flight|period|plan|campaign|long|horizon))?"):
        reading.say("weeks", number_of(found["weeks"][0]))
    for found in reading.take(r"weeks (?:: |= )?<weeks:N>"):
        reading.say("weeks", number_of(found["weeks"][0]))
    for found in reading.take(rf"{_STOP} (?:(?:on|by|at|until|till|:) )*<last:D>"):
        reading.say("end", _days(found["last"][0]).end)
    for found in reading.take(rf"{_LIVE}by <first:D>"):
        _note_places(reading, found)
        reading.say("start", _days(found["first"][0]).start)
    for found in reading.take(r"(?:through|until|till) (?:(?:[a-z][\w']*|[.,]) ){1,6}<last:D>"):
        reading.say("end", _days(found["last"][0]).end)
    for found in reading.take(rf"(?:{_START} )+<first:D>(?: onwards| on)?"):
        reading.say("start", _days(found["first"][0]).start)
    for found in reading.take(rf"(?:{_END} |until |before |finish |finishing )+<last:D>"):
        reading.say("end", _days(found["last"][0]).end)


def _note_places(reading: Reading, found: Found) -> None:
    for token in found.get("nodes", ()):
        reading.say(PLACE_OF[token.kind], str(token.value))


def _note(reading: Reading, *, start: date, end: date) -> None:
    reading.say("start", start)
    reading.say("end", end)


def _days(token: Token) -> Days:
    if not isinstance(token.value, Days):
        raise TypeError(f"{token.word} is not a day")
    return token.value


def _after(*, start: date, days: Days) -> date:
    """The end, in the year after when only that makes it follow the start and no year was said."""
    if days.end < start and not days.has_year:
        return days.end.replace(year=start.year + (days.end.replace(year=start.year) < start))
    return days.end
