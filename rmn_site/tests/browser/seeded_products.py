"""Products, demand, an audience, a policy and candidates for the pages about them, loaded as a user would."""

from datetime import timedelta
from io import BytesIO

from django.core.files import File

from harmonization.models import CrosswalkCandidate, DailyFact, Product
from harmonization.selectors.crosswalk import waiting_candidates
from harmonization.selectors.imports import latest_import_with
from harmonization.selectors.mapping_versions import find_mapping
from harmonization.services.crosswalk import request_crosswalk
from harmonization.services.crosswalk_decisions import reject_candidate
from harmonization.services.mapping_drafts import start_draft
from harmonization.services.mapping_versions import save_version
from harmonization.services.uploads import receive_upload
from tenants.models import User
from tenants.services.operation_runs import run_operation

HEAD = 'kind: {kind}\nname: own-{kind}\ntitle: Our {kind}\nversion: "1"\nretailer: {{id_from: retailer}}\n'
MAPPINGS = {
    "products": "currency: {code: USD}\nfields:\n  sku: {from: sku, required: true}\n  name: {from: name}\n"
    "  brand: {from: brand}\n  price: {from: price}\n  item_id: {from: item}\n",
    "demand": "currency: {code: USD}\nfields:\n  sku_id: {from: item, required: true}\n"
    "  event_date: {from: day, required: true}\n  units: {from: units}\n  revenue: {from: revenue}\n",
    "placements": "fields:\n  sku_id: {from: item, required: true}\n  store_id: {from: store, required: true}\n"
    "  week_start: {from: week, required: true}\n  display_location: {from: display}\n",
    "audiences": "fields:\n  audience_id: {from: id, required: true}\n  name: {from: name}\n  people: {from: people}\n",
    "policies": "fields:\n  term_kind: {from: kind, required: true}\n  text: {from: text, required: true}\n"
    "  document_title: {from: document}\n  severity: {from: severity}\n",
}


def seed_products(*, by: User) -> dict[str, str]:
    """A catalogue of the facts' own items: some join by their id, the others only by name."""
    columns = ("retailer_id", "sku_id", "product_name", "brand", "event_date")
    items = list(DailyFact.objects.exclude(sku_id="").order_by("retailer_id", "sku_id").values_list(*columns))
    known = {(retailer, item): (name, brand, day) for retailer, item, name, brand, day in items}
    products = ["retailer,sku,name,brand,price,item"]
    for number, ((retailer, item), (name, brand, _)) in enumerate(known.items()):
        products.append(f'{retailer},OWN-{number},"{name}",{brand},8.99,{item if number % 2 else ""}')
    (retailer, item), (_, _, day) = list(known.items())[1]
    sold = [f"{retailer},{item},{day - timedelta(days=back)},{20 + back % 7},{180 + back}" for back in range(84)]
    week = day - timedelta(days=day.weekday())
    _load("products", products, by=by)
    _load("demand", ["retailer,item,day,units,revenue", *sold], by=by)
    _load("placements", ["retailer,item,store,week,display", f"{retailer},{item},12,{week},end cap"], by=by)
    _load("audiences", ["retailer,id,name,people", f"{retailer},17,Home bakers,120000"], by=by)
    term = f"{retailer},disallowed_term,miracle,Creative guidelines,block"
    _load("policies", ["retailer,kind,text,document,severity", term], by=by)
    run_operation(operation_id=str(request_crosswalk(by=by).pk))
    if (last := waiting_candidates().order_by("pk").last()) is not None:
        reject_candidate(candidate_id=last.pk, by=by)
    sure = {"name_likeness": 0.93, "same_brand": True, "same_size": True, "lead": 0.21}
    CrosswalkCandidate.objects.pending().filter(rank=1).update(confidence=0.97, evidence=sure)
    product = Product.objects.get(codes__code=item.lower(), codes__retailer_id=retailer)
    unsold = Product.objects.exclude(pk=product.pk).order_by("pk")[0]
    catalogue = find_mapping(name="own-products")
    assert catalogue is not None
    draft = start_draft(known=catalogue, run=latest_import_with(mapping_name="own-products"), by=by)
    return {"product": str(product.pk), "product_unsold": str(unsold.pk), "draft_of_products": str(draft.pk)}


def _load(kind: str, lines: list[str], *, by: User) -> None:
    text = HEAD.format(kind=kind) + MAPPINGS[kind]
    save_version(name=f"own-{kind}", text=text, note="", parent_number=None, by=by)
    content = File(BytesIO(("\n".join(lines) + "\n").encode()), name=f"{kind}.csv")
    _, operation = receive_upload(file=content, file_name=f"{kind}.csv", mapping_name=f"own-{kind}", by=by)
    assert operation is not None
    assert run_operation(operation_id=str(operation.pk)) == "done"
