"""Phrases that mean one thing, written as one word, and words that carry no constraint."""

import re

# (what to write, what people say); the first that fits wins, so longer phrases stand first.
_NOT = (
    r"(?:(?:do|does|did|must|should|can|could|may|will|would) not|(?:do|does|did|must|should|ca|could|wo"
    r"|would)n't|cannot"
    r"|never|not|refuse to)"
)
_WANT = r"(?:(?:want|like|wish|need|plan) to )?"
_DO = (
    r"(?:(?:to|be|go|goes|get|gets|take|takes|eat|use|have|receive|spend|put|give|pay|cost|see|drop|dip|fall|slip|sink"
    r"|rise|climb|grow|exceed|account for|end up|allocate|invest|allowed to) )*"
)
_OVER = r"(?:above|over|past|beyond|(?:more|greater|higher|larger|bigger) than|north of|exceeding)"
_UNDER = r"(?:below|under|(?:less|lower|fewer|smaller) than|south of)"
_MOVES = r"(?:go|goes|going|get|gets|rise|rises|climb|climbs|run|runs)"
_FALLS = r"(?:go|goes|going|get|gets|dip|dips|drop|drops|fall|falls|slip|slips|sink|sinks)"
PHRASES: tuple[tuple[str, str], ...] = (
    ("notlet", rf"{_NOT} {_WANT}(?:let|allow|see|want)(?! (?:{_OVER}|{_UNDER}))"),
    ("nobody", r"nobody|no[- ]one(?: else)?|none of them|neither(?: of them)?(?: one)?"),
    ("LE", rf"{_NOT} {_WANT}{_DO}{_OVER}|{_FALLS} {_UNDER}"),
    ("GE", rf"{_NOT} {_WANT}{_DO}{_UNDER}|{_MOVES} {_OVER}|beyond|past(?= (?:[$€£\d]|a |half))"),
    (
        "LE",
        r"at (?:the )?(?:very )?most|at (?:the )?maximum|tops|at the outside|(?:no|not) more than"
        r"|no (?:greater|higher|larger) than|(?:not|never) (?:above|over)"
        r"|(?:(?:must|should|can|may|do|does) )?(?:not|never) (?:to )?exceed"
        r"|(?:do not|don't|never|not|can't) (?:spend|put|give|allocate|invest|use|have) (?:more than|over|above)"
        r"|(?:(?:must|should|can|may) )?(?:not|never) (?:be|go) (?:above|over|beyond|more than)"
        r"|(?:cannot|can't|mustn't|don't) exceed|≤|<=|=<|<|below|under(?! way)|(?:less|lower|fewer|smaller) than"
        r"|or (?:less|below|lower|fewer)|up to|capped at|limited to|(?:a )?maximum of|max of",
    ),
    (
        "GE",
        r"at (?:the (?:very )?)?least|(?:no|not) (?:less|fewer|lower|smaller) than"
        r"|(?:(?:must|should|can|may|do|does) )?(?:not|never) (?:to )?(?:(?:be|drop|fall|go|get) )?(?:below|under)"
        r"|(?:a )?minimum of|min of|at minimum|≥|>=|=>|>|(?:more|greater|higher|larger|bigger) than"
        r"|(?:do not|don't|never|not|can't) (?:spend|put|give|allocate|invest|use|have) (?:less than|under|below)"
        r"|exceeding|exceeds|exceed|above|or (?:more|better|higher|above)|upwards of|north of",
    ),
    ("iroas", r"incremental (?:roas|return on ad(?:vertising)? spend)|iroas"),
    ("roas", r"returns? on (?:(?:ad(?:vertising)?|media) )?(?:spend|spending)|roas|r\.o\.a\.s\.?"),
    ("cpa", r"costs? per (?:order|acquisition|purchase|conversion|sale|action)|cpa|cpo"),
    ("acos", r"advertising cost of sales?|acos"),
    ("oos", r"(?:likely to )?(?:sell(?:ing)? out|run(?:ning)? (?:dry|low))"),
    ("oos", r"(?:likely to )?(?:(?:be|run|running|go|going) )?out[- ]of[- ]stock|stock[- ]?outs?|oos|sold[- ]out"),
    (
        "experiment",
        r"t ?& ?l(?!\w)|test(?:[- ]and[- ]| ?& ?)learn(?:ing)?|(?:(?:incrementality|geo"
        r"|a/b) )?(?:experiments?|experimentation|tests?|testing)",
    ),
    ("back", r"in reserve|aside|back"),
    ("objective", r"objective|goal|kpi|priority|success metric"),
    ("maximise", r"maximi[sz](?:e|es|ing)|optimi[sz](?:e|ing)(?: for| towards?)?"),
    ("notmove", r"(?:do not|don't|never|not) (?:let )?(?:move|change|shift|alter|vary|adjust)"),
)
_COMPILED = tuple((word, re.compile(rf"(?:{said})(?![a-z])")) for word, said in PHRASES)

LEVEL_WORDS = {
    "placement": "placement",
    "placements": "placement",
    "retailer": "retailer",
    "retailers": "retailer",
    "network": "retailer",
    "networks": "retailer",
    "brand": "brand",
    "brands": "brand",
    "channel": "channel",
    "channels": "channel",
    "partner": "retailer",
    "partners": "retailer",
    "marketplace": "retailer",
    "marketplaces": "retailer",
    "everyone": "retailer",
    "everybody": "retailer",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never part of a pattern: articles, politeness, auxiliaries.
NOISE = _words(
    "a an the our my your their this that these those please kindly of is are be being been we i us you it its "
    "should shall will would like want wants wish need needs also then just so thanks thank hi hello hey dear "
    "team there total overall absolute altogether sure make ensure must let's lets we've we're we'd i'd i'm i've "
    "it's that's here's"
)
# May stand outside every pattern without carrying a constraint. No negation, comparison or condition is here.
FILLER = _words(
    "allocate allocating allocation plan planning plans spend spending spent budget budgets media retail ad ads "
    "advertising advertise promote promoting campaign campaigns across on in at for to and but or with between "
    "over from through via into by as split distribute divide invest use put run have has got deploy proposal "
    "propose create build give me draft money dollars funds investment set keep respect while among amongst all "
    "both every everything where how best new next period flight here using retailer retailers brand brands "
    "placement placements objective let focus launch can could get time "
    "about around roughly approximately please quick one brief morning now today ok okay fine still really everyone "
    "everybody envelope pot purse money whole grand comes amounts work out what could push relaunch launch "
    "pages page placements flight live running run two client wants need somewhere rest remaining & + - / ,"
    " . ; : ! ? ( ) \" ' • * – |"
)


def phrase_at(*, text: str, position: int) -> tuple[str, int] | None:
    """The one word for the phrase that starts here, and where it ends."""
    for word, pattern in _COMPILED:
        found = pattern.match(text, position)
        if found and found.end() > position:
            return word, found.end()
    return None
