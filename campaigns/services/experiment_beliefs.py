"""Let a readout update what plans assume about its retailer, and take that back."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from campaigns.measurement.beliefs import Belief, combine, measured, result_weight
from campaigns.measurement.panel import MeasurementRefused
from campaigns.models import Experiment, IncrementalityAssumption
from campaigns.services.assumptions import NewAssumption, assumption_for, set_assumption
from campaigns.services.experiments import ExperimentRefused, lock_experiment
from harmonization.models import DailyFact
from tenants.models import User
from tenants.services.audit import record_event

FALLBACK_DAYS = 91
PLACES = Decimal("0.001")


@dataclass(frozen=True, kw_only=True)
class BeliefUpdate:
    """What the assumption is, what the test says, and what they say together.

    Attributes:
        attributed_roas: what the retailer reported per unit of cost, from its facts of ``window``.
        weight: share of the new mean that comes from the test.
    """

    retailer_id: str
    prior: Belief
    result: Belief
    after: Belief
    attributed_roas: float
    window: str
    weight: float


def belief_update(*, experiment: Experiment) -> BeliefUpdate:
    """The update that applying would make; changes nothing.

    The share of attributed revenue that ads caused is measured iROAS ÷ the ROAS the retailer reports.

    Raises ExperimentRefused where the readout cannot say that share.
    """
    readout = experiment.readout
    if experiment.state != Experiment.State.READ or not readout:
        raise ExperimentRefused("There is no readout", "Read the experiment first.", where="state")
    if len(experiment.retailers) != 1:
        raise ExperimentRefused(
            "The test is not about one retailer",
            f"It names {len(experiment.retailers)} retailers; its result is not the share of any one of them.",
            where="retailers",
        )
    if experiment.outcome_unit != Experiment.OutcomeUnit.REVENUE or readout["iroas"] is None:
        raise ExperimentRefused(
            "There is no return on spend",
            "The share is measured iROAS over reported ROAS: the outcome must be revenue, and the results need a cost.",
            where="iroas",
            fix="Register the next test with revenue as outcome and read it with a cost column.",
        )
    reported, window = _attributed_roas(experiment)
    try:
        return _weighed(experiment, readout, reported=reported, window=window)
    except MeasurementRefused as refusal:
        raise ExperimentRefused(refusal.title, refusal.detail, where=refusal.where) from refusal


@transaction.atomic
def apply_readout(*, experiment: Experiment, by: User | None) -> Experiment:
    """Make plans from now on use prior and result together; the assumption names the experiment as its source.

    Raises ExperimentRefused as ``belief_update``, or where it was applied already.
    """
    locked = lock_experiment(experiment=experiment)
    if locked.applied:
        raise ExperimentRefused("It is applied already", "Undo it first to apply it again.", where="applied")
    update = belief_update(experiment=locked)
    before = _as_json(assumption_for(retailer_id=update.retailer_id))
    source = f"experiment “{locked.name[:90]}” ({locked.registration_digest[:12]}), combined with: {before['source']}"
    after = {name: _places(getattr(update.after, name)) for name in ("mean", "low", "high")}
    stored = set_assumption(new=NewAssumption(retailer_id=update.retailer_id, source=source, **after), by=by)
    locked.applied = asdict(update) | {"before": before, "stored": _as_json(stored)}
    locked.save()
    record_event(kind="experiment.applied", about=locked, by=by, before=before, after=_as_json(stored))
    return locked


@transaction.atomic
def undo_apply(*, experiment: Experiment, by: User | None) -> Experiment:
    """Put the assumption back as it was before.

    Raises ExperimentRefused where nothing was applied, or somebody changed the assumption since.
    """
    locked = lock_experiment(experiment=experiment)
    if not locked.applied:
        raise ExperimentRefused("Nothing was applied", "This readout has not changed an assumption.", where="applied")
    now = assumption_for(retailer_id=locked.applied["retailer_id"])
    before, stored = locked.applied["before"], locked.applied["stored"]
    if _as_json(now) != stored:
        raise ExperimentRefused(
            "The assumption has changed since",
            "Somebody set it after this readout did; putting the old figures back would lose their change.",
            where="assumption",
            fix="Edit the assumption itself.",
        )
    figures = {name: Decimal(before[name]) for name in ("mean", "low", "high")}
    set_assumption(new=NewAssumption(retailer_id=now.retailer_id, source=before["source"], **figures), by=by)
    locked.applied = None
    locked.save()
    record_event(kind="experiment.apply_undone", about=locked, by=by, before=stored, after=before)
    return locked


def _weighed(experiment: Experiment, readout: dict[str, object], *, reported: float, window: str) -> BeliefUpdate:
    (retailer_id,) = experiment.retailers
    stored = assumption_for(retailer_id=retailer_id)
    prior = Belief(mean=float(stored.mean), low=float(stored.low), high=float(stored.high))
    interval = readout["iroas_interval"]
    low, high = interval if isinstance(interval, list) else (None, None)
    if low is None or high is None:
        raise MeasurementRefused("The interval has no end", "An unbounded result cannot be weighed.", "iroas_interval")
    value, confidence = float(str(readout["iroas"])), float(str(readout["confidence"]))
    result = measured(value=value / reported, interval=(low / reported, high / reported), confidence=confidence)
    return BeliefUpdate(
        retailer_id=retailer_id,
        prior=prior,
        result=result,
        after=combine(prior=prior, result=result),
        attributed_roas=reported,
        window=window,
        weight=result_weight(prior=prior, result=result),
    )


def _attributed_roas(experiment: Experiment) -> tuple[float, str]:
    """Revenue over cost as the retailer reports it in the test, or before it where the test's days have no facts."""
    if experiment.start_on is None or experiment.end_on is None:
        raise ExperimentRefused("There is no period", "A test that was read has a start and an end.", where="start_on")
    earlier = experiment.start_on - timedelta(days=FALLBACK_DAYS), experiment.start_on - timedelta(days=1)
    for first, last in ((experiment.start_on, experiment.end_on), earlier):
        facts = DailyFact.objects.current().filter(
            retailer_id=experiment.retailers[0], event_date__range=(first, last), currency=experiment.currency
        )
        if experiment.brand:
            facts = facts.filter(brand__iexact=experiment.brand)
        sums = facts.aggregate(revenue=Sum("revenue"), cost=Sum("cost"))
        if sums["cost"] and sums["revenue"]:
            return float(sums["revenue"] / sums["cost"]), f"{first} to {last}"
    raise ExperimentRefused(
        "The retailer's own figures are missing",
        f"No imported spend of {experiment.retailers[0]} in {experiment.currency or 'the same currency'} lies in the "
        "test or the 91 days before it, so reported ROAS is unknown.",
        where="data",
        fix="Import the retailer's export of the test's days.",
    )


def _as_json(assumption: IncrementalityAssumption) -> dict[str, str]:
    figures = {name: str(_places(getattr(assumption, name))) for name in ("mean", "low", "high")}
    return figures | {"source": assumption.source}


def _places(value: float | Decimal) -> Decimal:
    return Decimal(str(value)).quantize(PLACES)
