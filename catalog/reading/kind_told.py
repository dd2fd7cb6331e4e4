"""Which kind it must be, told of those it is for: "een pak koffie, wij drinken decafé", "melk, mijn man lust alleen volle"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.lookup import Lookup, of_one_shelf
from catalog.reading.tokens import Token
from catalog.reading.wish import Unit, words_said
from catalog.reading.wishes import Wish
from catalog.reading.words import plain, table
from catalog.square import Product

_TELLS = re.compile(
    r"(?:want |maar |en |die |dat )?(?:ik|we|wij|hij|zij|ze|die|(?:mijn|m'n|mn|onze|ons|de) \w+) "
    r"(?:drinkt?|drinken|eet|eten|lust|lusten|gebruikt?|gebruiken|hou van|houdt van|houden van) "
    r"(?:(?:hier|thuis|toch|altijd|alleen|meestal|maar|het|liefst|liever|graag|zelf|ook|nu) )*"
    r"(?P<kind>\S+(?: \S+)?)(?: graag)?\Z"
)


_WITHOUT = re.compile(r"(?:(?:het )?(?:liefst|liever) )?zonder (\S+)")
_POLITE = frozenset(("graag", "liefst", "maar", "wel", "dan"))
_AS_WELL = frozenset(("erbij", "bij", "ook", "nog", "een", "zo'n", "wat"))
_FEW = 3  # products
_STEM = 6  # letters


def with_kinds_told(wishes: Sequence[Wish], parts: Sequence[Sequence[str]], lookup: Lookup) -> list[Wish]:
    """The wishes, each as the kind of it that the stretch right behind it tells."""
    kept: list[Wish] = []
    for wish in wishes:
        behind = kept and kept[-1].units and wish.segment == kept[-1].segment + 1 and not wish.quantity
        kind = _kind_behind(kept[-1], wish, parts[wish.segment], lookup) if behind else []
        if kind:
            kept[-1] = replace(kept[-1], units=kind)
        else:
            with_it = behind and wish.units and _link(parts[wish.segment]) == "met" and _AS_WELL.isdisjoint(parts[wish.segment])
            kept.append(replace(wish, vague=True) if with_it else wish)  # "gehaktballen, met jus": perhaps to be had with it
    return kept


def with_heading(wish: Wish, lookup: Lookup) -> Wish:
    """ "melk: 2 volle, 1 halfvolle": each kind as the goods above it, when one thing is called so."""
    if not wish.under or not wish.units:
        return wish
    units = [replace(unit, soft=False) for unit in (*wish.units, *wish.under)]
    return replace(wish, units=units) if _is_called(units, plain(wish.units[0].text), lookup) else wish


def _kind_behind(wish: Wish, told: Wish, part: Sequence[str], lookup: Lookup) -> list[Unit]:
    drinks = _TELLS.match(" ".join(part))
    return _kind(wish, told, drinks["kind"].split(), lookup) if drinks else _held(wish, told, part, lookup)


def _kind(wish: Wish, told: Wish, words: Sequence[str], lookup: Lookup) -> list[Unit]:
    """The words that name the kind of this thing that was told: together with it, or by themselves."""
    own = [unit for unit in told.units if plain(unit.text) in words]
    before = lookup.find(words_said(wish.units)).hits
    for units in ([*own, *wish.units], own) if own and before else ():
        found = lookup.find(words_said(units))
        few = found.verdict == "clear" or 0 < len(found.hits) <= _FEW < len(before)
        alike = (of_one_shelf(lookup.product(hit.product), lookup.product(before[0].product)) for hit in found.hits[:_FEW])
        if few and (next(alike) if found.verdict == "clear" else all(alike)):
            return [replace(unit, soft=False) for unit in units]
    return []


def _link(part: Sequence[str]) -> str:
    return next((word for word in part if word not in _POLITE), "")


def _held(wish: Wish, told: Wish, part: Sequence[str], lookup: Lookup) -> list[Unit]:
    """ "kattenvoer, met kip": the words of both, when one thing is called so."""
    link = _link(part)
    if link not in ("met", "zonder") or not told.units:
        return []
    units = [*wish.units, replace(told.units[0], link=link), *told.units[1:]]
    return units if _is_called(units, plain(told.units[0].text), lookup) else []


def _is_called(units: Sequence[Unit], kind: str, lookup: Lookup) -> bool:
    """Whether one thing is called so, and bears the word for its kind."""
    found = lookup.find(words_said(units))
    return found.verdict == "clear" and _bears(lookup.product(found.hits[0].product), kind)


def without_it(wish: Wish, lookup: Lookup) -> Wish:
    """ "boter zonder zout", "cola, zonder suiker": the kind that is called so, when there is one."""
    for note in wish.notes if wish.units else ():
        words = _WITHOUT.fullmatch(note)
        for quality in table("options")["without"].get(plain(words[1]), ()) if words else ():
            last = wish.units[-1].tokens[-1]
            units = [*wish.units, Unit((Token(quality, quality, last.start, last.end),))]
            if _is_called(units, quality, lookup):
                return replace(wish, units=units, notes=[one for one in wish.notes if one != note])
    return wish


def _bears(product: Product, quality: str) -> bool:
    return any(quality[:_STEM] in plain(name.lower()) for name in (product.name, *product.synonyms))


__all__ = ["with_heading", "with_kinds_told", "without_it"]
