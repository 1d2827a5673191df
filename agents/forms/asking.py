"""A question to an agent, a search, and a playbook, as typed."""

from django import forms

from agents.roles.base_agent import LONGEST_QUESTION
from agents.roles.registry import ROLES

ROLE_CHOICES = [(name, name.replace("_", " ").capitalize()) for name in ROLES]


class AskForm(forms.Form):
    """Which agent, and what."""

    role = forms.ChoiceField(choices=ROLE_CHOICES, label="Agent")
    text = forms.CharField(
        max_length=LONGEST_QUESTION, label="Question or brief", widget=forms.Textarea(attrs={"rows": 3})
    )
    retailer = forms.RegexField(regex=r"^[\w .&'+-]*$", max_length=80, required=False, label="Retailer")


class SearchForm(forms.Form):
    """What to look for."""

    query = forms.CharField(max_length=400, required=False, label="Search policies and playbooks")
    retailer = forms.RegexField(regex=r"^[\w .&'+-]*$", max_length=80, required=False, label="Retailer")


class PlaybookForm(forms.Form):
    """A playbook's text."""

    title = forms.CharField(max_length=200, label="Title", help_text="The same title again makes its next version.")
    retailer = forms.RegexField(
        regex=r"^[\w .&'+-]*$", max_length=80, required=False, label="Retailer", help_text="Empty: about all."
    )
    text = forms.CharField(
        max_length=1_000_000,
        label="Text",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Plain text or Markdown; paragraphs become the passages that answers cite.",
    )
