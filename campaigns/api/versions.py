"""Versions of plans as entity tags: ``ETag`` on reads, ``If-Match`` on changes (RFC 9110, section 13)."""

from rest_framework.request import Request

from campaigns.models import Plan
from tenants.api.problems import Problem


def etag_of(*, plan: Plan) -> str:
    """The plan's version as a strong entity tag; marked when a failed operation changed its state without a version."""
    return f'"{plan.version}"' if plan.live_state == plan.state else f'"{plan.version}-{plan.live_state}"'


def is_unchanged(*, request: Request, plan: Plan) -> bool:
    """Whether the caller already holds this version (``If-None-Match``)."""
    held = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    return etag_of(plan=plan) in held


def matched_version(*, request: Request, plan: Plan, required: bool) -> int:
    """The version the caller wants to change; 428 without ``If-Match`` where it is required, 412 when it is stale."""
    sent = request.headers.get("If-Match", "").strip()
    if not sent and required:
        raise Problem(
            status=428,
            title="If-Match is missing",
            detail="A change names the version it was made from, so that nobody's work is overwritten.",
            where="header If-Match",
            fix="GET the plan, send its ETag as If-Match.",
        )
    if sent and sent != "*" and etag_of(plan=plan) not in {tag.strip() for tag in sent.split(",")}:
        raise stale(detail=f"The plan's current ETag is {etag_of(plan=plan)}.")
    return plan.version


def stale(*, detail: str) -> Problem:
    """412: the plan moved on since the caller read it."""
    return Problem(
        status=412,
        title="The plan has changed since you read it",
        detail=detail,
        where="header If-Match",
        fix="GET the plan again, repeat the change on the new version.",
    )
