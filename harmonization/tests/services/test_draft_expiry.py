"""Drafts nobody touches go after a month, with their file; work and files that are used stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from harmonization.models import ImportRun, MappingDraft
from harmonization.services.draft_expiry import DRAFT_DAYS, expire_drafts
from harmonization.services.uploads import MappingUnknown, receive_upload, tenant_folder
from harmonization.tests.facts import make_import
from harmonization.tests.files import upload
from tenants.models import AuditEvent

UNKNOWN = b"Tag,Marke,Anzeigen,Klicks,Kosten\n2026-06-01,Acme,1000,20,%d.50\n2026-06-02,Acme,1100,22,13.25\n"


@pytest.fixture
def drafted(acme, analyst, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    def do(number: int) -> MappingDraft:
        name = f"file-{number}.csv"
        with pytest.raises(MappingUnknown):
            receive_upload(file=upload(name, UNKNOWN % number), file_name=name, mapping_name=None, by=analyst)
        return MappingDraft.objects.get(file_name=name)

    return do


def age(draft, days):
    MappingDraft.objects.filter(pk=draft.pk).update(updated_at=timezone.now() - timedelta(days=days))


def test_a_draft_nobody_touched_goes_with_its_file_when_the_next_file_comes(drafted):
    old = drafted(1)
    file = tenant_folder() / old.stored_path
    age(old, DRAFT_DAYS + 1)

    drafted(2)

    assert not MappingDraft.objects.filter(pk=old.pk).exists()
    assert not file.exists()
    assert AuditEvent.objects.filter(kind="mapping.draft_discarded").exists()


def test_a_draft_somebody_touched_lately_stays(drafted):
    young = drafted(1)
    age(young, DRAFT_DAYS - 1)

    assert expire_drafts(now=timezone.now()) == []
    assert (tenant_folder() / young.stored_path).exists()


def test_a_draft_of_a_mapping_the_workspace_has_stays_however_old(acme):
    kept = MappingDraft.objects.create(name="alpha", yaml="name: alpha", parent_number=0)
    age(kept, 400)

    assert expire_drafts(now=timezone.now()) == []


def test_a_file_an_import_uses_stays_when_its_draft_goes(drafted):
    old = drafted(1)
    make_import(stored_path=old.stored_path)
    age(old, DRAFT_DAYS + 1)

    drafted(2)

    assert ImportRun.objects.filter(stored_path=old.stored_path).exists()
    assert (tenant_folder() / old.stored_path).exists()
