"""Joins, candidates and the decisions of people."""

import polars as pl
import pytest

from harmonization.models import CrosswalkCandidate, DailyFact, Product, ProductCode
from harmonization.selectors.crosswalk import facts_without_item, join_rate, suggested, waiting_candidates
from harmonization.services.confirmed_codes import import_confirmed_codes, withdraw_code
from harmonization.services.crosswalk import request_crosswalk
from harmonization.services.crosswalk_decisions import (
    DecisionRefused,
    confirm_above,
    confirm_candidate,
    reject_candidate,
    undo_decision,
)
from harmonization.services.uploads import tenant_folder
from harmonization.tests.facts import make_fact, make_import
from tenants.models import AuditEvent


@pytest.fixture
def catalogue(acme) -> dict[str, Product]:
    rows = [
        ("OAT-12", "Oat bar honey almond", "Northfield", "12 x 40 g"),
        ("OAT-1", "Oat bar honey almond", "Northfield", "40 g"),
        ("WATER", "Sparkling water lime", "Tidewater", "8 x 330 ml"),
    ]
    for number in range(20):
        rows.append((f"F-{number}", f"Filler thing number {number}", "Other", ""))
    products = [Product(sku=sku, name=name, brand=brand, size=size) for sku, name, brand, size in rows]
    return {one.sku: one for one in Product.objects.bulk_create(products)}


@pytest.fixture
def look(catalogue, owner, run_operations, settings, tmp_path):
    """``look()`` joins and proposes as the worker does."""
    settings.DATA_DIR = tmp_path

    def perform() -> dict:
        operation = request_crosswalk(by=owner)
        assert run_operations() == ["done"]
        operation.refresh_from_db()
        return operation.result

    return perform


def _fact(sku_id: str, name: str = "", cost: int = 10, **changes) -> DailyFact:
    return make_fact(sku_id=sku_id, product_name=name, cost=cost, campaign_id=sku_id or "none", **changes)


def _event_rows(**identifiers: str) -> None:
    folder = tenant_folder() / "rmis" / "events" / "retailer=alpha" / "month=2026-06"
    folder.mkdir(parents=True, exist_ok=True)
    pl.DataFrame([{"retailer_id": "alpha", "sku_id": "X1", **identifiers}]).write_parquet(folder / "one.parquet")


def _second(candidate: CrosswalkCandidate) -> CrosswalkCandidate:
    return CrosswalkCandidate.objects.create(
        retailer_id=candidate.retailer_id,
        item_id=candidate.item_id,
        product=Product.objects.get(sku="WATER"),
        confidence=0.96,
        rank=2,
    )


def _candidate(look) -> CrosswalkCandidate:
    _fact("X9", "NORTHFIELD OAT BAR HONEY ALMOND 12 x 40g")
    look()
    return waiting_candidates().get(product__sku="OAT-12")


def test_a_retailers_id_joins_its_facts(catalogue, look):
    ProductCode.objects.create(product=catalogue["WATER"], kind="item_id", retailer_id="alpha", code="x1", source="t")
    _fact("X1", cost=75)
    _fact("X2", cost=25)

    look()

    (rate,) = join_rate()
    assert (rate.by_items, rate.by_rows, rate.by_spend) == (0.5, 0.5, 0.75)


def test_the_tenants_own_sku_as_seller_sku_of_event_rows_joins(look):
    _fact("X1")
    _event_rows(seller_sku="water")

    assert look()["joined_by_other_codes"] == 1
    assert join_rate()[0].by_items == 1


def test_an_item_id_that_happens_to_be_a_sku_joins_nothing(look):
    _fact("water")

    assert look()["joined"] == 0


def test_a_gtin_of_event_rows_joins_the_item(catalogue, look):
    ProductCode.objects.create(product=catalogue["WATER"], kind="gtin", code="00036000291452", source="t")
    _fact("X1")
    _event_rows(gtin="00036000291452")

    look()

    code = ProductCode.objects.get(kind="item_id")
    assert (code.product.sku, code.code, code.spelling, code.source) == ("WATER", "x1", "X1", "joined by gtin")


def test_looking_again_changes_nothing(catalogue, look):
    _fact("water")
    _fact("X9", "Northfield oat bar honey almond 12 x 40 g")

    first = look()
    pairs = set(CrosswalkCandidate.objects.values_list("item_id", "product_id", "confidence"))

    assert look() == first
    assert set(CrosswalkCandidate.objects.values_list("item_id", "product_id", "confidence")) == pairs


def test_codes_of_two_products_are_a_conflict_and_join_nothing(catalogue, look):
    for sku in ("WATER", "OAT-1"):
        ProductCode.objects.create(product=catalogue[sku], kind="item_id", retailer_id="alpha", code="x1", source="t")
    _fact("X1")

    result = look()

    assert result["conflicts"] == 1
    assert join_rate()[0].by_items == 0
    assert set(waiting_candidates().values_list("product__sku", "is_conflict")) == {("WATER", True), ("OAT-1", True)}
    assert not suggested(least=0).exists()


def test_names_only_propose(look):
    candidate = _candidate(look)

    assert join_rate()[0].by_items == 0
    assert candidate.rank == 1
    assert candidate.spend == 10
    assert candidate.evidence["same_size"] is True


def test_a_confirmation_joins_is_audited_and_leaves_the_queue(look, owner):
    candidate = _candidate(look)

    confirm_candidate(candidate_id=candidate.pk, by=owner)

    assert join_rate()[0].by_items == 1
    assert not waiting_candidates().filter(item_id="X9").exists()
    event = AuditEvent.objects.get(kind="crosswalk.confirmed")
    assert (event.actor_label, event.after["sku"], event.before) == (
        "owner@example.com",
        "OAT-12",
        {"state": "pending"},
    )


def test_a_confirmation_can_be_undone(look, owner):
    candidate = _candidate(look)
    confirm_candidate(candidate_id=candidate.pk, by=owner)

    undo_decision(candidate_id=candidate.pk, by=owner)

    assert join_rate()[0].by_items == 0
    assert waiting_candidates().filter(pk=candidate.pk).exists()
    assert AuditEvent.objects.filter(kind="crosswalk.undone").count() == 1
    with pytest.raises(DecisionRefused, match="Nobody has decided"):
        undo_decision(candidate_id=candidate.pk, by=owner)


def test_a_rejected_pairing_is_not_proposed_again(look, owner):
    candidate = _candidate(look)

    reject_candidate(candidate_id=candidate.pk, by=owner)
    look()

    assert not waiting_candidates().filter(product__sku="OAT-12").exists()


def test_an_item_is_one_product_only(look, owner):
    first = _candidate(look)
    second = _second(first)
    confirm_candidate(candidate_id=first.pk, by=owner)

    with pytest.raises(DecisionRefused, match="was confirmed as"):
        confirm_candidate(candidate_id=second.pk, by=owner)


def test_bulk_confirmation_takes_only_what_was_previewed_and_is_sure(look, owner):
    candidate = _candidate(look)
    other = _second(candidate)
    CrosswalkCandidate.objects.filter(pk=candidate.pk).update(confidence=0.97)

    count = confirm_above(least=0.95, candidate_ids=[candidate.pk, other.pk], by=owner)

    assert count == 1
    assert AuditEvent.objects.filter(kind="crosswalk.confirmed").count() == 1


def test_bulk_confirmation_refuses_a_low_threshold(acme, owner):
    with pytest.raises(DecisionRefused, match="from 80% on"):
        confirm_above(least=0.5, candidate_ids=[], by=owner)


def test_confirmed_codes_come_from_a_file_and_can_be_withdrawn(catalogue, owner):
    _fact("X9")

    count = import_confirmed_codes(text="retailer_id,item_id,sku\nalpha,X9,WATER\n", file_name="codes.csv", by=owner)

    code = ProductCode.objects.get()
    assert (count, code.confirmed_by_id, code.source) == (1, owner.pk, "file codes.csv")
    assert (code.code, code.spelling, str(code)) == ("x9", "X9", "Retailer's item id X9")
    assert join_rate()[0].by_items == 1
    withdraw_code(code_id=code.pk, by=owner)
    assert join_rate()[0].by_items == 0
    assert AuditEvent.objects.filter(kind__in=["crosswalk.code_confirmed", "crosswalk.code_withdrawn"]).count() == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("item_id,sku\nX,WATER\n", "lacks retailer_id"),
        ("retailer_id,item_id,sku\nalpha,X9,NOPE\n", "line 2: NOPE"),
        ("retailer_id,item_id,sku\nalpha,,WATER\n", "must all be filled"),
        ("retailer_id,item_id,sku\nalpha,X9,WATER\nalpha,x9,OAT-1\n", "is WATER in line 2 and OAT-1 in line 3"),
        ("retailer_id,item_id,sku\n", "from 1 to"),
    ],
)
def test_a_wrong_file_of_codes_is_refused_whole(catalogue, owner, text, words):
    with pytest.raises(DecisionRefused, match=words):
        import_confirmed_codes(text=text, file_name="codes.csv", by=owner)

    assert not ProductCode.objects.exists()


def test_facts_without_an_item_are_told_apart(acme):
    _fact("", cost=40)

    (line,) = facts_without_item()
    assert (line.currency, line.rows, line.spend) == ("USD", 1, 40)
    assert join_rate() == ()


def test_a_person_outvotes_codes_that_disagree(catalogue, look, owner):
    for sku in ("WATER", "OAT-1"):
        ProductCode.objects.create(
            product=catalogue[sku], kind="item_id", retailer_id="alpha", code="x1", source="t", import_run=make_import()
        )
    _fact("X1")
    look()

    confirm_candidate(candidate_id=waiting_candidates().get(product__sku="WATER").pk, by=owner)

    assert join_rate()[0].by_items == 1
