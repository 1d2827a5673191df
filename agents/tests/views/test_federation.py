"""The picture of the federation."""

import pytest
from django.utils import timezone

from agents.federation.axes import Axis
from agents.services.promotion import try_adapter
from agents.tests.registry_cast import evaluate, register, serve, serve_lattice
from agents.views.graph_layout import lay_out

CHOSEN = "/agents/?task=planning&retailer=amazon&brand=nordmill"


@pytest.fixture
def lattice(registry):
    return serve_lattice()


def test_page_shows_five_tiers_and_who_serves(lattice, portal, teammate):
    evaluate(*lattice)

    page = portal(teammate).get(CHOSEN).content.decode()

    for tier in ("Base model", "Industry", "Retailer", "Brand", "Task"):
        assert f">{tier}</text>" in page
    assert page.count("federation__box--serving") == 4
    assert "task-planning version 1 serve together" in page


def test_what_is_held_back_is_said(lattice, portal, teammate):
    page = portal(teammate).get(CHOSEN).content.decode()

    assert page.count("federation__box--serving") == 1
    assert "has not passed its evaluation" in page


def test_card_opens_by_its_address_and_by_htmx_alone(lattice, portal, teammate):
    path = f"/agents/?adapter={lattice[1].pk}"

    page = portal(teammate).get(path).content.decode()
    part = portal(teammate).get(path, headers={"HX-Request": "true"}).content.decode()

    assert "is-chosen" in page
    assert "retailer-amazon version 1</a></h2>" in page
    assert part.lstrip().startswith("<section")
    assert "retailer-amazon version 1" in part


@pytest.mark.parametrize("query", ["adapter=zzz", "adapter=", "task=nothing", "brand=%00", "retailer=amazon&task=x"])
def test_odd_questions_are_answered_plainly(lattice, portal, teammate, query):
    assert portal(teammate).get(f"/agents/?{query}").status_code == 200


def test_strangers_picture_has_no_brand_of_another_tenant(lattice, portal, stranger):
    client = portal(stranger, "globex")

    page = client.get(f"{CHOSEN}&adapter={lattice[2].pk}").content.decode()

    assert "Nordmill" not in page
    assert "brand-nordmill" not in page
    assert page.count("federation__box--") == 4


def test_runtime_that_is_down_is_said(lattice, portal, teammate, settings):
    settings.INFERENCE_BACKEND = "agents.backends.local_engine.LocalEngine"

    assert "No model answers at the moment" in portal(teammate).get("/agents/").content.decode()


def test_boxes_never_overlap_and_lines_join_what_serves(lattice):
    picture = lay_out(rows=lattice, together=lattice, base_digest="b" * 64, chosen=None)

    places = [(box.x, box.y) for box in picture.boxes]
    assert len(set(places)) == len(places) == 5
    assert sum(line.is_thick for line in picture.lines) == 4
    assert all(0 <= box.x < picture.width and 0 <= box.y < picture.height for box in picture.boxes)


def test_line_passes_above_a_tier_that_serves_nothing(lattice):
    industry, retailer, brand, _ = lattice
    picture = lay_out(rows=lattice, together=[industry, brand], base_digest="b" * 64, chosen=None)

    box = next(box for box in picture.boxes if box.row == retailer)
    around = [line.path for line in picture.lines if line.is_thick][-1]
    _, lane = map(int, around.partition(" L")[2].split()[:2])
    assert lane < box.y
    assert f" {box.x} {lane} L" in around


def test_version_that_is_tried_stands_beside_the_one_that_serves(registry, portal, teammate):
    serve(axis=Axis.TASK, member="mapping", owner="acme", score=0.9)
    second = register(axis=Axis.TASK, member="mapping", owner="acme", version=2, seed=2)
    evaluate(second)
    try_adapter(adapter=second, percent=10, by=None, now=timezone.now())

    page = portal(teammate).get("/agents/").content.decode()

    assert "v1 · serving, v2 on 10%" in page
