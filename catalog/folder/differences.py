"""What changes when one square takes the place of another, in Dutch lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, time
from enum import StrEnum
from typing import Any

from catalog.folder import hours
from catalog.folder.products import PRODUCTS
from catalog.folder.shops import SHOPS
from catalog.square import ALLERGENS, WEEKDAYS, Hours, Product, Shop, Square

_HEAD = {
    "name": "naam", "municipality": "gemeente", "sponsor_line": "sponsorregel", "sponsor_logo": "sponsorlogo",
    "locale": "taal", "timezone": "tijdzone", "kind": "soort plein", "sample": "voorbeeld", "regions": "streken",
}  # fmt: skip
_PARTS = {"operator": "beheerder", "help": "hulp", "delivery": "bezorging"}
_PART_FIELDS = {
    "name": "naam", "kvk": "kvk", "email": "e-mail", "phone": "telefoon", "hours": "uren", "postcodes": "postcodes",
    "fee_cents": "bezorgkosten", "free_from_cents": "gratis vanaf", "minimum_cents": "minimum", "pickup_points": "afhaalpunten",
    "pay_at_door": "betalen aan de deur", "starts": "van", "ends": "tot", "closes_day": "sluitdag", "closes_at": "sluittijd",
    "capacity_crates": "kratten", "vehicle": "voertuig", "telegram": "telegram",
}  # fmt: skip
_RENAMED = {"price_cents": "price", "deposit_cents": "deposit", "season_from": "from", "season_until": "until",
            "every_year": "from"}  # fmt: skip
#: Said by shopkeepers; an import adds to it and never takes it away, so only what is added is shown.
_LIVE = ("sold_out", "closed_on", "bundled", "withdrawn")


def differences(old: Square, new: Square) -> list[str]:
    """One Dutch line per change, ``+`` for what comes, ``-`` for what goes, ``~`` for what changes; empty when equal.

    What the old square holds as withdrawn counts as gone. ``version`` and what shopkeepers said today do not count.
    """
    return [*_head(old, new), *_rounds(old, new), *_people(old, new), *_shops(old, new), *_products(old, new)]


def _head(old: Square, new: Square) -> Iterator[str]:
    yield from _changes("plein", old, new, _HEAD)
    for part, label in _PARTS.items():
        one, two = getattr(old, part), getattr(new, part)
        yield from _changes(label, one, two, {item.name: _PART_FIELDS[item.name] for item in fields(two)})
    yield from (f"+ gesloten op {_shown(day)}" for day in sorted(new.closed - old.closed))
    yield from (f"- niet meer gesloten op {_shown(day)}" for day in sorted(old.closed - new.closed))
    for name in sorted({*old.settings, *new.settings}):
        if old.settings.get(name) != new.settings.get(name):
            yield f"~ instelling {name}: {_shown(old.settings.get(name))} → {_shown(new.settings.get(name))}"


def _rounds(old: Square, new: Square) -> Iterator[str]:
    one = {(WEEKDAYS[item.day], item.name): item for item in old.rounds}
    two = {(WEEKDAYS[item.day], item.name): item for item in new.rounds}
    yield from _sets("ronde", one, two, {key: _PART_FIELDS[key] for key in _names(old.rounds, new.rounds, ("name", "day"))})


def _people(old: Square, new: Square) -> Iterator[str]:
    one = {(item.role, item.name): item for item in old.people}
    two = {(item.role, item.name): item for item in new.people}
    yield from _sets("persoon", one, two, {key: _PART_FIELDS[key] for key in ("telegram", "phone")})


def _shops(old: Square, new: Square) -> Iterator[str]:
    one = {(shop.slug,): shop for shop in old.shops if not shop.withdrawn}
    two = {(shop.slug,): shop for shop in new.shops if not shop.withdrawn}
    yield from _sets("winkel", one, two, _labels(Shop, SHOPS.columns))
    for shop in new.shops:
        before = one[(shop.slug,)].closed_on if (shop.slug,) in one else frozenset()
        yield from (f"~ winkel {shop.slug}: dicht op {_shown(day)}" for day in sorted(shop.closed_on - before))


def _products(old: Square, new: Square) -> Iterator[str]:
    one = {(item.id, item.name): item for item in old.products if not item.withdrawn}
    two = {(item.id, item.name): item for item in new.products if not item.withdrawn}
    before, after = ({key[0]: item for key, item in group.items()} for group in (one, two))
    yield from (f"+ artikel {key} {item.name}" for key, item in after.items() if key not in before)
    yield from (f"- artikel {key} {item.name}: gaat uit de verkoop" for key, item in before.items() if key not in after)
    for key, item in after.items():
        if key in before:
            yield from _changes(f"artikel {key} {before[key].name}", before[key], item, _labels(Product, PRODUCTS.columns))
            if item.sold_out and not before[key].sold_out:
                yield f"~ artikel {key} {item.name}: uitverkocht"


def _names(one: Iterable[Any], two: Iterable[Any], without: tuple[str, ...]) -> list[str]:
    sample = next(iter([*one, *two]), None)
    return [item.name for item in fields(sample) if item.name not in without] if sample else []


def _labels(kind: type, columns: Mapping[str, str]) -> dict[str, str]:
    keys = [item.name for item in fields(kind) if item.name not in (*_LIVE, "slug", "shop", "sku")]
    return {key: columns[_RENAMED.get(key, key)].replace("_", " ") for key in keys}


def _sets(label: str, old: Mapping[Any, Any], new: Mapping[Any, Any], labels: Mapping[str, str]) -> Iterator[str]:
    yield from (f"+ {label} {' '.join(key)}" for key in new if key not in old)
    yield from (f"- {label} {' '.join(key)}" for key in old if key not in new)
    for key in new:
        if key in old:
            yield from _changes(f"{label} {' '.join(key)}", old[key], new[key], labels)


def _changes(label: str, old: Any, new: Any, labels: Mapping[str, str]) -> Iterator[str]:
    for key, word in labels.items():
        one, two = getattr(old, key), getattr(new, key)
        if one != two:
            leap = " (let op: groot verschil)" if key == "price_cents" and not one / 2 <= two <= one * 1.5 else ""
            yield f"~ {label}: {word} {_shown(one, key)} → {_shown(two, key)}{leap}"


def _shown(value: Any, key: str = "") -> str:
    if value is None or value == "":
        return "(leeg)"
    if key.endswith("_cents"):
        return f"€ {value // 100},{value % 100:02}"
    if key == "allergens":
        return ", ".join(ALLERGENS[name] for name in sorted(value)) or "geen"
    if key == "days":
        return hours.weekdays_text(value) or "alle dagen"
    return _plainly(value, key)


def _plainly(value: Any, key: str) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if key == "closes_day":
        return WEEKDAYS[value]
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if isinstance(value, time):
        return hours.clock_text(value)
    if isinstance(value, tuple) and value and isinstance(value[0], Hours):
        return hours.opening_text(value)
    if isinstance(value, tuple | frozenset):
        return ", ".join(sorted(map(str, value)) if isinstance(value, frozenset) else map(str, value)) or "(leeg)"
    return value.value if isinstance(value, StrEnum) else str(value)
