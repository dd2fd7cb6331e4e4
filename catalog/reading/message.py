"""A whole message: what is ordered, changed, asked or merely said. Pure: the same words at the same moment read the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate

from catalog.reading.amounts import measure
from catalog.reading.applied import is_instead, said_so_far, set_in_basket, told_otherwise, with_change
from catalog.reading.as_json import as_json
from catalog.reading.basket_words import in_basket
from catalog.reading.changes import change_of, first_quantity
from catalog.reading.clause_parts import around_reason, between_commas, parts_of_clause
from catalog.reading.corrections import (
    Correction,
    begun_amount,
    correction_at,
    denied,
    gives_up,
    has_already,
    of_list,
    read_correction,
    taken_back,
    takes_back,
)
from catalog.reading.doubt import doubted, opposed, twice
from catalog.reading.fallback import SecondChoice, second_choice, with_answers, with_second
from catalog.reading.intents import is_order_button, shaped_intent, whole_intent
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.lines import line_of, with_amount, words_said
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import noun_of
from catalog.reading.numbers import number_word
from catalog.reading.options import PARTED
from catalog.reading.ordering import MOST_LINES, Ordering
from catalog.reading.quantities import Quantity, in_unit_of, read_quantity
from catalog.reading.questions import NEVER_ORDER, begins_as_question, interrogates, question_of, topic_of
from catalog.reading.result import BasketLine, Intent, Line, Question, Reading, Shelf
from catalog.reading.split import Clause, clauses
from catalog.reading.spoken import as_typed
from catalog.reading.swaps import also_counted, other_kind, swap_in
from catalog.reading.talk import reports, without_closing
from catalog.reading.tokens import Token, lowers, tokenize
from catalog.reading.when import When, find_when
from catalog.reading.when_clock import open_hours
from catalog.reading.wishes import Cut, Wish, cut
from catalog.reading.words import plain

_MORE = frozenset(("ook", "nog", "erbij", "plus", "extra", "daarnaast"))
_SECOND_THOUGHT = re.compile(
    r"(?:(?:en|nee|ach|nou|of|,) )*(?:doe |neem |geef |ik wil |dan )?(?:dan |toch |liever )+(?:maar|liever|wel|gewoon)\b"
    r"|(?:(?:en|nee|ach|och|nou|hm+|oh|o|of|,) )+toch (?!niet|geen|ook|nog)"
)
_ONLY = re.compile(r"(?:(?:nou|nee|ach|oke|ok|doe|dan|toch|maar|,) )*alleen (?:maar )?(?:de|het|die|dat)\b")
_BOTH = frozenset(("allebei", "beide", "alletwee", "alle"))
_REASONING = frozenset(("we", "wij", "ik", "hij", "zij", "ze", "er", "mijn", "mn", "die", "dat", "onze", "dan"))
_DAY_TAKEN_BACK = frozenset(("nee", "bedoel", "sorry", "wacht", "correctie"))
_SHORT_HOW = 4  # words
_WANTING = frozenset(("graag", "wil", "willen", "wilt", "neem", "nemen", "bestel", "bestellen", "ook", "nog", "doe"))
_SWAPPED = frozenset(("andersom", "omgekeerd"))
_MUST_BE = frozenset(("moet", "moeten", "worden"))
_TELEPHONE = re.compile(r"\b0\d[\d ]{7,}|\b06\b")
_LONGEST_HEADING = 4  # words
_LONG = 99  # words of what is not read that are kept
_TOMORROW = frozenset(("morgen", "graag", "maar", "dan", "aub", "alstublieft", "liefst", "hoor"))
_ANSWERS = frozenset(("yes", "no", "done"))  # a change may begin with "nee" as well
_MOST_PARTS = 8
_MOST_CORRECTIONS = 8
MOST_CLAUSES, MOST_TOKENS = 100, 1_500  # of one message; a messenger takes 4,096 characters
LONGEST = 20_000  # characters that are read; what is longer was pasted, not typed


def read(
    text: str,
    shelf: Shelf,
    now: datetime,
    *,
    basket: Sequence[BasketLine] = (),
    usual: Mapping[str, str] | None = None,
) -> Reading:
    """Understand one message of a resident at ``now`` (aware).

    ``usual`` holds what she chose before, by ``usual_key`` of the words. Never raises on any text.
    """
    tokens = as_typed(tokenize(text[:LONGEST])[:MOST_TOKENS])
    words = [plain(token.lower) for token in tokens]
    if is_order_button(words):
        return Reading(text, "done", place_order=True)
    whole = whole_intent(words)
    if whole == "greeting" and "morgen" in words and set(words) <= _TOMORROW:
        when = find_when("morgen graag", now)[0]  # as an answer it is tomorrow; "morgen!" greets
        return Reading(text, whole if words == ["morgen"] else "other", when=when, moment=when)
    if whole:
        return Reading(text, whole)
    reader = _Reader(text=text[:LONGEST], tokens=tokens, lookup=Lookup(shelf, usual or {}, basket), now=now)
    return reader.read()


@dataclass(kw_only=True)
class _Reader(Ordering):
    now: datetime
    questions: list[Question] = field(default_factory=list)
    intents: list[Intent] = field(default_factory=list)
    pickup: bool | None = None
    unsettled: Line | None = None  # was said, then doubted aloud
    last_asked: object = None  # which clause was last looked at for changes, and what they were
    last_changes: Sequence[Line] = ()
    corrected: int = 0  # how often words were taken back

    def read(self) -> Reading:
        opens, closes = open_hours(self.lookup.shelf.square)
        found = find_when(self.tokens, self.now, opens=opens, closes=closes, text=self.text)
        self.whens = [when for when in found if not _is_amount(when)]
        self.names = self.lookup.shelf.names
        for clause in with_answers(clauses(self.tokens)[:MOST_CLAUSES]):
            self._clause(clause)
        self.lines = twice([one for line in self.lines for one in opposed(line)], self.lookup)
        suiting = [when for when in self.whens if not when.denied]
        suiting = [one for at, one in enumerate(suiting) if not self._is_put_right(one, suiting[at + 1 : at + 2])]
        when = next((when for when in suiting if when.day is None or when.day >= self.now.date()), None)
        past = suiting[0] if suiting and not self.lines and "repeat" not in self.intents else None  # "als vorige week"
        return Reading(
            self.text, self._intent(when), tuple(self.lines), when, tuple(self.questions),
            pickup=self.pickup, rest=" ".join(self.rest), moment=when or past,
        )  # fmt: skip

    def _clause(self, clause: Clause) -> None:
        clause = replace(clause, tokens=without_closing(clause.tokens))
        words = clause.words
        if not words or self._is_full(words):
            return
        self._heard_pickup(words)
        whole = whole_intent(words)
        if whole:
            self.intents.append(whole)
            return
        if self._heads_list(words):
            self.rest.extend(words)
            return
        if clause.heads and not any(map(str.isdecimal, words)) and self.lookup.find(" ".join(words)).verdict != "clear":
            self.rest.extend(words)  # "boodschappen voor oma:"
            return
        first = whole_intent(words[: words.index(",")]) if "," in words else None
        if first in ("cancel", "stop") or (first == "callme" and any("bel" in word for word in words[: words.index(",")])):
            self.intents.append(first)  # "annuleer alles maar, we gaan uit eten"
            return
        if gives_up(words) and not (self.lines or self.lookup.basket):
            return
        if _SWAPPED & set(words):
            self.lines = doubted(self.lines)  # "2 rood en 1 blauw, andersom bedoel ik"
        at = self._unsaid(words)
        if at >= 0:
            del self.lines[at]
            self.wish = None
            self.intents.append("remove")
            return
        if self._swapped(clause) or self._has_second(clause):
            return
        at = correction_at(words) if self.corrected < _MOST_CORRECTIONS else -1
        if at > 0 or (at == 0 and (self.lines or (self.lookup.basket and not self._changes_of(clause)))):
            self.corrected += 1
            correction = read_correction(clause.tokens[at:])
            begun = 0 if correction.amount else begun_amount(clause.tokens[:at])
            self._clause(Clause(clause.tokens[: at - begun], False))
            if begun:
                self._clause(Clause(correction.rest, clause.asked))  # "een huzarensalade en twee, nee drie moorkoppen"
            else:
                self._correct(correction, clause)
            return
        parts = self._repeats(clause) or self._changes_between_commas(clause) or self._change_and_more(clause)
        parts = parts or parts_of_clause(clause)
        if parts != [clause]:
            for part in parts:
                self._clause(part)
            return
        self._sentence(clause, words)

    def _is_put_right(self, when: When, after: Sequence[When]) -> bool:
        """ "vrijdag, nee zaterdag": the day is taken back by the one after it."""
        if not after or when.day is None or after[0].day is None:
            return False
        between = [plain(word) for word in lowers(self.text[when.span[1] : after[0].span[0]])]
        return any(word in _DAY_TAKEN_BACK for word in between[-4:])

    def _swapped(self, clause: Clause) -> bool:
        """One thing for another, or another count: what stands before it is read first, what stands behind it after."""
        lookup = replace(self.lookup, basket=(*self.lookup.basket, *said_so_far(self.lines)))
        swap = swap_in(clause, self.text, self.names, lookup)
        if swap is None:
            return False
        self._clause(Clause(swap.before, False))
        self._change([swap.line])
        self.wish = None
        more = Clause(swap.more, clause.asked)
        also = also_counted(more, self.text, self.names, lookup) if swap.line.op == "set" else None
        if also:
            self._change([also.line])
            more = Clause(also.more, clause.asked)
        self._clause(more)
        return True

    def _has_second(self, clause: Clause) -> bool:
        """A second choice: the first is asked, with the other as its note."""
        second = second_choice(clause)
        if second is None:
            return False
        before, known = len(self.lines), list(self.lines)
        self._clause(Clause(second.before, False))
        if len(self.lines) == before and second.named and self._named_line(second) < 0:
            if second.denies or in_basket(" ".join(token.lower for token in second.named), self.lookup):
                self.lines = known
                return False
            self._clause(Clause(second.named, False))
        at = self._named_line(second)
        at = at if at >= 0 else len(self.lines) - 1
        if at < 0 or self.lines[at].op != "add":
            self.lines = known
            return False
        clear = self.lines[at].product
        self.lines[at] = with_second(self.lines[at], second, self.lookup.product(clear) if clear else None)
        self.wish = None
        self._clause(Clause(second.more, clause.asked))
        return True

    def _named_line(self, second: SecondChoice) -> int:
        """The line of this message that the condition is about; -1 when it names none."""
        nouns = {noun_of(plain(token.lower)) for token in second.named}
        own = [at for at, line in enumerate(self.lines) if line.op == "add"]
        fits = [at for at in own if nouns & {noun_of(plain(word)) for word in self.lines[at].words.split()}]
        return fits[-1] if fits else -1

    def _heads_list(self, words: Sequence[str]) -> bool:
        """Whether a line of a list only names the shop that what follows comes from: "Bakker", "Groente"."""
        if "\n" not in self.text or len(words) > _LONGEST_HEADING:
            return False
        said = " ".join(words)
        if said in words_of("groups", "headings"):
            return True
        kinds = {plain(name.lower()) for shop in self.lookup.shelf.square.shops for name in (shop.kind, shop.slug, shop.name)}
        heads = kinds | words_of("fillers", "addressed")
        if said in heads:
            return True
        listed = {plain(line.strip(" :-").lower()) for line in self.text.splitlines()}
        return said in words_of("groups", "departments") and bool(listed & heads)

    def _unsaid(self, words: Sequence[str]) -> int:
        """ "kaas laat maar", "oh nee mango niet", "toch niet": the line of this message that is taken back; -1 for none."""
        left = taken_back(words) if self.lines else None
        if left is None:
            return -1
        own = [at for at, line in enumerate(self.lines) if line.op == "add"]
        if not left:
            return own[-1] if own and len(words) <= 4 and "toch" in words else -1
        said = {noun_of(word) for word in left}
        fitting = [at for at in own if said <= {noun_of(plain(word)) for word in self.lines[at].words.split()}]
        return fitting[-1] if fitting else -1

    def _is_full(self, words: Sequence[str]) -> bool:
        """Whether there are more lines than anybody orders at once: the rest was pasted, and is not read."""
        full = len(self.lines) >= MOST_LINES or len(self.rest) > LONGEST // 10
        if full:
            self.rest.extend(words[: _LONG - len(self.rest)])
        return full

    def _is_unsaid(self, words: Sequence[str]) -> bool:
        return gives_up(words) or self._unsaid(words) >= 0

    def _correct(self, correction: Correction, clause: Clause) -> None:
        """What was just said is taken back, gets another amount, or makes room for what follows."""
        last = self.lines[-1] if self.lines and self.lines[-1].op == "add" else None
        if self.wish and self.wish.behind:
            correction = of_list(correction)
        if last is None:
            if correction.amount and self._count_anew(correction):
                return
            if self.lines and self.lines[-1].op == "set" and not self.lookup.basket:
                self.lines.pop()  # "drie, nee vier haringen"
            before = len(self.lines)
            self._clause(Clause(correction.rest, clause.asked))
            self.lines[before:] = [set_in_basket(line, self.lookup) for line in self.lines[before:]]
        elif correction.amount and self.wish:
            self._amount_anew(self.wish, first_quantity(" ".join(t.lower for t in correction.rest)), last)
            self._clause(Clause(correction.more, clause.asked))
        elif correction.amount and last.product:
            said = first_quantity(" ".join(token.lower for token in correction.rest))
            self.lines[-1] = with_amount(last, measure(self.lookup.product(last.product), said, None, last.words))
        elif correction.back:
            self.lines.pop()
            self.wish = None
            self._clause(Clause(correction.rest, clause.asked))
        elif not (self._takes_out(correction.rest, clause) or self._how_anew(correction.rest)):
            self._replace_last(last, self.wish, Clause(correction.rest, clause.asked))

    def _count_anew(self, correction: Correction) -> bool:
        """ "de rookworsten: 3, nee 4": the change that was just read, with another amount."""
        last = self.lines[-1] if self.lines else None
        if last is None or last.op not in ("set", "more", "less") or not last.product:
            return False
        said = first_quantity(" ".join(token.lower for token in correction.rest))
        self.lines[-1] = with_amount(last, measure(self.lookup.product(last.product), said, None, last.words))
        self._clause(Clause(correction.more, False))
        return True

    def _takes_out(self, rest: tuple[Token, ...], clause: Clause) -> bool:
        """ "koekjes, nee geen koekjes", "o nee die heb ik nog": a line of this message goes out."""
        words = [plain(token.lower) for token in rest]
        used = denied(words, [plain(word) for word in self.lines[-1].words.split()])
        if used:
            self.lines.pop()
            self.wish = None
            self._clause(Clause(rest[used:], clause.asked))
            return True
        end = next((at for at, word in enumerate(words) if word in (",", "en")), len(words))
        if not has_already(words[:end]):
            return False
        nouns = {noun_of(word) for word in words[:end]}
        own = [at for at, line in enumerate(self.lines) if line.op == "add"]
        named = [at for at in own if nouns & {noun_of(plain(word)) for word in self.lines[at].words.split()}]
        del self.lines[named[-1] if named else -1]
        self.wish = None
        self._clause(Clause(rest[end + 1 :] if "niet" not in words[end:] else (), clause.asked))
        return True

    def _how_anew(self, rest: tuple[Token, ...]) -> bool:
        """ "in plakken, o nee aan het stuk", "6 witte bolletjes, nee bruine": the last line, otherwise."""
        at = next((at for at in reversed(range(len(self.lines))) if self.lines[at].candidates), -1)
        if at < 0 or self.lines[at].op != "add":
            return False
        line = self.lines[at]
        end = next((place for place, token in enumerate(rest) if token.lower in (",", "en")), len(rest))
        told = self._only_how(rest[:end])
        changed = told_otherwise(line, told, self.lookup.product(line.product) if line.product else None) if told else None
        if changed:
            self.lines[at:], self.wish = [changed], None
        elif at < len(self.lines) - 1 or not self._of_other_kind(line, rest[:end]):
            return False
        self._clause(Clause(rest[end + 1 :], False))
        return True

    def _only_how(self, part: tuple[Token, ...]) -> list[str]:
        """What these tokens say of how it must be; nothing when they say more than that."""
        if part and part[0].lower in ("met", "zonder") and len(part) <= _SHORT_HOW:
            return [" ".join(token.lower for token in part)]
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

    def _amount_anew(self, wish: Wish, said: Quantity | None, last: Line) -> None:
        """Another amount for the line that was last said: of the same product, when as much of it can be had."""
        before = None if wish.second else wish.quantity  # "1 ons leverkaas, 3 ons, nee 2": of which is not said
        wish.quantity, wish.second, wish.anew = said and in_unit_of(said, before), None, True
        line = line_of(wish, self.text, self.lookup)
        if last.product and not line.product and wish.quantity:
            amount = measure(self.lookup.product(last.product), wish.quantity, None, last.words)
            line = with_amount(replace(last, said=line.said), amount) if amount.asks is None else line
        self.lines[-1] = line

    def _replace_last(self, last: Line, wish: Wish | None, clause: Clause) -> None:
        before = len(self.lines)
        self._clause(clause)
        new = self.lines[before : before + 1]
        if not new and self.questions:
            self.lines[-1:] = doubted(self.lines[-1:])  # "boerenkaas... wacht, hebben jullie die?"
        elif not new and len(self.lines) == before:
            if clause.words[-1:] and (clause.words[-1].isdecimal() or number_word(clause.words[-1])):
                self.lines[-1:] = doubted([last])  # "2 rookworsten, nee wacht, mijn vrouw zegt 3"
            self.unsettled = self.lines[-1]  # "4 tompoezen, of nee wacht, Gerrit eet niet mee": the other may follow
        earlier = next((at for at in reversed(range(before - 1)) if new and self.lines[at].product == new[0].product), -1)
        if new and earlier >= 0 and new[0].product and new[0].op == "add" and new[0].amount is not None:
            self.lines[earlier : earlier + 1] = self.lines[before : before + 1]  # "4 flappen en 2 taarten, nee 6 flappen"
            del self.lines[before]
            return
        if new and new[0].op == "add" and new[0].candidates:
            if wish and wish.quantity and self.wish and not self.wish.quantity and len(self.lines) == before + 1:
                self.wish.quantity = wish.quantity
                self.lines[-1] = line_of(self.wish, self.text, self.lookup)
            self.lines = [line for line in self.lines if line is not last]

    def _repeats(self, clause: Clause) -> list[Clause]:
        """ "hetzelfde als vorige week en een bos bloemen": heard, and what stands around it is read on."""
        words, phrases = clause.words, phrases_of("intents", "repeat")
        parts: list[tuple[Token, ...]] = []
        at = begin = 0
        while at < len(words):
            used = phrases.at(words, at)
            if 3 <= used < len(words):
                parts.append(clause.tokens[begin:at])
                begin = at = at + used
            else:
                at += 1
        if not parts:
            return []
        self.intents.append("repeat")
        rest = [Clause(tokens, clause.asked) for tokens in (*parts, clause.tokens[begin:]) if len(tokens) > 1]
        return rest or [Clause((), False)]

    def _changes_between_commas(self, clause: Clause) -> list[Clause]:
        """ "geen komkommer, wel 2 courgettes": read part by part when one of the parts is a change."""
        words = clause.words
        if "," not in words or len(words) > 40 or self._changes_of(clause):
            return []
        parts = between_commas(clause)
        if len(parts) < 2 or any(PARTED.match(" ".join(part.words)) for part in parts[1:_MOST_PARTS]):
            return []
        changes = [line for part in parts[:_MOST_PARTS] for line in self._changes_of(part)]
        if any(takes_back(part.words, clause.words[:at]) for at, part in _places(parts)) or self._is_unsaid(parts[0].words):
            return parts
        first = self._changes_of(parts[0])
        if first and parts[1].words[0] in _REASONING and not any(self._changes_of(part) for part in parts[1:_MOST_PARTS]):
            return self._without_reasons(parts)  # "toch maar twee, er komen meer mensen"
        bare = all(line.op == "set" and line.target == "last" for line in changes)  # "patat, 2 zakken" is one wish
        return [] if bare else parts

    def _without_reasons(self, parts: Sequence[Clause]) -> list[Clause]:
        """Behind a change, what only tells why is left out: nothing in it is of this shelf."""
        kept = list(parts[:1])
        for part in parts[1:]:
            told = part.words[0] in _REASONING and not _WANTING & set(part.words)
            if not told or any(self.lookup.knows(word) >= 0.95 for word in part.words if len(word) > 3):
                kept.append(part)
        return kept

    def _changes_of(self, clause: Clause) -> Sequence[Line]:
        """What a clause changes, in the basket or in what this message said before it."""
        taken = self._taken(clause)
        if taken:  # "niet morgen maar woensdag" changes nothing in the basket
            clause = replace(clause, tokens=tuple(token for at, token in enumerate(clause.tokens) if at not in taken))
        if not clause.tokens or reports(clause.words):
            return []
        said = said_so_far(self.lines)
        asked = (clause.tokens, clause.asked, tuple(said))
        if asked != self.last_asked:
            lookup = replace(self.lookup, basket=(*self.lookup.basket, *said))
            self.last_asked, self.last_changes = asked, change_of(clause, self.text, self.names, lookup)
        return self.last_changes

    def _change_and_more(self, clause: Clause) -> list[Clause]:
        """ "laat de bananen maar weg en doe er een kilo peren bij": something goes out, and then something is ordered."""
        words = clause.words
        if len(words) > 40 or not words_of("changes", "goes_out") & set(words):
            return []
        reasoned = around_reason(clause)
        if reasoned and self._changes_of(reasoned[0]) and (self._begins_order(reasoned[1]) or self._changes_of(reasoned[1])):
            return reasoned
        if any(line.op == "replace" for line in self._changes_of(clause)):
            return []
        for at in [at for at, word in enumerate(words) if word in ("en", "dan") and 1 < at < len(words) - 1][:_MOST_PARTS]:
            first, rest = Clause(clause.tokens[:at], False), Clause(clause.tokens[at + 1 :], clause.asked)
            if self._adds_and_removes(first, rest):
                return [first, rest]
            changes = self._changes_of(first)
            if (
                changes
                and all(line.op == "remove" and line.target for line in changes)
                and (self._begins_order(rest) or self._changes_of(rest))
            ):
                return [first, rest]
        return []

    def _adds_and_removes(self, first: Clause, rest: Clause) -> bool:
        """ "zet er nog een komkommer bij en die sla hoeft niet": something is ordered, and then something goes out.

        "Een komkommer en de sla mogen weg" takes out both: nothing before the "en" says that it is ordered.
        """
        adds = phrases_of("fillers", "order").at(first.words, 0) > 0 or bool((_MORE | {"zet"}) & set(first.words))
        if not adds or words_of("changes", "goes_out") & set(first.words) - {"bij"} or _BOTH & set(rest.words):
            return False
        removed = self._changes_of(rest)
        return bool(removed) and all(line.op == "remove" for line in removed)

    def _begins_order(self, clause: Clause) -> bool:
        words, raw = clause.words, [token.lower for token in clause.tokens]
        if words[:1] == ["wel"]:
            return True  # "geen krentenbollen en wel een volkoren"
        return phrases_of("fillers", "order").at(words, 0) > 0 or read_quantity(raw) is not None

    def _sentence(self, clause: Clause, words: Sequence[str]) -> None:
        found = cut(clause.tokens, self.names, self._taken(clause))
        heard = shaped_intent(words) if not found.counted or _TELEPHONE.search(" ".join(words)) else None
        if heard in _ANSWERS and found.ordered and any(wish.quantity and wish.units for wish in found.wishes):
            heard = None  # "ja doe maar een bloemkool"
        if heard and heard not in _ANSWERS:
            self.intents.append(heard)
            return
        question = question_of(clause, self.text, self.lookup)
        if question and question.topic in NEVER_ORDER and not found.counted:
            self.questions.append(question)
            return
        changes = self._changes_of(clause)
        if changes:
            self._change(changes)
        elif heard:
            self.intents.append(heard)
        elif question and not self._orders(found, words):
            self.questions.append(question)
            for wish in found.wishes:
                wish.units = [unit for unit in wish.units if self._may_be_product(unit) and self._is_of_shelf(unit)]
            known = [wish for wish in found.wishes if wish.units and self._is_product(wish)]
            self.asked = known[0] if known else self.asked
            self.wish = None if known else self.wish
        else:
            before = len(self.lines)
            self._order(clause, found)
            self.lines[before:] = self._doubted_when_turned(self.lines[before:], words)
            if len(self.lines) > before:
                self._settle(before, words)
            elif question:
                self.questions.append(question)

    def _doubted_when_turned(self, lines: list[Line], words: Sequence[str]) -> list[Line]:
        """Lines beside a word of changing one's mind that no rule has used: asked, and not put in the basket."""
        said = set(words)
        if words_of("changes", "turning") & said or phrases_of("changes", "turns").within(words):
            return doubted(lines)
        inside = {line.product_id for line in self.lookup.basket}
        if not inside or not words_of("changes", "turning_basket") & said:
            return lines
        return [doubted([line])[0] if line.product in inside else line for line in lines]

    def _settle(self, before: int, words: Sequence[str]) -> None:
        """What was doubted aloud, or stood before "toch maar een bos chrysanten", makes room for what was said now."""
        if _ONLY.match(" ".join(words[:8])) and self._only_that(before):
            return
        if words[-1] == "dus":
            self.lines[:before] = [line for line in self.lines[:before] if not self._says_again(line, before)]
            return
        second = _SECOND_THOUGHT.match(" ".join(words[:6])) is not None and not _MORE & set(words)
        old = self.unsettled or (self.lines[before - 1] if before and second else None)
        self.unsettled = None
        at = next((at for at in range(before) if self.lines[at] is old), -1)
        if at < 0 or old is None or old.op != "add":
            return
        if any(is_instead(old, new, self.lookup) for new in self.lines[before:]):
            said = {line.product: line for line in self.lines[before:]}  # "toch rozen, een bos rozen": the last counts
            self.lines[before:] = [line for line in self.lines[before:] if not line.product or said[line.product] is line]
            del self.lines[at]
        elif not _MORE & set(words):
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

    def _change(self, changes: Sequence[Line]) -> None:
        for line in map(self._of_mentioned, changes):
            if not self._says_amount_of_last(line):
                line = self._of_touched(line)
                self.lines = with_change(self.lines, line, self.lookup)
                self.intents += ["remove"] if line.op == "remove" else []

    def _of_touched(self, line: Line) -> Line:
        """ "haal 2 bolletjes weg, 8 is genoeg": the amount is of what was changed just before, and settles it."""
        before = self.lines[-1] if self.lines and self.lines[-1].op != "add" else None
        if line.target != "last" or line.op not in ("set", "more", "less") or not before or not before.product:
            return line
        if line.op == "set":
            self.lines.pop()
        amount = measure(self.lookup.product(before.product), first_quantity(line.said))
        return with_amount(replace(line, target=before.target, product=before.product, candidates=before.candidates), amount)

    def _of_mentioned(self, line: Line) -> Line:
        """ "ik heb nog bloemkool dus die kan weg": what was just told of, when that lies in the basket."""
        told = in_basket(words_said(self.asked.units), self.lookup) if self.asked and line.target == "last" else None
        must_be = line.op == "set" and bool(
            _MUST_BE & set(line.said.lower().split())
        )  # "er staat één cola, dat moeten er 6 zijn"
        if told is None or not (line.op == "remove" or must_be):
            return line
        named = replace(line, target=told.product_id, product=told.product_id, candidates=(told.product_id,))
        if line.op == "remove":
            return named
        return with_amount(named, measure(self.lookup.product(told.product_id), first_quantity(line.said)))

    def _says_amount_of_last(self, line: Line) -> bool:
        """ "Ik wil snert. Doe maar 2 liter", "heeft u melk? Dan graag 2 pakken": the amount of what was just said."""
        if line.target != "last" or line.op != "set":
            return False
        wish = self.wish if self.lines and self.wish else self.asked
        if wish is None or (wish is self.wish and self.lines[-1].op != "add"):
            return False
        said = first_quantity(line.said)
        wish.quantity, wish.anew = said and in_unit_of(said, wish.quantity), True
        if wish is self.wish:
            self.lines = self.lines[:-1]
        self._add(wish)
        return True

    def _taken(self, clause: Clause) -> frozenset[int]:
        """Places of the tokens that say when."""
        spans = [when.span for when in self.whens]
        return frozenset(
            at
            for at, token in enumerate(clause.tokens)
            if any(begin <= token.start and token.end <= end for begin, end in spans)
        )

    def _heard_pickup(self, words: Sequence[str]) -> None:
        if phrases_of("fillers", "pickup").within(words):
            self.pickup = True
        elif phrases_of("fillers", "deliver").within(words):
            self.pickup = False

    def _orders(self, found: Cut, words: Sequence[str]) -> bool:
        """Whether what looks like a question is an order: "mag ik 2 broden?", "heeft u voor mij een brood?"."""
        if begins_as_question(words):
            return found.counted and not interrogates(words) and topic_of(words) in ("stock", "other")
        return found.ordered or found.counted

    def _intent(self, when: When | None) -> Intent:
        if "repeat" in self.intents:
            return "repeat"
        if "callme" in self.intents and not self.lines:
            return "callme"
        ops = [line.op for line in self.lines]
        if "add" in ops:
            return "order"
        if ops:
            return "remove" if all(op == "remove" for op in ops) else "change"
        if self.questions:
            return "question"
        if not self.intents:
            return self._opening()
        for name in self.intents:
            if name not in ("greeting", "thanks", "yes"):
                return name
        return self.intents[0]

    def _opening(self) -> Intent:
        """ "Hartelijk dank voor de snelle bezorging": told by how it begins."""
        words = [plain(token.lower) for token in self.tokens]
        if words and (phrases_of("intents", "thanks").at(words, 0) or phrases_of("fillers", "thanking").within(words)):
            return "thanks"
        return "greeting" if words and len(words) <= 6 and phrases_of("fillers", "greetings").at(words, 0) else "other"


def _places(parts: Sequence[Clause]) -> list[tuple[int, Clause]]:
    """The parts of a clause behind the first, each with how many words (and commas) stand before it."""
    ends = accumulate(len(part.tokens) + 1 for part in parts[:_MOST_PARTS])
    return list(zip(ends, parts[1:_MOST_PARTS], strict=False))


def _is_amount(when: When) -> bool:
    """ "half dozijn" looks like half past eleven, and is six."""
    raw = lowers(when.said)
    quantity = read_quantity(raw) if when.day is None and when.part is None else None
    return bool(quantity and quantity.unit and quantity.used == len(raw))


__all__ = ["as_json", "read"]
