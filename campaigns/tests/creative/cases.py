"""Copies of our own and what each pack says of them."""

from datetime import date

DAY = date(2026, 11, 21)
OATS = {"brand": "Oat Acres"}
SHELF = {"items": 3, "url": "https://www.walmart.com/search?q=oat", "brand": "Oat Acres"}
FDA = (
    "This statement has not been evaluated by the Food and Drug Administration. "
    "This product is not intended to diagnose, treat, cure, or prevent any disease."
)
GIN = {"headline": "Small-batch gin", "brand": "GinCo", "category": "alcohol"}
BROKEN = [
    ("amazon", {"headline": "Granola", "brand": "A" * 31}, "reject", "AMZ-SB-BRAND-30"),
    ("amazon", OATS | {"headline": "Don’t miss out on oat bars"}, "reject", "AMZ-PRESSURE"),
    ("amazon", OATS | {"headline": "L-a-s-t c-h-a-n-c-e bars"}, "reject", "AMZ-PRESSURE"),
    ("amazon", OATS | {"headline": "Lаst chаnce bars"}, "reject", "AMZ-PRESSURE"),
    ("amazon", OATS | {"headline": "La\u200bst chance bars"}, "reject", "AMZ-PRESSURE"),
    ("amazon", OATS | {"headline": "The b3st oat bars"}, "review", "AMZ-CLAIM-UNSUPPORTED"),
    ("amazon", OATS | {"headline": "Oat bars", "cta": "Click here"}, "reject", "AMZ-CTA-NONSPECIFIC"),
    ("amazon", OATS | {"headline": "#1 in snacks on Amazon"}, "reject", "AMZ-BADGE"),
    ("amazon", {"headline": "Works with Alexa: smart lamp", "brand": "LumaCo"}, "reject", "AMZ-TRADEMARK"),
    ("amazon", OATS | {"headline": "Write to hello@oatacres.example"}, "reject", "AMZ-CONTACT"),
    ("amazon", OATS | {"headline": "#oatlife every morning"}, "reject", "AMZ-CONTACT"),
    ("amazon", {"headline": "Is your family safe tonight?", "brand": "AlarmCo"}, "reject", "AMZ-SCARE"),
    ("amazon", {"headline": "Sh*t-hot sauce", "brand": "SauceCo"}, "reject", "AMZ-PROFANITY"),
    ("amazon", OATS | {"headline": "Because you viewed oat bars"}, "reject", "AMZ-TARGETING"),
    ("amazon", GIN | {"locale": "IN"}, "reject", "AMZ-ALCOHOL-LOCALE"),
    ("amazon", GIN, "review", "AMZ-ALCOHOL-LOCALE"),
    ("amazon", GIN | {"locale": "DE", "headline": "Drink all night with gin"}, "reject", "AMZ-ALCOHOL-EXCESS"),
    ("walmart", SHELF | {"headline": "Trail bars", "items": 11}, "reject", "WMT-SB-ITEMS"),
    ("walmart", SHELF | {"headline": "Trail bars", "brand": "A" * 36}, "reject", "WMT-SB-BRAND-35"),
    ("walmart", SHELF | {"headline": "Bars", "url": "https://walmart.com@evil.example/search"}, "reject", "WMT-SB-URL"),
    ("walmart", SHELF | {"headline": "Trail bars", "url": "https://www.walmart.com/ip/1"}, "reject", "WMT-SB-URL"),
    ("kroger", {"headline": "Snack happy", "cta": "Shop Now for oat bars today"}, "reject", "KRO-CTA-25"),
    ("kroger", {"headline": "Find oat bars in aisle 5"}, "review", "KRO-LOCATION"),
    ("kroger", {"headline": "For busy moms"}, "reject", "KRO-AUDIENCE"),
    ("kroger", {"headline": "Snack happy", "body": "Join our rewards club"}, "reject", "KRO-EXTERNAL"),
    (
        "kroger",
        {"headline": "Oat bars", "body": "Better than Brand X", "competitors": ["Brand X"]},
        "reject",
        "KRO-COMPETITIVE",
    ),
    ("kroger", {"headline": "Oat bars", "disclosure": "Results may vary."}, "review", "KRO-DISCLAIMER"),
    ("instacart", {"headline": "Oat bars, fresh daily!!", "alt": "Oat Acres bars", **OATS}, "reject", "ICT-COPY-22"),
    (
        "instacart",
        {"headline": "Boost your libido", "alt": "VigCo caps", "brand": "VigCo"},
        "reject",
        "ICT-ADULT-CLAIM",
    ),
    ("instacart", {"headline": "Oat bars", **OATS}, "reject", "ICT-ALT-TEXT"),
    ("criteo", {"headline": "Hot singles in your area"}, "reject", "CRT-ADULT"),
    ("criteo", {"headline": "Call Jane at 212-555-0147"}, "reject", "GOV-PII"),
    ("amazon", OATS | {"headline": "jane.doe@example.com won a last chance"}, "reject", "GOV-PII"),
    ("criteo", {"headline": "Card 4111 1111 1111 1111"}, "reject", "GOV-PII"),
]
CLEAN = [
    ("amazon", OATS | {"headline": "Stoneground oat bars baked in small batches dailys"}),
    ("amazon", OATS | {"headline": "The best oat bars you can buy", "evidence": {"source": "Taste test, March 2026"}}),
    ("amazon", {"headline": "Best Foods mayo for sandwiches", "brand": "Best Foods"}),
    ("amazon", {"headline": "Classic assorted bass strings", "brand": "StringCo"}),
    ("amazon", {"headline": "Sugar free gum with mint", "brand": "GumCo"}),
    ("amazon", {"headline": "USB-C cables for your TV", "brand": "VoltCo"}),
    ("amazon", {"headline": "Refill pods in mint", "brand": "PodCo", "item_flags": ["add_on"]}),
    ("amazon", {"headline": "Treats for every dog", "brand": "PetCo", "category": "pet"}),
    ("amazon", OATS | {"headline": "Granola (12 oz) - with nuts/seeds", "cta": "Learn more"}),
    ("amazon", {"headline": "4K OLED TV with HDR10+", "brand": "ViewCo"}),
    ("amazon", GIN | {"locale": "DE"}),
    ("walmart", SHELF | {"headline": "Trail bars with oats, honey and a bit of salt"}),
    ("walmart", SHELF | {"headline": "Trail bars", "items": 10, "url": "https://www.walmart.com/browse/food/976759"}),
    ("kroger", {"headline": "20% OFF NEW oat bars", "cta": "Shop Now"}),
    ("kroger", {"headline": "Oat bars $2.99", "approvals": ["category_manager"]}),
    (
        "kroger",
        {"headline": "Snack happy", "category": "supplement", "claim_type": "structure_function", "disclosure": FDA},
    ),
    ("instacart", GIN | {"alt": "GinCo gin", "disclosure": "Enjoy responsibly. 21+"}),
    ("instacart", {"headline": "Oat bars", "alt": "Oat Acres bars", **OATS, "image": {"w": 1600, "h": 900, "kb": 800}}),
    ("criteo", {"headline": "Oat bars for busy mornings", **OATS}),
]
REPAIRED = [
    ("amazon", OATS | {"headline": "Oat bars!!!"}, {"headline": "Oat bars!"}),
    ("amazon", OATS | {"headline": "OAT ACRES BARS ARE HERE"}, {"headline": "Oat Acres bars are here"}),
    ("amazon", OATS | {"headline": "Save big", "cta": "SHOP NOW!"}, {"cta": "Shop now"}),
    (
        "amazon",
        OATS | {"headline": "Save 20% with SnS", "offer": {"program": "Subscribe & Save"}},
        {"headline": "Save 20% with Subscribe & Save"},
    ),
    (
        "amazon",
        {"headline": "Save 10% on pods", "brand": "PodCo", "item_flags": ["add_on"]},
        {"disclosure": "Minimum purchase required"},
    ),
    (
        "amazon",
        {
            "headline": "Free case with any phone",
            "brand": "CaseCo",
            "offer": {"free_with_purchase": True},
            "disclosure": "While supplies last",
        },
        {"disclosure": "While supplies last. Terms and conditions apply"},
    ),
    (
        "amazon",
        {
            "headline": "Supports immune health",
            "brand": "VitaCo",
            "category": "supplement",
            "disclosure": "Not checked by the FDA",
        },
        {"disclosure": FDA},
    ),
    ("kroger", {"headline": "FRESH oat bars"}, {"headline": "Fresh oat bars"}),
]
