import pytest

USD = {"currency": "USD"}


def cap(share=None, *, level="placement", name=None, amount=None):
    size = {"share": share} if amount is None else {"amount": amount}
    return {"level": level, "name": name, **size}


BUDGETS = [
    ("$2.5M across Amazon and Walmart", 2_500_000, "USD"),
    ("Allocate 2.5 million dollars across Amazon and Walmart", 2_500_000, "USD"),
    ("USD 2,500,000 for Amazon & Walmart", 2_500_000, "USD"),
    ("€1.2m on Amazon and Walmart", 1_200_000, "EUR"),
    ("2 500 000 EUR between Amazon and Walmart", 2_500_000, "EUR"),
    ("Spend two hundred thousand dollars on Amazon and Walmart", 200_000, "USD"),
    ("£500k across Amazon and Walmart", 500_000, "GBP"),
    ("half a million dollars for Amazon, Walmart", 500_000, "USD"),
    ("one and a half million euros for Amazon and Walmart", 1_500_000, "EUR"),
    ("Spend up to $2.5M on Amazon and Walmart", 2_500_000, "USD"),
    ("1.200.000 EUR across Amazon/Walmart", 1_200_000, "EUR"),
    ("2,5 Mio EUR across Amazon and Walmart", 2_500_000, "EUR"),
    ("We've got US$ 3m to spend across Amazon and Walmart", 3_000_000, "USD"),
    ("Budget: $750,000. Retailers: Amazon, Walmart", 750_000, "USD"),
    ("$ 40 000 total budget for Amazon and Walmart", 40_000, "USD"),
    ("Please plan a maximum budget of $90k on Amazon and Walmart", 90_000, "USD"),
]


@pytest.mark.parametrize(("text", "budget", "currency"), BUDGETS)
def test_budgets_in_many_hands(read, text, budget, currency):
    assert read(text) == {"budget": budget, "currency": currency, "retailers": ["amazon", "walmart"]}


# Each stands after "$1M." and adds exactly this to the budget.
RULES = [
    ("ROAS at least 3", {"roas_floor": 3}),
    ("Minimum return of 3:1", {"roas_floor": 3}),
    ("return on ad spend ≥ 300 %", {"roas_floor": 3}),
    ("keep a 3.5x ROAS or better", {"roas_floor": 3.5}),
    ("We need at least a 4x return on ad spend", {"roas_floor": 4}),
    ("ROAS >= 2.75", {"roas_floor": 2.75}),
    ("ROAS should not drop below 3", {"roas_floor": 3}),
    ("$3 for every $1 return", {"roas_floor": 3}),
    ("ACOS below 25%", {"roas_floor": 4}),
    ("CPA below $12", {"cpa_ceiling": 12}),
    ("cost per order at most $9.50", {"cpa_ceiling": 9.5}),
    ("CPA must stay under $8", {"cpa_ceiling": 8}),
    ("max CPA of $20", {"cpa_ceiling": 20}),
    ("Keep 10% for experiments", {"reserve": 0.1}),
    ("hold back 5 percent for testing", {"reserve": 0.05}),
    ("reserve ten percent of the budget for incrementality tests", {"reserve": 0.1}),
    ("put 8% aside for test and learn", {"reserve": 0.08}),
    ("with a 12.5% experiment reserve", {"reserve": 0.125}),
    ("keep $100k for experiments", {"reserve": 0.1}),
    ("No placement above 30%", {"caps": [cap(0.3)]}),
    ("no single placement may get more than 30% of the budget", {"caps": [cap(0.3)]}),
    ("max 25% per placement", {"caps": [cap(0.25)]}),
    ("cap each placement at 30 %", {"caps": [cap(0.3)]}),
    ("placement cap: 30%", {"caps": [cap(0.3)]}),
    ("No single retailer should get more than 60% of the total budget", {"caps": [cap(0.6, level="retailer")]}),
    ("No brand over $400k", {"caps": [cap(level="brand", amount=400_000)]}),
    ("at least 10% on each retailer", {"floors": [cap(0.1, level="retailer")]}),
    ("cap Walmart at 40%", {"caps": [cap(0.4, level="retailer", name="walmart")]}),
    ("no more than 30% on search", {"caps": [cap(0.3, name="search")]}),
    ("Walmart no more than half", {"caps": [cap(0.5, level="retailer", name="walmart")]}),
    ("limit product pages to $200k", {"caps": [cap(name="product_detail", amount=200_000)]}),
    ("at least $300k on Amazon", {"floors": [cap(level="retailer", name="amazon", amount=300_000)]}),
    ("minimum spend of $50k on Alpha", {"floors": [cap(level="retailer", name="alpha", amount=50_000)]}),
    ("give Kettleby at least a third", {"floors": [cap(1 / 3, level="brand", name="Kettleby")]}),
    (
        "between 20% and 40% on Walmart",
        {
            "caps": [cap(0.4, level="retailer", name="walmart")],
            "floors": [cap(0.2, level="retailer", name="walmart")],
        },
    ),
    (
        "Walmart 20-40%",
        {
            "caps": [cap(0.4, level="retailer", name="walmart")],
            "floors": [cap(0.2, level="retailer", name="walmart")],
        },
    ),
    ("min 30% search", {"floors": [cap(0.3, name="search")]}),
    ("max 15% home page", {"caps": [cap(0.15, name="home")]}),
    ("Walmart 30% minimum", {"floors": [cap(0.3, level="retailer", name="walmart")]}),
    ("don't spend more than $50k on home", {"caps": [cap(name="home", amount=50_000)]}),
    ("never put more than $300,000 in any one placement", {"caps": [cap(amount=300_000)]}),
    ("do not let Amazon exceed 40%", {"caps": [cap(0.4, level="retailer", name="amazon")]}),
    ("never let any placement go above 30%", {"caps": [cap(0.3)]}),
    (
        "at least 25% has to go to Walmart and Amazon can't exceed 60%",
        {
            "caps": [cap(0.6, level="retailer", name="amazon")],
            "floors": [cap(0.25, level="retailer", name="walmart")],
        },
    ),
    ("exclude Walmart", {"caps": [cap(0.0, level="retailer", name="walmart")]}),
    ("Keep Amazon at $400k", {"fixed": {"amazon": 400_000}}),
    ("exactly $100,000 on Beta", {"fixed": {"beta": 100_000}}),
    ("Hold search at 25% of budget", {"fixed": {"search": 250_000}}),
    ("Don't move any line by more than 20%", {"change_limit": 0.2}),
    ("no line may change by more than 15% from current", {"change_limit": 0.15}),
    ("limit changes to 25% per line", {"change_limit": 0.25}),
    ("skip items with stock-out risk above 20%", {"oos_threshold": 0.2}),
    ("no spend where the probability of being out of stock exceeds 15%", {"oos_threshold": 0.15}),
    ("over 8 weeks", {"weeks": 8}),
    ("a 12-week flight", {"weeks": 12}),
    ("for three months", {"weeks": 13}),
    ("for Q1 2027", {"start": "2027-01-01", "end": "2027-03-31"}),
    ("from 1 Jan to 31 March", {"start": "2027-01-01", "end": "2027-03-31"}),
    ("between 2027-02-01 and 2027-02-28", {"start": "2027-02-01", "end": "2027-02-28"}),
    ("6 weeks starting 4 January 2027", {"weeks": 6, "start": "2027-01-04", "end": "2027-02-14"}),
    ("in March 2027", {"start": "2027-03-01", "end": "2027-03-31"}),
    ("next quarter", {"start": "2027-01-01", "end": "2027-03-31"}),
    ("from Dec 15 to Jan 15", {"start": "2026-12-15", "end": "2027-01-15"}),
    ("Maximise incremental margin", {"objective": "incremental_margin"}),
    ("optimize for revenue", {"objective": "incremental_revenue"}),
    ("we want the most units", {"objective": "units"}),
    ("maximize profit", {"objective": "profit"}),
    ("for Nordmill", {"brand": "Nordmill"}),
    ("only on Amazon", {"retailers": ["amazon"]}),
    ("across all retailers", {}),
]


@pytest.mark.parametrize(("text", "expected"), RULES)
def test_one_rule_beside_a_budget(read, text, expected):
    assert read(f"Budget $1M. {text}.") == {"budget": 1_000_000, **USD} | expected


def test_the_brief_of_the_demo(read):
    brief = (
        "Allocate $2.5M across Amazon and Walmart, ROAS at least 3, keep 10% for experiments, no placement above 30%"
    )

    assert read(brief) == {
        "budget": 2_500_000,
        "currency": "USD",
        "retailers": ["amazon", "walmart"],
        "roas_floor": 3,
        "reserve": 0.1,
        "caps": [{"level": "placement", "name": None, "share": 0.3}],
    }


def test_a_brief_as_a_list(read):
    brief = "Budget: $2.5M; retailers: Amazon, Walmart; ROAS: 3; reserve: 10%; placement cap: 30%; weeks: 12"

    assert read(brief) == {
        "budget": 2_500_000,
        "currency": "USD",
        "retailers": ["amazon", "walmart"],
        "roas_floor": 3,
        "reserve": 0.1,
        "caps": [{"level": "placement", "name": None, "share": 0.3}],
        "weeks": 12,
    }


def test_a_brief_over_several_lines_with_typographic_signs(read):
    brief = "Hi team,\n• budget – €1\u202f200\u202f000\n• ROAS ≥ 3,5\n• 10\u00a0% for tests\nThanks!"

    assert read(brief) == {"budget": 1_200_000, "currency": "EUR", "roas_floor": 3.5, "reserve": 0.1}


def test_target_mode_with_an_upper_bound(read):
    brief = "Reach $9M revenue with at most $2.5M across Amazon and Walmart"

    assert read(brief) == {
        "budget": 2_500_000,
        "currency": "USD",
        "retailers": ["amazon", "walmart"],
        "target": {"revenue": 9_000_000},
    }


def test_target_roas_with_the_least_budget(read):
    brief = "Find the lowest spend that reaches a ROAS of 4 on Amazon, budget up to $2M"

    assert read(brief) == {
        "budget": 2_000_000,
        "currency": "USD",
        "retailers": ["amazon"],
        "target": {"roas": 4},
    }


def test_an_amount_on_one_place_beside_a_budget_is_fixed(read):
    assert read("Budget $2.5M, spend $1M on Amazon")["fixed"] == {"amazon": 1_000_000}


def test_rest_names_a_further_retailer(read):
    constraints = read("Put $1M on Amazon and the rest on Walmart, budget $2.5M")

    assert constraints["retailers"] == ["walmart", "amazon"]
    assert constraints["fixed"] == {"amazon": 1_000_000}
