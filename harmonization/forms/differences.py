"""What a person types from the retailer's console."""

from decimal import Decimal

from django import forms

LARGEST = Decimal(10) ** 15


class ConsoleForm(forms.Form):
    """The console's figure."""

    console = forms.DecimalField(
        label="The console shows",
        min_value=-LARGEST,
        max_value=LARGEST,
        max_digits=24,
        decimal_places=6,
        help_text="As it stands there, with its decimals and without separators: 1234.50",
    )
