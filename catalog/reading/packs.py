"""The pack as part of what a thing is called: "krop sla", "een bosje bloemen", "blikjes cola"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from catalog.reading.amounts import holds
from catalog.reading.lexicon import words_of
from catalog.reading.nouns import bare_name, is_adjective, name_words, noun_of, own_words
from catalog.reading.quantities import Quantity
from catalog.reading.wishes import Unit, Wish
from catalog.reading.words import plain
from catalog.search import Found, Hit
from catalog.square import Product, SoldBy

if TYPE_CHECKING:
    from catalog.reading.lookup import Lookup


_SIZE = re.compile(r"(?:\b(maat|mt|factor|sterkte|nummer|nr) |(?<!\S)\+ ?)(\d+(?:[.,]\d+)?)|(?<!\S)(\d+)\+")
_LARGEST_CAN = 1_000  # millilitres
_BAG = 500  # grams
_OFFERED = 4  # products that are looked at
_OUTER = frozenset(("krat", "kratje", "tray", "doos"))  # what is named besides is inside
LARGE = ("tray", "krat", "baal")  # nobody says so of another pack
_HARD = ("blik", "fles", "pot", "krat", "tube")  # nobody calls one of these another; "pak" and "zak" are said of anything


def _words(units: Sequence[Unit]) -> str:
    return " ".join(unit.text for unit in units)


def by_pack_name(wish: Wish, core: Sequence[Unit], lookup: Lookup) -> Found | None:
    """ "een bosje bloemen", "bos peen", "tray eieren": the pack and the words are the whole name, in either order."""
    quantity = wish.quantity
    if not quantity or not quantity.word or quantity.times:
        return None
    said = quantity.said.split()[-1]
    for word in dict.fromkeys((said, said.removesuffix("s"), quantity.word)):
        orders = (lookup.exact(f"{word} {_words(core)}"), lookup.exact(f"{_words(core)} {word}"))
        found = next((one for one in orders if one.hits), None) or _as_one_word(word, core, lookup)
        if found.hits and lookup.product(found.hits[0].product).restricted is None:
            return found
    return None


def _as_one_word(pack: str, core: Sequence[Unit], lookup: Lookup) -> Found:
    """ "bos peentjes" is what is called Bospeen."""
    noun = noun_of(pack + plain(core[0].text)) if len(core) == 1 else ""
    bearing = [one for one in lookup.bearing(noun) if noun in bare_name(lookup.product(one).name)] if noun else []
    return lookup.only(bearing[0]) if len(bearing) == 1 else Found("none", ())


def packed_as(hits: Sequence[Hit], wish: Wish, core: Sequence[Unit], lookup: Lookup) -> Found | None:
    """ "krop sla", "zak piepers", "kratje cola": the pack is part of what one of the hits is called."""
    quantity = wish.quantity
    if not quantity or not quantity.word:
        return None
    for word in dict.fromkeys((quantity.said.split()[-1], quantity.word)):
        found = lookup.find(f"{word} {_words(core)}") if word.isalpha() else Found("none", ())
        if found.verdict == "clear" and _bears_pack(lookup.product(found.hits[0].product), (word, quantity.word)):
            others = [lookup.product(hit.product) for hit in hits[:_OFFERED]]
            return found if word.rstrip("s") in LARGE or not may_be_unnamed(others) else None
    return None


def may_be_unnamed(others: Sequence[Product]) -> bool:
    """ "zak aardappels": others may come in bags as well, though only of one the name says so."""
    packs = words_of("groups", "packs") - words_of("groups", "measures")
    return any(one.sold_by is SoldBy.PACK and not packs & set(name_words(one.name)) for one in others)


def in_that_pack(found: Found, wish: Wish, core: Sequence[Unit], lookup: Lookup) -> Found:
    """ "een bakje tomaatjes" where tomatoes are weighed out and there is a "Cherrytomaatjes bakje": that may be meant."""
    quantity, product = wish.quantity, lookup.product(found.hits[0].product)
    if not quantity or quantity.unit not in ("pack", "bunch") or _bears_pack(product, (quantity.word,)):
        return found
    if not product.by_weight and quantity.word not in (*_HARD, "bos"):
        return found  # "een pak melk" is said of any carton, though one has it in its name
    nouns = (noun_of(plain(core[-1].text)), *(_things(product) if wish.second else ()))
    bearing = [lookup.product(one) for one in dict.fromkeys(one for noun in nouns for one in lookup.bearing(noun))]
    packed = [Hit(one.id, one.name, 90.0) for one in bearing if not one.by_weight and _bears_pack(one, (quantity.word,))]
    known = {hit.product for hit in packed}
    return Found("choose", (*packed, *(hit for hit in found.hits if hit.product not in known))) if packed else found


def _things(product: Product) -> list[str]:
    """What a name says that it is; not what it says of that: "Goudreinetten (Schone van Boskoop), los"."""
    neutral = words_of("groups", "neutral")
    return sorted({noun_of(word) for word in own_words(product.name) if word not in neutral and not is_adjective(word)})


def in_one_pack(product: Product, wish: Wish, lookup: Lookup) -> Hit | None:
    """ "5 liter appelsap" where there is a bag-in-box of just that: five cartons, or the one box; it has to be asked."""
    quantity, contents = wish.quantity, product.contents
    if not quantity or quantity.unit not in ("g", "ml") or quantity.times or wish.second or product.by_weight or not contents:
        return None
    if holds(product, quantity) or contents.unit != quantity.unit:
        return None
    name = set(name_words(product.name))
    bearing = dict.fromkeys(one for noun in map(noun_of, sorted(name)) for one in lookup.bearing(noun))
    others = [lookup.product(one) for one in bearing if one != product.id]
    found = [one for one in others if name <= set(name_words(one.name)) and holds(one, quantity)]
    return Hit(found[0].id, found[0].name, 90.0) if found else None


def is_other_pack(product: Product, quantity: Quantity | None) -> bool:
    """Whether a can was said of what comes in a bottle: what it is packed in stands in its name, and is another thing."""
    if quantity and quantity.word == "bos" and product.contents and not bears_pack(product.name, ("bos",)):
        heavy = product.contents.unit == "g" and product.contents.amount >= _BAG
        return heavy and _is_bag(product)  # "3 bos uitjes" are no bags of a kilo
    if quantity and quantity.word == "pack":
        return not _is_pack_of(product, quantity.said.split()[-1].partition("-")[0])
    if not quantity or quantity.word not in _HARD:
        return False
    if quantity.word == "fles" and product.contents and product.contents.inner > 1 and not bears_pack(product.name, ("fles",)):
        return True
    if quantity.word == "blik" and product.contents and product.contents.unit == "ml":
        return product.contents.amount / product.contents.inner > _LARGEST_CAN
    parts = [part for name in (product.name, *product.synonyms) for part in name_words(name)]
    named = {pack for pack in _HARD if any(part.startswith(pack) for part in parts)}
    return bool(named) and quantity.word not in named


def _is_bag(product: Product) -> bool:
    """Whether it is sold by the bag, or its name says so: of other goods told by the piece a bunch may be the piece."""
    named = words_of("groups", "packs") & set(name_words(product.name))
    return bool(named) or product.sold_by is not SoldBy.PIECE or product.name[-1:].isdecimal()


def _is_pack_of(product: Product, held: str) -> bool:
    """Whether so many are in it, of which it is called: "Cola zero 6-pack", "Eierkoeken 4 stuks"."""
    contents = product.contents
    counts = [contents.inner, contents.amount if contents.unit == "piece" else 1] if contents else []
    return held in (*map(str, counts), *(word for word in name_words(product.name) if "pack" in name_words(product.name)))


def is_other_size(product: Product, wish: Wish) -> bool:
    """Whether a size or strength was said that the name stands against: "luiers maat 5" are no "Luiers maat 4"."""
    said = _sizes([*(unit.text for unit in wish.units), *wish.notes])
    named = _sizes([product.name, *product.synonyms]) if said else {}
    return any(named.get(kind, sizes) != sizes and not sizes & named[kind] for kind, sizes in said.items())


def _sizes(texts: Iterable[str]) -> dict[str, set[str]]:
    """The sizes in these words by the kind of mark: "maat 4", "30+", "+2,5", "factor 50"."""
    found: dict[str, set[str]] = {}
    for mark, size, plus in _SIZE.findall(" ".join(texts).lower()):
        found.setdefault("maat" if mark == "mt" else mark or "+", set()).add(size or plus)
    return found


def bears_pack(name: str, words: tuple[str, ...]) -> bool:
    """Whether a name says that it comes in this pack: a "Krat 24 flesjes" comes in a crate, and not in bottles."""
    parts = name_words(name)
    outer = [part for part in parts if part in _OUTER]
    return any(part.startswith(words) for part in outer or parts)


def _bears_pack(product: Product, words: tuple[str, ...]) -> bool:
    return any(bears_pack(name, words) for name in (product.name, *product.synonyms))
