"""Amounts that stand behind the goods: how far a stretch like "melk 2 brood 1 kaas een pond" goes."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.reading.beside import ANDS, SKIPPED, Beside
from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.names import Names
from catalog.reading.tokens import Token
from catalog.reading.wish import COMMAS, fillers, soft_words

_STRETCH = 40  # words; a longer list without commas is not read as "melk 2 brood 1"
_CLOSERS = frozenset(("klaar", "punt", "stop", "ok", "oke"))
_BEFORE_SIZE = frozenset(("van", "voor", "met"))  # "een zak walnoten van een pond"
_Place = tuple[int, int, bool]  # where it stands, how many tokens it takes, whether it is an amount


class Behind(Beside):
    """Knows up to which token amounts stand behind the words."""

    def __init__(self, tokens: Sequence[Token], names: Names, taken: frozenset[int]) -> None:
        super().__init__(tokens, names, taken)
        self.behind_to = 0
        self._names: dict[int, tuple[int, str | None]] = {}
        self._known: dict[int, list[_Place]] = {}  # by where a stretch begins; talk before it is gone through once

    def _look_ahead(self, at: int) -> None:
        """From a comma or an "en" on: how far amounts stand behind the words."""
        if at >= self.behind_to:
            self.behind_to = self._behind_until(at)

    def _behind_until(self, at: int) -> int:
        """The end of the stretch that starts here with a word and ends with an amount; else of its first part; else ``at``."""
        every = self._places(at)
        if len(every) > _STRETCH:
            return at
        places = self._trimmed(every)
        if _is_behind(places) and self.words[places[-1][0]] not in _BEFORE_SIZE:
            return _end(places)
        part = self._trimmed(self._first_part(places))
        return _end(part) if _is_behind(part, 1) else at

    def _first_part(self, places: Sequence[_Place]) -> Sequence[_Place]:
        """Up to an "en", or to where two amounts meet: "melk 2 een pond kaas"."""
        for index, (at, _, amount) in enumerate(places):
            if self.words[at] in ANDS:
                return places[:index] if sum(place[2] for place in places[:index]) > 1 else ()
            if amount and index and places[index - 1][2] and not places[-1][2]:
                return places[:index]
        return ()

    def _places(self, at: int) -> list[_Place]:
        """Words and amounts up to the comma; without what is said between brackets, or why."""
        places: list[_Place] = []
        counted = False
        begun = [at]
        while at < len(self.tokens) and len(places) <= _STRETCH and not self._ends_stretch(at):
            talk = 0 if counted else self._opens(at, first=not places)
            if talk:
                places, at = [], at + talk
                begun.append(at)
                if at in self._known:
                    places = self._known[at]
                    break
                continue
            aside = self._end_of_aside(at) if self.words[at] == "(" else 0
            if aside or self.words[at] in SKIPPED:
                at = aside + 1 if aside else at + 1
                continue
            named = self._name(at)[0]
            quantity = None if named else self._amount(at)
            used = quantity.used if quantity else named or 1
            counted = counted or bool(quantity)
            places.append((at, used, bool(quantity)))
            at += used
        self._known |= dict.fromkeys(begun, places)
        return places

    def _name(self, at: int) -> tuple[int, str | None]:
        """The name that stands there, looked up once, as amounts are."""
        if at not in self._names:
            self._names[at] = self.names.at(self.words, at)
        return self._names[at]

    def _trimmed(self, places: Sequence[_Place]) -> Sequence[_Place]:
        """Without the words behind the last amount, when these are no goods."""
        last = max((index for index, place in enumerate(places) if place[2]), default=-1)
        return places[: last + 1] if 0 <= last < len(places) - 1 and self._closes(places[last + 1 :]) else places

    def _ends_stretch(self, at: int) -> bool:
        return self.words[at] in COMMAS or (at > 0 and self.words[at] in words_of("talk", "because"))

    def _opens(self, at: int, *, first: bool) -> int:
        """How many words of talk stand here before the goods: "graag", "eh even denken ik wil graag", "morgen"."""
        word, order = self.words[at], phrases_of("fillers", "order").at(self.words, at)
        if word in words_of("talk", "verbs") or order > 1:
            return max(order, 1)
        if not first:
            return 0
        said = order or phrases_of("fillers", "greetings").at(self.words, at)
        return said or int(at in self.taken or word in fillers() or word in words_of("talk", "words"))

    def _closes(self, places: Sequence[_Place]) -> bool:
        """Whether what stands behind the last amount is no goods: "klaar", "groetjes Ria", "voor de soep", "gesneden"."""
        at = places[0][0]
        if self.words[at] in ("met", "zonder"):
            return True  # "haring 6 met ui"
        if self.names.options.at(self.words, at) or phrases_of("options", "starts").at(self.words, at) or self._purpose(at):
            return True
        if phrases_of("fillers", "farewells").at(self.words, at) or phrases_of("fillers", "goodbyes").at(self.words, at):
            return True
        return all(self._says_nothing(place[0]) for place in places)

    def _says_nothing(self, at: int) -> bool:
        word = self.words[at]
        return at in self.taken or word in fillers() or word in soft_words() or word in _CLOSERS


def _is_behind(places: Sequence[_Place], least: int = 2) -> bool:
    amounts = [place for place in places if place[2]]
    return len(amounts) >= least and not places[0][2] and places[-1][2]


def _end(places: Sequence[_Place]) -> int:
    at, used, _ = places[-1]
    return at + used
