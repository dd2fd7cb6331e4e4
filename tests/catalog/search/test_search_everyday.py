"""What a Dutch person knows about groceries without the shop's own synonyms: other names, makers for things, other forms."""

from __future__ import annotations

import pytest

from catalog.search import Index
from tests.catalog.search.conftest import product

SAME = """
krieltjes = Krielaardappelen | gember = Gemberwortel | feta = Fetakaas | witlof = Brussels lof | knolselderij = Selderijknol
grapefruit = Pompelmoes | venkel = Knolvenkel | zoete aardappelen = Bataten | raasdonders = Kapucijners | mie = Mienestjes
boterhamworst = Lunchworst | rookvlees = Runderrookvlees | kaiserbroodjes = Kaiserbol | krentenbrood = Mik met krenten
bleek = Bleekwater | flosdraad = Floss | douchegel = Showergel | wattenstaafjes = Wattenstokjes | passata = Gezeefde tomaten
kipfilet = Kippenborst | kerriepoeder = Kerrie | koffiefilters = Filterzakjes | suikerklontjes = Klontjessuiker
belegen kaas = Goudse belegen 48+ | brood zonder gluten = Glutenvrij brood | lactosevrije melk = Melk zonder lactose
witbrood = Heel wit | hollandse nieuwe = Haring | vermicelli = Soepvermicelli | bouillonblokjes rund = Runderbouillonblokjes
dreft = Afwasmiddel | hansaplast = Pleisters | ijsbergsla = Krop ijsberg | spekjes = Blokjes spek | scampi = Gamba's
kattengrit = Korrels voor de kattenbak | theelichtjes = Waxinelichtjes | spaanse peper = Rode peper | notenmix = Gemengde noten
gehakt half om half = HOH gehakt | frikandellen = Frikadellen | vitamine c = Vit. C | wasverzachter = Verzachter voor de was
"""
ASKED = """
aspirine = Paracetamol | tong = Zeetong, Tongfilet | ontbijtspek = Katenspek | runderlappen = Riblappen, Sukadelappen
robijn = Wasmiddel, Wasverzachter | drumsticks = Kippenbouten | noodles = Mie, Mihoen | krentenwegge = Krentenbrood
eieren = Hardgekookte eieren | belegen kaas = Extra belegen kaas | kipfilet = Gerookte kipfilet | remoulade = Ravigotesaus
"""


def _cases(text: str) -> list[tuple[str, list[str]]]:
    pairs = (case.split(" = ") for line in text.strip().splitlines() for case in line.split(" | "))
    return [(said, names.split(", ")) for said, names in pairs]


def _shop(*names: str) -> Index:
    return Index.build([product("x", f"p{at}", name) for at, name in enumerate((*names, "Vogelkooi", "Tuinhek", "Appelmoes"))])


@pytest.mark.parametrize(("said", "names"), _cases(SAME))
def test_another_name_for_the_same_thing_is_clear(said: str, names: list[str]) -> None:
    found = _shop(*names).find(said)
    assert (found.verdict, found.hits[0].name) == ("clear", names[0])


@pytest.mark.parametrize(("said", "names"), _cases(ASKED))
def test_what_is_not_quite_the_same_is_asked(said: str, names: list[str]) -> None:
    found = _shop(*names).find(said)
    assert found.verdict == "choose"
    assert names[0] in [hit.name for hit in found.hits]


def test_a_maker_that_is_sold_means_his_own_goods() -> None:
    """ "dreft" is any washing-up liquid where there is no Dreft, and only Dreft where there is."""
    with_it = _shop("Dreft afwasmiddel", "Huismerk afwasmiddel").find("dreft")
    assert [hit.name for hit in with_it.hits] == ["Dreft afwasmiddel"]
    assert _shop("Huismerk afwasmiddel").find("dreft").hits[0].name == "Huismerk afwasmiddel"


def test_the_animal_does_not_say_what_it_is() -> None:
    found = _shop("Verse worst varken", "Verse worst rund", "Varkensschnitzel").find("verse worst")
    assert (found.verdict, {hit.name for hit in found.hits}) == ("choose", {"Verse worst varken", "Verse worst rund"})
