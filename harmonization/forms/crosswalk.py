"""What people ask of products and the crosswalk, and what they send."""

from django import forms

from harmonization.models import PolicyTerm
from harmonization.services.crosswalk_decisions import LEAST_FOR_BULK


class ProductSearch(forms.Form):
    """A search over SKU, codes, name, brand and category."""

    q = forms.CharField(required=False, label="SKU, code, name, brand or category", max_length=100)


class QueueFilter(forms.Form):
    """Which candidates are shown."""

    retailer = forms.ChoiceField(required=False)

    def __init__(self, *args: object, retailers: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as it came
        self.fields["retailer"] = forms.ChoiceField(required=False, choices=[("", "Any retailer"), *retailers])


class BulkForm(forms.Form):
    """From which confidence on candidates are confirmed together."""

    least = forms.IntegerField(
        label="Confidence from, in percent", min_value=int(LEAST_FOR_BULK * 100), max_value=100, initial=95
    )


class CodesForm(forms.Form):
    """A file of confirmed codes."""

    codes = forms.FileField(
        label="CSV of confirmed codes", help_text="Columns retailer_id, item_id, sku. All lines are taken in, or none."
    )


class PolicyFilter(forms.Form):
    """Which policy terms are shown."""

    kind = forms.ChoiceField(required=False, choices=[("", "Any kind"), *PolicyTerm.Kind.choices])
