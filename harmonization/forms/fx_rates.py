"""The form a file of exchange rates is uploaded with."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from harmonization.comparison.rate_files import LARGEST


class RatesForm(forms.Form):
    """One file of rates."""

    rates = forms.FileField(
        label="File of rates",
        help_text="eurofxref-hist.xml or .csv of the European Central Bank, or a CSV of date, base, quote, rate.",
        allow_empty_file=True,
        max_length=200,
    )

    def clean_rates(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["rates"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST >> 20} MiB.")
        return file
