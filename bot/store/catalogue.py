"""Squares, shops and products in the database: import, load, and what each process keeps of them between versions.

A shop of a region stands once, under the region's square, with one stock; every village that names the region sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, select, update

from bot.store import stockbook
from bot.store import tables as t
from bot.store.codec import from_plain, to_plain
from bot.store.types import upsert
from catalog.square import Product, Shop, Square

if TYPE_CHECKING:
    from catalog.reading import Shelf

#: Columns of their own; the rest of a product is JSON.
_OWN = ("shop", "sku", "name", "price_cents", "stock", "sold_out", "withdrawn")
_PUT_SQUARE = upsert(t.square, ["slug"], ["slug", "kind", "regions", "data"])
_PUT_SHOP = upsert(t.shop, ["square", "slug"], ["square", "slug", "place", "data", "closed_on", "withdrawn"])
_PUT_PRODUCT = upsert(
    t.product, ["square", "shop", "sku"],
    ["square", "shop", "sku", "place", "name", "price_cents", "stock", "sold_out", "withdrawn", "data", "imported"],
)  # fmt: skip
_VERSIONS = select(t.square.c.slug, t.square.c.kind, t.square.c.regions, t.square.c.version, t.square.c.stock_version)
_SQUARES = select(t.square).where(t.square.c.slug.in_(bindparam("slugs", expanding=True)))
_SHOPS = select(t.shop).where(t.shop.c.square.in_(bindparam("slugs", expanding=True))).order_by(t.shop.c.place)
_PRODUCTS = select(t.product).where(t.product.c.square.in_(bindparam("slugs", expanding=True))).order_by(t.product.c.place)
_STOCKS = select(t.product.c.shop, t.product.c.sku, t.product.c.stock).where(
    t.product.c.square.in_(bindparam("slugs", expanding=True)), t.product.c.stock.is_not(None)
)
_BUMP = update(t.square).where(t.square.c.slug == bindparam("slug_")).values(version=t.square.c.version + 1)


def slugs(conn: Connection) -> list[str]:
    """Slugs of all squares, villages and regions, sorted."""
    return sorted(conn.execute(select(t.square.c.slug)).scalars())


def load(conn: Connection, slug: str, *, whole: bool = True) -> Square | None:
    """The square with its shops and products, those of its regions included when ``whole``. None when there is none."""
    head = conn.execute(_SQUARES, {"slugs": [slug]}).one_or_none()
    if head is None:
        return None
    wanted = [slug, *(head.regions if whole else [])]
    version = sum(row.version + row.stock_version for row in conn.execute(_SQUARES, {"slugs": wanted}))
    shops = sorted(conn.execute(_SHOPS, {"slugs": wanted}), key=lambda row: wanted.index(row.square))
    products = sorted(conn.execute(_PRODUCTS, {"slugs": wanted}), key=lambda row: wanted.index(row.square))
    return replace(
        from_plain(Square, head.data),
        shops=tuple(_shop(row) for row in shops),
        products=tuple(_product(row) for row in products),
        version=version,
    )


def _shop(row: Any) -> Shop:
    closed = frozenset(date.fromisoformat(day) for day in row.closed_on)
    return replace(from_plain(Shop, row.data), closed_on=closed, withdrawn=row.withdrawn)


def _product(row: Any) -> Product:
    own = {name: getattr(row, name) for name in _OWN}
    return from_plain(Product, {**row.data, **own})


def shop_row(square: str, shop: Shop, place: int) -> dict[str, Any]:
    """A shop as a row of its home square."""
    data = to_plain(replace(shop, closed_on=frozenset(), withdrawn=False))
    return {"square": square, "slug": shop.slug, "place": place, "data": data, "closed_on": to_plain(shop.closed_on),
            "withdrawn": shop.withdrawn}  # fmt: skip


def product_row(square: str, product: Product, place: int, imported: dict[str, Any]) -> dict[str, Any]:
    """A product as a row of its home square."""
    data = {name: value for name, value in to_plain(product).items() if name not in _OWN}
    own = {name: getattr(product, name) for name in _OWN}
    return {"square": square, "place": place, "data": data, "imported": imported, **own}


# --- import ----------------------------------------------------------------------------------------------------------


def import_square(conn: Connection, square: Square) -> list[str]:
    """Bring a square into the database; returns the differences in Dutch, empty when nothing changed.

    What left the folder is withdrawn, not deleted. Price, stock and closing days that shopkeepers changed by chat stay,
    unless the folder itself says something new about them since its last import.
    """
    said = _import_head(conn, square)
    said += _import_shops(conn, square) + _import_products(conn, square)
    if said:
        conn.execute(_BUMP, {"slug_": square.slug})
    return said


def _import_head(conn: Connection, square: Square) -> list[str]:
    data = to_plain(replace(square, shops=(), products=(), version=0))
    row = {"slug": square.slug, "kind": square.kind, "regions": list(square.regions), "data": data}
    old = conn.execute(_SQUARES, {"slugs": [square.slug]}).one_or_none()
    if old is not None and (old.kind, old.regions, old.data) == (row["kind"], row["regions"], data):
        return []
    conn.execute(_PUT_SQUARE, row)
    return [f"plein {square.slug}: {'nieuw' if old is None else 'gegevens veranderd'}"]


def _import_shops(conn: Connection, square: Square) -> list[str]:
    old = {row.slug: row for row in conn.execute(_SHOPS, {"slugs": [square.slug]})}
    rows, said = [], []
    for place, shop in enumerate(square.shops):
        before = old.pop(shop.slug, None)
        row = shop_row(square.slug, shop, place)
        if before is not None:
            row["closed_on"] = sorted({*before.closed_on, *row["closed_on"]})
            if all(getattr(before, name) == value for name, value in row.items()):
                continue
        rows.append(row)
        said.append(f"winkel {shop.slug}: {'nieuw' if before is None else 'veranderd'}")
    for slug, gone in old.items():
        if not gone.withdrawn:
            rows.append({**gone._mapping, "withdrawn": True})
            said.append(f"winkel {slug}: vervallen")
    if rows:
        conn.execute(_PUT_SHOP, rows)
    return said


def _import_products(conn: Connection, square: Square) -> list[str]:
    old = {f"{row.shop}/{row.sku}": row for row in conn.execute(_PRODUCTS, {"slugs": [square.slug]})}
    rows, said, counted = [], [], []
    for place, product in enumerate(square.products):
        row = product_row(square.slug, product, place, {"price_cents": product.price_cents, "stock": product.stock})
        before = old.pop(product.id, None)
        if before is not None:
            _keep_said_by_chat(row, before)
            if all(getattr(before, name) == value for name, value in row.items()):
                continue
        rows.append(row)
        if row["stock"] is not None and (before is None or before.stock != row["stock"]):
            counted.append((product.shop, product.sku))
        said.append(f"artikel {product.id}: {_what_changed(before, row)}")
    for product_id, gone in old.items():
        if not gone.withdrawn:
            rows.append({**gone._mapping, "withdrawn": True})
            said.append(f"artikel {product_id}: vervallen")
    if rows:
        conn.execute(_PUT_PRODUCT, rows)
        stockbook.note(conn, square.slug, counted)
    return said


def _keep_said_by_chat(row: dict[str, Any], before: Any) -> None:
    for name in ("price_cents", "stock"):
        if before.imported.get(name) == row["imported"][name]:
            row[name] = getattr(before, name)
    row["sold_out"] = row["sold_out"] or (before.sold_out and not before.withdrawn)
    kept = [word for word in before.data.get("synonyms", []) if word in before.imported.get("said", [])]
    if kept:  # synonyms that a coordinator added by chat
        row["imported"]["said"] = kept
        row["data"]["synonyms"] = list(dict.fromkeys([*row["data"].get("synonyms", []), *kept]))


def _what_changed(before: Any, row: dict[str, Any]) -> str:
    if before is None:
        return f"nieuw ({row['name']})"
    if before.withdrawn and not row["withdrawn"]:
        return "weer te koop"
    if before.price_cents != row["price_cents"]:
        return f"prijs {before.price_cents / 100:.2f} wordt {row['price_cents'] / 100:.2f}".replace(".", ",")
    return "veranderd"


# --- what a process keeps -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Kept:
    """A square as read at ``structure`` and ``stocks`` (versions of the square itself and its regions)."""

    structure: tuple[int, ...]
    stocks: tuple[int, ...]
    square: Square
    shelf: Shelf | None = None


class Kept:
    """Squares and shelves of one process, by version. Filled from committed data only; one thread uses it."""

    def __init__(self) -> None:
        self.squares: dict[str, _Kept] = {}


class Catalogue:
    """The catalogue as one transaction sees it: committed squares from the process's memory, own changes on top."""

    def __init__(self, conn: Connection, kept: Kept) -> None:
        self._conn, self._kept = conn, kept
        self._heads: dict[str, Any] | None = None
        self._fresh: dict[str, _Kept] = {}
        self._sure: dict[str, _Kept] = {}  # looked at since the heads were read
        self._changed = False

    @property
    def heads(self) -> dict[str, Any]:
        """Slug -> kind, regions and versions; read once per transaction."""
        if self._heads is None:
            self._sure.clear()
            self._heads = {row.slug: row for row in self._conn.execute(_VERSIONS)}
        return self._heads

    def slugs(self) -> Sequence[str]:
        """All squares, sorted."""
        return sorted(self.heads)

    def square(self, slug: str) -> Square:
        """The square at its newest version. Raises LookupError when there is none."""
        return self._newest(slug).square

    def shelf(self, slug: str) -> Shelf:
        """The square with its search index; the index is built once and mended per changed product."""
        from catalog.reading import Shelf

        kept = self._newest(slug)
        if kept.shelf is None:
            kept.shelf = Shelf.of(kept.square)
        elif kept.shelf.square is not kept.square:
            kept.shelf = _moved(kept.shelf, kept.square)
        return kept.shelf

    def home(self, slug: str, shop: str) -> str:
        """The square under which a shop's rows stand: the region it belongs to, or the square itself."""
        regions = self.heads[slug].regions
        if not regions:
            return slug
        found = self._conn.execute(
            select(t.shop.c.square).where(t.shop.c.slug == shop, t.shop.c.square.in_([slug, *regions]))
        ).scalars()
        return next(iter(sorted(found, key=[slug, *regions].index)), slug)

    def selling(self, slug: str) -> list[str]:
        """The squares where the shops of this one sell: itself, and for a region every village that names it."""
        return [slug, *(one.slug for one in self.heads.values() if slug in one.regions)]

    def changed(self, slug: str, *, stock_only: bool = False) -> None:
        """Raise the version after a change of rows; this transaction reads anew, and so does everyone after the commit."""
        column = t.square.c.stock_version if stock_only else t.square.c.version
        self._conn.execute(update(t.square).where(t.square.c.slug == slug).values({column: column + 1}))
        self._heads = None
        self._changed = True

    def committed(self) -> None:
        """The transaction stands: what it read may be kept for the next ones."""
        self._kept.squares.update(self._fresh)

    def _newest(self, slug: str) -> _Kept:
        if self._heads is None or slug not in self._sure:
            self._sure[slug] = self._get(slug)
        return self._sure[slug]

    def _get(self, slug: str) -> _Kept:
        head = self.heads.get(slug)
        if head is None:
            raise LookupError(f"no square {slug!r}")
        family = [head, *(self.heads[one] for one in head.regions if one in self.heads)]
        structure, stocks = tuple(one.version for one in family), tuple(one.stock_version for one in family)
        known = self._fresh.get(slug) or self._kept.squares.get(slug)
        if known is not None and (known.structure, known.stocks) == (structure, stocks):
            return known
        if known is not None and known.structure == structure:
            square = self._with_stocks(known.square, [one.slug for one in family], sum(structure) + sum(stocks))
            made = _Kept(structure, stocks, square, known.shelf)
        else:
            made = self._read(slug, structure, stocks, known)
        self._fresh[slug] = made
        if not self._changed:
            self._kept.squares[slug] = made
        return made

    def _with_stocks(self, square: Square, homes: list[str], version: int) -> Square:
        stocks = {f"{row.shop}/{row.sku}": row.stock for row in self._conn.execute(_STOCKS, {"slugs": homes})}
        products = tuple(
            replace(one, stock=stocks[one.id]) if one.id in stocks and stocks[one.id] != one.stock else one
            for one in square.products
        )
        return replace(square, products=products, version=version)

    def _read(self, slug: str, structure: tuple[int, ...], stocks: tuple[int, ...], known: _Kept | None) -> _Kept:
        square = load(self._conn, slug)
        assert square is not None
        same = known is not None and _searched(known.square) == _searched(square)
        return _Kept(structure, stocks, square, known.shelf if known is not None and same else None)


def _moved(shelf: Shelf, square: Square) -> Shelf:
    """The shelf for this square, of which nothing changed that words are looked up by; what was made of the words stays."""
    made = copy(shelf)
    made.__dict__["square"] = square  # a new Shelf would read all names anew after every order: 20 ms with 600 products
    return made


def _searched(square: Square) -> list[object]:
    """What a search index depends on; a price, a stock or a closing day is no reason to build it anew."""
    shops: list[object] = [(shop.slug, shop.name, shop.kind) for shop in square.shops]
    return [*shops, *(replace(product, price_cents=0, stock=None, sold_out=False) for product in square.products)]
