"""Incrementality of one retailer, as typed."""

from django import forms


class AssumptionForm(forms.Form):
    """Shares from 0 to 1 and their source."""

    mean = forms.DecimalField(max_digits=4, decimal_places=3, min_value=0, max_value=1, label="Best guess")
    low = forms.DecimalField(max_digits=4, decimal_places=3, min_value=0, max_value=1, label="At least")
    high = forms.DecimalField(max_digits=4, decimal_places=3, min_value=0, max_value=1, label="At most")
    source = forms.CharField(max_length=200, help_text="For example “geo test, June 2026”.")
