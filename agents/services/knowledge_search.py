"""Search policy packs and playbooks: by meaning where vectors are at hand, always by words, with sources."""

from dataclasses import dataclass

from django.db.models import QuerySet

from agents.models import KnowledgePassage
from agents.retrieval.keywords import ranked
from agents.retrieval.passages import Passage
from agents.services.embedding import embed_query
from agents.services.vector_store import nearest
from campaigns.creative.library import UnknownPack, load_pack, pack_names
from campaigns.creative.rules import Pack, Rule

MOST = 5
LOOKED_AT = 30
SMOOTHING = 60  # of reciprocal rank fusion, Cormack et al. 2009
BY_BOTH, BY_WORDS = "meaning and words", "words"


@dataclass(frozen=True, kw_only=True)
class FoundPassages:
    """Passages, best first; ``notice`` says why they were not found by meaning too."""

    passages: tuple[Passage, ...]
    method: str
    notice: str = ""


def search_knowledge(*, query: str, retailer: str = "", most: int = MOST) -> FoundPassages:
    """Passages that answer the query, of one retailer (and what holds for all) or of everything."""
    passages = [*_pack_passages(retailer), *_playbook_passages(retailer)]
    by_words = ranked(query=query, passages=passages, most=LOOKED_AT)
    vector, notice = embed_query(text=query)
    if vector is None:
        return FoundPassages(passages=tuple(by_words[:most]), method=BY_WORDS, notice=notice)
    keys = nearest(vector=vector, most=LOOKED_AT)
    if keys is None:
        notice = "This database has no pgvector, so passages are found by their words only."
        return FoundPassages(passages=tuple(by_words[:most]), method=BY_WORDS, notice=notice)
    known = {(passage.document, passage.place): passage for passage in passages}
    by_meaning = [known[key] for key in keys if key in known]
    return FoundPassages(passages=tuple(_fused(by_words, by_meaning)[:most]), method=BY_BOTH)


def pack_passage(*, pack: Pack, rule: Rule) -> Passage:
    """A rule as a passage."""
    captured = f"captured on {rule.source.captured_on}"
    return Passage(
        document=f"pack:{pack.name}",
        title=pack.title,
        place=rule.id,
        text=rule.text,
        source=", ".join(part for part in (rule.source.title, rule.source.url, captured) if part),
        retailer=pack.retailer,
    )


def _pack_passages(retailer: str) -> list[Passage]:
    if retailer:
        try:
            packs = [load_pack(retailer)]
        except UnknownPack:
            packs = []
    else:
        packs = [load_pack(name) for name in pack_names()]
    return [pack_passage(pack=pack, rule=rule) for pack in packs for rule in pack.rules]


def _playbook_passages(retailer: str) -> list[Passage]:
    rows: QuerySet[KnowledgePassage] = KnowledgePassage.objects.filter(document__is_current=True)
    if retailer:
        rows = rows.filter(document__retailer__in=["", retailer.casefold()])
    return [
        Passage(
            document=str(row.document),
            title=row.document.title,
            place=row.place,
            text=row.text,
            source=f"{row.document}, uploaded {row.document.created_at:%Y-%m-%d}",
            retailer=row.document.retailer,
        )
        for row in rows.select_related("document")
        if row.document is not None
    ]


def _fused(*rankings: list[Passage]) -> list[Passage]:
    """Reciprocal rank fusion: what stands high in either ranking."""
    scores: dict[tuple[str, str], float] = {}
    passages: dict[tuple[str, str], Passage] = {}
    for ranking in rankings:
        for place, passage in enumerate(ranking, start=1):
            key = (passage.document, passage.place)
            passages[key] = passage
            scores[key] = scores.get(key, 0.0) + 1 / (SMOOTHING + place)
    return [passages[key] for key in sorted(scores, key=lambda one: -scores[one])]
