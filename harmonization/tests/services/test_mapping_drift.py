"""A known layout that comes with another header raises an alarm until somebody has seen it."""

from html import unescape

import pytest

from harmonization.models import DailyFact, DriftAlarm, ImportRun, MappingDraft
from harmonization.services.uploads import MappingUnknown, receive_upload
from harmonization.tests.files import alpha_bytes, alpha_file, upload
from tenants.models import AuditEvent


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def renamed(old: bytes, new: bytes) -> bytes:
    head, _, rows = alpha_bytes().partition(b"\n")
    assert old in head
    return head.replace(old, new) + b"\n" + rows


@pytest.fixture
def client(acme, analyst, portal, run_operations):
    client = portal(analyst)
    client.post("/data/upload/", {"exports": alpha_file()})
    run_operations()
    return client


@pytest.fixture
def take_in(client, run_operations):
    def send(content: bytes, name: str = "july.csv"):
        response = client.post("/data/upload/", {"exports": upload(name, content)})
        run_operations()
        return response

    return send


def test_the_first_file_and_one_like_it_raise_no_alarm(take_in):
    take_in(alpha_bytes().replace(b"SIM-00001", b"SIM-X"))

    assert ImportRun.objects.first().header[0] == "event_id"
    assert DriftAlarm.objects.count() == 0


def test_a_renamed_column_is_imported_without_and_told(client, take_in):
    take_in(renamed(b"orders_14d", b"orders_14_days"))

    alarm = DriftAlarm.objects.get()
    page = unescape(client.get(f"/data/imports/{alarm.import_run_id}/").content.decode())
    assert not alarm.is_refused
    assert "The layout alpha has changed" in page
    assert "orders_14d → orders_14_days" in page
    assert AuditEvent.objects.filter(kind="mapping.drifted").count() == 1


def test_the_alarm_stands_on_the_data_page_until_it_is_acknowledged(client, take_in):
    take_in(renamed(b"orders_14d", b"orders_14_days"))
    alarm = DriftAlarm.objects.get()

    before = client.get("/data/").content.decode()
    client.post(f"/data/drift/{alarm.pk}/acknowledge/")
    client.post(f"/data/drift/{alarm.pk}/acknowledge/")
    after = client.get("/data/").content.decode()

    assert "has changed" in before
    assert "The layout alpha has changed" not in after
    assert AuditEvent.objects.filter(kind="mapping.drift_acknowledged").count() == 1


def test_a_new_column_comes_with_a_proposal(take_in):
    content = alpha_bytes().decode().splitlines()
    wide = "\n".join([content[0] + ",Search Query", *(f"{line},oat bar" for line in content[1:])]) + "\n"

    take_in(wide.encode())

    change = DriftAlarm.objects.get().changes[0]
    assert (change["kind"], change["column"]) == ("added", "Search Query")
    assert change["suggestion"].startswith("search_term")


def test_a_required_column_that_is_missing_leads_to_the_editor(client, take_in):
    response = take_in(renamed(b"spend_usd", b"media_cost"))

    draft = MappingDraft.objects.get()
    page = unescape(client.get(response.url, follow=True).content.decode())
    assert ImportRun.objects.count() == 1
    assert (draft.name, draft.parent_number, draft.is_new_file) == ("alpha", 0, True)
    assert "Not imported" in page
    assert "spend_usd" in page
    assert DriftAlarm.objects.get().is_refused


def test_the_mended_mapping_reads_the_file(client, take_in, run_operations):
    take_in(renamed(b"spend_usd", b"media_cost"))
    draft = MappingDraft.objects.get()
    text = draft.yaml.replace("spend_usd", "[media_cost, spend_usd]")

    client.post(f"/data/drafts/{draft.pk}/save/", {"text": text, "name": "alpha", "note": "", "import": "1"})
    run_operations()

    newest = ImportRun.objects.first()
    assert (newest.mapping_number, newest.state, newest.is_reconciled) == (1, ImportRun.State.DONE, True)
    assert DailyFact.objects.current().exists()


def test_the_same_changed_file_again_raises_one_alarm(take_in):
    take_in(renamed(b"spend_usd", b"media_cost"))
    take_in(renamed(b"spend_usd", b"media_cost"))

    assert (DriftAlarm.objects.count(), MappingDraft.objects.count()) == (1, 1)


def test_a_named_mapping_that_cannot_read_the_file_raises_the_alarm_at_the_import(client, take_in, analyst):
    file = upload("named.csv", renamed(b"spend_usd", b"media_cost"))
    client.post("/data/upload/", {"exports": file, "mapping": "alpha"})
    take_in(alpha_bytes())

    alarm = DriftAlarm.objects.get()
    assert alarm.is_refused
    assert alarm.import_run.state == ImportRun.State.REFUSED


def test_a_changed_layout_is_refused_by_the_service_with_its_draft(client, acme, analyst):
    file = upload("late.csv", renamed(b"spend_usd", b"media_cost"))

    with pytest.raises(MappingUnknown) as refusal:
        receive_upload(file=file, file_name="late.csv", mapping_name=None, by=analyst)

    assert refusal.value.closest == "alpha"
    assert refusal.value.draft.name == "alpha"


def test_viewer_and_stranger_may_not_acknowledge(take_in, teammate, stranger, portal):
    take_in(renamed(b"orders_14d", b"orders_14_days"))
    address = f"/data/drift/{DriftAlarm.objects.get().pk}/acknowledge/"

    assert portal(teammate).post(address).status_code == 403
    assert portal(stranger).post(address).status_code == 404
