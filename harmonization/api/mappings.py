"""Mappings in the API: the layouts this workspace knows, their versions, comparisons, trials, proposals and alarms."""

import tempfile
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.http import Http404
from django.urls import get_script_prefix
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.api import mapping_examples as examples
from harmonization.api.mapping_serializers import (
    AcceptedTrialSerializer,
    DifferencesSerializer,
    DriftAlarmSerializer,
    MappingProposalSerializer,
    MappingSerializer,
    MappingVersionSerializer,
    NewVersionSerializer,
    ProposalRequestSerializer,
    mapping_body,
    version_body,
)
from harmonization.mapping.differences import differences, text_difference
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.selectors.imports import find_import, import_file
from harmonization.selectors.mapping_drift import all_alarms, find_alarm
from harmonization.selectors.mapping_versions import KnownMapping, find_mapping, known_mappings, versions_of
from harmonization.services.mapping_drift import acknowledge_alarm
from harmonization.services.mapping_proposals import MappingProposal, propose_mapping
from harmonization.services.mapping_trials import request_trial
from harmonization.services.mapping_versions import VersionConflict, VersionRefused, save_version
from harmonization.services.upload_files import UploadRefused, store_upload
from tenants.api.idempotency import IdempotentPosts
from tenants.api.problems import Problem
from tenants.command import refusal_as_problem
from tenants.models import User
from tenants.permissions import Action

PROPOSAL_BYTES = 32 << 20
READ = {"GET": Action.READ_DATA}
WRITE = {"POST": Action.WRITE_DATA}
NOT_SAVED = {
    409: OpenApiResponse(description="Another version was saved meanwhile."),
    422: OpenApiResponse(description="The text is no mapping, or cannot be saved: what, where and how to fix it."),
}


class MappingsView(APIView):
    """All mappings in their current version; there are few, so the list has no pages."""

    required_actions = READ

    @extend_schema(operation_id="mappings_list", responses=MappingSerializer(many=True), examples=[examples.MAPPING])
    def get(self, request: Request) -> Response:
        return Response(MappingSerializer([mapping_body(known) for known in known_mappings()], many=True).data)


class MappingVersionsView(IdempotentPosts, APIView):
    """The versions of one mapping, newest first; POST saves the next one, or the first of a new name."""

    required_actions = {"GET": Action.READ_DATA, "POST": Action.WRITE_DATA}

    @extend_schema(
        operation_id="mapping_versions_list",
        responses=MappingVersionSerializer(many=True),
        examples=[examples.VERSION],
    )
    def get(self, request: Request, name: str) -> Response:
        versions = versions_of(name=name)
        if not versions:
            raise Http404
        return Response(MappingVersionSerializer([version_body(one) for one in versions], many=True).data)

    @extend_schema(
        operation_id="mapping_versions_create",
        request=NewVersionSerializer,
        responses={201: MappingVersionSerializer, **NOT_SAVED},
        examples=[examples.NEW_VERSION, examples.VERSION],
    )
    def post(self, request: Request, name: str) -> Response:
        sent = NewVersionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            save_version(name=name, **sent.validated_data, by=cast(User, request.user))
        except (MappingError, VersionRefused) as refusal:
            code = 409 if isinstance(refusal, VersionConflict) else 422
            raise Problem(status=code, **refusal_as_problem(refusal)) from refusal
        body = version_body(_known_or_404(name))
        return Response(MappingVersionSerializer(body).data, status=status.HTTP_201_CREATED)


class MappingVersionView(APIView):
    """One version with its text; number 0 is the mapping that comes with the site."""

    required_actions = READ

    @extend_schema(
        operation_id="mapping_versions_retrieve", responses=MappingVersionSerializer, examples=[examples.VERSION]
    )
    def get(self, request: Request, name: str, number: int) -> Response:
        return Response(MappingVersionSerializer(version_body(_known_or_404(name, number))).data)


class MappingDifferenceView(APIView):
    """What differs between two versions, in words and in the text."""

    required_actions = READ

    @extend_schema(
        operation_id="mapping_differences",
        parameters=[OpenApiParameter("before", int, required=True), OpenApiParameter("after", int, required=True)],
        responses=DifferencesSerializer,
        examples=[examples.DIFFERENCES],
    )
    def get(self, request: Request, name: str) -> Response:
        before, after = (_known_or_404(name, _number(request, key)) for key in ("before", "after"))
        names = (f"version {before.number}", f"version {after.number}")
        body = {
            "changes": differences(before=before.mapping, after=after.mapping),
            "text": text_difference(before=before.text, after=after.text, names=names),
        }
        return Response(DifferencesSerializer(body).data)


class MappingTrialView(IdempotentPosts, APIView):
    """Try one version on past files of its layout; nothing of them is written. The operation's result has the files."""

    required_actions = WRITE

    @extend_schema(
        operation_id="mapping_trials_create",
        request=None,
        responses={202: OpenApiResponse(AcceptedTrialSerializer, "Queued; follow Location.")},
        examples=[examples.TRIAL],
    )
    def post(self, request: Request, name: str, number: int) -> Response:
        operation = request_trial(known=_known_or_404(name, number), by=cast(User, request.user))
        headers = {"Location": f"{get_script_prefix()}api/v1/operations/{operation.pk}/", "Retry-After": "1"}
        body = AcceptedTrialSerializer({"operation_id": operation.pk}).data
        return Response(body, status=status.HTTP_202_ACCEPTED, headers=headers)


class MappingSuggestView(IdempotentPosts, APIView):
    """Propose a mapping for a file, or for the file of an import; nothing is kept."""

    required_actions = WRITE
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="mappings_suggest",
        request={"multipart/form-data": ProposalRequestSerializer},
        responses={
            200: MappingProposalSerializer,
            422: OpenApiResponse(description="The file holds no table that could be read."),
        },
        examples=[examples.PROPOSAL],
    )
    def post(self, request: Request) -> Response:
        sent = ProposalRequestSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            proposal = _proposal(**sent.validated_data)
        except (HarmonizationRefused, UploadRefused) as refusal:
            raise Problem(status=422, **refusal_as_problem(refusal)) from refusal
        return Response(MappingProposalSerializer(proposal).data)


class DriftAlarmsView(APIView):
    """Layouts that came with another header, newest first; the newest hundred."""

    required_actions = READ

    @extend_schema(
        operation_id="drift_alarms_list", responses=DriftAlarmSerializer(many=True), examples=[examples.ALARM]
    )
    def get(self, request: Request) -> Response:
        return Response(DriftAlarmSerializer(all_alarms(), many=True).data)


class DriftAlarmAcknowledgeView(IdempotentPosts, APIView):
    """Somebody has seen the alarm; a second time changes nothing."""

    required_actions = WRITE

    @extend_schema(
        operation_id="drift_alarms_acknowledge",
        request=None,
        responses=DriftAlarmSerializer,
        examples=[examples.ALARM],
    )
    def post(self, request: Request, alarm_id: UUID) -> Response:
        alarm = find_alarm(alarm_id=alarm_id)
        if alarm is None:
            raise Http404
        seen = acknowledge_alarm(alarm=alarm, by=cast(User, request.user), at=timezone.now())
        return Response(DriftAlarmSerializer(seen).data)


def _proposal(*, file: Any = None, import_id: UUID | None = None) -> MappingProposal:
    if file is None:
        run = find_import(import_id=import_id) if import_id else None
        if run is None:
            raise Http404
        return propose_mapping(path=import_file(run=run), file_name=run.file_name)
    with tempfile.TemporaryDirectory(prefix="rmn-proposal-") as folder:
        stored = store_upload(
            chunks=file.chunks(), folder=Path(folder), file_name=file.name[:200], limit=PROPOSAL_BYTES
        )
        return propose_mapping(path=stored.path, file_name=file.name[:200])


def _known_or_404(name: str, number: int | None = None) -> KnownMapping:
    known = find_mapping(name=name, number=number)
    if known is None:
        raise Http404
    return known


def _number(request: Request, key: str) -> int:
    given = request.query_params.get(key, "")
    if not given.isascii() or not given.isdigit() or len(given) > 6:
        raise Problem(status=400, title="The version is not a number", detail="Send a whole number.", where=key)
    return int(given)
