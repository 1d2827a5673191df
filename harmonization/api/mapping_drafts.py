"""Drafts of mappings in the API: what waits, and that a file is no report of ads."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.models import MappingDraft
from harmonization.rmis.dimensions import MappingKind
from harmonization.selectors.mapping_drafts import find_draft, open_drafts
from harmonization.services.dimension_drafts import choose_kind
from harmonization.services.mapping_versions import VersionRefused
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.command import refusal_as_problem
from tenants.models import User
from tenants.permissions import Action

DIMENSIONS = [one.value for one in MappingKind if one is not MappingKind.EVENTS]
DRAFT = {
    "id": "0198f7a2-5c1e-7d3a-9b1f-3f6f0f6c2a11",
    "name": "catalogue",
    "file_name": "catalogue.csv",
    "is_new_file": True,
    "is_edited": True,
    "questions": 0,
    "text": 'kind: products\nname: catalogue\ntitle: Catalogue\nversion: "1"\nfields:\n  sku: {from: SKU}\n',
    "created_at": "2026-06-15T08:00:00Z",
}


class MappingDraftSerializer(serializers.ModelSerializer[MappingDraft]):
    """A mapping somebody is working on; a file of an unknown layout waits in one."""

    questions = serializers.SerializerMethodField(help_text="How many things are asked about the file.")
    text = serializers.CharField(source="yaml", help_text="The mapping as proposed or edited so far.")

    class Meta:
        model = MappingDraft
        fields = ("id", "name", "file_name", "is_new_file", "is_edited", "questions", "text", "created_at")

    def get_questions(self, draft: MappingDraft) -> int:
        return len(draft.questions)


class DraftKindSerializer(serializers.Serializer[Any]):
    """What the rows of a waiting file are, where they are no report of ads."""

    kind = serializers.ChoiceField(choices=DIMENSIONS)


class MappingDraftsView(APIView):
    """Drafts that were neither used nor thrown away, newest first; the newest hundred."""

    required_actions = {"GET": Action.READ_DATA}

    @extend_schema(
        operation_id="mapping_drafts_list",
        responses=MappingDraftSerializer(many=True),
        examples=[OpenApiExample("A waiting catalogue", value=DRAFT, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        return Response(MappingDraftSerializer(open_drafts(), many=True).data)


class MappingDraftKindView(IdempotentPosts, APIView):
    """The waiting file is no report of ads: its draft becomes a mapping of this kind."""

    required_actions = {"POST": Action.WRITE_DATA}

    @extend_schema(
        operation_id="mapping_drafts_kind",
        request=DraftKindSerializer,
        responses={
            200: MappingDraftSerializer,
            409: OpenApiResponse(description="A person edited the draft, or it is of a known mapping."),
            422: OpenApiResponse(description="The file cannot be read any more."),
        },
        examples=[
            OpenApiExample("Products", value={"kind": "products"}, request_only=True),
            OpenApiExample("A waiting catalogue", value=DRAFT, response_only=True),
        ],
    )
    def post(self, request: Request, draft_id: UUID) -> Response:
        sent = DraftKindSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        draft = find_draft(draft_id=draft_id)
        if draft is None:
            raise Http404
        try:
            turned = choose_kind(
                draft=draft, kind=MappingKind(sent.validated_data["kind"]), by=cast(User, request.user)
            )
        except (VersionRefused, HarmonizationRefused) as refusal:
            code = 409 if isinstance(refusal, VersionRefused) else 422
            raise Problem(status=code, **refusal_as_problem(refusal)) from refusal
        return Response(MappingDraftSerializer(turned).data)
