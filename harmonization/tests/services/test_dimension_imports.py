"""Files of dimensions and histories, uploaded to a workspace."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from harmonization.mapping.library import FOLDER
from harmonization.models import (
    Audience,
    DemandDay,
    ImportRun,
    InStorePlacement,
    PolicyDocument,
    PolicyTerm,
    Product,
    ProductCode,
)
from harmonization.services.mapping_versions import save_version
from harmonization.services.uploads import receive_upload
from tenants.models import AuditEvent

PRODUCTS = """\
kind: products
name: catalogue
title: Catalogue
version: "1"
retailer: {id: alpha}
currency: {code: USD}
fields:
  sku: {from: sku, required: true}
  name: {from: name}
  gtin: {from: upc}
  item_id: {from: item}
  price: {from: price}
"""
PRICES = """\
kind: products
name: prices
title: Prices
version: "1"
currency: {code: EUR}
fields:
  sku: {from: sku, required: true}
  price: {from: price}
"""
DEMAND = """\
kind: demand
name: sales
title: Sales
version: "1"
retailer: {id: alpha}
currency: {code: USD}
fields:
  sku_id: {from: item, required: true}
  event_date: {from: day, required: true}
  units: {from: units}
  revenue: {from: revenue}
"""
PLACEMENTS = """\
kind: placements
name: displays
title: Displays
version: "1"
retailer: {id: alpha}
fields:
  sku_id: {from: item, required: true}
  store_id: {from: store, required: true}
  week_start: {from: week, required: true}
  display_location: {from: display}
"""
AUDIENCES = """\
kind: audiences
name: segments
title: Segments
version: "1"
retailer: {id: alpha}
fields:
  audience_id: {from: id, required: true}
  name: {from: name}
  people: {from: people}
"""
POLICIES = """\
kind: policies
name: rules
title: Rules
version: "1"
retailer: {id: alpha}
fields:
  document_id: {from: doc}
  term_kind: {from: kind, required: true, values: {banned: disallowed_term}}
  text: {from: words, required: true}
"""
CATALOGUE = "sku,name,upc,item,price\nA,Oat bar,36000291452,X1,8.99\nB,Nut bar,,X2,\n"


@pytest.fixture
def load(acme, owner, run_operations):
    """``load(mapping, text)`` saves the mapping and takes the text in as a CSV file."""

    def take_in(mapping: str, text: str) -> ImportRun:
        name = mapping.split("name: ")[1].splitlines()[0]
        from harmonization.selectors.mapping_versions import find_mapping

        if find_mapping(name=name) is None:
            save_version(name=name, text=mapping, note="", parent_number=None, by=owner)
        run, _ = receive_upload(file=ContentFile(text.encode()), file_name=f"{name}.csv", mapping_name=name, by=owner)
        run_operations()
        run.refresh_from_db()
        return run

    return take_in


def test_products_and_their_codes_are_written_and_audited(load):
    run = load(PRODUCTS, CATALOGUE)

    assert (run.state, run.kind, run.rows_kept, run.is_reconciled) == ("done", "products", 2, True)
    assert Product.objects.get(sku="A").price == Decimal("8.99")
    codes = set(ProductCode.objects.values_list("product__sku", "kind", "code", "retailer_id"))
    assert codes == {
        ("A", "item_id", "x1", "alpha"),
        ("B", "item_id", "x2", "alpha"),
        ("A", "gtin", "00036000291452", ""),
    }
    assert AuditEvent.objects.filter(kind="import.loaded").exists()


def test_codes_keep_the_spelling_of_their_file(load):
    load(PRODUCTS, "sku,name,upc,item,price\nA,Oat bar,0-36000-29145-2,X  One,8.99\n")

    codes = dict(ProductCode.objects.values_list("code", "spelling"))
    assert codes == {"x one": "X  One", "00036000291452": "0-36000-29145-2"}


def test_a_spelling_that_was_not_kept_comes_with_the_next_file(load, owner):
    load(PRODUCTS, CATALOGUE)
    ProductCode.objects.filter(code="x1").update(spelling="", confirmed_by=owner, confirmed_at=timezone.now())
    ProductCode.objects.filter(code="x2").update(spelling="", source="by hand", import_run=None)

    load(PRODUCTS, CATALOGUE.replace("8.99", "9.99").replace("X2", "x2"))

    assert dict(ProductCode.objects.filter(kind="item_id").values_list("code", "spelling")) == {"x1": "X1", "x2": "x2"}
    assert ProductCode.objects.get(code="x1").confirmed_by_id == owner.pk


def test_the_same_file_again_changes_nothing(load):
    first = load(PRODUCTS, CATALOGUE)

    again = load(PRODUCTS, CATALOGUE)

    assert again.pk == first.pk
    assert ImportRun.objects.count() == 1


def test_a_newer_file_replaces_what_it_maps_and_leaves_the_rest(load):
    load(PRODUCTS, CATALOGUE)

    run = load(PRICES, "sku,price\nA,7.49\nC,1.00\n")

    product = Product.objects.get(sku="A")
    assert (product.name, product.price, product.currency) == ("Oat bar", Decimal("7.49"), "EUR")
    assert Product.objects.count() == 3
    assert run.facts_restated == 1
    assert product.codes.count() == 2


def test_a_code_that_a_newer_catalogue_drops_is_gone(load):
    load(PRODUCTS, CATALOGUE)

    load(PRODUCTS, "sku,name,upc,item,price\nA,Oat bar,,X9,8.99\n")

    assert list(Product.objects.get(sku="A").codes.values_list("code", flat=True)) == ["x9"]


def test_a_restated_day_of_demand_replaces_the_old_one_and_keeps_it(load):
    load(DEMAND, "item,day,units,revenue\nX1,2024-05-01,2,10\nX1,2024-05-01,1,5\nX2,2024-05-01,1,1\n")

    run = load(DEMAND, "item,day,units,revenue\nX1,2024-05-01,4,20\n")

    current = {row.sku_id: row.units for row in DemandDay.objects.current()}
    assert current == {"X1": 4, "X2": 1}
    assert DemandDay.objects.count() == 3
    assert run.facts_restated == 1


def test_placements_count_stores_by_week_and_place(load):
    load(PLACEMENTS, "item,store,week,display\nX1,1,2024-05-06,end\nX1,2,2024-05-06,end\nX1,3,2024-05-06,\n")

    rows = set(InStorePlacement.objects.values_list("display_location", "stores"))
    assert rows == {("end", 2), ("", 1)}


def test_audiences_are_replaced_by_id(load):
    load(AUDIENCES, "id,name,people\n1,Bakers,1000\n")

    load(AUDIENCES, 'id,name,people\n1,Home bakers,"1,200"\n')

    audience = Audience.objects.get()
    assert (audience.name, audience.people) == ("Home bakers", 1200)


def test_a_policy_document_is_replaced_whole(load):
    load(POLICIES, "doc,kind,words\nspec-1,banned,miracle\nspec-1,required_disclaimer,While stocks last\n")

    load(POLICIES, "doc,kind,words\nspec-1,banned,cure\n")

    assert PolicyDocument.objects.count() == 1
    assert list(PolicyTerm.objects.values_list("kind", "text")) == [("disallowed_term", "cure")]


def test_a_file_whose_rows_are_all_bad_is_refused_and_says_why(load):
    run = load(DEMAND, "item,day,units,revenue\nX1,tomorrow,1,1\n")

    assert run.state == "refused"
    assert run.problem["title"] == "No row could be read"
    assert run.rejects_path


def test_pages_show_such_an_import_and_its_mapping(load, portal, teammate):
    run = load(DEMAND, "item,day,units,revenue\nX1,2024-05-01,1,1\nX1,tomorrow,1,1\n")

    page = portal(teammate).get(f"/data/imports/{run.pk}/")
    mapping = portal(teammate).get("/data/mappings/sales/")

    assert page.status_code == mapping.status_code == 200
    assert "tomorrow" in page.content.decode()
    assert "Day of the sale." in mapping.content.decode()


def test_examples_can_be_kept_by_a_workspace(acme, owner):
    for path in sorted((FOLDER / "examples").glob("*.yaml")):
        version = save_version(name=path.stem, text=path.read_text(), note="", parent_number=None, by=owner)

        assert version.number == 1
