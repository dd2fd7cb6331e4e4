"""The Store that the floors above know (orders.ports.Store), over one open transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, select, update

from bot.store import invitations, stockbook
from bot.store import tables as t
from bot.store.catalogue import product_row, shop_row
from bot.store.orders import (
    BY_ID,
    BY_TOKEN,
    DRAFT,
    FOR_SHOP,
    LINE_COUNTS,
    OF_DEPARTURES,
    OF_PERSON,
    PROMISED,
    Snapshot,
    read_orders,
    read_runs,
    write_order,
    write_run,
)
from bot.store.tx import Tx, role_of
from bot.store.types import upsert
from catalog.search import usual_key
from catalog.square import Product, Shop, Square
from orders.events import Event
from orders.order import FIRST_NUMBER, Order, Status
from orders.payment import Payment
from orders.ports import SUSPENDED, Person, Role
from orders.run import Run

if TYPE_CHECKING:
    from catalog.reading import Shelf

_NUMBER = (
    update(t.square).where(t.square.c.slug == bindparam("slug_")).values(last_number=t.square.c.last_number + 1)
    .returning(t.square.c.last_number)
)  # fmt: skip
_ONE_PRODUCT = (
    (t.product.c.square == bindparam("home"))
    & (t.product.c.shop == bindparam("shop_"))
    & (t.product.c.sku == bindparam("sku_"))
)
_TAKE = (
    update(t.product).where(_ONE_PRODUCT, t.product.c.stock >= bindparam("n")).values(stock=t.product.c.stock - bindparam("n"))
)
_GIVE = update(t.product).where(_ONE_PRODUCT, t.product.c.stock.is_not(None)).values(stock=t.product.c.stock + bindparam("n"))
_HAND_OVER = (
    update(t.orders).where(t.orders.c.resident == bindparam("from_")).values(resident=bindparam("to_")),
    update(t.usual).where(t.usual.c.person == bindparam("from_")).values(person=bindparam("to_")),
    update(t.role).where(t.role.c.person == bindparam("from_")).values(person=bindparam("to_")),
)
_PUT_USUAL = upsert(t.usual, ["person", "square", "words"], ["person", "square", "words", "product_id"])
_PUT_SHOP = upsert(t.shop, ["square", "slug"], ["square", "slug", "place", "data", "closed_on", "withdrawn"])


class Repository:
    """orders.ports.Store on a Tx. One per turn, or for a few timers: an order is read once and stays the same object."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self._orders: dict[str, Order] = {}
        self._before: dict[str, Snapshot] = {}
        self._drafts: dict[tuple[str, str], Order] = {}
        self._departures: dict[tuple[str, str], list[Order]] = {}  # read ahead
        self._runs: dict[str, Run] = {}
        self._run_revs: dict[str, int | None] = {}
        self.touched: list[Order] = []  # saved in this turn; the engine collects their events

    def new_id(self) -> str:
        return self.tx.new_id()

    # --- people -----------------------------------------------------------------------------------------------------
    def person(self, person_id: str) -> Person:
        return self.tx.person(person_id)

    def save_person(self, person: Person) -> None:
        self.tx.put_person(person)

    def roles(self, person_id: str) -> Sequence[Role]:
        return self.tx.roles(person_id)

    def people(self, square: str, role: str, shop: str = "") -> Sequence[Role]:
        """Who has a role here, by rank. People of a regional shop are found from every village where it sells."""
        where = [t.role.c.role == role]
        if shop:
            homes = {square, self.tx.catalogue.home(square, shop)} if square in self.tx.catalogue.heads else {square}
            where += [t.role.c.shop == shop, t.role.c.square.in_(sorted(homes))]
        else:
            where.append(t.role.c.square == square)
        rows = self.tx.conn.execute(select(t.role).where(*where).order_by(t.role.c.rank, t.role.c.created))
        return [role_of(row) for row in rows]

    def addresses(self, person_id: str) -> Sequence[str]:
        return [f"{row.address.channel} {row.address.id}" for row in self.tx.addresses_of(person_id)]

    def erase(self, person_id: str) -> None:
        self.tx.pending.erased.add(person_id)

    def leave_past_behind(self, person: Person) -> None:
        ghost = self.tx.new_person(person.name)
        ghost.place = person.place
        self.tx.flush_person(ghost)
        for statement in _HAND_OVER:
            self.tx.conn.execute(statement, {"from_": person.id, "to_": ghost.id})
        self.tx.forget_read_ahead(person.id)
        person.name, person.place, person.verify, person.introduced = "", None, False, None
        self.tx.put_person(person)
        self.tx.forget_roles(person.id)

    def suspend_roles(self, person_id: str) -> Sequence[Role]:
        suspended = [role for role in self.roles(person_id) if not role.role.startswith(SUSPENDED)]
        for role in suspended:
            self._rename_role(role, SUSPENDED + role.role)
        return suspended

    def end_suspension(self, person_id: str, square: str, *, trusted: bool) -> Sequence[Role]:
        self.tx.forget_roles(person_id)
        waiting = [role for role in self.roles(person_id) if role.square == square and role.role.startswith(SUSPENDED)]
        for role in waiting:
            if trusted:
                self._rename_role(role, role.role.removeprefix(SUSPENDED))
            else:
                self.tx.conn.execute(delete(t.role).where(_is_role(role)))
                self.tx.forget_roles(person_id)
        return [replace(role, role=role.role.removeprefix(SUSPENDED)) for role in waiting]

    def _rename_role(self, role: Role, name: str) -> None:
        self.tx.conn.execute(update(t.role).where(_is_role(role)).values(role=name))
        self.tx.forget_roles(role.person)

    def redeem(self, code: str, person: Person, now: datetime) -> Role | None:
        if not invitations.may_guess(self.tx.conn, person.id, now):
            return None
        role = invitations.redeem(self.tx.conn, code, person.id, now)
        if role is None:
            invitations.count_guess(self.tx.conn, person.id, now)
        else:
            self.tx.put_person(person)
            self.tx.forget_roles(person.id)
        return role

    # --- the catalogue ------------------------------------------------------------------------------------------------
    def squares(self) -> Sequence[str]:
        return self.tx.catalogue.slugs()

    def square(self, slug: str) -> Square:
        return self.tx.catalogue.square(slug)

    def shelf(self, slug: str) -> Shelf:
        return self.tx.catalogue.shelf(slug)

    def change_product(self, square: str, product: Product) -> None:
        home = self.tx.catalogue.home(square, product.shop)
        key = {"home": home, "shop_": product.shop, "sku_": product.sku}
        old, new = (product_row(home, one, 0, {}) for one in (self.square(square).product_by_id[product.id], product))
        values = {name: value for name, value in new.items() if value != old[name]}  # what others changed meanwhile stays
        if values:
            self.tx.conn.execute(update(t.product).where(_ONE_PRODUCT).values(**values), key)
        if values.get("stock") is not None:
            stockbook.note(self.tx.conn, home, [(product.shop, product.sku)])
        self.tx.catalogue.changed(home)

    def change_shop(self, square: str, shop: Shop) -> None:
        home = self.tx.catalogue.home(square, shop.slug)
        key = (t.shop.c.square == home) & (t.shop.c.slug == shop.slug)
        place = self.tx.conn.execute(select(t.shop.c.place).where(key)).scalar_one()
        self.tx.conn.execute(_PUT_SHOP, shop_row(home, shop, place))
        self.tx.catalogue.changed(home)

    def take_stock(self, square: str, product_id: str, amount: int) -> bool:
        """Take ``amount`` from a counted stock; False when there is not enough. What is not counted is always there."""
        if amount < 0:
            raise ValueError("amount must not be negative")
        return self._is_uncounted(square, product_id) or self._move_stock(_TAKE, square, product_id, amount)

    def put_back_stock(self, square: str, product_id: str, amount: int) -> None:
        """Give back what :meth:`take_stock` took."""
        if amount < 0:
            raise ValueError("amount must not be negative")
        if not self._is_uncounted(square, product_id):
            self._move_stock(_GIVE, square, product_id, amount)

    def _is_uncounted(self, square: str, product_id: str) -> bool:
        return self.square(square).product_by_id[product_id].stock is None

    def _move_stock(self, statement: Any, square: str, product_id: str, amount: int) -> bool:
        shop, _, sku = product_id.partition("/")
        home = self.tx.catalogue.home(square, shop)
        moved = self.tx.conn.execute(statement, {"home": home, "shop_": shop, "sku_": sku, "n": amount}).rowcount == 1
        if moved:
            self.tx.catalogue.changed(home, stock_only=True)
        return bool(moved)

    def add_synonym(self, square: str, word: str, product_id: str) -> None:
        shop, _, sku = product_id.partition("/")
        product = self.square(square).product_by_id[product_id]
        if word in product.synonyms:
            return
        self.change_product(square, replace(product, synonyms=(*product.synonyms, word)))
        key = {"home": self.tx.catalogue.home(square, shop), "shop_": shop, "sku_": sku}
        imported = dict(self.tx.conn.execute(select(t.product.c.imported).where(_ONE_PRODUCT), key).scalar_one())
        imported["said"] = [*imported.get("said", []), word]
        self.tx.conn.execute(update(t.product).where(_ONE_PRODUCT).values(imported=imported), key)
        known = usual_key(word)
        self.forget_unknown(square, [said for said, _ in self.unknown_words(square, 10_000) if usual_key(said) == known])

    def count_unknown(self, square: str, words: str) -> None:
        key = (square, words[:80])
        self.tx.pending.unknown[key] = self.tx.pending.unknown.get(key, 0) + 1

    def unknown_words(self, square: str, limit: int = 20) -> Sequence[tuple[str, int]]:
        u = t.unknown_words.c
        rows = self.tx.conn.execute(
            select(u.words, u.times).where(u.square == square).order_by(u.times.desc(), u.words).limit(limit)
        )
        return [(row.words, row.times) for row in rows]

    def forget_unknown(self, square: str, words: Iterable[str]) -> None:
        u = t.unknown_words.c
        for said in words:
            self.tx.conn.execute(delete(t.unknown_words).where(u.square == square, u.words == said))

    # --- orders -----------------------------------------------------------------------------------------------------
    def draft(self, person_id: str, square: str) -> Order:
        key = (person_id, square)
        known = self._drafts.get(key)
        if known is not None and known.status is Status.DRAFT:
            return known
        draft = self._saved_draft(person_id, square)
        if draft is None or draft.status is not Status.DRAFT:
            draft = self._new_draft(person_id, square)
        self._drafts[key] = draft
        return draft

    def _saved_draft(self, person_id: str, square: str) -> Order | None:
        ahead = self.tx.baskets.pop(person_id, None)
        if ahead is None:
            return next(iter(self._read(self.tx.conn.execute(DRAFT, {"person": person_id, "square": square}).all())), None)
        if square not in ahead:
            return None
        order, snapshot = ahead[square]
        if order.id not in self._orders:
            self._orders[order.id], self._before[order.id] = order, snapshot
        return self._orders[order.id]

    def _new_draft(self, person_id: str, square: str) -> Order:
        order = Order(self.tx.new_id(), square, person_id, Payment(secrets.token_urlsafe(24)))
        self._orders[order.id], self._before[order.id] = order, Snapshot.empty()
        return order

    def order(self, order_id: str) -> Order:
        if order_id not in self._orders:
            self._read(self.tx.conn.execute(BY_ID, {"ids": [order_id]}).all())
        if order_id not in self._orders:
            raise LookupError(f"no order {order_id!r}")
        return self._orders[order_id]

    def order_by_token(self, token: str) -> Order | None:
        """The order of a pay link, or None."""
        return next(iter(self._read(self.tx.conn.execute(BY_TOKEN, {"token": token}).all())), None)

    def save(self, order: Order) -> None:
        before = self._before.get(order.id)
        if before is None:
            raise LookupError(f"order {order.id} was not read in this turn")
        self._before[order.id] = write_order(self.tx.conn, order, before, self.tx.now)
        self.tx.baskets.pop(order.resident, None)
        if order.status is not Status.DRAFT:  # a draft takes no room on the bike
            self.tx.crates.pop(order.square, None)
            self._note_departure(order)
        if all(one is not order for one in self.touched):
            self.touched.append(order)

    @property
    def changed_order(self) -> str:
        """The first order something happened to since the last :meth:`take_events`; "" when nothing did."""
        return next((order.id for order in self.touched if order.events), "")

    def take_events(self) -> list[Event]:
        """What happened to the orders saved since the last call, in order."""
        events = [event for order in self.touched for event in order.events]
        for order in self.touched:
            order.events.clear()
        self.touched.clear()
        return events

    def next_number(self, square: str) -> int:
        return FIRST_NUMBER - 1 + int(self.tx.conn.execute(_NUMBER, {"slug_": square}).scalar_one())

    def orders_of(self, person_id: str, square: str, limit: int = 5) -> Sequence[Order]:
        return self._read(self.tx.conn.execute(OF_PERSON, {"person": person_id, "square": square, "most": limit}).all())

    def load_orders(self, ids: Iterable[str]) -> None:
        unread = sorted({*ids} - {*self._orders})
        self._load(self.tx.conn.execute(BY_ID, {"ids": unread}).all() if unread else ())

    def load_departures(self, keys: Iterable[tuple[str, str]]) -> None:
        wanted: dict[tuple[str, str], list[Order]] = {key: [] for key in keys}
        for order in self._load(self._heads_in(wanted) if wanted else ()):
            wanted.get((order.square, order.departure), []).append(order)
        self._departures.update(wanted)

    def _heads_in(self, keys: Iterable[tuple[str, str]]) -> Sequence[Any]:
        """The rows of these departures, and of those where a square and a departure come from two of them."""
        squares, departures = (sorted(set(some)) for some in zip(*keys, strict=True))
        return self.tx.conn.execute(OF_DEPARTURES, {"squares": squares, "departures": departures}).all()

    def _load(self, heads: Sequence[Any]) -> list[Order]:
        """The orders, and whom their news is for."""
        orders = self._read(heads)
        if residents := list({order.resident for order in orders}):
            self.tx.load_people(residents)
            self.tx.load_addresses_of(residents)
        return orders

    def _note_departure(self, order: Order) -> None:
        """Read a departure anew when an order came to it that was not there when it was read ahead."""
        ahead = self._departures.get((order.square, order.departure), [order])
        if all(one is not order for one in ahead):
            del self._departures[order.square, order.departure]

    def orders_in(self, square: str, departure: str) -> Sequence[Order]:
        ahead = self._departures.get((square, departure))
        if ahead is not None:
            return [one for one in ahead if one.departure == departure and one.status in PROMISED]
        return self._read(self._heads_in([(square, departure)]))

    def orders_for_shop(self, square: str, shop: str) -> Sequence[Order]:
        where = {"shop": shop, "squares": self.tx.catalogue.selling(square)}
        return self._read(self.tx.conn.execute(FOR_SHOP, where).all())

    def crates_in(self, square: str, departure: str) -> int:
        since = min(departure, (self.tx.now - timedelta(days=1)).date().isoformat())
        known = self.tx.crates.get(square)
        if known is None or since < known[0]:
            known = self.tx.crates[square] = (since, self._crates_since(square, since))
        return known[1].get(departure, 0)

    def _crates_since(self, square: str, since: str) -> dict[str, int]:
        """The crates of every departure of a square with one statement: a turn asks for all, a batch again and again."""
        per_crate = self.square(square).setting("lines_per_crate")
        crates: dict[str, int] = {}
        for departure, lines in self.tx.conn.execute(LINE_COUNTS, {"square": square, "since": since}):
            crates[departure] = crates.get(departure, 0) + max(1, -(-lines // per_crate))
        return crates

    def usual(self, person_id: str, square: str) -> dict[str, str]:
        return dict(self.tx.usual(person_id, square))

    def remember_usual(self, person_id: str, square: str, words: str, product_id: str) -> None:
        self.tx.conn.execute(_PUT_USUAL, {"person": person_id, "square": square, "words": words, "product_id": product_id})
        self.tx.usual(person_id, square)[words] = product_id

    def _read(self, heads: Sequence[Any]) -> list[Order]:
        """Orders for these rows; one that was read before in this turn stays the object it is."""
        fresh = [head for head in heads if head.id not in self._orders]
        for order, snapshot in read_orders(self.tx.conn, fresh):
            self._orders[order.id], self._before[order.id] = order, snapshot
        return [self._orders[head.id] for head in heads]

    # --- runs -------------------------------------------------------------------------------------------------------
    def run(self, square: str, departure: str) -> Run | None:
        where = (t.run.c.square == square) & (t.run.c.departure == departure)
        return next(iter(self._runs_where(where)), None) or next(
            (run for run in self._runs.values() if (run.square, run.departure) == (square, departure)), None
        )

    def runs_of(self, courier: str) -> Sequence[Run]:
        """Rides this courier took, or was asked for while nobody took them yet."""
        mine = self._runs_where((t.run.c.courier == courier) | (t.run.c.status == "open"))
        return [run for run in mine if run.courier == courier or courier in run.asked]

    def _runs_where(self, where: Any) -> list[Run]:
        heads = self.tx.conn.execute(select(t.run).where(where).order_by(t.run.c.departure)).all()
        for run, rev in read_runs(self.tx.conn, [head for head in heads if head.id not in self._runs]):
            self._runs[run.id], self._run_revs[run.id] = run, rev
        return [self._runs[head.id] for head in heads]

    def save_run(self, run: Run) -> None:
        self._run_revs[run.id] = write_run(self.tx.conn, run, self._run_revs.get(run.id))
        self._runs[run.id] = run

    # --- timers -----------------------------------------------------------------------------------------------------
    def set_timer(self, kind: str, subject: str, due: datetime) -> None:
        self.tx.pending.timers[kind, subject] = due

    def drop_timer(self, kind: str, subject: str) -> None:
        self.tx.pending.timers[kind, subject] = None


def _is_role(role: Role) -> Any:
    r = t.role.c
    return (r.person == role.person) & (r.square == role.square) & (r.role == role.role) & (r.shop == role.shop)
