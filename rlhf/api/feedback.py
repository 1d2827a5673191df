"""A thumb on an answer."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.selectors.agent_runs import run_or_404
from rlhf.models import Feedback
from rlhf.services.feedback import give_feedback
from tenants.api.requests import tenant_request
from tenants.permissions import Action

THUMB = {"thumb": "up", "comment": "The source was what I needed."}


class FeedbackSerializer(serializers.Serializer[Any]):
    thumb = serializers.ChoiceField(choices=Feedback.Thumb.choices)
    comment = serializers.CharField(max_length=1_000, required=False, default="", allow_blank=True)


class FeedbackView(APIView):
    required_actions = {"PUT": Action.READ_PLANS}

    @extend_schema(
        operation_id="agent_runs_feedback",
        request=FeedbackSerializer,
        responses={200: FeedbackSerializer},
        examples=[OpenApiExample("Helpful", value=THUMB)],
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Judge an answer; judging again replaces your earlier thumb."""
        asked = FeedbackSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = give_feedback(run=run_or_404(pk=pk), by=tenant_request(request).user, **asked.validated_data)
        return Response(FeedbackSerializer(given).data)
