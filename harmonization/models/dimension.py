"""The audience and policy dimensions of RMIS."""

from django.db import models

from harmonization.models.import_run import ImportRun


class Audience(models.Model):
    """An audience of a network."""

    retailer_id = models.CharField(max_length=80, blank=True, help_text="Empty where it is no retailer's.")
    audience_id = models.CharField(max_length=80)
    name = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    audience_type = models.CharField(max_length=120, blank=True)
    provider = models.CharField(max_length=120, blank=True)
    people = models.BigIntegerField(null=True)
    refreshed_on = models.DateField(null=True)
    import_run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("retailer_id", "name", "audience_id")
        constraints = [models.UniqueConstraint(fields=["retailer_id", "audience_id"], name="one_audience_per_id")]

    def __str__(self) -> str:
        return self.name or self.audience_id


class PolicyDocument(models.Model):
    """What a retailer publishes about ads on its site; a document is replaced whole when it is loaded again."""

    retailer_id = models.CharField(max_length=80, blank=True, help_text="Empty where it holds for all retailers.")
    document_id = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=300, blank=True)
    version = models.CharField(max_length=80, blank=True)
    url = models.CharField(max_length=500, blank=True)
    effective_on = models.DateField(null=True)
    import_run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("retailer_id", "document_id")
        constraints = [models.UniqueConstraint(fields=["retailer_id", "document_id"], name="one_policy_document")]

    def __str__(self) -> str:
        return self.title or self.document_id or "Policy"


class PolicyTerm(models.Model):
    """One thing a document asks for."""

    class Kind(models.TextChoices):
        RETAILER_SPEC = "retailer_spec", "Specification"
        DISALLOWED_TERM = "disallowed_term", "Disallowed term"
        REQUIRED_DISCLAIMER = "required_disclaimer", "Required disclaimer"

    document = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="terms")
    term_id = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField()
    category = models.CharField(max_length=300, blank=True, help_text="Empty for all products.")
    severity = models.CharField(max_length=10, blank=True, help_text="block or warn; empty where it is not stated.")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("document", "kind", "term_id", "pk")

    def __str__(self) -> str:
        return self.text[:80]
