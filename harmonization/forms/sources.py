"""Set up a source: what every kind needs, what its own kind needs, when it runs; and its secrets, write-only."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from harmonization.connectors.protocol import Connector, Setting, SourceRefused
from harmonization.models import DataSource
from harmonization.services.sources import SourceSettings
from harmonization.timing.schedule import Schedule

DETECT = ("", "Detect from the header")
RUNS = [("daily", "Daily"), ("interval", "Every so many minutes"), ("hand", "Only when asked")]
OPTION, SECRET = "option_", "secret_"
SAME_FIELD = {
    "mapping": "mapping_name",
    "every_minutes": "every_minutes",
    "daily_at": "daily_at",
    "timezone": "timezone",
}


class SourceForm(forms.Form):
    """Name, options of the kind, schedule."""

    name = forms.CharField(max_length=80)
    retailer = forms.CharField(max_length=80, required=False, help_text="Whose exports these are.")
    mapping_name = forms.ChoiceField(label="Mapping", required=False, choices=[DETECT])
    runs = forms.ChoiceField(label="When", choices=RUNS, initial="daily")
    daily_at = forms.TimeField(
        label="Time of day, when daily",
        required=False,
        initial="06:30",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    every_minutes = forms.IntegerField(label="Minutes, when by interval", required=False, help_text="15 to 10,080.")
    timezone = forms.CharField(label="Time zone", max_length=64, help_text="As in Europe/Paris.")

    def __init__(self, *args: Any, connector: Connector, mappings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connector = connector
        own = {f"{OPTION}{one.name}": _field(one) for one in connector.options}
        self.fields = {"name": self.fields.pop("name"), **own, **self.fields}
        if connector.mapping:
            del self.fields["mapping_name"]
            return
        self.fields["mapping_name"] = forms.ChoiceField(
            label="Mapping", required=False, choices=[DETECT, *((name, name) for name in mappings)]
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        needed = {"daily": "daily_at", "interval": "every_minutes"}.get(cleaned.get("runs", ""))
        if needed and cleaned.get(needed) is None and needed not in self.errors:
            self.add_error(needed, "Say when.")
        return cleaned

    def wish(self) -> SourceSettings:
        """What was filled in, as the service takes it."""
        chosen = self.cleaned_data
        schedule = Schedule(
            every_minutes=chosen["every_minutes"] if chosen["runs"] == "interval" else None,
            daily_at=chosen["daily_at"] if chosen["runs"] == "daily" else None,
            timezone=chosen["timezone"],
        )
        return SourceSettings(
            name=chosen["name"],
            retailer=chosen["retailer"],
            mapping_name=chosen.get("mapping_name", ""),
            options={one.name: str(chosen[f"{OPTION}{one.name}"]) for one in self.connector.options},
            schedule=schedule,
        )

    def add_refusal(self, refusal: SourceRefused) -> None:
        """Show the refusal at the field it is about."""
        problem = refusal.problem
        where = problem["where"]
        field = next((name for name in (f"{OPTION}{where}", SAME_FIELD.get(where, where)) if name in self.fields), None)
        self.add_error(field, " ".join(text for text in (problem["detail"], problem["fix"]) if text))


class CredentialForm(forms.Form):
    """Secrets go in and never come out: the fields are empty whenever the page is shown."""

    def __init__(self, *args: Any, connector: Connector, may_be_empty: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {f"{SECRET}{one.name}": _secret(one, may_be_empty) for one in connector.secrets}

    def values(self) -> dict[str, str]:
        return {name.removeprefix(SECRET): value for name, value in self.cleaned_data.items() if value}


def initial_of(source: DataSource) -> dict[str, Any]:
    """What the form shows of a source that is there."""
    runs = "interval" if source.every_minutes else "daily" if source.daily_at else "hand"
    options: Mapping[str, str] = source.options
    return {
        "name": source.name,
        "retailer": source.retailer,
        "mapping_name": source.mapping_name,
        "runs": runs,
        "daily_at": source.daily_at,
        "every_minutes": source.every_minutes,
        "timezone": source.timezone,
        **{f"{OPTION}{name}": value for name, value in options.items()},
    }


def _field(one: Setting) -> forms.Field:
    shared: dict[str, Any] = {"label": one.label, "help_text": one.help_text, "required": one.required}
    if one.choices:
        return forms.ChoiceField(choices=one.choices, initial=one.initial, **shared)
    return forms.CharField(max_length=500, initial=one.initial, **shared)


def _secret(one: Setting, may_be_empty: bool) -> forms.Field:
    attributes = {"autocomplete": "off", "spellcheck": "false"}
    widget: forms.Widget = forms.PasswordInput(render_value=False, attrs={**attributes, "autocomplete": "new-password"})
    if one.long:
        widget = UnshownTextarea(attrs={**attributes, "rows": 4})
    return forms.CharField(
        label=one.label,
        help_text=one.help_text,
        required=one.required and not may_be_empty,
        max_length=10_000,
        widget=widget,
    )


class UnshownTextarea(forms.Textarea):
    """A text area that never shows what was sent."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, "", attrs)
