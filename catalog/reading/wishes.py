"""A clause cut into wishes: the amount, the product words and how it must be, before anything is looked up.

"twee bruine broden een pond jong belegen en zes krentenbollen" holds no comma: a new amount opens a new wish. Products whose
names hold "en", a number or a filler word ("peen en uien", "drie in de pan") are kept whole first, see :class:`Names`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.numbers import read_number
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.tokens import Token, lowers
from catalog.reading.words import plain

_COMMAS = frozenset((",", ";", "|", "•", "·", "/", "\\"))
_SKIPPED = frozenset(("(", ")", ":", '"', "'", "=", "-", "*", "[", "]", "{", "}", "<", ">", "#", "!", "?", ".", "_", "~", "“", "”"))
_ANDS = frozenset(("en", "plus", "&", "+", "alsook", "alsmede", "ennuh", "enne"))
_ARTICLES = frozenset(("een", "n", "'n", "ne", "nen"))
_NEXT = frozenset(("ook", "verder", "daarnaast", "daarbij", "tevens", "dan", "daarna", "vervolgens", "oja", "verders", "nog", "eveneens"))
_OPEN_NOTES = frozenset(("zonder", "niet", "per", "liefst", "liever", "extra", "het"))
_LOOSE = frozenset(("van", "voor", "met", "in", "uit", "op", "de", "het", "bij"))


@dataclass(frozen=True, slots=True)
class Unit:
    """Product words that stay together: one word, or a name with "en" in it. ``soft``: may as well be an option."""

    tokens: tuple[Token, ...]
    soft: bool = False
    link: str = ""  # the "met" or "van" said before it: never a wish of its own

    @property
    def text(self) -> str:
        return " ".join(token.lower for token in self.tokens)


@dataclass(slots=True)
class Wish:
    """One thing as said. ``second`` is an amount behind the words when one stood before them ("2 zakken ... van 5 kilo")."""

    units: list[Unit] = field(default_factory=list)
    quantity: Quantity | None = None
    second: Quantity | None = None
    notes: list[str] = field(default_factory=list)
    joined: str = ""  # "en" when it followed an "en"
    either: list[Unit] = field(default_factory=list)  # the other product of "appels of peren"
    more: bool = False  # "nog", "extra"
    nothing: bool = False  # "geen"
    start: int = -1
    end: int = -1

    def touch(self, tokens: Iterable[Token]) -> None:
        """Let the words as said reach over these tokens."""
        for token in tokens:
            self.start = token.start if self.start < 0 else min(self.start, token.start)
            self.end = max(self.end, token.end)

    @property
    def empty(self) -> bool:
        return not self.units and not self.quantity and not self.notes


class Names:
    """The products of a square whose names hold "en", a number or a filler word: found in a sentence as one whole."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in names:
            words = tuple(plain(word) for word in lowers(name.replace("-", " ")) if word not in _SKIPPED)
            if len(words) > 1 and _needs_care(words):
                self._by_first.setdefault(words[0][:2], []).append(words)
        for found in self._by_first.values():
            found.sort(key=len, reverse=True)

    def at(self, words: Sequence[str], place: int) -> int:
        """How many words the longest such name starting at ``place`` takes, slips of the thumb forgiven; else 0."""
        for name in self._by_first.get(words[place][:2], ()):
            said = words[place : place + len(name)]
            if len(said) == len(name) and all(map(_alike, said, name)):
                return len(name)
        return 0


def _needs_care(words: Sequence[str]) -> bool:
    special = words_of("fillers", "words") | words_of("fillers", "joiners") | _OPEN_NOTES | {"met", "zonder"}
    return any(word in special or read_number(words, at) or read_quantity(words, at) for at, word in enumerate(words))


def _alike(said: str, word: str) -> bool:
    if said == word:
        return True
    if len(word) < 4 or said[0] != word[0]:
        return len(word) >= 3 and said.rstrip("s").removesuffix("en") == word.rstrip("s").removesuffix("en")
    return OSA.distance(said, word) <= (1 if len(word) < 6 else 2)


@dataclass(slots=True)
class Cut:
    """What a clause came to: its wishes, and whether words of ordering ("ik wil graag") or of parting were heard."""

    wishes: list[Wish] = field(default_factory=list)
    ordered: bool = False
    counted: bool = False


class _Cutter:
    def __init__(self, tokens: Sequence[Token], names: Names, taken: frozenset[int]) -> None:
        self.tokens = tokens
        self.words = [plain(token.lower) for token in tokens]
        self.raw = [token.lower for token in tokens]
        self.names = names
        self.taken = taken  # places of tokens that say when
        self.wish = Wish()
        self.cut = Cut()
        self.behind = False  # amounts stand behind the words in this stretch
        self.glue = ""

    def run(self) -> Cut:
        at = 0
        self.behind = self._amounts_behind(0)
        while at < len(self.tokens):
            at += self._step(at)
        self._close()
        return self.cut

    def _step(self, at: int) -> int:
        """Read what stands at ``at`` and return how many tokens it took."""
        word = self.words[at]
        if at in self.taken:
            return 1
        name = self.names.at(self.words, at)
        if name:
            return self._add(at, name)
        if word in _COMMAS:
            return self._comma(at)
        if word in _SKIPPED:
            return 1
        if phrases_of("fillers", "farewells").at(self.words, at) and not (at and self.words[at - 1].isdigit()):
            return len(self.tokens) - at
        if word in words_of("talk", "because"):
            return self._because(at)
        return self._note(at) or self._quantity(at) or self._joiner(at) or self._filler(at) or self._add(at, 1)

    def _comma(self, at: int) -> int:
        self._close()
        self.behind = self._amounts_behind(at + 1)
        return 1

    def _because(self, at: int) -> int:
        """A subordinate clause tells why, and is no wish: over to the next comma."""
        self._close()
        rest = self.words[at:]
        return rest.index(",") if "," in rest else len(rest)

    def _close(self, joined: str = "") -> None:
        if not self.wish.empty:
            self.cut.wishes.append(self.wish)
        self.wish = Wish(joined=joined)
        self.glue = ""

    def _add(self, at: int, used: int) -> int:
        tokens = tuple(self.tokens[at : at + used])
        soft = used == 1 and self.words[at] in words_of("options", "words")
        self.wish.units.append(Unit(tokens, soft, self.glue))
        self.wish.touch(tokens)
        self.glue = ""
        return used

    # amounts

    def _quantity(self, at: int) -> int:
        quantity = read_quantity(self.raw, at)
        if not quantity or any(place in self.taken for place in range(at, at + quantity.used)):
            return 0
        if quantity.amount == 0 and self.words[at] in ("geen", "niks", "noppes", "nul", "0"):
            return self._none(at, quantity.used)
        self._place(at, quantity)
        said = quantity.used > 1 or self.words[at] not in _ARTICLES
        self.cut.counted = self.cut.counted or said
        return quantity.used

    def _none(self, at: int, used: int) -> int:
        self._close()
        self.wish.nothing = True
        self.wish.touch(self.tokens[at : at + used])
        return used

    def _place(self, at: int, quantity: Quantity) -> None:
        """Give an amount to the wish that it belongs to: the one before it, or a new one."""
        wish = self.wish
        if wish.units and not self._belongs_before(at, quantity):
            self._close()
            wish = self.wish
        if wish.quantity is None:
            wish.quantity = quantity
        elif not wish.units and _only_article(wish.quantity):
            wish.quantity = quantity
        elif wish.second is None:
            wish.second = quantity
        wish.touch(self.tokens[at : at + quantity.used])

    def _belongs_before(self, at: int, quantity: Quantity) -> bool:
        """Whether an amount met after product words belongs to those words."""
        if quantity.unit in ("person", "euro") or self.words[at] == "van":
            return True
        if self.behind and self.wish.quantity is None:
            return True
        return self._nothing_follows(at + quantity.used) and (self.wish.quantity is None or quantity.unit in ("g", "ml", "slice"))

    def _nothing_follows(self, at: int) -> bool:
        """Whether the wish ends here: a comma, "en", the end, or only words that say nothing."""
        while at < len(self.tokens):
            word = self.words[at]
            if word in _COMMAS or word in _ANDS:
                return True
            skipped = phrases_of("options", "starts").at(self.words, at)
            if skipped:
                return True
            if not (at in self.taken or word in _SKIPPED or word in words_of("fillers", "words") or word in _soft_words()):
                return False
            at += 1
        return True

    def _amounts_behind(self, at: int) -> bool:
        """Whether this stretch is written as "melk 2 brood 1": it starts with a word, ends with an amount, and holds two."""
        amounts: list[tuple[int, int]] = []
        first = at
        while at < len(self.tokens) and self.words[at] not in _COMMAS:
            quantity = None if self.names.at(self.words, at) else read_quantity(self.raw, at)
            if quantity:
                amounts.append((at, quantity.used))
            at += quantity.used if quantity else (self.names.at(self.words, at) or 1)
        return len(amounts) > 1 and amounts[0][0] > first and sum(amounts[-1]) == at and self.words[first] not in _fillers()

    # words that are no product

    def _note(self, at: int) -> int:
        """A wish about how: "zonder ui", "in plakjes", "per twee verpakt"."""
        used = phrases_of("options", "starts").at(self.words, at)
        if not used:
            return 0
        end = at + used
        if self.words[at] in _OPEN_NOTES or self.words[end - 1] in ("extra", "beetje"):
            end = self._end_of_note(at, end)
        if end == at + 1 and self.words[at] in _OPEN_NOTES:
            return 0
        self.wish.notes.append(" ".join(self.raw[at:end]))
        self.wish.touch(self.tokens[at:end])
        return end - at

    def _end_of_note(self, at: int, end: int) -> int:
        limit = min(len(self.tokens), at + 5)
        if self.words[at] == "per":
            number = read_number(self.raw, end)
            end += number.used if number else 0
        while end < limit and end not in self.taken and not self._stops_note(end):
            end += 1
        return end

    def _stops_note(self, at: int) -> bool:
        word = self.words[at]
        return word in _COMMAS or word in _ANDS or word in _SKIPPED or word in ("graag", "voor") or bool(read_quantity(self.raw, at))

    def _joiner(self, at: int) -> int:
        word = self.words[at]
        if word == "of" and self.wish.units:
            return self._either(at)
        if word in _ANDS:
            self._close("en")
            self.behind = self.behind or self._amounts_behind(at + 1)
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

    def _either(self, at: int) -> int:
        """ "appels of peren": two products, of which one is meant."""
        end = at + 1
        while end < len(self.tokens) and self.words[end] not in _COMMAS | _ANDS and end not in self.taken and end < at + 4:
            if self.words[end] not in words_of("fillers", "words"):
                self.wish.either.append(Unit((self.tokens[end],)))
                self.wish.touch(self.tokens[at : end + 1])
            end += 1
        return end - at

    def _filler(self, at: int) -> int:
        used = phrases_of("fillers", "order").at(self.words, at)
        if used and not (used == 1 and self.words[at] in ("voor", "in")):
            self.cut.ordered = True
            return used
        used = phrases_of("fillers", "greetings").at(self.words, at) if at == 0 else 0
        used = used or phrases_of("fillers", "goodbyes").at(self.words, at)
        if used:
            return used
        if self.words[at] not in words_of("fillers", "words"):
            return 0
        if self.wish.units and self.words[at] in _LOOSE:
            self.glue = self.glue or self.words[at]
        return 1


def _fillers() -> frozenset[str]:
    return words_of("fillers", "words")


def _soft_words() -> frozenset[str]:
    return words_of("options", "words")


def _only_article(quantity: Quantity) -> bool:
    return quantity.used == 1 and quantity.unit == "" and quantity.amount == 1


def cut(tokens: Sequence[Token], names: Names, taken: frozenset[int] = frozenset()) -> Cut:
    """The wishes of one clause, in order. ``taken``: places of the tokens that say when and are no product."""
    return _Cutter(tokens, names, taken).run()
