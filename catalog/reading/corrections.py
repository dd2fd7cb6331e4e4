"""Somebody who takes a word back in the same message: "2 bruin, nee doe maar 3", "halfvolle melk, wacht, toch volle"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.reading.lexicon import words_of
from catalog.reading.nouns import noun_of
from catalog.reading.numbers import number_word
from catalog.reading.quantities import read_quantity
from catalog.reading.tokens import Token
from catalog.reading.words import plain
from catalog.search import lexicon

_MARKS = frozenset(
    ("nee", "wacht", "oeps", "sorry", "pardon", "correctie", "foutje", "bedoel", "bedoelde", "neen", "ho", "oh", "ach", "eh")
)
_STRONG = _MARKS - {"oh", "ach", "eh", "ho"}
_BREATH = frozenset(
    ("o", "oh", "och", "ach", "ah", "eh", "of", "ik", "toch", "maar", "doe", "liever", "dan", "wel", "even", "graag",
     ",", ".", ":", "(", ")", "-", "…", "neem", "geef", "maak", "er", "van", "dat", "moet", "moeten", "zijn", "het", "is", "te",
     "veel", "teveel", "weinig", "genoeg", "duur", "eigenlijk", "beter", "goed", "gewoon", "zeg", "daar")
)  # fmt: skip
# behind an amount: "een pond is zat"
_ENOUGH = _BREATH | frozenset(("ook", "al", "zat", "voldoende", "prima", "ruim", "zeggen", "nemen", "doen"))
_WHATS_ITS_NAME = frozenset(
    ("hoe", "heet", "heten", "noem", "noemen", "je", "jullie", "het", "dat", "die", "ze", "nou", "ook", "al", "alweer", "weer",
     "toch", "zo'n", "een", ",", "ding")
)  # fmt: skip
_MAKING = frozenset(("maak", "maken", "bak", "bakken", "kook", "koken"))
_LET_ME_SAY = ("laat", "ik")
_TAKEN_BACK = (
    ("grapje",),
    ("geintje",),
    ("laat", "maar", "zitten"),
    ("laat", "ook", "maar", "zitten"),
    ("laat", "ook", "maar"),
    ("laat", "toch", "maar"),
    ("laat", "maar"),
    ("toch", "niet"),
    ("niet", "doen"),
    ("hoeft", "niet"),
    ("toch", "maar", "niet"),
    ("laat", "dat"),
)
_BETWEEN = frozenset((",", "en", ".", "…", "-"))
_SHORT = 8  # words
_LONGEST_NAME = 24  # words
_OTHER_MIND = (
    ("doe", "toch"),
    ("doe", "maar"),
    ("doe", "er"),
    ("toch", "maar"),
    ("toch", "liever"),
    ("nou",),
    ("nee",),
    ("liever",),
    ("maak",),
    ("neem",),
    ("geef",),
)
_SIGHS = ("nou", "ach", "och", ",")
_LITTLE = frozenset(("er", "daar", "toch", "maar", "dan", "gewoon", "meteen", "gelijk"))
_CLOSED_BY = frozenset(("", ",", ".", "van", "en", "ja", "dan", "graag", "hoor"))
_RATHER = (
    ("maak", "er"),
    ("maak", "daar"),
    ("doe", "toch", "maar"),
    ("neem", "toch", "maar"),
    ("toch", "liever"),
    ("doe", "toch", "liever"),
)
_SPEAKERS = frozenset(("ik", "u", "we", "wij", "jullie", "je"))


@dataclass(frozen=True, slots=True)
class Correction:
    """What was said after "nee": ``rest`` are its words; ``back``: the line before is taken back altogether.

    ``amount``: the rest is only another amount for that line.
    """

    rest: tuple[Token, ...]
    back: bool
    amount: bool
    more: tuple[Token, ...] = ()  # what follows another amount: "nee een half pond, en een ons brie"


def correction_at(words: Sequence[str]) -> int:
    """Where in a clause (plain words) somebody begins to take words back; -1 when nowhere. "ik wacht al uren" does not."""
    for at, word in enumerate(words):
        if at and word == "of" and any(tuple(words[at + 1 : at + 1 + len(mind)]) == mind for mind in _OTHER_MIND):
            return at
        if at and word == "of" and words[at + 1 : at + 2] == ["doe"] and read_quantity(words, at + 2):
            return at  # "bruine bonen 1, of doe 2"
        if (
            at
            and word == "of"
            and words[at + 1 : at + 2] in (["doe"], ["neem"], ["maak"])
            and _is_count(words[at + 2 : at + 4])
        ):
            return at  # "bruine bonen 1, of doe 2"
        if at and word == "," and _thinks_again(words[at + 1 : at + 5]):
            return at
        if at and word in _SIGHS and _rather_so_many(words, at):
            return at
        if word not in _STRONG:
            continue
        if word == "bedoel" and words[at + 1 : at + 2] == ["ik"]:
            return _after_mark(words, at)  # "2 ons sjalotjes bedoel ik"
        if word in ("wacht", "sorry") and (
            (at and words[at - 1] in _SPEAKERS) or words[at + 1 : at + 2] in (["op"], ["al"], ["dat"])
        ):
            continue
        if word in ("bedoel", "bedoelde") and not (at and words[at - 1] == "ik"):
            continue
        first = at
        while first and words[first - 1] in ("o", "oh", "och", "ach", "of", "ik", ",", "(", "eh", "ho", "maar", *_STRONG):
            first -= 1
        return first
    return -1


def _is_count(words: Sequence[str]) -> bool:
    counted = bool(words) and (words[0].isdecimal() or number_word(words[0]) is not None)
    return counted and (len(words) == 1 or words[1] in (",", "ja", "en", ".", "maar", "dan"))


def _rather_so_many(words: Sequence[str], at: int) -> bool:
    """ "een bakje champignons nou doe er maar twee": only another amount, where one was said already."""
    begin = at + 1 + (words[at] == "," and words[at + 1 : at + 2] in (["nou"], ["ach"], ["och"]))
    if words[begin : begin + 1] not in (["doe"], ["maak"], ["neem"], ["geef"]):
        return False
    end = begin + 1
    while end < len(words) and words[end] in _LITTLE:
        end += 1
    between = words[begin:end]
    quantity = read_quantity(words, end) if "maar" in between else None
    if quantity and words[at] == "," and not (quantity.unit or {"er", "daar"} & set(between)):
        return False  # "3 ons achterham, doe maar 250" may be grams
    closed = quantity and (words[end + quantity.used : end + quantity.used + 1] or [""])[0] in _CLOSED_BY
    told = bool(
        {"is", "zijn", "was", "waren", "heeft", "hebben"} & set(words[:at])
    )  # "een kilo is te weinig, doe er maar twee"
    return bool(closed) and not told and any(read_quantity(words, before) for before in range(at))


def _thinks_again(words: Sequence[str]) -> bool:
    """ "2 ons jonge geitenkaas, doe toch maar belegen": not "..., toch niet", nor "..., doe toch ook maar"."""
    again = any(tuple(words[: len(mind)]) == mind for mind in _RATHER)
    return again and not {"ook", "nog", "erbij", "niet", "geen"} & set(words)


def _after_mark(words: Sequence[str], at: int) -> int:
    """Where the stretch begins that ends in "bedoel ik": behind the comma before it."""
    return next((place + 1 for place in range(at - 1, -1, -1) if words[place] in (",", "nee", "…")), 0)


def begun_amount(tokens: Sequence[Token], rest: Sequence[Token] = ()) -> int:
    """How many tokens at the end only begin something new: the "en twee" of "een taart en twee, nee drie moorkoppen".

    ``rest``: what was said instead. Spoken without a mark it is told by two amounts: "een pak melk drie nee vier komkommers".
    """
    end = len(tokens)
    while end and tokens[end - 1].lower in _BETWEEN - {"en"}:
        end -= 1
    at = next((at for at in range(end - 1, 0, -1) if tokens[at].lower in _BETWEEN), 0)
    raw = [token.lower for token in tokens[at + 1 : end]]
    quantity = read_quantity(raw) if at and raw else None
    if quantity and quantity.used == len(raw) and (quantity.unit in ("", "piece", "pack") or tokens[at].lower == "en"):
        return len(tokens) - at
    begin = _second_amount([token.lower for token in tokens[:end]], at) if _names_amount(rest) else 0
    return len(tokens) - begin if begin else 0


def _names_amount(tokens: Sequence[Token]) -> bool:
    """Whether an amount is said first, and goods behind it."""
    raw = [token.lower for token in tokens]
    quantity = read_quantity(raw) if raw else None
    return bool(quantity) and 0 < (quantity.used if quantity else 0) < len(raw)


def _second_amount(raw: Sequence[str], since: int) -> int:
    """Where the amount begins that closes these words, when goods with an amount of their own stand before it; 0 when not."""
    first = next((at for at in range(since, len(raw)) if read_quantity(raw, at)), len(raw))
    quantity = read_quantity(raw, first) if first < len(raw) else None
    if quantity is None or any(lexicon.is_real(plain(word)) for word in raw[since:first]):
        return 0  # "volle melk 1 karnemelk 2": amounts stand behind the goods
    closing = ((at, read_quantity(raw, at)) for at in range(first + quantity.used + 1, len(raw)))
    return next((at for at, last in closing if last and at + last.used == len(raw)), 0)


def read_correction(tokens: Sequence[Token]) -> Correction:
    """What these tokens, from the "nee" on, put in the place of what was said."""
    words = [plain(token.lower) for token in tokens]
    at = int(words[:1] == ["nou"])
    while at < len(words) and (words[at] in _MARKS or words[at] in _BREATH or tuple(words[at : at + 2]) == _LET_ME_SAY):
        if any(tuple(words[at : at + len(back)]) == back for back in _TAKEN_BACK):
            break
        at += 1
    if words[at : at + 2] in (["hoe", "heet"], ["hoe", "heten"], ["hoe", "noem"]):
        at = next((place for place in range(at, len(words)) if words[place] not in _WHATS_ITS_NAME), len(words))
    back = next((back for back in _TAKEN_BACK if tuple(words[at : at + len(back)]) == back), ())
    rest = tuple(tokens[at + len(back) :])
    while rest and plain(rest[0].lower) in _BREATH:
        rest = rest[1:]
    rest = _said_once(_without_enough(_without_reason(rest)))
    colon = next((at for at, token in enumerate(rest) if token.lower in (":", "dus")), -1)
    if colon >= 0 and _is_amount(rest[colon + 1 :]):
        return Correction(rest[colon + 1 :], bool(back), True)  # "o wacht, Piet komt ook: 6"
    if (last := _last_told(rest)) and _is_amount(rest[last:]):
        return Correction(rest[last:], bool(back), True)  # "o nee, ze gaan per 4, twee pakjes dan"
    if used := _amount_before_more(rest):
        return Correction(rest[:used], bool(back), True, rest[used:])
    end = next((at for at, token in enumerate(rest) if token.lower in ("en", ",")), len(rest))
    if 0 < end < len(rest) and _is_amount(rest[:end]):
        return Correction(rest[:end], bool(back), True, _without_echo(rest[end + 1 :]))
    return Correction(rest, bool(back), _is_amount(rest))


def _last_told(tokens: Sequence[Token]) -> int:
    """Where the last stretch begins, when what stands before it only tells and names no goods; 0 when it does not."""
    words = [plain(token.lower) for token in tokens]
    last = len(words) - words[::-1].index(",") if "," in words else 0
    told = not words_of("talk", "verbs").isdisjoint(words[:last]) and not any(map(lexicon.is_real, words[:last]))
    return last if told else 0


def _said_once(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """ "chocoladevla twee pakken chocoladevla": named at once, and then ordered as it should be."""
    raw = [token.lower for token in tokens]
    for size in range(1, 1 + min(len(raw) // 2, _LONGEST_NAME)):
        quantity = read_quantity(raw, size) if size < len(raw) else None
        if quantity and raw[size + quantity.used : 2 * size + quantity.used] == raw[:size]:
            return tokens[size:]
    return tokens


def _amount_before_more(tokens: Sequence[Token]) -> int:
    """How many tokens the amount takes when the next order follows it at once: "nee twee pakjes een pak suiker"."""
    raw = [token.lower for token in tokens]
    first = read_quantity(raw) if raw else None
    after = read_quantity(raw, first.used) if first and first.used < len(raw) else None
    return first.used if first and after and first.used + after.used < len(raw) else 0


def _without_echo(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """ "of doe 2, ja 2": said once more."""
    again = len(tokens) > 1 and tokens[0].lower in ("ja", "juist", "precies") and _is_amount(tokens[1:])
    return () if again else tokens


def denied(words: Sequence[str], said: Sequence[str]) -> int:
    """ "nee geen koekjes": how many of these words only take back what was said (plain words); 0 when they do not."""
    if words[:1] not in (["geen"], ["niet"]):
        return 0
    nouns, at = {noun_of(word) for word in said}, 1
    while at < len(words) and noun_of(words[at]) in nouns | {"de", "het", "die"}:
        at += 1
    return at if at > 1 and words[at : at + 1] != ["maar"] else 0


_AT_HOME = re.compile(r"\b(?:heb|hebben|had|hadden|ligt|liggen|staat|is|zijn)\b(?: \S+){0,3} (?:nog|al|zat|genoeg|over)\b")


def has_already(words: Sequence[str]) -> bool:
    """ "o nee die heb ik nog": what was just said is there already; "witlof vier stronkjes is zat" says how much."""
    joined = " ".join(words[:10])
    found = _AT_HOME.search(joined)
    if found is None or any(word.isdecimal() for word in words):
        return False
    counts = found.group().startswith(("is ", "zijn ")) and found.group().endswith((" zat", " genoeg"))
    return not (counts and any(read_quantity(words, at) for at in range(joined[: found.start()].count(" "))))


def of_list(correction: Correction) -> Correction:
    """ "melk 2 nee 3 kaas pond": where amounts stand behind the goods, the first is of what was said, and the list goes on."""
    raw = [token.lower for token in correction.rest]
    first = read_quantity(raw) if raw and not correction.amount else None
    if first is None or first.used == len(raw):
        return correction
    last = (read_quantity(raw, at) for at in range(first.used + 1, len(raw)))
    closes = any(quantity and at + quantity.used == len(raw) for at, quantity in enumerate(last, first.used + 1))
    return Correction(correction.rest[: first.used], False, True, correction.rest[first.used :]) if closes else correction


def _without_reason(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """ "2 want ik ga bakken en een pak bloem": why is of no matter, when an amount stands before it; what follows it is."""
    at = next((at for at in range(len(tokens)) if _begins_reason(tokens, at)), 0)
    if not at or not _is_amount(_without_enough(tokens[:at])):
        return tokens
    raw = [token.lower for token in tokens]
    behind = (end for end in range(at, len(raw) - 1) if raw[end] in ("en", ",") and _is_more(raw, end + 1))
    behind = (end for end in behind if raw[end] == "," or _MAKING.isdisjoint(raw[at:end]) or raw[end + 1] not in ("een", "n"))
    return (*tokens[:at], *tokens[next(behind, len(tokens)) :])


def _begins_reason(tokens: Sequence[Token], at: int) -> bool:
    """ "want ...", "nu ik alleen ben"."""
    circumstance = tokens[at].lower == "nu" and at + 1 < len(tokens) and tokens[at + 1].lower in ("ik", "we", "wij")
    return circumstance or tokens[at].lower in words_of("talk", "because")


def _is_more(raw: Sequence[str], at: int) -> bool:
    """Whether more is ordered here: "en een half pond jong belegen"."""
    at += raw[at : at + 1] in (["en"], ["dan"], ["ook"])
    amount = read_quantity(raw, at) if at < len(raw) else None
    return amount is not None and amount.unit != "person" and at + amount.used < len(raw)


def _without_enough(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    while tokens and plain(tokens[-1].lower) in _ENOUGH | _STRONG:
        tokens = tokens[:-1]
    return tokens


def taken_back(words: Sequence[str]) -> list[str] | None:
    """What "kaas laat maar" or "oh nee mango niet" takes back, in words; empty for "toch niet", None when it is neither."""
    if len(words) > _SHORT or words[:2] == ["dat", "ik"] or not words_of("changes", "taking_back") & set(words):
        return None
    return [word for word in words if word not in words_of("changes", "taking_back_around")]


def gives_up(words: Sequence[str]) -> bool:
    """ "bloemkool laat maar": what was only just named is not wanted."""
    return words[-2:] in (["laat", "maar"], ["toch", "niet"], ["hoeft", "niet"]) and len(words) <= _SHORT


def takes_back(words: Sequence[str], before: Sequence[str]) -> bool:
    """Whether this part of a clause takes back something that was said before it."""
    left = taken_back(words)
    return bool(left) and {noun_of(word) for word in left or ()} <= {noun_of(word) for word in before}


def _is_amount(tokens: Sequence[Token]) -> bool:
    raw = [token.lower for token in tokens]
    quantity = read_quantity(raw) if raw else None
    return bool(quantity) and all(
        plain(word) in _ENOUGH or plain(word) in words_of("fillers", "words")
        for word in raw[quantity.used if quantity else 0 :]
    )


__all__ = [
    "Correction", "begun_amount", "correction_at", "denied", "gives_up", "has_already", "of_list", "read_correction",
    "taken_back", "takes_back",
]  # fmt: skip
