"""Whoever has a role and was silent for 45 days does not silently keep it: a coordinator confirms, or a new invitation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.clock import Clock
from bot.settings import Settings
from bot.store.invitations import invite
from bot.wiring import App, build
from notifications.messages import Address, Inbound
from orders.ports import Invitation
from tests.bot.databases import database_url
from tests.bot.engine.conftest import NOW, Recorder
from tests.bot.sample import REGION, VILLAGE

__all__ = ["database_url"]


class Phones:
    """Everybody's phone at a whole engine, without HTTP."""

    def __init__(self, app: App, clock: Clock) -> None:
        self.app, self.clock, self._number = app, clock, 0

    def says(self, who: str, text: str, choice: str | None = None, name: str = "") -> str:
        self._number += 1
        kind = "choice" if choice else "text"
        address = Address("test", who)
        inbound = Inbound(str(self._number), address, self.clock.now(), kind, text, choice, name or who.capitalize())  # type: ignore[arg-type]
        self.app.inbox.take_now(inbound)
        return "\n".join(one.body for one in self.read(who))

    def read(self, who: str) -> list[object]:
        inbound = Inbound("0", Address("test", who), self.clock.now())
        self.bubbles = self.app.read_now(inbound)
        return self.bubbles  # type: ignore[return-value]

    def taps(self, who: str, label: str) -> str:
        for bubble in self.bubbles:
            for choice, token in zip(bubble.choices, bubble.tokens, strict=True):
                if choice.label == label:
                    return self.says(who, label, token)
        raise AssertionError(f"no {label!r} in {self.bubbles}")

    def invited(self, who: str, role: str, shop: str = "", square: str = "dorp") -> str:
        with self.app.database.write() as conn:
            code = invite(conn, Invitation(square, role, shop), self.clock.now())
        return self.says(who, code)


@pytest.fixture
def phones(database_url: str) -> Iterator[Phones]:
    clock = Clock(NOW)
    made = build(Settings(database=database_url), clock, channels={"test": Recorder()}, squares=[REGION, VILLAGE])
    made.start()
    yield Phones(made, clock)
    made.close()


def test_the_role_waits_until_the_coordinator_confirms(phones: Phones) -> None:
    phones.invited("anja", "coordinator")
    assert "winkelier" in phones.invited("bas", "shopkeeper", "bakker")
    assert "geen bestellingen" in phones.says("bas", "lijst")
    phones.clock.move(timedelta(days=30))
    phones.says("anja", "overzicht")
    phones.clock.move(timedelta(days=16))
    said = phones.says("bas", "lijst")
    assert "lang niet" in said
    assert "geen bestellingen" not in said
    assert "winkelier Bakker Voorbeeld" in said
    assert "geen bestellingen" not in phones.says("bas", "winkel")
    assert "dezelfde persoon" in phones.read("anja")[0].body  # type: ignore[attr-defined]
    assert "doet weer mee" in phones.taps("anja", "Ja, dezelfde")
    assert "De coördinator kent u nog" in phones.read("bas")[0].body  # type: ignore[attr-defined]
    phones.says("bas", "winkel")
    assert "geen bestellingen" in phones.says("bas", "lijst")


def test_what_the_coordinator_takes_away_is_gone(phones: Phones) -> None:
    phones.invited("anja", "coordinator")
    phones.invited("bas", "shopkeeper", "bakker")
    phones.clock.move(timedelta(days=40))
    phones.says("anja", "overzicht")
    phones.clock.move(timedelta(days=6))
    phones.says("bas", "krentenbol 0,10")
    phones.read("anja")
    assert "weggehaald" in phones.taps("anja", "Nee, haal weg")
    phones.clock.move(timedelta(minutes=1))
    phones.says("bas", "winkel")
    assert "geen bestellingen" not in phones.says("bas", "lijst")
    with phones.app.database.read() as conn:
        from bot.store import catalogue

        found = catalogue.load(conn, "dorp")
    assert found is not None
    assert found.product_by_id["bakker/b1"].price_cents == 60


def test_a_new_invitation_ends_the_doubt(phones: Phones) -> None:
    phones.invited("bas", "shopkeeper", "bakker")
    phones.clock.move(timedelta(days=46))
    assert "lang niet" in phones.says("bas", "ok")
    assert "U doet nu mee als winkelier" in phones.invited("bas", "shopkeeper", "bakker")
    assert "lang niet" not in phones.says("bas", "lijst")


def test_a_silent_coordinator_confirms_nobody(phones: Phones) -> None:
    phones.invited("anja", "coordinator")
    phones.invited("bas", "shopkeeper", "bakker")
    phones.clock.move(timedelta(days=46))
    phones.says("bas", "lijst")
    bubbles = phones.read("anja")
    assert "dezelfde persoon" in bubbles[0].body  # type: ignore[attr-defined]
    said = phones.taps("anja", "Ja, dezelfde")
    assert "doet weer mee" not in said
    assert "geen bestellingen" not in phones.says("bas", "lijst")


def test_a_regional_shopkeeper_is_confirmed_by_a_village_where_the_shop_sells(phones: Phones) -> None:
    phones.invited("anja", "coordinator")
    phones.invited("els", "shopkeeper", "boer", "streek")
    phones.clock.move(timedelta(days=40))
    phones.says("anja", "overzicht")
    phones.clock.move(timedelta(days=6))
    assert "lang niet" in phones.says("els", "lijst")
    phones.read("anja")
    assert "doet weer mee" in phones.taps("anja", "Ja, dezelfde")


def test_forty_four_days_are_no_silence(phones: Phones) -> None:
    phones.invited("bas", "shopkeeper", "bakker")
    phones.clock.move(timedelta(days=44))
    assert "geen bestellingen" in phones.says("bas", "lijst")


def test_another_owner_leaves_orders_roles_and_habits_behind(phones: Phones) -> None:
    """Store.leave_past_behind on each database, through the engine."""
    for text in ("dorp", "2 volkoren brood, vrijdag", "Dorpsstraat 12, 3981 AB", "bestellen en betalen"):
        said = phones.says("an", text)
    assert "1000 is geplaatst" in said
    phones.invited("an", "shopkeeper", "bakker")
    phones.says("an", "bestellen")
    phones.clock.move(timedelta(days=60))
    assert "postcode en huisnummer" in phones.says("an", "waar blijft mijn bestelling", name="Piet")
    said = phones.says("an", "ik ben nieuw hier", name="Piet")
    assert "Welkom bij" in said
    said = phones.says("an", "waar blijft mijn bestelling", name="Piet") + phones.says("an", "winkel", name="Piet")
    assert "1000" not in said
    assert "U praat nu als winkel" not in said
    assert "nog niet eerder besteld" in phones.says("an", "hetzelfde als vorige week", name="Piet")
