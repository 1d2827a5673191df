"""Return on ad spend at least, cost per order at most."""

from campaigns.briefs.readings.reading import Found, Reading, number_of

_BE = (
    r"(?:at|target|goal|floor|stays?|staying|remains?|remaining|kept|not|never|threshold|hurdle|around|about|=|:|-|\()"
)
IROAS = "ROAS floors are on attributed revenue, not on incremental revenue. Which attributed ROAS should the plan keep?"
CEILING = "ROAS can have a floor, not a ceiling. What did you mean by “{}”?"
VAGUE = "“{}” is not exact. Which ROAS should the plan reach at least?"
CPA_FLOOR = "Cost per order can have a ceiling, not a floor. What is the most an order may cost?"
MOST_ROAS = 30
WHAT = "What does “{}” stand for?"
ROI = "ROI and ROAS differ (profit, or revenue, per unit of spend). Which ROAS should the plan reach at least?"


def read(reading: Reading) -> None:
    """Note floors on ROAS (ACOS is its inverse) and ceilings on cost per order."""
    for _ in reading.take(
        r"(?:<GE> |<LE> )?iroas (?:<GE> |<LE> |at |target |floor )*<rate:RATE>|(?:<GE> )?<other:RATE> iroas"
    ):
        reading.ask(IROAS)
    for _ in reading.take(r"(?:<GE> )?roi (?:<GE> |<LE> |at )*<rate:RATE>|(?:<GE> )?<other:RATE> roi"):
        reading.ask(ROI)
    _acos(reading)
    _never_under(reading)
    _not_floors(reading)
    keep = r"(?:(?:keep|hold|maintain|achieve|reach|hit|deliver|get|require|with|at|target) )*"
    minimum = r"(?:<GE> |target |goal )*"
    after = r"(?: GE| min| minimum| floor| <GE>)?"
    for found in reading.take(rf"{keep}{minimum}(?:roas|returns?) (?:{_BE} |<GE> |to )*<rate:RATE>{after}"):
        reading.say("roas_floor", number_of(found["rate"][0]))
    for found in reading.take(
        rf"{keep}{minimum}<rate:RATE> (?:<GE> )?(?:in )?(?:roas|returns?)(?: GE| min| minimum| floor| target)?"
    ):
        reading.say("roas_floor", number_of(found["rate"][0]))
    _per_unit_of_money(reading)
    _elsewhere(reading)
    _cost_per_order(reading)


def _never_under(reading: Reading) -> None:
    """ "I don't want to see ROAS under 2", "nothing below a return of 2": a floor though it says "below"."""
    for found in reading.take(
        r"notlet (?:roas|returns?) (?:(?:to|be) )*<LE> <rate:RATE>|(?:nothing|nobody"
        r"|no campaign) <LE> (?:roas |returns? )<other:RATE>"
    ):
        reading.say("roas_floor", number_of((found.get("rate") or found["other"])[0]))


def _per_unit_of_money(reading: Reading) -> None:
    """Every dollar in must bring three back."""
    verb = (
        r"(?:(?:to|has|have|must|can|bring|brings|return|returns|earn|earns|make|makes|give|gives|come"
        r"|back|in|spent|invested|<GE>) )+"
    )
    for found in reading.take(
        rf"(?:each|every|for every|per) (?:dollar|euro|pound) {verb}<rate:RATE>(?: (?:back|dollars|return"
        rf"|sales|revenue))*"
    ):
        reading.say("roas_floor", number_of(found["rate"][0]))


def _elsewhere(reading: Reading) -> None:
    """ "Last quarter ROAS was 3.1; now 3.5 or better": a bare ratio with a bound, where the brief speaks of ROAS."""
    if "roas_floor" in reading.said or not any(token.word == "roas" for token in reading.tokens):
        return
    for found in reading.take(r"(?:<GE> )<rate:N>|<other:N> GE"):
        rate = number_of((found.get("rate") or found["other"])[0])
        if rate <= MOST_ROAS:
            reading.say("roas_floor", rate)
        else:
            reading.ask(WHAT.format(reading.name_of((found.get("rate") or found["other"])[0])))


def _acos(reading: Reading) -> None:
    for found in reading.take(
        r"(?:<LE> |target )?acos (?:(?:<LE>|at|target|has|have|to|stay|stays|remain|kept|:|=) )*<share:P>"
        r"|<LE> <other:P> acos"
    ):
        share = number_of((found.get("share") or found["other"])[0])
        if share > 0:
            reading.say("roas_floor", round(1 / share, 6))


def _not_floors(reading: Reading) -> None:
    for found in reading.take(r"roas (?:at )?<LE> <rate:RATE>|<LE> <other:RATE> roas"):
        reading.ask(CEILING.format(_said(reading, found)))
    for found in reading.take(r"roas (?:at )?(?:around|about|roughly|approximately|circa|near|~) <rate:RATE>"):
        reading.ask(VAGUE.format(_said(reading, found)))


def _said(reading: Reading, found: Found) -> str:
    return "ROAS … " + reading.name_of((found.get("rate") or found["other"])[0])


def _cost_per_order(reading: Reading) -> None:
    for _ in reading.take(r"cpa (?:at )?(?:GE|min|minimum) <amount:A>|(?:GE|min|minimum) cpa (?:at )?<other:A>"):
        reading.ask(CPA_FLOOR)
    before = r"(?:keep |hold |with |target |<LE> )*"
    forms = (
        rf"{before}cpa (?:(?:<LE>|at|to|target|not|stays?|remains?|kept|:|=) )*<amount:A>(?: LE)?",
        r"(?:<LE> )?<amount:A> cpa",
        r"(?:<LE> )(?:pay |cost |spend )*<amount:A> (?:per |for |each |every |for each |/ )?(?:order"
        r"|conversion|purchase|acquisition|sale)",
        r"(?:each |every )?(?:order|conversion|purchase|acquisition) (?:(?:may|can|must|to|cost|costs"
        r"|has) )*(?:<LE> )+<amount:A>",
        r"(?:pay |cost )<amount:A> (?:per |for each |each )?(?:order|conversion|purchase|acquisition"
        r"|sale) (?:LE|max|maximum)",
    )
    for form in forms:
        for found in reading.take(form):
            amount = found["amount"][0]
            if amount.kind == "M":
                reading.money.append(amount)
            reading.say("cpa_ceiling", number_of(amount))
