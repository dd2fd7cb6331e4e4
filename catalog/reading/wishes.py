"""A clause cut into wishes: the amount, the product words and how it must be, before anything is looked up.

"twee bruine broden een pond jong belegen en zes krentenbollen" holds no comma: a new amount opens a new wish. Products whose
names hold "en", a number or a filler word ("peen en uien", "drie in de pan") are kept whole first, see ``names.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.reading.asides import without_asides, without_reasons
from catalog.reading.beside import ANDS, SKIPPED
from catalog.reading.bracketed import Bracketed
from catalog.reading.formed import tells_of_it
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.names import Names
from catalog.reading.people import introduction, is_street
from catalog.reading.quantities import Quantity
from catalog.reading.talk import announces, is_enough, told_segments
from catalog.reading.tokens import Token
from catalog.reading.wish import COMMAS, Cut, Unit, Wish, group_words, is_name, only_article, says_anew
from catalog.reading.words import plain
from catalog.search import lexicon

_ALL = frozenset(("beide", "allebei", "alles"))
_ARTICLES = frozenset(("een", "n", "'n", "ne", "nen"))
_NEXT = frozenset(
    ("ook", "verder", "daarnaast", "daarbij", "tevens", "dan", "daarna", "vervolgens", "oja", "verders", "nog", "eveneens")
)
_SELF = frozenset(("regel", "breng", "lever"))
_CAN = frozenset(("kan", "kunnen"))
_FORMER = frozenset(("vorige", "laatste", "eerdere", "afgelopen"))
_OTHERS = (["hij"], ["zij"], ["ze"])
_SPEAKERS = (["ik"], ["we"], ["wij"])
_PLACES = frozenset(
    ("nummer", "nr", "huisnummer", "huisnr", "kamer", "telefoonnummer", "tafel", "poort", "appartement", "flat", "verdieping",
     "etage", "portiek", "unit", "studio", "lokaal", "groep", "klas", "team", "leerjaar")
)  # fmt: skip
_FOR = (["voor"], ["dat"], ["van"], ["met"])
_OF_HIS = frozenset(("met", "voor", "van", "bij", "naar", "aan", "in", "op", "uit"))
_OF_ORDERS = _FORMER | {"in", "uit", "bij", "van"}
_ENOUGH = frozenset(("genoeg", "zat", "voldoende", "plenty"))
_OF_EACH = frozenset(("van", "in", "per", "a", "of", "met"))
_BECAUSE = frozenset(("voor", "want", "omdat", "zodat", "dan"))
_SAY = (["maar"], ["eens"], ["dan"])
_LOOSE = frozenset(("van", "voor", "met", "in", "uit", "op", "de", "het", "bij"))


class _Cutter(Bracketed):
    def __init__(self, tokens: Sequence[Token], names: Names, taken: frozenset[int]) -> None:
        super().__init__(tokens, names, taken)
        self.people: Quantity | None = None  # "wij eten met zijn zessen", said before what is eaten

    def run(self) -> Cut:
        at = 0
        self._look_ahead(0)
        while at < len(self.tokens):
            at += self._step(at)
        self._close()
        words = without_asides(self.words) if "(" in self.words else self.words
        self.cut.told = told_segments(without_reasons(words))
        for wish in self.cut.wishes:
            if self.people and wish.units and not wish.quantity:
                wish.quantity = self.people
        return self.cut

    def _step(self, at: int) -> int:
        """Read what stands at ``at`` and return how many tokens it took."""
        word = self.words[at]
        if at in self.taken or self._heard_deed(at):
            return 1
        if word in words_of("questions", "persons") and self._says_what_is_done(at):
            self._heard_verb(at + 1)
        if self._is_turned(at):
            self._heard_verb(at)
        used, product = self._name(at)
        if used:
            return self._add(at, used, product, named=True)
        if (word in words_of("talk", "verbs") or tells_of_it(word)) and not self._says_no_more(at):
            self._heard_verb(at)
        if word in COMMAS or self._is_dash(at):
            return self._comma(at)
        if word == ":":
            self.segment = self._segment_behind(at)  # "komt mijn kleinzoon halen: 6 saucijzenbroodjes"
        if word == ":" and (not self.wish.units or self._is_heading(at) or announces(self.words) == at + 1):
            self.under = self._heading_goods()
            self.wish = Wish(segment=self.segment, under=self.under)
        if word == "(" and (end := self._end_of_aside(at)):
            return self._aside(at, end)
        if word in SKIPPED:
            return 1
        parted = phrases_of("fillers", "farewells").at(self.words, at)
        if parted and not (at and self.words[at - 1].isdecimal()):
            return len(self.tokens) - at if at else parted
        if word == "dat" and at and (self.words[at - 1] in words_of("talk", "saying") or self._tells_somebody(at)):
            self._close()
            if self._wants_behind(at + 1):
                self.reporting = self.wish.reported = False
                self._heard_order()
                return 1
            self.reporting = self.wish.reported = True
            return 1
        if self._begins_remark(at):
            return self._because(at)  # "rijstepap dat is voor opa en ...", "3 ons vis da's goed spul"
        if word == "die" and self.words[at + 1 : at + 2] in _SPEAKERS and self.wish.units:
            return self._because(at)  # "rozijnen voor de taart die ik zelf ga maken"
        if word == "zoals" and self.words[at + 1 : at + 2] in _OTHERS:
            return self._because(at)  # "zoals hij elk jaar de rozen vergeet"
        if word in words_of("talk", "because"):
            return 1 if word == "anders" and not at else self._because(at)
        if word == "nu" and self._begins_circumstance(at):
            return self._because(at)
        if word in ("om", "te") and (used := self._serves(at)):
            return used
        if word in _ALL and self.wish.units:
            self._close()
        beside = self._of_kind(at) or self._packing(at) or self._may_be(at) or self._as_much(at) or self._note(at)
        return beside or self._quantity(at) or self._joiner(at) or self._filler(at) or self._add(at, 1)

    def _begins_circumstance(self, at: int) -> bool:
        """ "een halve is genoeg nu ik alleen ben en ..."; "nu ik toch bezig ben" orders."""
        named = bool(self.wish.units or self.wish.quantity or self.cut.wishes)
        return named and self.words[at + 1 : at + 2] in _SPEAKERS and not phrases_of("fillers", "order").at(self.words, at)

    def _is_heading(self, at: int) -> bool:
        """ "vlees: 500 gram rundergehakt": a kind of goods, and then the goods themselves."""
        said = self.wish.quantity
        counted = said is not None and not only_article(said) and said.unit != "person"  # "voor stamppot met z'n zessen:"
        if not self.wish.units or counted or at + 1 >= len(self.tokens):
            return False
        quantity = self._amount(at + 1)
        if quantity:
            return not self._nothing_follows(at + 1 + quantity.used)
        if " ".join(unit.text for unit in self.wish.units) in group_words():
            return True
        return not any(unit.named or lexicon.is_real(plain(unit.text)) for unit in self.wish.units)

    def _heading_goods(self) -> list[Unit]:
        """The goods that a heading names: "melk: 2 volle, 1 halfvolle"; none when it names a kind of shop."""
        one = self.wish.units if len(self.wish.units) == 1 else []
        return [unit for unit in one if lexicon.is_real(plain(unit.text)) and unit.text not in group_words()]

    def _is_dash(self, at: int) -> bool:
        """A dash with blanks around it parts like a comma."""
        if self.words[at] != "-" or not 0 < at < len(self.tokens) - 1:
            return False
        return self.tokens[at - 1].end < self.tokens[at].start and self.tokens[at].end < self.tokens[at + 1].start

    def _comma(self, at: int) -> int:
        self._close()
        self.reporting = self.wish.reported = False
        self.segment = self._segment_behind(at)
        self.wish.segment = self.segment
        self._look_ahead(at + 1)
        return 1

    def _segment_behind(self, at: int) -> int:
        return self.segments[at]

    # amounts

    def _quantity(self, at: int) -> int:
        quantity = self._amount(at)
        if not quantity or any(place in self.taken for place in range(at, at + quantity.used)):
            return 0
        if quantity.used == 1 and self.words[at] in ("half", "halve") and self.wish.units:
            return self._add(at, 1)  # "1 wit half"
        if quantity.used == 1 and at and self.words[at - 1] == "maat" and self.wish.units:
            return self._add(at, 1)  # "luiers maat 4"
        if quantity.used == 1 and self._is_no_count(at):
            return 1  # a postcode or a telephone number
        if quantity.amount == 0 and self.words[at] in ("geen", "niks", "noppes", "nul", "0"):
            return self._none(at, quantity.used)
        if self._counts_bags(at, quantity):
            (self.wish if self.wish.units else self.cut.wishes[-1]).notes.append(f"in {quantity.said}")
            return quantity.used
        if self._counts_eaters(at, quantity):
            quantity = replace(quantity, unit="person")
        used = quantity.used + self._portion(at + quantity.used, quantity)
        self._place(at, used, quantity)
        said = quantity.used > 1 or self.words[at] not in _ARTICLES
        self.cut.counted = self.cut.counted or said
        return used

    def _as_much(self, at: int) -> int:
        """ "amandelen ook zo veel", "en evenveel amandelen": as much as of what was named before it."""
        used = phrases_of("options", "as_much").at(self.words, at)
        before = next((wish.quantity for wish in reversed(self.cut.wishes) if wish.quantity and wish.units), None)
        if not used or (self.wish.quantity and not only_article(self.wish.quantity)):
            return 0
        if before is None and not (self.wish.units and self._nothing_follows(at + used)):
            return 0
        self.wish.quantity, self.wish.anew, self.wish.as_last = before, True, before is None
        self.wish.touch(self.tokens[at : at + used])
        return used

    def _portion(self, at: int, quantity: Quantity) -> int:
        """ "kipsaté 8 stokjes", "zalm 2 moten": what is counted behind the name is no new thing but a part of this one."""
        counts = quantity.unit == "" and self.wish.units and self.wish.quantity is None
        if not counts or at >= len(self.words) or self.words[at] not in words_of("options", "portions"):
            return 0
        return int(self._nothing_follows(at + 1) or self.words[at + 1] in _BECAUSE)

    def _is_no_count(self, at: int) -> bool:
        digits = self.words[at]
        after = self.words[at + 1 : at + 3]
        if after and after[0] not in words_of("talk", "measured") and _is_unknown_adjective(after[0]):
            after = after[1:]  # "twee zieke kinderen"
        if after and after[0] in words_of("talk", "measured"):
            return True
        if (
            digits.isdecimal()
            and at > 1
            and self.words[at - 2] in ("naar", "op", "aan", "in")
            and self.tokens[at - 1].text[0].isupper()
        ):
            self._drop_unit_before(at)  # "naar Dorpsweg 12"
            return True
        if digits.isdecimal() and at and is_street(self.words[at - 1]):
            self._drop_unit_before(at)
            return True
        if at > 1 and self.words[at - 1] == "van" and self.words[at - 2] in words_of("talk", "people"):
            return True  # "mijn moeder van 91"
        if at and self.words[at - 1] in _PLACES:
            return True
        if not digits.isdecimal() or len(digits) < 4:
            return False
        follower = self.words[at + 1 : at + 2]
        return len(digits) > 8 or digits[0] == "0" or bool(follower and len(follower[0]) == 2 and follower[0].isalpha())

    def _drop_unit_before(self, at: int) -> None:
        if self.wish.units and self.wish.units[-1].tokens[-1] == self.tokens[at - 1]:
            self.wish.units.pop()

    def _none(self, at: int, used: int) -> int:
        self._close()
        self.wish.nothing = True
        self.wish.touch(self.tokens[at : at + used])
        return used

    def _place(self, at: int, used: int, quantity: Quantity) -> None:
        """Give an amount to the wish that it belongs to: the one before it, or a new one."""
        wish, quantity = self.wish, self._summed(at, used, quantity)
        if quantity.unit == "person" and all(plain(unit.text) in words_of("talk", "verbs") for unit in wish.units):
            self.people = quantity
            return
        apart = wish.notes and wish.quantity and quantity.unit == ""  # "3 haring, 2 met uitjes 1 zonder"
        if (wish.units and not self._belongs_before(at, used, quantity)) or (apart and not wish.units):
            self._close()
            wish = self.wish
        if quantity.together and wish.units and wish.quantity:
            wish.quantity, wish.second = quantity, None  # "2 lappen van twee ons, dus samen vierhonderd gram"
        elif wish.quantity is None:
            wish.quantity, wish.behind = quantity, bool(wish.units)
        elif not wish.units and only_article(wish.quantity):
            wish.quantity = quantity
        elif only_article(wish.quantity) and quantity.unit in ("", "piece") and quantity.amount and quantity.amount > 1:
            wish.quantity = quantity  # "een blinde vink 4x"
        elif says_anew(wish.quantity, quantity) and self.words[at - 1] not in _OF_EACH:
            wish.quantity = quantity  # "een zak friet twee zakken"
        elif wish.second is None:
            wish.second = quantity
        wish.touch(self.tokens[at : at + used])

    def _belongs_before(self, at: int, used: int, quantity: Quantity) -> bool:
        """Whether an amount met after product words belongs to those words."""
        if at and self.words[at - 1] == "(" and self.wish.quantity is None:
            return True  # "karnemelk (2)"
        if quantity.unit in ("person", "euro") or self.words[at] == "van":
            return True
        if at and self.words[at - 1] == "van" and at + used < len(self.words) and self._amount(at + used):
            return True  # "eieren van tien een kilo bloem"
        if self.wish.quantity is None and (at < self.behind_to or self._is_enough(at + used)):
            return True
        if (
            self.wish.quantity is None
            and self.words[at + used : at + used + 1] == ["hele"]
            and self._nothing_follows(at + used + 1)
        ):
            return True  # "rookworst 2 hele"
        said = self.wish.quantity
        open_ = said is None or (only_article(said) and quantity.unit in ("", "piece")) or says_anew(said, quantity)
        return self._nothing_follows(at + used) and (open_ or quantity.unit in ("g", "ml", "slice"))

    def _is_enough(self, at: int) -> bool:
        """ "witlof vier stronkjes is genoeg en een brood"."""
        return self.words[at : at + 1] in (["is"], ["zijn"]) and "".join(self.words[at + 1 : at + 2]) in _ENOUGH

    # words that are no product

    def _joiner(self, at: int) -> int:
        word = self.words[at]
        if word == "of" and self._asks_whether(at + 1):
            self._close()
            return 1 if self._amount(at + 1) else 2  # "mijn zoon vraagt of u 2 broden mee kunt nemen"
        if word == "of" and (used := self._or_more(at + 1)):
            return 1 + used
        if word == "of" and self.wish.units:
            return self._either(at)
        if word == "of" and self._is_or_so(at + 1):
            return 2
        if word == "of" and self._is_other_pack(at + 1):
            return 2
        if word == "of" and self.wish.empty and (used := self._or_so_many(at + 1)):
            return 1 + used
        if word in ANDS:
            self._close("en")
            self._look_ahead(at + 1)
            return 1
        if word in ("nog", "extra"):
            if self.wish.units:
                self._close()
            self.wish.more = True
            return 1
        if word in _NEXT and self.wish.units:
            self._close()
            return 1
        return 0

    def _says_no_more(self, at: int) -> bool:
        """ "2 broden bedankt", "een ons is genoeg": no verb that tells of the goods; "bedankt voor de broden" does."""
        if self.words[at] in words_of("options", "prepared") or is_enough(self.words, at) or self._is_enough(at):
            return True
        if self.words[at] == "zeg" and self._amount(at + 1 + (self.words[at + 1 : at + 2] in _SAY)):
            return True  # "zeg 3 komkommers", "jonge kaas, zeg maar 7 ons"
        if self.words[at] == "hoor" and self._is_particle(at):
            return True
        if self.words[at] == "zijn" and at and self.words[at - 1] in _OF_HIS:
            return True  # "een taart met zijn naam"
        used = phrases_of("fillers", "goodbyes").at(self.words, at)
        beside = bool(self.wish.units) or (used and self._amount(at + used) is not None)
        return bool(used and beside) and self.words[at + used : at + used + 1] not in _FOR

    def _filler(self, at: int) -> int:
        used = introduction(self.tokens, self.words, at) or self._eater(at)
        if used:
            return used
        used = phrases_of("fillers", "order").at(self.words, at)
        if used and (told := phrases_of("fillers", "no_order").at(self.words, at)):
            return told  # "maar ik krijg daar buikpijn van"
        if used and self.words[at] in _CAN and self.words[at - 1] == "dan" and at and self._makes_of_it(at + used):
            return used  # "een kilo gehakt, dan kan ik ballen draaien"
        if used and self.words[at] == "voor" and self.words[at - 1] in ("is", "zijn") and at:
            return used  # "die ketchup is voor mij" orders nothing
        if used and self.words[at + used - 1] == "bestelling" and _OF_ORDERS & set(self.words[max(0, at - 2) : at]):
            return used  # "bij de vorige bestelling zat de komkommer onderin", "ik mis kroepoek in mijn bestelling"
        if used == 1 and self.words[at] in _SELF and self.words[at + 1 : at + 2] in (["ik"], ["we"], ["wij"]):
            return used  # "het bier regel ik zelf wel"
        if used == 1 and self.words[at] == "vergeet" and "niet" not in self.words[at:]:
            return used  # "die geur vergeet je nooit"
        if used and not (used == 1 and self.words[at] in ("voor", "in")):
            self._heard_order()
            return used
        used = phrases_of("fillers", "greetings").at(self.words, at) if self._begins() else 0
        used = used or self._parting(at)
        if not used and not at and self._is_called(at) and self.words[1] in COMMAS:
            return 1
        if (
            not used
            and at
            and self._begins()
            and (is_name(self.tokens[at]) or self.words[at] in words_of("fillers", "addressed") or self._is_called(at))
        ):
            return 1  # "beste slager", "hoi Anja"
        if not used and self._addresses(at):
            return 1
        for name in ("pickup", "deliver"):
            used = used or phrases_of("fillers", name).at(self.words, at)
        if used:
            return used
        if self.words[at] not in words_of("fillers", "words"):
            return 0
        if self.words[at] == "nodig":
            self._heard_need(at)
        self.wish.vague = self.wish.vague or (self.words[at] == "ofzo" and bool(self.wish.units))
        if self.wish.units and self.words[at] in _LOOSE:
            self.glue = self.glue or self.words[at]
        return 1


def _is_unknown_adjective(word: str) -> bool:
    return word.endswith("e") and word.isalpha() and not lexicon.is_real(word)


def cut(tokens: Sequence[Token], names: Names, taken: frozenset[int] = frozenset()) -> Cut:
    """The wishes of one clause, in order. ``taken``: places of the tokens that say when and are no product."""
    return _Cutter(tokens, names, taken).run()


__all__ = ["Cut", "Unit", "Wish", "cut", "group_words"]
