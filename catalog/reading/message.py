"""A whole message: what is ordered, changed, asked or merely said. Pure: the same words at the same moment read the same.

What was written in haste or dictated is first written as it would have been typed (stretched.py, hasty.py, spoken.py,
said_before.py, not_wanted.py, pauses.py). Then it is read clause by clause, each step on the shoulders of the one before:
hearing.py tells orders from stories, ordering.py makes lines of wishes, second_thoughts.py takes them back and puts them right,
changing.py hears changes and carried_out.py carries them out, and the reader here says which it is. In the end what lies in the
basket is held beside what was heard: exchanged.py, agreed.py and perhaps.py; with nothing in it, supposed.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from catalog.reading.about import intent_of
from catalog.reading.again import after_dots
from catalog.reading.agreed import agreed
from catalog.reading.applied import more_of
from catalog.reading.asking import Asking
from catalog.reading.clause_parts import parts_of_clause
from catalog.reading.corrections import begun_amount, correction_at, gives_up, read_correction
from catalog.reading.doubt import changes_elsewhere, doubted, hemmed, opposed, twice
from catalog.reading.exchanged import exchanged
from catalog.reading.fallback import with_answers
from catalog.reading.hasty import written_out
from catalog.reading.intents import is_order_button, shaped_intent, whole_intent
from catalog.reading.keeping import joined, keeps_only
from catalog.reading.lexicon import phrases_of, shapes_of
from catalog.reading.likely import Heard
from catalog.reading.list_places import names_place
from catalog.reading.lookup import Lookup
from catalog.reading.not_wanted import without_not_wanted, without_packing
from catalog.reading.ordering import MOST_LINES
from catalog.reading.pauses import with_pauses
from catalog.reading.people import without_former, without_telephone
from catalog.reading.perhaps import perhaps_changed
from catalog.reading.pictures import without_pictures
from catalog.reading.quantities import read_quantity
from catalog.reading.questions import NEVER_ORDER, begins_as_question, interrogates, question_of, topic_of
from catalog.reading.result import BasketLine, Intent, Line, Question, Reading, Shelf
from catalog.reading.said_before import without_said_before
from catalog.reading.split import Clause, clauses
from catalog.reading.spoken import as_typed
from catalog.reading.story import behind_story
from catalog.reading.stretched import without_stretched
from catalog.reading.supposed import with_supposed
from catalog.reading.talk import without_closing
from catalog.reading.tokens import Token, lowers, tokenize
from catalog.reading.wanting import requests
from catalog.reading.when import When, find_when
from catalog.reading.when_clock import open_hours
from catalog.reading.when_meant import meant
from catalog.reading.wishes import Cut, cut
from catalog.reading.words import plain

LONGEST = 20_000  # characters that are read; what is longer was pasted, not typed
MOST_CLAUSES, MOST_TOKENS = 100, 1_500  # of one message; a messenger takes 4,096 characters
_TOMORROW = frozenset(("morgen", "graag", "maar", "dan", "aub", "alstublieft", "liefst", "hoor"))


def read(
    text: str,
    shelf: Shelf,
    now: datetime,
    *,
    basket: Sequence[BasketLine] = (),
    usual: Mapping[str, str] | None = None,
    weighed: bool = True,
) -> Reading:
    """Understand one message of a resident at ``now`` (aware).

    ``usual`` holds what she chose before, by ``usual_key`` of the words; ``weighed``: what is heard of the basket is held
    against what is likely (left out to learn what is likely). Never raises on any text.
    """
    sold = shelf.square.product_by_id
    inside = [line for line in basket if line.product_id in sold]  # what left the catalogue is nothing to speak of
    written = without_telephone(without_pictures(without_stretched(tokenize(text[:LONGEST], MOST_TOKENS))))
    tokens = without_said_before(as_typed(written_out(written)))
    goods = without_packing(tokens)
    tokens = with_pauses(goods if inside else without_not_wanted(goods))
    words = [plain(token.lower) for token in tokens]
    if is_order_button(words):
        return Reading(text, "done", place_order=True)
    whole = None if inside and keeps_only(words) else _whole(words, asked="?" in words)
    if whole == "greeting" and "morgen" in words and set(words) <= _TOMORROW:
        when = find_when("morgen graag", now)[0]  # as an answer it is tomorrow; "morgen!" greets
        return Reading(text, whole if words == ["morgen"] else "other", when=when, moment=when)
    if whole:
        return Reading(text, whole)
    tokens = shelf.names.without_marks(tokens)
    lookup = Lookup(shelf, usual or {}, inside)
    reading = _Reader(text=text[:LONGEST], tokens=tokens, lookup=lookup, now=now, weighed=weighed).read()
    if inside:
        return reading
    return with_supposed(reading, lookup, lambda there: read(text, shelf, now, basket=there, weighed=False))


_DAY_TAKEN_BACK = frozenset(("nee", "bedoel", "bedoelde", "gezegd", "sorry", "wacht", "correctie"))
_MORE_OF_IT = frozenset(("nog", "extra", "erbij", "bij"))
_NO_MORE = frozenset(("hoef", "hoeft", "hoeven", "alleen"))
_SWAPPED = frozenset(("andersom", "omgekeerd"))
_ANSWERS = frozenset(("yes", "no", "done"))  # a change may begin with "nee" as well
_TELEPHONE = re.compile(r"\b0\d[\d ]{7,}|\b06\b")
_LONGEST_MOVE = 14  # words
_NEAR = 200  # letters that hold the last four words
_DOTS = re.compile(r"(?:\.\.|…)\W*\Z")
_LONG = 99  # words of what is not read that are kept
_MOST_CORRECTIONS = 8


@dataclass(kw_only=True)
class _Reader(Asking):
    now: datetime
    pickup: bool | None = None
    weighed: bool = True

    def read(self) -> Reading:
        opens, closes = open_hours(self.lookup.shelf.square)
        found = find_when(self.tokens, self.now, opens=opens, closes=closes, text=self.text)
        self.whens = [when for when in found if not _is_amount(when) and not self.text[: when.span[0]].endswith("half om ")]
        if self.lookup.basket:
            self.whens = [when for when in self.whens if not names_place(when, self.text)]
        parts = clauses(self.tokens)[:MOST_CLAUSES]
        for clause in with_answers(joined(parts) if self.lookup.basket else parts):
            before = len(self.lines)
            self._clause(clause)
            self.touched |= {line.target or line.product for line in self.lines}
            if _DOTS.search(self.text[: clause.tokens[0].start]):
                self.lines = after_dots(self.lines, before, self.lookup)
        lines = hemmed(self._with_pointed(), self.text)
        self.lines = twice([one for line in lines for one in opposed(line)], self.lookup)
        suiting = [when for when in self.whens if not when.denied]
        suiting = [one for at, one in enumerate(suiting) if not self._is_put_right(one, suiting[at + 1 : at + 2])]
        when = meant([when for when in suiting if when.day is None or when.day >= self.now.date()], self.text)
        told = self.lines  # what is told tells what somebody is about, though there may be nothing to do
        self.lines = self._lines_to_do()
        past = suiting[0] if suiting and not self.lines and "repeat" not in self.intents else None  # "als vorige week"
        words = [plain(token.lower) for token in self.tokens]
        about = self.lines if self.lookup.basket else told
        intent = intent_of(self.intents, about, self.text, words, asks=bool(self.questions), rest=bool(self.rest))
        return Reading(
            self.text, intent, tuple(self.lines), when, tuple(self.questions),
            pickup=self.pickup, rest=" ".join(self.rest), moment=when or past,
            stays=tuple(sorted(set(self.stays))),
        )  # fmt: skip

    def _clause(self, clause: Clause) -> None:
        clause = replace(clause, tokens=without_former(without_closing(clause.tokens)))
        words = clause.words
        if not words or self._is_full(words):
            return
        self._heard_pickup(words)
        if self._keeps_only(clause) or self._stays(clause) or self._comes_to(words) or self._for_each(words):
            return
        if self._of_every(clause):
            return
        if self._takes_back(words) or self._is_intent(words) or self._is_heading(clause) or self._calls_off(words):
            return
        if self._gives_up_nothing(words) or self._moves(clause):
            return
        if _SWAPPED & set(words):
            self.lines = doubted(self.lines)  # "2 rood en 1 blauw, andersom bedoel ik"
        if self._also_out(clause) or self._swapped(clause) or self._has_second(clause):
            return
        if self._after_story(clause) or self._puts_right(clause) or self._asks_of_named(clause):
            return
        parts = self._parts(clause)
        if parts == [clause]:
            self._sentence(clause)
            return
        for part in parts:
            self._clause(part)

    # The steps of a clause: what it may be before it is read as a sentence

    def _is_full(self, words: Sequence[str]) -> bool:
        """Whether there are more lines than anybody orders at once: the rest was pasted, and is not read."""
        full = len(self.lines) >= MOST_LINES or len(self.rest) > LONGEST // 10
        if full:
            self.rest.extend(words[: _LONG - len(self.rest)])
        return full

    def _heard_pickup(self, words: Sequence[str]) -> None:
        if phrases_of("fillers", "pickup").within(words):
            self.pickup = True
        elif phrases_of("fillers", "deliver").within(words):
            self.pickup = False

    def _is_intent(self, words: Sequence[str]) -> bool:
        """ "ja", "bel mij": all that it says."""
        whole = _whole(words, asked=len(words) < len(self.tokens))
        if whole == "no" and self._lets_go(words):
            return True  # "ik heb nog melk staan, dus die hoeft niet"
        if whole:
            self.intents.append(whole)
        return whole is not None

    def _moves(self, clause: Clause) -> bool:
        """ "verzet mijn bestelling naar zaterdag", and what is said behind an "en"."""
        words = clause.words
        end = words.index("en") if "en" in words else len(words)
        if end > _LONGEST_MOVE or "stop" in words or not shapes_of("intents", "moving").within(words[:end]):
            return False
        self.intents.append("change")
        self._clause(Clause(clause.tokens[end + 1 :], clause.asked))
        return True

    def _calls_off(self, words: Sequence[str]) -> bool:
        """ "annuleer alles maar, we gaan uit eten"."""
        first = words[: words.index(",")] if "," in words else words[:0]
        intent = whole_intent(first) if "," in words else None
        if intent in ("cancel", "stop") or (intent == "callme" and any("bel" in word for word in first)):
            self.intents.append(intent)
            return True
        return False

    def _gives_up_nothing(self, words: Sequence[str]) -> bool:
        """ "bloemkool laat maar", where nothing was ordered that could be meant."""
        return gives_up(words) and not (self.lines or self.lookup.basket)

    def _takes_back(self, words: Sequence[str]) -> bool:
        at = self._unsaid(words)
        if at >= 0:
            self._drop(at)
            self.intents.append("remove")
        return at >= 0

    def _puts_right(self, clause: Clause) -> bool:
        """ "een huzarensalade, nee 2": what stands before the "nee" is read first, and then put right."""
        at = correction_at(clause.words) if self.corrected < _MOST_CORRECTIONS else -1
        if at < 0 or (at == 0 and not (self.lines or (self.lookup.basket and not self._changes_of(clause)))):
            return False
        self.corrected += 1
        correction = read_correction(clause.tokens[at:])
        begun = 0 if correction.amount else begun_amount(clause.tokens[:at], correction.rest)
        self._clause(Clause(clause.tokens[: at - begun], False))
        if begun:
            self._clause(Clause(correction.rest, clause.asked))  # "een huzarensalade en twee, nee drie moorkoppen"
        else:
            self._correct(correction, clause)
        return True

    def _parts(self, clause: Clause) -> list[Clause]:
        """The clauses that this one holds; only itself when it holds no more."""
        parts = self._repeats(clause) or self._changes_between_commas(clause) or self._change_and_more(clause)
        return parts or parts_of_clause(clause)

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

    # A sentence: an answer, a question, a change or an order

    def _sentence(self, clause: Clause) -> None:
        words = clause.words
        found = cut(clause.tokens, self.names, self._taken(clause))
        heard = _heard(found, words)
        if heard and heard not in _ANSWERS:
            self.intents.append(heard)
            return
        question = question_of(clause, self.text, self.lookup)
        if question and question.topic in NEVER_ORDER and not (found.counted or requests(words)):
            self.questions.append(question)
            return
        changes = self._changes_of(clause)
        if changes:
            self._change(changes)
        elif heard:
            self.intents.append(heard)
        elif question and not (_orders(found, words) or requests(words)):
            self._take_question(question, found)
        else:
            self._take_order(clause, found, question)

    def _take_order(self, clause: Clause, found: Cut, question: Question | None) -> None:
        before, behind = len(self.lines), behind_story(clause.words)
        if behind:
            self._clause(Clause(clause.tokens[behind:], clause.asked))
            return
        self._order(clause, found)
        if _MORE_OF_IT & set(clause.words) and not _NO_MORE & set(clause.words):
            # "een ananas erbij, kiwi's 6": more of it is said of the pineapple
            kept = {id(line) for line, _, _ in self.pointed}
            self.lines[before:] = [line if id(line) in kept else more_of(line, self.lookup) for line in self.lines[before:]]
        self.lines[before:] = self._doubted_when_turned(self.lines[before:], clause.words)
        if len(self.lines) > before:
            self._settle(before, clause.words)
        elif question:
            self.questions.append(question)

    # What it comes to

    def _taken_back(self, lines: Sequence[Line]) -> set[str]:
        """What lies in the basket and was changed by words that were unsaid again: "melk eruit. nee toch niet"."""
        about = {one for line in lines for one in (line.target, line.product, *line.candidates)}
        return set(self.lookup.inside) & self.touched - about

    def _is_put_right(self, when: When, after: Sequence[When]) -> bool:
        """ "vrijdag, nee zaterdag": the day is taken back by the one after it."""
        if not after or when.day is None or after[0].day is None:
            return False
        begin, end = when.span[1], after[0].span[0]
        between = [plain(word) for word in lowers(self.text[max(begin, end - _NEAR) : end])]
        return between == ["naar"] or any(word in _DAY_TAKEN_BACK for word in between[-4:])

    def _lines_to_do(self) -> list[Line]:
        """The lines; with nothing in the basket there is nothing to change, and what takes the place of something is asked."""
        if self.lookup.basket:
            if "repeat" in self.intents:
                return self.lines  # what lies there is not yet what it will be
            lines = exchanged(self.lines, self.tokens, self.text, self.names, self.lookup) or self.lines
            lines = agreed(lines, self.text, self.lookup)
            self.stays += self._taken_back(lines)
            heard = Heard(lines, self.questions, self.stays, self.lookup.basket)
            return agreed(perhaps_changed(heard, self.text, self.lookup), self.text, self.lookup) if self.weighed else lines
        orders = [line for line in self.lines if line.op in ("add", "more")]
        words = [plain(token.lower) for token in self.tokens]
        return doubted(orders) if changes_elsewhere(words) and "repeat" not in self.intents else orders


def _whole(words: Sequence[str], *, asked: bool) -> Intent | None:
    """The intent of a whole message or clause; "klopt dat?" behind a story agrees to nothing."""
    whole = whole_intent(words)
    return None if asked and whole in _ANSWERS and begins_as_question(words) else whole


def _heard(found: Cut, words: Sequence[str]) -> Intent | None:
    """The intent that the shape of a sentence tells; none when goods are counted in it: "ja doe maar een bloemkool"."""
    if _helps(words):
        return None
    looks = words[0] == "wat" and interrogates(words)  # "wat had ik in mijn mandje"
    heard = shaped_intent(words) if not found.counted or looks or _TELEPHONE.search(" ".join(words)) else None
    orders = heard in _ANSWERS and found.ordered and any(wish.quantity and wish.units for wish in found.wishes)
    return None if orders else heard


def _orders(found: Cut, words: Sequence[str]) -> bool:
    """Whether what looks like a question is an order: "mag ik 2 broden?", "heeft u voor mij een brood?"."""
    if requests(words) and (found.counted or any(wish.quantity and wish.units for wish in found.wishes)):
        return True
    if begins_as_question(words):
        return found.counted and not interrogates(words) and topic_of(words) in ("stock", "other")
    return found.ordered or found.counted


def _helps(words: Sequence[str]) -> bool:
    """ "kunt u mij aan een pond spruiten helpen?": no cry for help, nor a question."""
    return "helpen" in words and "aan" in words and requests(words)


def _is_amount(when: When) -> bool:
    """ "half dozijn" looks like half past eleven, and is six."""
    raw = lowers(when.said)
    quantity = read_quantity(raw) if when.day is None and when.part is None else None
    return bool(quantity and quantity.unit and quantity.used == len(raw))


__all__ = ["read"]
