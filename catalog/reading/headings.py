"""Lines of a list that are no goods: whose list it is, which shop it is for, what will come of it all."""

from __future__ import annotations

from abc import ABC
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from catalog.reading.beside import ANDS
from catalog.reading.changing import Changing
from catalog.reading.lexicon import words_of
from catalog.reading.nouns import noun_of
from catalog.reading.quantities import read_quantity
from catalog.reading.split import Clause
from catalog.reading.tokens import Token, lowers
from catalog.reading.when_calendar import WEEKDAYS
from catalog.reading.wish import Unit, group_words
from catalog.reading.wish_search import group_of
from catalog.reading.words import plain
from catalog.search import lexicon

_LONGEST_HEADING, _LONGEST_TITLE = 4, 8  # words
_LEAST_LISTED = 2  # lines below a heading
_MOST_BELOW = 9  # lines that are looked at for what a heading may be of
_OCCASIONS = ("avond", "middag", "borrel", "feest", "feestje", "ontbijt", "lunch", "diner", "brunch", "weekend", "dag")
_LISTS = ("lijst", "lijstje", "boodschappen", "boodschapjes", "bestelling", "bestellinkje")


@dataclass(kw_only=True)
class Headings(Changing, ABC):
    """Knows the lines that only head or close a list."""

    def _is_heading(self, clause: Clause) -> bool:
        """What only stands above a list: "Bakker", "boodschappen voor oma:"."""
        words = clause.words
        heads = self._heads_list(words) or (
            clause.heads and not any(map(str.isdecimal, words)) and self.lookup.find(" ".join(words)).verdict != "clear"
        )
        if heads:
            self.rest.extend(words)
        return heads

    def _heads_list(self, words: Sequence[str]) -> bool:
        """Whether a line of a list only names the shop that what follows comes from: "Bakker", "Groente"."""
        if "\n" not in self.text:
            return False
        if self._is_title(words) or self._names_dish(words) or self._names_occasion(words) or self._names_meal(words):
            return True
        if self._names_kinds(words):
            return True
        if len(words) > _LONGEST_HEADING:
            return False
        said = " ".join(words)
        if said in words_of("groups", "headings"):
            return True
        kinds = {plain(name.lower()) for shop in self.lookup.shelf.square.shops for name in (shop.kind, shop.slug, shop.name)}
        heads = kinds | words_of("fillers", "addressed")
        others = {plain(line.strip(" :-").lower()) for line in self.text.splitlines()} & heads
        if said not in heads | words_of("groups", "departments") or not others:
            return False
        parted = any(not self.lookup.find(one).hits for one in others)  # "Bakker", "Slager": told by shop
        return parted or self._heads_others(said)

    def _is_title(self, words: Sequence[str]) -> bool:
        """ "weekboodschappen familie Smits", "Bestelling Zorgboerderij": a list by its name, and whose it is."""
        if len(words) > _LONGEST_TITLE or not (words[0].endswith(_LISTS) or words[0] in words_of("groups", "headings")):
            return False
        goods = (word for word in words[1:] if word not in words_of("talk", "words") and len(word) > 2)
        return self.text.lower().lstrip().startswith(words[0][:3]) and not any(
            lexicon.is_real(word) or self.lookup.exact(word).hits for word in goods
        )

    def _names_occasion(self, words: Sequence[str]) -> bool:
        """ "KERSTBORREL CLUB", "stamppot avond", "ontbijt zondag" above a list: what it is all for."""
        named = [word for word in words if word.isalpha()]
        if len(named) != len(words) or len(words) > _LONGEST_HEADING or not self._stands_first(words):
            return False
        while words and words[-1] in WEEKDAYS:
            words = words[:-1]
        if not words or self.lookup.exact(" ".join(words)).hits:
            return False
        return _is_occasion(words[-1]) or (
            _is_occasion(words[0]) and not any(self.lookup.knows(word) >= 0.8 for word in words[1:])
        )

    def _names_meal(self, words: Sequence[str]) -> bool:
        """ "HUTSPOT VOOR 6", "stamppot voor 4:" above a list: for how many it is, when the list tells what of it is ordered."""
        if len(words) < 3 or words[-2] != "voor" or not words[-1].isdecimal() or not self._stands_first(words):
            return False
        title, *rest = self.text.strip().splitlines()
        dish = {noun_of(word) for word in words[:-2]}
        again = any(dish & {noun_of(plain(word)) for word in lowers(line)} for line in rest)
        return again or title.rstrip().endswith(":") or (title.isupper() and not self.text.isupper())

    def _names_kinds(self, words: Sequence[str]) -> bool:
        """ "drank en chips", "fruit voor op school" above a list in which some of it is ordered: what will follow."""
        if not self._stands_first(words):
            return False
        said = [word for word in takewhile(lambda word: word != "voor", words) if word.isalpha() and word not in ANDS]
        kinds = group_words() | words_of("groups", "departments") | words_of("groups", "shelves")
        if not said or not any(word in kinds for word in said):
            return False
        if any(word not in kinds and self.lookup.find(word).verdict != "choose" for word in said):
            return False
        of_list = "/" in words or all(word in words_of("groups", "shelves") for word in said)
        return of_list or not self._listed(1, _MOST_BELOW).isdisjoint(self._of_kinds(said))

    def _of_kinds(self, said: Sequence[str]) -> set[str]:
        """The products of these kinds of goods."""
        groups = [group_of([Unit((Token(word, word, 0, 0),))], self.lookup) for word in said]
        found = [*(group for group in groups if group), *map(self.lookup.find, said)]
        return {hit.product for one in found for hit in one.hits}

    def _listed(self, begin: int, end: int) -> set[str]:
        """The products that these lines of the message may name, whatever is counted in them; the best of each line."""
        unsaid = words_of("groups", "packs") | words_of("groups", "measures")
        lines = [[plain(word) for word in lowers(line)] for line in self.text.strip().splitlines()[begin:end]]
        goods = [" ".join(word for word in line if word.isalpha() and word not in unsaid) for line in lines]
        return {hit.product for one in goods for hit in self.lookup.find(one).hits[:1]}

    def _heads_others(self, said: str) -> bool:
        """Whether a word for a shop that is goods as well stands above such goods: "kaas" above "jong belegen", not "melk"."""
        lines = [plain(line.strip(" :!-")) for line in self.text.lower().strip().splitlines()]
        at = lines.index(said) if said in lines else len(lines)
        if at + 1 >= len(lines):
            return at >= len(lines)
        below, shops = self._listed(at + 1, at + 2), self.lookup.shelf.square.shops
        mine = {shop.slug for shop in shops if said in (plain(shop.kind.lower()), shop.slug, plain(shop.name.lower()))}
        return not below or bool(below & self._of_kinds([said])) or any(self.lookup.product(one).shop in mine for one in below)

    def _stands_first(self, words: Sequence[str]) -> bool:
        lines = self.text.strip().lower().splitlines()
        return len(lines) > _LEAST_LISTED and plain(lines[0].strip(" :!-")).replace(" ", "") == "".join(words)

    def _names_dish(self, words: Sequence[str]) -> bool:
        """ "Salade dus :-)" below a list, "Pannenkoeken!!" above it: what will come of it all."""
        named = [word for word in words if word.isalpha() or any(map(str.isdecimal, word))]
        if not 0 < len(named) <= _LONGEST_HEADING or any(read_quantity(named, at) for at in range(len(named))):
            return False
        lines = self.text.strip().lower().splitlines()
        if len(lines) < 2:
            return False
        first, last = lines[0], lines[-1]
        concludes = len(named) > 1 and named[-1] == "dus" and last.startswith(named[0])
        exclaims = first.rstrip().endswith("!") and plain(first.rstrip(" !")) == " ".join(named)
        return concludes or (exclaims and not any(self.lookup.bearing(noun_of(word)) for word in named))


def _is_occasion(word: str) -> bool:
    return word in words_of("groups", "occasions") or (word.endswith(_OCCASIONS) and word not in WEEKDAYS)


__all__ = ["Headings"]
