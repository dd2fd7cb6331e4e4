"""shops.csv or shops.xlsx -> Shops."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from catalog.folder import cells, hours
from catalog.folder.problems import Mistake, Report
from catalog.folder.tables import Row, Spec, read_table
from catalog.square import Shop

SHOPS = Spec(
    columns={
        "shop": "winkel", "name": "naam", "kind": "soort", "address": "adres", "phone": "telefoon", "kvk": "kvk",
        "vat_id": "btw_nummer", "iban": "iban", "opening": "open", "lead_days": "dagen_vooraf", "story": "verhaal",
        "closed_on": "dicht_op", "bundled": "gebundeld",
    },
    required=("shop", "name"),
    limits={"name": 80, "kind": 40, "phone": 40, "story": 600, "closed_on": 1200},
    max_rows=500,
)  # fmt: skip
_TRADER = ("kvk", "vat_id", "iban")


def read_shops(path: Path, report: Report, *, sample: bool) -> dict[str, Shop | None]:
    """Shops by slug, in the order of the file; None for one that is wrong, so that its products are not blamed too."""
    shops: dict[str, Shop | None] = {}
    for row in read_table(path, SHOPS, report):
        shop = _shop(row)
        if shop.slug in shops:
            row.wrong("shop", f"De winkel “{shop.slug}” staat al eerder in dit bestand. Geef elke winkel een eigen korte naam.")
            continue
        shops[shop.slug or row.cells.get("shop", "").strip().lower()] = None if row.bad else shop
        if not sample:
            _doubt_trader(row, shop)
    return shops


def _shop(row: Row) -> Shop:
    return Shop(
        slug=row.value("shop", cells.slug, ""),
        name=row.text("name"),
        kind=row.text("kind"),
        address=row.text("address"),
        phone=row.value("phone", cells.phone, ""),
        kvk=row.value("kvk", cells.bare, ""),
        vat_id=row.value("vat_id", cells.bare, ""),
        iban=row.value("iban", cells.bare, ""),
        opening=row.value("opening", hours.opening, ()),
        lead_days=row.value("lead_days", cells.lead_days, 0),
        story=row.text("story"),
        closed_on=row.value("closed_on", _dates, frozenset()),
        bundled=row.value("bundled", cells.yes_no, False),
    )


def _dates(text: str) -> frozenset[date]:
    return frozenset(cells.day(part) for part in re.split(r"[|,]", text) if part.strip())


def _doubt_trader(row: Row, shop: Shop) -> None:
    missing = [column for column in _TRADER if not row.cells.get(column, "").strip()]
    if missing:
        names = ", ".join(row.headings.get(column, SHOPS.columns[column]) for column in missing)
        row.doubt(missing[0], f"Bij “{shop.slug}” ontbreekt: {names}. Vul het in: klanten moeten weten wie er verkoopt.")
    for column, check in (("kvk", cells.check_kvk), ("vat_id", cells.check_vat_id), ("iban", cells.check_iban)):
        try:
            check(getattr(shop, column))
        except Mistake as mistake:
            row.doubt(column, str(mistake))
