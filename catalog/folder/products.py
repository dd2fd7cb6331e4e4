"""products.csv or products.xlsx -> Products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from catalog.folder import cells, hours
from catalog.folder.problems import Mistake, Report, quoted
from catalog.folder.restricted import looks_like
from catalog.folder.tables import Row, Spec, read_table
from catalog.square import Product, Restricted, Shop, SoldBy, Withdrawal

PRODUCTS = Spec(
    columns={
        "shop": "winkel", "sku": "artikel", "name": "naam", "price": "prijs", "sold_by": "per", "contents": "inhoud",
        "group": "groep", "synonyms": "ook_wel", "not_this": "niet", "allergens": "allergenen", "vat": "btw",
        "withdrawal": "herroeping", "deposit": "statiegeld", "restricted": "beperkt", "stock": "voorraad", "days": "dagen",
        "from": "vanaf", "until": "tot", "options": "keuzes", "sold_out": "uitverkocht",
    },
    required=("shop", "sku", "name", "price", "sold_by"),
    limits={"name": 80, "group": 40, "synonyms": 600, "not_this": 600, "allergens": 300, "options": 300},
    max_rows=20_000,
)  # fmt: skip
_DUTCH = {Restricted.ALCOHOL: "alcohol", Restricted.TOBACCO: "tabak", Restricted.MEDICINE: "medicijn"}
_DOUBTFUL_CENTS = 500_00


def read_products(path: Path, shops: Mapping[str, Shop | None], report: Report) -> list[Product]:
    """All good products, in the order of the file. ``shops``: the known slugs."""
    products: list[Product] = []
    lines: dict[tuple[str, str], int] = {}
    names: dict[tuple[str, str, str], int] = {}
    for row in read_table(path, PRODUCTS, report):
        product = _seasonal(_product(row, shops))
        _check_whole(row, product)
        _refuse_double(row, product, lines)
        _doubt_double_name(row, product, names)
        if not row.bad:
            products.append(product)
    return products


def _product(row: Row, shops: Mapping[str, Shop | None]) -> Product:
    return Product(
        shop=row.value("shop", lambda text: _known_shop(text, shops), ""),
        sku=row.value("sku", cells.sku, ""),
        name=row.text("name"),
        price_cents=row.value("price", cells.price, 0),
        sold_by=row.value("sold_by", cells.sold_by, SoldBy.PIECE),
        contents=row.value("contents", cells.contents, None),
        group=row.text("group"),
        synonyms=cells.parts(row.text("synonyms")),
        not_this=cells.parts(row.text("not_this")),
        allergens=row.value("allergens", cells.allergens, None),
        vat=row.value("vat", cells.vat, 9),
        withdrawal=row.value("withdrawal", cells.withdrawal, Withdrawal.UNKNOWN),
        deposit_cents=row.value("deposit", cells.deposit, 0),
        restricted=row.value("restricted", cells.restricted, None),
        stock=row.value("stock", cells.stock, None),
        days=row.value("days", hours.weekdays, frozenset()),
        season_from=row.value("from", cells.season_day, None),
        season_until=row.value("until", cells.season_day, None),
        options=cells.parts(row.text("options")),
        sold_out=row.value("sold_out", cells.yes_no, False),
    )


def _known_shop(text: str, shops: Mapping[str, Shop | None]) -> str:
    slug = text.lower()
    if slug in shops or not shops:  # without any shop the mistake is in the other file
        return slug
    near = get_close_matches(slug, shops, n=1, cutoff=0.6)
    hint = f"Bedoelt u “{near[0]}”?" if near else f"Kies uit: {', '.join(list(shops)[:12])}."
    raise Mistake(f"De winkel {quoted(text)} staat niet in het winkelbestand. {hint}")


def _seasonal(product: Product) -> Product:
    ends = [end for end in (product.season_from, product.season_until) if end]
    return replace(product, every_year=bool(ends) and all(end.year == cells.EVERY_YEAR for end in ends))


def _check_whole(row: Row, product: Product) -> None:
    first, last = product.season_from, product.season_until
    if first and last and (first.year == cells.EVERY_YEAR) != (last.year == cells.EVERY_YEAR):
        row.wrong("until", "Van “vanaf” en “tot” heeft er maar één een jaar. Schrijf bij allebei een jaar, of bij geen.")
    elif first and last and first > last and not product.every_year:
        row.wrong("until", f"“Tot” ({last:%d-%m-%Y}) ligt voor “vanaf” ({first:%d-%m-%Y}). Draai ze om of verbeter het jaar.")
    both = {word.casefold() for word in product.synonyms} & {word.casefold() for word in product.not_this}
    if both:
        row.wrong("not_this", f"{quoted(min(both))} staat bij “ook wel” en bij “niet”. Haal het op een van beide weg.")
    if product.price_cents > _DOUBTFUL_CENTS:
        row.doubt("price", f"De prijs {quoted(row.cells['price'])} is erg hoog. Kijk na of de komma goed staat.")
    looks = None if row.cells.get("restricted", "").strip() else looks_like(product.name, product.group)
    if looks:
        word = _DUTCH[looks]
        row.doubt("restricted", f"{quoted(product.name)} lijkt {word}. Vul “{word}” in, of “geen” als het gewoon mag.")


def _refuse_double(row: Row, product: Product, lines: dict[tuple[str, str], int]) -> None:
    key = (product.shop, product.sku.casefold())
    if not all(key):
        return
    if key in lines:
        row.wrong("sku", f"Artikel {quoted(product.sku)} staat al op regel {lines[key]}. Geef elk artikel een eigen nummer.")
    lines.setdefault(key, row.line)


def _doubt_double_name(row: Row, product: Product, names: dict[tuple[str, str, str], int]) -> None:
    key = (product.shop, product.name.casefold(), str(product.contents))
    if not product.name or row.bad:
        return
    if key in names:
        row.doubt("name", f"{quoted(product.name)} heet net zo als regel {names[key]}. Maak het verschil duidelijk in de naam.")
    names.setdefault(key, row.line)
