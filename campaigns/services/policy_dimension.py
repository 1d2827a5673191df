"""Load retailers' policy packs into the workspace's policy dimension, where a check finds the row it cites."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from campaigns.creative.library import load_pack, pack_names
from campaigns.creative.policy_terms import PackTerm, document_id, terms_of
from campaigns.creative.rules import Pack
from harmonization.models import PolicyDocument, PolicyTerm
from tenants.models import User
from tenants.services.audit import record_event

FIELDS = ("kind", "text", "severity", "note")


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What loading one pack changed in the dimension."""

    pack: str
    version: str
    rows: int
    added: int
    changed: int
    removed: int


def load_packs(*, names: Sequence[str], by: User | None) -> list[Loaded]:
    """Load packs by name, or all of them where none is named. A row keeps its identity while its rule stands; loading
    the same again changes nothing. Raises UnknownPack before anything is written."""
    packs = {pack.name: pack for pack in (load_pack(name) for name in names or pack_names())}
    return [_load(pack=pack, by=by) for pack in packs.values()]


@transaction.atomic
def _load(*, pack: Pack, by: User | None) -> Loaded:
    document, is_new = PolicyDocument.objects.select_for_update().update_or_create(
        retailer_id=pack.retailer,
        document_id=document_id(pack),
        defaults={"title": pack.title, "version": pack.version, "effective_on": None, "import_run": None},
    )
    known = {row.term_id: row for row in document.terms.all()}
    terms = terms_of(pack=pack)
    changed = [_renewed(known[term.term_id], term) for term in terms if _differs(known.get(term.term_id), term)]
    added = [_new(document, term) for term in terms if term.term_id not in known]
    gone = [row.pk for row in known.values() if row.term_id not in {term.term_id for term in terms}]
    PolicyTerm.objects.bulk_update(changed, FIELDS)
    PolicyTerm.objects.bulk_create(added)
    PolicyTerm.objects.filter(pk__in=gone).delete()
    loaded = Loaded(
        pack=pack.name,
        version=pack.version,
        rows=len(terms),
        added=len(added),
        changed=len(changed),
        removed=len(gone),
    )
    if is_new or added or changed or gone:
        record_event(kind="policies.loaded", about=document, by=by, after=asdict(loaded))
    return loaded


def _differs(row: PolicyTerm | None, term: PackTerm) -> bool:
    return row is not None and any(getattr(row, name) != str(getattr(term, name)) for name in FIELDS)


def _renewed(row: PolicyTerm, term: PackTerm) -> PolicyTerm:
    for name in FIELDS:
        setattr(row, name, str(getattr(term, name)))
    return row


def _new(document: PolicyDocument, term: PackTerm) -> PolicyTerm:
    return PolicyTerm(document=document, term_id=term.term_id, **{name: str(getattr(term, name)) for name in FIELDS})
