"""Copy checked against policy packs, and the packs."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from campaigns.creative.advert import CreativeRefused, creative_from_json
from campaigns.creative.checking import check_copy
from campaigns.creative.library import UnknownPack, load_pack, pack_names
from campaigns.creative.rules import Checked, Pack, Rule
from campaigns.selectors.policy_rows import as_citation, cited_rows
from campaigns.services.policy_dimension import load_packs
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.permissions import Action

ASKED = {
    "retailer": "amazon_sponsored_brands",
    "creative": {"headline": "CRUNCHY OAT BARS ARE HERE", "brand": "Oat Acres"},
}
BROKEN = {
    "rule": "AMZ-CASE",
    "severity": "fix",
    "text": "No text in capitals.",
    "source": "Sponsored Brands moderation, Amazon Ads Support Center",
    "url": "https://advertising.amazon.com/help/GJB8YEKP7UJYKSR2",
    "captured_on": "2026-11-21",
    "policy_row": {"row": 12, "term_id": "AMZ-CASE", "document": "Amazon Sponsored Brands", "version": "2026-11"},
    "findings": [{"field": "headline", "start": 0, "end": 7, "why": "the whole text is in capitals"}],
}
LOADED = {
    "pack": "amazon_sponsored_brands",
    "version": "2026-11",
    "rows": 28,
    "added": 28,
    "changed": 0,
    "removed": 0,
}
ANSWERED = {
    "verdict": "fix",
    "violations": ["AMZ-CASE"],
    "fixed": {"headline": "Crunchy oat bars are here", "brand": "Oat Acres"},
    "changes": {"headline": "Crunchy oat bars are here"},
    "details": [BROKEN],
    "notice": "Read from public pages.",
}
PACK = {
    "name": "amazon_sponsored_brands",
    "title": "Amazon Sponsored Brands",
    "rules": 28,
    "notice": "",
    "is_empty": False,
}


class CopyCheckSerializer(serializers.Serializer[Any]):
    retailer = serializers.CharField(max_length=80, help_text="A policy pack, such as amazon.")
    creative = serializers.DictField(help_text="headline, body, cta, …; brand, category, locale, offer, …")


class CopyVerdictSerializer(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(choices=["pass", "fix", "review", "reject"])
    violations = serializers.ListField(child=serializers.CharField())
    fixed = serializers.DictField(allow_null=True)
    changes = serializers.DictField()
    details = serializers.ListField(child=serializers.DictField())
    notice = serializers.CharField()


class PackSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    title = serializers.CharField()
    rules = serializers.IntegerField()
    notice = serializers.CharField()
    is_empty = serializers.BooleanField()


class PackRulesSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    title = serializers.CharField()
    rules = serializers.ListField(child=serializers.DictField())
    notice = serializers.CharField()
    is_empty = serializers.BooleanField()


class PacksWantedSerializer(serializers.Serializer[Any]):
    packs = serializers.ListField(
        child=serializers.CharField(max_length=80), required=False, default=list, max_length=50, help_text="Empty: all."
    )


class LoadedSerializer(serializers.Serializer[Any]):
    pack = serializers.CharField()
    version = serializers.CharField()
    rows = serializers.IntegerField()
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    removed = serializers.IntegerField()


class CopyCheckView(IdempotentPosts, APIView):
    required_actions = {"POST": Action.READ_PLANS}

    @extend_schema(
        operation_id="copy_check",
        request=CopyCheckSerializer,
        responses={200: CopyVerdictSerializer},
        examples=[
            OpenApiExample("Shouting", value=ASKED, request_only=True),
            OpenApiExample("Repaired", value=ANSWERED, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        """Verdict on one creative, every rule it breaks with its source, and repaired copy. Nothing is kept."""
        asked = CopyCheckSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        pack = _pack(asked.validated_data["retailer"], status=400)
        try:
            creative = creative_from_json(asked.validated_data["creative"])
        except CreativeRefused as refusal:
            raise Problem(status=400, title=refusal.title, detail=refusal.detail, where=refusal.where) from refusal
        checked = check_copy(pack=pack, creative=creative, on=timezone.localdate())
        return Response({**checked.as_json(), "details": _details(pack, checked), "notice": checked.notice})


class PolicyPacksView(APIView):
    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(
        operation_id="policy_packs_list",
        responses={200: PackSerializer(many=True)},
        examples=[OpenApiExample("A pack", value=PACK, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Every policy pack."""
        return Response([_summary(load_pack(name)) for name in pack_names()])


class PolicyPackView(APIView):
    required_actions = {"GET": Action.READ_PLANS}

    @extend_schema(
        operation_id="policy_packs_read",
        responses={200: PackRulesSerializer},
        examples=[OpenApiExample("A pack", value=PACK | {"rules": [BROKEN]}, response_only=True)],
    )
    def get(self, request: Request, name: str) -> Response:
        """One pack with its rules."""
        pack = _pack(name, status=404)
        rows = cited_rows(pack=pack, rules=[rule.id for rule in pack.rules])
        rules = [{**_rule(rule), "policy_row": as_citation(rows.get(rule.id))} for rule in pack.rules]
        return Response({**_summary(pack), "rules": rules})


class PolicyPacksLoadView(IdempotentPosts, APIView):
    required_actions = {"POST": Action.WRITE_DATA}

    @extend_schema(
        operation_id="policy_packs_load",
        request=PacksWantedSerializer,
        responses={200: LoadedSerializer(many=True)},
        examples=[
            OpenApiExample("One pack", value={"packs": ["amazon"]}, request_only=True),
            OpenApiExample("Loaded", value=LOADED, response_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        """Load packs into the workspace's policies; the same again changes nothing."""
        wanted = PacksWantedSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        try:
            loaded = load_packs(names=wanted.validated_data["packs"], by=tenant_request(request).user)
        except UnknownPack as unknown:
            raise Problem(status=400, title=unknown.title, detail=unknown.detail, where="packs") from unknown
        return Response([asdict(one) for one in loaded])


def _pack(name: str, *, status: int) -> Pack:
    try:
        return load_pack(name)
    except UnknownPack as unknown:
        raise Problem(status=status, title=unknown.title, detail=unknown.detail, where="retailer") from unknown


def _summary(pack: Pack) -> dict[str, Any]:
    own = {"name": pack.name, "title": pack.title, "rules": len(pack.rules)}
    return {**own, "notice": pack.notice, "is_empty": pack.is_empty}


def _rule(rule: Rule) -> dict[str, Any]:
    source = rule.source
    return {
        "rule": rule.id,
        "severity": str(rule.severity),
        "text": rule.text,
        "source": source.title,
        "url": source.url,
        "captured_on": source.captured_on,
        "effective_from": rule.effective_from,
        "effective_until": rule.effective_until,
    }


def _details(pack: Pack, checked: Checked) -> list[dict[str, Any]]:
    rows = cited_rows(pack=pack, rules=[violation.rule.id for violation in checked.violations])
    return [
        {
            **_rule(violation.rule),
            "policy_row": as_citation(rows.get(violation.rule.id)),
            "severity": str(violation.severity),
            "findings": [
                {"field": one.field, "start": one.start, "end": one.end, "why": one.why} for one in violation.findings
            ],
        }
        for violation in checked.violations
    ]
