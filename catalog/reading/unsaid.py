"""What a product is besides what was said of it: smoked, without, of another size. That is asked, never put in the basket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from catalog.reading.letters import alike
from catalog.reading.lexicon import words_of
from catalog.reading.nouns import is_no_kind, is_opposite, name_words, names_half, noun_of, stem, without_told
from catalog.reading.options import settle_options
from catalog.reading.packs import is_other_pack, is_other_size
from catalog.reading.wish import Unit, Wish, of_half
from catalog.reading.words import plain, table
from catalog.search import lexicon
from catalog.search.fold import key
from catalog.square import Product

_SLIP = 0.8  # how alike a word and what it is a slip for are
_HALVES = frozenset(("half", "halve", "halfje"))


def stands_against(product: Product, wish: Wish, notes: Sequence[str]) -> bool:
    """Whether what was said goes against the name: "wit" and bruin, "zonder" something that the name has."""
    if not any("zonder" in name_words(name) for name in (product.name, *product.synonyms)):
        left_out = [word for note in wish.notes if note.startswith("zonder ") for word in note.split()[1:]]
        nouns = [noun_of(plain(word)) for word in left_out if len(word) > 3]
        if any(word.startswith(noun) for noun in nouns for word in name_words(product.name)):
            return True
        if any(unit.link == "zonder" for unit in wish.units):
            return True
    if is_done(product, wish, notes) or _is_without(product, wish) or _is_half(product, wish):
        return True
    if is_other_pack(product, wish.quantity) or is_other_size(product, wish):
        return True
    return is_opposite(product, [unit.text for unit in wish.units if not _is_option(product, unit.text)])


def _is_option(product: Product, word: str) -> bool:
    """Whether the product may be had so: "andijvie gesneden", which is sold by the head."""
    return bool(product.options and settle_options(product, [word])[0])


def _is_half(product: Product, wish: Wish) -> bool:
    """Whether it is half a loaf, and nobody said half: "bruin brood" where that is the only brown one."""
    if not names_half(product.name) or (wish.quantity and of_half(wish.quantity)):
        return False
    texts = [unit.text for unit in wish.units] + wish.notes + [wish.quantity.said if wish.quantity else ""]
    return not any(part.startswith(("hal", "haf")) for text in texts for part in name_words(text))


def _is_without(product: Product, wish: Wish) -> bool:
    """Whether it is called "zonder" what it should be with: "oliebollen met krenten"."""
    words = name_words(product.name)
    lacks = noun_of(words[words.index("zonder") + 1]) if "zonder" in words[:-1] else ""
    asked = [word for unit in wish.units if unit.link == "met" for word in unit.text.split()]
    asked += [word for note in wish.notes if note.startswith("met ") for word in note.split()]
    return bool(lacks) and lacks in {noun_of(plain(word)) for word in asked}


def is_done(product: Product, wish: Wish, notes: Sequence[str]) -> bool:
    """Whether it is smoked or boiled, or a dish with it, and nobody said so."""
    named = any(unit.product or unit.named for unit in wish.units)
    told = (*wish.notes, *notes)
    return not named and (_is_prepared(product, wish.units, told) or _is_more(product, wish.units, told))


def is_otherwise(product: Product, notes: Sequence[str], units: Sequence[Unit]) -> bool:
    """Whether it must be cooked, smoked or half, and the product says nothing of that: "gekookte aardbeien"."""
    told = {noun_of(word) for name in (product.name, *product.synonyms, *product.options) for word in name_words(name)}
    prepared = [word for word in map(plain, notes) if word in words_of("options", "prepared")]
    halved = any(plain(unit.text) in _HALVES for unit in units) and not any(word.startswith("half") for word in told)
    return halved or any(noun_of(word) not in told for word in prepared) or _is_another_kind(product, notes, units)


def _is_another_kind(product: Product, notes: Sequence[str], units: Sequence[Unit]) -> bool:
    """Whether a word that says which kind it is was said, and the product does not bear it: "zure haring"."""
    told = {plain(note) for note in notes}
    for kind in table("options")["kinds"]:
        words = told & set(kind["words"].split())
        weighed = product.by_weight and "weighed" in kind
        plainly = "flavoured" in kind and not _is_flavoured(product, units)
        if words and not (weighed or plainly or _is_wish_of(kind["wish_of"], units) or _is_borne(product, words)):
            return True
    return False


def _is_flavoured(product: Product, units: Sequence[Unit]) -> bool:
    """Whether its name says what it tastes of, and nobody did."""
    said = {noun_of(word) for unit in units for word in name_words(unit.text)}
    return any(key(word) in lexicon.flavour_keys() and noun_of(word) not in said for word in name_words(product.name))


def _is_borne(product: Product, words: Iterable[str]) -> bool:
    borne = " ".join(plain(name.lower()) for name in (product.name, *product.synonyms, *product.options, product.group))
    return all(stem(word) in borne for word in words)


def _is_wish_of(goods: str, units: Sequence[Unit]) -> bool:
    """Whether of this thing the word only tells how somebody likes it: pears may be soft, but no potato is an apple."""
    things = [noun_of(plain(word)) for unit in units for word in unit.text.split()]
    nouns = [noun_of(one) for one in goods.split()]
    return any(thing.endswith(noun) and not is_no_kind(thing, noun) for thing in things for noun in nouns)


def _is_prepared(product: Product, units: Sequence[Unit], notes: Sequence[str]) -> bool:
    """Whether something was done to it that nobody said: "kipfilet" where only smoked slices are sold."""
    done = [word for word in name_words(product.name) if word in words_of("options", "made_other")]
    if not done:
        return False
    words = [word for text in (*(unit.text for unit in units), *notes) for word in name_words(text)]
    said = {*words, *("".join(pair) for pair in pairwise(words))}  # "lactose vrije melk"
    nouns = {noun_of(word) for word in words}
    also = [{noun_of(word) for word in name_words(name)} for name in product.synonyms]
    usual = {noun_of(word) for word in words_of("options", "always")}
    return not (
        nouns & usual or any(name <= nouns for name in also) or any(_is_form(one, word) for word in done for one in said)
    )


def _is_form(said: str, word: str) -> bool:
    """Whether this is the word bent, heard or misspelt: "glutenvrije", "gerookd", "gebrade"; not "gekookt" for gerookt."""
    if noun_of(said) == noun_of(word) or stem(said) == stem(word) or key(said) == key(word):
        return True
    return said not in words_of("options", "prepared") and not lexicon.is_real(said) and alike(said, word) >= _SLIP


def _is_more(product: Product, units: Sequence[Unit], notes: Sequence[str]) -> bool:
    """Whether it is a dish of what was said, or that and more: "broodje amandelspijs", "peen en ui"."""
    said = {noun_of(word) for text in (*(unit.text for unit in units), *notes) for word in name_words(text)}
    if any(said == {noun_of(word) for word in name_words(name)} for name in product.synonyms):
        return False
    words = name_words(without_told(product.name))
    dish = noun_of(words[0]) if words else ""
    if len(words) > 1 and dish in words_of("groups", "dishes"):
        return not any(word.endswith(dish) for word in said)
    more = [noun_of(after) for word, after in pairwise(words) if word == "en" or after in words_of("groups", "wrapped")]
    return any(lexicon.is_real(word) and not any(word in one for one in said) for word in more)


__all__ = ["is_done", "is_otherwise", "stands_against"]
