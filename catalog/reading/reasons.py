"""Why something is wanted, and what for: read over, up to where goods are named again."""

from __future__ import annotations

from itertools import takewhile

from catalog.reading.beside import ANDS, FOR_WHOM, POINTED
from catalog.reading.either import Either
from catalog.reading.formed import is_verb
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.units import OF_GOODS
from catalog.reading.wish import COMMAS
from catalog.search import lexicon

_WHY = frozenset(("omdat", "aangezien"))
_ALSO = frozenset(("ook", "nog", "graag", "dan"))
_LEAST_LISTED = 3
_BEFORE_NOUNS, _WANTED = frozenset(("ivm", "vanwege", "wegens", "namens")), frozenset(("graag", "ook", "geen", "wel", "nog"))
_SMALL = frozenset(("dan", "ook", "nog", "verder", "voor", "mezelf", "mij", "ons", "onszelf"))
_LONGEST_PURPOSE = 10  # words


class Reasons(Either):
    """Knows how far a "want ..." or an "om ... te ..." reaches."""

    def _begins_remark(self, at: int) -> bool:
        """Whether what was named is spoken of from here: "dat is voor opa", "da's goed spul"; "dat is 2 kilo" says how much."""
        if self.words[at : at + 2] == ["wat", "een"] and (not at or self.words[at - 1] in COMMAS):
            return not any(
                map(lexicon.is_real, takewhile(lambda word: word not in COMMAS, self.words[at + 2 :]))
            )  # "wat een weer"
        if self.words[at] in POINTED and self.words[at + 1 : at + 3] in FOR_WHOM:
            return not self.wish.empty
        is_ = self.words[at] == "da's" or self.words[at : at + 2] == ["dat", "is"]
        if not (is_ and self.wish.units and self.wish.quantity):
            return False
        stop = next((end for end in range(at, len(self.words)) if self.words[end] in COMMAS), len(self.words))
        return not any(map(self._is_amount, range(at + 1, stop)))

    def _because(self, at: int) -> int:
        """A subordinate clause tells why, and is no wish: over to the next comma."""
        self._close()
        end = at + 1
        while end < len(self.tokens) and self.words[end] not in (",", ":"):
            if self.words[at] in _BEFORE_NOUNS and end > at + 1 and (self.words[end] in _WANTED or self._amount(end)):
                break  # "ivm visite graag 1 appeltaart"
            if phrases_of("fillers", "order").at(self.words, end) > 1:
                break  # "omdat het feest is had ik graag een taart"
            if self._why_opens(at) and self._amount(end) and self._ends_in_verb(end) and self._begins_goods(end):
                break  # "omdat we visite krijgen 3 komkommers"
            if self._why_opens(at) and end > at + 2 and self.words[end] in _ALSO and self._amount(end + 1):
                break  # "..., en omdat hij erom zeurt ook een droge worst"
            if end > at + 2 and self._begins_list(end):
                break  # spoken: "want mijn bril is stuk een pakje roomboter een pak suiker vier citroenen"
            if self.words[end] in ANDS and self._begins_goods(self._behind_small(end + 1)):
                break  # "want ik ga bakken en een pak bloem"
            if self.words[end] in ANDS and self._is_last_thing(end + 1):
                break  # "want ze blijven slapen en toiletpapier"
            end += 1
        return end - at

    def _why_opens(self, at: int) -> bool:
        """Whether the reason stands before what is ordered: at the start, or behind "en"."""
        return self.words[at] in _WHY and (not at or self.words[at - 1] in ANDS)

    def _is_last_thing(self, at: int) -> bool:
        """Whether nothing but the name of goods stands here, and behind what somebody does: "... slapen en toiletpapier"."""
        if at + 1 != len(self.words) or not (is_verb(self.words[at - 2]) or self.words[at - 2] in words_of("talk", "verbs")):
            return False
        return lexicon.is_real(self.words[at]) and self.words[at] not in lexicon.doing()

    def _ends_in_verb(self, end: int) -> bool:
        return end > 2 and any(self.words[end - 1] in words_of(*name) for name in (("talk", "verbs"), ("fillers", "words")))

    def _behind_small(self, at: int) -> int:
        """ "... en dan voor mezelf een vanillevla": past what says nothing."""
        return next((one for one in range(at, len(self.words)) if self.words[one] not in _SMALL), len(self.words))

    def _serves(self, at: int) -> int:
        """ "keukenpapier om het op te ruimen", "(om vanavond) te eten": how many words only say what it is for."""
        least = at if self.words[at] == "te" and at - 1 in self.taken else at + 2  # "spek om te bakken" is which spek
        last = min(at + _LONGEST_PURPOSE, len(self.words) - 1)
        end = next((end for end in range(least, last) if self.words[end] == "te"), len(self.words))
        done = "".join(self.words[end + 1 : end + 2])
        if not done.endswith("n") or COMMAS & set(self.words[at:end]) or any(map(self._is_amount, range(at + 1, end))):
            return 0
        return end + 2 - at

    def _is_amount(self, at: int) -> bool:
        """ "een kilo", not the "wat" of "om het wat op te vrolijken"."""
        amount = self._amount(at)
        return amount is not None and not amount.vague

    def _begins_list(self, at: int) -> bool:
        """Whether amounts of goods follow each other from here, up to a comma: a list that was spoken without a pause."""
        if self._amount(at) is None or not self._begins_goods(at):
            return False
        stop = next((end for end in range(at, len(self.words)) if self.words[end] in COMMAS), len(self.words))
        return sum(self._begins_goods(end) for end in range(at, stop)) >= _LEAST_LISTED

    def _begins_goods(self, at: int) -> bool:
        """Whether an amount of goods stands there: "een pak bloem", "een rookworst"; "3 gasten" are none."""
        more = self._amount(at)
        if more is None or more.unit in OF_GOODS:
            return more is not None
        return lexicon.is_real("".join(self.words[at + more.used : at + more.used + 1]))


__all__ = ["Reasons"]
