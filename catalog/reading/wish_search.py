"""Wishes looked up in the catalogue: what is found, how sure that is, and which words are no product words after all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.choices import (
    all_kinds,
    as_named,
    bare_thing,
    every_kind,
    is_bare_of_other,
    is_special,
    named_otherwise,
    of_another_maker,
    siblings,
)
from catalog.reading.implied import implied
from catalog.reading.lexicon import words_of
from catalog.reading.lookup import NOTHING, Lookup
from catalog.reading.nouns import (
    bare_name,
    ends_in,
    is_adjective,
    is_half,
    name_words,
    noun_of,
    only_modifies,
    says_no_more,
    stem,
    unprefixed,
)
from catalog.reading.of_shop import of_shop, shop_said, without_shop
from catalog.reading.options import settle_options
from catalog.reading.packs import by_pack_name, in_that_pack, packed_as
from catalog.reading.quantities import Quantity
from catalog.reading.shortened import cut_short, cuts_of
from catalog.reading.strange_words import without_strange
from catalog.reading.tokens import Token
from catalog.reading.wish import of_half, words_said
from catalog.reading.wishes import Unit, Wish
from catalog.reading.words import plain, table
from catalog.search import Found, Hit, lexicon
from catalog.square import Product

_PIECES = frozenset(("stuk", "stukje", "stukken", "stukjes", "punt", "puntje"))
_LEAST_BEGUN = 5  # letters
_SIDES = frozenset(("met", "voor"))


def search(wish: Wish, lookup: Lookup) -> tuple[Found, list[Unit], list[str]]:
    """What is found, the words that led there, and the words that are options or notes instead.

    "Stoofpeertjes van de boer", where the farmer has none: what others have is offered.
    """
    found, kept, notes = _search(wish, lookup)
    if found.verdict != "clear" and (said := shop_said(wish.units, lookup)):
        of_it, core, beside = _search(replace(wish, units=wish.units[: said.at]), lookup)
        if theirs := of_shop(of_it, core, said, lookup):
            return theirs, core, beside
    if found.verdict != "clear" and _counts_parts(wish):
        as_whole = _search(replace(wish, units=wish.units[1:]), lookup)
        return as_whole if as_whole[0].verdict == "clear" or not found.hits else (found, kept, notes)
    if found.hits:
        return found, kept, notes
    at = next((at for at, unit in enumerate(wish.units) if at and unit.link == "van"), 0)
    less = replace(wish, units=wish.units[:at]) if at and wish.units[at].text.isalpha() else without_strange(wish, lookup)
    others = _search(less, lookup)[0] if less else NOTHING
    return Found("choose" if others.hits else "none", others.hits), kept, notes


def _counts_parts(wish: Wish) -> bool:
    """ "12 stokjes kipsaté", "3 stengels prei": what is counted are the things themselves."""
    quantity = wish.quantity
    if not quantity or quantity.unit not in ("", "piece") or quantity.times or len(wish.units) < 2 or wish.units[1].link:
        return False
    return plain(wish.units[0].text) in words_of("options", "whole_portions")


def _search(wish: Wish, lookup: Lookup) -> tuple[Found, list[Unit], list[str]]:
    core = without_shop([unit for unit in wish.units if not unit.soft], lookup)
    soft = [unit.text for unit in wish.units if unit.soft]
    if core and core[0].product and (len(core) == 1 or _says_again(core)):
        return _by_name(core[0].product, core[0].text, lookup), core, [*soft, *wish.notes]
    if core and (packed := by_pack_name(wish, core, lookup)):
        return packed, core, [*soft, *wish.notes]
    group = None if lookup.exact(words_said(wish.units)).hits else group_of(wish.units, lookup)
    if group:
        return group, wish.units, list(wish.notes)
    if not core:
        return lookup.find(words_said(wish.units)), wish.units, list(wish.notes)
    half = halved(wish, core, lookup)
    if half:
        return half, core, [*soft, *wish.notes]
    if soft and all(lookup.knows(word) >= 0.9 for word in soft if plain(word) not in words_of("options", "praise")):
        found = lookup.find(words_said(wish.units))
        if found.hits and _names_all(found, wish.units, lookup) and _names_core(found, core, lookup):
            return found, wish.units, list(wish.notes)
    return _search_core(wish, core, soft, lookup)


def _by_name(product: str, name: str, lookup: Lookup) -> Found:
    """The product of that name; asked when the name was said without its size, and another is called so as well: "7up"."""
    found = lookup.find(name) if any(map(str.isdecimal, name)) and not lookup.exact(name).hits else NOTHING
    others = found.hits[:1] if found.verdict == "clear" and found.hits[0].product != product else ()
    return Found("choose", (*lookup.only(product).hits, *others)) if others else lookup.only(product)


def _says_again(core: Sequence[Unit]) -> bool:
    """ "extra belegen kaas": what follows a name that only tells how it is says what kind of thing that is."""
    how = is_adjective(core[0].text.split()[-1])
    return how and all(plain(unit.text) in table("groups")["things"] for unit in core[1:])


def _search_core(wish: Wish, core: list[Unit], soft: list[str], lookup: Lookup) -> tuple[Found, list[Unit], list[str]]:
    exact = lookup.exact(words_said(core)) if len(core) > 1 else NOTHING
    if exact.hits:
        return exact, core, [*soft, *wish.notes]
    found = _doubted(lookup.find(words_said(core)), core, wish.quantity, lookup)
    if found.verdict == "clear":
        return in_that_pack(found, wish, core, lookup), core, [*soft, *wish.notes]
    if not any(unit.link for unit in core) and (only := implied(core, lookup)):
        return only, core, [*soft, *wish.notes]
    if any(unit.link in _SIDES for unit in core[1:]):
        joined = lookup.find(" ".join(unit.text for unit in core))
        with_it = all(unit.link in ("", "met") for unit in core)
        if with_it and joined.verdict == "clear" and _is_with_it(lookup.product(joined.hits[0].product), core, lookup):
            return joined, core, [*soft, *wish.notes]  # "droge worst met knoflook" is "Droge worst knoflook"
        return _without_side(core, soft, wish, lookup)
    without = _without_option(core, lookup)
    if without:
        return without[0], without[1], [without[2], *soft, *wish.notes]
    packed = packed_as(found.hits, wish, core, lookup)
    if packed:
        return packed, core, [*soft, *wish.notes]
    bare = bare_thing(core, lookup) or (None if found.hits else bare_thing(_without_thing(core), lookup))
    if not found.hits and (maker := of_another_maker(core, lookup)):
        return maker[0], maker[1], [*maker[2], *soft, *wish.notes]
    return bare or all_kinds(found, core, lookup), core, [*soft, *wish.notes]


def _doubted(found: Found, core: Sequence[Unit], quantity: Quantity | None, lookup: Lookup) -> Found:
    """Clear only when it is: "kibbeling met saus" may be kibbeling, and one bare word may be any of its kinds ("chips")."""
    if found.verdict != "clear":
        return found
    product = lookup.product(found.hits[0].product)
    if lookup.is_usual(words_said(core), product):
        return found
    if quantity and quantity.said.split()[-1] in _PIECES:
        part = lookup.exact(f"stukje {words_said(core)}")
        if part.hits or _is_whole(product):
            return part if part.hits else Found("choose", found.hits)
    if len(core) == 1 and is_bare_of_other(plain(core[0].text), product, lookup):
        return Found("choose", found.hits)
    if len(core) == 1 and (others := cut_short(plain(core[0].text), product, lookup)):
        return Found("choose", (*others, *found.hits))
    if len(core) == 1 and not core[0].named and (others := cuts_of(plain(core[0].text), product, lookup)):
        return Found("choose", (*found.hits[:1], *others))
    side = next((at for at, unit in enumerate(core) if at and unit.link in _SIDES), 0)
    if side and not any(unit.named for unit in core):
        head = lookup.find(words_said(core[:side]))
        if head.hits and head.hits[0].product != product.id:
            return Found("choose", (*head.hits[:5], found.hits[0]))
        if kinds := _with_that(product, core, side, lookup):
            return Found("choose", (*found.hits[:1], *kinds))
    if len(core) == 1 and (named := _truly_named(found, plain(core[0].text), lookup)):
        return Found("choose", (named, *found.hits))
    word = as_named(product, plain(core[0].text)) if len(core) == 1 else ""
    if word and not core[0].named and (more := _meant_as_well(product, word, lookup)):
        return Found("choose", (*found.hits, *more))
    return found


def _with_that(product: Product, core: Sequence[Unit], side: int, lookup: Lookup) -> list[Hit]:
    """ "pindakaas met stukjes" where it says so of none of them: the others of the kind, one of which may be "crunchy"."""
    if side != 1 or any(_bears(product, unit) for unit in core[side:]):
        return []
    return _others(siblings(plain(core[0].text), lookup), product)


def _bears(product: Product, unit: Unit) -> bool:
    said = stem(plain(unit.text))
    return any(part.startswith(said) for name in (product.name, *product.synonyms) for part in name_words(name))


def _is_whole(product: Product) -> bool:
    """Whether it is a cake of so many pieces: "een stuk appeltaart" is then not the whole of it."""
    contents = product.contents
    return not product.by_weight and contents is not None and contents.unit == "piece" and contents.amount > 1


def _truly_named(found: Found, word: str, lookup: Lookup) -> Hit | None:
    """A product that bears the very word, when the one found does not: "waspoeder" is no liquid detergent."""
    own = lookup.product(found.hits[0].product)
    if any(
        noun_of(word) in (noun_of(part), unprefixed(part)) for name in (own.name, *own.synonyms) for part in name_words(name)
    ):
        return None
    for one in lookup.bearing(noun_of(word)):
        product = lookup.product(one)
        if one != own.id and lookup.allowed(product, word) and noun_of(word) in bare_name(product.name):
            return Hit(one, product.name, 95.0)
    return _begun(own, word, lookup)


def _begun(own: Product, word: str, lookup: Lookup) -> Hit | None:
    """A product whose name begins with the word, when the other is only another word for it: "tissues" and Tissuedoos."""
    noun = noun_of(word)
    if len(noun) < _LEAST_BEGUN or any(noun in part or part in noun for part in bare_name(own.name)):
        return None
    for one in lookup.beginning(noun):
        product = lookup.product(one)
        if one != own.id and lookup.allowed(product, word) and "".join(name_words(product.name)[:1]).startswith(noun):
            return Hit(one, product.name, 90.0)
    return None


def _meant_as_well(product: Product, word: str, lookup: Lookup) -> list[Hit]:
    """What else may be meant, when the word is only part of the name of the product that was found."""
    noun = noun_of(word)
    if len(word) < 4 and noun not in bare_name(product.name) and not lexicon.is_real(word):
        return []
    common = lexicon.regional().get(word, word)
    if noun_of(common) != noun and noun not in bare_name(product.name):
        plain_one = says_no_more(product, {noun_of(common), *table("groups")["usual"].get(noun_of(common), ())})
        return [] if plain_one else _others(every_kind(common, lookup), product)  # "piepers" are any aardappelen
    names = [name_words(name) for name in (product.name, *product.synonyms)]
    unsaid = words_of("groups", "packs") | {"vers", "verse"}
    if any([noun_of(part) for part in name if part.isalpha() and part not in unsaid] == [noun] for name in names):
        return _in_other_packs(product, noun, lookup)
    others = _others(_of_that_word(product, names, word, lookup), product)
    return [hit for hit in others if not only_modifies(hit.name, noun)]


def _in_other_packs(product: Product, noun: str, lookup: Lookup) -> list[Hit]:
    """The same in other packs, when this one is called so only with its pack: "eieren" where "tray eieren" is one of three."""
    if any(bare_name(name) == {noun} and len(name_words(name)) == 1 for name in (product.name, *product.synonyms)):
        return []
    alike = (one for one in lookup.all_of(noun) if one.id != product.id and says_no_more(one, {noun}))
    return [Hit(one.id, one.name, 80.0) for one in alike]


def _others(hits: Sequence[Hit], product: Product) -> list[Hit]:
    return [hit for hit in hits if hit.product != product.id]


def _of_that_word(product: Product, names: Sequence[Sequence[str]], word: str, lookup: Lookup) -> Sequence[Hit]:
    noun = noun_of(word)
    parts = [noun_of(part) for name in names for part in name if len(part) > 2]
    if not any(noun in part or part in noun for part in parts):
        plain_one = any(len(bare_name(name)) == 1 for name in (product.name, *product.synonyms))
        return () if plain_one else lookup.kinds(word, loosely=True)
    if not any(part.endswith(noun) for part in parts):
        return ()  # "lamskoteletjes" are "Koteletjes lam"
    others = [hit for hit in named_otherwise(word, lookup) if not says_no_more(product, {noun, *bare_name(hit.name)})]
    if others:
        return others  # "stokbrood" where there is "Bruin stokbrood" and "Baguette wit"
    if not ends_in(product.name, noun):
        return lookup.kinds(word, loosely=True)  # by another of its names: a riblap is a "magere runderlap"
    return siblings(word, lookup)


def _without_thing(core: list[Unit]) -> list[Unit]:
    """ "heel wit brood" where it is called "Knipwit heel": what everybody knows it is, is not in the name."""
    things = table("groups")["bare"]
    rest = [unit for unit in core if noun_of(plain(unit.text)) not in things]
    return rest or core


def _without_option(core: Sequence[Unit], lookup: Lookup) -> tuple[Found, list[Unit], str] | None:
    """ "deodorant roller": one of the words is an option of the product that the others name."""
    if not 2 <= len(core) <= 5:
        return None
    for at in range(len(core) - 1, -1, -1):
        rest = [unit for place, unit in enumerate(core) if place != at]
        if rest[0].link or not settle_options(None, [core[at].text], lookup.options)[0]:
            continue
        exact = lookup.exact(words_said(rest))
        found = exact if exact.hits else lookup.find(words_said(rest))
        if found.verdict == "clear" and settle_options(lookup.product(found.hits[0].product), [core[at].text])[0]:
            return found, rest, core[at].text
    return None


def _names_all(found: Found, units: Sequence[Unit], lookup: Lookup) -> bool:
    """Whether the best hit really bears the soft words in its name, and was not found in spite of them."""
    product = lookup.product(found.hits[0].product)
    names = [plain(name.lower()) for name in (product.name, *product.synonyms)]
    soft = [stem(plain(unit.text)) for unit in units if unit.soft]
    return any(all(stem in name for stem in soft) for name in names)


def _names_core(found: Found, core: Sequence[Unit], lookup: Lookup) -> bool:
    """Whether the best hit is what the other words are about: "gekookte worst" is no "Gekookte eieren"."""
    alone = lookup.find(words_said(core)).hits
    return not alone or found.verdict == "clear" or found.hits[0].product in {hit.product for hit in alone}


def halved(wish: Wish, core: Sequence[Unit], lookup: Lookup) -> Found | None:
    """ "een halfje wit", "een half volkoren": the half loaf is a product of its own."""
    quantity = wish.quantity
    if not quantity or quantity.amount is None or quantity.to or not of_half(quantity):
        return None
    found = lookup.find(f"half {words_said(core)}")
    halves = tuple(hit for hit in found.hits if is_half(lookup.product(hit.product)))
    others = _other_halves(core, halves, lookup)
    if not (halves or others):
        bare = bare_thing([*_without_thing(list(core)), Unit((Token("half", "half", 0, 0),))], lookup)
        return bare and Found("clear" if len(bare.hits) == 1 else "choose", bare.hits)  # "Knipwit half"
    halves = (*halves, *others)[:10]
    whole_too = quantity.unit == "" and quantity.amount > 1
    clear = len(halves) == 1 or (found.verdict == "clear" and not others)
    return Found("clear" if clear and not whole_too else "choose", halves if not whole_too else found.hits)


def _other_halves(core: Sequence[Unit], halves: Sequence[Hit], lookup: Lookup) -> tuple[Hit, ...]:
    """The other halves of this group of goods: who says "een half brood" may mean "Knipwit half"."""
    if len(core) != 1:
        return ()
    word = plain(core[0].text)
    offered = {hit.product for hit in halves}
    kin = lookup.all_of(noun_of(word))
    if not kin and halves and word in table("groups")["bare"]:  # a catalogue without groups
        shop = lookup.product(halves[0].product).shop
        kin = [one for one in map(lookup.product, lookup.bearing("half")) if one.shop == shop and not one.group]
    alike = [one for one in kin if is_half(one) and one.id not in offered and not one.withdrawn]
    return tuple(Hit(one.id, one.name, 80.0) for one in alike if lookup.allowed(one, word))


def _begins_with(product: Product, unit: Unit) -> bool:
    words = [noun_of(word) for word in name_words(product.name)]
    return "zonder" not in words and noun_of(plain(unit.text)) in words[:2]


def _is_with_it(product: Product, core: Sequence[Unit], lookup: Lookup) -> bool:
    side = next(at for at, unit in enumerate(core) if at and unit.link == "met")
    return _begins_with(product, core[0]) and not _with_that(product, core, side, lookup)


def _without_side(core: Sequence[Unit], soft: list[str], wish: Wish, lookup: Lookup) -> tuple[Found, list[Unit], list[str]]:
    """ "pistolet met ham": ask which pistolet, and keep "met ham" as a note. Clear only when it is no more than topped."""
    at = next(at for at, unit in enumerate(core) if at and unit.link in _SIDES)
    found = lookup.find(words_said(core[:at]))
    side = " ".join([core[at].link, *(unit.text for unit in core[at:])])
    if not _is_topped(core, at):
        found = Found("choose" if found.hits else "none", found.hits)
    return found, list(core[:at]), [*soft, side, *wish.notes]


def _is_topped(core: Sequence[Unit], at: int) -> bool:
    """ "haring met uitjes", "een boeket met wit erin": what the shop does with it, and nothing else for that."""
    goods, beside = noun_of(plain(core[at - 1].text)), {word for unit in core[at:] for word in name_words(unit.text)}
    kinds = (set(row["with"]) for row in table("options")["topped"] if goods in map(noun_of, row["goods"].split()))
    return core[at].link == "met" and any(beside <= kind for kind in kinds)


def group_of(units: Sequence[Unit], lookup: Lookup) -> Found | None:
    """A wish for a kind of thing: "wat te drinken", "iets lekkers bij de koffie"."""
    said = " ".join(plain(unit.text) for unit in units)
    for row in table("groups")["group"]:
        if said in row["words"]:
            hits: dict[str, Hit] = {}
            for words in row["find"]:
                for hit in lookup.find(words).hits[:3]:
                    if lookup.product(hit.product).restricted is None:
                        hits.setdefault(hit.product, hit)
            for product in lookup.shelf.square.products:
                if plain(product.group.lower()) == said and product.restricted is None and not product.withdrawn:
                    hits.setdefault(product.id, Hit(product.id, product.name, 60.0))
            noun = noun_of(said)
            every = sorted(hits.values(), key=lambda hit: _rank_of_group(lookup.product(hit.product), noun))
            return Found("choose" if hits else "none", tuple(every)[:10])
    return None


def _rank_of_group(product: Product, noun: str) -> tuple[bool, bool]:
    """What is called so before what goes for it, and what is set apart last: every bouquet before roses."""
    return not any(word.endswith(noun) for word in bare_name(product.name)), is_special(product, {noun})


__all__ = ["group_of", "halved", "search"]
