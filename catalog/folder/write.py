"""A Square -> its folder, in the format it came in: UTF-8 with BOM, ``;`` and decimal comma, as Dutch Excel opens it."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from catalog.folder import hours
from catalog.folder.cells import FORMULA_STARTS, season_text
from catalog.folder.problems import FolderError, Problem
from catalog.folder.products import PRODUCTS
from catalog.folder.restricted import looks_like
from catalog.folder.shops import SHOPS
from catalog.square import ALLERGENS, WEEKDAYS, Product, Round, Shop, Square

_ALLERGEN_ORDER = list(ALLERGENS)


def write_folder(square: Square, path: Path) -> None:
    """Write square.toml, shops.csv and products.csv; what was withdrawn stays out. Makes the folder when needed.

    ``read_folder`` gives an equal square back. Each file is replaced in one go, so that none is ever half written.
    Raises FolderError when the folder cannot be made or written, or holds shops.xlsx or products.xlsx.
    """
    _refuse_workbooks(path)
    shops = [shop for shop in square.shops if not shop.withdrawn]
    slugs = {shop.slug for shop in shops}
    products = [product for product in square.products if not product.withdrawn and product.shop in slugs]
    try:
        path.mkdir(parents=True, exist_ok=True)
        _replace(path / "square.toml", square_text(square))
        _replace(path / "shops.csv", shops_text(shops))
        _replace(path / "products.csv", products_text(products))
    except OSError as problem:
        text = f"De map kan niet worden geschreven ({problem.strerror}). Controleer de naam en de rechten."
        raise FolderError([Problem(str(path), None, "", text)]) from problem


def _refuse_workbooks(path: Path) -> None:
    found = [name for name in ("shops.xlsx", "products.xlsx") if (path / name).exists()]
    text = "In deze map staat een Excel-bestand dat naast het nieuwe .csv zou komen. Kies een lege map."
    if found:
        raise FolderError([Problem(name, None, "", text) for name in found])


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.nieuw")
    draft.write_bytes(text.encode("utf-8"))
    os.replace(draft, path)


def shops_text(shops: Iterable[Shop]) -> str:
    """The content of shops.csv."""
    return _csv(SHOPS.columns, [_shop_cells(shop) for shop in shops], optional=("closed_on", "bundled"))


def products_text(products: Iterable[Product]) -> str:
    """The content of products.csv."""
    return _csv(PRODUCTS.columns, [_product_cells(product) for product in products], optional=("sold_out",))


def _csv(columns: Iterable[str], rows: list[dict[str, str]], optional: tuple[str, ...]) -> str:
    kept = [column for column in columns if column not in optional or any(row[column] for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(kept)
    writer.writerows([_safe(row[column]) for column in kept] for row in rows)
    return "\ufeff" + out.getvalue()


def _safe(text: str) -> str:
    """A cell that no spreadsheet runs (https://owasp.org/www-community/attacks/CSV_Injection)."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _shop_cells(shop: Shop) -> dict[str, str]:
    return {
        "shop": shop.slug, "name": shop.name, "kind": shop.kind, "address": shop.address, "phone": shop.phone,
        "kvk": shop.kvk, "vat_id": shop.vat_id, "iban": shop.iban, "opening": hours.opening_text(shop.opening),
        "lead_days": str(shop.lead_days), "story": shop.story,
        "closed_on": "|".join(day.isoformat() for day in sorted(shop.closed_on)), "bundled": "ja" if shop.bundled else "",
    }  # fmt: skip


def _product_cells(product: Product) -> dict[str, str]:
    return {
        "shop": product.shop, "sku": product.sku, "name": product.name, "price": euro(product.price_cents),
        "sold_by": product.sold_by.value, "contents": str(product.contents or ""), "group": product.group,
        "synonyms": "|".join(product.synonyms), "not_this": "|".join(product.not_this),
        "allergens": _allergens(product.allergens), "vat": str(product.vat), "withdrawal": product.withdrawal.value,
        "deposit": euro(product.deposit_cents) if product.deposit_cents else "", "restricted": _restricted(product),
        "stock": "" if product.stock is None else str(product.stock), "days": hours.weekdays_text(product.days),
        "from": season_text(product.season_from, every_year=product.every_year),
        "until": season_text(product.season_until, every_year=product.every_year), "options": "|".join(product.options),
        "sold_out": "ja" if product.sold_out else "",
    }  # fmt: skip


def euro(cents: int) -> str:
    """``2,45``."""
    return f"{cents // 100},{cents % 100:02}"


def _optional_euro(cents: int | None) -> str:
    return "" if cents is None else euro(cents)


def _allergens(found: frozenset[str] | None) -> str:
    if found is None:
        return ""
    return "|".join(sorted(found, key=_ALLERGEN_ORDER.index)) or "geen"


def _restricted(product: Product) -> str:
    if product.restricted:
        return product.restricted.value
    return "geen" if looks_like(product.name, product.group) else ""


def square_text(square: Square) -> str:
    """The content of square.toml."""
    return "\n".join(_toml_lines(square)) + "\n"


def _toml_lines(square: Square) -> Iterator[str]:
    yield from _pairs(square, "slug", "name", "municipality", "sponsor_line", "sponsor_logo", "locale", "timezone")
    yield f"regions = {_strings(square.regions)}"
    yield f"kind = {_string(square.kind)}"
    if square.sample:
        yield "sample = true"
    yield from ("", "[operator]", *_pairs(square.operator, "name", "kvk", "email"))
    yield from ("", "[help]", *_pairs(square.help, "name", "phone", "hours"))
    yield from _delivery_lines(square)
    for round_ in square.rounds:
        yield from _round_lines(round_)
    for day in sorted(square.closed):
        yield from ("", "[[closed]]", f"on = {day.isoformat()}")
    for person in square.people:
        yield from ("", "[[person]]", *_pairs(person, "role", "name", "telegram", "phone"))
    if square.settings:
        yield from ("", "[settings]", *(f"{key} = {value}" for key, value in square.settings.items()))


def _pairs(holder: object, *keys: str) -> Iterator[str]:
    return (f"{key} = {_string(getattr(holder, key))}" for key in keys)


def _delivery_lines(square: Square) -> Iterator[str]:
    delivery = square.delivery
    yield from ("", "[delivery]")
    yield f"postcodes = {_strings(delivery.postcodes)}"
    yield f"fee = {_string(euro(delivery.fee_cents))}"
    yield f"free_from = {_string(_optional_euro(delivery.free_from_cents))}"
    yield f"minimum = {_string(_optional_euro(delivery.minimum_cents))}"
    yield f"pickup_points = {_strings(delivery.pickup_points)}"
    yield f"pay_at_door = {str(delivery.pay_at_door).lower()}"


def _round_lines(round_: Round) -> Iterator[str]:
    yield from ("", "[[round]]")
    yield f"name = {_string(round_.name)}"
    yield f"day = {_string(WEEKDAYS[round_.day])}"
    yield f'from = "{round_.starts:%H:%M}"'
    yield f'to = "{round_.ends:%H:%M}"'
    yield f'closes = "{WEEKDAYS[round_.closes_day]} {round_.closes_at:%H:%M}"'
    yield f"capacity_crates = {round_.capacity_crates}"
    yield f"vehicle = {_string(round_.vehicle)}"


def _string(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for DEL (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _strings(texts: Iterable[str]) -> str:
    return f"[{', '.join(_string(text) for text in texts)}]"
