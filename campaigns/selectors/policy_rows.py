"""Rows of the policy dimension that packs were loaded into: what a check cites."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from campaigns.creative.policy_terms import document_id, terms_of
from campaigns.creative.rules import Pack
from harmonization.models import PolicyDocument, PolicyTerm


@dataclass(frozen=True, kw_only=True)
class PackStanding:
    """How a pack stands in the workspace: the version and rows it holds, and whether they are the pack's."""

    pack: Pack
    version: str = ""
    rows: int = 0
    is_current: bool = False


def standing_of(*, packs: Collection[Pack]) -> list[PackStanding]:
    """Of each pack; a version that is empty was never loaded."""
    ids = [document_id(pack) for pack in packs]
    documents = PolicyDocument.objects.filter(document_id__in=ids).prefetch_related("terms")
    known = {document.document_id: document for document in documents}
    return [_standing(pack, known.get(document_id(pack))) for pack in packs]


def cited_rows(*, pack: Pack, rules: Collection[str]) -> Mapping[str, PolicyTerm]:
    """The workspace's row of each rule, by the rule's id; rules whose pack was never loaded have none."""
    rows = PolicyTerm.objects.filter(document__document_id=document_id(pack), term_id__in=rules)
    return {row.term_id: row for row in rows.select_related("document")}


def as_citation(row: PolicyTerm | None) -> dict[str, Any] | None:
    """What answers say of the row they rest on; None where the pack was not loaded into this workspace."""
    if row is None:
        return None
    document = row.document
    return {"row": row.pk, "term_id": row.term_id, "document": document.title, "version": document.version}


def _standing(pack: Pack, document: PolicyDocument | None) -> PackStanding:
    if document is None:
        return PackStanding(pack=pack)
    rows = {(row.term_id, row.kind, row.text, row.severity, row.note) for row in document.terms.all()}
    ours = {(one.term_id, str(one.kind), one.text, str(one.severity), one.note) for one in terms_of(pack=pack)}
    is_current = rows == ours and document.version == pack.version
    return PackStanding(pack=pack, version=document.version, rows=len(rows), is_current=is_current)
