"""The SKU dimension: the tenant's products, the codes that lead to them, and pairings that wait for a person."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from harmonization.crosswalk.keys import CodeKind, normal_code
from harmonization.models.import_run import ImportRun

CODE_KINDS = (("item_id", "Retailer's item id"), ("gtin", "GTIN"), ("seller_sku", "Seller SKU"), ("mpn", "MPN"))


class ProductQuerySet(models.QuerySet["Product"]):
    """Adjectives for products."""

    def matching(self, text: str) -> Self:
        """Whose SKU or a code is the text, or whose name, brand or category has it in it."""
        codes = {text.zfill(14), *(normal_code(kind=kind, text=text) for kind in CodeKind)} - {""}
        by_code = ProductCode.objects.filter(code__in=codes).values("product_id")
        named = models.Q(name__icontains=text) | models.Q(brand__icontains=text)
        placed = models.Q(category_path__icontains=text)
        return self.filter(models.Q(sku__iexact=text) | models.Q(pk__in=by_code) | named | placed)


class Product(models.Model):
    """What the tenant sells. Everything that is reported about it joins to its SKU."""

    sku = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=300, blank=True)
    brand = models.CharField(max_length=120, blank=True)
    manufacturer = models.CharField(max_length=120, blank=True)
    category_path = models.CharField(max_length=300, blank=True, help_text="From wide to narrow, joined by “ > ”.")
    size = models.CharField(max_length=80, blank=True, help_text="As written: 12 x 330 ml.")
    price = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    unit_cost = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    margin_rate = models.DecimalField(max_digits=12, decimal_places=6, null=True, help_text="A fraction of revenue.")
    currency = models.CharField(max_length=3, blank=True, help_text="Of price and unit cost.")
    import_run = models.ForeignKey(ImportRun, null=True, on_delete=models.SET_NULL, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ("sku",)
        indexes = [models.Index(Lower("sku"), name="product_sku_folded")]

    def __str__(self) -> str:
        return f"{self.sku} {self.name}".strip()


class ProductCode(models.Model):
    """A code that leads to a product: normalised, from a file, from another code, or confirmed by a person."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="codes")
    kind = models.CharField(max_length=12, choices=CODE_KINDS)
    code = models.CharField(max_length=80, help_text="As it is compared: folded, a GTIN as fourteen digits.")
    spelling = models.CharField(
        max_length=120, blank=True, default="", db_default="", help_text="As in the source; empty where not kept."
    )
    retailer_id = models.CharField(max_length=80, blank=True, help_text="Empty where the code holds everywhere.")
    source = models.CharField(max_length=120, help_text="Where it comes from: a file, another code, a person.")
    import_run = models.ForeignKey(ImportRun, null=True, on_delete=models.CASCADE, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("kind", "retailer_id", "code")
        indexes = [models.Index(fields=["kind", "retailer_id", "code"], name="code_kind_retailer")]
        constraints = [
            models.UniqueConstraint(fields=["product", "kind", "retailer_id", "code"], name="one_code_per_product")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.as_written}"

    @property
    def as_written(self) -> str:
        """As its source spells it, or as it is compared where the spelling was not kept."""
        return self.spelling or self.code


class CrosswalkCandidateQuerySet(models.QuerySet["CrosswalkCandidate"]):
    """Adjectives for candidates."""

    def pending(self) -> Self:
        return self.filter(state=CrosswalkCandidate.State.PENDING)

    def at_least(self, confidence: float) -> Self:
        return self.filter(confidence__gte=confidence)


class CrosswalkCandidate(models.Model):
    """An item of a retailer and a product that it may be. Only a person makes it a join."""

    class State(models.TextChoices):
        PENDING = "pending", "Pending"
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Rejected"

    retailer_id = models.CharField(max_length=80)
    item_id = models.CharField(max_length=80)
    item_name = models.CharField(max_length=300, blank=True)
    item_brand = models.CharField(max_length=120, blank=True)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="candidates")
    confidence = models.FloatField(help_text="Chance that it is the product, calibrated on perturbed catalogues.")
    evidence = models.JSONField(default=dict, help_text="name_likeness, same_brand, same_size, lead, sizes; or codes.")
    is_conflict = models.BooleanField(default=False, help_text="Codes say different products.")
    rank = models.PositiveSmallIntegerField(default=1, help_text="1 is the item's best candidate.")
    spend = models.DecimalField(max_digits=18, decimal_places=6, default=0)
    currency = models.CharField(max_length=3, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, db_constraint=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = CrosswalkCandidateQuerySet.as_manager()

    class Meta:
        ordering = ("-spend", "retailer_id", "item_id", "rank")
        constraints = [
            models.UniqueConstraint(fields=["retailer_id", "item_id", "product"], name="one_candidate_per_pair"),
            models.UniqueConstraint(
                fields=["retailer_id", "item_id"],
                condition=models.Q(state="confirmed"),
                name="one_confirmed_candidate_per_item",
            ),
        ]
        indexes = [models.Index(fields=["state", "-confidence"], name="candidate_state_confidence")]

    def __str__(self) -> str:
        return f"{self.retailer_id} {self.item_id} = {self.product.sku}"
