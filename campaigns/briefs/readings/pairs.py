"""Two limits with one verb: "cap Alpha at 25% and Beta at $60k", "no more than 30% on Alpha nor $400k on Beta"."""

from campaigns.briefs.constraints import Limit
from campaigns.briefs.readings.limits import LEVEL_OF, limit_of
from campaigns.briefs.readings.reading import Found, Reading

_OF = r"(?: (?:from |of )?(?:budget|spend|money|it|funds|total))*"
_TO = r"(?:(?:at|to|on|is) )"


def read(reading: Reading) -> None:
    """Note both limits; the second has the bound of the first."""
    nodes = rf"<node:NODE> {_TO}?<size:SIZE>{_OF} (?:, )?(?:and|or|nor|,) <node2:NODE> {_TO}?<size2:SIZE>{_OF}"
    sizes = rf"<size:SIZE>{_OF} <ON> <node:NODE> (?:and|or|nor) <size2:SIZE>{_OF} <ON> <node2:NODE>"
    forms = (
        (rf"(?:cap|capping|limit|limiting|restrict) {nodes}", reading.caps),
        (rf"(?:<LE> )+{sizes}", reading.caps),
        (rf"(?:<GE> )+{sizes}", reading.floors),
        (
            rf"(?:<GE> )+<size:SIZE>{_OF} <ON> <node:NODE> and <node2:NODE> {_TO}?<size2:SIZE>{_OF}",
            reading.floors,
        ),
        (
            rf"(?:guaranteed|guarantee|promised) <node:NODE> GE <size:SIZE>{_OF} and <node2:NODE> <size2:SIZE>",
            reading.floors,
        ),
    )
    for form, limits in forms:
        for found in reading.take(form):
            _both(reading, found=found, limits=limits)


def _both(reading: Reading, *, found: Found, limits: list[Limit]) -> None:
    for node, size in (("node", "size"), ("node2", "size2")):
        token = found[node][0]
        limits.append(limit_of(reading, level=LEVEL_OF[token.kind], name=str(token.value), size=found[size][0]))
