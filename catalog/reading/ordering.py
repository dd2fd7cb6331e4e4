"""What a sentence orders: wishes that are goods and wanted become lines, what is only talked about becomes none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalog.reading.applied import with_change
from catalog.reading.doubt import doubted, goes_with, is_conditional, may_be_talk, points_at, points_back
from catalog.reading.lexicon import words_of
from catalog.reading.lines import line_of, lines_of, share_heads, words_said
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import is_adjective
from catalog.reading.options import settle_options
from catalog.reading.parts import described, without_announced
from catalog.reading.restricted import refused_kind
from catalog.reading.result import Line
from catalog.reading.shifted import unshifted
from catalog.reading.shortened import is_everyday
from catalog.reading.split import Clause
from catalog.reading.strange import is_strange_order, names_goods, without_strange_numbers
from catalog.reading.talk import (
    LISTED,
    cooks,
    dismisses,
    is_at_home,
    is_for_later,
    is_recipe,
    makes,
    may_be_left,
    means_to_make,
    names_nothing,
    only_heel,
    only_how,
    ordered_by_pointing,
    reports,
    requests,
    stretches,
    tells,
    tells_courier,
    tells_how_to_cook,
    without_asides,
)
from catalog.reading.tokens import Token
from catalog.reading.totals import without_total
from catalog.reading.wish import is_name, only_article, soft_words
from catalog.reading.wish_search import group_of
from catalog.reading.wishes import Cut, Unit, Wish
from catalog.reading.words import plain

_ALL = frozenset(("alles", "beide", "allebei", "alle", "allemaal"))
_THEREOF = frozenset(("daarvan", "ervan", "hiervan", "zulke"))
_NOT = frozenset(("niet", "nooit", "geen"))
_HAVE = frozenset(("heb", "hebt", "heeft", "hebben", "had", "hadden", "is", "zijn", "ben", "bent", "werd", "werden", "wordt"))
_INTENDED = frozenset(("gedacht", "bedacht", "besloten", "gewild"))  # "ik had gedacht aan een pond biefstuk" orders
_NO_PAST = frozenset(("geeft", "gezond", "geduld", "gebied", "geluid", "gemeent", "geld"))
#: The past of a verb in two parts: "opgeruimd", "meegenomen".
_SEPARABLE_PAST = re.compile(r"(?:op|af|uit|aan|mee|weg|in|over|door|na|voor|bij|terug|schoon|leeg)ge\w{2,}(?:d|t|en)\Z")
_SHORT, _LONG = 8, 99  # tokens; in a longer message on one line a stray word is no order
_LONG_WORD = 6  # letters
MOST_LINES = 150  # of one message


@dataclass(kw_only=True)
class Ordering:
    """The lines of one message so far, and what may still be added to the last of them."""

    text: str
    tokens: Sequence[Token]
    lookup: Lookup
    lines: list[Line] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    asked: Wish | None = None  # what "heeft u ook ...?" was about: "dan graag 2 pakken" may follow
    wish: Wish | None = None  # of the last line, as long as it may still be added to

    def _order(self, clause: Clause, found: Cut) -> None:
        words = without_asides(clause.words) if "(" in clause.words else clause.words
        if self._is_needless(words, found):
            if cooks(words) or reports(words):
                self._mention(found.wishes)
            self.rest.extend(words)
            return
        if requests(words):
            found.ordered, found.ordered_from = True, 0
            found.orders |= {wish.segment for wish in found.wishes}
        found.wants(ordered_by_pointing(words))
        perfect = {at for at, part in enumerate(stretches(words)) if self._is_perfect(part)}
        left = {at for at, part in enumerate(stretches(words)) if tells_courier(part) or may_be_left(part)}
        found.orders -= left
        found.told |= (perfect | left) - found.orders
        told = (tells(words) or ("," not in words and makes(words))) and not (found.orders - found.told)
        behind = bool(perfect) and any(wish.segment > min(perfect) for wish in found.wishes if wish.quantity)
        listed = (told or (behind and not found.orders)) and self._lists_after_talk(found)
        if told and not listed and (not found.ordered or ({"had", "hadden"} & set(words) and "graag" not in words)):
            self._mention(found.wishes)
            self.rest.extend(words)
            return
        found.wishes = without_total(
            described(without_announced(found.wishes, self.text, self.lookup), self.lookup), self.lookup
        )
        unshifted(found.wishes, self.text, self.lookup)
        found.wishes = without_strange_numbers(found.wishes, self.lookup.knows)
        share_heads(found.wishes, self.lookup)
        before = len(self.lines)
        for wish in found.wishes[:MOST_LINES]:
            self._wish(wish, found, clause)
        if (listed or is_conditional(words)) and len(self.lines) > before:
            self.lines[before:] = doubted(self.lines[before:])

    def _is_needless(self, words: Sequence[str], found: Cut) -> bool:
        """Whether a clause orders nothing whatever goods are named in it: deposits, recipes, where to leave the bag."""
        if words_of("talk", "never") & set(words) or points_back(words) or is_for_later(words):
            return True
        if is_recipe(words) and not (found.ordered and found.ordered_from == 0):
            return True
        if tells_how_to_cook(words) or means_to_make(words) or (not found.ordered and is_at_home(words)):
            return True
        counted = any(wish.quantity and not wish.quantity.vague for wish in found.wishes)
        if dismisses(words) and not counted:
            return True  # also "misschien bestel ik nog wat vis"
        return not found.counted and any(does(words) for does in (tells_courier, cooks, reports))

    def _lists_after_talk(self, found: Cut) -> bool:
        """ "de kaas was lekker, 2 pak melk": an order, or what was missing; "ik kreeg 2 broden, 1 kaas" only tells."""
        goods = {wish.segment for wish in found.wishes if wish.quantity and (_is_counted(wish) or self._is_product(wish))}
        return bool(goods) and bool(found.told) and goods.isdisjoint(found.told | found.spoken)

    def _mention(self, wishes: Sequence[Wish]) -> None:
        """ "de gehaktballen waren heerlijk. Nu graag weer zes": what is told of, an amount may follow."""
        for wish in wishes:
            wish.units = [unit for unit in wish.units if self._may_be_product(unit)]
            wish.quantity = None if wish.quantity and only_article(wish.quantity) else wish.quantity
        known = [
            wish for wish in wishes if any(unit.product or self.lookup.knows(plain(unit.text)) >= 0.9 for unit in wish.units)
        ]
        known = [wish for wish in known if self._is_product(wish)] or known
        if len(known) == 1 and not known[0].quantity:
            self.asked = known[0]

    def _wish(self, wish: Wish, found: Cut, clause: Clause) -> None:
        if wish.reported or (wish.segment in found.told and wish.segment not in found.orders):
            self._mention([wish])  # "..., we hebben nog een half groentepakket"
            self._not_understood(wish)
            return
        spoken = wish.segment in found.spoken
        ordered = found.ordered and wish.segment >= found.ordered_from
        if wish.segment in found.heavy and wish.segment not in found.orders:
            ordered = False  # "..., mijn zuster komt koffie drinken"
        if not wish.units:
            if not spoken or ordered:
                self._loose(wish)
            return
        if wish.quantity and (self.lines or self.asked) and self._says_of_what_was_named(wish):
            wish.units = []  # "dus doe maar 3 liter van die van de slager": how much of what was just named
            self._loose(wish)
            return
        if len(wish.units) == 1 and not wish.quantity and names_nothing(wish.units[0].text, clause.words):
            return
        if self._only_talks(wish, clause):
            self._not_understood(wish)
            return
        if self._is_option_of_last(wish) or self._is_of_all(wish):
            return
        if any(plain(unit.text) in _NOT for unit in wish.units):
            wish.units = [unit for unit in wish.units if plain(unit.text) not in _NOT]
            # "doe toch maar niet die krentenbollen": whatever it is, it is not ordered
            wish.nothing = "vergeet" not in clause.words
        if wish.nothing and not self._is_goods(wish):
            self._not_understood(wish)  # "geen haast", "mijn man is gek op paling maar mag het niet meer"
            return
        told = wish.segment in found.stated or not _is_counted(wish)
        if spoken and not ordered and told and not self._asks_restricted(wish, clause):
            if not self.lines:
                self._mention([replace(one, units=list(one.units)) for one in found.wishes])
            self._not_understood(wish)
            return
        if not self._is_product(wish):
            goods = [unit for unit in wish.units if self._may_be_product(unit) and not self._is_somebody(unit, wish)]
            talks = (spoken or len(goods) < len(wish.units)) and not (
                ordered or (_is_counted(wish) and not _is_for_people(wish))
            )
            none = (talks and only_how(goods, clause.words)) or (not wish.quantity and only_heel(goods, clause.words))
            wish.units = [] if none else goods
            if not wish.units and wish.segment in found.heavy and not ordered:
                return  # "bel 2x, ik hoor slecht"
        if all(unit.soft for unit in wish.units) and not self.lookup.exact(words_said(wish.units)).hits:
            wish.notes[:0] = [unit.text for unit in wish.units]
            wish.units = []
            self._loose(wish)
        elif (wish.nothing and not (wish.units and self._is_known(wish))) or goes_with(wish, clause.words):
            self._not_understood(wish)
        elif not wish.nothing and points_at(wish, clause.words) and not (ordered or _is_counted(wish)):
            self._not_understood(wish)  # "super, die bloemen!"
        elif wish.units and self._wanted(wish, found, clause, spoken):
            before = len(self.lines)
            self._add(wish)
            if may_be_talk(wish, found, clause.words, counted=_is_counted(wish)):
                self.lines[before:] = doubted(self.lines[before:])
        else:
            self._not_understood(wish)

    def _says_of_what_was_named(self, wish: Wish) -> bool:
        words = {plain(unit.text) for unit in wish.units}
        counted = bool(self.wish and self.wish.quantity and not only_article(self.wish.quantity))
        return words <= words_of("fillers", "addressed") or (words <= _THEREOF and not counted)

    def _only_talks(self, wish: Wish, clause: Clause) -> bool:
        """ "dus: nieuw pak kruidnoten": a word of talk, though a "Hollandse nieuwe" is sold."""
        words = [plain(unit.text) for unit in wish.units]
        talk = words_of("talk", "words") | words_of("talk", "verbs")
        talks = len(clause.words) > len(words) + 1 and not _is_counted(wish) and all(word in talk for word in words)
        return talks and not self.lookup.exact(words_said(wish.units)).hits

    def _asks_restricted(self, wish: Wish, clause: Clause) -> bool:
        """ "neusspray, ben zo verkouden": what is never sold is answered, when it is what the clause begins with."""
        kind = refused_kind([plain(token.lower) for token in wish.units[0].tokens])
        return kind is not None and wish.units[0].tokens[0] == clause.tokens[0]

    def _may_be_product(self, unit: Unit) -> bool:
        if unit.named or is_adjective(unit.text):
            return True
        if is_name(unit.tokens[0]) and not unit.text.isupper() and not self.lookup.exact(unit.text).hits:
            return False  # "Kees" is no slip for kers
        return not self._is_talk(plain(unit.text))

    def _is_somebody(self, unit: Unit, wish: Wish) -> bool:
        """A word with a capital in the middle of a sentence, that is nothing here: "fijn dat jullie komen, Sam en Noor"."""
        token = unit.tokens[0]
        before = self.text[: token.start].rstrip(" ")[-1:]
        amid = before.isalnum() or before in (",", "-")
        named = amid and token.text[:1].isupper() and not token.text[1:2].isupper() and len(token.text) > 1
        return named and not _is_counted(wish) and self.lookup.knows(plain(unit.text)) < 0.95

    def _is_of_shelf(self, unit: Unit) -> bool:
        return unit.named or unit.soft or self.lookup.knows(plain(unit.text)) >= 0.8

    def _is_talk(self, word: str) -> bool:
        """A word of talk, or the past of a verb that this catalogue does not know ("besproken", "gevraagd")."""
        if word in words_of("talk", "verbs") or word in words_of("talk", "words"):
            return True
        return self._is_past(word)

    def _is_past(self, word: str) -> bool:
        past = word.startswith(("ge", "be", "ver", "ont")) and word.endswith(("d", "t", "en")) and len(word) > 6
        past = past or (word.startswith("ge") and word.endswith(("d", "t")) and len(word) > 4 and word not in _NO_PAST)
        past = past or bool(_SEPARABLE_PAST.match(word))
        return past and self.lookup.knows(word) < 0.8 and not names_goods([word]) and word not in soft_words()

    def _is_perfect(self, words: Sequence[str]) -> bool:
        """ "gisteren hebben we gesmuld van de mosselen" tells, whatever verb it is."""
        return bool(_HAVE & set(words)) and any(self._is_past(word) for word in words) and not (LISTED | _INTENDED) & set(words)

    def _is_goods(self, wish: Wish) -> bool:
        """Whether every word of it is a word of this catalogue, or says how it must be."""
        words = [plain(unit.text) for unit in wish.units if not (unit.named or unit.soft)]
        return (
            bool(wish.units)
            and not any(self._is_talk(word) for word in words)
            and all(is_adjective(word) or self.lookup.knows(word) >= 0.8 for word in words)
        )

    def _add(self, wish: Wish) -> None:
        lines = lines_of(wish, self.text, self.lookup)
        self.wish = wish if len(lines) == 1 and not wish.nothing else None
        if not wish.nothing:
            self.lines.extend(lines)
            return
        for line in lines:
            self.lines = with_change(self.lines, _taken_out(line), self.lookup)

    def _is_product(self, wish: Wish) -> bool:
        if any(unit.product for unit in wish.units):
            return True
        return self.lookup.find(words_said(wish.units)).verdict == "clear"

    def _wanted(self, wish: Wish, found: Cut, clause: Clause, spoken: bool) -> bool:
        """Whether this is asked for: known here, or unknown but said the way one orders."""
        words = [plain(unit.text) for unit in wish.units]
        if self._is_known(wish) or (found.counted and self._is_slip(wish, clause)):
            return found.ordered or not spoken or _is_counted(wish)
        if (spoken and not (found.ordered and _is_counted(wish))) or all(len(word) < 3 for word in words):
            return False
        if not all(word.replace("-", "").replace("'", "").isalpha() for word in words):
            return False
        counted = _is_counted(wish)
        if counted and wish.behind and wish.quantity and not (self.lines or wish.quantity.used > 1 or len(clause.tokens) <= 3):
            return False
        return is_strange_order(
            words, wish.quantity, counted=counted, ordered=found.ordered or found.counted or bool(self.lines),
            listed=self._is_list(found),
            clause=len(clause.tokens) if len(self.tokens) <= _SHORT or "\n" in self.text else _LONG,
        )  # fmt: skip

    def _is_list(self, found: Cut) -> bool:
        """Whether a clause is nothing but goods, of which at least one is of this shelf: "een krant en een pak koffie"."""
        return not (found.spoken or found.told or found.heavy) and any(
            wish.units and self._is_product(wish) for wish in found.wishes
        )

    def _is_known(self, wish: Wish) -> bool:
        words = [plain(unit.text) for unit in wish.units]
        if any(unit.named for unit in wish.units) or refused_kind(words) is not None or group_of(wish.units, self.lookup):
            return True
        return any(self.lookup.knows(word) >= 0.8 for word in words) or self._is_product(wish)

    def _is_slip(self, wish: Wish, clause: Clause) -> bool:
        """ "2 pak melk en tampasta": among what is counted, a word that may be a slip for something of the shelf."""
        word = plain(wish.units[0].text)
        if len(wish.units) > 1 or len(word) < _LONG_WORD or is_everyday(word) or wish.units[0].tokens[0] == clause.tokens[0]:
            return False
        return bool(self.lookup.find(word).hits)

    def _is_option_of_last(self, wish: Wish) -> bool:
        """ "een bos rozen, rood": a lone word that is an option of what was just said."""
        words = words_said(wish.units)
        if wish.quantity or len(wish.units) != 1 or not self.wish or not self.lines:
            return False
        product = self.lines[-1].product
        if not product or not settle_options(self.lookup.product(product), [words])[0]:
            return False
        if not is_adjective(words) and words not in self.lookup.product(product).options:
            return False
        self.wish.notes.append(words)
        self.lines[-1] = line_of(self.wish, self.text, self.lookup)
        return True

    def _is_of_all(self, wish: Wish) -> bool:
        """ "beide gesneden", "alles in plakken": an option of every line so far."""
        said = {plain(unit.text) for unit in wish.units}
        rest = [unit for unit in wish.units if plain(unit.text) not in _ALL and unit.link != "van"]
        if not said & _ALL or wish.quantity or not all(unit.soft for unit in rest):
            return False
        told = [*(unit.text for unit in rest), *wish.notes]
        self.lines = [self._with_options(line, told) for line in self.lines]
        return True

    def _with_options(self, line: Line, told: Sequence[str]) -> Line:
        product = self.lookup.product(line.product) if line.product else None
        options, note = settle_options(product, told)
        notes = ", ".join(part for part in (line.note, note) if part)
        return replace(line, options=(*line.options, *options), note=notes)

    def _loose(self, wish: Wish) -> None:
        """Notes or an amount without a product: they say more of the line before."""
        if self.asked and wish.quantity and wish.quantity.amount and not self.wish:
            self.asked.quantity, wish = wish.quantity, self.asked
            self._add(wish)
            return
        if not self.wish or not self.lines:
            return
        if wish.quantity and self.wish.quantity:
            return
        self.wish.notes += wish.notes
        self.wish.quantity = self.wish.quantity or wish.quantity
        self.lines[-1] = line_of(self.wish, self.text, self.lookup)

    def _not_understood(self, wish: Wish) -> None:
        self.rest.extend(unit.text for unit in wish.units)


def _is_counted(wish: Wish) -> bool:
    """Whether an amount was said that can be ordered; an article is none, and neither is a house number of four digits."""
    quantity = wish.quantity
    if not quantity or (quantity.said in ("een", "n", "'n", "één") and quantity.unit == ""):
        return False
    return quantity.unit != "" or quantity.amount is None or quantity.amount < 2000


def _is_for_people(wish: Wish) -> bool:
    """Whether the amount only says for how many: "de hele familie komt, 14 man"."""
    return wish.quantity is not None and wish.quantity.unit == "person"


def _taken_out(line: Line) -> Line:
    return replace(line, op="remove", target=line.product or line.words, amount=None, unit=None, asks=None, refused=None)


__all__ = ["MOST_LINES", "Ordering"]
