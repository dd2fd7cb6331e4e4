"""Several products said in one breath: "melk brood kaas" cut in three, "4 bruine en 2 witte bolletjes" given its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from catalog.reading.lexicon import words_of
from catalog.reading.lookup import Lookup, of_one_shelf
from catalog.reading.nouns import bare_name, is_adjective, name_words, noun_of, stem
from catalog.reading.wish import only_article, words_said
from catalog.reading.wish_search import group_of, halved, search
from catalog.reading.wishes import Unit, Wish
from catalog.reading.words import plain
from catalog.search import Found, lexicon
from catalog.search.fold import key
from catalog.square import Product

_THEN = re.compile(
    r"[^,.;:]{0,16}[,:] *(?:(?:nou|dan|eh|zoals|bijvoorbeeld|liefst) )*"
    r"(?:(?:doe|neem|geef|pak|breng|zeg)(?: (?:me|mij|er|dan))*(?: maar| graag)?|zoals|bijvoorbeeld|liefst|nou,)"
    r"(?: dan| graag| weer)* *"
    r"(?:een|1|wat|de)? *"
)
_ONE = 0.95  # how surely two words written as one are a word here, or a saying: "jus d'orange"
_PIECES = frozenset(("bol", "bolletje", "blokje", "stronkje", "teentje", "puntje", "stokje"))
_FROM, _LEAST_FROM = ("er", "se"), 6  # how a word of a place ends, and its letters
_SLIP = 80  # score from which a word by itself may be a slip, or another word, for a thing
SURE = 90  # score from which words name a product and not just something of it


def parts_of(wish: Wish, lookup: Lookup) -> list[Sequence[Unit]]:
    """Cut "melk brood kaas" into products, when each part is one by itself and the whole is none."""
    units = wish.units
    if len([unit for unit in units if not unit.soft]) < 2 or wish.either:
        return [units]
    whole = lookup.find(words_said(units)).verdict == "clear" or group_of(units, lookup)
    if not _repeats(units) and (whole or search(wish, lookup)[0].verdict == "clear"):
        return [units]
    if _names_kind_first(units, lookup):
        return [units[1:]]
    best = _best_cut(units[:24], lookup)
    unclear = [part for part in best if not _is_clear(part, lookup)]
    sure = bool(best) and best[0][-1].product is not None  # "eieren 10 stuks kaas pond"
    listed = wish.behind and (sure or len(unclear) <= len(best) // 3)  # "zout suiker thee lucifers 2"
    if not best or (wish.quantity and unclear and not listed):
        return [units]  # "een kip kerrie salade" is one thing that is not sold, and not three
    if len(units) == 2 and lookup.knows(_written_as_one(units)) >= _ONE:
        return [units]
    if len(best) == 2 and _is_a_kind(best[0], best[1], lookup):
        return [best[1]]
    if len(best) == 2 and _says_what(best[0], best[1], lookup):
        return [best[0]]
    if len(best) == 2 and _is_said_twice(best[0], best[1], lookup):
        return [best[1]]
    if len(best) == 2 and _is_from_there(best[0], lookup):
        return [units]
    if len(best) > 1 and not _are_apart(best, lookup):
        return [units]  # "thee engelse melange", "rooibos thee": one thing and what it is called
    return [*best[:-1], [*best[-1], *units[24:]]]


def _names_kind_first(units: Sequence[Unit], lookup: Lookup) -> bool:
    """ "vlees riblappen", "gehakt rundergehakt": a kind, and at once what of that kind it is to be; no "vlees tomaten"."""
    kind, named = plain(units[0].text), plain(units[1].text)
    if kind == named or not (named.endswith(kind) or kind in words_of("groups", "whole_kinds")):
        return False
    found = lookup.find(words_said(units[1:]))
    if found.verdict != "clear" or lookup.knows(_written_as_one(units[:2])) >= _ONE:
        return False
    product, every = lookup.product(found.hits[0].product), (group_of(units[:1], lookup) or lookup.find(kind)).hits
    return any(of_one_shelf(product, lookup.product(hit.product)) for hit in every)


def _written_as_one(units: Sequence[Unit]) -> str:
    return "".join(filter(str.isalpha, "".join(plain(unit.text) for unit in units)))


def is_said_of_the_other(parts: Sequence[Sequence[Unit]]) -> bool:
    """Whether one of two parts may tell what the other is made of: "afwasmiddel citroen", "gevulde koek roomboter"."""
    return len(parts) == 2 and any(len(part) == 1 and _tells(plain(part[0].text)) for part in parts)


def _tells(word: str) -> bool:
    return is_adjective(word) or key(word) in lexicon.flavour_keys() or word in lexicon.describing()


def _repeats(units: Sequence[Unit]) -> bool:
    """ "jonge kaas belegen kaas": what is said twice is no name of one thing."""
    nouns = [noun_of(plain(unit.text)) for unit in units]
    return len(set(nouns)) < len(nouns)


def _is_a_kind(first: Sequence[Unit], second: Sequence[Unit], lookup: Lookup) -> bool:
    """ "thee rooibos": what is named second is a kind of the first, and the only thing that is wanted."""
    found = lookup.find(words_said(second))
    return len(first) == 1 and found.verdict == "clear" and _is_head(first[0].text, lookup.product(found.hits[0].product))


def _is_said_twice(first: Sequence[Unit], second: Sequence[Unit], lookup: Lookup) -> bool:
    """ "turkse pizza's, hoe heten ze, lahmacun": two names of one thing."""
    found = [lookup.find(words_said(part)) for part in (first, second)]
    return all(one.verdict == "clear" for one in found) and found[0].hits[0].product == found[1].hits[0].product


def _is_from_there(first: Sequence[Unit], lookup: Lookup) -> bool:
    """ "groninger roggebrood": where it is from, though it is something else that is called so: "Groninger droge worst"."""
    word = plain(first[0].text)
    if len(first) > 1 or not word.endswith(_FROM) or first[0].named or lexicon.is_real(word) or len(word) < _LEAST_FROM:
        return False
    hits = lookup.find(word).hits
    named = list(name_words(hits[0].name)) if hits else []
    return len(named) > 1 and named[0] == word


def _says_what(first: Sequence[Unit], second: Sequence[Unit], lookup: Lookup) -> bool:
    """ "waldkorn brood" where it is called "Waldkorn heel": the second word only says what the first is."""
    if len(second) != 1 or plain(second[0].text) not in words_of("groups", "things"):
        return False
    return lookup.find(words_said(first)).verdict == "choose" and lookup.find(words_said(second)).verdict != "clear"


def _are_apart(parts: Sequence[Sequence[Unit]], lookup: Lookup) -> bool:
    """Whether each part names goods of its own: not its neighbour's, nor only the kind of what was named before."""
    finds = [lookup.find(words_said([unit for unit in part if not unit.soft])) for part in parts]
    for (before, found), part in zip(pairwise(finds), parts[1:], strict=True):
        last = next((unit.text for unit in reversed(part) if not unit.soft), "")
        if not before.hits or not found.hits:
            continue
        one, other = lookup.product(before.hits[0].product), lookup.product(found.hits[0].product)
        if one.id == other.id or (before.verdict == "clear" and found.verdict != "clear" and _is_head(last, one)):
            return False
    return True


def _is_clear(units: Sequence[Unit], lookup: Lookup) -> bool:
    return lookup.find(words_said([unit for unit in units if not unit.soft])).verdict == "clear"


def _best_cut(units: Sequence[Unit], lookup: Lookup) -> list[Sequence[Unit]]:
    """The cut that explains most words with the fewest parts (dynamic programming over at most 5 words a part)."""
    best: list[tuple[float, list[Sequence[Unit]]]] = [(0.0, [])]
    for end in range(1, len(units) + 1):
        options = []
        for begin in range(max(0, end - 5), end):
            worth = _worth(units[begin:end], lookup, whole=end - begin == len(units))
            options.append((best[begin][0] + worth, [*best[begin][1], units[begin:end]]))
        best.append(max(options, key=lambda option: (option[0], -len(option[1]))))
    score, cut = best[-1]
    return cut if score > 0 and all(_worth(part, lookup, whole=len(cut) == 1) > 0 for part in cut) else []


def _worth(units: Sequence[Unit], lookup: Lookup, *, whole: bool) -> float:
    """How well a part stands alone: all its words explained, and its last word the thing itself and no adjective."""
    if units[0].link or units[0].soft or _repeats(units):
        return -1.0
    core = [unit for unit in units if not unit.soft]
    found = lookup.find(words_said(core))
    if not found.hits or not (whole or _is_thing(core, found, lookup)):
        return -1.0
    if len(core) == 1 and plain(core[0].text) in _PIECES:
        return -1.0  # "bolletje mozzarella"
    if found.verdict == "clear" or _is_one_word(core, found, lookup):
        return len(units) - 0.15
    score = found.hits[0].score
    return len(units) * 0.8 - 0.15 if score >= 80 else -0.5


def _is_one_word(core: Sequence[Unit], found: Found, lookup: Lookup) -> bool:
    """Whether two words written as one are a word of the shelf, that the best hit bears: "pinda kaas"."""
    both = noun_of("".join(plain(unit.text) for unit in core)) if len(core) == 2 else ""
    return bool(both) and both in bare_name(lookup.product(found.hits[0].product).name)


def _is_thing(core: Sequence[Unit], found: Found, lookup: Lookup) -> bool:
    """Whether these words end in goods. "Zout" is how something tastes, but by itself it is salt."""
    if core[-1].product or (len(core) == 1 and lookup.exact(core[0].text).hits):
        return True
    if len(core) == 1 and is_adjective(core[0].text):
        noun = plain(core[0].text)
        return any(part.endswith(noun) and part != noun for hit in found.hits[:3] for part in name_words(hit.name))
    if is_adjective(core[-1].text) and not core[-1].text.endswith("e"):
        return found.verdict == "clear" and _is_head(core[0].text, lookup.product(found.hits[0].product))  # "hagelslag puur"
    product = lookup.product(found.hits[0].product)
    if len(core) == 1 and found.verdict == "clear" and found.hits[0].score >= _SLIP:
        return any(_is_head(word, product) for word in (core[0].text, *lookup.spelt(core[0].text)))
    return _is_head(core[-1].text, product)


def _is_head(word: str, product: Product) -> bool:
    """Whether this word is what a name of the product ends in ("brood" of "Bruin brood heel", "melk" of "karnemelk")."""
    if not word.replace("-", "").replace("'", "").isalpha():
        return False
    stem = noun_of(plain(word))
    for name in (product.name, *product.synonyms):
        for part in plain(name.lower()).replace("-", " ").split():
            noun = noun_of(part)
            if noun == stem or (len(stem) > 3 and (noun.endswith(stem) or stem.endswith(noun))):
                return not is_adjective(word)
    return False


def share_heads(wishes: Sequence[Wish], lookup: Lookup) -> None:
    """ "4 bruine en 2 witte bolletjes", "3 spa rood en 3 blauw": a bare adjective has its head in its neighbour."""
    for wish, follower in pairwise(wishes):
        follows = follower.joined == "en" or (wish.quantity and follower.quantity and follower.segment == wish.segment + 1)
        if not follows or not wish.units or not follower.units:
            continue
        if _is_bare(wish, lookup) and not wish.behind:
            joined = [*(replace(unit, soft=False) for unit in wish.units), Unit((follower.units[-1].tokens[-1],))]
            hits = lookup.find(words_said(joined)).hits
            if hits and _bears(lookup.product(hits[0].product), joined):
                wish.units = joined
        elif follower.joined == "en" and _is_bare(follower, lookup):
            before = [token for unit in wish.units for token in unit.tokens][:-1]
            joined = [*(Unit((token,)) for token in before), *(replace(unit, soft=False) for unit in follower.units)]
            if before and lookup.find(words_said(joined)).verdict == "clear":
                follower.units = joined


def without_announced(wishes: Sequence[Wish], text: str, lookup: Lookup) -> list[Wish]:
    """ "en wat te drinken erbij, doe maar karnemelk": a kind of goods, and then what of that kind it is to be."""
    return [
        wish
        for wish, follower in zip_longest(wishes, wishes[1:])
        if not (follower and follower.units and wish.units and _announces(wish, follower, text, lookup))
    ]


def _announces(wish: Wish, follower: Wish, text: str, lookup: Lookup) -> bool:
    counted = wish.quantity is not None and not wish.quantity.vague and not only_article(wish.quantity)
    between = text[wish.end : follower.start]
    if between == " " and _heads(wish, follower, lookup):
        return True
    return not counted and _THEN.fullmatch(between.lower()) is not None and bool(group_of(wish.units, lookup))


def _heads(wish: Wish, follower: Wish, lookup: Lookup) -> bool:
    """ "vis 1 vissoep", "groente 2 broccoli": under what kind of goods it stands on a list."""
    bare = wish.quantity is None and len(wish.units) == 1 and not wish.notes
    kinds = group_of(wish.units, lookup) if bare and follower.quantity and not follower.behind else None
    found = lookup.find(words_said(follower.units)) if kinds and kinds.hits else None
    if not kinds or not found or found.verdict != "clear":
        return False
    return lookup.product(found.hits[0].product).shop in {lookup.product(hit.product).shop for hit in kinds.hits}


def described(wishes: Sequence[Wish], lookup: Lookup) -> list[Wish]:
    """ "melk, halfvol" is one thing, "6 krentenbollen, heel volkoren" are two: adjectives join what they are a kind of."""
    kept: list[Wish] = []
    for wish in wishes:
        if wish.describes and kept and _says_more_of(wish, kept[-1], lookup):
            _join(wish, kept[-1])
        else:
            kept.append(wish)
    return kept


def _says_more_of(wish: Wish, last: Wish, lookup: Lookup) -> bool:
    """Whether the two together name one of what the first may be; or the second by itself names nothing for sure."""
    hard = [unit for unit in wish.units if not unit.soft]
    both = lookup.find(words_said([*last.units, *hard])).hits
    best = lookup.product(both[0].product) if both else None
    if best and _bears(best, hard) and any(_is_head(unit.text, best) for unit in last.units):
        return True
    return not hard or not _bears_alone(hard, lookup)


def _bears_alone(hard: Sequence[Unit], lookup: Lookup) -> bool:
    """Whether these adjectives are enough to name a thing: "heel volkoren", "halfvol", but not "gele"."""
    hits = lookup.find(words_said(hard)).hits
    return bool(hits) and hits[0].score >= SURE and _bears(lookup.product(hits[0].product), hard)


def _bears(product: Product, units: Sequence[Unit]) -> bool:
    names = [part for name in (product.name, *product.synonyms) for part in name_words(name)]
    return all(any(part.startswith(stem(plain(unit.text))) for part in names) for unit in units)


def _join(wish: Wish, last: Wish) -> None:
    last.units += wish.units
    last.notes += wish.notes
    if last.quantity is None:
        last.quantity = wish.quantity
    elif wish.quantity and not only_article(wish.quantity):
        last.second = last.second or wish.quantity
    last.start, last.end = min(last.start, wish.start), max(last.end, wish.end)


def _is_bare(wish: Wish, lookup: Lookup) -> bool:
    """Whether it is nothing but adjectives, and nothing clear by itself."""
    if any(unit.named or not is_adjective(unit.text) for unit in wish.units) or halved(wish, wish.units, lookup):
        return False
    return search(wish, lookup)[0].verdict != "clear"
