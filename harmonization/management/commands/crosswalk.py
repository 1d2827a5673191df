"""The crosswalk: ``manage.py crosswalk --tenant acme rate|run|candidates|confirm|reject|undo [ids] --json``."""

from argparse import ArgumentParser
from typing import Any

from django_tenants.utils import tenant_context

from harmonization.api.product_serializers import CandidateSerializer, JoinRateSerializer
from harmonization.selectors.crosswalk import join_rate, waiting_candidates
from harmonization.services.crosswalk import request_crosswalk
from harmonization.services.crosswalk_decisions import (
    DecisionRefused,
    confirm_candidate,
    reject_candidate,
    undo_decision,
)
from tenants.command import ServiceCommand
from tenants.models import Tenant, User
from tenants.services.operation_runs import run_operation

DECISIONS = {"confirm": confirm_candidate, "reject": reject_candidate, "undo": undo_decision}
SHOWN = 50


class Command(ServiceCommand):
    help = "Show and decide which product of the workspace each retailer's item is."
    refusals = (DecisionRefused, Tenant.DoesNotExist, User.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("action", choices=["rate", "run", "candidates", *DECISIONS])
        parser.add_argument("candidate", nargs="*", type=int, help="ids, for confirm, reject and undo")
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        parser.add_argument("--by", help="e-mail of the person who decides; the system without it")
        parser.add_argument("--least", type=float, default=0.0, help="least confidence of shown candidates")
        parser.add_argument("--limit", type=int, default=SHOWN, help="candidates shown")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        person = User.objects.get(email=options["by"]) if options["by"] else None
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            if options["action"] == "rate":
                return {"rates": JoinRateSerializer(join_rate(), many=True).data}
            if options["action"] == "candidates":
                found = waiting_candidates(least=options["least"])
                shown = CandidateSerializer(found[: options["limit"]], many=True).data
                return {"waiting": found.count(), "candidates": shown}
            if options["action"] == "run":
                return _run(by=person)
            return _decide(options["action"], ids=options["candidate"], by=person)


def _run(*, by: User | None) -> dict[str, Any]:
    operation = request_crosswalk(by=by)
    state = run_operation(operation_id=str(operation.pk))
    operation.refresh_from_db()
    return {"operation_id": str(operation.pk), "state": state, **(operation.result or {})}


def _decide(action: str, *, ids: list[int], by: User | None) -> dict[str, Any]:
    if not ids:
        raise DecisionRefused(
            title="No candidate is named", detail=f"Give the ids to {action}.", where="candidate", fix="See candidates."
        )
    decided = [DECISIONS[action](candidate_id=pk, by=by) for pk in ids]
    return {"decided": CandidateSerializer(decided, many=True).data}
