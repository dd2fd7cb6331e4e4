"""One person for two shops: buttons and words reach the shop they are about."""

from __future__ import annotations

from orders.lines import ShopStatus
from tests.village import Village

ADDRESS = "Dorpsstraat 12, 3981 AB"


def _village(groceries: str = "6 krentenbollen en 2 ons oude kaas") -> Village:
    village = Village()
    village.role("bas", "shopkeeper", "bakker")
    village.role("bas", "shopkeeper", "kaas")
    for text in (f"{groceries} vrijdagochtend naar {ADDRESS}", "bestellen en betalen"):
        village.says("an", text)
    return village


def _status(village: Village) -> dict[str, ShopStatus]:
    return {share.shop: share.status for share in village.store.orders_of("an", "bunnik")[0].shops}


def test_each_shop_gets_its_own_alert_and_its_buttons_answer_for_it() -> None:
    village = _village()
    assert [one.body.splitlines()[0] for one in village.inbox["bas"]] == ["Bakkerij de Molen.", "Kaashandel 't Ronde Wiel."]
    village.taps("bas", "OK")
    assert _status(village) == {"bakker": ShopStatus.WAITING, "kaas": ShopStatus.ACCEPTED}
    village.taps_old("bas", "OK")
    assert _status(village) == {"bakker": ShopStatus.ACCEPTED, "kaas": ShopStatus.ACCEPTED}


def test_a_word_that_could_be_for_both_changes_nothing_and_is_asked_about() -> None:
    village = _village()
    assert "Bakkerij de Molen en Kaashandel" in village.says("bas", "ok")
    assert set(_status(village).values()) == {ShopStatus.WAITING}


def test_a_word_that_only_one_shop_can_mean_is_for_that_one() -> None:
    village = _village("2 ons oude kaas")
    said = village.says("bas", "ok")
    assert "U praat nu als Kaashandel" in said
    assert "aangenomen" in said


def test_winkel_switches() -> None:
    village = _village()
    assert "U praat nu als Kaashandel" in village.says("bas", "winkel kaas")
    assert "Brie is op" in village.says("bas", "brie is op")
    assert "Voor welke winkel" in village.says("bas", "winkel")
    assert "U praat nu als Bakkerij" in village.taps("bas", "Bakkerij de Molen")
    assert "Krentenbollen is op" in village.says("bas", "krentenbollen op")


def test_what_is_out_is_of_the_shop_whose_button_it_was() -> None:
    village = _village()
    village.taps_old("bas", "Iets is op")
    assert village.labels("bas") == ["Krentenbollen"]
