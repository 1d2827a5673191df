"""Upload playbooks and index what agents may read; embeddings are made by a worker."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction

from agents.federation.generation import BackendUnavailable
from agents.models import KnowledgeDocument, KnowledgePassage
from agents.retrieval.passages import cut
from agents.services.embedding import embed_passages
from agents.services.vector_store import has_vectors
from campaigns.creative.library import load_pack, pack_names
from tenants.models import Operation, User
from tenants.services.audit import record_event
from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome
from tenants.services.operations import start_operation

LARGEST = 1_000_000  # characters of one playbook
MOST_PASSAGES = 2_000
BATCH = 64


class PlaybookRefused(Exception):
    """The text cannot be taken in; title and detail say why."""

    def __init__(self, title: str, detail: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, "text"


@transaction.atomic
def add_playbook(*, title: str, text: str, retailer: str = "", by: User | None) -> KnowledgeDocument:
    """Keep a playbook as the next version of its title, and queue its indexing; the same text again changes nothing.

    Raises:
        PlaybookRefused: empty, too long, or no text.
    """
    passages = _passages(text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    earlier = KnowledgeDocument.objects.select_for_update().filter(title=title)
    newest = earlier.order_by("-version").first()
    if newest is not None and newest.sha256 == sha256:
        return newest
    earlier.update(is_current=False)
    document = KnowledgeDocument.objects.create(
        title=title,
        version=newest.version + 1 if newest else 1,
        retailer=retailer.casefold(),
        sha256=sha256,
        created_by=by,
    )
    KnowledgePassage.objects.bulk_create(
        KnowledgePassage(document=document, place=place, text=piece, sha256=hashlib.sha256(piece.encode()).hexdigest())
        for place, piece in passages
    )
    record_event(kind="playbook.added", about=document, by=by, after={"passages": len(passages), "sha256": sha256[:16]})
    request_indexing(by=by, about=f"“{title}”", unique=f"{document.pk}")
    return document


def request_indexing(*, by: User | None, about: str, unique: str) -> Operation:
    """Queue the embedding of what has none yet."""
    return start_operation(
        kind="index_knowledge",
        title=f"Index {about}",
        by=by,
        parameters={},
        unique_key=f"index_knowledge:{unique}",
    )


def perform_indexing(run: OperationRun) -> Effect:
    """The worker's half."""
    try:
        found = index_now(progress=run.progress)
    except BackendUnavailable as unavailable:
        raise OperationProblem(
            title=unavailable.title, detail=unavailable.detail, where=unavailable.where, fix="Try again later."
        ) from unavailable
    return lambda: Outcome(result=found, result_url="/knowledge/")


def index_now(*, progress: Callable[[float, str], None]) -> dict[str, Any]:
    """Bring the packs' rules up to date and embed every passage that has no vector yet. Raises BackendUnavailable."""
    if not has_vectors():
        raise BackendUnavailable(
            "This database has no pgvector", "Search stays by words; install the extension and index again.", "database"
        )
    progress(5, "Reading the policy packs")
    _sync_packs()
    waiting = list(KnowledgePassage.objects.filter(embedding=None))
    for start in range(0, len(waiting), BATCH):
        part = waiting[start : start + BATCH]
        progress(10 + 85 * start / len(waiting), f"Embedding {start} of {len(waiting)} passages")
        for passage, vector in zip(part, embed_passages(texts=[one.text for one in part]), strict=True):
            passage.embedding = list(vector)
        KnowledgePassage.objects.bulk_update(part, ["embedding"])
    return {"passages": KnowledgePassage.objects.count(), "embedded": len(waiting)}


def _sync_packs() -> None:
    """The packs' rules as passages: new or changed ones are added, gone ones removed."""
    wanted = {(pack.name, rule.id, rule.text) for pack in map(load_pack, pack_names()) for rule in pack.rules}
    held = {(row.pack, row.place, row.text): row.pk for row in KnowledgePassage.objects.exclude(pack="")}
    KnowledgePassage.objects.filter(pk__in=[held[key] for key in held.keys() - wanted]).delete()
    KnowledgePassage.objects.bulk_create(
        KnowledgePassage(pack=pack, place=place, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
        for pack, place, text in sorted(wanted - held.keys())
    )


def _passages(text: str) -> list[tuple[str, str]]:
    if len(text) > LARGEST:
        raise PlaybookRefused("The playbook is too long", f"{len(text):,} characters; at most {LARGEST:,} are read.")
    passages = list(cut(text=text))
    if not passages:
        raise PlaybookRefused("The playbook is empty", "Paste its text or upload it as plain text or Markdown.")
    if len(passages) > MOST_PASSAGES:
        raise PlaybookRefused("Too many paragraphs", f"{len(passages):,}; at most {MOST_PASSAGES:,}. Divide it.")
    return passages
