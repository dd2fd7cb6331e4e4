"""Names that begin with whose it is: "Hoevemelk", "Dijkmosterd". Who says "melk" means that, as far as it goes."""

from __future__ import annotations

import pytest

from catalog.search import Index
from catalog.square import Product, SoldBy

NAMES = (
    "Hoevemelk vol|Hoevemelk halfvol|Hoeveyoghurt vol|Schapenyoghurt|Dijkvolkoren heel|Dijkvolkoren half|Dijkmosterd"
    "|Boerenkaas jong|Boerenkaas oud|Geraspte boerenkaas|Boerenroomboter|Boerenroomboter gezouten|Polderjam aardbei|Boerenkool"
    "|Hoevevla vanille|Molentarwe heel|Koffiemelk halfvol"
)


def found(words: str, names: str = NAMES) -> tuple[str, str]:
    """The verdict, and the first name."""
    shelf = Index.build(Product("boer", f"x{at}", name, 100, SoldBy.PACK) for at, name in enumerate(names.split("|")))
    result = shelf.find(words)
    return result.verdict, result.hits[0].name if result.hits else ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("volle melk", "Hoevemelk vol"),
        ("halfvolle melk", "Hoevemelk halfvol"),
        ("volle yoghurt", "Hoeveyoghurt vol"),
        ("heel volkoren", "Dijkvolkoren heel"),
        ("half volkoren", "Dijkvolkoren half"),
        ("mosterd", "Dijkmosterd"),
        ("jonge kaas", "Boerenkaas jong"),
        ("geraspte kaas", "Geraspte boerenkaas"),
        ("gezouten roomboter", "Boerenroomboter gezouten"),
        ("roomboter", "Boerenroomboter"),
        ("vla", "Hoevevla vanille"),
        ("heel tarwe", "Molentarwe heel"),
    ],
)
def test_whose_it_is_need_not_be_said(words: str, name: str) -> None:
    assert found(words) == ("clear", name)


@pytest.mark.parametrize("words", ["melk", "yoghurt", "volkoren", "kaas"])
def test_which_of_its_kinds_is_still_asked(words: str) -> None:
    assert found(words)[0] == "choose"


@pytest.mark.parametrize("words", ["rode kool", "kool"])
def test_what_only_sounds_like_it_is_another_thing(words: str) -> None:
    assert found(words)[0] != "clear"


def test_a_name_without_a_maker_comes_first() -> None:
    assert found("volle melk", "Hoevemelk vol|Volle melk") == ("clear", "Volle melk")
