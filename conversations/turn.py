"""One message being answered: what a step may look at, and where it leaves what must be said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from catalog.reading import Line, Reading, Shelf
from catalog.square import Square
from conversations import asides
from conversations.asides import Aside
from notifications.messages import Choice, Inbound, Outbound
from orders.order import Order, Status
from orders.ports import Person, Role, Store

#: The value of the order button. Its words, typed, conclude an order only when they came at once and the summary had arrived:
#: otherwise which summary was seen is unknown.
CONCLUDES = "place:"


@dataclass(slots=True)
class Conversation:
    """Where one person stands. ``step`` is what conversations.steps.dump wrote; ``ask_id`` names the question on the table.

    ``hat`` is in which role the person talks: resident, shopkeeper, courier or coordinator; ``shopkeeper:<shop>`` for who has
    several shops. ``misses`` counts
    misunderstandings in a row; at two a person is offered.
    """

    person: str
    square: str = ""
    hat: str = "resident"
    step: dict[str, object] | None = None
    ask_id: str = ""
    choices: tuple[Choice, ...] = ()
    misses: int = 0
    updated_at: datetime | None = None

    @property
    def role(self) -> str:
        """The hat without the shop."""
        return self.hat.partition(":")[0]


@dataclass
class Turn:
    """One inbound message with everything needed to answer it. Only the engine makes one.

    ``choice`` is the value of a tapped button, or of the offered answer that was typed; ``stale`` is set when the button
    belonged to an earlier question. ``arrived`` says whether the question on the table had surely arrived by then.
    ``pay_link`` makes the address of the pay page from a payment token.
    """

    store: Store
    conversation: Conversation
    person: Person
    inbound: Inbound
    now: datetime
    translate: Callable[[str], str]
    pay_link: Callable[[str], str]
    choice: str | None = None
    stale: bool = False
    roles: Sequence[Role] = ()
    paragraphs: list[str] = field(default_factory=list)
    notices: list[Outbound] = field(default_factory=list)
    missed: bool = False
    arrived: Callable[[], bool] = lambda: True
    _basket_version: int = 0

    @property
    def text(self) -> str:
        """What was typed, or the label of what was tapped."""
        return self.inbound.text

    def _(self, message: str) -> str:
        """The text in the voice of this square (gettext)."""
        return self.translate(message)

    @property
    def square(self) -> Square:
        """The square this talk is about. Raises LookupError when none was chosen yet."""
        return self.store.square(self.conversation.square)

    @property
    def shelf(self) -> Shelf:
        """The square's products, ready for reading and search."""
        return self.store.shelf(self.conversation.square)

    @cached_property
    def basket(self) -> Order:
        """The resident's draft at this square; made when there is none, kept by :meth:`keep_basket` when it changed."""
        draft = self.store.draft(self.person.id, self.conversation.square)
        self._basket_version = draft.version
        return draft

    @cached_property
    def aside(self) -> Aside:
        """What the message says beside groceries: a note for at the door, how to pay."""
        aside = asides.split(self.text)
        return asides.without_groceries(aside, self._sells) if aside.note else aside

    def _sells(self, words: str) -> bool:
        """Whether a clause names nothing but goods of this square."""
        from catalog.reading import read

        lines = read(words, self.shelf, self.now, usual={}).lines
        return bool(lines) and all(line.op == "add" and (line.product or self._bears(line)) for line in lines)

    def _bears(self, line: Line) -> bool:
        """Whether a product that could be meant bears the word itself: "2 yoghurt" does, "2 trappen op" only resembles one."""
        names = " ".join(self.square.product_by_id[one].name for one in line.candidates).casefold().split()
        return any(name.startswith(word[:3]) for word in line.words.casefold().split() if len(word) > 2 for name in names)

    @cached_property
    def reading(self) -> Reading:
        """What the message says, read against the square's shelf and the basket."""
        from catalog.reading import BasketLine, read
        from conversations.flows.address import split_place

        groceries = asides.without_point(self.aside.rest, self.square.delivery.pickup_points)
        lines = [BasketLine(line.number, line.product_id, line.amount, line.said) for line in self.basket.lines]
        return read(
            split_place(groceries)[0],
            self.shelf,
            self.now,
            basket=lines,
            usual=self.store.usual(self.person.id, self.square.slug),
        )

    def read_again(self) -> None:
        """Read the message anew: the basket holds other lines now."""
        self.__dict__.pop("reading", None)

    def keep_basket(self) -> None:
        """Save the draft if this turn changed it. An order that was placed has been saved by then."""
        if "basket" in self.__dict__ and self.basket.status is Status.DRAFT and self.basket.version != self._basket_version:
            self.store.save(self.basket)

    def say(self, text: str) -> None:
        """Add a paragraph to the one bubble of this turn; what was said already in it is not said again."""
        if text and text not in self.paragraphs:
            self.paragraphs.append(text)

    def miss(self) -> None:
        """Note that this message was not understood."""
        self.missed = True
