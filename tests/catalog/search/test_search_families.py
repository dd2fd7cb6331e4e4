"""Head words with several kinds ask, a full name or its packaging decides, and another thing is never taken silently."""

from __future__ import annotations

import pytest

from tests.catalog.search.stalls import EXAMPLES, STALLS, goods, index_of

CLEAR = {
    "bunnik": "rozen=Bos rozen|roos=Enkele roos|bos rozen=Bos rozen|bosje rozen=Bos rozen|tonijn in blik=Tonijn in blik|"
    "cola blikje=Cola blikje|krat cola=Krat cola|"
    "7up fles=7up fles|krop sla=Kropsla|karnemelk=Karnemelk|"
    "zoete aardappel=Zoete aardappelen|rode ui=Rode uien|bruine bonen=Bruine bonen",
    "voorbeeld": "uien=Uien|peen en uien=Hutspot|sla=Kropsla|erwtensoep=Snert",
    "ijsseldelta": "melk=Boerderijmelk in glazen fles|eieren=Weidekippeneieren",
    "turks": "zoete aardappel=Zoete aardappel|groene peper=Groene pepers",
}
ASKED = {
    "bunnik": "melk kaas brood ei eieren tonijn cola 7up bonen sla kip gehakt soep gebak limonade",
    "voorbeeld": "brood wortels gebak",
    "turks": "aardappels piepers peper",
}
NEVER = {
    "melk": "karnemelk koffiemelk chocolademelk",
    "rozen": "roze koek",
    "boter": "botersla pindakaas",
    "kaas": "pindakaas leverkaas",
}


@pytest.mark.parametrize(("square", "pair"), [(square, pair) for square, pairs in CLEAR.items() for pair in pairs.split("|")])
def test_one_thing_is_meant(square: str, pair: str) -> None:
    said, name = pair.split("=")
    found = index_of(square).find(said)
    assert (found.verdict, found.hits[0].name) == ("clear", name)


@pytest.mark.parametrize(("square", "said"), [(square, said) for square, words in ASKED.items() for said in words.split()])
def test_it_is_asked(square: str, said: str) -> None:
    assert index_of(square).find(said).verdict == "choose"


@pytest.mark.parametrize("square", [*EXAMPLES, *STALLS])
@pytest.mark.parametrize("said", NEVER)
def test_never_even_offered(square: str, said: str) -> None:
    assert not any(hit.name.lower() in NEVER[said] for hit in index_of(square).find(said).hits)


@pytest.mark.parametrize("square", [*EXAMPLES, *STALLS])
def test_every_full_name_is_clear(square: str) -> None:
    names = [product.name for product in goods(square)]
    found = [(name, index_of(square).find(name)) for name in names]
    wrong = [name for name, hits in found if not hits.hits or hits.hits[0].name != name]
    asked = [name for name, hits in found if hits.verdict != "clear"]
    assert not wrong
    assert len(asked) / len(names) <= 0.02, asked
