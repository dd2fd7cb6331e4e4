"""Greeting, thanking and parting beside the goods: who is spoken to, and where a message only says goodbye."""

from __future__ import annotations

from catalog.reading.beside import SKIPPED
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.nouns import is_adjective
from catalog.reading.verbs import Verbs
from catalog.reading.wish import COMMAS

_ONE_OF = frozenset(("de", "het", "per", "een", "mijn", "onze", "elke", "iedere", "voor", "van", "met", "als", "ons"))


_OWN = frozenset(("mijn", "m'n", "onze", "ons"))
_EATS = frozenset(("lust", "eet", "drinkt", "gebruikt"))


class Greeted(Verbs):
    """Knows the words that greet somebody or take leave."""

    def _begins(self) -> bool:
        return self.segment == 0 and not self.cut.wishes and self.wish.empty

    def _parting(self, at: int) -> int:
        """ "Bedankt, Annie Jansen": thanks, and what follows when it is only a name."""
        used = phrases_of("fillers", "goodbyes").at(self.words, at)
        if not used:
            return 0
        rest = [token for token in self.tokens[at + used :] if token.lower not in SKIPPED | COMMAS]
        if rest and len(rest) <= 4 and all(token.text[:1].isupper() or token.lower in ("de", "van", "der") for token in rest):
            return len(self.tokens) - at
        return used

    def _is_called(self, at: int) -> bool:
        """ "hoi lieverd 2 broden": who is greeted, when goods are counted or asked for next; "hoi jonge kaas" greets nobody."""
        if self.words[at] not in words_of("fillers", "vocatives") or self.words[at] == "maat" or at + 1 >= len(self.words):
            return False
        if self.words[at + 1] in COMMAS:
            return not is_adjective(self.words[at])  # "toppers, 2 komkommers"
        return self._amount(at + 1) is not None or phrases_of("fillers", "order").at(self.words, at + 1) > 0

    def _is_particle(self, at: int) -> bool:
        """ "3 komkommers hoor", "even inspreken hoor 3 komkommers": no word of hearing, beside what is counted."""
        who = self.words[max(0, at - 1) : at + 2]
        counted = self.cut.counted or (at + 1 < len(self.words) and self._amount(at + 1) is not None)
        return counted and not {"ik", "we", "wij"} & set(who)

    def _eater(self, at: int) -> int:
        """ "mijn kat lust alleen kattenvoer in saus, doe 4": who it is for, before what is told and then counted."""
        whose, who, eats = (*self.words[at : at + 3], "", "", "")[:3]
        if not self._begins() or whose not in _OWN or who not in words_of("talk", "people") or eats not in _EATS:
            return 0
        self._heard_verb(at + 2)
        return 3

    def _addresses(self, at: int) -> bool:
        """ "een bosje peterselie meid": who is spoken to, behind the goods; "kaas jong" says how old it is."""
        word = self.words[at]
        called = word in words_of("fillers", "vocatives") and word != "maat" and not is_adjective(word)
        behind = bool(self.wish.units) and self.words[at - 1] not in _ONE_OF
        return called and behind and self._nothing_follows(at + 1)


__all__ = ["Greeted"]
