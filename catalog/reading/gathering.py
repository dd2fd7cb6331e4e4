"""Wishes gathered one by one: words join the wish at hand, and a wish that only says more of the one before joins that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from catalog.reading.behind import Behind
from catalog.reading.lexicon import words_of
from catalog.reading.names import Names
from catalog.reading.tokens import Token
from catalog.reading.wish import Unit, Wish, only_article
from catalog.reading.words import plain


class Gathering(Behind):
    """Holds the wish at hand and those that are closed."""

    def __init__(self, tokens: Sequence[Token], names: Names, taken: frozenset[int]) -> None:
        super().__init__(tokens, names, taken)
        self.segment = 0  # between which commas it reads now
        self.glue = ""  # the "met" or "van" before the next product word
        self.reporting = False  # within what somebody says or thinks

    def _close(self, joined: str = "") -> None:
        if not self.wish.empty and not self._joins_last():
            self.cut.wishes.append(self.wish)
        self.wish = Wish(joined=joined, segment=self.segment, reported=self.reporting, under=self.under)
        self.glue = ""

    def _joins_last(self) -> bool:
        """Whether what was just read says more of the wish before it: "..., gesneden", "..., 2 zakken"."""
        wish, last = self.wish, self.cut.wishes[-1] if self.cut.wishes else None
        if last is None or not last.units or wish.nothing or (wish.under and wish.quantity and wish.units):
            return False
        elsewhere = wish.segment != last.segment
        if elsewhere and wish.quantity and all(plain(unit.text) in words_of("talk", "words") for unit in wish.units):
            wish.units = []  # "..., een ons of twee is genoeg"
        wish.describes = self._describes(wish, last)
        if wish.describes or any(not unit.soft for unit in wish.units):
            return False
        if wish.segment != last.segment and self._is_said_of_else(wish.segment):
            return False
        if wish.quantity and wish.units and only_article(wish.quantity):
            wish.quantity = None  # "een meloen, een rijpe"
        if wish.quantity and (wish.units or last.second):
            wish.units = self._of_other_size(wish, last)
            return False
        if wish.quantity and last.quantity and wish.notes and not wish.units and wish.quantity.unit in ("", "piece"):
            own = takewhile(lambda unit: unit.link not in ("met", "zonder"), last.units)
            wish.units = [replace(unit) for unit in own if not unit.soft]
            return False  # "3 haringen zonder uitjes, eentje met uitjes"
        if wish.quantity and last.quantity and wish.joined == "en" and wish.quantity.unit == "pack":
            return False  # "een pot appelmoes en 2 zakken.. nee 1 zak aardappelen": something else was begun
        if wish.quantity and last.quantity:
            last.second = wish.quantity
        elif wish.quantity:
            last.quantity, last.behind = wish.quantity, True
        if wish.quantity and wish.segment in self.cut.orders:
            last.segment, last.reported = wish.segment, False  # "de yoghurt was heerlijk, mag ik er weer twee"
        last.notes += [*(unit.text for unit in wish.units), *wish.notes]
        last.start, last.end = min(last.start, wish.start), max(last.end, wish.end)
        return True

    def _is_said_of_else(self, segment: int) -> bool:
        """Whether this stretch talks of something else: "bel 2x, ik hoor slecht"; but "2 zakken is genoeg" says how much."""
        return segment in self.cut.heavy and segment not in self.cut.orders

    def _of_other_size(self, wish: Wish, last: Wish) -> list[Unit]:
        """ "grote bloemkool en 2 kleine": the thing is only said once."""
        if wish.joined and wish.units and any(unit.soft for unit in last.units):
            return [*(unit for unit in last.units if not unit.soft), *wish.units]
        return wish.units

    def _describes(self, wish: Wish, last: Wish) -> bool:
        """ "melk, halfvol": nothing but adjectives, behind a thing that had none."""
        if wish.joined or wish.more or last.behind:
            return False
        if wish.quantity and not wish.behind and (last.quantity or wish.segment != last.segment):
            return False  # "melk 2x halfvol" is one wish, "2 melk, 3 halfvol" are two
        adjectives = words_of("options", "adjectives")
        return (
            bool(wish.units)
            and all(plain(unit.text) in adjectives for unit in wish.units)
            and (last.describes or plain(last.units[-1].text) not in adjectives)
        )

    def _is_aside(self, at: int, used: int) -> bool:
        """ "uien 1kg (rode)": one word between brackets says which, though the amount came first."""
        return self.words[at - 1 : at] == ["("] and self.words[at + used : at + used + 1] == [")"]

    def _add(self, at: int, used: int, product: str | None = None, *, named: bool = False) -> int:
        tokens = tuple(self.tokens[at : at + used])
        soft = used == 1 and self.words[at] in words_of("options", "words")
        if self.wish.behind and not soft and self.glue != "met" and not self._is_aside(at, used):
            self._close()
        self.wish.units.append(Unit(tokens, soft, self.glue, product, named))
        self.wish.touch(tokens)
        self.glue = ""
        return used


__all__ = ["Gathering"]
