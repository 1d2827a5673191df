"""Versions of a workspace's mappings: saved, restored, remembered by imports, found before the site's."""

import pytest

from harmonization.mapping.library import library_text
from harmonization.mapping.mapping_error import MappingError
from harmonization.models import DailyFact, DayRollup, ImportRun, MappingVersion
from harmonization.selectors.mapping_versions import find_mapping, known_mappings, known_names, versions_of
from harmonization.services.mapping_versions import (
    VersionConflict,
    VersionRefused,
    restore_version,
    save_version,
)
from harmonization.services.uploads import receive_upload
from harmonization.tests.files import alpha_file
from harmonization.tests.layouts import SMALL
from tenants.models import AuditEvent


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def alpha_with(old: str, new: str) -> str:
    text = library_text(name="alpha")
    assert old in text
    return text.replace(old, new)


def test_the_sites_mapping_is_version_0_and_the_copy_is_1(acme, analyst):
    version = save_version(name="alpha", text=alpha_with("USD", "EUR"), note="In euros", parent_number=0, by=analyst)

    assert (version.number, version.parent_number, version.parent) == (1, 0, None)
    assert [one.number for one in versions_of(name="alpha")] == [1, 0]
    assert find_mapping(name="alpha").mapping.currency.code == "EUR"
    assert find_mapping(name="alpha", number=0).mapping.currency.code == "USD"


def test_saving_is_audited_with_both_fingerprints(acme, analyst):
    version = save_version(name="alpha", text=alpha_with("USD", "EUR"), note="In euros", parent_number=0, by=analyst)

    event = AuditEvent.objects.get(kind="mapping.saved")
    assert event.actor_id == analyst.pk
    assert event.before["fingerprint"] == find_mapping(name="alpha", number=0).fingerprint
    assert event.after == {"number": 1, "fingerprint": version.fingerprint, "note": "In euros"}


def test_a_mapping_made_anew_starts_with_1(acme, analyst):
    save_version(name="small", text=SMALL, note="", parent_number=None, by=analyst)

    assert "small" in known_names()
    assert find_mapping(name="small").number == 1
    assert find_mapping(name="small", number=0) is None
    assert next(one for one in known_mappings() if one.name == "small").is_own


def test_two_who_edit_the_same_version_do_not_overwrite_each_other(acme, analyst, owner):
    save_version(name="alpha", text=alpha_with("USD", "EUR"), note="", parent_number=0, by=analyst)

    with pytest.raises(VersionConflict, match="The current version is 1"):
        save_version(name="alpha", text=alpha_with("USD", "GBP"), note="", parent_number=0, by=owner)

    assert MappingVersion.objects.count() == 1


def test_a_new_mapping_does_not_take_a_name_that_is_taken(acme, analyst):
    with pytest.raises(VersionConflict):
        save_version(name="alpha", text=alpha_with("USD", "EUR"), note="", parent_number=None, by=analyst)


def test_the_same_text_makes_no_version(acme, analyst):
    with pytest.raises(VersionRefused, match="version 0"):
        save_version(name="alpha", text=library_text(name="alpha"), note="", parent_number=0, by=analyst)


def test_text_that_is_no_mapping_is_refused_with_its_line(acme, analyst):
    with pytest.raises(MappingError) as refused:
        save_version(name="small", text=SMALL.replace("14", "-1", 1), note="", parent_number=None, by=analyst)

    assert refused.value.line == 7
    assert MappingVersion.objects.count() == 0


def test_another_name_inside_is_refused(acme, analyst):
    with pytest.raises(VersionRefused, match="name: small"):
        save_version(name="other", text=SMALL, note="", parent_number=None, by=analyst)


def test_restoring_makes_a_new_version_of_the_old_text(acme, analyst):
    save_version(name="alpha", text=alpha_with("USD", "EUR"), note="", parent_number=0, by=analyst)

    restored = restore_version(name="alpha", number=0, by=analyst)

    assert restored.number == 2
    assert restored.yaml == library_text(name="alpha")
    assert restored.note == "Restored version 0"


@pytest.mark.parametrize("number", [0, 7])
def test_what_is_current_or_absent_is_not_restored(acme, analyst, number):
    with pytest.raises(VersionRefused):
        restore_version(name="alpha", number=number, by=analyst)


def test_an_import_remembers_the_version_it_was_read_with(acme, analyst, run_operations):
    save_version(name="alpha", text=alpha_with("USD", "EUR"), note="", parent_number=0, by=analyst)
    run, _ = receive_upload(file=alpha_file(), file_name="june.csv", mapping_name=None, by=analyst)
    save_version(name="alpha", text=alpha_with("USD", "GBP"), note="", parent_number=1, by=analyst)

    run_operations()

    run.refresh_from_db()
    assert (run.mapping_name, run.mapping_number, run.state) == ("alpha", 1, ImportRun.State.DONE)
    assert set(DailyFact.objects.values_list("currency", flat=True)) == {"EUR"}


def test_a_file_read_anew_with_a_new_version_counts_once(acme, analyst, run_operations):
    first, _ = receive_upload(file=alpha_file(), file_name="june.csv", mapping_name=None, by=analyst)
    run_operations()
    text = alpha_with("id: alpha", "id: alpha-eu")
    save_version(name="alpha", text=text, note="", parent_number=0, by=analyst)
    second, operation = receive_upload(file=alpha_file(), file_name="june.csv", mapping_name=None, by=analyst)
    run_operations()

    assert operation is not None
    current = DailyFact.objects.filter(superseded_by=None)
    assert set(current.values_list("import_run_id", "retailer_id")) == {(second.pk, "alpha-eu")}
    assert DailyFact.objects.filter(import_run=first, superseded_by=second).count() == current.count()
    assert set(DayRollup.objects.values_list("retailer_id", flat=True)) == {"alpha-eu"}


def test_mappings_of_one_workspace_are_not_those_of_another(acme, globex, analyst):
    from django_tenants.utils import tenant_context

    save_version(name="small", text=SMALL, note="", parent_number=None, by=analyst)

    with tenant_context(globex):
        assert find_mapping(name="small") is None
