"""What to maximise, in looser words: "all eyes on extra margin", "proposals will be judged by units"."""

import re

from campaigns.briefs.readings.pieces import FORMER, Piece, pieces
from campaigns.briefs.readings.reading import Reading

_MORE = r"(?:incremental|extra|added|additional)"
_ATTRIBUTED = r"(?:ad[- ]?attributed|attributed)"
# The longest that fits is meant: "incremental gross margin" is not "margin", nor "sales in units" "sales".
METRICS: tuple[tuple[str, str], ...] = (
    (
        "revenue",
        rf"{_ATTRIBUTED} (?:ad )?(?:sales|revenue|turnover)|(?:sales|revenue|turnover) (?:that (?:is"
        rf"|are) )?attributed to"
        r" (?:the |our )?ads",
    ),
    ("units", r"unit sales|sales in units|(?:sold|number of) units|units? (?:sold|volume)|(?:packs|pieces|units) sold"),
    ("profit", r"(?:net )?profits?(?: after ad(?:s|vertising| spend))?|bottom[- ]line|profitability"),
    (
        "incremental_margin",
        rf"(?:{_MORE} )?(?:gross |contribution )?margins?(?: growth)?|{_MORE} contribution(?: margin)?",
    ),
    (
        "incremental_revenue",
        rf"(?:{_MORE} )?(?:sales|revenue|turnover)(?: growth)?|top[- ]line(?: growth)?",
    ),
    ("units", r"units|volume"),
)
COMPILED = tuple((metric, re.compile(rf"\b(?:{said})\b")) for metric, said in METRICS)
AIM = re.compile(
    r"\b(?:maximi[sz]\w*|optimi[sz]\w*|max(?:imum)?|goals?|aim(?:s|ing)?|objective|kpi|focus|priority|tuned?|judged?"
    r"|scored?"
    r"|rank(?:ed)?|sort(?:ed)?|measured?|compare|most|highest|best|greatest|largest|concentrate|all eyes|go for"
    r"|care about"
    r"|look at|above all|before all|matters|is god|push|drive up|wring|as much|as many|the better|worry about|motto"
    r"|in aid of"
    r"|chase|(?:we|i) want|as high as possible|said and done|opt|mainly about|prefer|first|needs? to be"
    r"|only .* pls)\b|> all"
)
NOT_AIM = re.compile(
    r"\b(?:roas|at ?least|at most|cap|floor|budget for|smallest|lowest|least|minimum|fell|grew|grow|up|down|share of"
    r"|per cent|margin is"
    r"|if|unless|or|versus|vs|come|came|clicks are|reach|awareness|engagement|impressions|traffic|help|covered)\b"
)


def read(reading: Reading) -> None:
    """Note the objective where one metric and a word of aiming share a clause without figures."""
    for piece in list(pieces(reading)):
        if "objective" in reading.said:
            return
        if piece.figures or piece.nodes or piece.levels or piece.others or FORMER.search(piece.text):
            continue
        metric = _metric(piece)
        if metric and AIM.search(piece.text) and not NOT_AIM.search(piece.text):
            reading.say("objective", metric)
            reading.set_aside(start=piece.start, end=piece.end)


def _metric(piece: Piece) -> str | None:
    """The one metric named; None where there are none or several."""
    text, found = piece.text, []
    for metric, said in COMPILED:
        text, count = said.subn(" ", text)
        found += [metric] * count
    return found[0] if len(found) == 1 else None
