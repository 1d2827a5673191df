"""Pages of the API: cursors over time-ordered ids, newest first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

from tenants.api.problems import Problem


class NewestFirstCursorPagination(CursorPagination):
    """Stable while rows are added; ``?page_size=`` up to 200. A cursor that was not given here is a problem (400)."""

    ordering = "-id"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        """The rows of the page. A cursor carries a position, which may be anything when somebody made it up."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValidationError, ValueError, DataError) as error:
            if not request.query_params.get(self.cursor_query_param):
                raise
            raise Problem(
                status=400,
                title="The cursor is not one of ours",
                detail="It is damaged, or was made for another list.",
                where=self.cursor_query_param,
                fix="Follow “next” and “previous” as they are given, or start again without a cursor.",
            ) from error
