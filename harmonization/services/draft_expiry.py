"""Drafts of unknown layouts do not wait for ever: what nobody touched for a month goes, and its file with it."""

from datetime import datetime, timedelta

from harmonization.models import MappingDraft
from harmonization.services.mapping_drafts import discard_draft

DRAFT_DAYS = 30


def expire_drafts(*, now: datetime) -> list[str]:
    """Discard drafts that wait with a file since ``DRAFT_DAYS`` untouched; the paths of their files, to be forgotten.

    A draft of a mapping the workspace has, or one that was saved, stays: it holds work, and no file of its own.
    """
    oldest = now - timedelta(days=DRAFT_DAYS)
    stale = MappingDraft.objects.open().filter(is_new_file=True, updated_at__lt=oldest)
    return [discard_draft(draft=draft, by=None) for draft in stale]
