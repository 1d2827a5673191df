"""The upload form: one or several files and the mapping to read them with."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

DETECT = ("", "Detect from the header")


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several uploaded files; each is checked as one would be."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """What is uploaded, and how to read it."""

    exports = ManyFilesField(
        label="Exports of a retail media network",
        help_text="The same file again changes nothing. A day that a new file restates replaces that day.",
        allow_empty_file=True,
        max_length=None,
    )
    mapping = forms.ChoiceField(
        required=False, help_text="Choose one only when the layout is not recognised by itself.", choices=[DETECT]
    )

    def __init__(self, *args: Any, mappings: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mapping"].choices = [DETECT, *((name, name) for name in mappings)]  # type: ignore[attr-defined]  # a ChoiceField, as declared above
