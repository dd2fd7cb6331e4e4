"""A store in memory that keeps the promises of orders.ports.Store, for tests of the floors below bot/."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from catalog.reading import Shelf
from catalog.search import usual_key
from catalog.square import Product, Shop, Square
from orders.lines import Place
from orders.order import FIRST_NUMBER, Order, Status
from orders.payment import Payment
from orders.ports import SUSPENDED, Invitation, Person, Role
from orders.run import Run


class MemoryStore:
    """Everything in dicts; what was saved is a copy, so that forgetting to save is noticed."""

    def __init__(self, *squares: Square, shelves: Iterable[Shelf] = ()) -> None:
        """``shelves``: of squares whose index was built before."""
        self._shelves = {shelf.square.slug: shelf for shelf in shelves}
        self._squares = {slug: shelf.square for slug, shelf in self._shelves.items()}
        self._squares |= {square.slug: square for square in squares}
        self._people: dict[str, Person] = {}
        self._roles: list[Role] = []
        self._orders: dict[str, Order] = {}
        self._runs: dict[tuple[str, str], Run] = {}
        self._usual: dict[tuple[str, str], dict[str, str]] = {}
        self._unknown: dict[str, dict[str, int]] = {}
        self.invitations: dict[str, Invitation] = {}
        self.timers: dict[tuple[str, str], datetime] = {}
        self.events: list[object] = []
        self._ids = count(1)

    def __deepcopy__(self, memo: dict[int, object]) -> MemoryStore:
        """Squares and shelves are never changed in place, and dear to copy: the copy shares them."""
        memo |= {id(one): one for one in (*self._squares.values(), *self._shelves.values())}
        made = copy.copy(self)
        made.__dict__.update(copy.deepcopy(self.__dict__, memo))
        return made

    def new_id(self) -> str:
        return f"id{next(self._ids)}"

    # people
    def person(self, person_id: str) -> Person:
        return copy.deepcopy(self._people.setdefault(person_id, Person(person_id)))

    def save_person(self, person: Person) -> None:
        self._people[person.id] = copy.deepcopy(person)

    def roles(self, person_id: str) -> Sequence[Role]:
        return [role for role in self._roles if role.person == person_id]

    def add_role(self, role: Role) -> None:
        self._roles.append(role)

    def people(self, square: str, role: str, shop: str = "") -> Sequence[Role]:
        found = [one for one in self._roles if one.square == square and one.role == role and (not shop or one.shop == shop)]
        return sorted(found, key=lambda one: one.rank)

    def addresses(self, person_id: str) -> Sequence[str]:
        return [f"test {person_id}"]

    def erase(self, person_id: str) -> None:
        """At once: nothing else is written in the turn that matters to a test."""
        self._people[person_id] = Person(person_id)
        self._roles = [role for role in self._roles if role.person != person_id]
        self._usual = {key: words for key, words in self._usual.items() if key[0] != person_id}
        for order in self._orders.values():
            if order.resident == person_id:
                order.place, order.evidence = Place(), ""

    def leave_past_behind(self, person: Person) -> None:
        ghost = self.new_id()
        self._people[ghost] = replace(person, id=ghost)
        for order in self._orders.values():
            order.resident = ghost if order.resident == person.id else order.resident
        self._usual = {(ghost if who == person.id else who, square): words for (who, square), words in self._usual.items()}
        self._roles = [replace(role, person=ghost) if role.person == person.id else role for role in self._roles]
        person.name, person.place, person.verify, person.introduced = "", None, False, None
        self.save_person(person)

    def suspend_roles(self, person_id: str) -> Sequence[Role]:
        mine = [role for role in self.roles(person_id) if not role.role.startswith(SUSPENDED)]
        self._roles = [replace(role, role=SUSPENDED + role.role) if role in mine else role for role in self._roles]
        return mine

    def end_suspension(self, person_id: str, square: str, *, trusted: bool) -> Sequence[Role]:
        waiting = [one for one in self.roles(person_id) if one.square == square and one.role.startswith(SUSPENDED)]
        restored = [replace(role, role=role.role.removeprefix(SUSPENDED)) for role in waiting]
        self._roles = [role for role in self._roles if role not in waiting] + (restored if trusted else [])
        return restored

    def redeem(self, code: str, person: Person, now: datetime) -> Role | None:
        invitation = self.invitations.pop(code, None)
        if invitation is None:
            return None
        rank = len(self.people(invitation.square, invitation.role, invitation.shop))
        role = Role(person.id, invitation.square, invitation.role, invitation.shop, invitation.name, rank)
        doubt = (person.id, role.square, SUSPENDED + role.role, role.shop)
        self._roles = [one for one in self._roles if (one.person, one.square, one.role, one.shop) != doubt]
        self.add_role(role)
        return role

    # catalogue
    def squares(self) -> Sequence[str]:
        return list(self._squares)

    def square(self, slug: str) -> Square:
        return self._squares[slug]

    def shelf(self, slug: str) -> Shelf:
        square = self._squares[slug]
        if slug not in self._shelves or self._shelves[slug].square is not square:
            self._shelves[slug] = Shelf.of(square)
        return self._shelves[slug]

    def change_product(self, square: str, product: Product) -> None:
        old = self._squares[square]
        products = tuple(product if one.id == product.id else one for one in old.products)
        self._squares[square] = replace(old, products=products, version=old.version + 1)

    def change_shop(self, square: str, shop: Shop) -> None:
        old = self._squares[square]
        shops = tuple(shop if one.slug == shop.slug else one for one in old.shops)
        self._squares[square] = replace(old, shops=shops, version=old.version + 1)

    def take_stock(self, square: str, product_id: str, amount: int) -> bool:
        product = self._squares[square].product_by_id[product_id]
        if product.stock is None:
            return True
        if product.stock < amount:
            return False
        self.change_product(square, replace(product, stock=product.stock - amount))
        return True

    def put_back_stock(self, square: str, product_id: str, amount: int) -> None:
        product = self._squares[square].product_by_id[product_id]
        if product.stock is not None:
            self.change_product(square, replace(product, stock=product.stock + amount))

    def add_synonym(self, square: str, word: str, product_id: str) -> None:
        product = self._squares[square].product_by_id[product_id]
        self.change_product(square, replace(product, synonyms=(*product.synonyms, word)))
        known = usual_key(word)
        self.forget_unknown(square, [said for said in self._unknown.get(square, {}) if usual_key(said) == known])

    def count_unknown(self, square: str, words: str) -> None:
        counts = self._unknown.setdefault(square, {})
        counts[words] = counts.get(words, 0) + 1

    def unknown_words(self, square: str, limit: int = 20) -> Sequence[tuple[str, int]]:
        return sorted(self._unknown.get(square, {}).items(), key=lambda one: -one[1])[:limit]

    def forget_unknown(self, square: str, words: Iterable[str]) -> None:
        for said in words:
            self._unknown.get(square, {}).pop(said, None)

    # orders
    def draft(self, person_id: str, square: str) -> Order:
        for order in self._orders.values():
            if (order.resident, order.square, order.status) == (person_id, square, Status.DRAFT):
                return copy.deepcopy(order)
        return Order(self.new_id(), square, person_id, Payment(self.new_id()))

    def order(self, order_id: str) -> Order:
        return copy.deepcopy(self._orders[order_id])

    def save(self, order: Order) -> None:
        self.events += order.events
        order.events.clear()
        self._orders[order.id] = copy.deepcopy(order)

    def next_number(self, square: str) -> int:
        return FIRST_NUMBER + sum(one.square == square and one.number > 0 for one in self._orders.values())

    def orders_of(self, person_id: str, square: str, limit: int = 5) -> Sequence[Order]:
        mine = [one for one in self._orders.values() if one.resident == person_id and one.square == square and one.number]
        return [copy.deepcopy(one) for one in sorted(mine, key=lambda one: -one.number)[:limit]]

    def orders_in(self, square: str, departure: str) -> Sequence[Order]:
        return [copy.deepcopy(o) for o in self._orders.values() if o.square == square and o.departure == departure and o.number]

    def orders_for_shop(self, square: str, shop: str) -> Sequence[Order]:
        return [copy.deepcopy(o) for o in self._orders.values() if o.square == square and o.number and o.lines_of(shop)]

    def crates_in(self, square: str, departure: str) -> int:
        return sum(1 for one in self.orders_in(square, departure) if one.status is not Status.CANCELLED)

    def usual(self, person_id: str, square: str) -> dict[str, str]:
        return self._usual.get((person_id, square), {})

    def remember_usual(self, person_id: str, square: str, words: str, product_id: str) -> None:
        self._usual.setdefault((person_id, square), {})[words] = product_id

    # runs and timers
    def run(self, square: str, departure: str) -> Run | None:
        return copy.deepcopy(self._runs.get((square, departure)))

    def runs_of(self, courier: str) -> Sequence[Run]:
        return [copy.deepcopy(run) for run in self._runs.values() if courier == run.courier or courier in run.asked]

    def save_run(self, run: Run) -> None:
        self._runs[run.square, run.departure] = copy.deepcopy(run)

    def set_timer(self, kind: str, subject: str, due: datetime) -> None:
        self.timers[kind, subject] = due

    def drop_timer(self, kind: str, subject: str) -> None:
        self.timers.pop((kind, subject), None)
