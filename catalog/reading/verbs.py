"""Verbs in a clause: whether they order, "ik wil graag", or tell, "we twijfelen", and of which stretch between commas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from catalog.reading.formed import is_verb
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.names import Names
from catalog.reading.reasons import Reasons
from catalog.reading.tokens import Token
from catalog.reading.wish import COMMAS, STOPS, Unit, fillers, only_article
from catalog.reading.words import plain
from catalog.search import lexicon

_OPENERS = frozenset((",", "en", "want", "dus", "maar", "(", "nou", "oh", "ja", "zo", ":"))
_LIGHT = frozenset(
    ("is", "zijn", "krijgt", "mag", "mogen", "moet", "moeten", "kan", "kunnen", "wordt", "worden", "zou", "zouden", "denk",
     "heb", "bedoel", "maakt", "kost", "hoef", "hoeft")
)  # fmt: skip
_SPEAKER, _HAVE = frozenset(("ik", "we", "wij")), frozenset(("heb", "hebben"))
_BEFORE_VERBS = frozenset(("dan", "daar", "nu", "straks", "toen", "zo", "hier", "daarna", "soms", "daarmee", "daarvan"))
_TELL, _TO = frozenset(("zeg", "zegt", "zeggen", "vertel", "vertellen", "doorgeven")), frozenset(("tegen", "aan"))
_AS_WELL = frozenset(("er", "nog", "ook", "ik", "graag", "even"))
_LONGEST_TELLING = 6  # words
_LONGEST_WANTED = 14  # words
_WANTED = re.compile(
    r"(?:ik|we|wij) (?:graag )?(?:(?:\S+ ){1,9}(?:wil|willen|wilde|wou|wouden|nodig heb|nodig hebben|wil hebben)\b"
    r"|(?:wil|willen|wilde|wou) (?:een|graag|nog|\d))"
)
#: "mama zegt dat ik moet zeggen twintig witte bollen": an amount follows.
_SENT = re.compile(
    r"(?:ik|we|wij) (?:moet|moest|moeten|mag|wil) (?:(?:zeggen|vragen|bestellen|doorgeven|hebben|halen|om|nog) )+"
)


class Verbs(Reasons):
    """Hears what is done with the goods of each stretch."""

    def __init__(self, tokens: Sequence[Token], names: Names, taken: frozenset[int]) -> None:
        super().__init__(tokens, names, taken)
        self.segments = list(accumulate(int(word in STOPS) for word in self.words))

    def _of_kind(self, at: int) -> int:
        """ "van de kaas doe maar een pond belegen": how many words there are before the amount of that kind; 0 for none."""
        if self.words[at] != "van" or not self.wish.empty or self.words[at + 1 : at + 2] not in (["de"], ["het"]):
            return 0
        begin = next((one for one in range(at + 3, min(at + 7, len(self.words))) if self._amount(one)), 0)
        quantity = self._amount(begin) if begin and all(word in fillers() for word in self.words[at + 3 : begin]) else None
        if quantity is None:
            return 0
        what = "".join(self.words[begin + quantity.used :][:1])
        if what in lexicon.describing() and lexicon.is_real(self.words[at + 2]):
            self.wish.under = [Unit((self.tokens[at + 2],))]
        elif self.words[at + 2] not in words_of("groups", "whole_kinds") or not (lexicon.names_or_describes(what)):
            return 0
        self._heard_order()
        return begin - at

    def _says_what_is_done(self, at: int) -> bool:
        """ "we twijfelen": what stands behind a person at the start of a stretch is a verb, whichever it is."""
        if at + 1 >= len(self.tokens) or (at and self.words[at - 1] not in _OPENERS):
            return False
        verb = self.words[at + 1]
        if at + 1 in self.taken or not verb.isalpha() or verb in fillers() or verb in words_of("talk", "asking"):
            return False
        if at and self.words[at - 1] == "en" and _names_goods(verb):
            return False  # "mijn vriendin wil groene thee en ik rooibos"
        return not phrases_of("fillers", "order").at(self.words, at) and self._amount(at + 1) is None

    def _is_turned(self, at: int) -> bool:
        """ "dan verstop ik de helft": a verb, whichever it is, between such a word and who does it."""
        if not at or self.words[at - 1] not in _BEFORE_VERBS or at + 1 >= len(self.words) or at in self.taken:
            return False
        verb = self.words[at]
        if self.words[at + 1] not in words_of("questions", "persons") or not verb.isalpha() or lexicon.is_real(verb):
            return False
        orders = phrases_of("fillers", "order")
        asks = verb in fillers() or verb in words_of("talk", "asking")
        return not (asks or orders.at(self.words, at - 1) or orders.at(self.words, at) or self._amount(at))

    def _makes_of_it(self, at: int) -> bool:
        """ "(dan kan ik) ballen draaien": a deed, and nothing counted, up to the next comma."""
        end = next((end for end in range(at, len(self.words)) if self.words[end] in COMMAS), len(self.words))
        made = any(is_verb(word) and word.endswith("n") for word in self.words[at:end])
        return made and not any(self._amount(one) for one in range(at, end))

    def _wants_behind(self, at: int) -> bool:
        """ "even doorgeven dat ik een pond spekblokjes wil": what is said is what is wanted."""
        end = next((end for end in range(at, len(self.words)) if self.words[end] in COMMAS), len(self.words))
        said = " ".join(self.words[at : min(end, at + _LONGEST_WANTED)])
        sent = _SENT.match(said)
        if sent and self._amount(at + len(sent.group().split())):
            return True
        return self.words[at - 2 : at - 1] != ["fijn"] and _WANTED.match(said) is not None

    def _tells_somebody(self, at: int) -> bool:
        """ "zeg maar tegen Piet dat ...", "... en dat ik een komkommer wil": behind whom it is told, or told as well."""
        near = self.words[max(0, at - _LONGEST_TELLING) : at]
        said = next((place for place in range(len(near) - 1, -1, -1) if near[place] in _TELL), len(near))
        return bool(_TO & set(near[said:])) or (self.reporting and near[-1] == "en")

    def _heard_verb(self, at: int) -> None:
        """ "ik eet altijd twee boterhammen" is stated; "2 avocado's als ze rijp zijn" only says more of what is named."""
        named = any(plain(unit.text) not in words_of("talk", "words") for unit in self.wish.units) or (
            bool(self.cut.wishes) and self.cut.wishes[-1].segment == self.segment
        )
        if words_of("talk", "subordinate") & set(self.words[max(0, at - 6) : at]):
            self.cut.spoken |= set() if named else {self.segment}
            return
        self.cut.spoken.add(self.segment)
        if self.words[at] not in _LIGHT:
            self.cut.heavy.add(self.segment)
        if not named and self.words[at] not in words_of("talk", "asking"):
            self.cut.stated.add(self.segment)

    def _heard_need(self, at: int) -> None:
        """ "daarvoor heb ik een prei, een winterpeen en een knolselderij nodig": all that stands behind the "heb ik"."""
        self._heard_order()
        have = next((one for one in range(at - 1, 0, -1) if self._has(one)), at)
        behind = set(range(self.segments[have], self.segment + 1))
        self.cut.orders |= behind
        self.cut.ordered_from = min(self.cut.ordered_from, *behind)

    def _has(self, at: int) -> bool:
        """ "heb ik", "ik heb"."""
        first, second = self.words[at - 1 : at + 1]
        return (first in _HAVE and second in _SPEAKER) or (first in _SPEAKER and second in _HAVE)

    def _heard_deed(self, at: int) -> bool:
        """Whether a word stands here of what is to be done with goods, by which they are ordered."""
        ordered = self._is_told_to(at) or self._can(at)
        if ordered:
            self._heard_order()
        return ordered

    def _can(self, at: int) -> bool:
        """ "kan morgen 2 stokbroden en kruidenboter?": what can be is counted next, and is asked for."""
        if self.words[at] not in ("kan", "kunnen") or (at and self.words[at - 1] not in _OPENERS):
            return False
        behind = (one for one in range(at + 1, len(self.words)) if one not in self.taken and self.words[one] not in _AS_WELL)
        return self._amount(next(behind, at)) is not None

    def _is_told_to(self, at: int) -> bool:
        """ "pak een komkommer voor me in", "houd 2 broden apart": what is to be done with goods that are counted next."""
        if self.words[at] not in words_of("fillers", "told_to") or (at and self.words[at - 1] not in _OPENERS - {"en"}):
            return False
        goods = self._amount(at + 1) if at + 1 < len(self.words) else None
        if goods is None or self._amount(at) is None:
            return goods is not None
        return only_article(goods) or goods.unit == "pack" or (goods.unit == "" and "voor" in self.words)  # not "pak 1 liter"

    def _because(self, at: int) -> int:
        """ "omdat ik een komkommer wil" and "mits voorradig een komkommer" order; else why is read over."""
        used = phrases_of("fillers", "order").at(self.words, at)
        wants = self.words[at] == "omdat" and not self._names_goods() and self._wants_behind(at + 1)
        if used < 2 and not wants:
            return super()._because(at)
        self._heard_order()
        return max(used, 1)

    def _names_goods(self) -> bool:
        """Whether a name of goods was said so far."""
        units = [unit for wish in (*self.cut.wishes, self.wish) for unit in wish.units]
        return any(unit.named or lexicon.is_real(plain(unit.text)) for unit in units)

    def _heard_order(self) -> None:
        self.cut.orders.add(self.segment)
        if not self.cut.ordered:
            self.cut.ordered, self.cut.ordered_from = True, self.segment


def _names_goods(word: str) -> bool:
    """Whether a word is goods, and nothing that one does: not "drink", "bak"."""
    does_it = word in words_of("talk", "verbs") or word in lexicon.containers() or is_verb(word)
    return not does_it and (word in lexicon.goods() or lexicon.is_kind(word))


__all__ = ["Verbs"]
