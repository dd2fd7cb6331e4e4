"""Long names, as farmers and stall holders write them: what stands behind a comma tells more of the thing, and is no other."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading_help import MONDAY

from bot.squares import load_square
from catalog.reading import Line, Shelf, read
from catalog.square import Contents, Product, SoldBy


def lines_on(names: str, text: str) -> list[Line]:
    """The lines of a message on a shelf with these names; behind =, # and ! synonyms, pieces and options."""
    products = []
    for at, name in enumerate(names.split("|")):
        name, _, options = name.partition("!")
        name, _, pieces = name.partition("#")
        own, *also = name.split("=")
        products.append(
            Product(
                "boer", f"x{at}", own, 100, SoldBy.PACK, synonyms=tuple(also), options=tuple(filter(None, options.split("/"))),
                contents=Contents(int(pieces), "piece") if pieces else None, group="eieren" if "eieren" in own else "",
            )
        )  # fmt: skip
    shelf = Shelf.of(replace(load_square("bunnik"), products=tuple(products)))
    called = {product.id: product.name for product in products} | {"": ""}
    return [
        replace(line, product=called[line.product or ""], candidates=tuple(called[one] for one in line.candidates))
        for line in read(text, shelf, MONDAY).lines
    ]


EGGS = "Scharreleieren, doosje van 6#6|Scharreleieren, doos van 10#10|Grote tray scharreleieren, 30 stuks=tray eieren#30"
LOAVES = "Boerenbruin uit de houtoven, heel brood=heel bruin|Boerenbruin uit de houtoven, half brood=half bruin|Melk"
TEA = "Verse muntthee, losse blaadjes, zakje=munt thee|Kamillethee, losse bloemetjes, zakje=kamille|Melk"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (TEA, "een pak thee"),
        (EGGS, "eieren"),  # the tray is called so only with its pack
        (EGGS, "wat eieren en melk"),
        (LOAVES, "bruin brood"),  # both bear it, be it behind the comma
    ],
)
def test_what_several_long_names_may_be_is_asked(names: str, text: str) -> None:
    line = lines_on(names, text)[0]
    assert not line.product
    assert len(line.candidates) > 1


@pytest.mark.parametrize(
    ("names", "text", "product"),
    [
        (EGGS, "10 scharreleieren", "Scharreleieren, doos van 10"),
        (EGGS, "eieren 30", "Grote tray scharreleieren, 30 stuks"),
        (EGGS, "een tray eieren", "Grote tray scharreleieren, 30 stuks"),
        (LOAVES, "heel bruin", "Boerenbruin uit de houtoven, heel brood"),
        (TEA, "kamillethee", "Kamillethee, losse bloemetjes, zakje"),
        ("Andijvie, grote krop!gesneden|Melk", "een andijvie gesneden", "Andijvie, grote krop"),  # to be had so
        ("Gekookte boerenham van het been=boerenham=ham!dun/dik|Melk", "boerenham dun", "Gekookte boerenham van het been"),
        ("Spekreepjes gerookt, bakje|Melk", "een bakje spekreepjes", "Spekreepjes gerookt, bakje"),  # never otherwise
        ("Bloemenhoning vloeibaar, pot|Heidehoning van de hei, pot|Melk", "bloemenhoning", "Bloemenhoning vloeibaar, pot"),
    ],
)
def test_what_one_long_name_says_is_taken(names: str, text: str, product: str) -> None:
    assert [line.product for line in lines_on(names, text)] == [product]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("Gekookte eieren, doosje|Melk", "eieren"),  # something was done to them
        ("Gerookte kipfilet, plakjes|Melk", "kipfilet"),
    ],
)
def test_what_was_done_to_it_is_still_asked(names: str, text: str) -> None:
    (line,) = lines_on(names, text)
    assert not line.product


LONG = (
    "Andijvie, grote krop, per stuk|Nootmuskaat, hele noten, zakje van 4|Gemengde noten, zak"
    "|Kroketten 8 st (diepvries)|Krop sla"
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2x Andijvie, grote krop, per stuk", [("Andijvie, grote krop, per stuk", 2)]),
        ("2 andijvie, grote krop", [("Andijvie, grote krop, per stuk", 2)]),
        ("2 andijvie, krop sla", [("Andijvie, grote krop, per stuk", 2), ("Krop sla", 1)]),
        ("Nootmuskaat, hele noten, zakje van 4", [("Nootmuskaat, hele noten, zakje van 4", 1)]),
        ("1 Kroketten 8 st (diepvries)", [("Kroketten 8 st (diepvries)", 1)]),
        (
            "andijvie, grote krop, per stuk, gemengde noten, zak, krop sla",
            [("Andijvie, grote krop, per stuk", 1), ("Gemengde noten, zak", 1), ("Krop sla", 1)],
        ),
    ],
)
def test_a_long_name_is_copied_from_the_list(text: str, wanted: list[tuple[str, int]]) -> None:
    assert [(line.product, line.amount) for line in lines_on(LONG, text)] == wanted
