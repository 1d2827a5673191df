"""A copy to check, as typed."""

from typing import Any

from django import forms

from campaigns.creative.advert import LONGEST_FIELD
from campaigns.creative.library import load_pack, pack_names

CATEGORIES = (
    ("", "Anything else"),
    ("supplement", "Dietary supplement"),
    ("alcohol", "Alcohol"),
    ("food", "Food"),
    ("tobacco", "Tobacco"),
    ("adult", "Adult"),
)


def _packs() -> list[tuple[str, str]]:
    return [(name, load_pack(name).title) for name in pack_names()]


def _line(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(required=False, max_length=LONGEST_FIELD, label=label, help_text=help_text, strip=False)


class CopyForm(forms.Form):
    """What shoppers would read, and what the rules need to know about the ad."""

    retailer = forms.ChoiceField(choices=_packs, label="Retailer")
    headline = _line("Headline")
    brand = _line("Brand", "As the brand writes itself.")
    body = forms.CharField(
        required=False, max_length=LONGEST_FIELD, label="Body", widget=forms.Textarea(attrs={"rows": 2}), strip=False
    )
    tagline = _line("Tagline")
    cta = _line("Call to action")
    disclosure = _line("Disclosure")
    alt = _line("Alternative text")
    image_text = _line("Text in the image")
    category = forms.ChoiceField(choices=CATEGORIES, required=False, label="Category")
    locale = forms.CharField(required=False, max_length=10, label="Country", help_text="Two letters, such as US.")
    url = forms.CharField(required=False, max_length=2000, label="Click address")
    competitors = forms.CharField(
        required=False, max_length=500, label="Competitors", help_text="Separated by commas; none may be named."
    )
    evidence = forms.CharField(
        required=False, max_length=500, label="Evidence for claims", help_text="Where the proof of a claim can be read."
    )
    is_coupon = forms.BooleanField(required=False, label="Leads to a digital coupon")
    is_approved = forms.BooleanField(required=False, label="Approved by the category manager")

    def as_creative(self) -> dict[str, Any]:
        """The creative as JSON; empty fields are absent, but an alternative text is always looked at."""
        given = {name: value for name, value in self.cleaned_data.items() if isinstance(value, str) and value.strip()}
        given.pop("retailer")
        names = [name.strip() for name in given.pop("competitors", "").split(",") if name.strip()]
        return {
            **given,
            **({"competitors": names} if names else {}),
            **({"offer": {"digital_coupon": True}} if self.cleaned_data["is_coupon"] else {}),
            **({"approvals": ["category_manager"]} if self.cleaned_data["is_approved"] else {}),
        }
