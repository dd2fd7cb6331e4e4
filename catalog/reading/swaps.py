"""One thing for another, and what is said behind it: "broccoli ipv de bloemkool en dan ook nog een bakje champignons".

Looked for before a clause is cut further. The old thing must lie in the basket, or have been said in this message; what follows
may be an amount or an option of the new thing, and everything else is read on as a clause of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from catalog.reading.amounts import common, measure, said_only
from catalog.reading.applied import instead_of_kin
from catalog.reading.change_patterns import ARTICLES
from catalog.reading.change_said import counted
from catalog.reading.lexicon import words_of
from catalog.reading.lines import line_of, with_amount
from catalog.reading.lookup import Lookup
from catalog.reading.names import Names
from catalog.reading.nouns import are_one_grade, is_adjective, noun_of
from catalog.reading.options import settle_options
from catalog.reading.outs import may_go_out, taken_out
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.result import BasketLine, Line
from catalog.reading.split import Clause
from catalog.reading.swap_parts import Swap, inside_basket
from catalog.reading.swap_shapes import Told, shapes_at, starts_in, with_names_kept
from catalog.reading.tokens import Token, tokenize
from catalog.reading.wish import COMMAS, Unit, soft_words
from catalog.reading.wishes import Wish, cut
from catalog.reading.words import plain, table

_LONGEST = 40  # words
_KINDS = ("counts", "swaps", "hows", "outs")
_SMALL = words_of("changes", "small_behind")
_TURNING = frozenset(("worden", "zijn", "wezen"))
_PIECES = ("spiesjes", "stokjes", "schijfjes", "stengels", "stronkjes", "stuks")
_SIZES = frozenset(("half", "halve", "heel", "hele", "halfje"))
_NOT_THAT = (("niet",), ("geen",), ("dus",), ("ipv",), ("in", "plaats", "van"), ("inplaats", "van"), ("in", "plek", "van"))
_BEHIND = _SMALL | words_of("changes", "small_last")


def swap_in(clause: Clause, text: str, names: Names, lookup: Lookup) -> Swap | None:
    """The first swap in a clause, another count told as one ("2 ipv 1"), or what is not needed; None when it holds none."""
    words = clause.words
    if not lookup.basket or len(words) > _LONGEST or not _hints() & set(words):
        return None
    shown = with_names_kept(words, names)
    for at in starts_in(words):
        for told in shapes_at(shown[at:], _KINDS):
            if told.kind == "outs":
                swap = taken_out(told, at, clause.tokens, text, lookup) if may_go_out(clause, at, lookup) else None
            else:
                swap = _swap(told, at, clause.tokens, text, names, lookup)
            if swap:
                return swap
    return None


def turned_into(
    clause: Clause, told: Callable[[int], BasketLine | None], text: str, names: Names, lookup: Lookup
) -> Swap | None:
    """ "de rozen ruiken zo sterk, mag het een bos tulpen worden?": what was told of before, for what it must become.

    ``told`` gives the line of the basket that is told of before a place in the text.
    """
    words = clause.words
    if not lookup.basket or len(words) > _LONGEST or not _TURNING & set(words):
        return None
    shown = with_names_kept(words, names)
    for at in starts_in(words):
        for shape in shapes_at(shown[at:], ("turns_into",)):
            new = clause.tokens[at + shape.new[0] : at + shape.new[1]]
            inside = told(clause.tokens[at].start) or _only_kin(new, text, names, lookup)
            old = tokenize(lookup.product(inside.product_id).name) if inside and not _whole_amount(new) else ()
            found = _exchanged(old, new, inside, text, names, lookup) if inside and old else None
            if inside and found and _is_another(found[0], inside, lookup):
                said = text[clause.tokens[at].start : clause.tokens[at + shape.end - 1].end]
                line, more = _refined(replace(found[0], said=said), found[1], tuple(clause.tokens[at + shape.end :]), lookup)
                return Swap((), _as_many(line, inside, lookup), more)  # what stands before it only told of it
    return None


def _only_kin(new: Sequence[Token], text: str, names: Names, lookup: Lookup) -> BasketLine | None:
    """ "moest zoete drop zijn": of what lies in the basket, the only thing of that kind."""
    wish = _only_wish(new, names)
    line = instead_of_kin(line_of(wish, text, lookup), lookup) if wish else None
    target = line.target if line and line.op == "replace" else None
    return next((one for one in lookup.basket if one.product_id == target), None)


def _is_another(line: Line, inside: BasketLine, lookup: Lookup) -> bool:
    """Whether this is surely something else, or may be another one of the kind."""
    group = lookup.product(inside.product_id).group
    kin = any(lookup.product(one).group == group for one in line.candidates)
    return line.product != inside.product_id and (bool(line.product) or kin)


def also_counted(clause: Clause, text: str, names: Names, lookup: Lookup) -> Swap | None:
    """ "..., en de saus ook 3": behind a change of an amount it is one as well, when that lies in the basket."""
    at = 1 if clause.words[:1] in (["en"], [","]) else 0
    told = next(iter(shapes_at(with_names_kept(clause.words[at:], names), ("also",))), None) if clause.words[at:] else None
    return _swap(replace(told, kind="counts"), at, clause.tokens, text, names, lookup) if told else None


def as_much_too(clause: Clause, line: Line, names: Names, lookup: Lookup) -> Swap | None:
    """ "..., en van de walnoten ook": as much as of what was changed before, when that lies in the basket."""
    at = 1 if clause.words[:1] in (["en"], [","]) else 0
    told = next(iter(shapes_at(with_names_kept(clause.words[at:], names), ("also_same",))), None) if clause.words[at:] else None
    inside = inside_basket(clause.tokens[at + told.old[0] : at + told.old[1]], lookup) if told else None
    if told is None or inside is None or line.amount is None:
        return None
    product = lookup.product(inside.product_id)
    if product.by_weight != (line.unit == "g"):
        return None
    same = replace(line, words=product.name.lower(), product=product.id, candidates=(product.id,), target=product.id)
    return Swap((), same, tuple(clause.tokens[at + told.end :]))


@cache
def _hints() -> frozenset[str]:
    return words_of("changes", "swapping")


# From a shape to a change


def _swap(told: Told, at: int, tokens: Sequence[Token], text: str, names: Names, lookup: Lookup) -> Swap | None:
    old = tokens[at + told.old[0] : at + told.old[1]]
    new = tokens[at + told.new[0] : at + told.new[1]]
    said = text[tokens[at].start : tokens[at + told.end - 1].end]
    behind = tuple(tokens[at + told.end :])
    pairs = [(old, new)] if old != new else _counted(old) if told.kind == "counts" else _halves(old)
    best: Swap | None = None
    for one, other in pairs:
        swap = _change(one, other, told.kind, behind, text, names, lookup)
        if swap and told.kind == "counts" and _says_more(tokens[at : at + told.end]):
            swap = (replace(swap[0], op="more"), swap[1])  # "van die komkommer nog 3"
        if swap and (best is None or (swap[0].product and not best.line.product)):
            best = Swap(tuple(tokens[:at]), replace(swap[0], said=said), swap[1])
    return best


def _says_more(tokens: Sequence[Token]) -> bool:
    """ "van die komkommer nog 3"; but "maak er nog even 3 van"."""
    words = [plain(token.lower) for token in tokens]
    nog = any(one == "nog" and read_quantity([after]) for one, after in pairwise(words))
    return nog or not words_of("changes", "more_counted").isdisjoint(words)


def _halves(tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """ "bruine bollen witte": the old and the new without a word between them, the longest old thing first."""
    raw = [token.lower for token in tokens]
    amounts = [at for at in range(1, len(raw)) if read_quantity(raw, at) and raw[at] not in _SIZES and raw[at - 1] != "maat"]
    places = (at for at in range(len(tokens) - 1, 0, -1) if not are_one_grade(raw[at - 1], raw[at]))
    for at in amounts[:1] or places:
        yield tokens[:at], tokens[at:]


def _counted(tokens: Sequence[Token]) -> Iterator[tuple[Sequence[Token], Sequence[Token]]]:
    """ "4 krentenbollen", "krentenbollen 4": the thing and its amount."""
    raw = [token.lower for token in tokens]
    for at in range(len(raw)):
        quantity = read_quantity(raw, at)
        if quantity and (at == 0 or at + quantity.used == len(raw)):
            end = at + quantity.used
            yield (tokens[end:] if at == 0 else tokens[:at]), tokens[at:end]


def _change(
    old: Sequence[Token], new: Sequence[Token], kind: str, behind: tuple[Token, ...], text: str, names: Names, lookup: Lookup
) -> tuple[Line, tuple[Token, ...]] | None:
    inside = inside_basket(old, lookup)
    if inside is None or (kind == "hows" and not _only_how(new, names)):
        return None
    quantity = _whole_amount(new)
    if not quantity and kind == "counts":
        return None
    found = _recounted(quantity, inside, lookup) if quantity else _exchanged(old, new, inside, text, names, lookup)
    if found is None:
        return None
    line, wish = found
    is_counted = wish is not None and wish.quantity is not None
    line, behind = _refined(line, wish, _without_old(behind, inside, lookup), lookup)
    if line.op == "replace" and line.product == inside.product_id:
        return None
    if line.op == "replace" and line.unit == "piece" and line.amount == 1 and not is_counted:
        line = _as_many(line, inside, lookup)
    return line, behind


def _as_many(line: Line, inside: BasketLine, lookup: Lookup) -> Line:
    """Without a number there come as many of the new thing as there were of the old."""
    whole = lookup.product(inside.product_id).by_weight or any(lookup.product(one).by_weight for one in line.candidates[:1])
    return line if whole else replace(line, amount=inside.amount)


def _recounted(quantity: Quantity, inside: BasketLine, lookup: Lookup) -> tuple[Line, Wish | None]:
    product = lookup.product(inside.product_id)
    line = Line("", product.name.lower(), product.id, (product.id,), op="set", target=product.id)
    return counted(line, quantity, lookup), None


def _whole_amount(tokens: Sequence[Token]) -> Quantity | None:
    """The amount when these tokens are nothing else; small words around it may stand there."""
    raw = [token.lower for token in tokens]
    while raw and plain(raw[0]) in _SMALL | {",", "x"}:
        raw = raw[1:]
    while raw and plain(raw[-1]) in _BEHIND:
        raw = raw[:-1]
    quantity = read_quantity(raw) if raw and not set(raw) <= _SIZES | {"een"} else None
    if quantity and len(raw) == quantity.used + 1 and raw[-1] in _PIECES:
        raw = raw[:-1]  # "8 spiesjes"
    return quantity if quantity and quantity.used == len(raw) and quantity.amount and quantity.unit != "euro" else None


def _exchanged(
    old: Sequence[Token], new: Sequence[Token], inside: BasketLine, text: str, names: Names, lookup: Lookup
) -> tuple[Line, Wish | None] | None:
    said_nothing = _SMALL | words_of("fillers", "words") | words_of("talk", "words") - {"gewone"}
    if all(plain(token.lower) in said_nothing or read_quantity([token.lower]) for token in new if token.lower not in _SIZES):
        return None if not any(token.lower in _SIZES for token in new) else _completed(old, new, inside, text, names, lookup)
    wish = _only_wish(new, names)
    only_how = wish is None or all(_says_how(unit) for unit in wish.units)
    line = line_of(wish, text, lookup) if wish and not only_how else None
    if line is None or not (line.product or line.refused):
        completed = _completed(old, new, inside, text, names, lookup)
        if completed and (only_how or completed[0].product):
            return completed
    if line and not (line.candidates or line.refused):
        line = _by_beginning(line, lookup)
    if line is None or not (line.candidates or line.refused or lookup.knows(plain(line.words.split()[-1])) >= 0.8):
        return None
    return replace(line, op="replace", target=inside.product_id), wish


def _by_beginning(line: Line, lookup: Lookup) -> Line:
    """ "ijsberg" where only "ijsbergsla" is sold: asked."""
    word = noun_of(plain(line.words.split()[-1])) if line.words else ""
    found = tuple(dict.fromkeys(lookup.beginning(word))) if len(word) > 3 else ()
    return replace(line, candidates=found[:5], asks="which") if 0 < len(found) <= 5 else line


def _says_how(unit: Unit) -> bool:
    """Whether a word only says which one: "witte", "gladde"."""
    word = plain(unit.text)
    return not unit.named and (is_adjective(word) or word in soft_words())


def _only_how(tokens: Sequence[Token], names: Names) -> bool:
    if all(token.lower in _SIZES for token in tokens):
        return True
    wish = _only_wish(tokens, names)
    return wish is not None and all(_says_how(unit) for unit in wish.units) and not wish.quantity


def _only_wish(tokens: Sequence[Token], names: Names) -> Wish | None:
    wishes = [wish for wish in cut(tokens, names).wishes if not wish.empty]
    return wishes[0] if len(wishes) == 1 and wishes[0].units and not wishes[0].nothing else None


def _completed(
    old: Sequence[Token], new: Sequence[Token], inside: BasketLine, text: str, names: Names, lookup: Lookup
) -> tuple[Line, Wish] | None:
    """ "bruine bollen" and then "witte": what it is, is said only of the old thing."""
    was = lookup.product(inside.product_id)
    nouns = [token for token in old if _is_noun(token, lookup)] or [one for one in tokenize(was.name) if _is_noun(one, lookup)]
    sides = {word for token in new for word in _sides(plain(token.lower))}
    kept = [token for token in old if plain(token.lower) not in sides | ARTICLES]
    head = [one for one in tokenize(was.name) if len(old) == 1 and _ends_in(plain(old[0].lower), one, lookup)]
    lines = [_of_words([*new, *rest], new, was.id, text, names, lookup) for rest in (kept, nouns, head) if rest]
    found = [one for one in lines if one]
    return next((one for one in found if one[0].product), found[-1] if found else None)


def _ends_in(word: str, name: Token, lookup: Lookup) -> bool:
    """Whether a compound ends in this thing of the name: "paprikachips" in Chips paprika."""
    end = plain(name.lower)
    return word != end and word.endswith(end) and _is_noun(name, lookup)


def _of_words(
    tokens: Sequence[Token], new: Sequence[Token], old: str, text: str, names: Names, lookup: Lookup
) -> tuple[Line, Wish] | None:
    wish = _only_wish(tokens, names)
    if wish is None:
        return None
    wish.start, wish.end = new[0].start, new[-1].end
    line = line_of(wish, text, lookup)
    kept = tuple(one for one in line.candidates if one != old)
    if line.product == old or not line.product:
        line = replace(line, product=None, candidates=kept, asks="which" if kept else None)
    return (replace(line, op="replace", target=old), wish) if kept else None


@cache
def _sides(word: str) -> frozenset[str]:
    """All words that cannot hold together with this one: what is white is not brown."""
    groups = [[plain(one) for side in group for one in side.split()] for group in table("options")["opposites"]]
    sizes = [list(_SIZES)]
    return frozenset(one for group in [*groups, *sizes] if word in group for one in group)


def _is_noun(token: Token, lookup: Lookup) -> bool:
    word = plain(token.lower)
    if (
        is_adjective(word)
        or word in soft_words() | ARTICLES | words_of("fillers", "words")
        or word in words_of("groups", "packs")
    ):
        return False
    return word.isalpha() and bool(lookup.bearing(noun_of(word)) or lookup.knows(word) >= 0.8)


def other_kind(line: Line, new: Sequence[Token], text: str, names: Names, lookup: Lookup) -> tuple[Line, Wish] | None:
    """ "6 witte bolletjes, nee bruine": the line with the other kind; None when the tokens say more than which kind."""
    if not line.product or not new or not all(_says_which(token) for token in new):
        return None
    inside = BasketLine(0, line.product, line.amount or 1)
    found = _completed(tokenize(line.words), new, inside, text, names, lookup)
    return (replace(found[0], op="add", target=None), found[1]) if found else None


def _says_which(token: Token) -> bool:
    word = plain(token.lower)
    return is_adjective(word) or word in soft_words() | ARTICLES | _SIZES or word == "graag"


# What follows and belongs to it


def _without_old(behind: tuple[Token, ...], inside: BasketLine, lookup: Lookup) -> tuple[Token, ...]:
    """ "melk had volle moeten zijn, niet halfvolle": what it must not be was said already."""
    part, rest = _next_part(behind)
    words = [plain(token.lower) for token in part]
    used = next((len(said) for said in _NOT_THAT if tuple(words[: len(said)]) == said), 0)
    if used and inside_basket(part[used:], lookup) == inside:
        return rest
    return behind


def _refined(line: Line, wish: Wish | None, behind: tuple[Token, ...], lookup: Lookup) -> tuple[Line, tuple[Token, ...]]:
    """An amount ("en daar dan 3 zakken van") or an option (", roze graag") of the new thing; and what is left to read."""
    for _ in range(3):
        part, rest = _next_part(behind)
        if not part:
            break
        quantity = _whole_amount(part)
        if quantity and line.op == "replace" and not (wish and wish.quantity):
            line = _with_count(line, quantity, lookup)
            wish = Wish(quantity=quantity)
        elif (note := _note_of(line, part, lookup)) is not None:
            options, notes = note
            line = replace(line, options=(*line.options, *options), note=", ".join(one for one in (line.note, notes) if one))
        else:
            break
        behind = rest
    return line, behind


def _with_count(line: Line, quantity: Quantity, lookup: Lookup) -> Line:
    if line.product:
        return with_amount(line, measure(lookup.product(line.product), quantity, None, line.words))
    offered = [measure(lookup.product(one), quantity, None, line.words) for one in line.candidates[:3]]
    return with_amount(line, replace(common(offered) if offered else said_only(quantity, None), asks=line.asks))


def _next_part(tokens: tuple[Token, ...]) -> tuple[tuple[Token, ...], tuple[Token, ...]]:
    begin = next((at for at, token in enumerate(tokens) if token.lower not in {*COMMAS, "en", "maar", "dan", "("}), len(tokens))
    end = next((at for at in range(begin, len(tokens)) if tokens[at].lower in {*COMMAS, "en", "want"}), len(tokens))
    return tokens[begin:end], tokens[end:]


def _note_of(line: Line, part: Sequence[Token], lookup: Lookup) -> tuple[tuple[str, ...], str] | None:
    """How the new thing must be, when that is all that these words say."""
    said = [
        token.lower for token in part if plain(token.lower) not in {"graag", "wel", "dan", "ook", "hoor", "aub", "liefst", ")"}
    ]
    if not said or len(said) > 4:
        return None
    words = " ".join(said)
    product = lookup.product(line.product) if line.product else None
    options, note = settle_options(product, [words])
    if options and not note:
        return options, ""
    if said[0] in ("geen", "niet", "zonder") and len(said) <= 3 and line.op == "replace":
        return None if inside_basket(part[1:], lookup) else ((), words)
    return ((), words) if all(plain(word) in soft_words() for word in said) or words in lookup.shelf.options else None


__all__ = ["also_counted", "as_much_too", "other_kind", "swap_in", "turned_into"]
