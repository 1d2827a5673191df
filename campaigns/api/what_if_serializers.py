"""Shapes of answers to what-if questions."""

from typing import Any

from rest_framework import serializers

Fields = serializers.Serializer[Any]


class MarginBandSerializer(Fields):
    """Expected value with its 90% and 80% interval."""

    mean = serializers.FloatField()
    low = serializers.FloatField(help_text="5th percentile.")
    high = serializers.FloatField(help_text="95th percentile.")
    low_80 = serializers.FloatField(help_text="10th percentile.")
    high_80 = serializers.FloatField(help_text="90th percentile.")


class RulePriceSerializer(Fields):
    """What one more unit of a rule would bring, and the rule's values between which that holds."""

    rule = serializers.CharField()
    value = serializers.FloatField()
    valid_from = serializers.FloatField(allow_null=True)
    valid_to = serializers.FloatField(allow_null=True)
    validity = serializers.CharField(help_text="Where the range comes from, or why there is none.")
    meaning = serializers.CharField()
    step = serializers.FloatField(allow_null=True, help_text="Move of the rule's value that `meaning` tells.")
    gain = serializers.FloatField(help_text="What that step brings.")


class WhatIfRetailerSerializer(Fields):
    name = serializers.CharField()
    spend = serializers.FloatField()
    planned = serializers.FloatField(allow_null=True, help_text="Spend in the plan as it stands.")


class WhatIfSerializer(Fields):
    """One budget under the plan's rules; without a split only the conflict is given."""

    budget = serializers.FloatField()
    currency = serializers.CharField()
    status = serializers.CharField(help_text="optimal, infeasible or not_converged")
    spend = serializers.FloatField(required=False)
    incremental_margin = MarginBandSerializer(required=False)
    retailers = WhatIfRetailerSerializer(many=True, required=False)
    next_unit = RulePriceSerializer(required=False, allow_null=True, help_text="null: the budget does not bind.")
    prices = RulePriceSerializer(many=True, required=False)
    binding = serializers.ListField(child=serializers.CharField(), required=False)
    changes = serializers.DictField(required=False, allow_null=True, help_text="What differs from the plan.")
    certificate_gap = serializers.FloatField(required=False, allow_null=True)
    conflict = serializers.ListField(child=serializers.CharField(), required=False)
    notes = serializers.ListField(child=serializers.CharField(), required=False)


class FrontierRetailerSerializer(Fields):
    name = serializers.CharField()
    spend = serializers.FloatField()


class FrontierPointSerializer(Fields):
    """One budget; figures are absent where no split keeps the rules."""

    budget = serializers.FloatField()
    is_feasible = serializers.BooleanField()
    spend = serializers.FloatField(required=False)
    incremental_margin = MarginBandSerializer(required=False)
    price_of_money = serializers.FloatField(required=False, help_text="Objective of the next unit of money.")
    retailers = FrontierRetailerSerializer(many=True, required=False)


class FrontierSerializer(Fields):
    """Outcome over budget."""

    currency = serializers.CharField()
    budget = serializers.FloatField(help_text="The plan's own.")
    horizon_days = serializers.IntegerField()
    is_tabulated = serializers.BooleanField(help_text="False: fewer points, each planned anew.")
    points = FrontierPointSerializer(many=True)


class TornadoBarSerializer(Fields):
    name = serializers.CharField()
    kind = serializers.CharField(help_text="A rule's kind, budget or assumption.")
    less = serializers.FloatField(allow_null=True, help_text="Outcome a tenth lower; null where no split is left.")
    more = serializers.FloatField(allow_null=True, help_text="Outcome a tenth higher; null where no split is left.")


class TornadoSerializer(Fields):
    """What moves the objective most."""

    currency = serializers.CharField()
    objective = serializers.CharField()
    now = serializers.FloatField(allow_null=True)
    shift = serializers.FloatField()
    bars = TornadoBarSerializer(many=True, allow_null=True)
