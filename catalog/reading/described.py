"""What is said of goods that were named already: how they must be, of the last thing, of all of them, of so many more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalog.reading.lines import line_of, words_said
from catalog.reading.nouns import is_adjective
from catalog.reading.of_shelf import OfShelf
from catalog.reading.options import settle_options
from catalog.reading.quantities import in_unit_of
from catalog.reading.result import Line
from catalog.reading.wish import only_article
from catalog.reading.wishes import Wish
from catalog.reading.words import plain

_THAT_ONE = re.compile(
    r"[,;(]\s*(?:en dan |dan |wel |graag )?(?:die|dat|deze) (?:van|met|in|uit)(?: de| het| dat| die| een)?\s*\Z", re.I
)
_NEAR = 40  # letters
_ALL = frozenset(("alles", "beide", "allebei", "alle", "allemaal"))


@dataclass(kw_only=True)
class Described(OfShelf):
    """The lines of one message so far, and how they must be."""

    lines: list[Line] = field(default_factory=list)
    wish: Wish | None = None  # of the last line, as long as it may still be added to

    def _is_option_of_last(self, wish: Wish) -> bool:
        """ "een bos rozen, rood": a lone word that is an option of what was just said."""
        words = words_said(wish.units)
        if self._says_it_is_whole(wish):
            return True
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

    def _is_which_of_last(self, wish: Wish) -> bool:
        """ "een pak koffie, die van Douwe Egberts": one of what is asked of the last line, told by what it bears."""
        last = self.lines[-1] if self.lines else None
        if (
            not self.wish
            or not last
            or last.op != "add"
            or not _THAT_ONE.search(self.text, max(0, wish.start - _NEAR), wish.start)
        ):
            return False
        if wish.quantity and not (wish.behind and wish.quantity.unit == "pack" and wish.quantity.used == 1):
            return False  # "die van 2 kilo"
        line = last if last.product else self._as_last(self.wish, wish)
        if line.product in last.candidates or (line.candidates and {*line.candidates} < {*last.candidates}):
            self.lines[-1] = line
        elif self._is_product(wish) and not is_adjective(words_said(wish.units)):
            return False
        else:
            self.lines[-1] = self._with_options(last, [self.text[wish.start : wish.end].lower()])
        return True

    def _as_last(self, last: Wish, wish: Wish) -> Line:
        """The last line with what more was said of it."""
        more = replace(last, units=[*last.units, *wish.units])
        return line_of(more, self.text, self.lookup)

    def _says_it_is_whole(self, wish: Wish) -> bool:
        """ "een appeltaart, een hele"; not of what is sold by halves."""
        product = self.lines[-1].product if self.wish and self.lines else None
        whole = [plain(unit.text) for unit in wish.units] == ["hele"] and wish.quantity and only_article(wish.quantity)
        return bool(product and whole) and "half" not in self.lookup.product(product or "").name.lower()

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

    def _is_other_kind_of_last(self, wish: Wish) -> bool:
        """ "2 tandenborstels zacht en 1 medium": so many more of the last thing, another way."""
        last = self.lookup.product(self.lines[-1].product) if self.lines and self.lines[-1].product else None
        if last is None or not self.wish or not self.lines[-1].options or not wish.quantity or wish.notes or wish.nothing:
            return False
        word = words_said(wish.units)
        if plain(word) not in map(plain, last.options) or word in self.lines[-1].options:
            return False
        told = {*map(plain, last.options)}
        wish.units, wish.notes = [one for one in self.wish.units if not (one.soft or plain(one.text) in told)], [word]
        wish.quantity = in_unit_of(wish.quantity, self.wish.quantity)
        self.lines.append(line_of(wish, self.text, self.lookup))
        self.wish = wish
        return True


__all__ = ["Described"]
