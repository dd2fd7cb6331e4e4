"""A clause that changes something: what lies in the basket, or what this message said before it.

Told apart from an order here, cut from the order around it, and carried out on the lines so far; what the words of a change
look like is for changes.py and swaps.py.
"""

from __future__ import annotations

from abc import ABC
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from catalog.reading.applied import said_so_far
from catalog.reading.basket_words import other_named, told_in_basket
from catalog.reading.carried_out import CarriedOut
from catalog.reading.change_marks import TOLD
from catalog.reading.change_patterns import BOTH, LAST
from catalog.reading.changes import change_of
from catalog.reading.clause_parts import around_reason, between_commas
from catalog.reading.corrections import takes_back
from catalog.reading.keeping import all_but, keeps_only
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.list_places import numbered
from catalog.reading.lookup import Lookup
from catalog.reading.of_every import of_every
from catalog.reading.options import PARTED
from catalog.reading.pointing import apart
from catalog.reading.quantities import read_quantity
from catalog.reading.result import Line
from catalog.reading.second_thoughts import MORE
from catalog.reading.split import Clause
from catalog.reading.staying import stays_in
from catalog.reading.swaps import also_counted, as_much_too, swap_in, turned_into
from catalog.reading.talk import reports
from catalog.reading.wanting import keeps_for
from catalog.reading.when import When
from catalog.reading.words import plain

_REASONING = frozenset(
    ("we", "wij", "ik", "hij", "zij", "ze", "er", "mijn", "mn", "die", "dat", "onze", "dan", "want", "omdat", "anders")
)
_WANTING = frozenset(("graag", "wil", "willen", "wilt", "neem", "nemen", "bestel", "bestellen", "ook", "nog", "doe"))
_ALSO = frozenset(("ook", "evenmin", "niet", "en", "o", "oh", "ja", "oja", "nee", ",", "trouwens"))
_TAKING = frozenset(("haal", "haalt", "gooi", "gooit", "schrap", "streep", "annuleer", "verwijder"))
_PARTS_STORY = _TAKING | frozenset((",", ":", "maar"))
_LONGEST = 40  # words; a longer clause is not cut at its changes
_MOST_PARTS = 8


@dataclass(kw_only=True)
class Changing(CarriedOut, ABC):
    """Hears the changes of a message and applies them to its lines."""

    whens: Sequence[When] = ()  # the moments named anywhere in the message
    last_asked: object = None  # which clause was last looked at for changes, and what they were
    last_changes: Sequence[Line] = ()
    stays: list[str] = field(default_factory=list)  # the products of the basket that were said to stay as they are

    # What a clause changes

    def _changes_of(self, clause: Clause) -> Sequence[Line]:
        """What a clause changes, in the basket or in what this message said before it."""
        taken = self._taken(clause)
        if taken:  # "niet morgen maar woensdag" changes nothing in the basket
            clause = replace(clause, tokens=tuple(token for at, token in enumerate(clause.tokens) if at not in taken))
        if not clause.tokens or reports(clause.words) or keeps_for(clause.words):
            return []
        asked = (clause.tokens, clause.asked, tuple(said_so_far(self.lines)))
        if asked != self.last_asked:
            self.last_asked = asked
            self.last_changes = change_of(clause, self.text, self.names, self._with_lines())
        return self.last_changes

    def _with_lines(self) -> Lookup:
        """What is looked up, with the lines so far in the basket."""
        said = said_so_far(self.lines)
        return replace(self.lookup, basket=(*self.lookup.basket, *said)) if said else self.lookup

    def _taken(self, clause: Clause) -> frozenset[int]:
        """Places of the tokens that say when."""
        spans = sorted(when.span for when in self.whens)
        begins, reach = [begin for begin, _ in spans], list(accumulate((end for _, end in spans), max, initial=-1))
        return frozenset(at for at, one in enumerate(clause.tokens) if one.end <= reach[bisect_right(begins, one.start)])

    # Where a clause is cut

    def _changes_between_commas(self, clause: Clause) -> list[Clause]:
        """ "geen komkommer, wel 2 courgettes": read part by part when one of the parts is a change."""
        words = clause.words
        if "," not in words or len(words) > _LONGEST or self._changes_of(clause):
            return []
        parts = between_commas(clause)
        if len(parts) < 2 or any(PARTED.match(" ".join(part.words)) for part in parts[1:_MOST_PARTS]):
            return []
        changes = [line for part in parts[:_MOST_PARTS] for line in self._changes_of(part)]
        if any(takes_back(part.words, words[:at]) for at, part in _places(parts)) or self._is_unsaid(parts[0].words):
            return parts
        if self._only_reasons_follow(parts):
            return self._without_reasons(parts)
        bare = all(line.op == "set" and line.target == "last" for line in changes)  # "patat, 2 zakken" is one wish
        return [] if bare else parts

    def _after_story(self, clause: Clause) -> bool:
        """ "ik zie dat er 1 avocado in zit, maak er 3 van": what is told of one thing in the basket only says what is meant."""
        if not self.lookup.basket or self.lines or not _PARTS_STORY & set(clause.words) or len(clause.words) > _LONGEST:
            return False
        parts = [one for part in between_commas(clause) for two in _at_but(part) for one in _at_order(two)][:_MOST_PARTS]
        at = next((at for at, part in enumerate(parts) if self._points_back(part)), 0)
        words = [word for part in parts[:at] for word in part.words]
        tells = words_of("talk", "verbs") & set(words) and not any(map(self._changes_of, parts[:at]))
        if not tells or _WANTING - {"nog"} & set(words) or told_in_basket(words, self.lookup) is None:
            return False
        place = clause.tokens.index(parts[at].tokens[0])
        self._clause(Clause(clause.tokens[place:], clause.asked))
        return True

    def _points_back(self, clause: Clause) -> bool:
        """Whether a change does not say what it is about."""
        words = clause.words
        end = words.index("en") if "en" in words else len(words)
        changes = self._changes_of(Clause(clause.tokens[:end], clause.asked))
        return bool(changes) and all(line.target in ("last", TOLD) for line in changes)

    def _only_reasons_follow(self, parts: Sequence[Clause]) -> bool:
        """ "toch maar twee, er komen meer mensen": a change, and then why."""
        if not self._changes_of(parts[0]) or not _tells_why(parts[1].words):
            return False
        return not any(self._changes_of(part) for part in parts[1:_MOST_PARTS])

    def _without_reasons(self, parts: Sequence[Clause]) -> list[Clause]:
        """Behind a change, what only tells why is left out: nothing in it is of this shelf."""
        kept = list(parts[:1])
        for part in parts[1:]:
            told = _tells_why(part.words) and not _WANTING & set(part.words)
            if not told or any(self.lookup.knows(word) >= 0.95 for word in part.words if len(word) > 3):
                kept.append(part)
        return kept

    def _change_and_more(self, clause: Clause) -> list[Clause]:
        """ "laat de bananen maar weg en doe er een kilo peren bij": something goes out, and then something is ordered."""
        words = clause.words
        if len(words) > _LONGEST or not (self.lookup.basket or words_of("changes", "goes_out") & set(words)):
            return []
        reasoned = around_reason(clause)
        if reasoned and self._changes_of(reasoned[0]) and self._orders_or_changes(reasoned[1]):
            return reasoned
        if any(line.op == "replace" for line in self._changes_of(clause)):
            return []
        for at in [at for at, word in enumerate(words) if word in ("en", "dan") and 1 < at < len(words) - 1][:_MOST_PARTS]:
            first, rest = Clause(clause.tokens[:at], False), Clause(clause.tokens[at + 1 :], clause.asked)
            if self._adds_and_removes(first, rest) or self._changes_and_more(first, rest):
                return [first, rest]
        return []

    def _adds_and_removes(self, first: Clause, rest: Clause) -> bool:
        """ "zet er nog een komkommer bij en die sla hoeft niet": something is ordered, and then something goes out.

        "Een komkommer en de sla mogen weg" takes out both: nothing before the "en" says that it is ordered.
        """
        adds = phrases_of("fillers", "order").at(first.words, 0) > 0 or bool((MORE | {"zet"}) & set(first.words))
        if not adds or words_of("changes", "goes_out") & set(first.words) - {"bij"} or BOTH & set(rest.words):
            return False
        removed = self._changes_of(rest)
        return bool(removed) and all(line.op == "remove" for line in removed)

    def _changes_and_more(self, first: Clause, rest: Clause) -> bool:
        """ "geen melk en doe nog een brood", "mag de melk weg en ook de vla", "de melk op 4 en de komkommers op 1"."""
        changes = self._changes_of(first)
        removes = bool(changes) and all(line.op == "remove" and line.target for line in changes)
        named = bool(changes) and all(line.op in ("set", "more", "less") and line.product for line in changes)
        also = removes and "ook" in (rest.words[0], rest.words[-1])
        return also or ((removes or named) and self._orders_or_changes(rest))

    def _orders_or_changes(self, clause: Clause) -> bool:
        return self._begins_order(clause) or bool(self._changes_of(clause))

    def _begins_order(self, clause: Clause) -> bool:
        words, raw = clause.words, [token.lower for token in clause.tokens]
        if words[:1] in (["wel"], ["neem"], ["pak"]):
            return True  # "geen krentenbollen en wel een volkoren"
        return phrases_of("fillers", "order").at(words, 0) > 0 or read_quantity(raw) is not None

    # What a change does

    def _keeps_only(self, clause: Clause) -> bool:
        """ "alles mag weg behalve de melk"."""
        if not self.lookup.basket or not keeps_only(clause.words):
            return False
        gone = all_but(clause, self.text, self.lookup)
        self.stays += set(self.lookup.inside) - {line.target for line in gone} if gone else ()
        self._change(gone)
        self.wish = None
        return True

    def _also_out(self, clause: Clause) -> bool:
        """ "de melk eruit, o ja en de krentenbollen ook": behind what goes out it says what else does."""
        last = self.lines[-1] if self.lines and self.lookup.basket else None
        said = clause.words
        if last is None or last.op != "remove" or not {"ook", "evenmin"} & set(said):
            return False
        also = next(at for at, word in enumerate(said) if word in ("ook", "evenmin"))
        end = next((at for at in range(also, len(said)) if said[at] == ","), None)
        words, tokens = said[:end], [token for token in clause.tokens[:end] if token.lower not in _ALSO]
        if "wel" in words or not tokens:
            return False
        number = numbered([plain(token.lower) for token in tokens], self.lookup)
        one = number.product_id if number else other_named(tokens, self.lookup)
        if one is None or one == last.target:
            return False
        told = self.text[tokens[0].start : tokens[-1].end]
        self.lines.append(replace(last, said=told, words=told, product=one, candidates=(one,), target=one))
        if end:
            for part in self._without_reasons([clause, *between_commas(Clause(clause.tokens[end + 1 :], clause.asked))])[1:]:
                self._clause(part)
        return True

    def _swapped(self, clause: Clause) -> bool:
        """One thing for another, or another count: what stands before it is read first, what stands behind it after."""
        lookup = self._with_lines()
        swap = swap_in(clause, self.text, self.names, lookup)
        swap = swap or turned_into(clause, self._told_until, self.text, self.names, self.lookup)
        if swap is None:
            return False
        self._clause(Clause(swap.before, False))
        for line in (swap.line, *swap.others):
            self._change(apart(line, self.lookup))
        self.wish = None
        more = Clause(swap.more, clause.asked)
        if swap.line.op == "remove" and clause.tokens[0] not in swap.before and more.words[:1] == [","]:
            for part in self._without_reasons([clause, *between_commas(Clause(swap.more[1:], clause.asked))])[1:]:
                self._clause(part)
            return True
        also = None
        if swap.line.op == "set":
            also = also_counted(more, self.text, self.names, lookup) or as_much_too(more, swap.line, self.names, lookup)
        if also:
            self._change([also.line])
            more = Clause(also.more, clause.asked)
        self._clause(more)
        return True

    def _stays(self, clause: Clause) -> bool:
        """ "nee wacht, laat de douchegel maar staan": what was to go out or to change stays."""
        left = stays_in(clause, self.names, self.lookup)
        if left is None or not (left.lines or left.before or self.lines):
            return False
        self._clause(Clause(left.before, False))
        kept = {line.product_id for line in left.lines}
        changed = [at for at, line in enumerate(self.lines) if line.op != "add"]
        about = [at for at in changed if not kept or self.lines[at].target in kept]
        self.stays += kept or [str(self.lines[at].target) for at in about[-1:]]
        self.lines = [line for at, line in enumerate(self.lines) if at not in (about if kept else about[-1:])]
        self.intents.append("change")
        self._clause(Clause(left.more, clause.asked))
        return True

    def _of_every(self, clause: Clause) -> bool:
        """ "van allebei eentje erbij, gaat hard hier": of all that lies in the basket, when nothing was ordered before."""
        if self.lines or not self.lookup.basket or clause.asked or {"behalve", "elkaar", "samen"} & set(clause.words):
            return False
        end = next((at for at, word in enumerate(clause.words) if word in (",", "want")), len(clause.words))
        words = clause.words[:end]
        lines = of_every(words, self.text[clause.tokens[0].start : clause.tokens[end - 1].end], self.lookup) if end else []
        self.lines = [*self.lines, *lines]
        if lines:
            self._clause(Clause(clause.tokens[end + 1 :], clause.asked))
        return bool(lines)


def _tells_why(words: Sequence[str]) -> bool:
    """ "..., er komen meer mensen", "..., schoonmoeder eet mee"."""
    return words[0] in _REASONING or (words[0] in words_of("talk", "people") and len(words) > 1)


def _at_but(clause: Clause) -> list[Clause]:
    """ "ik lees 1 krentenbol maar het moeten er 10 zijn": at the "maar" that says what it must be."""
    words = clause.words
    at = next((at for at, word in enumerate(words[:-1]) if at and word == "maar" and words[at + 1] in _REASONING | {"het"}), 0)
    return [Clause(clause.tokens[:at], False), Clause(clause.tokens[at + 1 :], clause.asked)] if at else [clause]


def _at_order(clause: Clause) -> list[Clause]:
    """ "het boeket is me te duur haal dat er maar af": at the verb that says what must be done with it."""
    words = clause.words
    at = next((at for at, word in enumerate(words[:-1]) if at and word in _TAKING and words[at + 1] in LAST | {"maar"}), 0)
    return [Clause(clause.tokens[:at], False), Clause(clause.tokens[at:], clause.asked)] if at else [clause]


def _places(parts: Sequence[Clause]) -> list[tuple[int, Clause]]:
    """The parts of a clause behind the first, each with how many words (and commas) stand before it."""
    ends = accumulate(len(part.tokens) + 1 for part in parts[:_MOST_PARTS])
    return list(zip(ends, parts[1:_MOST_PARTS], strict=False))


__all__ = ["Changing"]
