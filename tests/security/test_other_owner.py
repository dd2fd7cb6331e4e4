"""A number or account that has another owner by now: nothing old is shown, nothing old can be done, no role is inherited."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest

from notifications.messages import Choice
from orders.ports import Role
from orders.run import Run, RunStatus, Stop
from tests.village import Village

ADDRESS = "Dorpsstraat 12, 3981 AB"
PHONE = "0612345678"


@cache
def _old_customer() -> Village:
    """An ordered, gave a phone number, and bakes for the bakery; then her number was silent for months."""
    village = Village()
    village.role("anja", "coordinator")
    for text in ("4 krentenbollen, vrijdag", ADDRESS, "bestellen en betalen", PHONE):
        village.says("an", text)
    village.says("an", "2 krentenbollen")  # a basket that was left
    village.store.add_role(Role("an", "bunnik", "courier", "", "An"))
    person = village.store.person("an")
    person.verify = True
    village.store.save_person(person)
    return village


def old_customer() -> Village:
    """A village of one's own, at that moment."""
    return copy.deepcopy(_old_customer())


#: What the new owner may try, instead of answering the question who is there.
TRIES = [
    "bunnik", "Dorpsplein Bunnik (voorbeeld)", "terug", "vorige", "rijden", "rit", "winkel", "beheer", "lijst", "mandje",
    "bestellen",     "bel mij", "hulp", "stop", "annuleren", "hetzelfde als vorige week", "waar blijft mijn bestelling",
    "ABCD-EFGH-JKLM",
    "bestellen en betalen", "wat weet u van mij", "1", "ja", "3981 AB", "wie ben ik", "/start", "betalen", "4 krentenbollen",
]  # fmt: skip


def leaked(said: str) -> list[str]:
    return [
        one
        for one in ("1000", "Dorpsstraat", "3981", PHONE, "Krentenbol", "plein.example/b/", "Reken op", "rit:")
        if one in said
    ]


@pytest.mark.parametrize("text", TRIES)
def test_nothing_old_is_shown_whatever_is_tried(text: str) -> None:
    village = old_customer()
    for what in ("hallo", text, text):
        assert leaked(village.says("an", what, name="Iemand Anders")) == []
    assert [line.amount for line in village.store.draft("an", "bunnik").lines] == [2]


@pytest.mark.parametrize("text", TRIES)
@pytest.mark.parametrize("hat", ["courier", "shopkeeper", "coordinator"])
def test_no_stop_of_a_ride_is_shown_to_the_new_owner(text: str, hat: str) -> None:
    village = old_customer()
    village.store.add_role(Role("an", "bunnik", "shopkeeper", "bakker", "An"))
    village.store.add_role(Role("an", "bunnik", "coordinator", "", "An"))
    order = village.store.orders_of("an", "bunnik")[0]
    drop = Stop("drop", "Dorpsstraat 12, 3981 AB", order_id=order.id)
    village.store.save_run(Run("r", "bunnik", order.departure, RunStatus.STARTED, "an", ["an"], stops=[drop]))
    village.talks["an"].hat, village.talks["an"].step = hat, {"step": "courier.riding", "with": {}}
    village.now = datetime(2026, 11, 27, 10, tzinfo=village.now.tzinfo)
    for what in ("hallo", text, text):
        assert leaked(village.says("an", what, name="Iemand Anders")) == []


@pytest.mark.parametrize("kind", ["voice", "start", "contact", "location", "edited", "image"])
def test_no_kind_of_message_gets_around_it(kind: str) -> None:
    village = old_customer()
    for text in ("", "bunnik", "ABCD-EFGH-JKLM"):
        assert leaked(village.says("an", text, kind)) == []  # type: ignore[arg-type]


def test_an_old_button_does_nothing_for_the_new_owner() -> None:
    village = old_customer()
    order = village.store.orders_of("an", "bunnik")[0]
    for value in (f"order:leave:{order.id}:1", "run:start:2026-11-27/vrijdagochtend", f"place:{order.version}"):
        village.inbox["an"].append(replace(village.inbox["an"][-1], ask_id="", choices=(Choice("Oud", value),)))
        assert leaked(village.taps("an", "Oud")) == []
    assert village.store.order(order.id) == order


def test_back_after_a_clean_sheet_does_not_clean_again() -> None:
    village = old_customer()
    village.says("an", "hallo")
    village.taps("an", "Ik ben nieuw hier")
    village.says("an", "6 krentenbollen")
    village.says("an", "terug")
    village.says("an", "terug")
    village.says("an", "Kerkweg 3, 3981 AC")
    assert village.store.draft("an", "bunnik").lines


def test_the_same_person_gets_everything_back_after_the_address() -> None:
    village = old_customer()
    village.says("an", "hallo")
    assert "weet het weer" in village.says("an", "3981 ab 12")
    assert "1000" in village.says("an", "waar blijft mijn bestelling")


def test_bel_mij_does_not_pass_on_the_old_number() -> None:
    village = old_customer()
    village.says("an", "hallo")
    assert "Op welk telefoonnummer" in village.says("an", "bel mij")
    said = village.says("an", "06 87654321")
    assert PHONE not in said
    assert "0687654321" in village.last("anja")
    assert "postcode en huisnummer" in village.says("an", "hallo")


def test_stop_works_for_whoever_is_there() -> None:
    village = old_customer()
    village.says("an", "hallo")
    village.says("an", "stop")
    assert village.store.person("an").opted_out
