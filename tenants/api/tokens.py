"""Tokens in the API: list, issue, revoke."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.api.requests import tenant_request
from tenants.api.schema import IDEMPOTENCY_KEY, REFUSALS
from tenants.api.serializers import IssuedTokenSerializer, NewTokenSerializer, TokenSerializer
from tenants.models import ApiToken
from tenants.permissions import Action
from tenants.selectors.people import tokens_of
from tenants.services.tokens import TokenRefused, issue_token, revoke_token


class TokenListView(IdempotentPosts, ListAPIView[ApiToken]):
    """Tokens of this workspace; a new one never has more scopes than the token or role that asks for it."""

    required_actions = {"GET": Action.MANAGE_TOKENS, "POST": Action.MANAGE_TOKENS}
    serializer_class = TokenSerializer
    queryset = ApiToken.objects.none()
    shown_once = ("secret",)

    def get_queryset(self) -> QuerySet[ApiToken]:
        asked = getattr(self.request, "_request", None)
        return tokens_of(tenant=asked.tenant) if asked is not None and asked.tenant else ApiToken.objects.none()

    @extend_schema(tags=["tokens"], responses={200: TokenSerializer, **REFUSALS})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(
        tags=["tokens"],
        request=NewTokenSerializer,
        parameters=[IDEMPOTENCY_KEY],
        responses={201: IssuedTokenSerializer, **REFUSALS},
    )
    def post(self, request: Request) -> Response:
        asked, wish = tenant_request(request), NewTokenSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        scopes = wish.validated_data["scopes"]
        beyond = sorted(set(scopes) - asked.actions)
        if beyond:
            detail = f"You cannot pass on what you do not have: {', '.join(beyond)}."
            raise Problem(status=403, title="Scopes go too far", detail=detail, where="scopes")
        try:
            token, secret = issue_token(
                tenant=asked.tenant,
                user=asked.user,
                name=wish.validated_data["name"],
                scopes=scopes,
                life=wish.life(),
                by=asked.user,
            )
        except TokenRefused as refusal:
            raise Problem(status=400, title="The token cannot be issued", detail=str(refusal)) from refusal
        return Response(TokenSerializer(token).data | {"secret": secret}, status=201)


class TokenRevokeView(IdempotentPosts):
    """End a token at once; revoking it again changes nothing."""

    required_actions = {"POST": Action.MANAGE_TOKENS}

    @extend_schema(
        operation_id="tokens_revoke",
        tags=["tokens"],
        request=None,
        parameters=[IDEMPOTENCY_KEY],
        responses={200: TokenSerializer, **REFUSALS},
    )
    def post(self, request: Request, token_id: UUID) -> Response:
        asked = tenant_request(request)
        token = get_object_or_404(tokens_of(tenant=asked.tenant), pk=token_id)
        return Response(TokenSerializer(revoke_token(token=token, by=asked.user)).data)
