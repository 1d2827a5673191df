"""The editor's settings of a file as a whole."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from harmonization.mapping.differences import qualifier_words
from harmonization.mapping.file_settings import FileSettings, settings_of
from harmonization.mapping.spec import Mapping, Qualifier
from harmonization.rmis.enums import Channel, DateBasis

SEPARATORS = ((",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar"))
VAT = (("", "not stated"), ("yes", "included"), ("no", "not included"))


class FileSettingsForm(forms.Form):
    """Retailer, currency, time zone, VAT and how numbers are written."""

    title = forms.CharField(max_length=200)
    retailer_id = forms.RegexField(
        r"^[a-z0-9][a-z0-9_.-]{0,63}$",
        required=False,
        help_text="Small letters, digits and -; empty where a column names the retailer.",
    )
    retailer_name = forms.CharField(max_length=200, required=False)
    currency = forms.RegexField(r"^[A-Z]{3}$", required=False, help_text="ISO 4217; empty where a column names it.")
    is_currency_assumed = forms.BooleanField(required=False, label="The export does not state its currency")
    timezone = forms.CharField(max_length=100, required=False, help_text="Such as Europe/Berlin.")
    date_basis = forms.ChoiceField(choices=[(one, f"of the {one}") for one in DateBasis], label="Days are")
    channel = forms.ChoiceField(choices=[(one, one) for one in Channel])
    vat = forms.ChoiceField(choices=VAT, required=False, label="VAT in cost")
    vat_rate = forms.DecimalField(
        required=False, min_value=0, max_value=Decimal("99.999"), decimal_places=3, label="VAT rate, %"
    )
    decimal = forms.ChoiceField(choices=[(".", "point: 1.50"), (",", "comma: 1,50")], label="Decimal mark")
    separator = forms.ChoiceField(choices=SEPARATORS)
    totals = forms.CharField(
        max_length=200, required=False, label="Rows of totals start with", help_text="Words between commas."
    )
    headline = forms.CharField(required=False, label="Daily facts carry", widget=forms.Select)

    def __init__(self, *args: Any, mapping: Mapping, **kwargs: Any) -> None:
        self.qualifiers = {qualifier_words(one): one for one in _qualifiers(mapping)}
        kwargs.setdefault("initial", _initial(settings_of(mapping=mapping)))
        kwargs.setdefault("prefix", "file")
        super().__init__(*args, **kwargs)
        choices = [(words, words) for words in self.qualifiers] or [("", "no outcomes")]
        self.fields["headline"].widget = forms.Select(choices=choices)

    @property
    def settings(self) -> FileSettings:
        """The settings as sent; the form is valid."""
        sent = self.cleaned_data
        rate: Decimal | None = sent["vat_rate"]
        return FileSettings(
            title=sent["title"],
            retailer_id=sent["retailer_id"],
            retailer_name=sent["retailer_name"],
            currency=sent["currency"],
            is_currency_assumed=sent["is_currency_assumed"],
            timezone=sent["timezone"],
            date_basis=DateBasis(sent["date_basis"]),
            channel=Channel(sent["channel"]),
            vat_included={"yes": True, "no": False}.get(sent["vat"]),
            vat_rate=None if rate is None else rate / 100,
            decimal=sent["decimal"],
            separator=sent["separator"],
            totals=tuple(word.strip().lower() for word in sent["totals"].split(",") if word.strip()),
            headline=self.qualifiers.get(sent["headline"]),
        )


def _qualifiers(mapping: Mapping) -> Sequence[Qualifier]:
    return tuple(dict.fromkeys((*mapping.headline, *(one.qualifier for one in mapping.outcomes))))


def _initial(settings: FileSettings) -> dict[str, Any]:
    vat = {True: "yes", False: "no", None: ""}[settings.vat_included]
    rate = None if settings.vat_rate is None else (settings.vat_rate * 100).normalize()
    return {
        "title": settings.title,
        "retailer_id": settings.retailer_id,
        "retailer_name": settings.retailer_name,
        "currency": settings.currency,
        "is_currency_assumed": settings.is_currency_assumed,
        "timezone": settings.timezone,
        "date_basis": settings.date_basis,
        "channel": settings.channel,
        "vat": vat,
        "vat_rate": rate,
        "decimal": settings.decimal,
        "separator": settings.separator,
        "totals": ", ".join(settings.totals),
        "headline": qualifier_words(settings.headline) if settings.headline else "",
    }
