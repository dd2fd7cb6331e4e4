"""Wishes that become lines: whether what was said is asked for, and what an amount by itself says of the last line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalog.reading.applied import with_change
from catalog.reading.doubt import doubted
from catalog.reading.hearing import Hearing
from catalog.reading.in_vain import sought
from catalog.reading.lines import line_of, lines_of
from catalog.reading.named_kind import of_what_was_named
from catalog.reading.of_shelf import is_counted
from catalog.reading.quantities import Quantity
from catalog.reading.result import Line
from catalog.reading.split import Clause
from catalog.reading.strange import is_strange_order
from catalog.reading.tokens import Token
from catalog.reading.wish import only_article
from catalog.reading.wishes import Cut, Wish
from catalog.reading.words import plain

_SHORT, _LONG = 8, 99  # tokens; in a longer message on one line a stray word is no order


@dataclass(frozen=True)
class Spot:
    """Where a wish stands: its sentence and clause, and whether words of talk or of ordering go with it there."""

    found: Cut
    clause: Clause
    spoken: bool
    ordered: bool

    @classmethod
    def of(cls, wish: Wish, found: Cut, clause: Clause) -> Spot:
        tells = wish.segment in found.heavy and wish.segment not in found.orders  # "..., mijn zuster komt koffie drinken"
        ordered = found.ordered and wish.segment >= found.ordered_from and not tells
        return cls(found, clause, spoken=wish.segment in found.spoken, ordered=ordered)


@dataclass(kw_only=True)
class Taking(Hearing):
    """The lines of one message so far, and what is left of it."""

    tokens: Sequence[Token]
    rest: list[str] = field(default_factory=list)
    in_vain: str = ""  # what was asked for and is not sold here: "zo ja dan graag 2" may follow

    def _add(self, wish: Wish) -> None:
        lines = [of_what_was_named(line, self.text, self.lookup) for line in lines_of(wish, self.text, self.lookup)]
        self.wish = wish if len(lines) == 1 and not wish.nothing else None
        if not wish.nothing:
            self.lines.extend(lines)
            return
        for line in lines:
            self.lines = with_change(self.lines, _taken_out(line), self.lookup)

    def _wanted(self, wish: Wish, spot: Spot) -> bool:
        """Whether this is asked for: known here, or unknown but said the way one orders."""
        found, clause, spoken = spot.found, spot.clause, spot.spoken
        words = [plain(unit.text) for unit in wish.units]
        if self._is_known(wish) or (found.counted and self._is_slip(wish, clause)):
            return found.ordered or not spoken or is_counted(wish) or wish.segment in found.listing
        if (spoken and not (found.ordered and is_counted(wish))) or all(len(word) < 3 for word in words):
            return False
        if not all(word.replace("-", "").replace("'", "").isalpha() for word in words):
            return False
        counted = is_counted(wish)
        if counted and wish.behind and wish.quantity and not (self.lines or wish.quantity.used > 1 or len(clause.tokens) <= 3):
            return False
        return is_strange_order(
            words, wish.quantity, counted=counted, ordered=found.ordered or found.counted or bool(self.lines),
            listed=lambda: self._is_list(found),
            clause=len(clause.tokens) if len(self.tokens) <= _SHORT or "\n" in self.text else _LONG,
        )  # fmt: skip

    def _is_list(self, found: Cut) -> bool:
        """Whether a clause is nothing but goods, of which at least one is of this shelf: "een krant en een pak koffie"."""
        return not (found.spoken or found.told or found.heavy) and any(
            wish.units and self._is_product(wish) for wish in found.wishes
        )

    def _loose(self, wish: Wish) -> None:
        """Notes or an amount without a product: they say more of the line before."""
        if self.asked and wish.quantity and wish.quantity.amount and not self.wish:
            self.asked.quantity, wish = wish.quantity, self.asked
            self._add(wish)
            return
        if self.in_vain and wish.quantity and not self.wish:
            self._add_sought(wish.quantity)
        if not self.wish or not self.lines:
            return
        weighed = wish.quantity if wish.quantity and wish.quantity.unit in ("g", "ml") else None
        if weighed and self.wish.quantity and (weighed.together or only_article(self.wish.quantity)):
            self.wish.quantity, self.wish.second = weighed, None  # "een mens wil sudderlappen. Drie pond graag"
        elif wish.quantity and self.wish.quantity and not wish.quantity.vague:
            return  # "wat dikker gesneden" is no other amount
        self.wish.notes += wish.notes
        self.wish.quantity = self.wish.quantity or wish.quantity
        line, was = line_of(self.wish, self.text, self.lookup), self.lines[-1]
        sure = was.product or was.asks != "which" or (wish.quantity and not wish.quantity.vague)
        self.lines[-1] = line if sure else doubted([line])[0]

    def _add_sought(self, quantity: Quantity | None) -> None:
        self.lines += sought(self.in_vain, quantity, self.text, self.lookup)
        self.in_vain = ""

    def _not_understood(self, wish: Wish) -> None:
        self.rest.extend(unit.text for unit in wish.units)


def _taken_out(line: Line) -> Line:
    return replace(line, op="remove", target=line.product or line.words, amount=None, unit=None, asks=None, refused=None)


__all__ = ["Spot", "Taking"]
