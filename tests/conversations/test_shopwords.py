"""The words of a shopkeeper with floury hands."""

from __future__ import annotations

import pytest

from conversations.shopwords import Said, hear, hear_all
from tests.village import Village


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ok", Said("ok")),
        ("OK!", Said("ok")),
        ("oké", Said("ok")),
        ("👍", Said("ok")),
        ("ok 1042", Said("ok", order=1042)),
        ("1042 ok", Said("ok", order=1042)),
        ("op 2", Said("out", line=2)),
        ("Op 2.", Said("out", line=2)),
        ("2 op", Said("out", line=2)),
        ("regel 2 is op", Said("out", line=2)),
        ("1042 op 2", Said("out", line=2, order=1042)),
        ("op", Said("out")),
        ("uitverkocht", Said("out")),
        ("2 weegt 620", Said("weigh", line=2, number=620)),
        ("weegt 2 620", Said("weigh", line=2, number=620)),
        ("2 weegt 620 gram", Said("weigh", line=2, number=620)),
        ("2 weegt 0,62 kilo", Said("weigh", line=2, number=620)),
        ("2 weegt 1,25", Said("weigh", line=2, number=1250)),
        ("2 weegt 1.250 gram", Said("weigh", line=2, number=1250)),
        ("weegt 620", Said("weigh", number=620)),
        ("kan 20", Said("can", number=20)),
        ("klaar om half 10", Said("at", number=570)),
        ("1001 staat om 16.20 uur klaar", Said("at", number=980, order=1001)),
        ("kan pas om 4 uur", Said("at", number=960)),
        ("ok dat gaan we regelen", Said("ok")),
        ("prima komt goed fijne dag", Said("ok")),
        ("allebei goed", Said("okall")),
        ("hoeveel bestellingen heb ik?", Said("list")),
        ("hoe laat komt de koerier?", Said("pickup")),
        ("de oven is kapot", Said("trouble")),
        ("we hebben nu ook oliebollen", Said("assortment")),
        ("kan over 20 minuten", Said("can", number=20)),
        ("klaar over 20 min", Said("can", number=20)),
        ("klaar", Said("ready")),
        ("1042 staat klaar", Said("ready", order=1042)),
        ("lijst", Said("list")),
        ("fout", Said("undo")),
        ("samen", Said("together")),
        ("los", Said("each")),
        ("Ok top", Said("ok")),
        ("ok, komt voor elkaar", Said("ok")),
        ("ja is goed", Said("ok")),
        ("prima, dank je", Said("ok")),
        ("bedankt", Said("thanks")),
        ("alles ok", Said("okall")),
        ("nee", Said("refuse")),
        ("1042 nee", Said("refuse", order=1042)),
        ("annuleer 1042", Said("refuse", order=1042)),
        ("alles is op", Said("refuse")),
        ("dat kan ik niet leveren", Said("refuse")),
        ("nee dat klopt niet", Said("undo")),
        ("2 op bij 1042", Said("out", line=2, order=1042)),
        ("het is 620 gram geworden", Said("weigh", number=620)),
        ("0,62 kilo", Said("weigh", number=620)),
        ("2 620 gram", Said("weigh", line=2, number=620)),
        ("over een kwartier klaar", Said("can", number=15)),
        ("1 maar 2", Said("few", line=1, number=2)),
    ],
)
def test_a_word_is_understood(text: str, said: Said) -> None:
    assert hear(text) == said


@pytest.mark.parametrize(
    "text", ["", "krentenbollen op", "aardbeien 3,50", "dicht morgen", "x" * 10_000, "2", "ok dan zien we wel even"]
)
def test_other_talk_is_left_to_others(text: str) -> None:
    assert hear(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("op 1 en 2", [Said("out", line=1), Said("out", line=2)]),
        ("1 en 3 zijn op", [Said("out", line=1), Said("out", line=3)]),
        ("ok maar 2 is op", [Said("ok"), Said("out", line=2)]),
        ("ok op 2", [Said("ok"), Said("out", line=2)]),
        ("1000 1001 ok", [Said("ok", order=1000), Said("ok", order=1001)]),
        ("1000 ok, 1001 op 2", [Said("ok", order=1000), Said("out", line=2, order=1001)]),
        ("1 weegt 0,25 kilo, 2 weegt 620", [Said("weigh", line=1, number=250), Said("weigh", line=2, number=620)]),
    ],
)
def test_several_answers_in_one_message(text: str, said: list[Said]) -> None:
    assert hear_all(text) == said


@pytest.mark.parametrize("text", ["op 1 en 1001", "ok en dan nog wat", "1 en 2", "krentenbollen en tompoucen op", "ok,,,"])
def test_half_an_answer_is_none(text: str) -> None:
    assert hear_all(text) == [] or hear(text) is not None


def test_ready_at_an_hour_is_on_the_day_of_the_ride_and_taken_back() -> None:
    village = Village()
    village.role("bas", "shopkeeper", "bakker")
    village.says("an", "4 krentenbollen, vrijdagochtend, Dorpsstraat 12, 3981 AB")
    village.says("an", "bestellen en betalen")
    assert "klaar op vrijdag 27 november om 9.30 uur" in village.says("bas", "klaar om half 10")
    assert "wacht weer op uw antwoord" in village.says("bas", "fout")


def test_what_a_shop_cannot_help_goes_to_the_coordinator() -> None:
    village = Village()
    village.role("bas", "shopkeeper", "bakker")
    village.role("anja", "coordinator")
    assert "Ik heb het doorgegeven." in village.says("bas", "de oven is kapot")
    assert village.last("anja") == "Bakkerij de Molen schrijft: ‘de oven is kapot’. Wilt u bellen?"
    assert "Nieuwe artikelen" in village.says("bas", "we hebben nu ook oliebollen")
    assert "telefoonnummer" in village.says("bas", "kan iemand mij bellen")
