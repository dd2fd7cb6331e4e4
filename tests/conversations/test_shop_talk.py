"""What concerns everybody, said by somebody who is no resident; and undoing what a whole message did."""

from __future__ import annotations

from datetime import date

from tests.village import Village


def test_stop_from_a_shop_is_about_messages_not_about_a_basket() -> None:
    village = Village()
    village.role("bas", "shopkeeper", "bakker")
    assert "bestellingen en ritten" in village.says("bas", "stop")
    assert [choice.label for choice in village.inbox["bas"][-1].choices] == ["Alle berichten", "Toch doorgaan"]


def test_open_without_need_then_fout_does_not_close_the_shop() -> None:
    village = Village()
    village.role("bas", "shopkeeper", "bakker")
    village.says("bas", "open")
    village.says("bas", "fout")
    assert village.store.square("bunnik").shop_by_slug["bakker"].closed_on == frozenset()


def test_a_span_of_days_closes_every_day_of_it() -> None:
    village = Village()
    village.role("bas", "shopkeeper", "bakker")
    village.says("bas", "wij zijn dicht van 24 tot en met 31 december")
    closed = village.store.square("bunnik").shop_by_slug["bakker"].closed_on
    assert closed == {date(2026, 12, day) for day in range(24, 32)}


def test_dates_with_one_month_and_until_that_leaves_the_last_day_out() -> None:
    village = Village()
    village.role("bas", "shopkeeper", "bakker")
    village.says("bas", "25 en 26 december dicht")
    village.says("bas", "dicht van 28-12 tot 31-12")
    closed = village.store.square("bunnik").shop_by_slug["bakker"].closed_on
    assert closed == {date(2026, 12, day) for day in (25, 26, 28, 29, 30)}


def test_fout_after_several_takes_all_of_them_back() -> None:
    village = Village()
    village.role("gijs", "shopkeeper", "groenteboer")
    before = village.store.square("bunnik").products
    village.says("gijs", "tomaten 3,40, witlof 4 en aardbeien op")
    assert village.store.square("bunnik").products != before
    village.says("gijs", "fout")
    assert village.store.square("bunnik").products == before
