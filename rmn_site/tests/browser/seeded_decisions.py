"""An uplift study and a reallocation as people leave them, made through the product's services."""

from django.core.files.base import ContentFile
from django.utils import timezone

from campaigns.services.bandit_files import ReplayWish
from campaigns.services.daily_reallocations import NewSchedule, request_daily, set_schedule
from campaigns.services.reallocations import request_reallocation
from campaigns.services.uplift import request_uplift
from campaigns.services.uplift_files import TrialColumns, UpliftWish
from campaigns.tests.bandits.logs import known_log, log_csv
from campaigns.tests.uplift.trials import trial_csv
from campaigns.uplift.targeting import Offer
from tenants.models import User
from tenants.services.operation_runs import run_operation


def seed_decisions(*, by: User) -> dict[str, str]:
    """Ids by the names that addresses of pages use."""
    return {"uplift_study": _uplift(by=by), "reallocation": _reallocation(by=by), "reallocation_daily": _daily(by=by)}


def _uplift(*, by: User) -> str:
    wish = UpliftWish(
        columns=TrialColumns(treatment="treated", outcome="bought"),
        offer=Offer(budget=900.0, cost=1.0, value=40.0, currency="USD"),
    )
    file = ContentFile(trial_csv(count=3_000, spread=0.1).encode(), name="coupons.csv")
    operation = request_uplift(file=file, wish=wish, name="Spring coupons", by=by)
    assert run_operation(operation_id=str(operation.pk)) == "done"
    return str(operation.pk)


def _daily(*, by: User) -> str:
    now = timezone.now()
    set_schedule(new=NewSchedule(is_on=True, retailers=("amazon", "walmart")), by=by, now=now)
    operation = request_daily(by=by, now=now)
    assert run_operation(operation_id=str(operation.pk)) == "done"
    return str(operation.pk)


def _reallocation(*, by: User) -> str:
    file = ContentFile(log_csv(known_log(count=1_500)).encode(), name="tuesday.csv")
    operation = request_reallocation(file=file, wish=ReplayWish(), name="Tuesday", by=by)
    assert run_operation(operation_id=str(operation.pk)) == "done"
    return str(operation.pk)
