"""Value-added tax in amounts: what is known of it, and amounts without it."""

from decimal import Decimal


def net_of_vat(*, amount: Decimal, included: bool | None, rate: Decimal | None) -> Decimal | None:
    """The amount without value-added tax; None where it holds tax, or may hold it, and the rate is not known.

    Args:
        rate: of the tax, a fraction of the net amount: 0.19 for 19 %.
    """
    if included is False:
        return amount
    if not included or rate is None:
        return None
    return amount / (1 + rate)


def vat_label(*, included: bool | None, rate: Decimal | None) -> str:
    """What is known of the tax, in words: ``included, 19 %``."""
    if included is None:
        return "not stated"
    words = "included" if included else "not included"
    return words if rate is None else f"{words}, {(rate * 100).normalize():f} %"
