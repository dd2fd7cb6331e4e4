"""An amount for each who eats: "200 gram per persoon, we zijn met vier", "2 slavinken de man"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.numbers import number_word
from catalog.reading.quantities import Quantity, read_quantity
from catalog.reading.tokens import Token
from catalog.reading.totals import written
from catalog.reading.wish import Wish
from catalog.reading.words import plain

_ASKED = Quantity(None, None, "person", False, False, None, 1, "per persoon")
_BEFORE_EACH = frozenset((",", "voor", "dus", "graag"))
_BARE = frozenset(("zijn", "eten", "komen", "waren", "blijven", "zitten"))


def for_all(wishes: Sequence[Wish], tokens: Sequence[Token], message: Sequence[Token]) -> list[Wish]:
    """The wishes of a clause, those for each person with as much as all of them need; asked when it is not said how many."""
    words = [plain(token.lower) for token in tokens]
    if not words_of("talk", "per_person_hints") & set(words):
        return list(wishes)
    marks = [(at, used) for at in range(len(words)) if (used := _mark(words, at))]
    people = _people(message) if marks else None
    marks = [one for one in marks if people or words[one[0]] not in words_of("talk", "for_each")]
    if not marks:
        return list(wishes)
    kept: list[Wish] = []
    for wish in wishes:
        one, again = _for_all(wish, tokens, marks, people), bool(kept) and _is_same(wish, kept[-1])
        kept += [one] if one is not None and not again else []  # "8 slavinken, 2 per persoon, we zijn met 4" are eight
    return kept


def _is_same(wish: Wish, last: Wish) -> bool:
    said, before = ([plain(unit.text) for unit in one.units] for one in (wish, last))
    return bool(said) and said == before


def _mark(words: Sequence[str], at: int) -> int:
    """How many words here say "for each": "per persoon", "de man"; "ieder 2" but not "van ieder 2" or "kaas en worst elk 2"."""
    used = phrases_of("talk", "per_person").at(words, at)
    if used and words[at] == "de" and not (at and _ends_amount(words, at)):
        return 0  # "voor de man"
    if not used and {"en", ","} <= set(words[:at]) and words[at] in ("elk", "ieder"):
        return 0  # "volle melk en karnemelk, elk 2 pakken"
    if used or words[at] not in words_of("talk", "for_each") or (at and words[at - 1] not in _BEFORE_EACH):
        return used
    after = at + (3 if tuple(words[at + 1 : at + 3]) == ("van", "ons") else 1)
    return after - at if read_quantity(words, after) else 0


def _ends_amount(words: Sequence[str], at: int) -> bool:
    """Whether an amount stands before this word, with one word of goods between at most."""
    return any(
        (one := read_quantity(words, begin)) is not None and begin + one.used >= at - 1 for begin in range(max(0, at - 4), at)
    )


def _for_all(wish: Wish, tokens: Sequence[Token], marks: Sequence[tuple[int, int]], people: Fraction | None) -> Wish | None:
    mark = next((one for one in marks if _is_about(wish, tokens, *one)), None)
    if mark is None:
        wish.quantity = None if _is_of_others(wish, tokens) else wish.quantity
        return wish
    said = {token.start for token in tokens[mark[0] : mark[0] + mark[1]]}
    wish.units = [unit for unit in wish.units if unit.tokens[0].start not in said]
    if not wish.units:
        return None
    wish.notes = [note for note in wish.notes if not _is_mark(note)]
    told = [one for one in (wish.quantity, wish.second) if one and one.unit != "person" and one.amount != people]
    first = next((one for one in (wish.quantity, wish.second) if one and one.unit != "person"), None)
    wish.quantity, wish.second, wish.anew = _times(told[-1] if told else first, people), None, True
    return wish


def _is_of_others(wish: Wish, tokens: Sequence[Token]) -> bool:
    """Whether how many there are was said of something else: "we zijn met zijn drieën, plus grote kibbeling voor mij"."""
    if not wish.quantity or wish.quantity.unit != "person":
        return False
    own = {token.lower for token in tokens if wish.start <= token.start < wish.end}
    return not own & set(wish.quantity.said.split())


def _is_about(wish: Wish, tokens: Sequence[Token], at: int, used: int) -> bool:
    """Whether a mark stands within a wish, or just before it."""
    begin, end = tokens[at].start, tokens[at + used - 1].end
    if wish.start <= begin < wish.end:
        return True
    after = next((place for place in range(at + used, len(tokens)) if tokens[place].start >= wish.start), len(tokens))
    return end <= wish.start and at + used == after


def _is_mark(note: str) -> bool:
    words = [word for word in plain(note).split() if word not in ("we", "wij")]
    return bool(words) and (phrases_of("talk", "per_person").at(words, 0) > 0 or _counts(words, 0) is not None)


def for_people(quantity: Quantity, message: Sequence[Token]) -> Quantity:
    """ "we zijn met vijven, dus ieder een": that amount for each of them."""
    return _times(quantity, _people(message))


def _times(quantity: Quantity | None, people: Fraction | None) -> Quantity:
    """So much for each of them; what is not known must be asked."""
    if quantity is None or people is None or quantity.amount is None or quantity.to or quantity.vague or quantity.times:
        return replace(_ASKED, amount=people)
    return written(replace(quantity, amount=quantity.amount * people))


def _people(tokens: Sequence[Token]) -> Fraction | None:
    """For how many, when just one number is said of that anywhere in the message."""
    words = [plain(token.lower) for token in tokens]
    counts = set(_eaters(words))
    return counts.pop() if len(counts) == 1 else None


def _eaters(words: Sequence[str]) -> Iterator[Fraction]:
    for at in range(len(words)):
        quantity = read_quantity(words, at)
        if quantity and quantity.unit == "person" and quantity.amount and not quantity.to:
            yield quantity.amount
        elif (count := _counts(words, at)) is not None:
            yield count


def _counts(words: Sequence[str], at: int) -> Fraction | None:
    """ "we zijn met 4", "we eten met ons vijven" without a word for people."""
    if words[at] not in _BARE or tuple(words[at + 1 : at + 2]) != ("met",):
        return None
    count = number_word(words[at + 2]) if len(words) > at + 2 else None
    count = Fraction(words[at + 2]) if count is None and len(words) > at + 2 and words[at + 2].isdecimal() else count
    return count if count and count > 1 else None


__all__ = ["for_all", "for_people"]
