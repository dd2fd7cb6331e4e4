"""What is said beside the goods of a clause: how they must be, what they are for, for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.names import Names
from catalog.reading.nouns import is_adjective
from catalog.reading.numbers import read_number
from catalog.reading.options import PARTED
from catalog.reading.people import end_of_name
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.tokens import Token
from catalog.reading.units import unit_at
from catalog.reading.wanting import requests
from catalog.reading.wish import COMMAS, Cut, Unit, Wish, fillers, is_name, only_article, soft_words
from catalog.reading.words import plain
from catalog.search import lexicon

SKIPPED = frozenset(
    ("(", ")", ":", '"', "'", "=", "-", "*", "[", "]", "{", "}", "<", ">", "#", "!", "?", ".", "_", "~", "“", "”")
)
ANDS = frozenset(("en", "plus", "&", "+", "alsook", "alsmede", "ennuh", "enne"))
FOR_WHOM = (["is", "voor"], ["zijn", "voor"], ["was", "voor"])  # "dat is voor opa"
POINTED = frozenset(("dat", "die", "het", "ze", "dit", "'t"))
_OPEN_NOTES = frozenset(("zonder", "niet", "per", "liefst", "liever", "extra", "het"))
_PURPOSES = frozenset(
    ("op", "bij", "in", "de", "het", "mijn", "m'n", "mn", "onze", "over", "tijdens", "haar", "moeder", "een", "door", "onder")
)
_PLACED = frozenset(("op", "bij", "in", "over", "tijdens", "door", "onder"))
_FOR_WHEN = tuple(["als", who] for who in ("ik", "we", "wij", "ze", "hij", "mijn"))
_ONCE = (["keer"], ["dag"], ["avond"], ["middag"])
_THE = (["de"], ["het"], ["'t"], ["t"])
_ADDED = frozenset(("bij", "erbij", "nog", "extra"))
_ASKING = frozenset(("vragen", "vraag", "vraagt", "vroeg", "vraagje"))
_A = frozenset(("een", "n", "'n"))
_TO_COMMA = frozenset(("waarvan", "maakt", "geeft", "kies", "kiest", "kleur", "soort", "smaak"))
_NOT_THAT = frozenset(("die", "dat", "de", "van", "zo'n"))
_LONGEST_NOTE = 16  # words
_LONG_ASIDE = 24  # words between brackets
_WITH = ("met", "zonder")
_STRENGTHS = ("factor", "sterkte")
_MOST_EATERS = 60
_RELATED = frozenset(("je", "u", "ik", "we", "ze", "ge", "er", "nog", "al", "zo", "het", "de", "hij", "niet"))
_SOMEWHAT = frozenset(("wel", "nog", "best", "wat", "iets", "al", "ook", "gerust", "een", "beetje", "heel", "vrij"))
_LONGEST_WAY = 9  # words
_PACKED = frozenset(("verdeeld", "verpakt", "verpakken", "ingepakt", "verdelen", "afgepakt", "afgewogen"))
_PACKED_IN = ("in", "over", "per")
_BEGINS_NOTE = ("met", "(")  # "merguez 1 kg (mild)"

_SO_MUCH = frozenset(("dus", "dan", "ongeveer", "ca", "zo'n", "samen", "circa", ","))
_EACH = frozenset(("per", "elk", "ieder", "stuk", "pp"))


class Beside:
    """The tokens of one clause, the wish that is being read, and the notes that go with it."""

    def __init__(self, tokens: Sequence[Token], names: Names, taken: frozenset[int]) -> None:
        self.tokens = tokens
        self.words = [plain(token.lower) for token in tokens]
        self.raw = [token.lower for token in tokens]
        self.names = names
        self.amounts: dict[int, Quantity | None] = {}
        self.taken = taken  # places of tokens that say when
        self.wish = Wish()
        self.under: list[Unit] = []  # what a heading names: "melk: 2 volle, 1 halfvolle"
        self.cut = Cut()

    def _amount(self, at: int) -> Quantity | None:
        """The amount that stands there, read once: every "en" looks forty words ahead."""
        if at not in self.amounts:
            self.amounts[at] = read_quantity(self.raw, at)
        return self.amounts[at]

    def _end_of_aside(self, at: int) -> int:
        """The closing bracket of what is said in passing: not "(2)" or "(gesneden)", which say more of the wish."""
        end = next((end for end in range(at + 1, min(len(self.words), at + _LONG_ASIDE)) if self.words[end] == ")"), 0)
        inside = self.words[at + 1 : end]
        amount = self._amount(at + 1) if inside else None
        if amount and amount.used == len(inside):
            return 0  # "(ca 400 gr)"
        talks = any(
            word in words_of("talk", "verbs") or word in words_of("talk", "words") or word in fillers() for word in inside
        )
        return end if len(inside) > 2 or (talks and len(inside) > 1) else 0

    def _note(self, at: int) -> int:
        """A wish about how: "zonder ui", "in plakjes", "per twee verpakt"."""
        if beside := self._side(at) or self._strength(at):
            return beside
        if clause := self._clause_about(at) or self._parted(at) or self._not_that(at):
            self.wish.notes.append(" ".join(self.raw[at : at + clause]))
            return clause
        if self._is_some(at) or self._is_one_more(at):
            return 0
        used = self.names.options.at(self.words, at) or self._negated(at) or self._meal(at)
        if not used:
            used = phrases_of("options", "starts").at(self.words, at) or phrases_of("options", "taken_off").at(self.words, at)
            used = used or self._purpose(at)
            if not used:
                return 0
        end = at + used
        if self.words[at] in _TO_COMMA:
            while end < min(len(self.tokens), at + 12) and self.words[end] not in COMMAS:
                end += 1
        elif self.words[at] in _OPEN_NOTES or self.words[end - 1] in ("extra", "beetje"):
            end = self._end_of_note(at, end)
        if end == at + 1 and self.words[at] in _OPEN_NOTES:
            return 0
        if not self.wish.units and not self.cut.wishes and self.words[at] in ("liefst", "liever", "beetje"):
            return used  # "liefst volkoren", "beetje peterselie": what follows is the wish itself
        self.wish.notes.append(" ".join(self.raw[at:end]))
        self.wish.touch(self.tokens[at:end])
        return end - at

    def _is_some(self, at: int) -> bool:
        """ "een beetje drop": a little of goods, and no note about what stood before it."""
        if self.wish.units or self.words[at : at + 2] != ["een", "beetje"] or at + 2 >= len(self.words):
            return False
        return lexicon.is_real(self.words[at + 2]) and not self._is_soft(at + 2)

    def _is_one_more(self, at: int) -> bool:
        """ "een extra komkommer": the goods follow, and it is no note about them."""
        if self.words[at] != "extra" or self.wish.units or at + 1 >= len(self.words):
            return False
        word = self.words[at + 1]
        return lexicon.is_real(word) and word not in lexicon.describing() and not self._is_soft(at + 1)

    def _side(self, at: int) -> int:
        """ "4 haringen, 2 met uitjes en 2 zonder": what goes with so many of the goods before it, and with the others not."""
        before = self.cut.wishes[-1] if self.cut.wishes else None
        if self.words[at] not in _WITH or self.wish.units or not before or not before.units:
            return 0
        if not self.wish.quantity or self.wish.quantity.unit not in ("", "piece"):
            return 0
        alone = at + 1 >= len(self.words) or self.words[at + 1] in COMMAS | ANDS
        sides = [note.split(" ", 1)[1] for note in before.notes if note.startswith(_WITH) and " " in note]
        sides += [unit.text for unit in before.units if unit.link in _WITH]
        if alone and not sides:
            return 0
        end = at + 1 if alone else self._end_of_note(at, at + 1)
        note = f"{self.words[at]} {sides[0]}" if alone else " ".join(self.raw[at:end])
        self.wish.notes.append(note)
        self.wish.touch(self.tokens[at:end])
        return end - at

    def _strength(self, at: int) -> int:
        """ "leesbril +2", "zonnebrand factor 30": how strong it must be, and no amount."""
        if not self.wish.units or at + 1 >= len(self.words) or not self.words[at + 1][:1].isdecimal():
            return 0
        plus = self.words[at] == "+" and self.tokens[at].end == self.tokens[at + 1].start > self.tokens[at - 1].end + 1
        if not plus and self.words[at] not in _STRENGTHS:
            return 0
        if plus and not self._nothing_follows(at + 2):
            return 0
        self.wish.notes.append(self.words[at] + " " * (not plus) + self.words[at + 1])
        self.wish.touch(self.tokens[at : at + 2])
        return 2

    def _counts_bags(self, at: int, quantity: Quantity) -> bool:
        """ "een heel wit, in twee zakjes graag": how it is to be packed, and not how much."""
        packed = at > 0 and self.words[at - 1] == "in" and quantity.unit == "pack" and bool(self.wish.units or self.cut.wishes)
        end = at + quantity.used
        return packed and (self._nothing_follows(end) or self.words[end] in ("dan", "zodat", "want"))

    def _may_be(self, at: int) -> int:
        """ "mogen nog wel wat groen zijn": a way in which what was just named is good as well."""
        begin = at + int(self.words[at] in ("die", "ze", "het", "hij"))
        if self.words[begin : begin + 1] not in (["mag"], ["mogen"]) or not (self.wish.units or self.cut.wishes):
            return 0
        end = next(
            (end for end in range(begin + 2, min(len(self.words), begin + _LONGEST_WAY)) if self.words[end] == "zijn"), 0
        )
        inside = self.words[begin + 1 : end]
        told = [word for word in inside if self._tells_how(word) and word not in _SOMEWHAT]
        if not told or not all(word in fillers() or self._tells_how(word) for word in inside):
            return 0
        self.wish.notes.append(" ".join(self.raw[at : end + 1]))
        return end + 1 - at

    @staticmethod
    def _tells_how(word: str) -> bool:
        return word in soft_words() or is_adjective(word) or word in lexicon.describing() or word in _SOMEWHAT

    def _packing(self, at: int) -> int:
        """ "in pakjes van een pond", "per pond verpakt", "verdeeld over 4 zakjes": how it is to be packed, and not how much."""
        begin = at + int(self.words[at] in _PACKED)
        joint = self.words[begin] if begin < len(self.words) else ""
        wish = self.wish if self.wish.units or not self.cut.wishes else self.cut.wishes[-1]
        weighed = wish.quantity is not None and wish.quantity.unit == "g"
        if joint not in _PACKED_IN or not (weighed or begin > at):
            return 0
        end = self._per_weight(begin) if joint == "per" else self._bags(begin, by_number=joint == "over" or weighed)
        if not end:
            return 0
        end += int(end < len(self.words) and self.words[end] in _PACKED)
        (wish if wish.units else self.wish).notes.append(" ".join(self.raw[at:end]))
        return end - at

    def _per_weight(self, at: int) -> int:
        """The end of "per pond"; 0 when no weight stands there."""
        amount = self._amount(at + 1)
        found = unit_at(self.raw, at + 1) if amount is None else None
        if found and found[0].unit == "g":
            return at + 1 + found[1]
        return at + 1 + amount.used if amount and amount.unit == "g" else 0

    def _bags(self, at: int, *, by_number: bool) -> int:
        """The end of "in pakjes van een pond" or, ``by_number``, of "over 4 zakjes"; 0 when no bags of so much are named."""
        amount = self._amount(at + 1)
        if amount and amount.unit == "g" and amount.times and by_number:
            return at + 1 + amount.used  # "in 4 zakjes van 250 gram"
        if amount and amount.unit == "pack":
            return at + 1 + amount.used if by_number else 0
        found = unit_at(self.raw, at + 1)
        behind = at + 1 + found[1] if found and found[0].unit == "pack" else len(self.words)
        held = self._amount(behind + 1) if self.words[behind : behind + 1] == ["van"] else None
        return behind + 1 + held.used if held and held.unit in ("g", "", "piece") else 0

    def _counts_eaters(self, at: int, quantity: Quantity) -> bool:
        """ "erwtensoep voor 8", "gourmet voor vier": for how many, and not how much; not "voor 6 krentenbollen"."""
        if not self.wish.units or self.words[at - 1] != "voor" or quantity.unit or not quantity.amount:
            return False
        whole = quantity.amount.denominator == 1 and 1 < quantity.amount <= _MOST_EATERS and not only_article(quantity)
        return whole and self._nothing_follows(at + quantity.used)

    def _clause_about(self, at: int) -> int:
        """ "die je meteen kan eten", "als u die heeft": said of the goods before it, up to the comma or the next amount."""
        if not self.wish.units or self.words[at] not in ("die", "als") or at + 2 >= len(self.words):
            return 0
        end = at + 1
        while end < len(self.words) and self.words[end] not in COMMAS and self.words[end] not in ANDS and end not in self.taken:
            if end > at + 1 and self._amount(end):
                break
            end += 1
        inside = set(self.words[at + 1 : end])
        tells = bool(inside & words_of("talk", "verbs")) or self.words[at + 1] in _RELATED
        return end - at if tells and not inside & {"dan", "geen", "niet", "anders"} else 0

    def _parted(self, at: int) -> int:
        """ "2 volkoren, eentje gesneden en de ander niet": how an amount is shared out, up to the comma; the shop reads it."""
        wish = self.wish if self.wish.units else self.cut.wishes[-1] if self.cut.wishes and self.wish.empty else None
        if wish is None or wish.quantity is None or (self.wish.units and self.words[at] == "voor"):
            return 0
        if self._counts_other_goods(at):
            return 0
        near = takewhile(lambda word: word not in COMMAS, self.words[at : at + _LONGEST_NOTE])
        if not PARTED.match(" ".join(near)):
            return 0
        return next((end for end in range(at, len(self.words)) if self.words[end] in COMMAS), len(self.words)) - at

    def _counts_other_goods(self, at: int) -> bool:
        """ "een zak uien een zak aardappelen en een rookworst die van de slager": more goods, and no sharing out."""
        amount = self._amount(at)
        if amount is None or amount.unit in ("g", "ml", "pack", "bunch"):
            return amount is not None
        name = "".join(self.words[at + amount.used : at + amount.used + 1])
        return lexicon.is_real(name) and name not in lexicon.describing()

    def _not_that(self, at: int) -> int:
        """ "een kilo appels maar niet die zure": what it must not be; "die melk niet, die heb ik nog" is no note."""
        if self.words[at] != "niet" or not self.wish.units or not _NOT_THAT & set(self.words[at + 1 : at + 2]):
            return 0
        if self.words[at - 1] != "maar" and not self.wish.quantity:
            return 0
        end = next((end for end in range(at + 1, len(self.words)) if self._stops_note(end)), len(self.words))
        return 0 if words_of("talk", "verbs") & set(self.words[at:end]) else end - at

    def _negated(self, at: int) -> int:
        """ "niet gesneden", "niet snijden": how it must not be."""
        return (
            2 if self.words[at] == "niet" and self.wish.units and self.words[at + 1 : at + 2] and self._is_soft(at + 1) else 0
        )

    def _summed(self, at: int, used: int, quantity: Quantity) -> Quantity:
        """ "2 sukadelappen, dat is 600 gram": what all of them weigh; "dat is 100 gram per stuk" is said of each."""
        ahead = [word for word in self.words[max(0, at - 4) : at] if word not in _SO_MUCH]
        sums = quantity.unit in ("g", "ml") and ahead[-2:] in (["dat", "is"], ["dat", "zijn"], ["dat", "wordt"])
        each = not _EACH.isdisjoint(self.words[at + used : at + used + 2])
        return replace(quantity, together=True) if sums and not each else quantity

    def _is_soft(self, at: int) -> bool:
        return self.words[at] in words_of("options", "words")

    def _meal(self, at: int) -> int:
        """ "bij de koffie graag 6 tompouces": when it is eaten; "bij de koffie mag er nog een" is of what lies there."""
        if self.words[at] != "bij" or (self.wish.quantity and not self.wish.units):  # "wat bij de borrel"
            return 0
        at_meal = self.words[at + 1 : at + 2] in _THE
        meal = at_meal and "".join(self.words[at + 2 : at + 3]) in words_of("groups", "meals")
        return 3 if meal and _ADDED.isdisjoint(self.words[:at] + self.words[at + 3 :]) else 0

    def _purpose(self, at: int) -> int:
        """ "voor op tafel", "voor mijn moeder": what it is for, up to the next amount or comma."""
        if self.words[at] != "voor" or at + 2 >= len(self.tokens) + 1 or at + 1 >= len(self.tokens):
            return 0
        if at + 1 in self.taken:
            return 0
        if is_name(self.tokens[at + 1]):
            return end_of_name(self.tokens, self.words, at + 2, False) - at
        if self._is_somebody(at + 1):
            return 2
        if self.words[at + 1 : at + 3] in _FOR_WHEN:
            return next((end for end in range(at + 3, len(self.words)) if self._ends_when(end)), len(self.words)) - at
        if self.words[at + 1] not in _PURPOSES:
            return 0
        if self.words[at + 1] == "haar" and self.wish.empty and lexicon.is_real("".join(self.words[at + 2 : at + 3])):
            return 2  # "en voor haar kipfilet", not "voor haar verjaardag"
        if self.words[at + 1] in _A and self._is_asked_for(at + 2):
            return 0
        placed = self.words[at + 1] in _PLACED and bool(_A & set(self.words[at + 2 : at + 3]))
        end = at + 2 + placed  # "voor in een kerstpakketje"
        if self._goods_follow(at + 3):
            return 3
        while end < min(len(self.tokens), at + 6) and end not in self.taken and not self._stops_note(end):
            end += 1
        return end - at if end > at + 2 else 0

    def _ends_when(self, at: int) -> bool:
        """Whether "voor als ik een keer geen tijd heb" goes no further: a comma, an "en", or what is counted."""
        amount = self._amount(at)
        counts = bool(amount and amount.amount) and self.words[at + 1 : at + 2] not in _ONCE
        return counts or self.words[at] in COMMAS or self.words[at] in ANDS

    def _is_asked_for(self, at: int) -> bool:
        """ "ik ga toch maar voor een komkommer": the goods themselves, and not what others are for."""
        behind = self.words[at:]
        named = any(lexicon.is_real(plain(unit.text)) for wish in (*self.cut.wishes, self.wish) for unit in wish.units)
        if named or not any(map(lexicon.is_real, behind[:3])) or any(self._amount(one) for one in range(at, len(self.words))):
            return False
        return self.cut.ordered or requests(self.words)

    def _asks_whether(self, at: int) -> bool:
        """ "mijn zoon vraagt of u 2 broden mee kunt nemen", "de vraag is of ik een brood kan krijgen"."""
        who = "".join(self.words[at : at + 1])
        counts = at > 1 and self.words[at - 2] in _ASKING and self._amount(at) is not None  # "vragen of 1 taart kan"
        asks = who in ("ik", "we", "wij", "er") or counts
        return who in ("u", "je", "jullie", "jij", "ge", "gij") or (asks and requests(self.words))

    def _goods_follow(self, at: int) -> bool:
        """ "en voor de konijnen hooi": the one word behind whom it is for is what is wanted."""
        if not self.wish.empty or at >= len(self.words) or self.words[at - 2] not in ("de", "het", "mijn", "onze"):
            return False
        closes = at + 1 >= len(self.words) or self._stops_note(at + 1)
        goods = lexicon.is_real(self.words[at]) or self.words[at] in lexicon.brands()
        return closes and goods and self.words[at - 1] not in fillers()

    def _is_somebody(self, at: int) -> bool:
        """ "een liter chocolademelk voor Timo": a word with a capital that closes the wish, and is no goods."""
        text = self.tokens[at].text
        named = text[:1].isupper() and text[1:].islower() and self.tokens[at - 1].text.islower()
        return named and not lexicon.is_real(self.words[at]) and self._nothing_follows(at + 1)

    def _end_of_note(self, at: int, end: int) -> int:
        limit = min(len(self.tokens), at + 5)
        if self.words[at] == "per":
            number = read_number(self.raw, end)
            end += number.used if number else 0
        while end < limit and end not in self.taken and not self._stops_note(end):
            if self.words[end] == "want" and self.words[at] == "zonder":
                break  # "zonder ui want ...", but "niet gesneden want ..." is told whole
            end += 1
        return end

    def _stops_note(self, at: int) -> bool:
        word = self.words[at]
        return (
            word in COMMAS
            or word in ANDS
            or word in SKIPPED
            or word in ("graag", "voor")
            or (word == "die" and self.words[at + 1 : at + 2] in (["ik"], ["we"], ["wij"]))
            or (word != "wat" and bool(self._amount(at)))
        )

    def _nothing_follows(self, at: int) -> bool:
        """Whether the wish ends here: a comma, "en", the end, or only words that say nothing."""
        while at < len(self.tokens):
            word = self.words[at]
            if word in COMMAS or word in ANDS or word in _BEGINS_NOTE:
                return True
            if word in POINTED and self.words[at + 1 : at + 3] in FOR_WHOM:
                return True  # "van dat stoofvlees een kilo het is voor hachee"
            skipped = phrases_of("options", "starts").at(self.words, at)
            if skipped:
                return True
            if not (at in self.taken or word in SKIPPED or word in words_of("fillers", "words") or word in soft_words()):
                return False
            at += 1
        return True
