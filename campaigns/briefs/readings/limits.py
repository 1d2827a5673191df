"""Caps, floors, ranges and fixed amounts on retailers, placements and brands."""

from campaigns.briefs.constraints import Limit
from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.readings.reading import Found, Reading, number_of

LEVEL_OF = {"R": "retailer", "E": "placement", "B": "brand"}
# Where a reading notes names that say what the plan is for, rather than limit it.
PLACE_OF = {"R": "_retailers", "E": "_placement", "B": "_brand"}
_MAY = (
    r"(?:(?:may|can|to|gets?|takes?|receives?|have|has|go|goes|exceeding|with|single|given|account|for|spends?|see"
    r"|sees|end|up"
    r"|stays?|staying|remains?|somewhere|anywhere|end|ending|at) )*"
)
# Up to four words without meaning for us between a place and its limit: "Walmart's contract says they get …".
_GAP = (
    r"(?:(?!(?:roas|iroas|roi|cpa|acos|oos|experiment|back|no|not|never|notlet|nobody|don't|if|unless|budgets?|spend"
    r"|with|without|changes?"
    r"|moves?|lines?|and|or|but|while|return|returns|maximise|objective|reserve|exactly|fixed) )[a-z][\w'&-]* ){0,4}"
)
_EACH = r"(?:(?:any|each|every|all|single|one|per|individual|on|for|in|at|to|across|from) )+"
_OF = r"(?: (?:from |per |in )?(?:budget|spend|money|it|funds|total|share|each|apiece))*"
_GIVE = r"(?:(?:spend|spending|allocate|put|invest|give|keep|with|commit|guarantee|set|have|assign|leave|use|ensure) )*"

PAIR = (
    "A limit can stand on a retailer or on a placement, not on one placement of one retailer (“{}”). Which do you mean?"
)
TOGETHER = "Does the limit on {} hold for each of them, or for all together? I can limit each: please say so."
RELATIVE = "How much money is that on {}? A change limit holds for every line, not for one place."
INEXACT = "“{share} on {name}”: exactly, at least or at most?"


def read(reading: Reading) -> None:
    """Note every limit."""
    _ranges(reading)
    _on_each_of_a_level(reading)
    _fixed(reading)
    _on_named(reading)
    for found in reading.take(
        rf"<size:P>{_OF} (?:on|to|for|at|in|into) <nodes:NODES>|<nodes2:NODES> (?:at |: )?<size2:P>"
    ):
        share, nodes = found.get("size") or found["size2"], found.get("nodes") or found["nodes2"]
        reading.ask(INEXACT.format(share=reading.name_of(share[0]), name=_listed(reading, nodes)))
        for token in nodes:
            reading.say(PLACE_OF[token.kind], str(token.value))


def read_relative(reading: Reading) -> None:
    """Changes of one place against today: no constraint says that, so the amount is asked for."""
    change = r"(?:increase|decrease|reduce|cut|raise|lower|boost|grow|shrink)"
    now = r"(?:from )?(?:current|today|last)(?: levels?| spend)*"
    forms = (
        rf"{change} (?:spend |budget )?(?:on )?<nodes:NODES> (?:spend )?(?:by )?<size:SIZE>",
        rf"(?:keep )?(?:spend |budget )?(?:on )?<nodes:NODES> within <size:P> {now}",
    )
    for form in forms:
        for found in reading.take(form):
            reading.ask(RELATIVE.format(_listed(reading, found["nodes"])))


def _ranges(reading: Reading) -> None:
    low_high = r"(?:(?:between|from|with|of) )*<low:SIZE> (?:and|to|-) <high:SIZE>"
    forms = (
        rf"{_GIVE}{low_high}{_OF} <ON> <nodes:NODES>",
        rf"{_GIVE}<nodes:NODES> {_MAY}(?:at |: )*{low_high}{_OF}",
        rf"{_GIVE}<nodes:NODES> {_GAP}{low_high}{_OF}",
    )
    for form in forms:
        for found in reading.take(form):
            low, high = found["low"][0], found["high"][0]
            if low.kind == "N" and high.kind == "P":
                low = Token(kind="P", start=low.start, end=low.end, word=low.word, value=number_of(low) / 100)
            _limit_nodes(reading, found=found, size=low, limits=reading.floors)
            _limit_nodes(reading, found=found, size=high, limits=reading.caps)


def _on_each_of_a_level(reading: Reading) -> None:
    forms = (
        (rf"no (?:single |one )?<level:L> {_MAY}LE <size:SIZE>{_OF}", reading.floors),
        (rf"notlet (?:{_EACH})?<level:L> {_MAY}<GE> <size:SIZE>{_OF}", reading.caps),
        (rf"notlet (?:{_EACH})?<level:L> {_MAY}<LE> <size:SIZE>{_OF}", reading.floors),
        (
            rf"(?:with )?no (?:single |one |individual |other )*<level:L> {_MAY}(?:<GE> )(?:than )?<size:SIZE>{_OF}",
            reading.caps,
        ),
        (rf"(?:{_EACH})?<level:L> {_MAY}(?:at |to )?(?:<GE> )+<size:SIZE>{_OF}", reading.floors),
        (
            rf"(?:with )?(?:{_EACH})?<level:L> {_MAY}(?:at |to )?<LE> (?:(?:at|to|:|=|<LE>) )*<size:SIZE>{_OF}",
            reading.caps,
        ),
        (rf"(?:{_EACH})?<level:L> {_MAY}<size:SIZE>{_OF} (?:LE|max|maximum)", reading.caps),
        (rf"(?:{_EACH})?<level:L> {_MAY}<size:SIZE>{_OF} (?:GE|min|minimum)", reading.floors),
        (rf"(?:cap|limit|restrict|keep) (?:{_EACH})?<level:L> (?:at |to |<LE> |spend )*<size:SIZE>{_OF}", reading.caps),
        (rf"{_GIVE}(?:<GE> )+<size:SIZE>{_OF} {_EACH}<level:L>", reading.floors),
        (rf"{_GIVE}(?:<LE> )+(?:at |to )?<size:SIZE>{_OF} {_EACH}<level:L>", reading.caps),
        (rf"<size:SIZE> (?:cap|maximum|max|limit|ceiling|LE) {_EACH}<level:L>", reading.caps),
        (rf"(?:limit|spend) (?:at |to )?<size:SIZE>{_OF} {_EACH}<level:L>", reading.caps),
        (rf"<level:L> (?:limit|spend limit) (?:at |to |: )?<size:SIZE>{_OF}", reading.caps),
        (r"<size:SIZE> <level:L> (?:cap|limit|ceiling|max|maximum)", reading.caps),
        (r"<size:SIZE> <level:L> (?:floor|min|minimum)", reading.floors),
    )
    for form, limits in forms:
        for found in reading.take(form):
            _limit_level(reading, found=found, limits=limits)


def _fixed(reading: Reading) -> None:
    hold = r"(?:keep|fix|hold|lock|leave|freeze|maintain|set|pin)"
    as_is = r"(?:(?:spend|budget|fixed|flat|steady|constant|unchanged|exactly|at|to|on|=) )"
    forms = (
        rf"{hold} <nodes:NODES> {as_is}+<size:SIZE>{_OF}",
        rf"{_GIVE}exactly <size:SIZE>{_OF} <ON> <nodes:NODES>",
        rf"<nodes:NODES> (?:(?:at|gets?|stays?|remains?|to|must|be|have|has) )*(?:fixed|exactly|locked"
        rf"|held) (?:at |to )?<size:SIZE>{_OF}",
        rf"<nodes:NODES> {_MAY}<size:SIZE>{_OF} (?:, )?(?:fixed|flat|exactly|locked|guaranteed|sharp)",
        rf"{_GIVE}<size:SIZE>{_OF} <ON> <nodes:NODES> , (?:fixed|flat|exactly|locked|no more , no less)",
        rf"{hold} (?:exactly )?<size:M>{_OF} (?:on|at|in|for) <nodes:NODES>",
    )
    for form in forms:
        for found in reading.take(form):
            size = found["size"][0]
            for token in _single_nodes(reading, found=found, together=True):
                reading.fixed.append((str(token.value), size))


def _on_named(reading: Reading) -> None:
    about = r"(?:(?:spend|budget|each|cap|limit|floor|at|must|to|:) )*"
    money = r"(?:(?:spend|budget|investment|at) )*"
    # "At least 25% has to go to Walmart and Amazon can't exceed 60%" speaks of Walmart alone first.
    for found in reading.take(rf"(?:<GE> )+<size:SIZE>{_OF} (?:(?:has|have|go|goes|going|to) )+<nodes:NODE>"):
        _limit_nodes(reading, found=found, size=found["size"][0], limits=reading.floors)
    caps = (
        rf"(?:notlet|no) <nodes:NODES> {about}{_MAY}(?:<GE> )<size:SIZE>{_OF}",
        rf"(?:cap|capping|limit|limiting|restrict) {about}(?:on )?<nodes:NODES> {about}(?:<LE> )?<size:SIZE>{_OF}",
        rf"(?:with )?<nodes:NODES> {about}{_MAY}(?:<LE> )+(?:at |: )?<size:SIZE>{_OF}",
        rf"(?:no|not) GE <size:SIZE>{_OF} <ON> (?:each |both )?<nodes:NODES>(?: each)?",
        rf"<nodes:NODES> {_GAP}(?:<LE> )+(?:at |: )?<size:SIZE>{_OF}",
        rf"<nodes:NODES> {_MAY}<size:SIZE>{_OF} (?:at )?(?:max|maximum|cap|LE)",
        rf"{_GIVE}(?:<LE> )+{money}<size:P>{_OF} (?:<ON> )?(?:each |both )?<nodes:NODES>(?: each)?",
        r"<size:SIZE> (?:cap|ceiling|limit|max|maximum) <ON> <nodes:NODES>",
    )
    floors = (
        rf"notlet <nodes:NODES> {about}{_MAY}(?:<LE> )<size:SIZE>{_OF}",
        rf"(?:with )?<nodes:NODES> {about}{_MAY}(?:<GE> )+(?:(?:at|:|<GE>) )*<size:SIZE>{_OF}",
        rf"<nodes:NODES> {_GAP}(?:<GE> )+(?:at |: )?<size:SIZE>{_OF}",
        rf"<nodes:NODES> {_MAY}<size:SIZE>{_OF} (?:at )?(?:floor|min|minimum|GE)",
        r"(?:floor|min|minimum) (?:: |on )*<nodes:NODES> (?:at )?<size:SIZE>",
        rf"{_GIVE}(?:<GE> )+{money}<size:SIZE>{_OF} (?:<ON> )?(?:each |both )?<nodes:NODES>(?: each)?",
        rf"{_GIVE}<size:SIZE> (?:floor|min|minimum|GE) <ON> <nodes:NODES>",
    )
    # What is not to fall is a floor though it says "below": floors with a "not" are looked for first.
    for forms, limits in ((floors[:1], reading.floors), (caps, reading.caps), (floors[1:], reading.floors)):
        for form in forms:
            for found in reading.take(form):
                _limit_nodes(reading, found=found, size=found["size"][0], limits=limits)


def _limit_level(reading: Reading, *, found: Found, limits: list[Limit]) -> None:
    limits.append(limit_of(reading, level=str(found["level"][0].value), name=None, size=found["size"][0]))


def _limit_nodes(reading: Reading, *, found: Found, size: Token, limits: list[Limit]) -> None:
    for token in _single_nodes(reading, found=found, together=True):
        limits.append(limit_of(reading, level=LEVEL_OF[token.kind], name=str(token.value), size=size))


def limit_of(reading: Reading, *, level: str, name: str | None, size: Token) -> Limit:
    if size.kind == "P":
        return Limit(level=level, name=name, share=number_of(size))
    if size.kind == "M":
        reading.money.append(size)
    return Limit(level=level, name=name, amount=number_of(size))


def _single_nodes(reading: Reading, *, found: Found, together: bool) -> tuple[Token, ...]:
    """The nodes of a limit; asks back, and gives none, when the limit cannot stand on them."""
    nodes = found["nodes"]
    if len({token.kind for token in nodes}) > 1:
        reading.ask(PAIR.format(_listed(reading, nodes)))
        return ()
    if together and len(nodes) > 1 and "each" not in reading.text.lower():
        reading.ask(TOGETHER.format(_listed(reading, nodes)))
        return ()
    return nodes


def _listed(reading: Reading, nodes: tuple[Token, ...]) -> str:
    return reading.text[nodes[0].start : nodes[-1].end]
