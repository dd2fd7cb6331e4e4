"""Whether goods are ordered or only told of: which stretches between commas order, tell, or leave it open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import takewhile

from catalog.reading.described import Described
from catalog.reading.doubt import points_back
from catalog.reading.goes_back import brings_back, goes_back
from catalog.reading.gone import runs_out
from catalog.reading.kind_told import with_heading, with_kinds_told
from catalog.reading.made_for import for_its_use
from catalog.reading.nouns import is_adjective
from catalog.reading.of_shelf import is_counted
from catalog.reading.others import others_do
from catalog.reading.questions import may_be_in
from catalog.reading.result import Question
from catalog.reading.story import put_off, thought_better
from catalog.reading.talk import (
    announces,
    cooks,
    dismisses,
    is_at_home,
    is_for_later,
    is_recipe,
    makes,
    may_be_left,
    means_to_make,
    ordered_by_pointing,
    prefers,
    reports,
    stretches,
    tells,
    tells_courier,
    tells_how_to_cook,
    tells_of_past,
    tells_where,
)
from catalog.reading.wanting import requests
from catalog.reading.wish import Unit, only_article
from catalog.reading.wishes import Cut, Wish
from catalog.reading.words import plain
from catalog.search import lexicon

_POINTS = frozenset(("die", "dat", "deze", "ze", "zij", "het", "beide", "allebei", "alles", "waren", "was", "maar", "had"))
_AGAIN = frozenset(("weer", "nog", "dus", "nu", "dan", "ook", "opnieuw", "erbij", "van", "ervan", "daarvan", "graag"))
_ALSO_THAT = frozenset(("ook", word) for word in ("de", "het", "die", "dat", "mijn", "onze"))
_FROM = frozenset(("van", "uit", "bij", "met", "voor"))
_KNOWN = 0.9  # how well a word is known that names goods


class Heard(Enum):
    """What a clause is as a whole: an order, a story, or a list behind a story, of which it is asked whether it is wanted."""

    ORDER = auto()
    TOLD = auto()
    LISTED = auto()


@dataclass(kw_only=True)
class Hearing(Described):
    """Tells orders from talk about goods."""

    asked: Wish | None = None  # what "heeft u ook ...?" was about: "dan graag 2 pakken" may follow
    told_of: bool = False  # whether that was only told of
    told: Sequence[Wish] = ()  # what the sentence before named and did not order: "van alle drie een" may follow

    def _is_needless(self, words: Sequence[str], found: Cut) -> bool:
        """Whether a clause orders nothing whatever goods are named in it: deposits, recipes, where to leave the bag."""
        if goes_back(words) or points_back(words) or put_off(words) or thought_better(words):
            return True
        if is_for_later(words) and not _wants_now(words, found):
            return True
        if is_recipe(words) and not (found.ordered and found.ordered_from == 0):
            return True
        if any(does(words) for does in (tells_how_to_cook, tells_where, means_to_make)) or (
            not found.ordered and is_at_home(words)
        ):
            return True
        counted = any(wish.quantity and not wish.quantity.vague for wish in found.wishes)
        if dismisses(words) and not counted:
            return True  # also "misschien bestel ik nog wat vis"
        return not (found.counted or self._is_listed_beside(words, found)) and any(
            does(words) for does in (tells_courier, cooks, reports)
        )

    def _is_listed_beside(self, words: Sequence[str], found: Cut) -> bool:
        """ "een bloemkool, zet maar in de schuur": goods in another stretch than where they are to be left."""
        parts = stretches(words)
        told = {at for at, part in enumerate(parts) if tells_courier(part)}
        listed = (wish for wish in found.wishes if wish.quantity and wish.units and wish.segment not in told)
        return bool(told) and any(map(self._is_product, listed))

    def _hear(self, words: Sequence[str], found: Cut) -> None:
        """Marks which stretches order what they name and which only tell of it."""
        if requests(words):
            self._hear_requests(words, found)
        found.unsure = {
            at for at, part in enumerate(stretches(words)) if runs_out(part) and not _is_counted_behind(at, found, words)
        }
        found.wants({at for at, part in enumerate(stretches(words)) if runs_out(part)})
        found.unsure |= self._perhaps_told(words, found)
        self._leave_what_was_told(words, found)
        found.wishes = with_kinds_told(
            [with_heading(wish, self.lookup) for wish in found.wishes], stretches(words), self.lookup
        )
        if "voor" in words:
            found.wishes = [for_its_use(wish, self.lookup) for wish in found.wishes]
        found.wants(ordered_by_pointing(words))
        self._hear_stories(words, found)
        found.wants(self._before_story(words, found))
        if self.lines and self.lines[-1].op == "remove" and prefers(words):
            found.wants({wish.segment for wish in found.wishes})
        if announces(words):
            told = found.heavy - {wish.segment for wish in found.wishes if wish.quantity}
            found.wants({wish.segment for wish in found.wishes if wish.segment} - told)

    def _hear_requests(self, words: Sequence[str], found: Cut) -> None:
        """Marks the stretches that ask for what they name; all of them when the words for it stand in more than one."""
        parts = stretches(words)
        asking = {at for at, part in enumerate(parts) if requests(part)}
        asking |= {at for at, part in enumerate(parts) if at - 1 in asking and part[:1] == ["en"]}
        asking = asking or {wish.segment for wish in found.wishes}
        found.orders |= asking
        found.ordered_from = min(asking, default=0) if not found.ordered else min(found.ordered_from, *asking)
        found.ordered = True
        for wish in found.wishes:
            wish.reported = wish.reported and wish.segment not in asking  # "ik denk dat ik een komkommer neem"

    def _leave_what_was_told(self, words: Sequence[str], found: Cut) -> None:
        """ "onze hond heeft de rosbief gepikt. 4 ons.": an amount by itself orders nothing of what was told."""
        if self.told_of and not (found.ordered or _AGAIN & set(words)):
            self.asked = None
        self.told_of = False

    def _hear_stories(self, words: Sequence[str], found: Cut) -> None:
        """Marks the stretches that only tell: of what was done, may be left, comes later or goes back."""
        told = (tells_courier, may_be_left, is_for_later, others_do, brings_back)
        left = {at for at, part in enumerate(stretches(words)) if any(does(part) for does in told)} - ordered_by_pointing(words)
        found.orders -= left
        found.told |= (self._done(words) | left | self._also_told(words, found)) - found.orders

    def _done(self, words: Sequence[str]) -> set[int]:
        """The stretches that tell what was done: "ik heb gisteren soep gekookt"."""
        return {at for at, part in enumerate(stretches(words)) if self._is_perfect(part)}

    def _heard_as(self, words: Sequence[str], found: Cut) -> Heard:
        """What the clause is as a whole. "ik had graag" orders, "ik had 2 broden" tells."""
        telling = words[announces(words) :]
        told = (tells(telling) or ("," not in telling and makes(telling))) and not (found.orders - found.told)
        done = self._done(words)
        behind = bool(done) and any(wish.segment > min(done) for wish in found.wishes if wish.quantity)
        if (told or (behind and not found.orders)) and self._lists_after_talk(found) and not requests(words):
            return Heard.LISTED if behind or tells_of_past(telling) else Heard.ORDER
        had = bool({"had", "hadden"} & set(words)) and "graag" not in words
        return Heard.TOLD if told and (not found.ordered or had) else Heard.ORDER

    def _before_story(self, words: Sequence[str], found: Cut) -> set[int]:
        """The stretches of goods that a story follows: "2 ons ham, vorige keer was het 3"; not "2 broden, die waren oud"."""
        first = min(found.told, default=0)
        parts = stretches(words)
        if not first or first >= len(parts) or _POINTS & set(parts[first][:1]) or found.orders or found.spoken - found.told:
            return set()
        ahead = [wish for wish in found.wishes if wish.segment < first]
        behind = [wish for wish in found.wishes if wish.segment >= first and wish.units]
        goods = (
            ahead
            and all(wish.quantity and wish.units and not wish.nothing for wish in ahead)
            and any(map(self._is_product, ahead))
        )
        return set(range(first)) if goods and not any(map(self._is_product, behind)) else set()

    def _also_told(self, words: Sequence[str], found: Cut) -> set[int]:
        """ "alles plakte, ook de eieren": said of goods behind what is no order, and in no order."""
        parts = stretches(words)
        also = {at for at, part in enumerate(parts) if at and tuple(part[:2]) in _ALSO_THAT and "graag" not in part}
        ahead = [wish for wish in found.wishes if also and wish.units and wish.segment < min(also)]
        goods = found.ordered or any(wish.quantity or self._is_known(wish) for wish in ahead)
        return also if ahead and not goods else set()

    def _perhaps_told(self, words: Sequence[str], found: Cut) -> set[int]:
        """ "alles heet hier snert, ook spinazie": may be said of goods behind a story, and may be ordered."""
        counted = found.ordered or any(wish.quantity and not wish.quantity.vague for wish in found.wishes)
        if counted or not found.heavy or "ook" not in words:
            return set()
        return {at for at, part in enumerate(stretches(words)) if at > min(found.heavy) and tuple(part[:1]) == ("ook",)}

    def _lists_after_talk(self, found: Cut) -> bool:
        """ "de kaas was lekker, 2 pak melk": an order, or what was missing; "ik kreeg 2 broden, 1 kaas" only tells."""
        goods = {wish.segment for wish in found.wishes if wish.quantity and (is_counted(wish) or self._is_product(wish))}
        return bool(goods) and bool(found.told) and goods.isdisjoint(found.told | found.spoken)

    def _heads_known(self, found: Cut, question: Question) -> list[Wish]:
        """ "zijn de kroketten van de slager of uit de diepvries", "zit er ei in de slavinken", "hoe vers is de zalm": what it
        is about, without where it may be from, what may be in it or how it may be."""
        heads = [replace(wish, units=list(takewhile(lambda unit: unit.link not in _FROM, wish.units))) for wish in found.wishes]
        inside = [replace(one, units=[unit for unit in one.units if not may_be_in(unit)]) for one in found.wishes]
        known = [wish for wish in (*heads, *inside) if wish.units and self._is_product(wish)][:1]
        return known or ([] if question.topic == "stock" else self._only_goods(found))

    def _only_goods(self, found: Cut) -> list[Wish]:
        """The one thing that is named."""
        things = [(wish, unit) for wish in found.wishes for unit in wish.units if self._names_goods(unit)]
        return [replace(wish, units=[unit], either=[]) for wish, unit in things] if len(things) == 1 else []

    def _names_goods(self, unit: Unit) -> bool:
        word = plain(unit.text)
        return unit.named or (lexicon.is_real(word) and not is_adjective(word) and self.lookup.knows(word) >= _KNOWN)

    def _mention(self, wishes: Sequence[Wish]) -> None:
        """ "de gehaktballen waren heerlijk. Nu graag weer zes": what is told of, an amount may follow."""
        for wish in wishes:
            wish.units = [unit for unit in wish.units if self._may_be_product(unit)]
            wish.quantity = None if wish.quantity and only_article(wish.quantity) else wish.quantity
        known = [
            wish for wish in wishes if any(unit.product or self.lookup.knows(plain(unit.text)) >= _KNOWN for unit in wish.units)
        ]
        known = [wish for wish in known if self._is_product(wish)] or known
        if len(known) == 1 and (not known[0].quantity or known[0].quantity.amount in (None, 1)):
            known[0].quantity = None  # "de poes heeft mijn laatste pak kattenvoer gepikt. Mag ik er drie?"
            things = [unit for unit in known[0].units if self._names_goods(unit)]
            if len(things) == 1 and not self._is_product(known[0]):
                known[0].units = things  # "de buren missen hun saucijzenbroodjes"
            self.asked, self.told_of = known[0], True
            self.asked.nothing = False  # "ik heb geen koffie meer! twee pakken graag"


def _is_counted_behind(at: int, found: Cut, words: Sequence[str]) -> bool:
    """ "kattenbakkorrels zijn op, 1 zak": how much of it is wanted follows; "bijna op, nog 1 zak" tells what there is."""
    counted = (wish.quantity and wish.behind and not wish.quantity.vague for wish in found.wishes if wish.segment == at)
    return any(counted) and "nog" not in words


def _wants_now(words: Sequence[str], found: Cut) -> bool:
    """Whether an amount of goods stands in a stretch that is not about later."""
    parts = stretches(words)
    now = {at for at, part in enumerate(parts) if not is_for_later(part)} if len(parts) > 1 else set()
    return any(wish.quantity and (wish.units or found.counted) and wish.segment in now for wish in found.wishes)


__all__ = ["Heard", "Hearing"]
