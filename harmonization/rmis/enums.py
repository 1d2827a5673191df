"""The closed vocabularies of RMIS: what a placement, a channel, a touch or a scope can be."""

from enum import StrEnum


class PlacementType(StrEnum):
    """Where an ad stood. OTHER also takes what a mapping does not know; it is counted and shown."""

    SEARCH = "search"
    BROWSE = "browse"
    PRODUCT_DETAIL = "product_detail"
    HOME = "home"
    CHECKOUT = "checkout"
    OFFSITE = "offsite"
    IN_STORE = "in_store"
    OTHER = "other"


class ReportPart(StrEnum):
    """Which figures of a day a report states: how ads were delivered, what was attributed to them, or both."""

    WHOLE = "whole"
    DELIVERY = "delivery"
    OUTCOMES = "outcomes"


class Channel(StrEnum):
    """The channel of the IAB/MRC guidelines: on the retailer's site, elsewhere, or in its stores."""

    ONSITE = "onsite"
    OFFSITE = "offsite"
    IN_STORE = "in-store"


class Touch(StrEnum):
    """Which contact with the ad an outcome was attributed to."""

    CLICK = "click"
    VIEW = "view"
    CLICK_VIEW = "click+view"


class Scope(StrEnum):
    """Which products bought count as the ad's outcome. HALO: other products, brand and category not told apart."""

    TOTAL = "total"
    SAME_SKU = "same_sku"
    HALO = "halo"
    HALO_BRAND = "halo_brand"
    HALO_CATEGORY = "halo_category"


class SalesChannel(StrEnum):
    """Where the outcome happened; a mapping leaves it out where the source does not tell."""

    ALL = "all"
    ONLINE = "online"
    IN_STORE = "in_store"


class AttributionModel(StrEnum):
    """How credit for one outcome is shared among ads."""

    LAST_TOUCH = "last_touch"
    LINEAR = "linear"


class DateBasis(StrEnum):
    """Which event the day of a row is the day of."""

    CLICK = "click"
    IMPRESSION = "impression"
    ORDER = "order"


class TimeGrain(StrEnum):
    """What one row covers."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    PERIOD = "period"


CHANNEL_OF_PLACEMENT: dict[str, Channel] = {
    PlacementType.OFFSITE: Channel.OFFSITE,
    PlacementType.IN_STORE: Channel.IN_STORE,
}
