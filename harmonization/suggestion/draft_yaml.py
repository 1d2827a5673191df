"""Write the mapping file that a set of proposals makes."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harmonization.rmis.registry import CHOICES, FIELDS, FieldType
from harmonization.suggestion.date_formats import formats_of
from harmonization.suggestion.sample import FileSample
from harmonization.suggestion.suggestion import Suggestion
from harmonization.suggestion.values import uses_decimal_comma

METRIC_OF_MEANING = {
    "units_sold": "units", "new_to_brand_orders": "ntb_orders", "new_to_brand_units": "ntb_units",
    "new_to_brand_revenue": "ntb_revenue",
}  # fmt: skip
SCOPED = re.compile(r"(orders|units|revenue|add_to_cart|detail_page_views)_(same_sku|halo|view_through|in_store)")
ATTRIBUTED = {"add_to_cart": "atc", "detail_page_views": "dpv"}
METRICS = frozenset({"orders", "units", "revenue", "ntb_orders", "ntb_units", "ntb_revenue", "atc", "dpv"})
UNITS = {"percent_to_ratio": "percent", "divide:1000000": "micros", "divide:100000000": "microcents"}
DERIVED = frozenset({"roas", "acos", "conversion_rate", "cpm", "cost_per_order", "aov"})
NOT_MAPPED = "not mapped"
SECOND = "means the same, but its values differ; read is"
PLACES = {
    "search": r"search|поиск|検索|搜索|검색|such|buscad|recherche|serp",
    "product_detail": r"detail|product|item|pdp|товар|商品|상품|produ",
    "home": r"home|главн|ホーム|首页|홈|start|inicio",
    "browse": r"browse|category|categor|aisle|катег|カテゴリ|类目|list",
    "checkout": r"checkout|cart|basket|корзин|カート|warenkorb",
    "offsite": r"off-?site|external|внешн",
    "in_store": r"in-?store",
}


@dataclass(frozen=True, kw_only=True)
class DraftSettings:
    """What holds for the whole file."""

    formats: tuple[str, ...]
    currency: str
    is_currency_assumed: bool


@dataclass(frozen=True, kw_only=True)
class Written:
    """The text of a mapping file, the columns it leaves out unexplained, and whether it has a day."""

    text: str
    unmapped: tuple[str, ...]
    has_date: bool


@dataclass(kw_only=True)
class _Parts:
    """The sections of the file while they fill."""

    fields: dict[str, list[Suggestion]] = field(default_factory=lambda: defaultdict(list))
    outcomes: dict[tuple[str, ...], list[Suggestion]] = field(default_factory=lambda: defaultdict(list))
    checks: dict[str, list[Suggestion]] = field(default_factory=lambda: defaultdict(list))
    ignored: dict[str, str] = field(default_factory=dict)


def mapping_yaml(*, name: str, file: FileSample, suggestions: Sequence[Suggestion], settings: DraftSettings) -> Written:
    """The mapping file; every column of the file is read by it or named under ``ignored`` with the reason."""
    parts = _sorted(suggestions, file)
    lines = [
        f"name: {slug(name)}",
        f"title: {_text(name)}",
        'version: "1"',
        _retailer_line(name, parts),
        _currency_line(parts, settings),
        "date_basis: click",
        *([f"separator: {_text(file.separator)}"] if file.separator != "," else []),
        *(["decimal: ','"] if _has_comma(file, suggestions) else []),
        *_headline_lines(parts),
        "fields:",
        *(_field_line(one, parts.fields[one], file, settings) for one in parts.fields if one in FIELDS),
        *(["outcomes:"] if parts.outcomes else []),
        *(_outcome_line(key, columns) for key, columns in parts.outcomes.items()),
        *(["checks:"] if parts.checks else []),
        *(_check_line(metric, columns) for metric, columns in parts.checks.items()),
        *(["ignored:"] if parts.ignored else []),
        *(f"  {_text(column)}: {_text(reason)}" for column, reason in parts.ignored.items()),
    ]
    unmapped = tuple(column for column, reason in parts.ignored.items() if reason.startswith((NOT_MAPPED, SECOND)))
    return Written(text="\n".join(lines) + "\n", unmapped=unmapped, has_date="event_date" in parts.fields)


def slug(name: str) -> str:
    """A name as mapping files write it."""
    plain = re.sub(r"[^a-z0-9_.-]+", "_", name.lower()).strip("_.-")
    return plain[:64] or "new_mapping"


def _sorted(suggestions: Sequence[Suggestion], file: FileSample) -> _Parts:
    parts = _Parts()
    for one in suggestions:
        meaning = one.meaning or ""
        key = _outcome_key(one)
        if key:
            parts.outcomes[key].append(one)
        elif meaning in ("ctr", "cpc"):
            parts.checks[meaning].append(one)
        elif meaning in FIELDS:
            parts.fields[meaning].append(one)
        else:
            parts.ignored[one.source_column] = f"derived: {meaning}" if meaning in DERIVED else NOT_MAPPED
    for groups in (parts.fields, parts.outcomes, parts.checks):
        _keep_twins(groups, file, parts.ignored)
    if "campaign_id" not in parts.fields and "campaign_name" in parts.fields:
        parts.fields["campaign_id"] = parts.fields["campaign_name"]
    return parts


def _keep_twins(groups: dict[Any, list[Suggestion]], file: FileSample, ignored: dict[str, str]) -> None:
    """Columns of one meaning stand together as alternatives only while their values agree; the surest leads."""
    for meaning, columns in groups.items():
        best = max(columns, key=lambda one: one.confidence)
        values = file.texts(best.source_column)
        others = [one for one in columns if one is not best]
        different = [one for one in others if values and file.texts(one.source_column) not in ((), values)]
        ignored |= {one.source_column: f"{SECOND} {best.source_column}" for one in different}
        groups[meaning] = [best, *(one for one in others if one not in different)]


def _outcome_key(one: Suggestion) -> tuple[str, ...]:
    """Metric, window, touch, scope and sales channel of an attributed column; empty for others."""
    meaning, scope, touch, channel = one.meaning or "", one.scope, one.touch, one.sales_channel
    parted = SCOPED.fullmatch(meaning)
    if parted:
        meaning, part = parted[1], parted[2]
        scope = part if part in ("same_sku", "halo") else scope
        touch = "view" if part == "view_through" else touch
        channel = "in_store" if part == "in_store" else channel
        meaning = ATTRIBUTED.get(meaning, meaning)
    elif meaning in ATTRIBUTED and one.window:
        meaning = ATTRIBUTED[meaning]
    metric = METRIC_OF_MEANING.get(meaning, meaning)
    days = re.fullmatch(r"(\d+)d", one.window or "")
    hours = re.fullmatch(r"(\d+)h", one.window or "")
    if metric not in METRICS or (hours and int(hours[1]) % 24):
        return ()
    window = str(int(hours[1]) // 24) if hours else (days[1] if days else "")
    return metric, window, touch or "", scope or "total", channel or ""


def _qualifier(key: tuple[str, ...]) -> str:
    _, window, touch, scope, channel = key
    pairs = {"window_days": window, "touch": touch, "scope": scope, "sales_channel": channel}
    return ", ".join(f"{name}: {value}" for name, value in pairs.items() if value)


def _outcome_line(key: tuple[str, ...], columns: Sequence[Suggestion]) -> str:
    return f"  - {{metric: {key[0]}, from: {_columns(columns)}, {_qualifier(key)}{_unit(columns)}}}"


def _headline_lines(parts: _Parts) -> list[str]:
    """The windows daily facts may carry, the one in the middle of custom (14 days) first."""
    totals = [key for key in parts.outcomes if key[0] == "revenue" and key[3] == "total" and key[4] != "in_store"]
    best = sorted(totals, key=lambda key: (abs(int(key[1] or 999) - 14), key))
    return ["headline:", *(f"  - {{{_qualifier(key)}}}" for key in best)] if best else []


def _field_line(name: str, columns: Sequence[Suggestion], file: FileSample, settings: DraftSettings) -> str:
    parts = [f"from: {_columns(columns)}"]
    if FIELDS[name].type is FieldType.DATE:
        found = settings.formats if name == "event_date" else formats_of(values=file.texts(columns[0].source_column))
        parts.append(f"formats: {_list(found[:1] or ('%Y-%m-%d',))}")
    if name in ("event_date", "impressions", "clicks", "cost"):
        parts.append("required: true")
    if FIELDS[name].type is FieldType.ENUM:
        words = sorted({value for one in columns for value in file.texts(one.source_column)})[:40]
        pairs = ", ".join(f"{_text(word)}: {value}" for word, value in _values(name, words).items())
        parts.append(f"values: {{{pairs}}}")
        parts += ["otherwise: other"] if "other" in CHOICES[name] else []
    unit = _unit(columns) if FIELDS[name].type in {FieldType.MONEY, FieldType.RATIO, FieldType.QUANTITY} else ""
    return f"  {name}: {{{', '.join(parts)}{unit}}}"


def _values(name: str, words: Sequence[str]) -> Mapping[str, str]:
    """What the words of a sample most likely mean; words that differ in case only stand once."""
    folded = {word.lower(): word for word in words}
    patterns = PLACES if name == "placement_type" else {one: re.escape(one) for one in CHOICES.get(name, ())}
    found = {
        word: next((value for value, pattern in patterns.items() if re.search(pattern, low)), "")
        for low, word in folded.items()
    }
    return {word: value for word, value in found.items() if value}


def _check_line(metric: str, columns: Sequence[Suggestion]) -> str:
    return f"  - {{metric: {metric}, from: {_columns(columns)}{_unit(columns)}}}"


def _retailer_line(name: str, parts: _Parts) -> str:
    ids = parts.fields.pop("retailer_id", parts.fields.pop("retailer_name", None))
    names = parts.fields.pop("retailer_name", None)
    if ids is None:
        return f"retailer: {{id: {slug(name)}, name: {_text(name)}}}"
    return f"retailer: {{id_from: {_columns(ids)}" + (f", name_from: {_columns(names)}" if names else "") + "}"


def _currency_line(parts: _Parts, settings: DraftSettings) -> str:
    columns = parts.fields.pop("currency", None)
    if columns:
        return f"currency: {{from: {_columns(columns)}}}"
    assumed = ", assumed: true" if settings.is_currency_assumed else ""
    return f"currency: {{code: {settings.currency}{assumed}}}"


def _has_comma(file: FileSample, suggestions: Sequence[Suggestion]) -> bool:
    return file.separator != "," and any(
        uses_decimal_comma(values=file.texts(one.source_column)) for one in suggestions
    )


def _unit(columns: Sequence[Suggestion]) -> str:
    unit = UNITS.get(columns[0].transform, "")
    return f", unit: {unit}" if unit else ""


def _columns(columns: Sequence[Suggestion]) -> str:
    return _list([one.source_column for one in columns])


def _list(texts: Sequence[str]) -> str:
    return "[" + ", ".join(_text(one) for one in texts) + "]"


def _text(text: str) -> str:
    """A text as YAML writes it in double quotes."""
    return json.dumps(text, ensure_ascii=False)
