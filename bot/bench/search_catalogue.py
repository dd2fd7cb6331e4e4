"""Catalogues of any size, made from the names in the sample squares: flavours, adjectives, makers and sizes around them.

They say more about speed than about quality: real assortments have more distinct words. Everything is made with a seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from bot.squares import example_names, load_square
from catalog.search import usual_key
from catalog.square import Product, SoldBy

_PARTS = """
flavours: aardbeien abrikozen appel banaan bosbessen bramen cacao citroen dadel druiven frambozen gember hazelnoot honing kaneel
 karamel kastanje kersen kokos koffie komijn krenten kruiden limoen mandarijn mango meloen mosterd munt noten paprika peren
 perzik
 pinda pistache pompoen pruimen rabarber rozijnen sesam sinaasappel speculaas spinazie tomaten truffel ui vanille vijgen walnoot
 wortel zeezout
things: brood bol koek vlaai taart jam yoghurt kwark vla pap soep saus thee siroop sap limonade reep drop snoep chips ijs
 dressing
 azijn olie chutney compote gelei stroop worst salade rijst wafel cake muffin toetje drank mix muesli spread boter kaas
adjectives: biologische verse ambachtelijke hollandse luxe boeren fijne magere volle zachte pittige milde gerookte oude jonge
 grove
sizes: 100_g 150_g 200_g 250_g 400_g 500_g 1_kg 33_cl 50_cl 75_cl 1_l 6_stuks 10_stuks 12_stuks 4_x_125_g 2_x_200_g
onsets: b d f g h j k l m n p r s t v w z br dr fl gr kl sl st
nuclei: a aa e ee i ie o oo oe u ui
codas: k l m n r s t
"""


@cache
def parts(name: str) -> tuple[str, ...]:
    """One of the lists that names are made of."""
    lines = [line.partition(": ") for line in _PARTS.replace("\n ", " ").strip().splitlines()]
    return next(tuple(part.replace("_", " ") for part in listed.split()) for title, _, listed in lines if title == name)


def sample_names() -> list[tuple[str, str]]:
    """(name, group) of everything in the example squares, each once."""
    products = [product for square in example_names() for product in load_square(square).products]
    return list(dict.fromkeys((product.name, product.group) for product in products))


def base_names(dice: Random) -> list[tuple[str, str]]:
    """The samples and invented flavours of everyday things, in an order of their own, no name twice."""
    flavoured = [(f"{flavour}{thing}".capitalize(), thing) for flavour in parts("flavours") for thing in parts("things")]
    dice.shuffle(flavoured)
    names = sample_names() + flavoured
    return list({usual_key(name): (name, group) for name, group in reversed(names)}.values())[::-1]


def catalogue(size: int, seed: int = 11) -> list[Product]:
    """``size`` products; a smaller catalogue is always the beginning of a larger one with the same seed."""
    made: list[Product] = []
    for at, (name, group) in enumerate(_names(Random(seed))):
        if at == size:
            break
        made.append(Product(f"winkel{at % 97}", f"a{at}", name, 100, SoldBy.PIECE, group=group))
    return made


def _names(dice: Random) -> Iterator[tuple[str, str]]:
    names = base_names(dice)
    yield from names
    while True:
        name, group = names[dice.randrange(len(names))]
        own = maker(dice) if dice.random() < 0.6 else ""
        adjective = dice.choice(parts("adjectives")) if not own or dice.random() < 0.5 else ""
        words = (own, adjective, name.lower())
        size = dice.choice(parts("sizes")) if dice.random() < 0.8 else ""
        yield " ".join(word for word in (*words, size) if word).capitalize(), group


def maker(dice: Random) -> str:
    """An invented maker; common ones come back often, rare ones hardly ever."""
    number = int(min(dice.paretovariate(0.45), 1e7))
    own = Random(number)
    sounds = [own.choice(parts(sound)) for _ in range(1 + (number > 40)) for sound in ("onsets", "nuclei", "codas")]
    return "".join(sounds) + own.choice(("a", "o", "ma", "", "huis", "hof"))
