"""What a change does: to what this message said before it, to what it told of, to the basket."""

from __future__ import annotations

import re
from abc import ABC
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalog.reading.amounts import measure
from catalog.reading.applied import last_meant, with_change
from catalog.reading.basket_words import all_told, in_basket, told_in_basket
from catalog.reading.change_marks import ALL_TOLD, TOLD
from catalog.reading.change_said import first_quantity
from catalog.reading.doubt import doubted
from catalog.reading.each import how_many, only_each, with_each
from catalog.reading.lexicon import phrases_of, shapes_of, words_of
from catalog.reading.lines import with_amount, words_said
from catalog.reading.per_person import for_people
from catalog.reading.pointing import comes_to, total
from catalog.reading.quantities import in_unit_of, read_quantity
from catalog.reading.result import BasketLine, Intent, Line
from catalog.reading.second_thoughts import SecondThoughts
from catalog.reading.tokens import lowers
from catalog.reading.wanting import requests
from catalog.reading.words import plain

_MUST_BE = frozenset(("moet", "moeten", "worden", "maak", "maken"))
_ENOUGH = frozenset(("genoeg", "zat", "voldoende", "prima", "wel"))
_STORY = 25  # words before a change that may say what it is about
_THERE = frozenset(("er", "binnen", "weer"))
_ASKED_FOR = frozenset(("wacht", "moest", "moesten"))  # "oh wacht, een prei moet er ook bij", "van mijn moeder moest ik ..."
_SENTENCE_END = re.compile(r"[.!?\n]")
_NEED = frozenset(("hoeft", "hoeven"))


@dataclass(kw_only=True)
class CarriedOut(SecondThoughts, ABC):
    """Carries changes out on the lines of a message so far."""

    intents: list[Intent] = field(default_factory=list)
    corrected: int = 0  # how often words were taken back
    touched: set[str | None] = field(default_factory=set)  # what lines were about, also those that were taken back

    def _change(self, changes: Sequence[Line]) -> None:
        for line in map(self._of_mentioned, self._of_all_told(changes)):
            if line.target != TOLD and not self._says_amount_of_last(line):
                line = self._not_for_itself(self._of_touched(line))
                if self._is_of_nothing(line) or self._goes_out_again(line):
                    continue
                self.lines = with_change(self.lines, line, self.lookup)
                self.touched.add(line.target)
                self.intents += ["remove"] if line.op == "remove" else []

    def _of_all_told(self, changes: Sequence[Line]) -> list[Line]:
        """ "die paprika's ..., haal ze allebei maar weg": each line that the word told before can mean."""
        told: list[Line] = []
        for line in changes:
            if line.target != ALL_TOLD:
                told.append(line)
                continue
            every = all_told(self._story(self.text[: self.text.find(line.said)]), self.lookup)
            meant = [replace(line, product=one, candidates=(one,), target=one) for one in every]
            told += meant or [replace(line, target="last")]
        return told

    def _goes_out_again(self, line: Line) -> bool:
        """ "... mag ik geen melk meer dus haal die er maar uit": the line before it took that out."""
        return line.op == "remove" and line.target == "last" and bool(self.lines) and self.lines[-1].op == "remove"

    def _is_of_nothing(self, line: Line) -> bool:
        """Whether an amount is changed of what neither lies in the basket nor was ordered: "ik lees net ... ipv een"."""
        if line.product or line.candidates or line.refused or str(line.target)[:1] == "#" or line.target == "last":
            return False
        if line.op not in ("set", "more", "less", "replace"):
            return False
        return line.target not in self.lookup.inside

    def _not_for_itself(self, line: Line) -> Line:
        """ "biefstuk 4 ons ipv wat er staat": the same product in its own place is another amount of it."""
        inside = set(self.lookup.inside)
        if line.op != "replace" or line.product not in inside or line.target in inside - {line.product}:
            return line
        return replace(line, op="set", target=line.product)

    def _of_touched(self, line: Line) -> Line:
        """ "haal 2 bolletjes weg, 8 is genoeg": the amount is of what was changed just before, and settles it."""
        before = self.lines[-1] if self.lines and self.lines[-1].op != "add" else None
        if before and before.op == "remove" and not _ENOUGH & set(line.said.lower().split()):
            return line  # "custard hoeft niet, vanillevla is handiger. 2 pakken"
        if line.target != "last" or line.op not in ("set", "more", "less") or not before or not before.product:
            return line
        if line.op == "more" and before.asks:
            self.lines.pop()  # "een komkommer is te weinig, dus nog 3 erbij"
        if line.op == "set":
            self.lines.pop()
            line = replace(line, op="replace" if before.op == "replace" else "set")
        amount = measure(self.lookup.product(before.product), first_quantity(line.said))
        return with_amount(replace(line, target=before.target, product=before.product, candidates=before.candidates), amount)

    def _of_mentioned(self, line: Line) -> Line:
        """ "ik heb nog bloemkool dus die kan weg": what was just told of, when that lies in the basket."""
        told = self._told_before(line) if line.target in ("last", TOLD) else None
        if told is None:
            return line
        if line.op == "replace":
            return replace(line, target=told.product_id)  # "wij eten geen zuurkool. Ruil die maar voor boerenkool"
        named = replace(line, target=told.product_id, product=told.product_id, candidates=(told.product_id,))
        if line.op == "remove":
            return named  # else: "er staat één cola, dat moeten er 6 zijn"
        return with_amount(named, measure(self.lookup.product(told.product_id), first_quantity(line.said)))

    def _lets_go(self, words: Sequence[str]) -> bool:
        """ "laat maar", "niet nodig" behind what was told of one thing in the basket: it goes out."""
        if self.lines or not self.lookup.basket or not words_of("changes", "goes_out") & set(words):
            return False
        said = self.text.lower().rfind(words[0])
        told = self._told_in(self.text[: max(0, said)])
        if told:
            one = told.product_id
            self._change([Line(self.text[said:], "", one, (one,), op="remove", target=one)])
        return told is not None

    def _told_before(self, line: Line) -> BasketLine | None:
        """What lies in the basket and was told of before this change: in its sentence, else as what it must have been about."""
        told = in_basket(words_said(self.asked.units), self.lookup) if self.asked else None
        asks_to_change = bool(self.questions) and self.questions[-1].topic == "adding"  # "mag ik de peren nog wijzigen?"
        must_be = bool(_MUST_BE & set(line.said.lower().split())) or asks_to_change
        sure = line.op in ("remove", "replace") or (line.op == "set" and must_be)
        if (told and sure) or self.lines or not self.lookup.basket:
            return told if sure else None
        place = self.text.find(line.said)
        before = self.text[:place] if place >= 0 else self.text
        return self._told_in(before if sure else _SENTENCE_END.split(before)[-1])

    def _told_until(self, place: int) -> BasketLine | None:
        """The one line of the basket that the text tells of before this place; none when it also changed or ordered."""
        return None if self.lines else self._told_in(self.text[:place])

    def _told_in(self, story: str) -> BasketLine | None:
        return told_in_basket(self._story(story), self.lookup)

    @staticmethod
    def _story(text: str) -> list[str]:
        """The last words of it, plain."""
        return [plain(word) for word in lowers(text)][-_STORY:]

    def _says_amount_of_last(self, line: Line) -> bool:
        """ "Ik wil snert. Doe maar 2 liter", "heeft u melk? Dan graag 2 pakken": the amount of what was just said."""
        if line.target != "last" or line.op not in ("set", "more"):
            return False
        wish = self.wish if self.lines and self.wish else self.asked
        if line.op == "more" and (not self.questions or (wish is not None and wish is not self.asked)):
            return False  # "er nog een bij" is of what was ordered, unless another thing was asked for since
        if wish is None and self._asked_in_vain():
            self._add_sought(first_quantity(line.said))
            return True  # "verkopen jullie sushi? dan graag een doosje" is no amount of what lies in the basket
        if wish is None or (wish is self.wish and self.lines[-1].op != "add"):
            return False
        if wish is self.wish and self._is_given_up(line):
            return True
        said = first_quantity(line.said)
        wish.quantity, wish.anew = said and in_unit_of(said, wish.quantity), True
        wish.second = None if said and said.unit in ("g", "ml") else wish.second  # "2 van 200 gram, dus 400 gram"
        before = len(self.lines) - (wish is self.wish)
        self.lines = self.lines[:before]
        self._add(wish)
        if wish is self.asked and ((self.told_of and self._is_bare(line)) or self._hangs_on_answer()):
            self.lines[before:] = doubted(self.lines[before:])
        return True

    def _around(self, line: Line) -> tuple[str, str]:
        """What stands before and behind what was said."""
        place = max(self.text.find(line.said), 0)
        return self.text[:place].rstrip(), self.text[place + len(line.said) :].lstrip()

    def _is_given_up(self, line: Line) -> bool:
        """ "mag ik er drie? En een rol... nou ja": something else was begun."""
        before, behind = self._around(line)
        return behind.startswith(("..", "…")) and before.lower().endswith("en")

    def _is_bare(self, line: Line) -> bool:
        """ "de hond heeft de rosbief gepikt. 4 ons.": an amount, and no word of ordering beside it."""
        before, behind = self._around(line)
        amount = read_quantity(words := lowers(line.said))
        alone = (not before or _SENTENCE_END.match(before[-1])) and (not behind or _SENTENCE_END.match(behind))
        return amount is not None and amount.used == len(words) and bool(alone)

    def _hangs_on_answer(self) -> bool:
        """ "zijn de aardbeien zoet? zo ja dan graag 1 bakje"; whether they are there is told by the catalogue."""
        last = self.questions[-1] if self.questions and "zo ja" in self.text.lower() else None
        return last is not None and last.topic != "stock" and _THERE.isdisjoint(last.said.lower().split())

    def _asked_in_vain(self) -> bool:
        """Whether the question before was about goods that are not sold here."""
        return bool(self.questions) and self.questions[-1].topic == "stock" and bool(self.questions[-1].words)

    def _doubted_when_turned(self, lines: list[Line], words: Sequence[str]) -> list[Line]:
        """Lines beside a word of changing one's mind that no rule has used: asked, and not put in the basket."""
        said = set(words)
        if "bedoel" in words and (before := self._before_meaning(lines)):
            if before > 1 and not self._goes_on(lines[before - 1]):
                return [*last_meant(lines[:before]), *lines[before:]]
            if before > 1 or self.corrected:
                return lines  # "... en een pond boontjes sperziebonen bedoel ik", "... nee oude kaas bedoel ik, twee ons"
        if said & _NEED and shapes_of("changes", "no_hurry").within(words):
            said -= _NEED
        turning = words_of("changes", "turning") - (_ASKED_FOR if requests(words) else frozenset())
        if turning & said or phrases_of("changes", "turns").within(words):
            return doubted(lines)
        inside = set(self.lookup.inside)
        if not inside or not words_of("changes", "turning_basket") & said:
            return lines
        return [doubted([line])[0] if line.product in inside else line for line in lines]

    def _before_meaning(self, lines: Sequence[Line]) -> int:
        """How many of these lines stand before "bedoel ik"."""
        said = self.text.lower()
        at = said.find("bedoel ik")
        return sum(said.find(line.said.lower()) < at for line in lines) if at >= 0 else 0

    def _goes_on(self, line: Line) -> bool:
        """Whether it stands behind "en": then it puts nothing right but itself."""
        at = self.text.find(line.said)
        return at > 0 and self.text[:at].rstrip().endswith(" en")

    # Of what was just said

    def _for_each(self, words: Sequence[str]) -> bool:
        """ "van allebei twee graag": of what was just named, or asked for."""
        quantity = only_each(words)
        if quantity is None:
            return False
        named = self._just_named(words)
        if named:
            self._add_each(named, quantity if len(named) > 1 else for_people(quantity, self.tokens))
            return True
        before = self.lines
        self.lines = with_each(self.lines, quantity, how_many(words), self.lookup)
        self.wish = None if self.lines != before else self.wish
        return self.lines != before

    def _comes_to(self, words: Sequence[str]) -> bool:
        """ "..., dus totaal 2": what was just said of something in the basket."""
        quantity = total(words) if self.lines else None
        line = comes_to(self.lines[-1], quantity, self.lookup) if quantity else None
        if line:
            self.lines[-1], self.wish = line, None
        return line is not None


__all__ = ["CarriedOut"]
