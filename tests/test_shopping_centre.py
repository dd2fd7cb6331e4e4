"""A shopping centre: many shops at one address, a market stall on Tuesdays, one pickup point, riders of a company outside."""

from __future__ import annotations

from pathlib import Path

from tests.village import Village

FOLDER = Path(__file__).parent / "squares" / "winkelcentrum"


def centre() -> Village:
    village = Village(str(FOLDER))
    village.slug = "winkelcentrum"
    return village


def test_what_only_the_stall_sells_goes_with_the_round_of_market_day() -> None:
    village = centre()
    said = village.says("an", "4 krentenbollen, 2 bos tulpen en 2 lekkerbekken, vrijdag")
    assert "Lekkerbek kan niet op vrijdag" in said
    assert "dinsdag 24 november" in said


def test_the_riders_collect_the_whole_centre_at_one_stop_and_the_stall_at_another() -> None:
    village = centre()
    for shop in ("bakker", "bloemist", "visboer"):
        village.role(shop, "shopkeeper", shop)
    village.role("groen", "courier")
    village.says("an", "4 krentenbollen, 2 bos tulpen en 2 lekkerbekken, dinsdag, Dorpsstraat 12, 3141 AB")
    village.taps("an", "Betaal aan de deur")
    village.says("an", "bestellen en betalen")
    for shop in ("bakker", "bloemist", "visboer"):
        village.says(shop, "ok")
    village.wait(village.now.replace(hour=18))
    village.says("groen", "ja hoor")
    village.wait(village.now.replace(day=24, hour=15))
    first = village.says("groen", "start")
    assert "Halte 1 van 3" in first
    assert "Bakker Voorbeeld en Bloemist Voorbeeld" in first
    assert "Marktplein, kraam 7" in village.says("groen", "klaar")
