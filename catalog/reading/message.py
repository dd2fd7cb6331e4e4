"""A whole message: what is ordered, changed, asked or merely said. Pure: the same words at the same moment read the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate

from catalog.reading.amounts import measure
from catalog.reading.applied import is_instead, said_so_far, set_in_basket, with_change
from catalog.reading.as_json import as_json
from catalog.reading.basket_words import in_basket
from catalog.reading.changes import change_of, first_quantity
from catalog.reading.clause_parts import between_commas, parts_of_clause
from catalog.reading.corrections import Correction, correction_at, gives_up, read_correction, taken_back, takes_back
from catalog.reading.doubt import doubted, is_conditional, may_be_talk, opposed, points_at, twice
from catalog.reading.intents import is_order_button, shaped_intent, whole_intent
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.lines import line_of, lines_of, share_heads, with_amount, without_total, words_said
from catalog.reading.lookup import Lookup, group_of
from catalog.reading.nouns import is_adjective, noun_of
from catalog.reading.options import settle_options
from catalog.reading.parts import described
from catalog.reading.quantities import read_quantity
from catalog.reading.questions import NEVER_ORDER, begins_as_question, interrogates, question_of, topic_of
from catalog.reading.restricted import refused_kind
from catalog.reading.result import BasketLine, Intent, Line, Question, Reading, Shelf
from catalog.reading.split import Clause, clauses
from catalog.reading.strange import is_strange_order, names_goods
from catalog.reading.talk import (
    dismisses,
    makes,
    names_nothing,
    only_heel,
    only_how,
    stretches,
    tells,
    tells_courier,
    without_closing,
)
from catalog.reading.tokens import Token, lowers, tokenize
from catalog.reading.when import When, find_when
from catalog.reading.when_clock import open_hours
from catalog.reading.wish import is_name, soft_words
from catalog.reading.wishes import Cut, Unit, Wish, cut
from catalog.reading.words import plain

_ALL = frozenset(("alles", "beide", "allebei", "alle", "allemaal"))
_NOT = frozenset(("niet", "nooit", "geen"))
_MORE = frozenset(("ook", "nog", "erbij", "plus", "extra", "daarnaast"))
_SECOND_THOUGHT = re.compile(
    r"(?:(?:en|nee|ach|nou|of|,) )*(?:doe |neem |geef |ik wil |dan )?(?:dan |toch |liever )+(?:maar|liever|wel|gewoon)\b"
    r"|(?:(?:en|nee|ach|och|nou|hm+|oh|o|of|,) )+toch (?!niet|geen|ook|nog)"
)
_ONLY = re.compile(r"(?:(?:nou|nee|ach|oke|ok|doe|dan|toch|maar|,) )*alleen (?:maar )?(?:de|het|die|dat)\b")
_SWAPPED = frozenset(("andersom", "omgekeerd"))
_SHORT, _LONG = 8, 99  # tokens; in a longer message on one line a stray word is no order
_TOMORROW = frozenset(("morgen", "graag", "maar", "dan", "aub", "alstublieft", "liefst", "hoor"))
_HAVE = frozenset(("heb", "hebt", "heeft", "hebben", "had", "hadden", "is", "zijn", "ben", "bent", "werd", "werden", "wordt"))
_ANSWERS = frozenset(("yes", "no", "done"))  # a change may begin with "nee" as well
_NO_PAST = frozenset(("geeft", "gezond", "geduld", "gebied", "geluid", "gemeent", "geld"))
_MOST_PARTS = 8
_MOST_CORRECTIONS = 8
MOST_LINES, MOST_CLAUSES, MOST_TOKENS = 150, 100, 1_500  # of one message; a messenger takes 4,096 characters
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
    tokens = tokenize(text[:LONGEST])[:MOST_TOKENS]
    words = [plain(token.lower) for token in tokens]
    if is_order_button(words):
        return Reading(text, "done", place_order=True)
    whole = whole_intent(words)
    if whole == "greeting" and "morgen" in words and set(words) <= _TOMORROW:
        when = find_when("morgen graag", now)[0]  # as an answer it is tomorrow; "morgen!" greets
        return Reading(text, whole if words == ["morgen"] else "other", when=when, moment=when)
    if whole:
        return Reading(text, whole)
    reader = _Reader(text[:LONGEST], tokens, Lookup(shelf, usual or {}, basket), now)
    return reader.read()


@dataclass
class _Reader:
    text: str
    tokens: Sequence[Token]
    lookup: Lookup
    now: datetime
    lines: list[Line] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    intents: list[Intent] = field(default_factory=list)
    pickup: bool | None = None
    unsettled: Line | None = None  # was said, then doubted aloud
    last_asked: object = None  # which clause was last looked at for changes, and what they were
    last_changes: Sequence[Line] = ()
    corrected: int = 0  # how often words were taken back
    asked: Wish | None = None  # what "heeft u ook ...?" was about: "dan graag 2 pakken" may follow
    wish: Wish | None = None  # of the last line, as long as it may still be added to

    def read(self) -> Reading:
        opens, closes = open_hours(self.lookup.shelf.square)
        found = find_when(self.tokens, self.now, opens=opens, closes=closes, text=self.text)
        self.whens = [when for when in found if not _is_amount(when)]
        self.names = self.lookup.shelf.names
        for clause in clauses(self.tokens)[:MOST_CLAUSES]:
            self._clause(clause)
        self.lines = twice([one for line in self.lines for one in opposed(line)], self.lookup)
        suiting = [when for when in self.whens if not when.denied]
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
        at = correction_at(words) if self.corrected < _MOST_CORRECTIONS else -1
        if at > 0 or (at == 0 and (self.lines or (self.lookup.basket and not self._changes_of(clause)))):
            self.corrected += 1
            self._clause(Clause(clause.tokens[:at], False))
            self._correct(read_correction(clause.tokens[at:]), clause)
            return
        parts = self._repeats(clause) or self._changes_between_commas(clause) or self._change_and_more(clause)
        parts = parts or parts_of_clause(clause)
        if parts != [clause]:
            for part in parts:
                self._clause(part)
            return
        self._sentence(clause, words)

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
        if last is None:
            if self.lines and self.lines[-1].op == "set" and not self.lookup.basket:
                self.lines.pop()  # "drie, nee vier haringen"
            before = len(self.lines)
            self._clause(Clause(correction.rest, clause.asked))
            self.lines[before:] = [set_in_basket(line, self.lookup) for line in self.lines[before:]]
        elif correction.amount and self.wish:
            self.wish.quantity, self.wish.second = first_quantity(" ".join(t.lower for t in correction.rest)), None
            self.lines[-1] = line_of(self.wish, self.text, self.lookup)
            self._clause(Clause(correction.more, clause.asked))
        elif correction.amount and last.product:
            said = first_quantity(" ".join(token.lower for token in correction.rest))
            self.lines[-1] = with_amount(last, measure(self.lookup.product(last.product), said, None, last.words))
        elif correction.back:
            self.lines.pop()
            self.wish = None
            self._clause(Clause(correction.rest, clause.asked))
        else:
            self._replace_last(last, self.wish, Clause(correction.rest, clause.asked))

    def _replace_last(self, last: Line, wish: Wish | None, clause: Clause) -> None:
        before = len(self.lines)
        self._clause(clause)
        new = self.lines[before : before + 1]
        if not new and self.questions:
            self.lines[-1:] = doubted(self.lines[-1:])  # "boerenkaas... wacht, hebben jullie die?"
        elif not new and len(self.lines) == before:
            self.unsettled = last  # "4 tompoezen, of nee wacht, Gerrit eet niet mee": what is meant instead may follow
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
        if len(parts) < 2:
            return []
        changes = [line for part in parts[:_MOST_PARTS] for line in self._changes_of(part)]
        if any(takes_back(part.words, clause.words[:at]) for at, part in _places(parts)) or self._is_unsaid(parts[0].words):
            return parts
        bare = all(line.op == "set" and line.target == "last" for line in changes)  # "patat, 2 zakken" is one wish
        return [] if bare else parts

    def _changes_of(self, clause: Clause) -> Sequence[Line]:
        """What a clause changes, in the basket or in what this message said before it."""
        taken = self._taken(clause)
        if taken:  # "niet morgen maar woensdag" changes nothing in the basket
            clause = replace(clause, tokens=tuple(token for at, token in enumerate(clause.tokens) if at not in taken))
        if not clause.tokens:
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
        if any(line.op == "replace" for line in self._changes_of(clause)):
            return []
        for at in [at for at, word in enumerate(words) if word in ("en", "dan") and 1 < at < len(words) - 1][:_MOST_PARTS]:
            first, rest = Clause(clause.tokens[:at], False), Clause(clause.tokens[at + 1 :], clause.asked)
            changes = self._changes_of(first)
            if (
                changes
                and all(line.op == "remove" and line.target for line in changes)
                and (self._begins_order(rest) or self._changes_of(rest))
            ):
                return [first, rest]
        return []

    def _begins_order(self, clause: Clause) -> bool:
        words, raw = clause.words, [token.lower for token in clause.tokens]
        if words[:1] == ["wel"]:
            return True  # "geen krentenbollen en wel een volkoren"
        return phrases_of("fillers", "order").at(words, 0) > 0 or read_quantity(raw) is not None

    def _sentence(self, clause: Clause, words: Sequence[str]) -> None:
        found = cut(clause.tokens, self.names, self._taken(clause))
        heard = None if found.counted else shaped_intent(words)
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
            if len(self.lines) > before:
                self._settle(before, words)
            elif question:
                self.questions.append(question)

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
        if told is None or line.op != "remove":
            return line
        return replace(line, target=told.product_id, product=told.product_id, candidates=(told.product_id,))

    def _says_amount_of_last(self, line: Line) -> bool:
        """ "Ik wil snert. Doe maar 2 liter", "heeft u melk? Dan graag 2 pakken": the amount of what was just said."""
        if line.target != "last" or line.op != "set":
            return False
        wish = self.wish if self.lines and self.wish else self.asked
        if wish is None or (wish is self.wish and self.lines[-1].op != "add"):
            return False
        wish.quantity = first_quantity(line.said)
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

    # orders and talk

    def _orders(self, found: Cut, words: Sequence[str]) -> bool:
        """Whether what looks like a question is an order: "mag ik 2 broden?", "heeft u voor mij een brood?"."""
        if begins_as_question(words):
            return found.counted and not interrogates(words) and topic_of(words) in ("stock", "other")
        return found.ordered or found.counted

    def _order(self, clause: Clause, found: Cut) -> None:
        words = clause.words
        needless = not found.counted and (tells_courier(words) or dismisses(words))
        if words_of("talk", "never") & set(words) or needless:
            self.rest.extend(words)
            return
        found.told |= {at for at, part in enumerate(stretches(words)) if self._is_perfect(part)}
        told = (tells(words) or ("," not in words and makes(words))) and not (found.orders - found.told)
        listed = told and self._lists_after_talk(found)
        if told and not listed and (not found.ordered or ({"had", "hadden"} & set(words) and "graag" not in words)):
            self._mention(found.wishes)
            self.rest.extend(words)
            return
        found.wishes = without_total(described(found.wishes, self.lookup), self.lookup)
        share_heads(found.wishes, self.lookup)
        before = len(self.lines)
        for wish in found.wishes[:MOST_LINES]:
            self._wish(wish, found, clause)
        if (listed or is_conditional(words)) and len(self.lines) > before:
            self.lines[before:] = doubted(self.lines[before:])

    def _lists_after_talk(self, found: Cut) -> bool:
        """ "de kaas was lekker, 2 pak melk": an order, or what was missing; "ik kreeg 2 broden, 1 kaas" only tells."""
        counted = {wish.segment for wish in found.wishes if _is_counted(wish)}
        return bool(counted) and counted.isdisjoint(found.told | found.spoken) and max(counted) > min(found.told, default=99)

    def _mention(self, wishes: Sequence[Wish]) -> None:
        """ "de gehaktballen waren heerlijk. Nu graag weer zes": what is told of, an amount may follow."""
        known = [
            wish for wish in wishes if any(unit.product or self.lookup.knows(plain(unit.text)) >= 0.9 for unit in wish.units)
        ]
        if len(known) == 1 and not known[0].quantity:
            known[0].units = [unit for unit in known[0].units if self._may_be_product(unit)]
            self.asked = known[0] if known[0].units else None

    def _wish(self, wish: Wish, found: Cut, clause: Clause) -> None:
        if wish.reported or (wish.segment in found.told and wish.segment not in found.orders):
            self._mention([wish])  # "..., we hebben nog een half groentepakket"
            self._not_understood(wish)
            return
        spoken = wish.segment in found.spoken
        ordered = found.ordered and wish.segment >= found.ordered_from
        if wish.segment in found.heavy and wish.segment not in found.orders:
            ordered = False  # "..., mijn zuster komt koffie drinken"
        if not wish.units:
            if not spoken or ordered:
                self._loose(wish)
            return
        if len(wish.units) == 1 and not wish.quantity and names_nothing(wish.units[0].text, clause.words):
            return
        if self._is_option_of_last(wish) or self._is_of_all(wish):
            return
        if any(plain(unit.text) in _NOT for unit in wish.units):
            wish.units = [unit for unit in wish.units if plain(unit.text) not in _NOT]
            wish.nothing = (
                "vergeet" not in clause.words
            )  # "doe toch maar niet die krentenbollen": whatever it is, it is not ordered
        if wish.nothing and not self._is_goods(wish):
            self._not_understood(wish)  # "geen haast", "mijn man is gek op paling maar mag het niet meer"
            return
        told = wish.segment in found.stated or not _is_counted(wish)
        if spoken and not ordered and told and not self._asks_restricted(wish, clause):
            if not self.lines and self._is_product(wish):
                self._mention(found.wishes)
            self._not_understood(wish)
            return
        if not self._is_product(wish):
            goods = [unit for unit in wish.units if self._may_be_product(unit) and not self._is_somebody(unit, wish)]
            talks = (spoken or len(goods) < len(wish.units)) and not (ordered or _is_counted(wish))
            none = (talks and only_how(goods, clause.words)) or (not wish.quantity and only_heel(goods, clause.words))
            wish.units = [] if none else goods
            if not wish.units and wish.segment in found.heavy and not ordered:
                return  # "bel 2x, ik hoor slecht"
        if all(unit.soft for unit in wish.units) and not self.lookup.exact(words_said(wish.units)).hits:
            wish.notes[:0] = [unit.text for unit in wish.units]
            wish.units = []
            self._loose(wish)
        elif wish.nothing and not (wish.units and self._is_known(wish)):
            self._not_understood(wish)
        elif not wish.nothing and points_at(wish, clause.words) and not (ordered or _is_counted(wish)):
            self._not_understood(wish)  # "super, die bloemen!"
        elif wish.units and self._wanted(wish, found, clause, spoken):
            before = len(self.lines)
            self._add(wish)
            if may_be_talk(wish, found, clause.words, counted=_is_counted(wish)):
                self.lines[before:] = doubted(self.lines[before:])
        else:
            self._not_understood(wish)

    def _asks_restricted(self, wish: Wish, clause: Clause) -> bool:
        """ "neusspray, ben zo verkouden": what is never sold is answered, when it is what the clause begins with."""
        kind = refused_kind([plain(token.lower) for token in wish.units[0].tokens])
        return kind is not None and wish.units[0].tokens[0] == clause.tokens[0]

    def _may_be_product(self, unit: Unit) -> bool:
        if unit.named or is_adjective(unit.text):
            return True
        if is_name(unit.tokens[0]) and not unit.text.isupper() and not self.lookup.exact(unit.text).hits:
            return False  # "Kees" is no slip for kers
        return not self._is_talk(plain(unit.text))

    def _is_somebody(self, unit: Unit, wish: Wish) -> bool:
        """A word with a capital in the middle of a sentence, that is nothing here: "fijn dat jullie komen, Sam en Noor"."""
        token = unit.tokens[0]
        before = self.text[: token.start].rstrip(" ")[-1:]
        amid = before.isalnum() or before in (",", "-")
        named = amid and token.text[:1].isupper() and not token.text[1:2].isupper() and len(token.text) > 1
        return named and not _is_counted(wish) and self.lookup.knows(plain(unit.text)) < 0.95

    def _is_of_shelf(self, unit: Unit) -> bool:
        return unit.named or unit.soft or self.lookup.knows(plain(unit.text)) >= 0.8

    def _is_talk(self, word: str) -> bool:
        """A word of talk, or the past of a verb that this catalogue does not know ("besproken", "gevraagd")."""
        if word in words_of("talk", "verbs") or word in words_of("talk", "words"):
            return True
        return self._is_past(word)

    def _is_past(self, word: str) -> bool:
        past = word.startswith(("ge", "be", "ver", "ont")) and word.endswith(("d", "t", "en")) and len(word) > 6
        past = past or (word.startswith("ge") and word.endswith(("d", "t")) and len(word) > 4 and word not in _NO_PAST)
        return past and self.lookup.knows(word) < 0.8 and not names_goods([word]) and word not in soft_words()

    def _is_perfect(self, words: Sequence[str]) -> bool:
        """ "gisteren hebben we gesmuld van de mosselen" tells, whatever verb it is."""
        return bool(_HAVE & set(words)) and any(self._is_past(word) for word in words)

    def _is_goods(self, wish: Wish) -> bool:
        """Whether every word of it is a word of this catalogue, or says how it must be."""
        words = [plain(unit.text) for unit in wish.units if not (unit.named or unit.soft)]
        return (
            bool(wish.units)
            and not any(self._is_talk(word) for word in words)
            and all(is_adjective(word) or self.lookup.knows(word) >= 0.8 for word in words)
        )

    def _add(self, wish: Wish) -> None:
        lines = lines_of(wish, self.text, self.lookup)
        self.wish = wish if len(lines) == 1 and not wish.nothing else None
        if not wish.nothing:
            self.lines.extend(lines)
            return
        for line in lines:
            self.lines = with_change(self.lines, _taken_out(line), self.lookup)

    def _is_product(self, wish: Wish) -> bool:
        if any(unit.product for unit in wish.units):
            return True
        return self.lookup.find(words_said(wish.units)).verdict == "clear"

    def _wanted(self, wish: Wish, found: Cut, clause: Clause, spoken: bool) -> bool:
        """Whether this is asked for: known here, or unknown but said the way one orders."""
        words = [plain(unit.text) for unit in wish.units]
        if self._is_known(wish):
            return found.ordered or not spoken or _is_counted(wish)
        if (spoken and not (found.ordered and _is_counted(wish))) or all(len(word) < 3 for word in words):
            return False
        if not all(word.replace("-", "").replace("'", "").isalpha() for word in words):
            return False
        counted = _is_counted(wish)
        if counted and wish.behind and wish.quantity and not (self.lines or wish.quantity.used > 1 or len(clause.tokens) <= 3):
            return False
        return is_strange_order(
            words, wish.quantity, counted=counted, ordered=found.ordered or found.counted or bool(self.lines),
            clause=len(clause.tokens) if len(self.tokens) <= _SHORT or "\n" in self.text else _LONG,
        )  # fmt: skip

    def _is_known(self, wish: Wish) -> bool:
        words = [plain(unit.text) for unit in wish.units]
        if any(unit.named for unit in wish.units) or refused_kind(words) is not None or group_of(wish.units, self.lookup):
            return True
        return any(self.lookup.knows(word) >= 0.8 for word in words) or self._is_product(wish)

    def _is_option_of_last(self, wish: Wish) -> bool:
        """ "een bos rozen, rood": a lone word that is an option of what was just said."""
        words = words_said(wish.units)
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

    def _is_of_all(self, wish: Wish) -> bool:
        """ "beide gesneden", "alles in plakken": an option of every line so far."""
        said = {plain(unit.text) for unit in wish.units}
        rest = [unit for unit in wish.units if plain(unit.text) not in _ALL]
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

    def _loose(self, wish: Wish) -> None:
        """Notes or an amount without a product: they say more of the line before."""
        if self.asked and wish.quantity and not self.wish:
            self.asked.quantity, wish = wish.quantity, self.asked
            self._add(wish)
            return
        if not self.wish or not self.lines:
            return
        if wish.quantity and self.wish.quantity:
            return
        self.wish.notes += wish.notes
        self.wish.quantity = self.wish.quantity or wish.quantity
        self.lines[-1] = line_of(self.wish, self.text, self.lookup)

    def _not_understood(self, wish: Wish) -> None:
        self.rest.extend(unit.text for unit in wish.units)

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


def _is_counted(wish: Wish) -> bool:
    """Whether an amount was said that can be ordered; an article is none, and neither is a house number of four digits."""
    quantity = wish.quantity
    if not quantity or (quantity.said in ("een", "n", "'n", "één") and quantity.unit == ""):
        return False
    return quantity.unit != "" or quantity.amount is None or quantity.amount < 2000


def _taken_out(line: Line) -> Line:
    return replace(line, op="remove", target=line.product or line.words, amount=None, unit=None, asks=None, refused=None)


__all__ = ["as_json", "read"]
