"""What a sentence is cut into: product words, wishes, and all wishes of one clause."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from catalog.reading.lexicon import words_of
from catalog.reading.quantities import Quantity
from catalog.reading.tokens import Token
from catalog.reading.words import plain, table

COMMAS = frozenset((",", ";", "|", "•", "·", "/", "\\"))
STOPS = COMMAS | {":"}


@dataclass(frozen=True, slots=True)
class Unit:
    """Product words that stay together: one word, or a name with "en" in it. ``soft``: may as well be an option."""

    tokens: tuple[Token, ...]
    soft: bool = False
    link: str = ""  # the "met" or "van" said before it: never a wish of its own
    product: str | None = None  # when these words are the whole name of just one product
    named: bool = False  # a name of the catalogue that holds "en", a number or a filler word

    @property
    def text(self) -> str:
        """The words of the unit, in lower case."""
        return self.tokens[0].lower if len(self.tokens) == 1 else " ".join([token.lower for token in self.tokens])


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
    segment: int = 0  # between which commas it stands
    vague: bool = False  # "een fles sap of zo"
    reported: bool = False  # stands in what somebody says or thinks: "zeg de slager dat de worst goed was"
    behind: bool = False  # its amount stood behind its words
    describes: bool = False  # only adjectives behind another wish: "melk, halfvol", but also "6 krentenbollen, heel volkoren"
    anew: bool = False  # its amount was told elsewhere than beside its words
    as_last: bool = False  # as much of it as of what was ordered before: "2 pakken melk. Kwark idem"
    under: list[Unit] = field(default_factory=list)  # the goods that head the list it stands in: "melk: 2 volle, 1 halfvolle"
    start: int = -1
    end: int = -1

    def touch(self, tokens: Iterable[Token]) -> None:
        """Let the words as said reach over these tokens."""
        for token in tokens:
            self.start = token.start if self.start < 0 else min(self.start, token.start)
            self.end = max(self.end, token.end)

    def as_said(self) -> Hashable:
        """All that was said, wherever in the message: equal for two wishes that ask for the same in the same words."""
        units = [(unit.text, unit.soft, unit.link, unit.product, unit.named) for unit in (*self.units, *self.either)]
        how = (self.more, self.nothing, self.vague, self.behind, self.anew)
        return (len(self.units), *units, self.quantity, self.second, *self.notes, how)

    @property
    def empty(self) -> bool:
        """Whether nothing was said yet."""
        return not self.units and not self.quantity and not self.notes


@dataclass(slots=True)
class Cut:
    """What a clause came to: its wishes, and whether words of ordering ("ik wil graag") or of parting were heard."""

    wishes: list[Wish] = field(default_factory=list)
    ordered: bool = False
    ordered_from: int = 0  # the segment in which that was first heard
    counted: bool = False
    orders: set[int] = field(default_factory=set)  # segments that hold words of ordering
    heavy: set[int] = field(default_factory=set)  # segments with a verb of talk that says more than "is" or "mag"
    told: set[int] = field(default_factory=set)  # segments that tell of what was, or of what there is at home
    stated: set[int] = field(default_factory=set)  # segments in which a verb of a main clause comes before any thing named
    unsure: set[int] = field(default_factory=set)  # segments of which it is asked whether what they name is wanted
    spoken: set[int] = field(default_factory=set)  # segments that hold a verb of talk
    listing: set[int] = field(default_factory=set)  # segments in which an amount of goods was ordered, whatever was said before

    def wants(self, segments: set[int]) -> None:
        """Take these stretches for ordered, however they were said."""
        if segments:
            self.ordered, self.ordered_from = True, 0
            self.orders |= segments
            self.told, self.heavy = self.told - segments, self.heavy - segments


@cache
def group_words() -> frozenset[str]:
    """Words for a whole kind of goods: "vlees", "groente"."""
    return frozenset(plain(word) for row in table("groups")["group"] for word in row["words"])


def is_name(token: Token) -> bool:
    """Whether a token is a person's name or title, with a capital."""
    return token.text[:1].isupper() and plain(token.lower) in words_of("fillers", "names") | words_of("fillers", "titles")


def fillers() -> frozenset[str]:
    """Words that say nothing."""
    return words_of("fillers", "words")


def soft_words() -> frozenset[str]:
    """Words that may be an option."""
    return words_of("options", "words")


def only_article(quantity: Quantity) -> bool:
    """Whether the amount is no more than "een"."""
    return quantity.used == 1 and quantity.unit == "" and quantity.amount == 1 and quantity.said != "1"


def says_anew(before: Quantity, quantity: Quantity) -> bool:
    """Whether the same pack is counted twice: one of it with the name, and then how many there must be."""
    packs = before.unit == quantity.unit == "pack" and before.word == quantity.word and before.amount == 1
    return packs and bool(quantity.amount) and not (before.times or quantity.times or quantity.to)


def of_half(quantity: Quantity) -> bool:
    """Whether halves were counted: "een half brood", "een halfje", "anderhalf brood"."""
    halved = quantity.amount is not None and quantity.amount.denominator == 2
    return quantity.unit == "half" or (quantity.unit == "" and halved)


def words_said(units: Sequence[Unit]) -> str:
    """The product words as the index is asked for them; "van" and "bij" stay, as they point at a shop."""
    return " ".join(f"{unit.link} {unit.text}" if unit.link in ("van", "bij", "met", "zonder") else unit.text for unit in units)
