"""Candidates of the crosswalk on names perturbed from catalogues whose true pairs are known.

Run from the project's root: ``python -m benchmarks.crosswalk [--size 10000] [--big] [--fit]``. One catalogue is
synthetic (brand, flavour, kind, size, pack; SIMULATED); the other takes categories, kinds and sizes of
completejourney (real, in ``../shared`` beside the project, skipped where absent; names there are often shared by
several products, so only names that are unique take part). A fifth of the items have no product at all.
``--fit`` prints new weights for ``harmonization/crosswalk/confidence.py``, fitted on seed 1; figures are on seed 2.
"""

import argparse
import itertools
import random
import resource
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import polars as pl
from sklearn.linear_model import LogisticRegression

from harmonization.crosswalk.blocking import index_products, likely_pairs
from harmonization.crosswalk.candidates import AUTO_SUGGEST, BUDGET, LOOKED_AT, Candidate, pair_features, propose
from harmonization.crosswalk.confidence import FEATURES
from harmonization.crosswalk.names import Named

REAL = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "kroger_completejourney" / "products.parquet"
BRANDS = "Northfield Almara Brightwell Verde Kestrel Millstone Lumina Hearth Tidewater Sunday Pico Nordlys"
KINDS = {
    "oat bar": ("g", (35, 40, 50), (1, 5, 6, 12)),
    "sparkling water": ("ml", (250, 330, 355, 500), (1, 4, 6, 8, 12, 24)),
    "shampoo": ("ml", (250, 385, 400, 750), (1, 2)),
    "dark chocolate": ("g", (80, 100, 180, 200), (1, 3)),
    "ground coffee": ("oz", (10, 12, 24, 30), (1, 2)),
    "dish soap": ("fl oz", (16, 19.4, 24, 38), (1, 2, 3)),
    "tortilla chips": ("oz", (9, 11, 13, 17), (1,)),
    "paper towels": ("ct", (2, 6, 8, 12), (1,)),
    "cat food": ("oz", (3, 5.5, 13), (1, 12, 24)),
    "greek yogurt": ("oz", (5.3, 16, 32), (1, 4)),
    "laundry detergent": ("fl oz", (46, 92, 150), (1,)),
    "olive oil": ("ml", (250, 500, 750, 1000), (1,)),
}
FLAVOURS = (
    *("original", "lemon", "lime", "vanilla", "strawberry", "salt", "unsalted", "peach", "mango", "honey", "almond"),
    *("hazelnut", "mint", "lavender", "coconut", "blueberry", "espresso", "hibiscus", "ginger", "cherry", "apple"),
    *("caramel", "rosemary", "chili", "smoky", "garlic", "fresh", "ultra"),
)
LINES = ("", "organic", "light", "zero", "family", "classic", "sensitive", "pro", "kids", "gold")
SHORT = {"chocolate": "choc", "organic": "org", "original": "orig", "vanilla": "vanl", "white": "wht", "whole": "whl"}
NEAR_BEST = 0.05  # weights are fitted where the decision falls: on pairs close to the best of their item
ADDED = ("New!", "- Pantry", "| Fresh", "Value", "Best Seller")


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A catalogue, a retailer's items, and the true product of each item (-1 for none)."""

    name: str
    products: list[Named]
    items: list[Named]
    truth: list[int]


def synthetic(size: int, seed: int) -> Trial:
    rng = random.Random(seed)
    brands = [f"{one} {word}".strip() for one, word in itertools.product(BRANDS.split(), ("", "Foods", "Co", "Select"))]
    seen: dict[tuple[str, str, str], Named] = {}
    while len(seen) < round(size * 1.25):
        kind = rng.choice(list(KINDS))
        unit, amounts, packs = KINDS[kind]
        amount, pack = rng.choice(amounts), rng.choice(packs)
        line, flavour = rng.choice(LINES), " ".join(rng.sample(FLAVOURS, rng.choice((1, 1, 2))))
        text = f"{amount:g} {unit}" if pack == 1 else f"{pack} x {amount:g} {unit}"
        one = Named(name=" ".join(f"{line} {flavour} {kind}".split()).title(), brand=rng.choice(brands), size=text)
        seen[(one.name, one.brand, one.size)] = one
    return _trial("synthetic", list(seen.values()), size, rng)


def completejourney(size: int, seed: int) -> Trial:
    rng = random.Random(seed)
    frame = pl.read_parquet(REAL).drop_nulls(["product_type", "package_size", "product_category"])
    named = frame.select(
        pl.concat_str("product_category", "product_type", separator=" ").alias("name"),
        pl.col("package_size").alias("size"),
        ("maker " + pl.col("manufacturer_id")).alias("brand"),
    ).unique(keep="none")
    rows = named.sort("name", "size", "brand").sample(min(round(size * 1.25), named.height), seed=seed, shuffle=True)
    products = [Named(name=row["name"], brand=row["brand"], size=row["size"]) for row in rows.iter_rows(named=True)]
    return _trial("completejourney", products, size, rng)


def _trial(name: str, pool: list[Named], size: int, rng: random.Random) -> Trial:
    """Four fifths of the items are perturbed products; the rest are perturbed from products left out."""
    rng.shuffle(pool)
    known = pool[: round(len(pool) * 0.8)]
    wanted = list(range(len(pool)))
    rng.shuffle(wanted)
    wanted = wanted[:size]
    items = [perturbed(pool[place], rng) for place in wanted]
    return Trial(
        name=name, products=known, items=items, truth=[place if place < len(known) else -1 for place in wanted]
    )


def perturbed(product: Named, rng: random.Random) -> Named:
    """The product as a retailer might write it: shortened, reordered, misspelt, in other units."""
    words = product.name.split()
    words = [SHORT.get(word.lower(), word) if rng.random() < 0.4 else word for word in words]
    if len(words) > 3 and rng.random() < 0.2:
        words.pop(rng.randrange(len(words)))
    if rng.random() < 0.3:
        rng.shuffle(words)
    if words and rng.random() < 0.3:
        words = _misspelt(words, rng)
    brand_apart = rng.random() < 0.5
    name = " ".join(words) if brand_apart else f"{product.brand} {' '.join(words)}"
    if rng.random() < 0.2:
        name = f"{name} {rng.choice(ADDED)}"
    size = _rewritten(product.size, rng)
    if rng.random() < 0.15:
        size = ""
    brand = product.brand if brand_apart else ""
    return (
        Named(name=name.upper() if rng.random() < 0.2 else name, brand=brand, size=size)
        if rng.random() < 0.5
        else (Named(name=f"{name} {size}".strip(), brand=brand))
    )


def _misspelt(words: list[str], rng: random.Random) -> list[str]:
    place = rng.randrange(len(words))
    word = words[place]
    if len(word) > 4:
        cut = rng.randrange(1, len(word) - 1)
        words[place] = word[:cut] + word[cut + 1 :]
    return words


def _rewritten(size: str, rng: random.Random) -> str:
    pack, _, one = size.rpartition(" x ")
    amount, unit = one.split(" ", 1) if " " in one else (one, "")
    if not amount.replace(".", "").isdigit():
        return size
    if rng.random() < 0.4:
        other = {"g": (28.3495, "oz"), "ml": (29.5735, "fl oz"), "oz": (1 / 28.3495, "g"), "fl oz": (1 / 29.5735, "ml")}
        factor, other_unit = other.get(unit, (1.0, unit))
        amount, unit = f"{float(amount) / factor:.{1 if 'oz' in other_unit else 0}f}", other_unit
    one = rng.choice((f"{amount} {unit}", f"{amount}{unit}", f"{amount}-{unit}"))
    return (
        rng.choice((f"{pack} x {one}", f"{pack}-pack {one}", f"{one} (pack of {pack})", f"{pack}pk {one}"))
        if pack
        else one
    )


def measured(trial: Trial) -> None:
    started = perf_counter()
    found = propose(items=trial.items, products=trial.products)
    seconds = perf_counter() - started
    best: dict[int, Candidate] = {}
    offered: dict[int, set[int]] = {}
    for one in found:
        best.setdefault(one.item, one)
        offered.setdefault(one.item, set()).add(one.product)
    paired = [place for place, true in enumerate(trial.truth) if true >= 0]
    in_list = sum(trial.truth[place] in offered.get(place, set()) for place in paired)
    first = sum(place in best and best[place].product == trial.truth[place] for place in paired)
    suggested = [one for one in best.values() if one.confidence >= AUTO_SUGGEST]
    right = sum(trial.truth[one.item] == one.product for one in suggested)
    pairs = len(trial.items) * len(trial.products)
    print(f"\n{trial.name}: {len(trial.items):,} items × {len(trial.products):,} products")
    print(f"  {seconds:.1f} s, {pairs / seconds / 1e6:,.1f} M pairs/s covered, {len(found):,} candidates")
    print(f"  true pair among the candidates {in_list / len(paired):.3f}, first {first / len(paired):.3f}")
    print(
        f"  at the auto-suggest threshold {AUTO_SUGGEST}: {len(suggested):,} suggested, "
        f"precision {right / max(len(suggested), 1):.4f}, recall {right / len(paired):.3f}"
    )
    _reliability(trial, list(best.values()))


def _reliability(trial: Trial, best: list[Candidate]) -> None:
    chances = np.asarray([one.confidence for one in best])
    right = np.asarray([trial.truth[one.item] == one.product for one in best])
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (chances >= low) & (chances < low + 0.1 + 1e-9 * (low > 0.85))
        if inside.sum():
            gap = abs(chances[inside].mean() - right[inside].mean())
            error += gap * inside.mean()
            print(f"    said {chances[inside].mean():.2f}  was {right[inside].mean():.2f}  ({int(inside.sum()):,})")
    print(f"  expected calibration error {error:.3f}")


def fit(trials: list[Trial]) -> None:
    features, labels = [], []
    for trial in trials:
        blocks = index_products(products=trial.products)
        for pairs in likely_pairs(items=trial.items, blocks=blocks, budget=BUDGET, keep=LOOKED_AT):
            found = pair_features(pairs=pairs, items=trial.items, products=trial.products)
            near_best = found[:, FEATURES.index("lead")] > -NEAR_BEST
            truth = np.asarray(trial.truth)[pairs.items]
            features.append(found[near_best])
            labels.append((pairs.products == truth)[near_best])
    model = LogisticRegression(C=10.0, max_iter=2000).fit(np.concatenate(features), np.concatenate(labels))
    print(f"INTERCEPT = {model.intercept_[0]:.3f}")
    print("WEIGHTS = (" + ", ".join(f"{weight:.3f}" for weight in model.coef_[0]) + ")")
    print("  ", dict(zip(FEATURES, model.coef_[0].round(2), strict=True)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--big", action="store_true", help="also all of completejourney against itself")
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    makers = [synthetic, *([completejourney] if REAL.exists() else [])]
    if given.fit:
        fit([make(given.size, 1) for make in makers])
        return
    for make in makers:
        measured(make(given.size, 2))
    if given.big and REAL.exists():
        _everything()
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _everything() -> None:
    frame = pl.read_parquet(REAL).with_columns(pl.col(pl.String).fill_null(""))
    rows = frame.select("product_category", "product_type", "package_size", "manufacturer_id").iter_rows()
    products = [
        Named(name=f"{category} {kind}", brand=f"maker {maker}", size=size) for category, kind, size, maker in rows
    ]
    rng = random.Random(3)
    items = [perturbed(one, rng) for one in products]
    started = perf_counter()
    found = propose(items=items, products=products)
    seconds = perf_counter() - started
    pairs = len(items) * len(products)
    print(f"\nall of completejourney: {len(items):,} × {len(products):,}")
    print(f"  {seconds:.1f} s, {pairs / seconds / 1e6:,.0f} M pairs/s covered, {len(found):,} candidates")


if __name__ == "__main__":
    main()
