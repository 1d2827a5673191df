"""Numbers in templates: ``{% load figures %}{{ plan.budget|money:plan.currency }}``."""

from django import template

from tenants import figures

register = template.Library()

register.filter("money", figures.money)
register.filter("compact_money", figures.compact_money)
register.filter("compact", figures.compact)
register.filter("percent", figures.percent)
register.filter("change", figures.change)
register.filter("ratio", figures.ratio)


@register.filter
def cents(value: figures.Number | None, currency: str) -> str:
    """Money to the cent."""
    return figures.money(value, currency, places=2)
