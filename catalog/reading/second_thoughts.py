"""Taking back and putting right: "kaas laat maar", "2 bruin, nee 3", "melk, of als die er niet is karnemelk".

What a message said a moment ago is dropped, counted anew, told otherwise, replaced or doubted by what it says next.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalog.reading.amounts import measure
from catalog.reading.applied import instead_of_kin, is_instead, set_in_basket, told_otherwise
from catalog.reading.basket_words import in_basket, other_named
from catalog.reading.change_said import first_quantity
from catalog.reading.corrections import Correction, denied, gives_up, has_already, of_list, taken_back
from catalog.reading.doubt import doubted
from catalog.reading.fallback import SecondChoice, second_choice, with_second
from catalog.reading.lines import line_of, with_amount
from catalog.reading.names import Names
from catalog.reading.nouns import is_adjective, noun_of
from catalog.reading.numbers import number_word
from catalog.reading.ordering import Ordering
from catalog.reading.quantities import Quantity, in_unit_of, read_quantity
from catalog.reading.result import Line, Question
from catalog.reading.split import Clause
from catalog.reading.swaps import other_kind
from catalog.reading.tokens import Token, lowers
from catalog.reading.wishes import Wish, cut
from catalog.reading.words import plain

MORE = frozenset(("ook", "nog", "erbij", "plus", "extra", "daarnaast"))
_SECOND_THOUGHT = re.compile(
    r"(?:(?:en|nee|ach|nou|of|,) )*(?:doe |neem |geef |ik wil |dan )?(?:dan |toch |liever )+(?:maar|liever|wel|gewoon)\b"
    r"|(?:(?:en|nee|ach|och|nou|hm+|oh|o|of|,) )+toch (?!niet|geen|ook|nog)"
)
_ONLY = re.compile(r"(?:(?:nou|nee|ach|oke|ok|doe|dan|toch|maar|,) )*alleen (?:maar )?(?:de|het|die|dat)\b")
_LET_GO = re.compile(r"laat (?:ook |toch )?maar(?: zitten)?\Z")
_KEPT = frozenset(("erbij", "bij", "wel", "dubbel", "moet", "moeten", "graag", "nog", "gesneden", "extra"))
_INSTEAD = (["ik", "bedoel"], ["ik", "bedoelde"], ["maar", "ik"])
_TURNS = frozenset(
    ("nee", "neen", "sorry", "pardon", "toch", "liever", "bedoel", "bedoelde", "oeps", "correctie", "foutje", "of")
)
_SHORT_TAKING_BACK = 4  # words
_SHORT_HOW, _LONGEST_HOW = 4, 40  # words


@dataclass(kw_only=True)
class SecondThoughts(Ordering, ABC):
    """Puts right what this message said before; a reader above it reads on what stands around the correction."""

    questions: list[Question] = field(default_factory=list)
    unsettled: Line | None = None  # was said, then doubted aloud

    @property
    def names(self) -> Names:
        """The names of the shelf that are kept whole."""
        return self.lookup.shelf.names

    @abstractmethod
    def _clause(self, clause: Clause) -> None:
        """Read one more clause of the message."""

    # What is taken back

    def _unsaid(self, words: Sequence[str]) -> int:
        """ "kaas laat maar", "oh nee mango niet", "toch niet": the line of this message that is taken back; -1 for none."""
        left = taken_back(words) if self.lines else None
        if left is None:
            return -1
        own = [at for at, line in enumerate(self.lines) if line.op in ("add", "more")]
        if not left:
            alone = len(words) <= _SHORT_TAKING_BACK and ("toch" in words or _LET_GO.search(" ".join(words)))
            return own[-1] if own and alone and own[-1] == len(self.lines) - 1 else -1
        said = {noun_of(word) for word in left}
        return next((at for at in reversed(own) if said <= _nouns_in(self.lines[at])), -1)

    def _is_unsaid(self, words: Sequence[str]) -> bool:
        return gives_up(words) or self._unsaid(words) >= 0

    def _own_lines(self) -> list[int]:
        """The places of the lines that this message orders."""
        return [at for at, line in enumerate(self.lines) if line.op == "add"]

    def _last_named(self, nouns: set[str]) -> int:
        """The last line ordered here that bears one of these nouns; -1 for none."""
        return next((at for at in reversed(self._own_lines()) if nouns & _nouns_in(self.lines[at])), -1)

    def _drop(self, at: int = -1) -> None:
        del self.lines[at]
        self.wish = None

    # What is put right

    def _correct(self, correction: Correction, clause: Clause) -> None:
        """What was just said is taken back, gets another amount, or makes room for what follows."""
        last = self.lines[-1] if self.lines and self.lines[-1].op == "add" else None
        if self.wish and self.wish.behind:
            correction = of_list(correction)
        if last is None:
            self._correct_basket(correction, clause)
        elif correction.amount and self.wish:
            self._amount_anew(self.wish, _amount_in(correction), last)
            self._clause(Clause(correction.more, clause.asked))
        elif correction.amount and last.product:
            self.lines[-1] = self._counted(last, last.product, _amount_in(correction))
        elif correction.back:
            self._drop()
            self._clause(Clause(correction.rest, clause.asked))
        elif _adds(correction.rest):
            self._clause(Clause(correction.rest, clause.asked))  # "en verder niks, nee toch nog een stokbrood"
        elif not (self._takes_out(correction.rest, clause) or self._how_anew(correction.rest)):
            self._replace_last(last, self.wish, Clause(correction.rest, clause.asked))

    def _correct_basket(self, correction: Correction, clause: Clause) -> None:
        """Nothing was ordered just now: it is a change that is put right, or what lies in the basket."""
        if (correction.amount and self._count_anew(correction)) or self._removes_other(correction):
            return
        if correction.back and self.lines and not (self.lines[-1].op == "remove" and "toch" not in clause.words):
            self.lines.pop()  # "nog een kaas? nee laat maar", "melk eruit. nee toch niet"
        if self.lines and self.lines[-1].op == "set" and not self.lookup.basket:
            self.lines.pop()  # "drie, nee vier haringen"
        before = len(self.lines)
        self._clause(Clause(correction.rest, clause.asked))
        self.lines[before:] = [set_in_basket(line, self.lookup) for line in self.lines[before:]]

    def _removes_other(self, correction: Correction) -> bool:
        """ "haal de melk eruit, o nee de kaas": it is another thing in the basket that goes out."""
        last = self.lines[-1] if self.lines else None
        end = next((at for at, token in enumerate(correction.rest) if token.lower in (",", "en", ".")), len(correction.rest))
        named = other_named(correction.rest[:end], self.lookup) if last and last.op == "remove" else None
        if last is None or named is None or named == last.target or _KEPT & {token.lower for token in correction.rest[:end]}:
            return False
        self.lines[-1] = replace(last, words=self.lookup.product(named).name, product=named, candidates=(named,), target=named)
        self._clause(Clause(correction.rest[end + 1 :], False))
        return True

    def _count_anew(self, correction: Correction) -> bool:
        """ "de rookworsten: 3, nee 4": the change that was just read, with another amount."""
        last = self.lines[-1] if self.lines else None
        if last is None or last.op not in ("set", "more", "less") or not last.product:
            return False
        self.lines[-1] = self._counted(last, last.product, _amount_in(correction))
        self._clause(Clause(correction.more, False))
        return True

    def _counted(self, line: Line, product: str, said: Quantity | None) -> Line:
        return with_amount(line, measure(self.lookup.product(product), said, None, line.words))

    def _amount_anew(self, wish: Wish, said: Quantity | None, last: Line) -> None:
        """Another amount for the line that was last said: of the same product, when as much of it can be had."""
        before = None if wish.second else wish.quantity  # "1 ons leverkaas, 3 ons, nee 2": of which is not said
        wish.quantity, wish.second, wish.anew = said and in_unit_of(said, before), None, True
        line = line_of(wish, self.text, self.lookup)
        if last.product and not line.product and wish.quantity:
            same = self._counted(replace(last, said=line.said), last.product, wish.quantity)
            line = same if same.asks is None else line
        self.lines[-1] = line

    def _takes_out(self, rest: tuple[Token, ...], clause: Clause) -> bool:
        """ "koekjes, nee geen koekjes", "o nee die heb ik nog": a line of this message goes out."""
        words = [plain(token.lower) for token in rest]
        used = denied(words, [plain(word) for word in self.lines[-1].words.split()])
        if not used:
            return self._is_at_home(rest, words, clause)
        wish = self.wish if words[used : used + 2] in _INSTEAD or words[used : used + 1] == ["maar"] else None
        self._drop()
        before = len(self.lines)
        self._clause(Clause(rest[used:], clause.asked))
        self._takes_over(wish, before)
        return True

    def _takes_over(self, wish: Wish | None, before: int) -> bool:
        """ "3 ons ham, nee geen ham, ik bedoel worst": as much of the one thing that was said instead; whether it is so."""
        if not (wish and wish.quantity and self.wish) or self.wish.quantity or len(self.lines) != before + 1:
            return False
        self.wish.quantity = wish.quantity
        self.lines[-1] = line_of(self.wish, self.text, self.lookup)
        return True

    def _is_at_home(self, rest: tuple[Token, ...], words: Sequence[str], clause: Clause) -> bool:
        """ "o nee die heb ik nog": what it names goes out, else what was said last."""
        end = next((at for at, word in enumerate(words) if word in (",", "en")), len(words))
        if not has_already(words[:end]):
            return False
        self._drop(self._last_named({noun_of(word) for word in words[:end]}))
        self._clause(Clause(rest[end + 1 :] if "niet" not in words[end:] else (), clause.asked))
        return True

    # How it must be, otherwise

    def _how_anew(self, rest: tuple[Token, ...]) -> bool:
        """ "in plakken, o nee aan het stuk", "6 witte bolletjes, nee bruine": the last line, otherwise."""
        at = next((at for at in reversed(range(len(self.lines))) if self.lines[at].candidates), -1)
        if at < 0 or self.lines[at].op != "add":
            return False
        end = next((place for place, token in enumerate(rest) if token.lower in (",", "en")), len(rest))
        is_last = at == len(self.lines) - 1
        if not (self._told_otherwise(at, rest[:end]) or (is_last and self._of_other_kind(self.lines[at], rest[:end]))):
            return False
        self._clause(Clause(rest[end + 1 :], False))
        return True

    def _told_otherwise(self, at: int, part: tuple[Token, ...]) -> bool:
        """The line told anew in how it must be; what came behind it goes."""
        line, told = self.lines[at], self._only_how(part)
        changed = told_otherwise(line, told, self.lookup.product(line.product) if line.product else None) if told else None
        if changed is None:
            return False
        self.lines[at:], self.wish = [changed], None
        return True

    def _only_how(self, part: tuple[Token, ...]) -> list[str]:
        """What these tokens say of how it must be; nothing when they say more than that."""
        if part and part[0].lower in ("met", "zonder") and len(part) <= _SHORT_HOW:
            return [" ".join(token.lower for token in part)]
        if len(part) > _LONGEST_HOW:
            return []
        wishes = [wish for wish in cut(part, self.names).wishes if not wish.empty]
        if len(wishes) != 1 or wishes[0].quantity or not all(unit.soft for unit in wishes[0].units):
            return []
        return [*(unit.text for unit in wishes[0].units), *wishes[0].notes]

    def _of_other_kind(self, line: Line, part: tuple[Token, ...]) -> bool:
        other = other_kind(line, part, self.text, self.names, self.lookup)
        if other is None:
            return False
        line, wish = other
        if self.wish and not wish.quantity:
            wish.quantity = self.wish.quantity
            line = replace(line_of(wish, self.text, self.lookup), words=line.words)
        self.lines[-1], self.wish = line, wish
        return True

    # Something else in its place

    def _replace_last(self, last: Line, wish: Wish | None, clause: Clause) -> None:
        """What is said now takes the place of the last line; when it orders nothing, that line is doubted."""
        before = len(self.lines)
        self._clause(clause)
        if len(self.lines) <= before:
            self._left_open(last, before, clause)
        elif not self._puts_earlier_right(before) and self.lines[before].op == "add" and self.lines[before].candidates:
            new = self.lines[before]
            again = not self._takes_over(wish, before) and wish and wish.quantity and not _says_a_number(new.said)
            if again and wish and new.product:
                self.lines[before] = self._counted(new, new.product, wish.quantity)  # "twee pakken tonijn nee blikken tonijn"
            if not self._begun_behind(last, clause):
                self.lines = [line for line in self.lines if line is not last]

    def _begun_behind(self, last: Line, clause: Clause) -> bool:
        """ "600 gram gehakt en een pond geraspte... nee 1 zakje geraspte kaas": whether something else was begun after it."""
        begin = self.text.find(last.said) + len(last.said)
        between = [plain(word) for word in lowers(self.text[begin : clause.tokens[0].start])]
        at = next((at for at in range(len(between)) if read_quantity(between, at)), -1)
        used = read_quantity(between, at) if at >= 0 else None
        if used is None:
            return between[:1] == ["en"] and _only_waits(between) and self.lines[-1].product != last.product
        return between[at - 1 : at] == ["en"] or any(is_adjective(word) for word in between[at + used.used :])

    def _left_open(self, last: Line, before: int, clause: Clause) -> None:
        """Something was taken back, and nothing said in its place."""
        if self.questions:
            self.lines[-1:] = doubted(self.lines[-1:])  # "boerenkaas... wacht, hebben jullie die?"
        elif len(self.lines) == before:
            if clause.words[-1:] and (clause.words[-1].isdecimal() or number_word(clause.words[-1])):
                self.lines[-1:] = doubted([last])  # "2 rookworsten, nee wacht, mijn vrouw zegt 3"
            self.unsettled = self.lines[-1]  # "4 tompoezen, of nee wacht, Gerrit eet niet mee": the other may follow

    def _puts_earlier_right(self, before: int) -> bool:
        """ "4 flappen en 2 taarten, nee 6 flappen": not the last line is meant but one before it."""
        new = self.lines[before]
        if not new.product or new.op != "add" or new.amount is None:
            return False
        earlier = next((at for at in reversed(range(before - 1)) if self.lines[at].product == new.product), -1)
        if earlier >= 0:
            self.lines[earlier] = new
            del self.lines[before]
        return earlier >= 0

    def _settle(self, before: int, words: Sequence[str]) -> None:
        """What was doubted aloud, or stood before "toch maar een bos chrysanten", makes room for what was said now."""
        if _ONLY.match(" ".join(words[:8])) and self._only_that(before):
            return
        if words[-1] == "dus":
            self.lines[:before] = [line for line in self.lines[:before] if not self._says_again(line, before)]
            return
        second = _SECOND_THOUGHT.match(" ".join(words[:6])) is not None and not MORE & set(words)
        if second and not before and self.lookup.basket:
            self.lines[:] = [instead_of_kin(line, self.lookup) for line in self.lines]
        old = self.unsettled or (self.lines[before - 1] if before and second else None)
        self.unsettled = None
        if old is not None and old.op == "add":
            self._make_room(old, before, as_well=bool(MORE & set(words)))

    def _make_room(self, old: Line, before: int, *, as_well: bool) -> None:
        at = next((at for at in range(before) if self.lines[at] is old), -1)
        if at < 0:
            return
        if any(is_instead(old, new, self.lookup) for new in self.lines[before:]):
            said = {line.product: line for line in self.lines[before:]}  # "toch rozen, een bos rozen": the last counts
            self.lines[before:] = [line for line in self.lines[before:] if not line.product or said[line.product] is line]
            del self.lines[at]
        elif not as_well:
            self.lines[at : at + 1] = doubted([old])

    def _only_that(self, before: int) -> bool:
        """ "orchidee en een vaas ... alleen de orchidee": one of what was said stays, and what came behind it goes."""
        meant = {one for line in self.lines[before:] for one in (line.product, *line.candidates) if one}
        at = next((at for at in reversed(range(before)) if self.lines[at].product in meant), -1)
        if at >= 0:
            del self.lines[at + 1 :]
        return at >= 0

    def _says_again(self, line: Line, before: int) -> bool:
        """ "drie lekkerbekken dus": what was said of it before no longer counts."""
        return line.op == "add" and any(line.product and line.product == new.product for new in self.lines[before:])

    # A second choice

    def _has_second(self, clause: Clause) -> bool:
        """A second choice: the first is asked, with the other as its note."""
        second, known = second_choice(clause), list(self.lines)
        if second is None:
            return False
        at = self._first_choice(second)
        if at < 0:
            self.lines = known
            return False
        clear = self.lines[at].product
        self.lines[at] = with_second(self.lines[at], second, self.lookup.product(clear) if clear else None)
        self.wish = None
        self._clause(Clause(second.more, clause.asked))
        return True

    def _first_choice(self, second: SecondChoice) -> int:
        """Reads what stands before the condition; the line that it is about, -1 when that is not ordered here."""
        before = len(self.lines)
        self._clause(Clause(second.before, False))
        if len(self.lines) == before and second.named and self._named_line(second) < 0:
            if second.denies or in_basket(" ".join(token.lower for token in second.named), self.lookup):
                return -1
            self._clause(Clause(second.named, False))
        at = self._named_line(second)
        at = at if at >= 0 else len(self.lines) - 1
        return at if at >= 0 and self.lines[at].op == "add" else -1

    def _named_line(self, second: SecondChoice) -> int:
        """The line of this message that the condition is about; -1 when it names none."""
        return self._last_named({noun_of(plain(token.lower)) for token in second.named})


def _nouns_in(line: Line) -> set[str]:
    return {noun_of(plain(word)) for word in line.words.split()}


def _amount_in(correction: Correction) -> Quantity | None:
    return first_quantity(" ".join(token.lower for token in correction.rest))


def _only_waits(between: Sequence[str]) -> bool:
    """Whether somebody takes her time, and nothing back: "en dan doe ik daar, eh, wacht even, ..."."""
    return "wacht" in between and _TURNS.isdisjoint(between)


def _adds(rest: Sequence[Token]) -> bool:
    """Whether what follows the "nee" comes with what was said, and not in its place: "ook nog", "toch nog een"."""
    return any(token.lower == "nog" for token in rest[:3]) or [token.lower for token in rest[:1]] == ["ook"]


def _says_a_number(said: str) -> bool:
    return any(word[0].isdecimal() or number_word(plain(word)) is not None for word in lowers(said))


__all__ = ["MORE", "SecondThoughts"]
