"""Products, histories and dimensions in the API."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from harmonization.api import product_serializers as serializers
from harmonization.models import Audience, DemandDay, InStorePlacement, PolicyTerm, Product
from harmonization.selectors import products
from tenants.api.problems import Problem
from tenants.permissions import Action

READ = {"GET": Action.READ_DATA}
PRODUCT = {
    "id": 7,
    "sku": "OAT-12",
    "name": "Oat bar honey almond",
    "brand": "Simulated Foods",
    "manufacturer": "",
    "category_path": "Snacks > Bars",
    "size": "12 x 40 g",
    "price": "8.990000",
    "unit_cost": "4.100000",
    "margin_rate": None,
    "currency": "USD",
    "updated_at": "2026-06-15T08:00:00Z",
}
CODE = {
    "id": 12,
    "kind": "item_id",
    "code": "a-1001",
    "spelling": "A-1001",
    "retailer_id": "alpha",
    "source": "confirmed by a person",
    "confirmed_by": "ann@example.com",
    "confirmed_at": "2026-06-15T09:00:00Z",
}


def _example(name: str, value: dict[str, Any]) -> list[OpenApiExample]:
    return [OpenApiExample(name, value=value, response_only=True)]


class ProductsView(ListAPIView):
    """Products of the tenant, newest first; ``q`` searches SKU, codes, name, brand and category."""

    required_actions = READ
    serializer_class = serializers.ProductSerializer
    filter_backends: list[Any] = []

    def get_queryset(self) -> QuerySet[Product]:
        return products.products(search=self.request.query_params.get("q", "")[:100].replace("\x00", ""))

    @extend_schema(
        operation_id="products_list",
        parameters=[OpenApiParameter("q", str, description="Words to look for.")],
        examples=_example("A product", PRODUCT),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class ProductView(APIView):
    """One product with its codes."""

    required_actions = READ

    @extend_schema(
        operation_id="products_retrieve",
        responses=serializers.ProductDetailSerializer,
        examples=_example("A product with its codes", {**PRODUCT, "codes": [CODE]}),
    )
    def get(self, request: Request, product_id: int) -> Response:
        product = products.find_product(product_id=product_id) if product_id < 2**63 else None
        if product is None:
            raise Http404
        return Response(serializers.ProductDetailSerializer(product).data)


class ProductPerformanceView(APIView):
    """Daily facts joined to the tenant's SKUs where known, highest cost first, at most 1,000 lines."""

    required_actions = READ

    @extend_schema(
        operation_id="product_performance_list",
        parameters=[
            OpenApiParameter("start", date, description="First day, included."),
            OpenApiParameter("end", date, description="Last day, included."),
        ],
        responses=serializers.PerformanceSerializer(many=True),
        examples=_example(
            "A product at one retailer",
            {
                "sku": "OAT-12",
                "name": "Oat bar honey almond",
                "retailer_id": "alpha",
                "retailer_name": "Alpha",
                "currency": "USD",
                "rows": 14,
                "impressions": 33600,
                "clicks": 434,
                "cost": "360.220000",
                "revenue": "629.300000",
                "units": "70.000000",
                "first_day": "2026-06-01",
                "last_day": "2026-06-14",
                "window_days": 14,
                "touch": "click",
                "scope": "total",
            },
        ),
    )
    def get(self, request: Request) -> Response:
        start, end = _day(request, "start") or date.min, _day(request, "end") or date.max
        rows = products.performance_by_product(start=start, end=end)
        return Response(serializers.PerformanceSerializer(rows, many=True).data)


class DemandView(ListAPIView):
    """What was sold by item and day, over all stores; the rows by store are Parquet files of the tenant."""

    required_actions = READ
    serializer_class = serializers.DemandDaySerializer
    filter_backends: list[Any] = []

    def get_queryset(self) -> QuerySet[DemandDay]:
        return products.demand_days(sku=self.request.query_params.get("sku_id", "")[:80].replace("\x00", ""))

    @extend_schema(
        operation_id="demand_list",
        parameters=[OpenApiParameter("sku_id", str, description="Only this item.")],
        examples=_example(
            "A day of one item",
            {
                "id": 1,
                "retailer_id": "alpha",
                "sku_id": "A-1001",
                "event_date": "2026-06-01",
                "currency": "USD",
                "units": "31.000000",
                "revenue": "278.690000",
                "discount": "0.000000",
                "price": None,
                "promoted_rows": 0,
                "stores": 4,
                "rows": 29,
            },
        ),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class InStorePlacementsView(ListAPIView):
    """Where items stood in stores and mailers, by week."""

    required_actions = READ
    serializer_class = serializers.InStorePlacementSerializer
    filter_backends: list[Any] = []
    queryset = InStorePlacement.objects.current()

    @extend_schema(
        operation_id="in_store_placements_list",
        examples=_example(
            "A week of one item",
            {
                "id": 1,
                "retailer_id": "alpha",
                "sku_id": "A-1001",
                "week_start": "2026-06-01",
                "display_location": "end cap",
                "mailer_location": "",
                "stores": 12,
            },
        ),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class AudiencesView(ListAPIView):
    """Audiences of networks."""

    required_actions = READ
    serializer_class = serializers.AudienceSerializer
    filter_backends: list[Any] = []
    queryset = Audience.objects.all()

    @extend_schema(
        operation_id="audiences_list",
        examples=_example(
            "An audience",
            {
                "id": 1,
                "retailer_id": "alpha",
                "audience_id": "17",
                "name": "Home bakers",
                "description": "Bought flour twice in 90 days.",
                "audience_type": "in-market",
                "provider": "Alpha",
                "people": 120000,
                "refreshed_on": "2026-06-01",
            },
        ),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class PolicyTermsView(ListAPIView):
    """What retailers ask of ads."""

    required_actions = READ
    serializer_class = serializers.PolicyTermSerializer
    filter_backends: list[Any] = []
    queryset = PolicyTerm.objects.select_related("document")

    @extend_schema(
        operation_id="policy_terms_list",
        examples=_example(
            "A disallowed term",
            {
                "id": 1,
                "retailer_id": "alpha",
                "document": "Creative guidelines",
                "document_version": "2026-05",
                "term_id": "4.2",
                "kind": "disallowed_term",
                "text": "miracle",
                "category": "",
                "severity": "block",
                "note": "Say what it does.",
            },
        ),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


def _day(request: Request, name: str) -> date | None:
    given = request.query_params.get(name, "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise Problem(status=400, title="This is no day", detail="Send it as 2026-06-01.", where=name) from error
