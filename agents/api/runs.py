"""Ask agents, read their traces, search what they read."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.models import AgentRun, AgentStep, KnowledgeDocument
from agents.roles.asking import ask_agent
from agents.roles.base_agent import LONGEST_QUESTION
from agents.roles.registry import ROLES
from agents.selectors.agent_runs import listed_runs, run_or_404
from agents.services.knowledge import PlaybookRefused, add_playbook
from agents.services.knowledge_search import search_knowledge
from agents.services.plan_rationales import NothingToExplain, explain_plan
from agents.services.tool_calls import Caller
from campaigns.selectors.plans import plan_or_404
from tenants.api.idempotency import IdempotentPosts
from tenants.api.pagination import NewestFirstCursorPagination
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action

RUN = {
    "id": "0198f7a1-0000-7000-8000-000000000001",
    "role": "governance",
    "status": "fallback",
    "reason": "No model runtime answers.",
    "question": "What does Amazon say about alcohol?",
    "answer": "Alcohol is advertised in some countries only.",
    "told_by": "rules",
    "citations": [],
    "prompt_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "composite": "",
    "adapters": [],
    "prompt_tokens": 0,
    "completion_tokens": 0,
    "seconds": 0.21,
    "created_at": "2026-11-21T10:00:00Z",
}
RATIONALE = RUN | {
    "role": "planner",
    "status": "answered",
    "reason": "",
    "question": "Why is this plan as it is?",
    "answer": "Walmart gets 62,000.00 USD of the 100,000.00, since its search brings more margin.",
    "told_by": "model",
    "citations": [{"figure": "62,000.00", "result": 1, "path": "spend_by_retailer.Walmart.proposed"}],
}
STEP = {
    "number": 1,
    "kind": "tool",
    "name": "search_policies",
    "status": "done",
    "note": "",
    "tokens": 0,
    "seconds": 0.1,
}
PASSAGE = {
    "document": "pack:amazon_sponsored_brands",
    "title": "Amazon Sponsored Brands",
    "place": "AMZ-ALCOHOL-LOCALE",
    "text": "Alcohol is advertised in some countries only.",
    "source": "Creative acceptance policy 7, captured on 2026-11-21",
    "retailer": "amazon",
    "score": 3.2,
}
PLAYBOOK = {"id": RUN["id"], "title": "Tone of voice", "version": 1, "retailer": "", "created_at": RUN["created_at"]}


class AskSerializer(serializers.Serializer[Any]):
    role = serializers.ChoiceField(choices=sorted(ROLES))
    text = serializers.CharField(max_length=LONGEST_QUESTION)
    retailer = serializers.RegexField(r"^[\w .&'+-]*$", max_length=80, required=False, default="")
    brand = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)


class StepSerializer(serializers.ModelSerializer[AgentStep]):
    class Meta:
        model = AgentStep
        fields = ("number", "kind", "name", "status", "asked", "answered", "note", "tokens", "seconds")


class RunSerializer(serializers.ModelSerializer[AgentRun]):
    class Meta:
        model = AgentRun
        fields: tuple[str, ...] = tuple(RUN)


class RunWithStepsSerializer(RunSerializer):
    steps = StepSerializer(many=True, read_only=True)

    class Meta(RunSerializer.Meta):
        fields = (*RunSerializer.Meta.fields, "steps")


class FoundSerializer(serializers.Serializer[Any]):
    method = serializers.CharField()
    notice = serializers.CharField()
    passages = serializers.ListField(child=serializers.DictField())


class PlaybookSerializer(serializers.ModelSerializer[KnowledgeDocument]):
    text = serializers.CharField(write_only=True, max_length=1_000_000)
    title = serializers.CharField(max_length=200)
    retailer = serializers.RegexField(r"^[\w .&'+-]*$", max_length=80, required=False, default="")

    class Meta:
        model = KnowledgeDocument
        fields = ("id", "title", "version", "retailer", "created_at", "text")
        read_only_fields = ("id", "version", "created_at")


class AgentRunsView(IdempotentPosts, ListAPIView[AgentRun]):
    """Answers, newest first; POST asks."""

    required_actions = {"GET": Action.READ_PLANS, "POST": Action.READ_PLANS}
    serializer_class = RunSerializer
    pagination_class = NewestFirstCursorPagination
    queryset = AgentRun.objects.none()

    def get_queryset(self) -> Any:
        return listed_runs()

    @extend_schema(
        operation_id="agent_runs_list", examples=[OpenApiExample("An answer", value=RUN, response_only=True)]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What agents answered."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="agent_runs_ask",
        request=AskSerializer,
        responses={201: RunWithStepsSerializer},
        examples=[
            OpenApiExample("A question", value={"role": "governance", "text": RUN["question"]}, request_only=True),
            OpenApiExample("Its answer", value=RUN | {"steps": [STEP]}, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        """Ask an agent. It acts with the caller's rights, and its trace is kept."""
        asked = AskSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        inside = tenant_request(request)
        caller = Caller(user=inside.user, actions=frozenset(inside.actions))
        return Response(RunWithStepsSerializer(ask_agent(caller=caller, **asked.validated_data)).data, status=201)


class AgentRunView(APIView):
    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(
        operation_id="agent_runs_read",
        responses={200: RunWithStepsSerializer},
        examples=[OpenApiExample("A trace", value=RUN | {"steps": [STEP]}, response_only=True)],
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """One answer with its trace."""
        return Response(RunWithStepsSerializer(run_or_404(pk=pk)).data)


class PlanRationaleView(IdempotentPosts, APIView):
    required_actions = {"POST": Action.READ_PLANS}

    @extend_schema(
        operation_id="plans_rationale",
        request=None,
        responses={201: RunWithStepsSerializer},
        examples=[OpenApiExample("In the model's words", value=RATIONALE | {"steps": [STEP]}, response_only=True)],
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Why a plan is as it is. ``told_by`` says who worded it; a model's words are shown only if every figure is
        the plan's."""
        inside = tenant_request(request)
        caller = Caller(user=inside.user, actions=frozenset(inside.actions))
        try:
            run = explain_plan(plan=plan_or_404(pk=pk), caller=caller)
        except NothingToExplain as refusal:
            raise Problem(status=409, title=refusal.title, detail=refusal.detail, where="plan") from refusal
        return Response(RunWithStepsSerializer(run).data, status=201)


class KnowledgeSearchView(APIView):
    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(
        operation_id="knowledge_search",
        parameters=[OpenApiParameter("query", str, required=True), OpenApiParameter("retailer", str)],
        responses={200: FoundSerializer},
        examples=[
            OpenApiExample(
                "Passages", value={"method": "words", "notice": "", "passages": [PASSAGE]}, response_only=True
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """Passages of policy packs and playbooks that answer a query, with sources."""
        query = request.query_params.get("query", "").strip()
        if not query or len(query) > 400:
            raise Problem(status=400, title="Say what to look for", detail="1 to 400 characters.", where="query")
        found = search_knowledge(query=query, retailer=request.query_params.get("retailer", "")[:80])
        passages = [passage.as_json() for passage in found.passages]
        return Response({"method": found.method, "notice": found.notice, "passages": passages})


class PlaybooksView(IdempotentPosts, APIView):
    required_actions = {"GET": Action.READ_PLANS, "POST": Action.WRITE_DATA}

    @extend_schema(
        operation_id="playbooks_list",
        responses={200: PlaybookSerializer(many=True)},
        examples=[OpenApiExample("A playbook", value=PLAYBOOK, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Playbooks that answers may cite."""
        return Response(PlaybookSerializer(KnowledgeDocument.objects.filter(is_current=True), many=True).data)

    @extend_schema(
        operation_id="playbooks_add",
        request=PlaybookSerializer,
        responses={201: PlaybookSerializer},
        examples=[
            OpenApiExample("A text", value={"title": "Tone of voice", "text": "We never shout."}, request_only=True),
            OpenApiExample("Kept", value=PLAYBOOK, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        """Add a playbook, or the next version of one."""
        asked = PlaybookSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            document = add_playbook(by=tenant_request(request).user, **asked.validated_data)
        except PlaybookRefused as refusal:
            raise Problem(status=400, title=refusal.title, detail=refusal.detail, where="text") from refusal
        return Response(PlaybookSerializer(document).data, status=201)
