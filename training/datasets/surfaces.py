"""How people write amounts, shares, rates, lengths and days."""

import calendar
import random
from datetime import date, timedelta

from campaigns.briefs.lexing.numbers import TENS, UNITS

WORDS = {value: word for word, value in (*UNITS.items(), *TENS.items())}
MONTHS = calendar.month_name[1:]
SIGNS = ("$", "$", "$", "€", "£", "US$", "A$", "C$", "₹", "¥")
CODES = (
    "USD",
    "EUR",
    "GBP",
    "AUD",
    "CAD",
    "INR",
    "CHF",
    "SEK",
    "dollars",
    "euros",
    "pounds",
    "bucks",
    "JPY",
    "PLN",
    "MXN",
)
AMOUNTS: tuple[float, ...] = (
    *(5, 7.5, 8, 10, 12, 15, 20, 25, 30, 40, 45, 50, 60, 75, 80, 90, 100, 120, 150, 175, 200, 240, 250, 300, 350, 400),
    *(450, 500, 600, 640, 700, 750, 800, 900, 1000, 1200, 1500, 1800, 2000, 2500, 3000, 3500, 4000, 5000, 7500, 12000),
)


def money(*, rng: random.Random, currency: str | None = None) -> str:
    """An amount of 5 000 to 12 million, with its currency."""
    thousands = rng.choice(AMOUNTS)
    sign = currency or (rng.choice(SIGNS) if rng.random() < 0.7 else rng.choice(CODES))
    amount = _scaled(thousands, rng)
    if len(sign) <= 3 and not sign.isalpha():
        return f"{sign}{rng.choice(('', '', '', ' '))}{amount}"
    before = sign.isupper() and rng.random() < 0.5
    return f"{sign} {amount}" if before else f"{amount} {sign}"


def small_money(*, rng: random.Random) -> str:
    """A price or a cost per order."""
    amount = rng.choice(("4", "5", "6.50", "7", "8", "9.50", "10", "12", "14.99", "15", "18", "20", "25", "32", "40"))
    return rng.choice(
        (f"${amount}", f"€{amount}", f"£{amount}", f"{amount} dollars", f"{amount} EUR", f"$ {amount}", f"USD {amount}")
    )


def bare_number(*, rng: random.Random) -> str:
    """An amount of thousands without its currency."""
    return _scaled(rng.choice(AMOUNTS), rng)


def share(*, rng: random.Random) -> str:
    """A share of something."""
    if rng.random() < 0.1:
        return rng.choice(("a third", "half", "a fifth", "a tenth", "two thirds", "a quarter of it"))
    value = rng.choice((3, 5, 7.5, 8, 10, 12, 12.5, 15, 18, 20, 22, 25, 30, 33, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80))
    if value in WORDS and rng.random() < 0.12:
        return f"{WORDS[int(value)]} {rng.choice(('percent', 'per cent', 'pct'))}"
    return f"{value:g}{rng.choice(('%', '%', '%', '%', ' %', ' percent', 'pct', ' per cent', ' pct'))}"


def rate(*, rng: random.Random) -> str:
    """A return on ad spend."""
    value = rng.choice((1.5, 1.8, 2, 2.2, 2.5, 2.75, 3, 3.2, 3.5, 4, 4.5, 5, 6, 7, 8, 10))
    forms = (
        f"{value:g}",
        f"{value:g}",
        f"{value:g}",
        f"{value:g}x",
        f"{value:g}x",
        f"{value:g} x",
        f"{value:g}:1",
        f"{100 * value:g}%",
        f"{value:.1f}",
    )
    if float(value).is_integer() and value <= 10 and rng.random() < 0.08:
        return WORDS[int(value)]
    return rng.choice(forms)


def count(*, rng: random.Random) -> str:
    """How many there are of something."""
    return rng.choice(
        (
            "2",
            "3",
            "4",
            "5",
            "6",
            "8",
            "10",
            "12",
            "14",
            "18",
            "24",
            "36",
            "40",
            "60",
            "120",
            "240",
            "three",
            "five",
            "ten",
        )
    )


def weeks(*, rng: random.Random) -> str:
    """A length: eight weeks, 3 months."""
    number = rng.choice((2, 3, 4, 5, 6, 8, 9, 10, 12, 13, 16, 26))
    said = WORDS[number] if number in WORDS and rng.random() < 0.3 else str(number)
    return f"{said} {rng.choice(('weeks', 'weeks', 'weeks', 'wks', 'months', 'days'))}"


def weeks_adjective(*, rng: random.Random) -> str:
    """A length before a noun: 8-week."""
    number, mark = rng.choice((2, 3, 4, 6, 8, 10, 12, 13)), rng.choice(("-", " ", "-"))
    return f"{number}{mark}{rng.choice(('week', 'week', 'month', 'day'))}"


def day(*, on: date, rng: random.Random) -> str:
    """A day as people write it."""
    name = rng.choice((MONTHS[on.month - 1], MONTHS[on.month - 1][:3]))
    ending = "th" if 10 < on.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(on.day % 10, "th")
    forms = [
        on.isoformat(),
        f"{on.day} {name}",
        f"{name} {on.day}",
        f"{name} {on.day}{ending}",
        f"{on.day}{ending} of {name}",
        f"{on.day} {name} {on.year}",
        f"{name} {on.day}, {on.year}",
        f"{on.day:02d}.{on.month:02d}.{on.year}",
    ]
    return rng.choice(forms)


def period(*, today: date, rng: random.Random) -> str:
    """A span of days: Q1 2027, next month."""
    year = today.year + rng.choice((0, 1, 1))
    month = rng.choice(MONTHS)
    first = rng.randrange(1, 12)
    return rng.choice(
        (
            f"Q{rng.randrange(1, 5)} {year}",
            f"Q{rng.randrange(1, 5)}",
            f"H{rng.choice((1, 2))} {year}",
            f"{month} {year}",
            "next month",
            "next quarter",
            "next week",
            "next year",
            f"{first}-{first + rng.randrange(7, 17)} {month} {year}",
            f"the {rng.choice(('first', 'second', 'third', 'fourth'))} quarter of {year}",
        )
    )


def two_days(*, today: date, rng: random.Random) -> tuple[date, date]:
    """A start soon and an end after it."""
    start = today + timedelta(days=rng.randrange(3, 200))
    return start, start + timedelta(days=rng.randrange(6, 120))


def _scaled(thousands: float, rng: random.Random) -> str:
    amount = 1000 * thousands
    if thousands >= 1000 and rng.random() < 0.6:
        millions = f"{thousands / 1000:g}"
        return millions + rng.choice(("M", "m", " million", " mn", " Mio", "MM", " m"))
    if amount % 1000 == 0 and rng.random() < 0.5:
        return f"{thousands:g}" + rng.choice(("k", "K", "k", " thousand", " grand", " k"))
    if thousands in WORDS and rng.random() < 0.1:
        return f"{WORDS[int(thousands)]} thousand"
    mark = rng.choice((",", ",", ",", "", " ", "'"))
    return f"{amount:,.0f}".replace(",", mark)
