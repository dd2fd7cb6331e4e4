"""What reading a message gives: frozen values without any behaviour that needs a catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from catalog.reading.nouns import bare_name, name_words, noun_of
from catalog.square import Square

if TYPE_CHECKING:
    from catalog.reading.names import Names
    from catalog.reading.when import When
    from catalog.search import Index

Unit = Literal["g", "piece"]
Op = Literal["add", "set", "more", "less", "remove", "replace"]
Asks = Literal["which", "amount", "packs", "pieces_or_weight"]
Intent = Literal[
    "order", "change", "remove", "repeat", "question", "greeting", "thanks", "yes", "no", "stop", "help", "callme",
    "basket", "cancel", "done", "other",
]  # fmt: skip
Topic = Literal[
    "delivery_cost", "deadline", "when_comes", "seller", "allergens", "price", "stock", "hours", "payment",
    "order_status", "adding", "area", "bot", "other",
]  # fmt: skip


@dataclass(frozen=True)
class Shelf:
    """A square together with the search index over what it sells: all that reading needs to know of the world."""

    square: Square
    index: Index

    @classmethod
    def of(cls, square: Square) -> Shelf:
        """Build the index over the products that are not withdrawn."""
        from catalog.search import Index  # here, so that reading words alone does not load numpy

        shelf = cls(square, Index.build([product for product in square.products if not product.withdrawn], square.shops))
        for ready in (shelf.names, shelf.place, shelf.groups, shelf.nouns, shelf.begins, shelf.joined, shelf.options):
            del ready  # made now, so that the first message need not wait for it
        return shelf

    @cached_property
    def names(self) -> Names:
        """The names that must be kept whole in a sentence."""
        from catalog.reading.names import Names

        return Names(product for product in self.square.products if not product.withdrawn)

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each product stands in the square's list, by its id."""
        return {product.id: at for at, product in enumerate(self.square.products)}

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The product ids of each group, by the nouns that it is called; restricted goods left out."""
        found: dict[str, list[str]] = {}
        for product in self.square.products:
            if not product.withdrawn and product.restricted is None:
                for noun in map(noun_of, name_words(product.group)):
                    found.setdefault(noun, []).append(product.id)
        return {noun: tuple(products) for noun, products in found.items()}

    @cached_property
    def nouns(self) -> dict[str, tuple[str, ...]]:
        """Product ids by each noun in their name and each end of a compound; restricted goods left out."""
        found: dict[str, list[str]] = {}
        for product in self.square.products:
            if not product.withdrawn and product.restricted is None:
                bare, known = bare_name(product.name) | frozenset(name_words(product.name)), product.id
                for tail in {noun[cut:] for noun in bare for cut in range(len(noun) - 2)} | bare:
                    found.setdefault(tail, []).append(known)
        return {noun: tuple(products) for noun, products in found.items()}

    @cached_property
    def begins(self) -> dict[str, list[tuple[str, str]]]:
        """Words of names and synonyms with their product id, by their first three letters; restricted goods left out."""
        found: dict[str, list[tuple[str, str]]] = {}
        for product in self.square.products:
            if not product.withdrawn and product.restricted is None:
                known = product.id
                for word in {word for name in (product.name, *product.synonyms) for word in name_words(name)}:
                    found.setdefault(word[:3], []).append((word, known))
        return found

    @cached_property
    def exact(self) -> dict[str, str]:
        """Product id by whole name or synonym, where just one product bears it."""
        found: dict[str, set[str]] = {}
        for product in self.square.products:
            if not product.withdrawn:
                for name in (product.name, *product.synonyms):
                    words = name_words(name)
                    found.setdefault(" ".join(words), set()).add(product.id)
        return {name: products.pop() for name, products in found.items() if len(products) == 1}

    @cached_property
    def joined(self) -> dict[str, str]:
        """Product id by a name of several words written as one ("bruinebonen")."""
        return {name.replace(" ", ""): product for name, product in self.exact.items() if " " in name}

    @cached_property
    def options(self) -> tuple[str, ...]:
        """All options of one word that its products have, without doubles."""
        every = (option for product in self.square.products for option in product.options if " " not in option)
        return tuple(dict.fromkeys(every))


@dataclass(frozen=True, slots=True)
class BasketLine:
    """A line that already lies in the basket; ``number`` as shown to the resident, ``amount`` in grams or pieces."""

    number: int
    product_id: str
    amount: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One wish. ``amount`` is in grams or in pieces (a pack is one piece); None = not said and no default fits.

    ``product`` is set only when it may go into the basket without asking which one. ``candidates`` are what to offer, best
    first, at most ten; empty while ``product`` is None means that it is not sold here. ``asks`` names the one thing still
    to ask; ``low`` and ``high`` are the amounts to offer with it (a range, or the packs below and above).
    ``target`` says what a change is about: ``last``, ``#2``, a product id in the basket, or the words as said.
    """

    said: str
    words: str
    product: str | None = None
    candidates: tuple[str, ...] = ()
    amount: int | None = None
    unit: Unit | None = None
    about: bool = False
    options: tuple[str, ...] = ()
    note: str = ""
    refused: str | None = None
    op: Op = "add"
    target: str | None = None
    asks: Asks | None = None
    low: int | None = None
    high: int | None = None
    money_cents: int | None = None
    persons: int | None = None

    @property
    def kept(self) -> tuple[str, ...]:
        """How it must be, in her words: options of the product first, then what is a note to the shop."""
        return (*self.options, *(part for part in self.note.split(", ") if part))


@dataclass(frozen=True, slots=True)
class Question:
    """Something asked. ``words``: the product or shop words it is about, or empty."""

    topic: Topic
    words: str
    said: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole message as understood. ``place_order`` only when the words of the order button were typed.

    ``when`` is a moment that is still to come and suits; ``moment`` also holds one gone by, when nothing is ordered.
    ``pickup``: True "ik haal het op", False "bezorgen", None not said. ``rest``: the words that were not understood.
    ``stays``: the products of the basket that were said to stay as they are.
    """

    text: str
    intent: Intent
    lines: tuple[Line, ...] = ()
    when: When | None = None
    questions: tuple[Question, ...] = ()
    place_order: bool = False
    pickup: bool | None = None
    rest: str = ""
    moment: When | None = None
    stays: tuple[str, ...] = ()
