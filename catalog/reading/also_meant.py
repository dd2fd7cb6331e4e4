"""What else a question should offer: another shop calls the thing otherwise, and the one found may be a special kind of it.

The words are tried in every way they may stand in a name: by the other words for it, as two halves of a compound that stand
apart, and by the group of the shop that they name. All of it is only offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from catalog.reading.choices import is_kind_of_any, is_made_of, is_special
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import SMALL_ENDS, bare_name, is_adjective, is_half, name_words, noun_of, stem
from catalog.reading.other_names import Name, other_names
from catalog.reading.wish import Unit, Wish, of_half
from catalog.search import Found, Hit, lexicon
from catalog.square import Product

_ENOUGH, _MOST = 4, 10
_MOST_WORDS = 24  # of what may be a name
_LONGEST = 40  # letters of a word that is cut in halves
_LEAST = 3  # letters of a half
_LINKS = ("", "en", "e", "s", "n")
_SMALL = frozenset(("met", "van", "de", "het", "een", "voor", "in", "uit"))


def filled(found: Found, wish: Wish, notes: Sequence[str], lookup: Lookup) -> Found:
    """A question with few choices, filled up with what else the words may mean; what nobody asked for goes last."""
    core = [unit for unit in wish.units if not unit.soft]
    if found.verdict != "choose" or not core or wish.either or wish.vague:
        return found
    said, told = _words([unit for unit in core if unit.link != "met"]), [*wish.notes, *notes]
    if not said or len(said) > _MOST_WORDS or all(is_adjective(word) for word in said):
        return found
    known = {hit.product for hit in found.hits}
    if len(known) == 1 and _is_whole_name(found.hits[0].name, said, lookup):
        return found
    more = list(_more(said, _beside(core, told), told, known, lookup).values())
    if wish.quantity and of_half(wish.quantity) and all(is_half(lookup.product(one)) for one in known):
        more = [one for one in more if is_half(one)]
    if not more:
        return found
    hits = (*found.hits, *(Hit(one.id, one.name, 50.0) for one in more if lookup.allowed(one, said[-1])))
    spoken = {noun_of(word) for text in (*said, *told) for word in name_words(text)}
    return Found("choose", tuple(sorted(hits, key=lambda hit: is_special(lookup.product(hit.product), spoken))[:_MOST]))


def _is_whole_name(name: str, said: Sequence[str], lookup: Lookup) -> bool:
    """Whether all of the name was said, however it was spelt: "krentewegge" for Krentenwegge."""
    spelt = [one for word in said if not lexicon.is_real(word) for one in lookup.spelt(word)]
    return bare_name(name) <= {noun_of(word) for word in (*said, *spelt)}


def _more(said: Name, beside: Sequence[str], told: Sequence[str], known: set[str], lookup: Lookup) -> dict[str, Product]:
    """What else the words may be: with what goes with it, as it stands, and when that is little by the group of it."""
    noted = [way for note in told if " " not in note for way in _ways((*name_words(note), *said), lookup)]
    every = [*_with(said, beside, lookup), *_bearing_any([*noted, *_ways(said, lookup)], lookup)]
    more = {one.id: one for one in every if one.id not in known}
    if len(known) + len(more) < _ENOUGH and len(said) == 1:
        more |= {one.id: one for one in _perhaps(said[0], lookup) if one.id not in known}
    return more


def _beside(core: Sequence[Unit], told: Sequence[str]) -> list[str]:
    """The words of what it must come with: "met appel"."""
    noted = [word for note in told if note.startswith("met ") for word in name_words(note)[1:] if word not in _SMALL]
    return list(dict.fromkeys((*noted, *_words([unit for unit in core if unit.link == "met"]))))


def _words(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(word for unit in units for word in name_words(unit.text) if word not in _SMALL)


def _ways(said: tuple[str, ...], lookup: Lookup) -> Iterator[tuple[str, ...]]:
    """What was said as words of a name: as it stands, as one word, and each other name for it, also when it was misspelt."""
    yield said
    if len(said) > 1:
        yield ("".join(said),)
    elif not lexicon.is_real(said[0]):
        yield from (name for word in lookup.spelt(said[0])[:1] for name in other_names(noun_of(word)))
    yield from other_names(" ".join(noun_of(word) for word in said))


def _with(said: tuple[str, ...], beside: Sequence[str], lookup: Lookup) -> list[Product]:
    """ "rodekool met appel": what goes with it stands in the name as well, be it before it: "Pot appelrodekool"."""
    every = _bearing_any([said, ("".join(said),)], lookup) if beside else []
    nouns = [noun_of(word) for word in beside]
    return [one for one in every if all(any(part.startswith(noun) for part in name_words(one.name)) for noun in nouns)]


def _bearing_any(ways: Sequence[tuple[str, ...]], lookup: Lookup) -> list[Product]:
    return [lookup.product(one) for one in {one: None for words in ways if words for one in _known(words, lookup)}]


def _perhaps(word: str, lookup: Lookup) -> list[Product]:
    """All of the group that the word names, else what its other names may be in their turn: limonade, limonadesiroop, ranja."""
    if lexicon.is_real(word) and (group := lookup.all_of(noun_of(word))):
        return group
    further = [way for name in other_names(noun_of(word)) for way in other_names(" ".join(map(noun_of, name)))]
    return _bearing_any(further, lookup)


def _known(words: tuple[str, ...], lookup: Lookup) -> list[str]:
    """The same, looked up once for one message."""
    if words not in lookup.borne:
        lookup.borne[words] = _bearing_all(words, lookup)
    return lookup.borne[words]


def _bearing_all(words: Sequence[str], lookup: Lookup) -> list[str]:
    """The products that are this thing and bear each of these words; one may be the name of their group."""
    grouped = [_grouped(word, lookup) if len(words) > 1 else set() for word in words]
    every = [_bearing(word, lookup) | dict.fromkeys(some) for word, some in zip(words, grouped, strict=True)]
    found = [one for one in every[0] if all(one in others for others in every[1:])]
    kinds = set().union(*grouped)
    return [one for one in found if one in kinds or any(_is_thing(lookup.product(one), word) for word in words)]


def _grouped(word: str, lookup: Lookup) -> set[str]:
    """All of the group that this word names; how a thing is names none."""
    return set() if is_adjective(word) else {one.id for one in lookup.all_of(noun_of(word))}


def _is_thing(product: Product, word: str) -> bool:
    """Whether it is that, and not only made with it: "Croissant roomboter" is no roomboter."""
    return is_kind_of_any(product.name, noun_of(word)) or not _is_borne(product, noun_of(word))


def _bearing(word: str, lookup: Lookup) -> dict[str, None]:
    """The products whose name holds this word, by itself, in a longer one, in two halves apart, or spelt otherwise."""
    found = _bearing_as_said(word, lookup)
    spelt = lookup.spelt(word) if not found else ()
    return found or {one: None for other in spelt for one in _bearing_as_said(other, lookup)}


def _bearing_as_said(word: str, lookup: Lookup) -> dict[str, None]:
    noun = noun_of(word)
    found = {one: None for one in lookup.bearing(noun) if _is_borne(lookup.product(one), noun)}
    found |= {one: None for one in lookup.beginning(noun) if _is_begun(lookup.product(one), word)}
    return found | {one: None for one in bearing_apart(word, lookup) if not _is_borne(lookup.product(one), noun)}


def bearing_apart(word: str, lookup: Lookup) -> dict[str, None]:
    """The products whose name holds the halves of this word apart: "Blokjes runderbouillon" for bouillonblokjes."""
    found: dict[str, None] = {}
    for first, head in _halves(word):
        begun = lookup.beginning(first)
        found |= {one: None for one in lookup.bearing(head) if one in begun or one in lookup.bearing(noun_of(first))}
    return found


def _is_borne(product: Product, noun: str) -> bool:
    """Whether this noun is a word of its name or the end of a longer one, and not only letters of another: "rucola"."""
    return any(is_made_of(form, noun) for word in name_words(product.name) for form in (word, noun_of(word)))


def _is_begun(product: Product, word: str) -> bool:
    """Whether a word of its name is this one made small, or bent: "Spekjes" for spek, "halfvolle" for halfvol."""
    noun, how = noun_of(word), stem(word) if is_adjective(word) else ""
    words = name_words(product.name)
    small = any(one.startswith(noun) and one[len(noun) :] in SMALL_ENDS for one in words)
    return small or (bool(how) and how in map(stem, words))


@lru_cache(maxsize=1024)
def _halves(word: str) -> tuple[tuple[str, str], ...]:
    """Where a compound may be cut: kip + filet, appel + flap; both halves are words."""
    if len(word) > _LONGEST:
        return ()
    cuts = ((word[:at], noun_of(word[at:])) for at in range(_LEAST, len(word) - _LEAST + 1))
    return tuple((first, head) for one, head in cuts if _is_word(head) for first in _firsts(one))


def _firsts(part: str) -> Iterator[str]:
    for link in _LINKS:
        bare = part.removesuffix(link) if link else part
        if (bare != part or not link) and len(bare) >= _LEAST and (_is_word(bare) or is_adjective(bare)):
            yield bare
            return


def _is_word(word: str) -> bool:
    return len(word) >= _LEAST and (lexicon.is_real(word) or lexicon.is_common(word))


__all__ = ["bearing_apart", "filled"]
