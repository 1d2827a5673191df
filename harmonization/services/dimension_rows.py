"""Write audiences and policy documents from a file; an audience and a document are replaced by their newest file."""

import polars as pl

from harmonization.models import Audience, ImportRun, PolicyDocument, PolicyTerm

BATCH = 2000
AUDIENCE = ("name", "description", "audience_type", "provider", "people", "refreshed_on")


def write_audiences(*, rows: pl.DataFrame, import_run: ImportRun) -> int:
    """Add the audiences or replace what is known of them; returns how many were known before."""
    keys = {(row["retailer_id"] or "", row["audience_id"]) for row in rows.iter_rows(named=True)}
    known = len(keys & set(Audience.objects.values_list("retailer_id", "audience_id")))
    audiences = [
        Audience(
            retailer_id=row["retailer_id"] or "",
            audience_id=row["audience_id"],
            name=(row["name"] or "")[:300],
            description=row["description"] or "",
            audience_type=(row["audience_type"] or "")[:120],
            provider=(row["provider"] or "")[:120],
            people=row["people"],
            refreshed_on=row["refreshed_on"],
            import_run=import_run,
        )
        for row in rows.iter_rows(named=True)
    ]
    Audience.objects.bulk_create(
        audiences,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["retailer_id", "audience_id"],
        update_fields=[*AUDIENCE, "import_run"],
    )
    return known


def write_policies(*, rows: pl.DataFrame, import_run: ImportRun) -> int:
    """Replace the documents that the file holds, terms and all; returns how many documents were known before."""
    known = 0
    texts = rows.with_columns(pl.col(pl.String).fill_null(""))
    for (retailer_id, document_id), terms in texts.group_by(["retailer_id", "document_id"], maintain_order=True):
        first = terms.row(0, named=True)
        document, is_new = PolicyDocument.objects.update_or_create(
            retailer_id=retailer_id,
            document_id=document_id,
            defaults={
                "title": first["document_title"][:300],
                "version": first["document_version"][:80],
                "url": first["document_url"][:500],
                "effective_on": first["effective_on"],
                "import_run": import_run,
            },
        )
        known += not is_new
        document.terms.all().delete()
        PolicyTerm.objects.bulk_create(_terms(document, terms), batch_size=BATCH)
    return known


def _terms(document: PolicyDocument, terms: pl.DataFrame) -> list[PolicyTerm]:
    return [
        PolicyTerm(
            document=document,
            term_id=row["term_id"],
            kind=row["term_kind"],
            text=row["text"],
            category=row["category"][:300],
            severity=row["severity"],
            note=row["note"],
        )
        for row in terms.iter_rows(named=True)
    ]
