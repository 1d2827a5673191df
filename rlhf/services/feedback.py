"""Give a thumb to an answer."""

from django.db import transaction

from agents.models import AgentRun
from rlhf.models import Feedback
from tenants.models import User
from tenants.services.audit import record_event


@transaction.atomic
def give_feedback(*, run: AgentRun, thumb: str, comment: str = "", by: User) -> Feedback:
    """Keep one thumb a person and answer; the latest counts."""
    earlier = Feedback.objects.filter(run=run, created_by=by).first()
    before = {"thumb": earlier.thumb, "comment": earlier.comment[:200]} if earlier else None
    feedback, _ = Feedback.objects.update_or_create(
        run=run, created_by=by, defaults={"thumb": Feedback.Thumb(thumb), "comment": comment.strip()[:1_000]}
    )
    record_event(
        kind="feedback.given", about=run, by=by, before=before, after={"thumb": thumb, "comment": comment[:200]}
    )
    return feedback
