"""What stands between brackets behind goods: how much of them, or a note about them."""

from __future__ import annotations

from catalog.reading.greeted import Greeted
from catalog.reading.lexicon import words_of
from catalog.reading.wish import Wish, only_article


class Bracketed(Greeted):
    """Reads what is said between brackets as a part of the wish before it."""

    def _aside(self, at: int, end: int) -> int:
        """Kept as a note of the wish before it."""
        wish = self.wish if self.wish.units else self.cut.wishes[-1] if self.cut.wishes and self.wish.empty else None
        first = at + 1 + (self.words[at + 1] == "ook")  # "kibbeling (ook 2)"
        used = self._aside_amount(first, end, wish) if wish else 0
        begin = first + used if used else at + 1
        if wish and begin < end:
            wish.notes.append(" ".join(self.raw[begin:end]).replace(" ,", ""))
        return end + 1 - at

    def _aside_amount(self, at: int, end: int, wish: Wish) -> int:
        """ "muisjes (2 pakken graag, er komt visite)": how much is said first; "melk (2 volle, 1 magere)" says which."""
        quantity = self._amount(at) if wish.quantity is None or only_article(wish.quantity) else None
        if not quantity or quantity.unit == "person":
            return 0
        behind = at + quantity.used
        more = any(self._amount(place) for place in range(behind, end))
        if more or not (self.words[behind] in words_of("talk", "because") or self._nothing_follows(behind)):
            wish.vague = True  # "(4 voor mij, 2 voor de buurvrouw)"
            return 0
        wish.quantity, wish.behind = quantity, True
        self.cut.counted = True
        return quantity.used


__all__ = ["Bracketed"]
