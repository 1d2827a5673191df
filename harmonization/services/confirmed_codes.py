"""Codes that people confirmed elsewhere: taken in from a CSV file, and taken back one by one."""

import csv
import io
from dataclasses import dataclass

from django.db import transaction

from harmonization.models import CrosswalkCandidate, Product, ProductCode
from harmonization.services.copying import queue_up
from harmonization.services.crosswalk_decisions import DecisionRefused, keep_code, undo_decision
from harmonization.services.products import LOCK_NAMESPACE
from tenants.models import User
from tenants.services.audit import record_event

MOST_CODES = 20_000
COLUMNS = ("retailer_id", "item_id", "sku")


@dataclass(frozen=True, kw_only=True)
class ConfirmedCode:
    """A line of a file of confirmed codes."""

    line: int
    retailer_id: str
    item_id: str
    sku: str


@transaction.atomic
def import_confirmed_codes(*, text: str, file_name: str, by: User | None) -> int:
    """Take in a CSV of retailer_id, item_id, sku that people confirmed elsewhere: all of it or nothing.

    Raises DecisionRefused naming the first lines that are wrong.
    """
    queue_up(namespace=LOCK_NAMESPACE)
    codes = _read_codes(text=text, file_name=file_name)
    products = {one.sku: one for one in Product.objects.filter(sku__in={code.sku for code in codes})}
    unknown = [code for code in codes if code.sku not in products]
    if unknown:
        said = ", ".join(f"line {code.line}: {code.sku}" for code in unknown[:5])
        raise DecisionRefused(
            title="Products are unknown",
            detail=f"{len(unknown)} lines name a SKU that is no product here: {said}.",
            where=file_name,
            fix="Load the products first, or correct the SKUs.",
        )
    for code in codes:
        product = products[code.sku]
        keep_code(
            product=product,
            retailer_id=code.retailer_id,
            item_id=code.item_id,
            source=f"file {file_name}"[:120],
            by=by,
        )
        after = {"retailer_id": code.retailer_id, "item_id": code.item_id, "sku": code.sku, "file": file_name}
        record_event(kind="crosswalk.code_confirmed", about=product, by=by, after=after)
    return len(codes)


@transaction.atomic
def withdraw_code(*, code_id: int, by: User | None) -> Product:
    """Take back a code that a person confirmed; one that a file gives too stays, unconfirmed."""
    queue_up(namespace=LOCK_NAMESPACE)
    code = ProductCode.objects.select_related("product").filter(pk=code_id).exclude(confirmed_at=None).first()
    if code is None:
        raise DecisionRefused(
            title="There is no such confirmed code", detail="It may have been withdrawn.", where=str(code_id)
        )
    pairing = CrosswalkCandidate.objects.filter(
        product=code.product,
        retailer_id=code.retailer_id,
        item_id__iexact=code.code,
        state=CrosswalkCandidate.State.CONFIRMED,
    ).first()
    if pairing is not None:
        return undo_decision(candidate_id=pairing.pk, by=by).product
    before = {"retailer_id": code.retailer_id, "code": code.code, "sku": code.product.sku}
    record_event(kind="crosswalk.code_withdrawn", about=code.product, by=by, before=before)
    if code.import_run_id is None:
        code.delete()
    else:
        ProductCode.objects.filter(pk=code.pk).update(confirmed_by=None, confirmed_at=None)
    return code.product


def _read_codes(*, text: str, file_name: str) -> list[ConfirmedCode]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise DecisionRefused(
            title="Columns are missing",
            detail=f"The file needs the columns retailer_id, item_id and sku; it lacks {', '.join(missing)}.",
            where=f"{file_name}, line 1",
            fix="Export the codes from the crosswalk page to see the layout.",
        )
    codes: list[ConfirmedCode] = []
    seen: dict[tuple[str, str], ConfirmedCode] = {}
    for row in reader:
        retailer_id, item_id, sku = (
            (row[name] or "").strip().lstrip("'") for name in ("retailer_id", "item_id", "sku")
        )
        code = ConfirmedCode(line=reader.line_num, retailer_id=retailer_id, item_id=item_id, sku=sku)
        _check_code(code, seen=seen, file_name=file_name)
        codes.append(code)
    if not codes or len(codes) > MOST_CODES:
        raise DecisionRefused(
            title="The file has no code" if not codes else "The file has too many codes",
            detail=f"It has {len(codes):,} lines; from 1 to {MOST_CODES:,} are taken in at once.",
            where=file_name,
        )
    return codes


def _check_code(code: ConfirmedCode, *, seen: dict[tuple[str, str], ConfirmedCode], file_name: str) -> None:
    where = f"{file_name}, line {code.line}"
    if not (code.retailer_id and code.item_id and code.sku):
        raise DecisionRefused(
            title="A line is incomplete", detail="retailer_id, item_id and sku must all be filled.", where=where
        )
    earlier = seen.setdefault((code.retailer_id, code.item_id.casefold()), code)
    if earlier.sku != code.sku:
        raise DecisionRefused(
            title="An item stands for two products",
            detail=f"{code.item_id} is {earlier.sku} in line {earlier.line} and {code.sku} in line {code.line}.",
            where=where,
            fix="Keep the right line.",
        )
