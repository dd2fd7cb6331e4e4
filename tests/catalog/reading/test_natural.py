"""Ordinary messages that a bolder reader once got wrong: nothing is lost, doubled or folded into one."""

from __future__ import annotations

import pytest
from reading_help import heard


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ivm visite graag 1 appeltaart en 2 pakken koffie", [("bakker/b42", 1), ("kruidenier/w70", 2)]),
        ("wegens bezoek 12 krentenbollen en een pakje roomboter", [("bakker/b20", 12), ("zuivel/z40", 1)]),
        ("3 🥒 komkommers", [("groenteboer/g50", 3)]),
        ("500 gr 🧀 jong belegen, 6 🥐 croissants", [("kaas/k02", 500), ("bakker/b26", 6)]),
        ("komkommer 🥒 2 tomaten 🍅 1 pond", [("groenteboer/g50", 2), ("groenteboer/g51", 500)]),
        ("4 kiwi's, bananen heb ik nog wel nodig en 1 ananas",
         [("groenteboer/g101", 4), ("groenteboer/g95", None), ("groenteboer/g112", 1)]),
        ("een komkommer, eieren heb ik nog maar 3, dus graag een doos van 10", [("groenteboer/g50", 1), ("zuivel/z51", 1)]),
        ("mijn vrouw neemt een lekkerbek en ik een haring", [("vis/v41", 1), ("vis/v01", 1)]),
        ("zoals ik al zei 2 pakken volle melk en een stokbrood wit", [("zuivel/z02", 2), ("bakker/b24", 1)]),
        ("1 volkoren brood heel gesneden 1 volkoren brood heel ongesneden", [("bakker/b01", 1), ("bakker/b01", 1)]),
        ("volle melk en karnemelk, elk 2 pakken. Soep voor 4 personen", [("zuivel/z02", 2), ("zuivel/z03", 2), (None, None)]),
        ("8 slavinken, 2 per persoon, we zijn met 4", [("slager/s05", 8)]),
        ("2 pakken volle melk en een brie wacht en een komkommer",
         [("zuivel/z02", 2), ("kaas/k40", None), ("groenteboer/g50", 1)]),
        ("1 kilo uien, nee 2 kilo want ik maak soep en een taart", [("groenteboer/g35", 2000)]),
        ("2 komkommers zei ik al en een krop sla", [("groenteboer/g50", 2), ("groenteboer/g25", 1)]),
    ],
)  # fmt: skip
def test_nothing_is_lost_or_doubled(text: str, lines: list[tuple[str | None, int | None]]) -> None:
    assert [(line.product, line.amount) for line in heard(text).lines] == lines


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("melk eruit, nee brood erbij", [("remove", "zuivel/z02"), ("more", "bakker/b01")]),
        ("alles is dubbel", []),
        ("alles keer twee", [("set", "zuivel/z02"), ("set", "bakker/b01")]),
    ],
)
def test_a_basket_changes_as_was_said(text: str, changes: list[tuple[str, str]]) -> None:
    assert [(line.op, line.target or line.product) for line in heard(text, "zuivel/z02", "bakker/b01").lines] == changes


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Zit er ei in de slavinken? Ik neem er hoe dan ook 4 voor mezelf", "slager/s05"),
        ("Zitten er noten in de gevulde koek? Doe er hoe dan ook 4", "bakker/b60"),
    ],
)
def test_what_is_asked_about_is_what_is_then_ordered(text: str, product: str) -> None:
    assert [(line.product, line.amount) for line in heard(text).lines] == [(product, 4)]
