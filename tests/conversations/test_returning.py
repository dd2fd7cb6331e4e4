"""HEROEPEN: two steps, a receipt, within 14 days, and only what may go back."""

from __future__ import annotations

from datetime import datetime

import pytest

from orders.order import Status
from tests.village import AMSTERDAM, Village

ADDRESS = "Dorpsstraat 12, 3981 AB"


def _delivered(groceries: str = "2 zaanse mosterd, 2 toastjes en 6 krentenbollen", *, door: bool = False) -> Village:
    village = Village()
    for who, role, shop in (("bas", "shopkeeper", "bakker"), ("kees", "shopkeeper", "kaas"), ("anja", "coordinator", "")):
        village.role(who, role, shop)
    village.says("an", f"{groceries}, vrijdagochtend naar {ADDRESS}" + (", ik betaal aan de deur" if door else ""))
    village.says("an", "bestellen en betalen")
    for who in ("bas", "kees"):
        village.says(who, "ok")
    if not door:
        village.pay("an")
    village.wait(until=datetime(2026, 11, 27, 11, tzinfo=AMSTERDAM))
    order = village.store.orders_of("an", "bunnik")[0]
    order.leave()
    order.deliver(door_cents=order.due_cents if door else 0)
    village.store.save(order)
    village.settle()
    return village


def test_the_resident_is_told_how_before_and_after() -> None:
    village = _delivered()
    assert any("Typ dan HERROEPEN" in one.body for one in village.inbox["an"])
    assert "Typ HERROEPEN" in village.last("an")


@pytest.mark.parametrize("words", ["HERROEPEN", "koop herroepen", "ik wil iets terugsturen", "retour"])
def test_two_steps_and_a_receipt(words: str) -> None:
    village = _delivered()
    assert "Wat wilt u terugsturen?" in village.says("an", words)
    assert village.labels("an") == ["Zaanse mosterd", "Toastjes", "Dit alles", "Toch niet"]
    assert "€\xa06,50 terug" in village.taps("an", "Zaanse mosterd")
    assert "Bevestig herroeping" in village.labels("an")
    receipt = village.taps("an", "Bevestig herroeping")
    for part in ("Bewijs van herroeping", "vrijdag 27 november om 11.00 uur", "Zaanse mosterd", "€\xa06,50",
                 "uiterlijk vrijdag 11 december"):  # fmt: skip
        assert part in receipt
    assert "Zaanse mosterd" in village.last("kees")
    assert "Betaal het terug" in village.last("anja")
    village.taps("anja", "Geld terug")
    assert "€\xa06,50 terug op uw rekening: teruggestuurd" in village.last("an")
    order = village.store.orders_of("an", "bunnik")[0]
    assert (order.status, order.due_cents, order.payment.kept_cents) == (Status.DELIVERED, 0, order.total_cents)


def test_yes_is_not_enough_and_nothing_goes_back_twice() -> None:
    village = _delivered()
    village.says("an", "herroepen")
    village.says("an", "toastjes")
    assert "nog niets teruggestuurd" in village.says("an", "ja")
    village.says("an", "herroepen")
    village.taps("an", "Dit alles")
    village.says("an", "bevestig herroeping")
    assert "Zaanse" not in village.says("an", "herroepen")
    village.taps("anja", "Geld terug")
    assert "al over besloten" in village.taps_old("anja", "Geld terug")
    assert len(village.store.orders_of("an", "bunnik")[0].payment.refunds) == 1


def test_paid_at_the_door_is_handed_back_by_a_person() -> None:
    village = _delivered(door=True)
    for text in ("herroepen", "toastjes", "bevestig herroeping"):
        village.says("an", text)
    assert "Geef zelf €\xa03,90 terug" in village.taps("anja", "Geld terug")
    order = village.store.orders_of("an", "bunnik")[0]
    assert order.payment.kept_cents == order.total_cents
    assert not order.payable


@pytest.mark.parametrize(("day", "can"), [((2026, 12, 11), True), ((2026, 12, 12), False)])
def test_until_the_fourteenth_day(day: tuple[int, int, int], can: bool) -> None:
    village = _delivered()
    village.wait(until=datetime(*day, 20, tzinfo=AMSTERDAM))
    assert ("Wat wilt u terugsturen?" if can else "kon tot en met vrijdag 11 december") in village.says("an", "herroepen")


def test_a_term_never_ends_on_a_day_off() -> None:
    from conversations.flows.returning import last_day

    village = _delivered()
    order = village.store.orders_of("an", "bunnik")[0]
    order.departure = "2026-12-11/vrijdagochtend"  # plus 14 is Christmas Day, a Friday; then Saturday and Sunday
    assert str(last_day(order, village.store.square("bunnik"))) == "2026-12-28"
    order.departure = "2027-03-13/zaterdagochtend"  # plus 14 is the Saturday before Easter; Monday is a holiday too
    assert str(last_day(order, village.store.square("bunnik"))) == "2027-03-30"


def test_fresh_food_only_is_explained_and_nothing_ordered_too() -> None:
    assert "kunt u niet terugsturen" in _delivered("6 krentenbollen").says("an", "herroepen")
    assert "nog niets besteld" in Village().says("an", "herroepen")


def test_nobody_sends_back_what_another_bought() -> None:
    village = _delivered()
    assert "nog niets besteld" in village.says("eva", "herroepen")


def test_when_everything_goes_back_the_delivery_cost_does_too() -> None:
    village = _delivered("2 zaanse mosterd")
    order = village.store.orders_of("an", "bunnik")[0]
    order.withdraw([1])
    order.give_money_back()
    assert (order.total_cents, order.due_cents, order.payment.kept_cents) == (0, 0, 0)
