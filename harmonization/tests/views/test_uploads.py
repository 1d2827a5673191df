"""The upload page: one or many files, refusals with a way out, limits, roles."""

import pytest
from django.test import Client
from django_tenants.utils import tenant_context

from harmonization.models import ImportRun
from harmonization.tests.files import alpha_bytes, alpha_file, unknown_layout, upload


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_page_offers_the_mappings_that_are_known(acme, analyst, portal):
    page = portal(analyst).get("/data/upload/").content.decode()

    assert "Detect from the header" in page
    assert '<option value="alpha">' in page
    assert 'type="file"' in page
    assert "multiple" in page


def test_upload_leads_to_the_import(acme, analyst, portal):
    response = portal(analyst).post("/data/upload/", {"exports": alpha_file()})

    run = ImportRun.objects.get()
    assert response.status_code == 302
    assert response.url == f"/t/acme/data/imports/{run.pk}/"
    assert run.uploaded_by == analyst


def test_several_files_lead_to_the_list(acme, analyst, portal):
    later = upload("later.csv", alpha_bytes().replace(b"SIM-00001", b"SIM-X"))

    response = portal(analyst).post("/data/upload/", {"exports": [alpha_file(), later]}, follow=True)

    assert ImportRun.objects.count() == 2
    assert response.content.decode().count("is being harmonized") >= 2


def test_file_that_was_imported_says_so(acme, analyst, portal, run_operations):
    client = portal(analyst)
    client.post("/data/upload/", {"exports": alpha_file()})
    run_operations()

    response = client.post("/data/upload/", {"exports": alpha_file()}, follow=True)

    assert "already imported" in response.content.decode()
    assert ImportRun.objects.count() == 1


def test_double_click_makes_one_import(acme, analyst, portal):
    client = portal(analyst)

    first = client.post("/data/upload/", {"exports": alpha_file()})
    second = client.post("/data/upload/", {"exports": alpha_file()})

    assert first.url == second.url
    assert ImportRun.objects.count() == 1


def test_unknown_layout_leads_to_a_proposed_mapping(acme, analyst, portal):
    response = portal(analyst).post("/data/upload/", {"exports": upload("odd.csv", unknown_layout())})

    assert response.status_code == 302
    assert "/data/drafts/" in response.url


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x89PNG\r\n", b"date,\x81\x8d\x8f\x90\n"])
def test_what_is_no_report_is_refused(acme, analyst, portal, content):
    response = portal(analyst).post("/data/upload/", {"exports": upload("report.csv", content)})

    assert response.status_code == 422
    assert ImportRun.objects.count() == 0


def test_one_refused_file_does_not_stop_the_others(acme, analyst, portal):
    files = [upload("odd.csv", unknown_layout()), alpha_file()]

    response = portal(analyst).post("/data/upload/", {"exports": files})

    assert response.status_code == 422
    assert ImportRun.objects.count() == 1


def test_form_without_a_file_is_shown_again(acme, analyst, portal):
    assert portal(analyst).post("/data/upload/", {}).status_code == 422


def test_too_large_is_413_before_it_is_read(acme, analyst, portal, settings):
    settings.UPLOAD_MAX_BYTES = 10

    response = portal(analyst).post("/data/upload/", {"exports": upload("big.csv", b"x" * 20_000)})

    assert response.status_code == 413
    assert "The file is too large" in response.content.decode()


def test_upload_without_csrf_token_is_refused(acme, analyst):
    client = Client(enforce_csrf_checks=True)
    client.force_login(analyst, backend="django.contrib.auth.backends.ModelBackend")

    response = client.post("/t/acme/data/upload/", {"exports": alpha_file()})

    assert response.status_code == 403
    with tenant_context(acme):
        assert ImportRun.objects.count() == 0


def test_sample_is_imported_and_labelled_simulated(acme, analyst, portal, run_operations):
    client = portal(analyst)

    response = client.post("/data/sample/")
    states = run_operations()

    page = client.get(response.url).content.decode()
    assert states == ["done"]
    assert "Simulated data" in page
    assert "Reconciled" in page


@pytest.mark.parametrize("path", ["/data/upload/", "/data/sample/"])
def test_viewer_may_not_upload(acme, teammate, portal, path):
    assert portal(teammate).post(path, {"exports": alpha_file()}).status_code == 403


@pytest.mark.parametrize("path", ["/data/upload/", "/data/sample/"])
def test_stranger_finds_no_upload(acme, stranger, portal, path):
    assert portal(stranger).post(path, {"exports": alpha_file()}).status_code == 404
