"""Playbooks and search: by words always, by meaning where there are vectors, never another tenant's."""

import hashlib
import math

import pytest
from django_tenants.utils import tenant_context

from agents.federation.generation import BackendUnavailable
from agents.models import KnowledgeDocument, KnowledgePassage
from agents.services import embedding, vector_store
from agents.services.knowledge import PlaybookRefused, add_playbook, index_now
from agents.services.knowledge_search import search_knowledge
from tenants.models import AuditEvent, Operation

TEXT = "# Alcohol\n\nBeverages for adults never show people at the wheel.\n\n# Tone\n\nWe are warm and never shout."


class WordVectors:
    """Texts that share words stand near each other; good enough to see that the nearest is found."""

    def is_warm(self):
        return True

    def embed(self, *, texts, seconds):
        return [self._vector(text) for text in texts]

    def _vector(self, text):
        vector = [0.0] * 384
        for word in text.lower().replace(".", "").split():
            vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % 384] += 1.0
        length = math.hypot(*vector) or 1.0
        return tuple(value / length for value in vector)


class BrokenVectors(WordVectors):
    def embed(self, *, texts, seconds):
        raise BackendUnavailable("The embedding model does not answer", "", "embedding")


@pytest.fixture
def vectors(settings):
    settings.EMBEDDING_BACKEND = f"{__name__}.WordVectors"
    if not vector_store.has_vectors():
        pytest.skip("this PostgreSQL has no pgvector")


def test_a_playbook_is_found_by_its_words_at_once_and_cited(acme, analyst):
    add_playbook(title="House style", text=TEXT, by=analyst)

    found = search_knowledge(query="may we show people at the wheel?")

    assert found.method == "words"
    assert (found.passages[0].place, found.passages[0].title) == ("Alcohol, paragraph 1", "House style")
    assert "House style, version 1, uploaded" in found.passages[0].source
    assert AuditEvent.objects.filter(kind="playbook.added").exists()
    assert Operation.objects.filter(kind="index_knowledge").exists()


def test_a_new_version_replaces_the_old_one_and_the_same_text_does_nothing(acme, analyst):
    add_playbook(title="House style", text=TEXT, by=analyst)
    add_playbook(title="House style", text=TEXT, by=analyst)
    newer = add_playbook(title="House style", text="Shout as you like.", by=analyst)

    assert (newer.version, KnowledgeDocument.objects.count()) == (2, 2)
    assert search_knowledge(query="shout", most=3).passages[0].text == "Shout as you like."
    assert not any("wheel" in one.text for one in search_knowledge(query="wheel").passages)


@pytest.mark.parametrize("text", ["", " \n\n ", "x" * 1_000_001])
def test_a_playbook_without_measure_is_refused(acme, analyst, text):
    with pytest.raises(PlaybookRefused):
        add_playbook(title="House style", text=text, by=analyst)


def test_indexing_embeds_packs_and_playbooks_and_search_goes_by_meaning(acme, analyst, vectors):
    add_playbook(title="House style", text=TEXT, by=analyst)

    found = index_now(progress=lambda percent, step: None)

    assert found["passages"] == found["embedded"] == KnowledgePassage.objects.count()
    assert KnowledgePassage.objects.filter(pack="amazon_sponsored_brands").exists()
    answer = search_knowledge(query="people at the wheel")
    assert (answer.method, answer.passages[0].place) == ("meaning and words", "Alcohol, paragraph 1")
    assert index_now(progress=lambda percent, step: None)["embedded"] == 0


def test_without_an_answer_of_the_embedder_search_says_so(acme, analyst, vectors, settings):
    settings.EMBEDDING_BACKEND = f"{__name__}.BrokenVectors"

    found = search_knowledge(query="alcohol", retailer="amazon")

    assert found.method == "words"
    assert "does not answer" in found.notice


def test_without_pgvector_search_says_so_and_indexing_refuses(acme, analyst, settings, monkeypatch):
    settings.EMBEDDING_BACKEND = f"{__name__}.WordVectors"
    monkeypatch.setattr(vector_store, "has_vectors", lambda: False)
    monkeypatch.setattr("agents.services.knowledge.has_vectors", lambda: False)

    assert "no pgvector" in search_knowledge(query="alcohol").notice
    with pytest.raises(BackendUnavailable, match="pgvector"):
        index_now(progress=lambda percent, step: None)


def test_another_tenants_playbook_is_never_found(acme, globex, analyst):
    add_playbook(title="House style", text=TEXT, by=analyst)

    with tenant_context(globex):
        assert not any("wheel" in one.text for one in search_knowledge(query="wheel").passages)


def test_a_policy_question_about_one_retailer_stays_with_it(acme):
    found = search_knowledge(query="headline characters", retailer="kroger")

    assert {one.title for one in found.passages} == {"Kroger Precision Marketing, display"}
    assert embedding.configured_embedder is not None
