"""Receiving uploads: once per file and mapping, detected or refused, retried after a refusal."""

import pytest
from django.conf import settings

from harmonization.models import ImportRun
from harmonization.services.upload_files import UploadRefused, UploadTooLarge
from harmonization.services.uploads import MappingUnknown, receive_upload
from harmonization.tests.files import alpha_bytes, alpha_file, unknown_layout, upload
from tenants.models import AuditEvent, Operation


def receive(file, by, mapping_name=None):
    return receive_upload(file=file, file_name=file.name, mapping_name=mapping_name, by=by)


def stored_files() -> list[str]:
    folder = settings.DATA_DIR / "acme" / "uploads"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_upload_is_stored_detected_and_queued(acme, analyst):
    run, operation = receive(alpha_file(), analyst)

    assert (run.mapping_name, run.state, run.is_simulated) == ("alpha", "waiting", True)
    assert (settings.DATA_DIR / "acme" / run.stored_path).read_bytes() == alpha_bytes()
    assert operation.parameters == {"import_run_id": str(run.pk)}
    assert AuditEvent.objects.filter(kind="import.received", about_id=str(run.pk)).exists()


def test_same_file_twice_is_one_import_and_one_operation(acme, analyst):
    first, operation = receive(alpha_file(), analyst)

    again, same_operation = receive(alpha_file(name="other-name.csv"), analyst)

    assert again == first
    assert same_operation == operation
    assert (ImportRun.objects.count(), Operation.objects.count(), len(stored_files())) == (1, 1, 1)


def test_file_that_was_imported_leads_to_the_earlier_import(acme, analyst, run_operations):
    first, _ = receive(alpha_file(), analyst)
    run_operations()

    again, operation = receive(alpha_file(), analyst)

    assert (again, operation) == (first, None)
    assert len(stored_files()) == 1


def test_refused_import_is_tried_again(acme, analyst):
    run, operation = receive(alpha_file(), analyst)
    Operation.objects.update(state=Operation.State.FAILED)
    ImportRun.objects.update(state=ImportRun.State.REFUSED, problem={"title": "x"})

    again, retried = receive(alpha_file(), analyst)

    assert (again, retried) == (run, operation)
    assert (again.state, again.problem, retried.state) == ("waiting", None, "queued")
    assert (settings.DATA_DIR / "acme" / again.stored_path).exists()
    assert len(stored_files()) == 1


def test_header_that_no_mapping_knows_is_refused_with_the_known_ones(acme, analyst):
    with pytest.raises(MappingUnknown) as refusal:
        receive(upload("odd.csv", unknown_layout()), analyst)

    assert "when, how_much, what" in refusal.value.problem["detail"]
    assert "alpha" in refusal.value.problem["detail"]
    assert refusal.value.draft.file_name == "odd.csv"
    assert stored_files() == [refusal.value.draft.stored_path.rpartition("/")[2]]


def test_file_that_cannot_be_opened_is_refused_for_that_and_not_for_its_mapping(acme, analyst):
    with pytest.raises(UploadRefused) as refusal:
        receive(upload("cut.parquet", b"PAR1 cut off PAR1"), analyst)

    assert refusal.value.problem["title"] == "The Parquet file cannot be opened"
    assert refusal.value.problem["where"] == "cut.parquet"
    assert stored_files() == []


def test_mapping_that_does_not_exist_is_refused(acme, analyst):
    with pytest.raises(UploadRefused) as refusal:
        receive(alpha_file(), analyst, mapping_name="../../etc/passwd")

    assert refusal.value.problem["where"] == "mapping"
    assert (ImportRun.objects.count(), stored_files()) == (0, [])


def test_chosen_mapping_wins_over_detection(acme, analyst):
    run, _ = receive(alpha_file(), analyst, mapping_name="amazon_sp_v3")

    assert run.mapping_name == "amazon_sp_v3"


def test_file_over_the_limit_is_refused(acme, analyst, settings):
    settings.UPLOAD_MAX_BYTES = 1000

    with pytest.raises(UploadTooLarge):
        receive(alpha_file(), analyst)

    assert stored_files() == []


def test_name_is_shown_without_folders_and_control_characters(acme, analyst):
    run, _ = receive_upload(file=alpha_file(), file_name="C:\\temp\\..\\ju\x00ne\n.csv", mapping_name=None, by=analyst)

    assert run.file_name == "june.csv"
