"""Catalogues of any size, made from the names in the sample squares: flavours, adjectives, makers and sizes around them.

They say more about speed than about quality: real assortments have more distinct words. Everything is made with a seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bot.squares import example_names, load_square
from catalog.search import usual_key
from catalog.square import Product, SoldBy

_FLAVOURS = (
    "aardbeien abrikozen appel banaan bosbessen bramen cacao citroen dadel druiven frambozen gember hazelnoot honing kaneel karamel kastanje "
    "kersen kokos koffie komijn krenten kruiden limoen mandarijn mango meloen mosterd munt noten paprika peren perzik pinda pistache "
    "pompoen pruimen rabarber rozijnen sesam sinaasappel speculaas spinazie tomaten truffel ui vanille vijgen walnoot wortel zeezout"
).split()
_THINGS = (
    "brood bol koek vlaai taart jam yoghurt kwark vla pap soep saus thee siroop sap limonade reep drop snoep chips ijs dressing azijn olie "
    "chutney compote gelei stroop worst salade rijst wafel cake muffin toetje drank mix muesli spread boter kaas"
).split()
_ADJECTIVES = "biologische verse ambachtelijke hollandse luxe boeren fijne magere volle zachte pittige milde gerookte oude jonge grove".split()
_SIZES = "100 g|150 g|200 g|250 g|400 g|500 g|1 kg|33 cl|50 cl|75 cl|1 l|6 stuks|10 stuks|12 stuks|4 x 125 g|2 x 200 g".split(
    "|"
)
_ONSETS, _NUCLEI, _CODAS = (
    "b d f g h j k l m n p r s t v w z br dr fl gr kl sl st".split(),
    "a aa e ee i ie o oo oe u ui".split(),
    "k l m n r s t".split(),
)


def sample_names() -> list[tuple[str, str]]:
    """(name, group) of everything in the example squares, each once."""
    products = [product for square in example_names() for product in load_square(square).products]
    return list(dict.fromkeys((product.name, product.group) for product in products))


def base_names(dice: Random) -> list[tuple[str, str]]:
    """The samples and invented flavours of everyday things, in an order of their own, no name twice."""
    flavoured = [(f"{flavour}{thing}".capitalize(), thing) for flavour in _FLAVOURS for thing in _THINGS]
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
        adjective = dice.choice(_ADJECTIVES) if not own or dice.random() < 0.5 else ""
        words = (own, adjective, name.lower())
        size = dice.choice(_SIZES) if dice.random() < 0.8 else ""
        yield " ".join(word for word in (*words, size) if word).capitalize(), group


def maker(dice: Random) -> str:
    """An invented maker; common ones come back often, rare ones hardly ever."""
    number = int(min(dice.paretovariate(0.45), 1e7))
    own = Random(number)
    parts = [own.choice(_ONSETS) + own.choice(_NUCLEI) + own.choice(_CODAS) for _ in range(1 + (number > 40))]
    return "".join(parts) + own.choice(("a", "o", "ma", "", "huis", "hof"))
