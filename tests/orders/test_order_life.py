"""No sequence of events breaks the rules of an order's life or of its money (stateful, hypothesis)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from catalog.square import Product, SoldBy
from orders import events as e
from orders.lines import Place
from orders.order import NotAllowed, Order, Status
from orders.payment import FINAL, Attempt, Payment

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
BREAD = Product("bakker", "b1", "Volkoren", 345, SoldBy.PIECE)
CHEESE = Product("kaas", "k1", "Jong belegen", 1650, SoldBy.WEIGHT)
MILK = Product("zuivel", "z1", "Melk", 139, SoldBy.PACK, deposit_cents=15)
OTHER = Product("kaas", "k2", "Belegen", 1800, SoldBy.WEIGHT)
PRODUCTS = [BREAD, CHEESE, MILK]
FORWARD = {
    Status.DRAFT: {Status.DRAFT, Status.PLACED},
    Status.PLACED: {Status.PLACED, Status.ACCEPTED, Status.ON_THE_WAY, Status.DELIVERED, Status.CANCELLED},
    Status.ACCEPTED: {Status.ACCEPTED, Status.PLACED, Status.ON_THE_WAY, Status.DELIVERED, Status.CANCELLED},
    Status.ON_THE_WAY: {Status.ON_THE_WAY, Status.DELIVERED, Status.CANCELLED},
    Status.DELIVERED: {Status.DELIVERED, Status.ON_THE_WAY},
    Status.CANCELLED: {Status.CANCELLED},
}
amounts = st.integers(1, 2000)


class OrderLife(RuleBasedStateMachine):
    """Residents, shops, couriers and Mollie do whatever they like, in any order, also twice."""

    @initialize()
    def begin(self) -> None:
        self.order = Order("o1", "bunnik", "an", Payment("token"))
        self.before = Status.DRAFT
        self.agreed: int | None = None
        self.accepted = 0

    def _try(self, what: object, *args: object, **more: object) -> None:
        """What is not allowed says why and changes nothing."""
        before = (self.order.status, len(self.order.lines), self.order.payment.received_cents)
        why: NotAllowed | None = None
        try:
            what(*args, **more)  # type: ignore[operator]
        except NotAllowed as refused:
            why = refused
        assert why is None or str(why)
        assert why is None or (self.order.status, len(self.order.lines), self.order.payment.received_cents) == before

    @rule(product=st.sampled_from(PRODUCTS), amount=amounts)
    def resident_adds(self, product: Product, amount: int) -> None:
        self._try(self.order.add, product, amount)

    @rule(number=st.integers(0, 5), amount=amounts)
    def resident_changes(self, number: int, amount: int) -> None:
        self._try(self.order.set_amount, number, amount)

    @rule(number=st.integers(0, 5))
    def resident_removes(self, number: int) -> None:
        self._try(self.order.remove, number)

    @rule()
    def resident_chooses(self) -> None:
        self._try(self.order.choose, departure="2026-11-27/vrijdagochtend", place=Place("An", "3981AB", "12"))

    @rule(behind=st.integers(0, 1))
    def resident_orders(self, behind: int) -> None:
        if self.order.status is Status.DRAFT:
            self._try(self.order.place_order, NOW, version=self.order.version - behind, number=1000, evidence="test")
            if self.order.status is Status.PLACED:
                assert behind == 0
                self.agreed = self.order.max_cents

    @rule(shop=st.sampled_from(["bakker", "kaas", "zuivel"]), ready=st.booleans())
    def shop_accepts(self, shop: str, ready: bool) -> None:
        self._try(self.order.accept, shop, ready=ready)

    @rule(shop=st.sampled_from(["bakker", "kaas", "zuivel"]), position=st.integers(0, 4))
    def shop_sells_out(self, shop: str, position: int) -> None:
        self._try(self.order.sell_out, shop, position)

    @rule(number=st.integers(0, 6))
    def shop_restores(self, number: int) -> None:
        self._try(self.order.restore, number)

    @rule(position=st.integers(0, 4), grams=st.integers(1, 5000))
    def shop_weighs(self, position: int, grams: int) -> None:
        self._try(self.order.weigh, "kaas", position, grams)

    @rule(shop=st.sampled_from(["bakker", "kaas", "zuivel"]))
    def shop_takes_back(self, shop: str) -> None:
        self._try(self.order.withdraw_acceptance, shop)

    @precondition(lambda self: self.order.payable)
    @rule()
    def resident_opens_payment(self) -> None:
        attempts = self.order.payment.attempts
        attempts.append(Attempt(f"a{len(attempts)}", self.order.due_cents, NOW, "open"))

    @rule(which=st.integers(0, 5), status=st.sampled_from(["open", "pending", "paid", "expired", "failed", "canceled"]))
    def mollie_says(self, which: int, status: str) -> None:
        attempts = self.order.payment.attempts
        if attempts:
            chosen = attempts[which % len(attempts)]
            was = chosen.status
            self.order.settle(chosen.id, status)
            assert chosen.status == was or was not in FINAL or status == "paid"

    @rule(by=st.sampled_from(["resident", "coordinator"]))
    def somebody_cancels(self, by: str) -> None:
        self._try(self.order.cancel, by)

    @rule()
    def courier_leaves(self) -> None:
        self._try(self.order.leave)

    @rule()
    def courier_delivers(self) -> None:
        due = self.order.due_cents if self.order.payment.way == "door" else 0
        self._try(self.order.deliver, door_cents=due)

    @rule()
    def courier_undoes(self) -> None:
        self._try(self.order.undo_delivery)

    @invariant()
    def status_moves_by_the_rules(self) -> None:
        allowed = FORWARD[self.before] | ({Status.CANCELLED} if self.before is not Status.DELIVERED else set())
        assert self.order.status in allowed, f"{self.before} -> {self.order.status}"
        self.before = self.order.status

    @invariant()
    def money_in_is_money_kept_and_returned(self) -> None:
        payment = self.order.payment
        refunds = sum(refund.cents for refund in payment.refunds)
        assert payment.received_cents == payment.kept_cents + refunds
        assert all(refund.cents > 0 for refund in payment.refunds)
        for attempt in payment.attempts:
            back = sum(refund.cents for refund in payment.refunds if refund.attempt_id == attempt.id)
            assert back == attempt.refunded_cents <= attempt.cents

    @invariant()
    def nobody_pays_too_much(self) -> None:
        order = self.order
        owed = 0 if order.status is Status.CANCELLED else order.total_cents
        assert order.payment.kept_cents <= owed
        if order.status is not Status.DRAFT and self.agreed is not None:
            assert order.total_cents <= order.max_cents

    @invariant()
    def every_line_has_one_number(self) -> None:
        numbers = [line.number for line in self.order.lines]
        assert len(numbers) == len(set(numbers))
        if self.order.status is Status.DRAFT:
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def accepted_means_every_shop_answered(self) -> None:
        order = self.order
        if order.status is Status.ACCEPTED:
            open_shops = {line.shop for line in order.open_lines}
            assert all(share.status != "waiting" for share in order.shops if share.shop in open_shops)

    @invariant()
    def placed_is_told_once(self) -> None:
        placed = [one for one in self.order.events if isinstance(one, e.OrderPlaced)]
        assert len(placed) == (0 if self.order.status is Status.DRAFT else 1)


OrderLife.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestOrderLife = OrderLife.TestCase
