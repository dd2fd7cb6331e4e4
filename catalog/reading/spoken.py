"""Messages that were spoken to the telephone: marks said as words, and what somebody says while thinking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from catalog.reading.lexicon import Phrases, day_words, phrases_of, words_of
from catalog.reading.numbers import read_number
from catalog.reading.thinking import begins_anew, guest_at, thought_at
from catalog.reading.tokens import Token, lowers
from catalog.reading.units import UNIT_WORDS
from catalog.reading.words import plain, table
from catalog.search import lexicon
from catalog.search.fold import stems

_LAUGHS = re.compile(r"a?h?a?(?:ha){2,}h?|(?:hi){2,}h?|(?:he){3,}h?|lol")
_STOPS = {"punt": ".", "stop": ".", "komma": ","}
_PIECES_OF = ("taart", "taartje", "vlaai", "appel", "brie", "pizza", "kwark", "quiche", "slagroom", "mes")  # "appel punt"
_OPENS = frozenset(
    ("een", "en", "dan", "nog", "ook", "graag", "groetjes", "groeten", "groet", "dat", "verder", "o", "oh", "ja", "nee", "plus",
     "de", "het", "ik", "we", "wij", "bedankt", "dank", "half", "halve", "geen", "volgende")
)  # fmt: skip
_ASKED_TO_STOP = frozenset(("niet", "ik", "wil", "maar", "dan", "even", "je", "u", "we", "een", "de", "nu", "kan", "moet"))
_STOP_THAT = frozenset(("met", "maar", "ermee", "er", "de", "dat", "ook", "nu", "dit", "mijn", "alles", "het", "in", "'t"))
_GIVES = frozenset(("doe", "geef", "breng", "voor", "kuj", "kun", "kunt", "u", "ie", "zet", "stuur", "haal", "je", "laat"))
_WE_DO = frozenset(
    ("hebt", "wilt", "hebben", "willen", "krijgen", "wouden", "zouden", "moeten", "moesten", "nemen", "bestellen")
)
_ASKED = (["jullie"], ["u"], ["we"], ["wij"], ["ze"], ["er"], ["hier"])
_GREETS = frozenset((("hooi", ","), ("hooi", "ik"), ("hooi", "mag"), ("hooi", "graag"), ("hooi", "kan"), ("dag", "voor")))
_GRADES = frozenset(("jong", "extra"))
_CAN, _WE = (["kan"], ["kunnen"], ["ga"], ["gaan"], ["kon"]), (["ik"], ["we"], ["wij"])
_MAKE = (["maak"], ["maken"], ["bak"], ["bakken"], ["kook"], ["koken"], ["eet"], ["eten"], ["trek"], ["trekken"])
_MADE = frozenset(("maken", "bakken", "koken", "vooruit", "braden", "trekken", "eten", "klaarmaken", "grillen", "barbecueen"))
_GLUED = ("kilo", "pond", "liter", "gram")
_MEASURES = (
    "kilo", "pond", "ons", "liter", "pak", "pakken", "pakjes", "zak", "zakken", "flessen", "potten", "blikken", "stuks"
)  # fmt: skip
_FATS = ("20", "30", "35", "40", "45", "48", "50", "60")  # per cent, of cheese
_PACKS, _PACK_SIZES = (["pack"], ["packs"]), range(2, 25)
_MAY_PACK = frozenset("0123456789sdvzatn")  # the first letters of numbers up to twenty
_SIXPACKS = frozenset(("sixpack", "sixpacks", "six-pack", "six-packs", "sixpackje", "sixpak", "zespack"))
_SPEAKERS = frozenset(("ik", "we", "wij"))
_LEAST_SAID, _MOST_MADE = 4, 8  # words before it and of it
_ENDS = frozenset((".", "!", "\n"))
_LIST_MARKS = frozenset((",", ";", "/", "\n"))
_SEGMENT_ENDS = _LIST_MARKS | {"", "en", "."}
_BEFORE_ONS = _SEGMENT_ENDS | frozenset(("-", "*", "•", ":", "plus", "verder", "ook", "dan"))
_POLITE = frozenset(("graag", "aub", "svp", "alstublieft", "alsjeblieft", "dun", "gesneden"))
_PAUSE = re.compile(r"(?:eh+m?|uh+m?|euh+m?|hm+)\Z")
_CLOSING_HALF = frozenset(("", ",", ".", "\n", "en", "gesneden", "ongesneden", "graag", "aub", "alstublieft"))
_NEW = frozenset(("nieuwe", "nieuw"))
_SENDS = frozenset(phrase.split()[-1] for phrase in table("spoken")["sent"]["words"])
_WITH_H = frozenset(table("spoken")["without_h"]["words"])
_BIDS = {"doet": "doe", "geeft": "geef", "brengt": "breng"}
_ME = (["mij"], ["mie"], ["me"], ["mijn"], ["mien"], ["ons"])
_OPENING = frozenset((",", ".", "!", ":", "\n", "en", "dan", "nou"))
_ASKING = frozenset(("je", "u", "ie", "jullie", "kuj", "zuj", "wij", "wilde", "kunde"))  # "kuj mie brengen" asks for no noodles
_POINTING = frozenset(("die", "dat", "deze", "de"))
_GIVEN = frozenset(("zelf", "maar", "nog", "ook", "eens", "es", "even", "een", "graag", "n", "'n", "de", "het"))


def as_typed(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a spoken message as they would have been typed; those of a typed one unchanged.

    "Komma", "punt", "nieuwe regel" and "stop" become marks where they are none of the goods, "pak ken" is put together,
    and "eh" or "hoe heet het ook alweer" falls away.
    """
    words = [plain(token.lower) for token in tokens]
    typed: list[Token] = []
    at, end = 0, _without_sending(words)
    while at < end:
        said, used = _said_at(tokens, words, at)
        typed.extend(said)
        at += used
    return typed


def _without_sending(words: Sequence[str]) -> int:
    """Where the message ends: what closes it is not for the shop but for the telephone, "verstuur bericht"."""
    sent = Phrases(table("spoken")["sent"]["words"]) if words[-1:] and words[-1] in _SENDS else None
    return next(
        (at for at in range(max(1, len(words) - 3), len(words)) if sent and sent.at(words, at) == len(words) - at), len(words)
    )


def _said_at(tokens: Sequence[Token], words: Sequence[str], at: int) -> tuple[list[Token], int]:
    """What stands at this place, and of how many tokens."""
    if _is_decimal(words, at):
        number = f"{words[at]},{words[at + 2]}"
        return [replace(tokens[at], text=number, lower=number, end=tokens[at + 2].end)], 3
    whole, used = _unfolded_at(words, at)
    if used:
        return _tokens_of(whole, tokens[at], tokens[at + used - 1]), used
    mark, used = _mark_at(words, at)
    if used:
        return [replace(tokens[at], text=mark, lower=mark, end=tokens[at + used - 1].end)], used
    if words[at] in ("sorry", "wacht") and at and words[at + 1 : at + 2] == ["en"]:
        return _tokens_of([","], tokens[at], tokens[at]), 1  # "nee acht croissants sorry en een komkommer"
    if used := guest_at(words, at):
        return _tokens_of(["."], tokens[at], tokens[at]), used
    if used := thought_at(words, at):
        pause = _PAUSE.search(words[at]) and begins_anew(words, at, at + used)
        return _tokens_of(["."], tokens[at], tokens[at]) if pause else [], used
    if words[at] in _NEW and at and _is_number(words[at - 1]) and words[at + 1 : at + 2]:
        return [], 1  # "3 nieuwe bakjes viooltjes"
    if words[at][:1] in "hal" and _LAUGHS.fullmatch(words[at]):
        inside = 0 < at < len(words) - 1  # "geen brie hahaha ik bedoelde camembert": a breath
        return [replace(tokens[at], text=",", lower=",")] if inside else [], 1
    if words[at] == "'" and _is_without_h(tokens, words, at):
        return _tokens_of(["h" + words[at + 1]], tokens[at], tokens[at + 1]), 2
    if words[at : at + 1] == ["dan"] and at and words[at + 1 : at + 2] in _MAKE and words[at + 2 : at + 3] in _WE:
        return _tokens_of(["want"], tokens[at], tokens[at]), 1  # "... en een kilo uien dan maak ik hutspot"
    if words[at] in _SPEAKERS and _goes_to_make(words, at):
        return _tokens_of(["want", words[at]], tokens[at], tokens[at]), 1  # "... een zakje rozijnen ik ga cake bakken"
    if _tells_what_for(words, at):
        return _tokens_of(["want", words[at + 2], words[at + 1]], tokens[at], tokens[at + 2]), 3
    packed = _several_in_one(words, at) if words[at][:1] in _MAY_PACK else ("", 0)
    if packed[1]:
        return _tokens_of([packed[0]], tokens[at], tokens[at + packed[1] - 1]), packed[1]
    if at + 1 < len(words) and words[at + 1] == "plus" and (fat := _fat_at(words, at)):
        return _tokens_of([fat], tokens[at], tokens[at + 1]), 2
    if used := _other_day(words, at):
        return [], used
    if words[at] == "toe" and not {"voeg", "voegt", "voegen"}.isdisjoint(words[:at]):
        return [], 1  # "voeg 3 komkommers toe": no pudding
    if words[at] == "ene" and at and words[at - 1] in _POINTING and _names_something(words, at + 1):
        return [], 1  # "maak van die ene appelflap maar zes"
    if words[at] == "halfje" and at and _is_number(words[at - 1]) and "".join(words[at + 1 : at + 2]) in _CLOSING_HALF:
        return _tokens_of(["half", "brood"], tokens[at], tokens[at]), 1  # "een halfje, gesneden"
    if words[at] == "ei" and "".join(words[at + 1 : at + 2]) in UNIT_WORDS:
        return _tokens_of(["een"], tokens[at], tokens[at]), 1  # "ei pondje gehak": so the south says it
    if words[at] == "ons" and _weighs(words, at):
        return _tokens_of(["1", "ons"], tokens[at], tokens[at]), 1
    return [_in_place(tokens[at], words, at)], 1


def _other_day(words: Sequence[str], at: int) -> int:
    """ "graag morgen, of anders woensdag, een kilo kaas": between two days it is no second choice of goods; how many words."""
    used = 2 if words[at : at + 2] == ["of", "anders"] else int(words[at] == "anders")
    before = words[at - 2 : at - 1] if at > 1 and words[at - 1] == "," else words[at - 1 : at] if at else []
    return (
        used
        if used and day_words().issuperset(before) and before and day_words() & set(words[at + used : at + used + 1])
        else 0
    )


def _several_in_one(words: Sequence[str], at: int) -> tuple[str, int]:
    """ "6-pack", "six pack", "sixpacks": of how many a pack is, which is part of what it is called; and of how many words."""
    if words[at] in _SIXPACKS:
        return "6-pack", 1
    dash = words[at + 1 : at + 2] == ["-"]
    if words[at + 1 + dash : at + 2 + dash] not in _PACKS:
        return "", 0
    number = read_number(["zes" if words[at] == "six" else words[at]])
    return (f"{number.value}-pack", 2 + dash) if number and number.value in _PACK_SIZES else ("", 0)


def _fat_at(words: Sequence[str], at: int) -> str:
    """ "jong 30 plus" as it is written, "30+"; not "30 plus 5 krentenbollen"."""
    number = read_number([words[at]])
    fat = str(number.value) if number and not _is_number("".join(words[at + 2 : at + 3])) else ""
    return f"{fat}+" if fat in _FATS else ""


def _names_something(words: Sequence[str], at: int) -> bool:
    """Whether a word stands there that is no word of talk: "die ene appelflap", not "die ene mag weg"."""
    word = words[at] if at < len(words) else ""
    talk = (words_of("talk", "verbs"), words_of("talk", "words"), words_of("fillers", "words"))
    return len(word) > 2 and word.isalpha() and not any(word in one for one in talk)


def _tokens_of(words: Sequence[str], first: Token, last: Token) -> list[Token]:
    """Tokens of these words, in the place of what stands from the first to the last one."""
    begin = replace(first, text=words[0], lower=words[0], end=last.end)
    return [begin, *(replace(last, text=word, lower=word) for word in words[1:])]


def _is_decimal(words: Sequence[str], at: int) -> bool:
    """ "2 komma 5 kilo"."""
    return words[at + 1 : at + 2] == ["komma"] and words[at].isdecimal() and "".join(words[at + 2 : at + 3]).isdecimal()


def _mark_at(words: Sequence[str], at: int) -> tuple[str, int]:
    """The mark, or the word the telephone wrote as two, that is spoken here, and in how many words; 0 when none is."""
    for mark, phrases in _instead().get(words[at], ()):
        if used := phrases.at(words, at):
            return mark, used
    mark = _STOPS.get(words[at], "")
    return (mark, 1) if mark and at and _is_stop(words, at) else ("", 0)


@cache
def _instead() -> dict[str, list[tuple[str, Phrases]]]:
    """By the first word of what is said."""
    found: dict[str, list[tuple[str, Phrases]]] = {}
    for mark, said in table("spoken")["instead"].items():
        for first in dict.fromkeys(plain(lowers(one)[0]) for one in said):
            found.setdefault(first, []).append((mark, Phrases(said)))
    return found


def _unfolded_at(words: Sequence[str], at: int) -> tuple[list[str], int]:
    """The words that are said here as one ("kuj": kun je), and of how many they are; 0 when there are none."""
    for whole, phrases in _unfolded().get(words[at], ()):
        if used := phrases.at(words, at):
            return whole.split(), used
    unit = next((unit for unit in _GLUED if words[at].startswith(unit)), "")
    return (_apart(words[at], unit), 1) if unit and _apart(words[at], unit) else ([], 0)


@lru_cache(maxsize=1024)
def _apart(word: str, unit: str) -> list[str]:
    """ "kilouien": the measure and the goods it was written onto."""
    rest = word.removeprefix(unit)
    goods = len(rest) > 2 and rest not in UNIT_WORDS and not lexicon.goods().isdisjoint((rest, *stems(rest)))
    return [unit, rest] if goods and not lexicon.is_real(word) else []


def _counts_and_measures() -> dict[str, list[str]]:
    """ "eenkilo", "tweepond": how it is written, of every number word and measure."""
    numbers = ("een", "twee", "drie", "vier", "vijf", "zes", "half", "anderhalf", "anderhalve")
    return {f"{number} {unit}": [number + unit] for number in numbers for unit in _MEASURES}


@cache
def _unfolded() -> dict[str, list[tuple[str, Phrases]]]:
    """By the first word of what is said."""
    found: dict[str, list[tuple[str, str]]] = {}
    for whole, every in (_counts_and_measures() | table("spoken")["unfolded"]).items():
        for said in every:
            if lowers(said) != whole.split():  # else the dictionary of dialects knows it already
                found.setdefault(plain(lowers(said)[0]), []).append((whole, said))
    longest = {first: sorted(every, key=lambda one: len(one[1].split()), reverse=True) for first, every in found.items()}
    return {first: [(whole, Phrases([said])) for whole, said in every] for first, every in longest.items()}


def _is_stop(words: Sequence[str], at: int) -> bool:
    """Whether "punt", "komma" or "stop" is the mark here: no piece of pie, no "2 komma 5", no "stop maar"."""
    before, after = words[at - 1], words[at + 1] if at + 1 < len(words) else ""
    if words[at] == "komma":
        return not (_is_number(before) and _is_number(after))
    if words[at] == "stop":
        return not {before} & _ASKED_TO_STOP and after not in _STOP_THAT and (bool(after) or words.count("stop") > 1)
    if before.endswith(_PIECES_OF) or _is_number(before):
        return False
    opens = after in _OPENS or _is_number(after) or after in ("\n", "nieuwe")
    alone = before in _ENDS and after in _ENDS  # "3 komkommers. Punt."
    return words.count("punt") > 1 or not after or opens or alone or any(phrases.at(words, at + 1) for phrases in _partings())


@cache
def _partings() -> tuple[Phrases, ...]:
    """What follows the last full stop: "punt fijne dag", "punt met vriendelijke groet", "punt verstuur"."""
    return *(phrases_of("fillers", name) for name in ("goodbyes", "farewells")), Phrases(table("spoken")["sent"]["words"])


def _is_number(word: str) -> bool:
    return bool(word) and read_number([word]) is not None


def _is_without_h(tokens: Sequence[Token], words: Sequence[str], at: int) -> bool:
    """ "'alf", "'ebben": the h that the south does not say."""
    if at + 1 >= len(tokens) or tokens[at].end != tokens[at + 1].start:
        return False
    return "h" + words[at + 1] in _WITH_H


def _weighs(words: Sequence[str], at: int) -> bool:
    """Whether "ons" is a weight by itself and not who is spoken of: "oude kaas ons", "een krop sla en ons achterham"."""
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    if after == "of" and _is_number("".join(words[at + 2 : at + 3])):
        return before in _BEFORE_ONS or lexicon.is_real(before)  # "ons of 2 leidse", "walnoten ons of 2"
    if after in _SEGMENT_ENDS:
        described = before in lexicon.describing() and at > 1 and lexicon.is_real(words[at - 2])
        return before.isalpha() and (described or lexicon.is_real(before)) and not _is_number(before)
    if before not in _BEFORE_ONS:
        return False
    kind = 1 if after in lexicon.describing() and not lexicon.is_real(after) else 0  # "ons oude kaas"
    named, behind = ([*words[at + 1 + kind : at + 3 + kind], "", ""])[:2]
    return behind in _SEGMENT_ENDS | _POLITE and lexicon.is_real(named)


def _goes_to_make(words: Sequence[str], at: int) -> bool:
    """Whether what will be made of it follows goods without a pause, and closes the message."""
    if at < _LEAST_SAID or words[at + 1 : at + 2] not in (["ga"], ["gaan"]):
        return False
    return words[-1] in _MADE and len(words) - at <= _MOST_MADE and lexicon.is_real(words[at - 1])


def _tells_what_for(words: Sequence[str], at: int) -> bool:
    """ "... dan kan ik soep maken": what is made of it is not ordered as well."""
    if words[at] != "dan" or not at or words[at + 1 : at + 2] not in _CAN or words[at + 2 : at + 3] not in _WE:
        return False
    return any(word in _MADE for word in words[at + 3 : at + 8])


def _in_place(token: Token, words: Sequence[str], at: int) -> Token:
    """ "veur mie een brood" is no pack of noodles, "wie hebt neudig" asks for nobody, "jong bel." is no telephone,
    "hooi, ik wil" greets, and so does "dag voor morgen".
    """
    if at and words[at - 1] == "maat" and (size := read_number([words[at]])) and words[at].isalpha():
        return replace(token, lower=str(size.value))  # "luiers maat vier"
    if words[at] == "bel" and at and words[at - 1] in _GRADES:
        return replace(token, lower="belegen")
    if at <= 1 and (words[at], *words[at + 1 : at + 2]) in _GREETS:
        return replace(token, lower="hoi")
    if words[at] == "wie" and words[at + 1 : at + 2] and words[at + 1] in _WE_DO and words[at + 2 : at + 3] not in _ASKED:
        return replace(token, lower="wij")
    if words[at] in _BIDS and _bids(words, at):
        return replace(token, lower=_BIDS[words[at]])
    return replace(token, lower="mij") if words[at] == "mie" and _is_given(words, at) else token


def _bids(words: Sequence[str], at: int) -> bool:
    """ "doet mijn maar een pond gehakt": whether it bids, as the polite do without saying u; "dat doet mij goed" tells."""
    opens = not at or words[at - 1] in _OPENING or phrases_of("fillers", "greetings").at(words, at - 1) == 1
    return opens and words[at + 1 : at + 2] in _ME and at + 2 < len(words)


def _is_given(words: Sequence[str], at: int) -> bool:
    """Whether "mie" is who gets something, and no noodles: "geef mie maar 2 broden", "kuj mie mosterd brengen"."""
    if not at or words[at - 1] not in _GIVES | _BIDS.keys() or at + 1 == len(words):
        return False
    after = words[at + 1]
    asked = words[at - 1] in _ASKING and after.isalpha() and after != "en"
    return asked or after in _GIVEN or after in day_words() or _is_number(after)


__all__ = ["as_typed"]
