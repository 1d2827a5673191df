"""Uplift studies: ask for one, read one."""

from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.api.started import started
from campaigns.selectors.asked import asked_or_404
from campaigns.services.uplift import KIND, request_uplift
from campaigns.services.uplift_files import TrialColumns, UpliftWish
from campaigns.uplift.learners import LEARNERS
from campaigns.uplift.targeting import Offer
from campaigns.uplift.trial import UpliftRefused
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action

ID = "0197a0aa-0000-7000-8000-000000000009"
NEW = OpenApiExample(
    "A trial of a coupon",
    value={
        "name": "Coupon trial",
        "data_csv": "treated,bought,age,visits\n1,0,34,2\n0,1,51,7\n",
        "treatment": "treated",
        "outcome": "bought",
        "offer": {"budget": 20_000, "cost": 0.4, "value": 12.5, "currency": "USD"},
    },
    request_only=True,
)
STARTED = OpenApiExample(
    "Queued",
    value={"operation": f"/api/v1/operations/{ID}/", "study": f"/api/v1/uplift/{ID}/"},
    response_only=True,
)
FOUND = OpenApiExample(
    "A study",
    value={
        "id": ID,
        "title": "Uplift of “Coupon trial”",
        "state": "done",
        "study": {"learner": "dr", "people": 20_000, "claim": "People differ as predicted: …"},
    },
    response_only=True,
)


class OfferSerializer(serializers.Serializer[Any]):
    budget = serializers.FloatField()
    cost = serializers.FloatField(help_text="Per person treated.")
    value = serializers.FloatField(help_text="Margin of one more unit of the outcome.")
    currency = serializers.RegexField(r"^[A-Z]{3}$")
    audience = serializers.IntegerField(
        required=False, allow_null=True, help_text="The trial's own number if not given."
    )


class NewUpliftSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=120)
    data_csv = serializers.CharField(trim_whitespace=False, help_text="CSV text, one row per person.")
    treatment = serializers.CharField(max_length=120, default="treated", help_text="Column of 1 and 0, by chance.")
    outcome = serializers.CharField(max_length=120, default="outcome", help_text="Column of 1 and 0, or an amount.")
    features = serializers.ListField(child=serializers.CharField(max_length=120), default=list)
    learner = serializers.ChoiceField(choices=sorted(LEARNERS), default="dr")
    share = serializers.FloatField(required=False, allow_null=True, default=None, help_text="Treated, as designed.")
    confidence = serializers.FloatField(min_value=0.5, max_value=0.999, default=0.9)
    seed = serializers.IntegerField(min_value=0, default=0)
    offer = OfferSerializer(required=False, allow_null=True, default=None)


class UpliftStartedSerializer(serializers.Serializer[Any]):
    operation = serializers.CharField()
    study = serializers.CharField()


class UpliftSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    state = serializers.CharField()
    study = serializers.DictField(allow_null=True, help_text="As printed by `uplift --json`; null until it is done.")


class UpliftListView(IdempotentPosts, APIView):
    """Ask for a study."""

    required_actions = {"POST": Action.WRITE_PLANS}

    @extend_schema(
        operation_id="uplift_create",
        request=NewUpliftSerializer,
        responses={202: UpliftStartedSerializer},
        examples=[NEW, STARTED],
    )
    def post(self, request: Request) -> Response:
        """Queue a study of a randomised trial; a trial that cannot carry an answer is refused at once."""
        asked = NewUpliftSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        fields = asked.validated_data
        try:
            wish = UpliftWish(
                columns=TrialColumns(
                    treatment=fields["treatment"], outcome=fields["outcome"], features=tuple(fields["features"])
                ),
                offer=Offer(**fields["offer"]) if fields["offer"] else None,
                **{name: fields[name] for name in ("learner", "share", "confidence", "seed")},
            )
            operation = request_uplift(
                file=ContentFile(fields["data_csv"].encode(), name="trial.csv"),
                wish=wish,
                name=fields["name"],
                by=tenant_request(request).user,
            )
        except UpliftRefused as refusal:
            raise Problem(status=400, title=refusal.title, detail=refusal.detail, where=refusal.where) from refusal
        address = reverse("campaigns-api:uplift_study", args=[operation.pk])
        return started(operation=operation, name="study", address=address)


class UpliftView(APIView):
    """One study."""

    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(operation_id="uplift_read", responses={200: UpliftSerializer}, examples=[FOUND])
    def get(self, request: Request, pk: UUID) -> Response:
        """What was found, with intervals; `study` is null while the operation goes on."""
        operation = asked_or_404(pk=pk, kind=KIND)
        return Response(
            {"id": operation.pk, "title": operation.title, "state": operation.state, "study": operation.result}
        )
