"""How products, histories, dimensions and the crosswalk look in the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from harmonization.models import (
    Audience,
    CrosswalkCandidate,
    DemandDay,
    InStorePlacement,
    PolicyTerm,
    Product,
    ProductCode,
)

PRODUCT = ("id", "sku", "name", "brand", "manufacturer", "category_path", "size")
MONEY = ("price", "unit_cost", "margin_rate", "currency")


class ProductCodeSerializer(serializers.ModelSerializer[ProductCode]):
    """A code that leads to a product, and who vouches for it."""

    confirmed_by = serializers.CharField(source="confirmed_by.email", default=None, read_only=True)

    class Meta:
        model = ProductCode
        fields = ("id", "kind", "code", "spelling", "retailer_id", "source", "confirmed_by", "confirmed_at")


class ProductSerializer(serializers.ModelSerializer[Product]):
    """A product of the tenant."""

    class Meta:
        model = Product
        fields: tuple[str, ...] = (*PRODUCT, *MONEY, "updated_at")


class ProductDetailSerializer(ProductSerializer):
    """A product with its codes."""

    codes = ProductCodeSerializer(many=True, read_only=True)

    class Meta(ProductSerializer.Meta):
        fields = (*PRODUCT, *MONEY, "updated_at", "codes")


class DemandDaySerializer(serializers.ModelSerializer[DemandDay]):
    """What was sold of an item on a day, over all stores."""

    class Meta:
        model = DemandDay
        fields = (
            *("id", "retailer_id", "sku_id", "event_date", "currency", "units", "revenue", "discount", "price"),
            *("promoted_rows", "stores", "rows"),
        )


class InStorePlacementSerializer(serializers.ModelSerializer[InStorePlacement]):
    """In how many stores an item stood at a place in a week."""

    class Meta:
        model = InStorePlacement
        fields = ("id", "retailer_id", "sku_id", "week_start", "display_location", "mailer_location", "stores")


class AudienceSerializer(serializers.ModelSerializer[Audience]):
    """An audience of a network."""

    class Meta:
        model = Audience
        fields = (
            *("id", "retailer_id", "audience_id", "name", "description", "audience_type", "provider", "people"),
            "refreshed_on",
        )


class PolicyTermSerializer(serializers.ModelSerializer[PolicyTerm]):
    """One thing a retailer's policy document asks for."""

    retailer_id = serializers.CharField(source="document.retailer_id", read_only=True)
    document = serializers.CharField(source="document.title", read_only=True)
    document_version = serializers.CharField(source="document.version", read_only=True)

    class Meta:
        model = PolicyTerm
        fields = (
            *("id", "retailer_id", "document", "document_version", "term_id", "kind", "text", "category", "severity"),
            "note",
        )


class PerformanceSerializer(serializers.Serializer[Any]):
    """What ads did for a product at one retailer in one currency, by attribution window, touch and scope."""

    sku = serializers.CharField()
    name = serializers.CharField()
    retailer_id = serializers.CharField()
    retailer_name = serializers.CharField()
    currency = serializers.CharField()
    rows = serializers.IntegerField()
    impressions = serializers.IntegerField()
    clicks = serializers.IntegerField()
    cost = serializers.DecimalField(max_digits=24, decimal_places=6)
    revenue = serializers.DecimalField(max_digits=24, decimal_places=6)
    units = serializers.DecimalField(max_digits=24, decimal_places=6)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    window_days = serializers.IntegerField(allow_null=True)
    touch = serializers.CharField()
    scope = serializers.CharField()


class JoinRateSerializer(serializers.Serializer[Any]):
    """How much of a retailer's report is joined to products; shares of nothing are null."""

    retailer_id = serializers.CharField()
    retailer_name = serializers.CharField()
    currency = serializers.CharField()
    items = serializers.IntegerField()
    joined_items = serializers.IntegerField()
    rows = serializers.IntegerField()
    joined_rows = serializers.IntegerField()
    spend = serializers.DecimalField(max_digits=24, decimal_places=6)
    joined_spend = serializers.DecimalField(max_digits=24, decimal_places=6)
    by_items = serializers.FloatField(allow_null=True)
    by_rows = serializers.FloatField(allow_null=True)
    by_spend = serializers.FloatField(allow_null=True)


@extend_schema_serializer(component_name="CrosswalkCandidate")
class CandidateSerializer(serializers.ModelSerializer[CrosswalkCandidate]):
    """An item and a product that it may be."""

    sku = serializers.CharField(source="product.sku", read_only=True)
    product_name = serializers.CharField(source="product.name", read_only=True)

    class Meta:
        model = CrosswalkCandidate
        fields = (
            *("id", "retailer_id", "item_id", "item_name", "item_brand", "sku", "product_name", "confidence"),
            *("evidence", "is_conflict", "rank", "spend", "currency", "state", "decided_at"),
        )


@extend_schema_serializer(component_name="CrosswalkDecision")
class DecisionSerializer(serializers.Serializer[Any]):
    """What a person says of a candidate."""

    decision = serializers.ChoiceField(choices=["confirm", "reject", "undo"])


class CrosswalkStartedSerializer(serializers.Serializer[Any]):
    """The work that was queued."""

    operation_id = serializers.UUIDField()
