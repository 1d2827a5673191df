"""Daily reallocation over facts: schedule, wake-up, proposal, approval."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils.module_loading import import_string

from campaigns.bandits.decisions import BanditRefused
from campaigns.models import ReallocationSchedule
from campaigns.services.daily_reallocations import NewSchedule, reallocate, set_schedule, wake_reallocation
from campaigns.services.reallocations import approve_reallocation
from campaigns.tests.market import stock_market
from harmonization.models import DailyFact
from tenants.models import AuditEvent, Operation, WakeUp

NOW = datetime(2026, 5, 11, 9, tzinfo=ZoneInfo("UTC"))
ON = NewSchedule(is_on=True, cap=Decimal("0.5"))


def test_schedule_sets_the_next_morning_and_off_lets_it_sleep(market, analyst):
    set_schedule(new=ON, by=analyst, now=NOW)
    wake = WakeUp.objects.get(kind="reallocate")
    set_schedule(new=NewSchedule(is_on=False), by=analyst, now=NOW)

    assert wake.due_at > NOW
    assert wake.due_at - NOW <= timedelta(days=1)
    assert not WakeUp.objects.filter(kind="reallocate").exists()
    assert AuditEvent.objects.filter(kind="reallocation.scheduled").count() == 2


def test_waker_proposes_once_a_day_until_it_is_off(acme, market, analyst, run_operations):
    set_schedule(new=ON, by=analyst, now=NOW)
    waker = import_string(settings.WAKE_UP_KINDS["reallocate"])

    following = [
        waker(acme.pk, NOW),
        waker(acme.pk, NOW + timedelta(minutes=5)),
        waker(acme.pk, NOW + timedelta(days=1)),
    ]
    ReallocationSchedule.objects.update(is_on=False)
    asleep = wake_reallocation(acme.pk, NOW)

    assert Operation.objects.filter(kind="propose_reallocation").count() == 2
    assert all(one > NOW for one in following)
    assert asleep is None
    assert run_operations() == ["done", "done"]


def test_proposal_keeps_guardrails_and_has_its_replay(market):
    found = reallocate(schedule=ON, seed=1)

    shares = {one["key"]: one["shares"] for one in found["arms"]}
    assert sum(shares.values()) == pytest.approx(1)
    assert max(shares.values()) <= 0.5 + 1e-9
    for one in found["arms"]:
        assert abs(one["shares"] - one["current"]) <= 0.2 * max(one["current"], 0.25) + 1e-9
    assert len(found["replay"]["days"]) == 35
    assert found["replay"]["days"][-1] == found["facts_until"]
    # The search cells bring most for the next money, by the curves of this market.
    gained = {one["key"] for one in found["arms"] if one["shares"] > one["current"]}
    assert gained <= {
        "onsite/amazon/search/Lumen",
        "onsite/walmart/search/Lumen",
        "onsite/walmart/product_detail/Lumen",
    }


def test_same_seed_gives_the_same_proposal(market):
    assert reallocate(schedule=ON, seed=3) == reallocate(schedule=ON, seed=3)


def test_manager_approves_and_the_audit_log_keeps_the_shares(acme, market, analyst, manager, run_operations):
    set_schedule(new=ON, by=analyst, now=NOW)
    wake_reallocation(acme.pk, NOW)
    run_operations()

    approve_reallocation(operation=Operation.objects.get(kind="propose_reallocation"), by=manager)

    event = AuditEvent.objects.get(kind="reallocation.approved")
    assert sum(event.after["shares"].values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"floor": Decimal("0.7")}, "floor"),
        ({"cap": Decimal("1.5")}, "floor"),
        ({"change": Decimal("0")}, "change"),
        ({"daily_budget": Decimal("-1")}, "daily_budget"),
        ({"floor": Decimal("NaN")}, "floor"),
    ],
)
def test_wrong_schedule_is_refused_and_not_kept(market, analyst, change, where):
    with pytest.raises(BanditRefused) as refused:
        set_schedule(new=NewSchedule(is_on=True, **change), by=analyst, now=NOW)

    assert refused.value.where == where
    assert not ReallocationSchedule.objects.exists()


def test_without_facts_with_two_currencies_or_impossible_floors_nothing_is_proposed(acme):
    with pytest.raises(BanditRefused, match="no spend"):
        reallocate(schedule=ON, seed=1)
    stock_market()
    with pytest.raises(BanditRefused, match="No shares fit"):
        reallocate(schedule=NewSchedule(is_on=True, floor=Decimal("0.4")), seed=1)
    DailyFact.objects.filter(retailer_id="walmart").update(currency="EUR")
    with pytest.raises(BanditRefused, match="Mixed currencies"):
        reallocate(schedule=ON, seed=1)


def test_command_prints_the_proposal_and_stores_nothing(market):
    out = StringIO()

    call_command("reallocate", "--tenant", "acme", "--cap", "0.5", "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert told["guardrails"]["cap"] == 0.5
    assert not Operation.objects.exists()


def test_command_refuses_with_what_is_wrong(acme):
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("reallocate", "--tenant", "acme", "--json", stdout=out)

    assert json.loads(out.getvalue())["error"]["where"] == "facts"
