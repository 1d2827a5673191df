"""Why a column is left out, and what fields are called, in words for a brand manager."""

from harmonization.suggestion.header_words import HeaderReading

# The first that a header speaks of is told.
REASONS = {
    "previous": "it compares with another period",
    "target": "it is a goal, a limit or what is left, not what happened",
    "organic": "it counts what happened without ads",
    "cancelled": "it counts what was cancelled or returned",
    "lifetime": "it adds up over more than the row's day",
    "assisted": "it is a forecast, a recommendation or assistance, not an attributed figure",
    "invalid": "it counts invalid traffic",
    "viewable": "viewable impressions are another figure than impressions",
    "video": "it counts videos",
    "videopart": "it counts parts of videos",
    "purchased": "it speaks of the item bought, not of the advertised one",
    "tax": "it is a tax, a fee, a discount or what is left after it",
    "new": "it counts existing or returning shoppers",
    "share": "it is a share, a rank or a position",
    "rate": "it is a rate, and can be worked out from the figures",
    "average": "it is an average, and can be worked out from the figures",
    "created": "it tells when something was made, changed or loaded",
    "start": "it is the start of something, not the day of the row",
    "end": "it is the end of something, not the day of the row",
    "week": "it names a longer period than a day",
    "visit": "it counts people or visits, or speaks of them",
    "newbuyer": "it counts shoppers, not their orders or sales",
    "promoted": "it may be the advertised item's part or all that the ads led to",
    "offline": "it is a part that happened in stores",
    "modifier": "one of its words makes it a part, or another thing",
    "page": "it is an address or a picture",
    "portfolio": "it speaks of portfolios or billing",
}


def why_unmapped(*, reading: HeaderReading) -> str:
    """Why the words of a header make no field."""
    if reading.unknown:
        return f"the word “{reading.unknown[0]}” is not known"
    if not reading.concepts:
        return "its words name nothing that is reported"
    told = next((reason for concept, reason in REASONS.items() if concept in reading.concepts), "")
    return told or "its words together name no figure that is mapped"


def in_words(meaning: str | None) -> str:
    """A field as people say it."""
    name = (meaning or "").replace("ntb_", "new-to-brand ").replace("_", " ")
    return name.replace("same sku", "of the same item").replace(" id", " identifier") or "nothing that is mapped"
