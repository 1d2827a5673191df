"""Save and restore versions of a workspace's mappings; a version, once written, never changes."""

import hashlib
import re
from dataclasses import asdict

from django.db import transaction

from harmonization.mapping.reader import read_mapping
from harmonization.models import MappingVersion
from harmonization.selectors.mapping_versions import KnownMapping, find_mapping
from harmonization.suggestion.proposed_fields import ProposedField, kept_as_proposed
from tenants.database.current import connection
from tenants.models import User
from tenants.services.audit import record_event

LOCK_NAMESPACE = 0x4D_41_50
MOST_VERSIONS = 1000
MOST_NAMES = 500
MAX_NOTE = 500
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class VersionRefused(Exception):
    """The version cannot be saved: what is wrong, where, and how to fix it."""

    def __init__(self, *, title: str, detail: str, where: str = "", fix: str = "") -> None:
        super().__init__(detail)
        self.problem = {"title": title, "detail": detail, "where": where, "fix": fix}


class VersionConflict(VersionRefused):
    """Somebody saved another version meanwhile."""


@transaction.atomic
def save_version(
    *,
    name: str,
    text: str,
    note: str,
    parent_number: int | None,
    by: User | None,
    is_restoring: bool = False,
    proposals: tuple[ProposedField, ...] | None = None,
) -> MappingVersion:
    """Keep the text as the next version of ``name``.

    ``parent_number`` is the version that was edited: 0 the site's own, None for a mapping made anew. ``proposals`` are
    those the text was made from, the current version's where None; what the text changed of them is forgotten. Raises
    MappingError where the text is no mapping, VersionConflict where that version is not the current one any more,
    VersionRefused where nothing changed, or the name inside is another.
    """
    refuse_name(name)
    text = text.replace("\r\n", "\n")
    mapping = read_mapping(text=text, name=name)
    if mapping.name != name:
        raise VersionRefused(
            title="The name is another",
            detail=f"The text says name: {mapping.name}, but this is the mapping {name}.",
            where="name",
            fix=f"Write name: {name}, or save it as a mapping of its own.",
        )
    _lock(name)
    current = find_mapping(name=name)
    _refuse_conflict(current=current, parent_number=parent_number, name=name)
    if current is not None and current.text == text and not is_restoring:
        raise VersionRefused(
            title="Nothing changed",
            detail=f"The text is that of version {current.number}.",
            where=name,
            fix="Change something first, or go on with the version there is.",
        )
    made_from = current.proposals if proposals is None and current else proposals or ()
    kept = kept_as_proposed(proposed=made_from, mapping=mapping)
    return _add(name=name, text=text, title=mapping.title, note=note, current=current, by=by, proposals=kept)


@transaction.atomic
def restore_version(*, name: str, number: int, by: User | None) -> MappingVersion:
    """Save the text of an earlier version as the newest one. Raises VersionRefused where there is no such version."""
    earlier, current = find_mapping(name=name, number=number), find_mapping(name=name)
    if earlier is None or current is None:
        raise VersionRefused(
            title="There is no such version", detail=f"{name} has no version {number}.", where=name, fix=""
        )
    if earlier.number == current.number:
        raise VersionRefused(
            title="Nothing changed", detail=f"Version {number} is the current one.", where=name, fix=""
        )
    note = f"Restored version {number}"
    return save_version(
        name=name,
        text=earlier.text,
        note=note,
        parent_number=current.number,
        by=by,
        is_restoring=True,
        proposals=earlier.proposals,
    )


def refuse_name(name: str) -> None:
    """Raise VersionRefused for a name that no address could hold."""
    if not NAME.fullmatch(name):
        raise VersionRefused(
            title="The name cannot be used",
            detail=f"“{name[:64]}” is no name of a mapping.",
            where="name",
            fix="Use up to 64 small letters, digits, - and _, such as my-network.",
        )


def _add(
    *,
    name: str,
    text: str,
    title: str,
    note: str,
    current: KnownMapping | None,
    by: User | None,
    proposals: tuple[ProposedField, ...],
) -> MappingVersion:
    number = current.number + 1 if current else 1
    _refuse_too_many(number=number)
    version = MappingVersion.objects.create(
        name=name,
        number=number,
        title=title,
        yaml=text,
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        note=note.strip()[:MAX_NOTE],
        proposals=[asdict(one) for one in proposals],
        parent=current.version if current else None,
        parent_number=current.number if current else None,
        created_by=by,
    )
    before = {"number": current.number, "fingerprint": current.fingerprint} if current else None
    after = {"number": number, "fingerprint": version.fingerprint, "note": version.note}
    record_event(kind="mapping.saved", about=version, by=by, before=before, after=after)
    return version


def _refuse_conflict(*, current: KnownMapping | None, parent_number: int | None, name: str) -> None:
    if current is None and not parent_number:
        return
    if current is None or current.number != parent_number:
        there = f"The current version is {current.number}" if current else "There is none yet"
        began = "was begun anew" if parent_number is None else f"started from version {parent_number}"
        raise VersionConflict(
            title="Another version was saved meanwhile",
            detail=f"{there}, and this text {began}.",
            where=name,
            fix="Compare the two, then save on top of the current version, or choose another name.",
        )


def _refuse_too_many(*, number: int) -> None:
    names = MappingVersion.objects.values("name").distinct().count()
    if number > MOST_VERSIONS or names > MOST_NAMES:
        raise VersionRefused(
            title="There are too many mappings",
            detail=f"A workspace keeps {MOST_NAMES} mappings of {MOST_VERSIONS} versions each.",
            fix="Go on with a mapping there is.",
        )


def _lock(name: str) -> None:
    """Two who save the same mapping queue up until the end of the transaction."""
    with connection.cursor() as cursor:
        key = f"{connection.schema_name}:{name}"
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_NAMESPACE, key])
