"""The one product that what was said can be, though its name says more: a maker, a size, a flavour.

In a shop that writes "Campina halfvolle melk 1 l" nobody says all of that. What was said is enough when every word of it stands
in the name, the thing itself is among them, and no other product could be meant by the same words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from catalog.reading.also_meant import bearing_apart
from catalog.reading.choices import every_kind, is_made_of
from catalog.reading.letters import alike
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import bare_name, is_adjective, name_words, noun_of, own_words, unprefixed
from catalog.reading.wish import Unit, words_said
from catalog.reading.words import plain
from catalog.search import Found, lexicon
from catalog.search.fold import fold, key
from catalog.square import Product

_SHORT = 3  # letters
_ALIKE = 0.75  # of letters; another word for it is no spelling
_SURE = 0.9  # how well a word is known that is one of the catalogue in another spelling


def only_one(found: Found, core: Sequence[Unit], lookup: Lookup) -> Found | None:
    """The best hit as clear, when it is the only product that bears all these words; else None."""
    if found.verdict != "choose" or not found.hits or any(unit.link for unit in core):
        return None
    product = lookup.product(found.hits[0].product)
    said = [noun_of(_as_spelt(part, lookup)) for unit in core for part in name_words(unit.text)]
    if product.restricted or not said:
        return None
    if not (_bears(product, said, parts=len(said) > 1) and _names_it(product, said)) and not _ends_so(product, core):
        return None
    if {plain(word.lower()) for word in product.not_this} & set(words_said(core).split()):
        return None
    if len(said) == 1 and len(said[0]) < _SHORT and len(found.hits) > 1:
        return None  # whether "uitloopeieren" are eggs is not told by so few letters
    whole = len(bare_name(product.name)) == 1 or any(bare_name(name) == {said[0]} for name in product.synonyms)
    if len(said) == 1 and bearing_apart(plain(core[-1].text), lookup).keys() - {product.id}:
        return None
    if len(said) == 1 and not whole and any(hit.product != product.id for hit in every_kind(plain(core[-1].text), lookup)):
        return None
    rivals = {*lookup.bearing(said[-1]), *lookup.beginning(said[-1]), *(hit.product for hit in found.hits)}
    others = [lookup.product(one) for one in sorted(rivals - {product.id})]
    if any(_may_be(one, said) or (len(said) > 1 and _is_sold(one) and _bears(one, said)) for one in others):
        return None
    return lookup.only(product.id)


def _as_spelt(word: str, lookup: Lookup) -> str:
    """The word of the shelf that this one surely is in another spelling: "sensodine", "bakkeljou"."""
    if lexicon.is_real(word) or not _SURE <= lookup.knows(word) < 1:
        return word
    return next((one for one in lookup.spelt(word) if alike(one, word) >= _ALIKE), word)


def _ends_so(product: Product, core: Sequence[Unit]) -> bool:
    """ "mosterd" for the only one there is, called "Boerenmosterd": not so of what comes in many kinds, as "worst"."""
    word = plain(core[-1].text)
    if len(core) != 1 or len(word) <= _SHORT or not lexicon.is_specific(word):
        return False
    begun = (key(part) for part in own_words(product.name) if key(part).startswith(fold(word)))
    if any(part.removeprefix(fold(word)) in _cuts() for part in begun):
        return True  # "sukade" for Sucadelap
    goods = next((part for part in name_words(product.name) if lexicon.is_real(part) or lexicon.is_kind(part)), "")
    noun = noun_of(word)
    return noun_of(goods).endswith(noun) and noun_of(goods) != noun


@cache
def _cuts() -> frozenset[str]:
    return lexicon.cut_keys() | {key("vlees")}


def _bears(product: Product, said: Sequence[str], *, parts: bool = False) -> bool:
    """Whether each of these nouns is a word of its name, or with ``parts`` the end of one: "mutti blokjes"."""
    words = {form for word in name_words(product.name) for form in (noun_of(word), unprefixed(word))}
    return all(noun in words or (parts and any(_ends_in(word, noun) for word in words)) for noun in said)


def _ends_in(word: str, noun: str) -> bool:
    """Whether a word is this noun with another before it; what is halfvol is not vol."""
    return is_made_of(word, noun) and not (is_adjective(word) or word in lexicon.describing())


def _is_sold(product: Product) -> bool:
    return not (product.withdrawn or product.restricted)


def _may_be(product: Product, said: Sequence[str]) -> bool:
    """Whether the same words fit this one too, be it as the end of a longer word or in a synonym."""
    if not _is_sold(product):
        return False
    words = [noun_of(word) for name in (product.name, *product.synonyms) for word in own_words(name)]
    return all(
        any(
            noun in (word, unprefixed(word)) or (len(noun) > 2 and (word.endswith(noun) or _begins(word, noun)))
            for word in words
        )
        for noun in said
    )


def _begins(word: str, noun: str) -> bool:
    """Whether a word begins with this noun; with one of three letters only when a word follows: "beschuit" is no bes."""
    rest = word[len(noun) :]
    behind = (rest.removeprefix(link) for link in ("", "s", "e", "en"))
    return word.startswith(noun) and (len(noun) > _SHORT or any(map(lexicon.is_real, behind)))


def _names_it(product: Product, said: Sequence[str]) -> bool:
    """Whether the thing itself was said, or a name that is no ordinary word: the maker's."""
    own = own_words(product.name)
    goods = (word for word in own if lexicon.is_real(word) or unprefixed(word) != noun_of(word))
    head = next((word for word in goods if not is_adjective(word)), "")
    return bool(head and {noun_of(head), unprefixed(head)} & set(said)) or any(
        noun_of(word) in said and _is_makers(word) for word in name_words(product.name)
    )


def _is_makers(word: str) -> bool:
    """Whether a word means nothing but this: a brand, a fancy name; no goods, no everyday word, nothing that describes."""
    if word in lexicon.brands():
        return True  # also one that is an everyday word besides: robijn, dove
    if len(word) < 4 or is_adjective(word) or lexicon.is_real(word) or lexicon.is_common(word) or word in lexicon.talk():
        return False
    return word not in lexicon.describing() and word not in lexicon.soft() and key(word) not in lexicon.flavour_keys()


__all__ = ["only_one"]
