"""What the editor sends about a mapping of a dimension: for each field the columns it is read from, and how."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms

from harmonization.forms.file_settings import SEPARATORS
from harmonization.forms.mapping_columns import MAX_FORMATS, Sent
from harmonization.mapping.dimension_editing import FieldUse
from harmonization.mapping.dimension_reader import UNITS
from harmonization.mapping.file_settings import FileSettings, settings_of
from harmonization.mapping.header import normal
from harmonization.mapping.spec import Mapping, Unit

LONGEST_JOIN = 10


class DimensionSettingsForm(forms.Form):
    """Of the whole file: the retailer whose identifiers these are, the currency, and how numbers are written."""

    title = forms.CharField(max_length=200)
    retailer_id = forms.RegexField(
        r"^[a-z0-9][a-z0-9_.-]{0,63}$",
        required=False,
        help_text="Small letters, digits and -; empty where the file holds for all retailers.",
    )
    retailer_name = forms.CharField(max_length=200, required=False)
    currency = forms.RegexField(r"^[A-Z]{3}$", required=False, help_text="ISO 4217; empty where there are no amounts.")
    is_currency_assumed = forms.BooleanField(required=False, label="The file does not state its currency")
    decimal = forms.ChoiceField(choices=[(".", "point: 1.50"), (",", "comma: 1,50")], label="Decimal mark")
    separator = forms.ChoiceField(choices=SEPARATORS)
    totals = forms.CharField(
        max_length=200, required=False, label="Rows of totals start with", help_text="Words between commas."
    )

    def __init__(self, *args: Any, mapping: Mapping, **kwargs: Any) -> None:
        self.before = settings_of(mapping=mapping)
        self.has_retailer_column = bool(mapping.retailer.id_columns)
        self.has_currency_column = bool(mapping.currency.columns)
        initial = {name: getattr(self.before, name) for name in self.base_fields}
        kwargs.setdefault("initial", {**initial, "totals": ", ".join(self.before.totals)})
        kwargs.setdefault("prefix", "file")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A retailer's name needs its id, and an assumed currency its code: the mapping could not be written else."""
        sent: dict[str, Any] = self.cleaned_data
        has_id, has_currency = bool(sent.get("retailer_id")), bool(sent.get("currency") or self.has_currency_column)
        if has_id and self.has_retailer_column:
            self.add_error("retailer_id", "A column names the retailer already; leave this empty.")
        if sent.get("retailer_name") and not has_id and not self.has_retailer_column and not self.errors:
            self.add_error("retailer_id", "Give the retailer an id as well, such as kroger.")
        if sent.get("is_currency_assumed") and not has_currency and "currency" not in self.errors:
            self.add_error("currency", "Give the currency that is assumed.")
        return sent

    @property
    def settings(self) -> FileSettings:
        """The settings as sent; the form is valid. What only reports of ads have stays as it was."""
        sent = self.cleaned_data
        return FileSettings(
            **{name: getattr(self.before, name) for name in ("timezone", "date_basis", "channel")},
            **{name: getattr(self.before, name) for name in ("vat_included", "vat_rate", "headline")},
            **{name: sent[name] for name in self.base_fields if name != "totals"},
            totals=tuple(word.strip().lower() for word in sent["totals"].split(",") if word.strip()),
        )


def sent_field_uses(*, sent: Sent, before: Sequence[FieldUse], known: Collection[str]) -> tuple[FieldUse, ...]:
    """What each field is read from as the form says; ``before`` where it says nothing that can be.

    ``known`` are the columns of the file and of the mapping: others are not taken.
    """
    return tuple(_use(sent, one, known=known) for one in before)


def _use(sent: Sent, before: FieldUse, *, known: Collection[str]) -> FieldUse:
    name = f"f-{before.name}"
    if f"{name}-column" not in sent:
        return before
    spelled = {normal(one): one for one in before.columns}  # as the mapping writes it, not the file
    chosen = [one for one in sent.getlist(f"{name}-column") if one in known or one in before.columns]
    columns = tuple({normal(one): spelled.get(normal(one), one) for one in chosen}.values())
    if not columns:
        return FieldUse(name=before.name)
    return FieldUse(
        name=before.name,
        columns=columns,
        join=sent.get(f"{name}-join", before.join)[:LONGEST_JOIN],
        required=f"{name}-required" in sent if f"{name}-has-required" in sent else before.required,
        unit=_unit(sent.get(f"{name}-unit"), before.unit),
        formats=_formats(sent.get(f"{name}-formats"), before.formats),
        weeks_from=_day(sent.get(f"{name}-weeks_from"), before.weeks_from),
    )


def _unit(text: str | None, before: Unit) -> Unit:
    return Unit(text) if text in UNITS else before


def _formats(text: str | None, before: tuple[str, ...]) -> tuple[str, ...]:
    if text is None:
        return before
    return tuple(dict.fromkeys(one.strip() for one in text[:MAX_FORMATS].split(" or ") if one.strip()))


def _day(text: str | None, before: date | None) -> date | None:
    if text is None:
        return before
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return before
