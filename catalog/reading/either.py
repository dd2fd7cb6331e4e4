"""What follows an "of": another product, another amount, another pack, or only that the amount is a rough one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from catalog.reading.beside import ANDS
from catalog.reading.gathering import Gathering
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.numbers import read_number
from catalog.reading.quantities import Quantity
from catalog.reading.units import UNIT_WORDS
from catalog.reading.wish import COMMAS, Unit

_SO = (["zo"], ["zoiets"], ["daaromtrent"])


class Either(Gathering):
    """Reads on behind an "of"."""

    def _either(self, at: int) -> int:
        """ "appels of peren": two products, of which one is meant."""
        end = at + 1
        if self.words[end : end + 1] in (["zo"], ["iets"], ["zoiets"]) and self._nothing_follows(end + 1):
            self.wish.vague = True
            return 2
        number = read_number(self.raw, end) if end < len(self.raw) else None
        if number and number.value > 1 and self._is_one():
            self._place_about(number.value)
            return 1 + number.used
        if self.words[end : end + 1] and self.words[end] in words_of("talk", "verbs"):
            return len(self.tokens) - at  # "6 krentenbollen, of zijn die dan op"
        while end < len(self.tokens) and self.words[end] not in COMMAS | ANDS and end not in self.taken and end < at + 4:
            if self.words[end] not in words_of("fillers", "words"):
                self.wish.either.append(Unit((self.tokens[end],)))
                self.wish.touch(self.tokens[at : end + 1])
            end += 1
        return end - at

    def _or_so_many(self, at: int) -> int:
        """ "10 eieren, of 12": another amount, and it is not said which: asked."""
        quantity = self._amount(at) if at < len(self.tokens) and self.cut.wishes else None
        if quantity is None or not self._nothing_follows(at + quantity.used):
            return 0
        self.cut.wishes[-1].vague = True
        return quantity.used

    def _is_or_so(self, at: int) -> bool:
        """ "blauwe druiven, een pond of zo": an amount by itself that is only a rough one."""
        if self.wish.units or not self.wish.quantity or self.words[at : at + 1] not in _SO or not self._nothing_follows(at + 1):
            return False
        self.wish.quantity = replace(self.wish.quantity, about=True)
        return True

    def _or_more(self, at: int) -> int:
        """ "een kilo of iets meer": how many words only make the amount a rough one."""
        used = phrases_of("options", "or_more").at(self.words, at) if at < len(self.words) else 0
        if not used or not self.wish.quantity or not self._nothing_follows(at + used):
            return 0
        self.wish.quantity = replace(self.wish.quantity, about=True)
        return used

    def _is_other_pack(self, at: int) -> bool:
        """ "twee flessen of zakken pompoensoep": packed in whatever it comes in."""
        quantity = self.wish.quantity
        if self.wish.units or quantity is None or quantity.unit != "pack" or quantity.amount is None:
            return False
        return at < len(self.words) and self.words[at] in UNIT_WORDS and self._amount(at) is None

    def _is_one(self) -> bool:
        quantity = self.wish.quantity
        return quantity is None or (quantity.amount == 1 and quantity.unit in ("", "piece", "pack", "bunch"))

    def _place_about(self, amount: Fraction) -> None:
        """ "een blikje tomaten of drie": about three."""
        one = self.wish.quantity or Quantity(amount, None, "", True, False, None, 1, "")
        said = f"ongeveer {float(amount):g} {one.word}".strip()
        self.wish.quantity = replace(one, amount=amount, about=True, said=said)
        self.cut.counted = True


__all__ = ["Either"]
