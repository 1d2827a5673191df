"""Tables of people's judgements of answers."""

from rlhf.models.feedback import Feedback

__all__ = ["Feedback"]
