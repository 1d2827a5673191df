"""What a forecast is asked for, in the address."""

from django import forms

from campaigns.services.forecasts import LONGEST_HORIZON


class ForecastForm(forms.Form):
    """Days ahead, units now, and at which retailer."""

    retailer = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    horizon = forms.IntegerField(min_value=1, max_value=LONGEST_HORIZON, required=False, initial=28, label="Days ahead")
    on_hand = forms.FloatField(
        min_value=0, max_value=1e11, required=False, label="Units in stock now", help_text="To see whether they last."
    )
