"""Raise an alarm where a known layout comes with another header, and take it back when somebody has seen it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db import transaction

from harmonization.mapping.differences import use_in_words
from harmonization.mapping.drift import ChangeKind, ChangeLine, change_lines, compare_headers
from harmonization.mapping.editing import Part, columns_of, uses_of
from harmonization.mapping.file_head import head_text
from harmonization.mapping.header import best_header, candidate_headers, matched
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping
from harmonization.models import DriftAlarm, ImportRun, MappingDraft
from harmonization.selectors.mapping_drift import last_header
from harmonization.selectors.mapping_versions import own_mappings
from harmonization.services.file_samples import read_file_sample
from harmonization.services.mapping_editing import read_unchecked_or_none
from harmonization.services.suggestions import suggest_for
from harmonization.suggestion.drafting import draft_mapping
from tenants.models import User
from tenants.services.audit import record_event

MOST_COLUMNS = 2000


def file_header(*, path: Path, mapping: Mapping) -> tuple[str, ...]:
    """The names of the row that fits the mapping best; none where the file cannot be opened."""
    try:
        headers = candidate_headers(text=head_text(path=path))
    except HarmonizationRefused:
        return ()
    best = best_header(candidates=headers, groups=mapping.column_groups)
    return tuple(name for name in best.names if name)[:MOST_COLUMNS] if best else ()


def watch_header(*, run: ImportRun, mapping: Mapping, path: Path) -> DriftAlarm | None:
    """Remember the file's header with its import; the alarm where it is not that of the last file, in the caller's
    transaction."""
    header = file_header(path=path, mapping=mapping)
    before = last_header(mapping_name=run.mapping_name, other_than=run)
    run.header = list(header)
    if not before or not header:
        return None
    is_refused = run.state == ImportRun.State.REFUSED
    lines = _lines(before=before, header=header, mapping=mapping)
    if not lines or DriftAlarm.objects.filter(import_run=run).exists():
        return None
    return _raise(run=run, draft=None, lines=lines, path=path, is_refused=is_refused, by=run.uploaded_by)


def alarm_for_draft(*, draft: MappingDraft, mapping: Mapping, path: Path, by: User | None) -> DriftAlarm:
    """The alarm of a file that looks like a known layout and lacks what its mapping needs."""
    header = file_header(path=path, mapping=mapping)
    before = last_header(mapping_name=draft.name) or _known_beside(mapping=mapping, header=header)
    lines = _lines(before=before, header=header, mapping=mapping)
    return _raise(run=None, draft=draft, lines=lines, path=path, is_refused=True, by=by)


@transaction.atomic
def acknowledge_alarm(*, alarm: DriftAlarm, by: User | None, at: datetime) -> DriftAlarm:
    """Take the alarm off the data page; a second time changes nothing."""
    locked = DriftAlarm.objects.select_for_update().get(pk=alarm.pk)
    if locked.acknowledged_at is None:
        locked.acknowledged_at, locked.acknowledged_by = at, by
        locked.save(update_fields=["acknowledged_at", "acknowledged_by"])
        record_event(kind="mapping.drift_acknowledged", about=locked, by=by)
    return locked


def _lines(*, before: Sequence[str], header: Sequence[str], mapping: Mapping) -> tuple[ChangeLine, ...]:
    change = compare_headers(before=before, after=header)
    return change_lines(change=change, mapping=mapping, header=header)


def _known_beside(*, mapping: Mapping, header: Sequence[str]) -> tuple[str, ...]:
    """Where no file was read yet: the columns the mapping needs, with those of the file that it knows."""
    known = uses_of(mapping=mapping, columns=header)
    needed = [group[0] for group in mapping.required_groups if not matched(names=header, groups=[group])]
    return (*(use.column for use in known if use.part is not Part.NONE), *needed)


def _raise(
    *,
    run: ImportRun | None,
    draft: MappingDraft | None,
    lines: Sequence[ChangeLine],
    path: Path,
    is_refused: bool,
    by: User | None,
) -> DriftAlarm:
    about = run or draft
    number = run.mapping_number if run else draft.parent_number if draft else 0
    new = [line.column for line in lines if line.kind in (ChangeKind.ADDED, ChangeKind.RENAMED)]
    proposals = _proposals(path=path, columns=new)
    alarm = DriftAlarm.objects.create(
        mapping_name=run.mapping_name if run else draft.name if draft else "",
        mapping_number=number or 0,
        file_name=about.file_name if about else "",
        import_run=run,
        draft=draft,
        changes=[{**asdict(line), "suggestion": proposals.get(line.column, "")} for line in lines],
        is_refused=is_refused,
    )
    after = {"mapping": alarm.mapping_name, "changes": [f"{line.kind} {line.column}".strip() for line in lines]}
    record_event(kind="mapping.drifted", about=alarm, by=by, after=after)
    return alarm


def _proposals(*, path: Path, columns: Sequence[str]) -> dict[str, str]:
    """What each new column seems to be, in words; nothing where the suggestion abstains."""
    if not columns:
        return {}
    try:
        sample = read_file_sample(path=path)
    except HarmonizationRefused:
        return {}
    suggestions = suggest_for(sample=sample, saved=[one.mapping for one in own_mappings()])
    proposed = read_unchecked_or_none(draft_mapping(name="new", file=sample, suggestions=suggestions).yaml_text)
    if proposed is None:
        return {}
    whys = {one.source_column: one for one in suggestions}
    known = set(columns_of(mapping=proposed))
    uses = uses_of(mapping=proposed, columns=[column for column in columns if column in known])
    return {
        use.column: f"{use_in_words(use)} ({whys[use.column].confidence:.0%}: {whys[use.column].why.rstrip('.')})"
        for use in uses
        if use.part not in (Part.NONE, Part.IGNORED) and use.column in whys
    }
