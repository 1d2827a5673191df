"""The id of the request or task at work, for logs, audit rows and error pages."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id given by the request middleware or taken over by a worker; empty in a shell."""
    return _request_id.get()


def use_request_id(request_id: str) -> None:
    """Set the id for what follows in this thread."""
    _request_id.set(request_id)
