"""The exception that API code raises to refuse; apart from its handler, which DRF's own settings load later."""

from rest_framework import exceptions


class Problem(exceptions.APIException):
    """A refusal with its status, title, detail, where and fix."""

    def __init__(self, *, status: int, title: str, detail: str, where: str = "", fix: str = "") -> None:
        super().__init__(detail)
        self.status_code = status
        self.extra = {"title": title, "detail": detail, "where": where, "fix": fix}
