"""Daily facts in the API: cursor pages, newest first."""

from difflib import get_close_matches
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from harmonization.api import examples
from harmonization.api.serializers import FactSerializer
from harmonization.forms.filters import FactFilter
from harmonization.models import DailyFact
from harmonization.selectors.fx_rates import reporting_of_workspace
from tenants.api.problems import Problem
from tenants.permissions import Action

PAGING = frozenset({"cursor", "page_size", "format"})


class FactsView(ListAPIView):
    """Daily facts that count today; ``superseded=true`` adds restated ones, ``as_of`` gives those known at a moment.

    A filter that does not exist is refused: an answer to another question than was asked helps nobody.
    """

    required_actions = {"GET": Action.READ_DATA}
    serializer_class = FactSerializer
    filterset_class = FactFilter

    def get_queryset(self) -> QuerySet[DailyFact]:
        return DailyFact.objects.select_related("import_run")

    def paginate_queryset(self, queryset: Any) -> Any:
        """One page of facts, and in one query the rates that it needs."""
        page = super().paginate_queryset(queryset)
        self.reporting = reporting_of_workspace()
        pairs = list({(fact.currency, fact.event_date) for fact in page or ()})
        self.rates = self.reporting.find(pairs) if self.reporting else {}
        return page

    def get_serializer_context(self) -> dict[str, Any]:
        reporting = getattr(self, "reporting", None)
        return {
            **super().get_serializer_context(),
            "rates": getattr(self, "rates", {}),
            "reporting_currency": reporting.currency if reporting else None,
        }

    @extend_schema(operation_id="facts_list", examples=[examples.FACT_EXAMPLE])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        _refuse_unknown(request)
        return super().get(request, *args, **kwargs)


def _refuse_unknown(request: Request) -> None:
    known = sorted({*FactFilter.base_filters, *PAGING})
    for name in request.query_params:
        if name not in known:
            meant = get_close_matches(name, known, n=1)
            raise Problem(
                status=400,
                title="There is no such filter",
                detail=f"“{name[:60]}” is not a filter of facts.",
                where=name[:60],
                fix=f"Did you mean {meant[0]}?" if meant else f"Use one of {', '.join(known)}.",
            )
