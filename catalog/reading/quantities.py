"""How much of something: an amount with its unit, in grams, millilitres, pieces, packs, slices, persons or euros.

The words are in ``words/units.toml``. An ons is 100 g and a pond 500 g, as in every Dutch shop
(https://nl.wikipedia.org/wiki/Nederlandse_metriek_stelsel); "kunt u ons bellen" holds no amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from catalog.reading.nouns import may_be_goods
from catalog.reading.numbers import Number, may_begin_number, number_word, read_number
from catalog.reading.units import ALONE, UNITS, UnitWord, counted_behind, token_at, unit_at
from catalog.reading.words import plain, table


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount that was said.

    ``unit`` is ``g``, ``ml``, ``piece``, ``slice``, ``pack``, ``bunch``, ``half`` (a half loaf), ``person``, ``euro`` or ``""``
    for a bare number. ``to`` closes a range. ``amount`` is None when it is ``vague`` ("een paar"). ``times`` counts packs when
    ``amount`` is what one of them holds ("2 x 400 ml", "2 zakken van 5 kilo"). ``word`` is the pack's own word ("doos").
    ``used`` is how many tokens it took, ``said`` is these tokens with blanks between. ``together``: a weight of all there is.
    """

    amount: Fraction | None
    to: Fraction | None
    unit: str
    about: bool
    vague: bool
    times: int | None
    used: int
    said: str
    word: str = ""
    together: bool = False


def read_quantity(tokens: Sequence[str], at: int = 0) -> Quantity | None:
    """The amount that starts at token ``at`` (lower-cased), or None when there is none."""
    if not 0 <= at < len(tokens) or not _may_begin(tokens[at]):
        return None
    persons = _glued_count(tokens[at], _PERSONS)
    if persons:
        return Quantity(Fraction(persons), None, "person", False, False, None, 1, tokens[at])
    quantity = (
        _read_together(tokens, at)
        or _read_prefixed(tokens, at)
        or _read_money_sign(tokens, at)
        or _read_times(tokens, at)
        or _read_counted(tokens, at)
        or _read_alone(tokens, at)
    )
    if quantity and quantity.unit in _CONTENTS and (behind := _together_behind(tokens, at + quantity.used)):
        quantity = replace(quantity, used=quantity.used + behind, together=True)
    return replace(quantity, said=" ".join(tokens[at : at + quantity.used])) if quantity else None


def in_unit_of(said: Quantity, before: Quantity | None) -> Quantity:
    """A bare number takes the unit of the amount before it: "600 gram, nee 800"; "3 ons, nee 250" is grams."""
    if before is None or before.amount is None or before.unit in ("", "piece"):
        return said
    if said.amount is None or said.unit or said.times:
        return said
    if before.times and said.amount.denominator == 1:
        return replace(before, times=int(said.amount), to=None)
    number = read_number(before.said.split())
    factor = before.amount / number.value if number and number.value and not before.times else before.amount
    amount = said.amount * (1 if said.amount >= _BARE_GRAMS and before.unit in _CONTENTS else factor)
    unit = _WRITTEN.get(before.unit, before.word)
    return replace(before, amount=amount, to=None, said=f"{float(amount):g} {unit}".strip())


# The tables


_T = table("units")
_TIMES = frozenset(_T["times"]["marks"])
_TIMES_GLUED = tuple(_T["times"]["glued"])
_CONTENT_JOINTS = frozenset(_T["packs"]["content_joints"])
_PEOPLE = {word: Fraction(count) for count, words in _T["groups"].items() for word in words}
_PERSONS = _T["people"]["ending"]
_ROUGH, _WHOLE = frozenset(_T["sizes"]["about"]), frozenset(_T["sizes"]["exact"])
_CONTENTS = frozenset(("g", "ml"))
_WRITTEN = {"g": "gram", "ml": "ml", "euro": "euro", "person": "personen", "half": "halve", "slice": "plakken"}
_BARE_GRAMS = 50  # nobody orders fifty pounds by chat; behind "3 ons" 250 are grams
_TOGETHER = frozenset(("samen", "tezamen", "totaal", "elkaar"))
_TAKES = frozenset(("dan", "maar", "er", "even", "gerust", "ook"))  # "pak dan 1 robijn"
_PART_OF = frozenset(("helft", "deel"))
_BEGINNINGS = frozenset((*_PART_OF, *_TOGETHER, "voor", "met", "van", "tussen", "€", "eur", "x", "*"))


@lru_cache(maxsize=8192)
def _may_begin(word: str) -> bool:
    """A quick look at the first word: most words of a message begin no amount."""
    return (
        word in _BEGINNINGS
        or plain(word) in ALONE
        or may_begin_number(word)
        or _glued_count(word, *_TIMES_GLUED, _PERSONS) is not None
    )


# The forms


def _read_counted(tokens: Sequence[str], at: int) -> Quantity | None:
    """A number, with or without a unit behind it."""
    number = read_number(tokens, at)
    if not number:
        return None
    after = at + number.used
    if token_at(tokens, after) == "-" and plain(token_at(tokens, after + 1)).startswith(_PERSONS):
        return _quantity(number, UnitWord("person", Fraction(1), ""), number.used + 2)
    if token_at(tokens, after) in _ROUGH or token_at(tokens, after) in _WHOLE:
        number = _sized(tokens, after, number)
    found = unit_at(tokens, at + number.used)
    if not found:
        return _held_first(tokens, at, number) or _bare(tokens, at, number)
    unit, width = found
    if unit.unit == "piece":
        number = _slashed(tokens, at, number)
    quantity = _quantity(number, unit, number.used + width)
    return _halves_of(tokens, at, quantity) or _with_more(tokens, at, quantity, unit, number)


def _sized(tokens: Sequence[str], after: int, number: Number) -> Number:
    """``een klein pond``, ``een hele kilo``; before anything but a weight such a word says which goods are meant."""
    unit = unit_at(tokens, after + 1)
    if not unit or unit[0].unit not in _CONTENTS:
        return number
    return replace(number, used=number.used + 1, about=number.about or tokens[after] in _ROUGH)


def _held_first(tokens: Sequence[str], at: int, number: Number) -> Quantity | None:
    """What one pack holds said before the pack: ``twee anderhalf liter flessen``, ``een 5 kilo zak``."""
    inner = read_number(tokens, at + number.used) if number.value.denominator == 1 and not number.to else None
    found = unit_at(tokens, at + number.used + inner.used) if inner else None
    used = number.used + inner.used + found[1] if inner and found else 0
    pack = unit_at(tokens, at + used) if inner and found and found[0].unit in _CONTENTS else None
    if not inner or not found or not pack or pack[0].unit != "pack":
        return None
    return replace(_quantity(inner, found[0], used + pack[1]), times=int(number.value), word=pack[0].word)


def _slashed(tokens: Sequence[str], at: int, number: Number) -> Number:
    """``2/3 bananen`` are two or three, not two thirds; of a weight it is a fraction."""
    low, slash, high = tokens[at].partition("/")
    if number.used != 1 or not slash or not high.isdecimal() or not 2 <= int(low) < int(high):
        return number
    return replace(number, value=Fraction(low), to=Fraction(high))


def _halves_of(tokens: Sequence[str], at: int, first: Quantity) -> Quantity | None:
    """``2 halve liters``: two times half a litre."""
    found = unit_at(tokens, at + first.used) if first.unit == "half" else None
    if not found or first.amount is None or first.amount.denominator != 1 or found[0].unit not in (*_CONTENTS, "pack"):
        return None
    unit, width = found
    pack = unit_at(tokens, at + first.used + width) if unit.unit in _CONTENTS else None
    word, more = (pack[0].word, pack[1]) if pack and pack[0].unit == "pack" else (unit.word, 0)  # "2 halve liter blikken"
    used = first.used + width + more
    return replace(first, amount=unit.factor / 2, unit=unit.unit, word=word, times=int(first.amount), used=used)


def _bare(tokens: Sequence[str], at: int, number: Number) -> Quantity:
    """A number alone counts pieces when it says so: "een stuk of zes", "een dozijn"."""
    said = tokens[at : at + number.used]
    number = _slashed(tokens, at, number)
    unit = "piece" if any(plain(word) in ("stuk", "dozijn", "dozijntje", "gros") for word in said) else ""
    return _quantity(number, UnitWord(unit, Fraction(1), ""), number.used)


def _quantity(number: Number, unit: UnitWord, used: int) -> Quantity:
    value = number.value
    if unit.factor >= 1000 and value >= 1000:
        value = value / 1000  # "1.500 kg": no village shop sells a thousand kilos, the dot was meant as a comma
    amount = None if number.vague else value if unit.factor == 1 else value * unit.factor
    to = number.to * unit.factor if number.to and not number.vague else None
    return Quantity(amount, to, unit.unit, number.about, number.vague, None, used, "", unit.word)


def _with_more(tokens: Sequence[str], at: int, first: Quantity, unit: UnitWord, number: Number) -> Quantity:
    """What may follow a unit: "of twee", "tot 1000 gram", "van 5 kilo", "en een ons"."""
    return (
        _or_so(tokens, at, first, unit, number)
        or _up_to(tokens, at, first)
        or _holding(tokens, at, first, number)
        or _and_part(tokens, at, first, unit)
        or first
    )


def _or_so(tokens: Sequence[str], at: int, first: Quantity, unit: UnitWord, number: Number) -> Quantity | None:
    """``een kilo of twee`` is about two kilos, ``een ons of anderhalf`` about 150 grams."""
    after = at + first.used
    if number.value != 1 or number.vague or token_at(tokens, after) != "of":
        return None
    other = read_number(tokens, after + 1)
    if not other or (other.value <= 1 and not other.vague) or unit_at(tokens, after + 1 + other.used):
        return None
    more = _quantity(other, unit, first.used + 1 + other.used)
    return replace(more, about=True)


def _up_to(tokens: Sequence[str], at: int, first: Quantity) -> Quantity | None:
    """A range with its unit named twice: ``van 1 ons tot 10 ons``, ``tussen 2 g en ongeveer 7 g``."""
    after = at + first.used
    if plain(token_at(tokens, after)) not in ("tot", "-", "a") or first.unit not in _CONTENTS or first.to:
        return None
    return _ranged(tokens, at, first, after)


def _ranged(tokens: Sequence[str], at: int, first: Quantity, joint: int) -> Quantity | None:
    number = read_number(tokens, joint + 1)
    found = unit_at(tokens, joint + 1 + number.used) if number else None
    if not number or not found or first.amount is None:
        return None
    high = _quantity(number, found[0], 0)
    if high.unit != first.unit or high.amount is None or high.amount <= first.amount:
        return None
    used = joint + 1 + number.used + found[1] - at
    return replace(first, to=high.amount, about=first.about or high.about, used=used)


def _holding(tokens: Sequence[str], at: int, first: Quantity, number: Number) -> Quantity | None:
    """What one pack holds: ``2 zakken van 5 kilo``, ``4 blikken à 400 gram``, ``2 dozen van 10``."""
    after = at + first.used
    if first.unit not in ("pack", "piece") or first.amount is None or first.amount.denominator != 1 or first.to:
        return None
    joint = plain(token_at(tokens, after)) in _CONTENT_JOINTS
    inner = read_number(tokens, after + joint)
    if not inner or inner.vague:
        return None
    found = unit_at(tokens, after + joint + inner.used)
    if not _is_content(first, joint, inner, found):
        return None
    unit, width = found or (UnitWord("piece", Fraction(1), ""), 0)
    held = _quantity(inner, unit, first.used + joint + inner.used + width)
    return replace(_or_so(tokens, at, held, unit, inner) or held, times=int(first.amount), word=first.word)


def _is_content(first: Quantity, joint: bool, inner: Number, found: tuple[UnitWord, int] | None) -> bool:
    if found and found[0].unit in _CONTENTS:
        return True
    counts = not found or found[0].unit in ("piece", "slice")
    return joint and counts and first.unit == "pack" and inner.value > 1


def _and_part(tokens: Sequence[str], at: int, first: Quantity, unit: UnitWord) -> Quantity | None:
    """``een pond en een ons``: a smaller measure of the same kind, joined by "en"."""
    after = at + first.used
    if token_at(tokens, after) != "en" or first.unit not in _CONTENTS or first.amount is None or first.to:
        return None
    number = read_number(tokens, after + 1)
    if not number or number.vague or number.to:
        return None
    found = unit_at(tokens, after + 1 + number.used)
    if not found and number.value == Fraction(1, 2):  # "drie ons en een half"
        return replace(first, amount=first.amount + unit.factor / 2, used=first.used + 1 + number.used)
    if found and found[0].unit == unit.unit and number.value * found[0].factor < unit.factor:
        used = first.used + 1 + number.used + found[1]
        whole = replace(first, amount=first.amount + number.value * found[0].factor, used=used)
        before = at - 2 if at > 1 and tokens[at - 1] == "van" else at - 1
        of_two = at and may_be_goods(tokens[before]) and may_be_goods(token_at(tokens, at + used))
        return None if of_two else whole  # "spareribs 2 kilo en 1 pond brie"
    return None


def _read_times(tokens: Sequence[str], at: int) -> Quantity | None:
    """``2x``, ``2 x 400 ml``, ``tweemaal``, ``twee keer``, ``x6``."""
    if token_at(tokens, at) in ("x", "*"):
        number = read_number(tokens, at + 1)
        return _quantity(number, UnitWord("", Fraction(1), ""), number.used + 1) if number and not number.vague else None
    count, used = _count(tokens, at)
    if count is None:
        return None
    inner = _read_counted(tokens, at + used)
    if not inner or inner.amount is None:
        inner = _read_alone(tokens, at + used)
    if not inner or inner.amount is None:
        return Quantity(Fraction(count), None, "", False, False, None, used, "")
    if inner.unit not in _CONTENTS and inner.amount == 1:
        return replace(inner, amount=Fraction(count), used=used + inner.used)
    return replace(inner, times=count * (inner.times or 1), used=used + inner.used)


def _count(tokens: Sequence[str], at: int) -> tuple[int | None, int]:
    """How many times, from ``2 x``, ``twee keer`` or ``tweemaal``; and the tokens it took."""
    glued = _glued_count(token_at(tokens, at), *_TIMES_GLUED)
    if glued:
        return glued, 1
    number = read_number(tokens, at) if token_at(tokens, at + 1) in _TIMES else None
    if not number or number.used != 1 or number.value.denominator != 1 or not 0 < number.value < 1000:
        return None, 0
    return int(number.value), 2


@lru_cache(maxsize=4096)
def _glued_count(word: str, *endings: str) -> int | None:
    """The number a word begins with when it ends so: ``tweemaal``, ``vierpersoons``."""
    end = next((end for end in endings if len(word) > len(end) and word.endswith(end)), "")
    value = number_word(word.removesuffix(end)) if end else None
    return int(value) if value and value.denominator == 1 and value > 0 else None


def _read_alone(tokens: Sequence[str], at: int) -> Quantity | None:
    """A unit without a number: ``pondje gehakt`` is one."""
    word = plain(token_at(tokens, at))
    unit = ALONE.get(word)
    if not unit or (word == "pak" and token_at(tokens, at + 1) in _TAKES):
        return None
    number = counted_behind(tokens, at, unit) or Number(Fraction(1), None, False, 0)
    return _with_more(tokens, at, _quantity(number, unit, 1 + number.used), unit, number)


def _read_prefixed(tokens: Sequence[str], at: int) -> Quantity | None:
    """Amounts that need their preposition: ``voor een tientje``, ``voor 4 personen``, ``van ± 500 gr``, ``met z'n vieren``."""
    word = token_at(tokens, at)
    if word == "tussen":
        return _between_units(tokens, at)
    if word in _PART_OF:
        return _part_of(tokens, at)
    if word == "van":
        return _between_units(tokens, at) or _of_weight(tokens, at)
    if word not in ("voor", "met"):
        return None
    skipped = 2 if token_at(tokens, at + 1) in ("ons", "z'n", "zijn", "hun", "m'n", "mijn", "de", "slechts") else 1
    people = _PEOPLE.get(plain(token_at(tokens, at + skipped)))
    if people:
        return Quantity(people, None, "person", False, False, None, skipped + 1, "")
    inner = _read_money_sign(tokens, at + 1) or _read_counted(tokens, at + 1) or _read_alone(tokens, at + 1)
    if inner and (inner.unit == "person" or (inner.unit == "euro" and word == "voor")):
        return replace(inner, used=inner.used + 1)
    return None


def _part_of(tokens: Sequence[str], at: int) -> Quantity | None:
    """``helft van een kilo``; of one thing it is half a thing, of which is asked: ``helft van een rode kool``."""
    if token_at(tokens, at + 1) != "van":
        return None
    whole = _read_counted(tokens, at + 2) or _read_alone(tokens, at + 2)
    if whole and whole.amount is not None:
        return replace(whole, amount=whole.amount / 2, to=None, used=whole.used + 2)
    article = token_at(tokens, at + 2) in ("de", "het", "die", "mijn")
    return Quantity(Fraction(1, 2), None, "", False, False, None, 3, "") if article else None


def _of_weight(tokens: Sequence[str], at: int) -> Quantity | None:
    """``(een stuk kaas) van ongeveer 500 gram``."""
    joint = 2 if token_at(tokens, at + 1) in ("in", "bij") else 1
    inner = _read_together(tokens, at + joint) or _read_counted(tokens, at + 1)
    if not inner or inner.unit not in _CONTENTS or inner.times is not None:
        return None
    return replace(inner, used=inner.used + (joint if inner.together else 1))


def _read_together(tokens: Sequence[str], at: int) -> Quantity | None:
    """``(2 lappen van) samen 6 ons``: of all of them."""
    inner = _read_counted(tokens, at + 1) or _read_alone(tokens, at + 1) if token_at(tokens, at) in _TOGETHER else None
    return replace(inner, used=inner.used + 1, together=True) if inner and inner.unit in _CONTENTS else None


def _together_behind(tokens: Sequence[str], at: int) -> int:
    """``700 gram samen``, ``700 gram in totaal``."""
    joint = at + 1 if token_at(tokens, at) in ("in", "bij") else at
    return joint + 1 - at if token_at(tokens, joint) in _TOGETHER else 0


def _between_units(tokens: Sequence[str], at: int) -> Quantity | None:
    """``tussen 1 ons en 10 ons``, ``van 100 tot 1000 g``."""
    number = read_number(tokens, at)
    found = unit_at(tokens, at + number.used) if number else None
    if number and number.to:
        return _quantity(number, found[0], number.used + found[1]) if found else None
    low = read_number(tokens, at + 1)
    unit = unit_at(tokens, at + 1 + low.used) if low else None
    if not low or not unit or low.vague:
        return None
    first = _quantity(low, unit[0], 1 + low.used + unit[1])
    joint = at + first.used
    joints = ("en", "tot", "-") if tokens[at] == "tussen" else ("tot", "-")  # "van een kilo en anderhalve kilo uien" is no span
    return _ranged(tokens, at, first, joint) if token_at(tokens, joint) in joints else None


def _read_money_sign(tokens: Sequence[str], at: int) -> Quantity | None:
    """``€ 5``, ``€5,-``, ``eur 20``."""
    if token_at(tokens, at) not in ("€", "eur"):
        return None
    number = read_number(tokens, at + 1)
    if not number or number.vague:
        return None
    used = 1 + number.used
    if token_at(tokens, at + used) == "," and token_at(tokens, at + used + 1) == "-":
        used += 2
    return _quantity(number, UNITS["euro"], used)
