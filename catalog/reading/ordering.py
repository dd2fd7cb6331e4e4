"""What a sentence orders: wishes that are goods and wanted become lines, what is only talked about becomes none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from catalog.reading.again import says_again, told_again
from catalog.reading.asides import without_asides, without_reasons
from catalog.reading.doubt import doubted, goes_with, may_be_talk, points_at
from catalog.reading.each import how_many, share_amount
from catalog.reading.formed import is_verb, takes_amount
from catalog.reading.gone import has_none
from catalog.reading.hearing import Heard
from catalog.reading.in_vain import hangs_on_it
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.lines import share_heads, words_said
from catalog.reading.named_for import asks_it_so, is_card, names_occasion, without_dishes, without_purpose
from catalog.reading.of_shelf import is_counted
from catalog.reading.parts import described, without_announced
from catalog.reading.per_person import for_all
from catalog.reading.pointing import Pointed, as_much_as, or_more, pointed
from catalog.reading.quantities import Quantity
from catalog.reading.result import Line
from catalog.reading.shifted import unshifted
from catalog.reading.split import Clause
from catalog.reading.strange import without_strange_numbers
from catalog.reading.taking import Spot, Taking
from catalog.reading.talk import (
    cooks,
    names_nothing,
    only_heel,
    reports,
    says_only_how,
)
from catalog.reading.totals import without_total
from catalog.reading.wish import Unit, only_article
from catalog.reading.wishes import Cut, Wish
from catalog.reading.words import plain
from catalog.search import lexicon

_THEREOF = frozenset(("daarvan", "ervan", "hiervan", "zulke"))
_NOT = frozenset(("niet", "nooit", "geen"))
_WHERE = frozenset(("in", "op", "bij", "naast", "onder", "buiten", "binnen", "aan"))
MOST_LINES = 150  # of one message


@dataclass(kw_only=True)
class Ordering(Taking):
    """The lines of one message so far, and what may still be added to the last of them."""

    asked_beside: Sequence[Wish] = ()  # "heeft u linzen en bonen?": the other things it was about
    pointed: list[tuple[Line, Line, Pointed]] = field(default_factory=list)  # lines, and what they may be as changes

    def _order(self, clause: Clause, found: Cut) -> None:
        words = without_asides(clause.words) if "(" in clause.words else clause.words
        words = without_reasons(words)
        if self._is_needless(words, found):
            if cooks(words) or reports(words):
                self._mention(found.wishes)
            self.rest.extend(words)
            return
        self._hear(words, found)
        heard = self._heard_as(words, found)
        if heard is Heard.TOLD:
            self.told = [replace(wish, units=list(wish.units)) for wish in found.wishes]
            self._mention(found.wishes)
            self.rest.extend(words)
            return
        self._make_ready(found, clause)
        before = len(self.lines)
        for wish in found.wishes[:MOST_LINES]:
            self._wish(wish, found, clause)
        self.told = found.wishes if len(self.lines) == before else ()
        hangs = hangs_on_it(self._of_goods(words), in_vain=bool(self.in_vain))
        if (heard is Heard.LISTED or hangs) and len(self.lines) > before:
            self.lines[before:] = doubted(self.lines[before:])

    def _make_ready(self, found: Cut, clause: Clause) -> None:
        """The wishes with what they say of each other: amounts for each, heads that are said once, totals left out."""
        found.wishes = share_amount(found.wishes[: 2 * MOST_LINES], clause.tokens)
        found.wishes = without_purpose(for_all(found.wishes, clause.tokens, self.tokens), clause.tokens)
        named = described(without_announced(found.wishes, self.text, self.lookup), self.lookup)
        found.wishes = without_total(named, self.lookup)
        unshifted(found.wishes, self.text, self.lookup)
        found.wishes = without_strange_numbers(found.wishes, self.lookup.knows)
        share_heads(found.wishes, self.lookup)

    def _of_goods(self, words: Sequence[str]) -> Sequence[str]:
        """Without what stands before a colon and names no goods: "liefst donderdag, anders vrijdag: 1 kilo uien"."""
        colon = words.index(":") if ":" in words else -1
        talk = (words_of("talk", "words"), words_of("talk", "verbs"), words_of("fillers", "words"))
        telling = (word for word in words[: colon + 1] if len(word) > 2 and not any(word in one for one in talk))
        named = any(self.lookup.knows(word) >= 0.8 for word in telling)
        return words if named else words[colon + 1 :]

    def _wish(self, wish: Wish, found: Cut, clause: Clause) -> None:
        """One wish, put before each question in turn until one of them settles it; what is left is a line or talk."""
        spot = Spot.of(wish, found, clause)
        about = (
            self._is_told,
            self._names_none,
            self._is_card,
            self._only_talks,
            self._is_gone,
            self._is_of_last,
            self._is_not,
        )
        if any(settles(wish, spot) for settles in (*about, self._is_mentioned)):
            return
        if not self._is_product(wish):
            said = [plain(unit.text) for unit in wish.units]
            wish.units = self._goods_of(wish, spot)
            if not wish.units and ((wish.segment in found.heavy and not spot.ordered) or any(map(takes_amount, said))):
                return  # "bel 2x, ik hoor slecht", "voor groep 6"
        if all(unit.soft for unit in wish.units) and not self.lookup.exact(words_said(wish.units)).hits:
            wish.notes[:0] = [unit.text for unit in wish.units]
            wish.units = []
            self._loose(wish)
        elif goes_with(wish, clause.words):
            self._go_with(wish)
        elif self._is_taken(wish, spot):
            self._take(wish, spot)
        else:
            self._mention([replace(wish, units=list(wish.units))] if not (spot.ordered or self.lines) else [])
            self._not_understood(wish)

    def _is_told(self, wish: Wish, spot: Spot) -> bool:
        """ "..., we hebben nog een half groentepakket"."""
        told = wish.segment in spot.found.told and wish.segment not in spot.found.orders
        if wish.reported or told:
            self._mention([wish])
            self._not_understood(wish)
        return wish.reported or told

    def _names_none(self, wish: Wish, spot: Spot) -> bool:
        """No words of goods, or words for what was just named: "dus doe maar 3 liter van die van de slager"."""
        if self.wish and wish.notes and asks_it_so(wish, spot.clause.words):
            wish.units = []
            self._loose(wish)
            return True
        if not wish.units:
            if not spot.spoken or spot.ordered:
                self._loose(wish)
            return True
        if wish.quantity and (self.lines or self.asked) and self._says_of_what_was_named(wish):
            wish.units = []
            self._loose(wish)
            return True
        if len(wish.units) != 1 or wish.quantity or not names_nothing(wish.units[0].text, spot.clause.words):
            return False
        return not self._is_written_as_goods(wish.units[0])  # "hallo bloemkool, prei"

    def _is_card(self, wish: Wish, spot: Spot) -> bool:
        """ "kaartje erbij: beterschap": the card that goes with flowers, where no such thing is sold by itself."""
        if not self.lines or not is_card(wish, spot.clause.words, self.text, self.lookup):
            return False
        self.lines[-1] = self._with_options(self.lines[-1], [self.text[wish.start : wish.end].lower()])
        return True

    def _only_talks(self, wish: Wish, spot: Spot) -> bool:
        """ "dus: nieuw pak kruidnoten": a word of talk, though a "Hollandse nieuwe" is sold."""
        words = [plain(unit.text) for unit in wish.units]
        talks = len(spot.clause.words) > len(words) + 1 and _all_talk() >= set(words) - (
            _THEREOF if not is_counted(wish) else frozenset()
        )
        talks = talks and (not is_counted(wish) or bool(wish.quantity and wish.quantity.vague))
        talks = talks and not self.lookup.exact(words_said(wish.units)).hits
        if talks:
            self._not_understood(wish)
        return talks

    def _is_of_last(self, wish: Wish, spot: Spot) -> bool:
        told = (self._is_option_of_last, self._is_which_of_last, self._is_of_all, self._is_other_kind_of_last)
        return any(tells(wish) for tells in told)

    def _is_gone(self, wish: Wish, spot: Spot) -> bool:
        """ "we hebben geen melk meer, doe maar 2 pakken": an amount behind it is of that, and of nothing before."""
        if not (wish.nothing and has_none(spot.clause.words)):
            return False
        wish.nothing = False
        wish.units = [unit for unit in wish.units if self._may_be_product(unit)]
        if wish.quantity and wish.behind:
            return False
        self.wish = None
        self._mention([wish])
        self._not_understood(wish)
        return True

    def _is_not(self, wish: Wish, spot: Spot) -> bool:
        """ "doe toch maar niet die krentenbollen" is an order the other way; "geen haast" is none at all."""
        if _is_not_so(wish, spot.clause.words):
            self._not_understood(wish)
            return True
        if any(plain(unit.text) in _NOT for unit in wish.units):
            wish.units = [unit for unit in wish.units if plain(unit.text) not in _NOT]
            wish.nothing = "vergeet" not in spot.clause.words
        if wish.nothing and not self._is_goods(wish):
            self._not_understood(wish)
            return True
        return False

    def _is_mentioned(self, wish: Wish, spot: Spot) -> bool:
        """Goods in a sentence that tells and orders nothing: "mijn zuster komt koffie drinken"."""
        found = spot.found
        goes_on = wish.segment in found.listing and bool(wish.quantity) and self._is_product(wish)
        told = wish.segment in found.stated or not (is_counted(wish) or goes_on)
        if not (spot.spoken and not spot.ordered and told) or self._asks_restricted(wish, spot.clause):
            return False
        if not self.lines:
            self._mention([replace(one, units=list(one.units)) for one in found.wishes])
        self._not_understood(wish)
        return True

    def _goods_of(self, wish: Wish, spot: Spot) -> list[Unit]:
        """Of words that are no product as they stand those that may be one; none where the rest is only talk."""
        words = spot.clause.words
        goods = [unit for unit in wish.units if self._may_be_goods(unit, wish) and not self._is_somebody(unit, wish)]
        wanted = spot.ordered or (is_counted(wish) and not _is_for_people(wish))
        done = not wish.quantity and is_verb(plain(wish.units[-1].text))  # "ik wil groots uitpakken"
        talks = (spot.spoken or len(goods) < len(wish.units)) and (done or not wanted)
        none = (talks and says_only_how(goods, words)) or (
            not wish.quantity and (only_heel(goods, words) or names_occasion(wish.units))
        )
        return [] if none else goods

    def _is_taken(self, wish: Wish, spot: Spot) -> bool:
        if wish.nothing:
            return bool(wish.units) and self._is_known(wish) and self._wanted(wish, spot)
        if points_at(wish, spot.clause.words) and not (spot.ordered or is_counted(wish)):
            return False  # "super, die bloemen!"
        return bool(wish.units) and self._wanted(wish, spot)

    def _take(self, wish: Wish, spot: Spot) -> None:
        found, clause, before = spot.found, spot.clause, len(self.lines)
        if wish.as_last:
            wish.quantity = self.wish.quantity if self.wish else None
            wish.vague = self.wish is None
        found.listing |= {wish.segment} if is_counted(wish) else set()
        self._add(wish)
        self._point(before, wish, clause)
        if says_again(wish, clause.tokens):
            self.lines = told_again(self.lines, before)
        if may_be_talk(wish, found, clause.words, counted=is_counted(wish)):
            self.lines[before:] = doubted(self.lines[before:])

    def _go_with(self, wish: Wish) -> None:
        """ "bij die rookworst graag mosterd": what stands behind the words of ordering is wanted."""
        gaps = (
            at for at in range(1, len(wish.units)) if wish.units[at].tokens[0].start > wish.units[at - 1].tokens[-1].end + 1
        )
        at = next(gaps, len(wish.units))
        self.rest.extend(unit.text for unit in wish.units[:at])
        wish.units = wish.units[at:]
        if wish.units and self._is_known(wish):
            self._add(wish)

    def _says_of_what_was_named(self, wish: Wish) -> bool:
        words = {plain(unit.text) for unit in wish.units}
        counted = bool(self.wish and self.wish.quantity and not only_article(self.wish.quantity))
        return words <= words_of("fillers", "addressed") or (words <= _THEREOF and not counted)

    def _point(self, before: int, wish: Wish, clause: Clause) -> None:
        """ "de havermelk drie": how much of something in the basket it must be; kept aside when that is not sure."""
        how = pointed(wish, clause.tokens, self.lookup) if self.lookup.basket else Pointed.NOT
        line = (
            as_much_as(self.lines[before], wish, self.lookup)
            if how is not Pointed.NOT and len(self.lines) == before + 1
            else None
        )
        if line is None:
            return
        if how is Pointed.SURELY:
            self.lines[before], self.wish = line, None
        else:
            self.pointed.append((self.lines[before], line, how))

    def _with_pointed(self) -> list[Line]:
        """The lines, with "chrysanten twee bossen" as what it must come to, or asked when it may be so many more."""
        words = [plain(token.lower) for token in self.tokens] if self.pointed else []
        stays = phrases_of("changes", "rest_stays").within(words)
        known = {id(line) for line, _, how in self.pointed if how is Pointed.WHEN_ALL_IS}
        others = [line for line in self.lines if id(line) not in known]
        changes = stays or any(line.op not in ("add", "more") for line in others)
        mixed = any(line.op in ("add", "more") for line in others) and not changes
        meant = {id(line): or_more(new, self.lookup) if mixed else new for line, new, how in self.pointed if id(line) in known}
        meant |= {id(line): new for line, new, _ in self.pointed if stays}
        return without_dishes([meant.get(id(line), line) for line in self.lines], self.text)

    def _just_named(self, words: Sequence[str]) -> Sequence[Wish]:
        """ "ze heeft geen suiker en geen koffie meer, dus van allebei een": the goods of the sentence before."""
        if self.asked and self.asked_beside and not self.wish:
            return (self.asked, *self.asked_beside)
        for wish in self.told:
            wish.units = [unit for unit in wish.units if self._may_be_product(unit) and self._is_of_shelf(unit)]
        return [wish for wish in self.told if self._is_goods(wish)][-how_many(words) :]

    def _add_each(self, wishes: Sequence[Wish], quantity: Quantity) -> None:
        for wish in wishes:
            wish.quantity, wish.anew, wish.nothing = quantity, True, False
            self._add(wish)


@cache
def _all_talk() -> frozenset[str]:
    return words_of("talk", "words") | words_of("talk", "verbs") | lexicon.talk() | set(lexicon.shop_words())


def _is_not_so(wish: Wish, words: Sequence[str]) -> bool:
    """ "zet de komkommer niet in de zon": what must not be done with it, and not that it is not wanted."""
    goods = [plain(unit.text) for unit in wish.units if plain(unit.text) not in _NOT]
    at = words.index("niet") if "niet" in words else 0
    behind = words[at + 1 : at + 2]
    return bool(at and goods and goods[-1] == words[at - 1] and behind and behind[0] in _WHERE)


def _is_for_people(wish: Wish) -> bool:
    """Whether the amount only says for how many: "de hele familie komt, 14 man"."""
    return wish.quantity is not None and wish.quantity.unit == "person"


__all__ = ["MOST_LINES", "Ordering"]
