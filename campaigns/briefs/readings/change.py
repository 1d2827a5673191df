"""Shares that are not limits on nodes: the experiment reserve, how far a line may move, stock-out risk."""

from campaigns.briefs.lexing.lexer import Token
from campaigns.briefs.readings.reading import Reading, number_of

_HOLD = (
    r"(?:(?:keep|keeping|hold|holding|set|setting|reserve|reserving|reserved|leave|leaving|put|putting|withhold|save"
    r"|saving|earmark|dedicate|ring-fence|ringfence|carve|allocate|use|spend|with|assign) )"
)
_OF_BUDGET = r"(?: (?:from )?(?:budget|spend|money|funds|everything))?"
_FOR_TESTS = r"(?:for|to|as|on|in) (?:back )?(?:experiment|learning|innovation)(?: and experiment| reserve)*"
_LINE = (
    r"(?:(?:any|single|one|each|every|individual) )*(?:lines?|cells?|campaigns?|items?|allocation|L\d+|budgets|spend"
    r"|things|anything|nothing)"
)
_MAY = r"(?:(?:may|can|to|only|LE|moves?|changes?|shifts?|moved|changed|varies|by|GE|over) )"
_NOW = (
    r"(?: (?:from|versus|vs|against|compared|with|to|relative|today|current|currently|today's|existing|last|present"
    r"|levels?|spend|spending|month|quarter|period|up|down|or|either|way|direction|where|as))*"
)
_AVOID = (
    r"(?:(?:do not|don't|no|never|avoid|skip|exclude|stop|drop|without|pause|not|nothing) )?"
    r"(?:(?:spend|spending|ads|advertising|advertise|budget|money|on|for|in|to|any|anything|everything|items?|skus?"
    r"|products?|things|lines|cells|where|when|if|with|whose|which|have|has|having|keep|risk|probability|chance"
    r"|likelihood) )*"
)
_RISK = r"(?:(?:risk|probability|chance|likelihood|likely|threshold|rate|odds|cutoff|cut-off|limit|line) )*"


def read(reading: Reading) -> None:
    """Note the reserve, the change limit and the stock-out threshold."""
    _stock_out(reading)
    _change(reading)
    _reserve(reading)


def _reserve(reading: Reading) -> None:
    forms = (
        rf"{_HOLD}?(?:back )?<size:SIZE>{_OF_BUDGET} (?:back )?{_FOR_TESTS}",
        rf"{_HOLD}(?:(?:back|experiment|reserve) )*<size:SIZE>{_OF_BUDGET} back(?: {_FOR_TESTS})?",
        rf"{_HOLD}back <size:SIZE>{_OF_BUDGET}(?: {_FOR_TESTS})?",
        rf"(?:(?:with|keep|and|experiment|learning) )*reserve (?:(?:at|share|<LE>|:|=) )*<size:SIZE>(?: {_FOR_TESTS})?",
        r"(?:with |keep )?<size:SIZE> (?:experiment |learning )?(?:experiment|reserve)(?: budget| reserve)?",
        r"experiment (?:(?:budget|pot|fund|money|share|get|gets|receive|at|:|=|-) )*<size:SIZE>",
    )
    for form in forms:
        for found in reading.take(form):
            reading.say("reserve", found["size"][0])


def _change(reading: Reading) -> None:
    changes = r"(?:changes?|changed|moves?|moved|movement|shifts?|swings?|vary|varies)"
    limit = r"(?:(?:limit|cap|restrict|keep|max|maximum|LE) )*"
    where = rf"(?:(?:per|for|in|to|on) {_LINE} )?"
    after = rf"(?: (?:per|for|in|on) {_LINE})?"
    forms = (
        rf"notmove (?:{_LINE} )?(?:<GE> |<LE> |by )*<share:P>{_NOW}",
        rf"no {_LINE} (?:(?:may|can|to) )*{changes} (?:(?:by|<GE>|<LE>) )*<share:P>{_NOW}",
        rf"nothing (?:(?:may|can|to) )*{changes} (?:(?:by|<GE>|<LE>) )*<share:P>{_NOW}",
        rf"notlet {_LINE} {changes} (?:(?:by|<GE>) )*<share:P>{_NOW}",
        rf"{_LINE} {_MAY}*(?:moves?|changes?|shifts?) (?:by )?<LE> <share:P>{_NOW}",
        rf"{limit}{changes} (?:limit )?{where}(?:(?:at|to|by|<LE>|limit|:) )*<share:P>{after}{_NOW}",
        rf"(?:(?:keep|stay|leave) )?(?:{_LINE} )?within <share:P> (?:from )?(?:current|today|last){_NOW}",
        rf"(?:{_LINE} )?LE <share:P> (?:change|movement|shift|up or down|either way)",
    )
    for form in forms:
        for found in reading.take(form):
            reading.say("change_limit", number_of(found["share"][0]))


def _stock_out(reading: Reading) -> None:
    forms = (
        rf"{_AVOID}oos {_RISK}(?:<GE> |<LE> |at |: |= |\( )*<share:P>(?: (?:probability|chance|risk|likelihood))?",
        rf"{_AVOID}(?:<GE> |<LE> )?<share:P> {_RISK}(?:to )?oos(?: risk| probability| threshold)?",
    )
    for form in forms:
        for found in reading.take(form):
            reading.say("oos_threshold", number_of(found["share"][0]))


def share_of_budget(*, token: Token, budget: float | None) -> float | None:
    """A reserve said as a share or, when the budget is known, as money."""
    if token.kind == "P":
        return number_of(token)
    return number_of(token) / budget if budget else None
