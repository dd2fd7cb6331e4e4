"""A small good folder to spoil. All people and shops are samples."""

from __future__ import annotations

from pathlib import Path

TOML = """\
slug = "proefdorp"
name = "Proefplein (voorbeeld)"
municipality = "Proefdorp"
timezone = "Europe/Amsterdam"
kind = "village"

[operator]
name = "Stichting Proefplein (voorbeeld)"
kvk = "12345678"
email = "plein@voorbeeld.nl"

[help]
name = "Voorbeeld Anja"
phone = "030-1234567"
hours = "werkdagen 9.00-17.00"

[delivery]
postcodes = ["3981", "3985AA-3985ZZ"]
fee = "1,50"

[[round]]
name = "vrijdagochtend"
day = "vr"
from = "09:00"
to = "12:00"
closes = "do 18:00"

[[closed]]
on = 2026-12-25

[[person]]
role = "courier"
name = "Voorbeeld Sam"
phone = "+31612345678"
"""
SHOPS = """\
shop;name;kind;address;phone;kvk;vat_id;iban;opening;lead_days;story
bakker;Bakker Voorbeeld;bakker;Dorpsstraat 1;030-1234567;12345678;NL123456789B01;NL91ABNA0417164300;ma-za 8.00-18.00;0;Vers.
kaas;Kaas Voorbeeld;kaas;Dorpsstraat 1;06-12345678;12345679;NL123456789B02;NL91 ABNA 0417 1643 00;;1;
"""
COLUMNS = [
    "shop", "sku", "name", "price", "sold_by", "contents", "group", "synonyms", "not_this", "allergens", "vat", "withdrawal",
    "deposit", "restricted", "stock", "days", "from", "until", "options",
]  # fmt: skip
HEAD = ";".join(COLUMNS)
PRODUCTS = f"""\
{HEAD}
bakker;b01;Volkorenbrood;3,25;piece;800 g;brood;heel volkoren|bruin brood;;gluten, soja;9;vers;;;;ma-za;;;gesneden|ongesneden
kaas;k01;Jong belegen boerenkaas;14,95;weight;;kaas;;;melk;9;;;;12.500;;1-1-2026;31-12-2026;
"""


def folder(
    path: Path,
    toml: str | bytes | None = TOML,
    shops: str | bytes | None = SHOPS,
    products: str | bytes | None = PRODUCTS,
) -> Path:
    """Write the three files; None leaves one out."""
    for name, content in (("square.toml", toml), ("shops.csv", shops), ("products.csv", products)):
        if content is not None:
            (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def product(**cells: str) -> str:
    """products.csv whose only product has these cells (``from_`` for from)."""
    usual = {"shop": "bakker", "sku": "b01", "name": "Volkorenbrood", "price": "3,25", "sold_by": "piece"}
    values = usual | {key.rstrip("_"): value for key, value in cells.items()}
    return f"{HEAD}\n{';'.join(values.get(column, '') for column in COLUMNS)}\nkaas;k01;Boerenkaas;14,95;weight\n"


def shop(**cells: str) -> str:
    """shops.csv whose first shop has these cells changed."""
    head, first, *rest = SHOPS.splitlines()
    values = dict(zip(head.split(";"), first.split(";"), strict=True)) | cells
    return "\n".join([head, ";".join(values.values()), *rest]) + "\n"


def toml(old: str, new: str) -> str:
    """square.toml with one text replaced."""
    assert old in TOML
    return TOML.replace(old, new, 1)
