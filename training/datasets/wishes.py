"""Every kind of wish a brief can have, and how often."""

from collections.abc import Callable

from training.datasets import surfaces
from training.datasets.brief_parts import Hand, Wish, level_surface
from training.datasets.pairs import cap_and_floor, exclude_two, two_limits
from training.datasets.phrasing import choose, templates
from training.datasets.wording import jargon, limits, pairs, period, returns, spend
from training.datasets.wording.doubts import DOUBTS

Said = Callable[[Hand], Wish]


def simple(field: str, of: tuple[str, ...], role: str) -> Said:
    """A wish of one value."""
    return lambda hand: hand.wish(of=of, asks={field: ("value", role)})


def budget_on_places(hand: Hand) -> Wish:
    text, leaves = hand.places()
    asks = {"budget": ("value", "budget"), "retailers": leaves}
    return hand.wish(of=spend.BUDGET_ON_PLACES, asks=asks, surface={"places": text})


def places(hand: Hand) -> Wish:
    text, leaves = hand.places()
    return hand.wish(of=spend.PLACES, asks={"retailers": leaves}, surface={"places": text})


def brand(hand: Hand) -> Wish:
    name = hand.rng.choice(hand.catalogue.brands)
    return hand.wish(of=spend.BRAND, asks={"brand": ("name", "B", name)}, surface={"brand": name})


def objective(hand: Hand) -> Wish:
    metric = hand.rng.choice(sorted(spend.AIMS))
    aim = hand.rng.choice(spend.AIMS[metric])
    return hand.wish(of=spend.OBJECTIVE_LEAD, asks={"objective": metric}, surface={"aim": aim})


def jargon_wish(hand: Hand) -> Wish:
    field = hand.rng.choice(sorted(jargon.JARGON))
    if field == "objective":
        metric = hand.rng.choice(sorted(jargon.JARGON_AIMS))
        aim = hand.rng.choice(jargon.JARGON_AIMS[metric])
        return hand.wish(of=jargon.JARGON[field], asks={field: metric}, surface={"jargon_aim": aim})
    role = {"reserve": "size", "cpa_ceiling": "money", "roas_floor": "rate"}.get(field, "share")
    surface = {"money": surfaces.small_money(rng=hand.rng)} if field == "cpa_ceiling" else {}
    if field == "reserve":
        surface = {"size": surfaces.share(rng=hand.rng)}
    return hand.wish(of=jargon.JARGON[field], asks={field: ("value", role)}, surface=surface)


def cpa(hand: Hand) -> Wish:
    surface = {"money": surfaces.small_money(rng=hand.rng)}
    return hand.wish(of=returns.CPA, asks={"cpa_ceiling": ("value", "money")}, surface=surface)


def limit_each(field: str, of: tuple[str, ...]) -> Said:
    def say(hand: Hand) -> Wish:
        level = hand.rng.choice(("each_placement", "each_placement", "each_retailer", "each_brand", "each_channel"))
        asks = {field: [{"node": level, "size": ("value", "size")}]}
        return hand.wish(of=of, asks=asks, surface=level_surface(level=level, rng=hand.rng))

    return say


def limit_node(field: str, of: tuple[str, ...], role: str) -> Said:
    def say(hand: Hand) -> Wish:
        text, leaf = hand.node()
        return hand.wish(of=of, asks={field: [{"node": leaf, "size": ("value", role)}]}, surface={"node": text})

    return say


def range_node(hand: Hand) -> Wish:
    text, leaf = hand.node()
    asks = {"caps": [{"node": leaf, "size": ("value", "high")}], "floors": [{"node": leaf, "size": ("value", "low")}]}
    low, high = sorted(hand.rng.sample((5, 10, 15, 20, 25, 30, 35, 40, 50, 60), 2))
    return hand.wish(of=limits.RANGE_NODE, asks=asks, surface={"node": text, "low": f"{low}%", "high": f"{high}%"})


def exclude(hand: Hand) -> Wish:
    text, leaf = hand.node()
    return hand.wish(of=limits.EXCLUDE, asks={"excluded": [leaf]}, surface={"node": text})


def split(hand: Hand) -> Wish:
    one, first = hand.node()
    two, second = hand.node()
    while second == first:
        two, second = hand.node()
    fixed = [{"node": first, "size": ("value", "money")}, {"node": second, "size": ("value", "money2")}]
    return hand.wish(of=limits.SPLITS, asks={"fixed": fixed}, surface={"node": one, "node2": two})


def start_end(hand: Hand) -> Wish:
    start, end = surfaces.two_days(today=hand.today, rng=hand.rng)
    surface = {"start": surfaces.day(on=start, rng=hand.rng), "end": surfaces.day(on=end, rng=hand.rng)}
    return hand.wish(of=period.START_END, asks={"start": ("value", "start"), "end": ("value", "end")}, surface=surface)


def one_day(field: str, of: tuple[str, ...], *, with_weeks: bool = False) -> Said:
    def say(hand: Hand) -> Wish:
        days = dict(zip(("start", "end"), surfaces.two_days(today=hand.today, rng=hand.rng), strict=True))
        asks = {"weeks": ("value", "weeks")} if with_weeks else {}
        surface = {field: surfaces.day(on=days[field], rng=hand.rng)}
        wish = hand.wish(of=of, asks=asks | {field: ("value", field)}, surface=surface)
        if with_weeks and "weeks_adjective" in {value.role for value in wish.said.values}:
            wish.asks["weeks"] = ("value", "weeks_adjective")
        return wish

    return say


def weeks(hand: Hand) -> Wish:
    wish = hand.wish(of=period.WEEKS, asks={})
    wish.asks["weeks"] = ("value", wish.said.values[0].role)
    return wish


def target(hand: Hand) -> Wish:
    metric = hand.rng.choice(sorted(returns.GOALS))
    goal = choose(template=hand.rng.choice(returns.GOALS[metric]), rng=hand.rng)
    goal = choose(template=goal, rng=hand.rng)
    said = tuple(template.replace("{goal}", goal) for template in templates(of=returns.TARGET, held_out=hand.held_out))
    role = {"roas": "goal_rate", "units": "goal_number"}.get(metric, "goal_money")
    free = Hand(
        rng=hand.rng,
        catalogue=hand.catalogue,
        today=hand.today,
        held_out=False,
        currency=hand.currency,
        is_rough=hand.is_rough,
    )
    wish = free.wish(of=said or returns.TARGET, asks={"target": {"metric": metric, "value": ("value", role)}})
    return Wish(
        said=wish.said, asks=wish.asks, template=next(iter(templates(of=returns.TARGET, held_out=hand.held_out)))
    )


def doubt(hand: Hand) -> Wish:
    topic = hand.rng.choice(sorted(DOUBTS))
    surface = {}
    if topic == "objective":
        first, second = hand.rng.sample(sorted(spend.AIMS), 2)
        surface = {"aim": hand.rng.choice(spend.AIMS[first]), "aim2": hand.rng.choice(spend.AIMS[second])}
    return hand.wish(of=DOUBTS[topic], asks={"ask": [topic]}, surface=surface)


# (how often, fields that may not be said twice, how it is said)
WISHES: tuple[tuple[float, str, Said], ...] = (
    (3.0, "roas_floor", simple("roas_floor", returns.ROAS, "rate")),
    (1.2, "cpa_ceiling", cpa),
    (2.4, "reserve", simple("reserve", returns.RESERVE, "size")),
    (2.4, "cap_each", limit_each("caps", limits.CAP_EACH)),
    (1.0, "floor_each", limit_each("floors", limits.FLOOR_EACH)),
    (2.6, "cap_node", limit_node("caps", limits.CAP_NODE, "size")),
    (2.4, "floor_node", limit_node("floors", limits.FLOOR_NODE, "size")),
    (0.9, "cap_node", two_limits("caps", pairs.CAP_TWO)),
    (0.7, "floor_node", two_limits("floors", pairs.FLOOR_TWO)),
    (0.8, "range", range_node),
    (0.6, "range", cap_and_floor),
    (1.3, "fixed", limit_node("fixed", limits.FIXED, "amount")),
    (1.3, "excluded", exclude),
    (0.4, "excluded", exclude_two),
    (1.3, "change_limit", simple("change_limit", returns.CHANGE, "share")),
    (1.2, "oos_threshold", simple("oos_threshold", returns.OOS, "share")),
    (1.8, "period", weeks),
    (1.2, "period", start_end),
    (0.7, "period", one_day("start", period.START_WEEKS, with_weeks=True)),
    (1.3, "period", simple("period", period.PERIOD, "period")),
    (0.5, "period", one_day("end", period.END)),
    (0.5, "period", one_day("start", period.START)),
    (1.5, "brand", brand),
    (1.8, "objective", objective),
    (0.7, "target", target),
    (0.6, "split", split),
    (1.8, "doubt", doubt),
)
