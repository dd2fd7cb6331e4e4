"""The words of a change, without politeness around them, and what these words name: an amount, goods, a line of the basket."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from catalog.reading.amounts import measure, said_only
from catalog.reading.basket_words import in_basket
from catalog.reading.change_patterns import ARTICLES, EDGES
from catalog.reading.lines import line_of, with_amount
from catalog.reading.lookup import Lookup
from catalog.reading.names import Names
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.result import Line, Op
from catalog.reading.split import Clause
from catalog.reading.tokens import Token, lowers, tokenize
from catalog.reading.wish import only_article
from catalog.reading.wishes import Wish, cut
from catalog.reading.words import plain

_AROUND = frozenset(("toch", "maar", "maak", "liever", "nog", "erbij", "moeten", "moet", "zijn", "worden"))
_REASONS = frozenset(("want", "omdat", "aangezien", "doordat", "immers", "namelijk", "zodat"))


@dataclass(frozen=True, slots=True)
class Said:
    """A clause without politeness: words, and the amount in it as one mark ``#``."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    quantity: Quantity | None
    place: int  # of the amount, in tokens

    @property
    def marked(self) -> str:
        """The words with ``#`` for the amount: "maak er # van"."""
        if not self.quantity:
            return " ".join(self.words)
        return " ".join((*self.words[: self.place], "#", *self.words[self.place + self.quantity.used :]))


def said_in(clause: Clause) -> Said:
    """The clause from its first word of matter to the reason for it, with the first amount in it."""
    words = clause.words
    begin, end = 0, len(words)
    while begin < end and words[begin] in EDGES - {"toch", "maar"}:
        begin += 1
    while end > begin and words[end - 1] in EDGES - {"bij"}:
        end -= 1
    end = next((at for at in range(begin + 1, end) if words[at] in _REASONS), end)
    tokens = clause.tokens[begin:end]
    raw = [token.lower for token in tokens]
    for at in range(len(raw)):
        quantity = read_quantity(raw, at)
        if quantity and not (quantity.amount == 0 and not quantity.vague):
            return Said(tokens, tuple(words[begin:end]), quantity, at)
    return Said(tokens, tuple(words[begin:end]), None, -1)


def as_said(said: Said, text: str) -> str:
    """The change as it was typed."""
    return text[said.tokens[0].start : said.tokens[-1].end]


def tokens_of(span: tuple[int, int], said: Said) -> list[Token]:
    """The tokens at these places in the words, as a pattern found them."""
    begin = len(" ".join(said.words)[: span[0]].split())
    return list(said.tokens[begin : begin + len(" ".join(said.words)[span[0] : span[1]].split())])


def line_in(tokens: Sequence[Token], text: str, names: Names, lookup: Lookup) -> Line | None:
    """The first wish in these tokens as a line."""
    for wish in wishes_in(tokens, names):
        if wish.units:
            return line_of(wish, text, lookup)
    return None


def lines_in(tokens: Sequence[Token], text: str, names: Names, lookup: Lookup) -> list[Line]:
    """All wishes in these tokens as lines; what stands behind the first one only when it names goods."""
    lines = [line_of(wish, text, lookup) for wish in wishes_in(tokens, names) if wish.units]
    return [line for at, line in enumerate(lines) if not at or line.candidates]


def wishes_in(tokens: Sequence[Token], names: Names) -> Iterator[Wish]:
    """The wishes in these tokens, without the words of changing."""
    kept = [token for token in tokens if plain(token.lower) not in _AROUND]
    yield from cut(kept, names).wishes


def at_product(line: Line, inside: str | None, op: Op, said: Said, text: str, lookup: Lookup) -> Line:
    """The line as a change of the product in the basket that it names, else of what it is."""
    product = inside or line.product
    done = replace(line, said=as_said(said, text), op=op, target=inside or line.words, product=product, refused=None)
    return counted(replace(done, candidates=(product,)), said.quantity, lookup) if product else done


def counted(line: Line, quantity: Quantity | None, lookup: Lookup) -> Line:
    """A change with its amount, as its product is sold; of eggs in another number than its box holds, another box."""
    assert line.product
    amount = measure(lookup.product(line.product), quantity, None, line.words)
    other = _of_other_size(line, quantity, lookup) if amount.asks and quantity and line.op == "set" else None
    return other or with_amount(line, amount)


def _of_other_size(line: Line, quantity: Quantity, lookup: Lookup) -> Line | None:
    """ "10 eieren ipv 6", where six are in a box: another box of the same, when one holds as many as that."""
    assert line.product
    old = lookup.product(line.product)
    named = " ".join(word for word in old.name.lower().split() if word.isalpha() and read_quantity([word]) is None)
    said = f"{quantity.said} {named}"
    new = line_in(tokenize(said), said, lookup.shelf.names, lookup)
    if old.by_weight or new is None or new.product in (None, old.id) or lookup.product(new.candidates[0]).group != old.group:
        return None
    return replace(new, said=line.said, op="replace", target=line.target)


def of_last(said: Said, op: Op, text: str, lookup: Lookup) -> Line:
    """A change of the line that was put in last."""
    last = lookup.basket[-1].product_id if lookup.basket else None
    amount = (
        measure(lookup.product(last), said.quantity)
        if last in lookup.shelf.square.product_by_id and last
        else said_only(said.quantity)
    )
    return with_amount(Line(as_said(said, text), "", op=op, target="last"), amount)


def product_in_basket(words: str, lookup: Lookup) -> str | None:
    """The one product in the basket that these words can mean, if there is just one."""
    line = in_basket(words, lookup)
    return line.product_id if line else None


def first_quantity(said: str) -> Quantity | None:
    """The amount within the words of a change."""
    raw = lowers(said)
    return next((found for at in range(len(raw)) if (found := read_quantity(raw, at)) and found.amount), None)


def is_counted(line: Line) -> bool:
    """Whether it is said how much: not by a mere "een"."""
    quantity = first_quantity(line.said)
    return quantity is not None and not only_article(quantity)


def is_some(thing: Sequence[Token]) -> bool:
    """Whether only so many are meant: "2 krentenbollen", not "een komkommer"."""
    quantity = read_quantity([token.lower for token in thing]) if thing else None
    return quantity is not None and quantity.said not in ARTICLES and bool(quantity.amount)


__all__ = [
    "Said", "as_said", "at_product", "counted", "first_quantity", "is_counted", "is_some", "line_in", "lines_in", "of_last",
    "product_in_basket", "said_in", "tokens_of", "wishes_in",
]  # fmt: skip
