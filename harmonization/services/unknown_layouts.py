"""A file that no mapping fits: it waits in a draft, of a new mapping or of the known one whose layout has changed."""

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.models import MappingDraft
from harmonization.selectors.mapping_versions import KnownMapping, find_mapping
from harmonization.services.mapping_drafts import draft_changed_layout, draft_unknown_file
from harmonization.services.mapping_drift import alarm_for_draft
from harmonization.services.mapping_versions import VersionRefused
from harmonization.services.upload_files import StoredFile, UploadRefused
from tenants.models import User


class MappingUnknown(UploadRefused):
    """No mapping was named and none fits the header. The file waits in ``draft`` where a mapping could be proposed.

    Attributes:
        closest: name of the mapping whose layout this seems to be, changed; empty where there is none.
    """

    draft: MappingDraft | None = None
    closest: str = ""

    def wait_in(self, draft: MappingDraft | None) -> None:
        """Say where the file waits, if it does."""
        self.draft = draft
        if draft is not None:
            self.problem["fix"] = f"Confirm the mapping proposed for it under /data/drafts/{draft.pk}/."


def draft_refused_file(
    *, stored: StoredFile, stored_path: str, file_name: str, closest: str, by: User | None
) -> MappingDraft | None:
    """Keep the file in a draft; None where no mapping could be proposed for it.

    Where a known layout has changed so that its mapping cannot read it, an alarm says what changed.
    """
    known = find_mapping(name=closest) if closest else None
    try:
        if known is None:
            return draft_unknown_file(stored=stored, stored_path=stored_path, file_name=file_name, by=by)
        return _of_changed_layout(known, stored=stored, stored_path=stored_path, file_name=file_name, by=by)
    except (HarmonizationRefused, VersionRefused):
        return None


def _of_changed_layout(
    known: KnownMapping, *, stored: StoredFile, stored_path: str, file_name: str, by: User | None
) -> MappingDraft:
    draft, is_new = draft_changed_layout(
        known=known, stored=stored, stored_path=stored_path, file_name=file_name, by=by
    )
    if is_new:
        alarm_for_draft(draft=draft, mapping=known.mapping, path=stored.path, by=by)
    return draft
