"""Second thoughts about lines that look clear: what contradicts itself is asked, never put in the basket."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from catalog.reading.letters import alike
from catalog.reading.lexicon import phrases_of, shapes_of
from catalog.reading.lines import settle
from catalog.reading.lookup import Lookup
from catalog.reading.nouns import name_words, noun_of
from catalog.reading.quantities import read_quantity
from catalog.reading.result import Line
from catalog.reading.tokens import lowers
from catalog.reading.wish import Cut, Wish
from catalog.reading.words import plain
from catalog.search import lexicon
from catalog.square import Product

#: What one does with goods as well as order them: "zet de koffie klaar".
_HANDLING = frozenset(("zet", "leg", "breng", "geef", "stuur", "pak", "laat", "haal", "hou", "bewaar", "kook", "bak"))
_KEEPS_TO = frozenset((word, "het", to) for word in ("hou", "houd") for to in ("bij", "op"))
#: Only when something else holds or fails is what follows wanted.
_CONDITIONS = frozenset(("anders", "alternatief", "tenzij", "desnoods", "eventueel", "gebrek"))
_WHY = frozenset(("want", "omdat"))  # "... want anders lig ik de hele nacht wakker"
_SOMETHING = frozenset(("iets", "wat", "niks", "niets", "heel"))  # "doe eens wat anders"
_BACK = re.compile(r"(?:(?:dus|alleen|en|nee|ja|,) )*(?:(?:die|de) (?:eerste|laatste) \w+$|met (?:die|dat|deze) )")
_THOSE = frozenset(("die", "dat", "deze", "mijn", "onze"))
_BEFORE = frozenset(
    (",", ".", "!", "en", "oh", "o", "oja", "ja", "nog", "even", "sorry", "wil", "u", "kunt", "kun", "je", "zou")
)
_MOST_WORDS = 60
_HEMS = re.compile(r"\b(?:eh+m?|uh+m?|euh|hm+)\b", re.I)
_SO = re.compile(r"\bdus\s*\Z", re.I)  # "doe er ook een knolselderij bij, dus een knolselderij"
_CALLED = re.compile(r"[!,. ]*")
_SLIP = 0.7  # how alike a word and a word of a name are when one is a slip for the other
_NO_MATTER = re.compile(
    r"(?:(?:ook|maar|is het|is dat|is) )*(?:niet(?: erg)?|geen (?:probleem|punt|ramp|man|nood)|prima|laat maar)(?: hoor)?"
    r"(?: ,|$)"
)
_WARNING = re.compile(
    r"anders (?!(?:neem|nemen|doe|doen|wil|willen|wou|bestel|bestellen|mag|mogen|kies|kiezen|koop|kopen)\b)[^\W\d]+ "
    r"(?:ik|we|wij|ze|hij|het|de|mijn|onze|er|oma|opa) "
)
_GONE = re.compile(
    r"\b(?:(?<!\bvoor )als|als(?! (?:ik|we|wij)\b)|indien|mocht|mochten)\b.*"
    r"\b(?:geen|uitverkocht|op is|op zijn|er niet|niet is|niet zijn|niet heeft|niet hebt|niet hebben)\b"
    r"|\b(?:is|zijn|heeft|hebben|hebt)\b.*\b(?:er niet|niet|geen)\b.*\b(?:dan|liever)\b"
    r"|\bstel dat\b|\b(?:meer|minder) (?:dan|als) (?:de )?(?:vorige|normaal|anders|laatst|altijd|gewoonlijk|eerst)\b"
    r"|\b(?:als|indien|mocht|mochten)\b.*\b(?:aanbieding|goedkoop|goedkoper|duur|minder dan|bonus)\b"
    r"|(?<!\bof )\bzo (?:niet|ja)\b|\bmisschien (?:bestel|neem|koop|haal|wil|doe)\b"
    r"|^(?:(?:en|maar|,) )*(?:als|indien|mocht|mochten)\b.*\b(?:is|zijn|heeft|hebt|hebben|vers|rijp|binnen|zoet)\b.* dan\b"
)


def is_conditional(words: Sequence[str]) -> bool:
    """Whether a clause (plain words) holds a second choice: "als er geen kabeljauw is dan koolvis", "..., anders bruin"."""
    if any(word in _CONDITIONS and not _only_warns(words, at) for at, word in enumerate(words)):
        return True
    return bool(_GONE.search(" ".join(words[:60])))


def _only_warns(words: Sequence[str], at: int) -> bool:
    """ "..., anders krijg ik ruzie", "want anders ...", "wat anders": what would happen or is new, and no second choice."""
    if words[at] != "anders" or not at:
        return False
    return (
        words[at - 1] in _WHY | _SOMETHING
        or _NO_MATTER.match(" ".join(words[at + 1 :])) is not None
        or warns(" ".join(words[at:]))
    )


def warns(said: str) -> bool:
    """Whether this begins with "anders", and tells what would happen then."""
    return _WARNING.match(said) is not None


def changes_elsewhere(words: Sequence[str]) -> bool:
    """Whether a message (plain words) changes what another one ordered: "ik had er 3 besteld, maar het moeten er 5 zijn"."""
    first = words[phrases_of("fillers", "greetings").at(words, 0) if words else 0 :]
    first = first[next((at for at, word in enumerate(first) if word not in _BEFORE), 0) :]
    return shapes_of("changes", "elsewhere_first").begins(first[:_MOST_WORDS]) or shapes_of("changes", "elsewhere").within(
        words[:_MOST_WORDS]
    )


def points_at(wish: Wish, words: Sequence[str]) -> bool:
    """Whether the goods are pointed at, as one does with what is there already: "die worst"."""
    first = plain(wish.units[0].tokens[0].lower) if wish.units else ""
    at = words.index(first) if first in words else 0
    if tuple(words[at - 2 : at]) == ("van", "die"):
        return False  # "en van die waxinelichtjes": some of the kind that one knows
    return at > 0 and words[at - 1] == "die" and tuple(words[at - 2 : at - 1]) != (":",)


def goes_with(wish: Wish, words: Sequence[str]) -> bool:
    """ "mag er bij die hutspot ook een rookworst": what is there already, and something goes with it."""
    first = plain(wish.units[0].tokens[0].lower) if wish.units else ""
    at = words.index(first) if first in words else 0
    return at > 1 and wish.quantity is None and words[at - 2] == "bij" and words[at - 1] in _THOSE


def points_back(words: Sequence[str]) -> bool:
    """ "die eerste twee", "met die 2 roggebroden": what was spoken of before, and nothing new."""
    return bool(_BACK.match(" ".join(words[:8])))


def may_be_talk(wish: Wish, found: Cut, words: Sequence[str], *, counted: bool) -> bool:
    """Whether what was said may be no order after all: beside a verb of talk, or of goods that one has already."""
    if wish.segment in found.unsure:
        return True
    if wish.segment in found.heavy and wish.segment not in found.orders:
        return True  # "het recept zegt 500 gram gehakt"
    if not found.ordered and not found.counted and any(one < wish.segment for one in found.stated & found.heavy):
        return wish.quantity is None  # "ze vinden het maar niks, al die linzen en kikkererwten"
    at = next((at for at, word in enumerate(words[:3]) if word in _HANDLING), -1)
    if wish.segment or tuple(words[at : at + 3]) in _KEEPS_TO:
        return False  # "ik geef het op, lever maar een bloemkool", "ik hou het bij een komkommer"
    return at >= 0 and not counted and tuple(words[at + 1 : at + 2]) in (("de",), ("het",), ("uw",), ("je",), ("mijn",))


def doubted(lines: Iterable[Line]) -> list[Line]:
    """The lines of a clause with a second choice: none goes into the basket unasked."""
    return [replace(line, product=None, asks="which") if line.product and line.op == "add" else line for line in lines]


def opposed(line: Line) -> list[Line]:
    """ "2 volkoren, een gesneden en een ongesneden": one line for each way when the count comes out, else as it was, asked."""
    pair = next(
        (
            (one, other)
            for one in line.options
            for other in line.options
            if plain(other) == f"on{plain(one)}" or _sides(one, other)
        ),
        None,
    )
    if not pair or not line.product:
        return [line]
    rest = tuple(option for option in line.options if option not in pair)
    if line.amount == 2 and line.unit == "piece":
        return [replace(line, amount=1, options=(*rest, option)) for option in pair]
    return [replace(line, product=None, options=rest, note=", ".join((*pair, line.note)).strip(", "), asks="which")]


def _sides(one: str, other: str) -> bool:
    return one.startswith("met ") and other == one.replace("met ", "zonder ", 1)


def hemmed(lines: Sequence[Line], text: str) -> list[Line]:
    """ "12 kruidnoten, eh 1 zak kruidnoten", "een pakje soepgroente twee pakjes soepgroente": what was said first makes room
    for what is said of it in the same breath."""
    kept: list[Line] = []
    for line in lines:
        last = kept[-1] if kept else None
        between = _between(last, line, text) if last and _is_same(last, line) else None
        if last and between is not None and ((line.amount and _in_one_breath(between)) or _is_called_again(last, between)):
            kept.pop()
        kept.append(line)
    return kept


def _is_called_again(last: Line, between: str) -> bool:
    """ "pindakaas! pindakaas!": one."""
    return _is_uncounted(last) and _CALLED.fullmatch(between) is not None


def _in_one_breath(between: str) -> bool:
    """ "eh", "dus" or nothing stands between them."""
    hums = _HEMS.search(between) or _SO.search(between)
    return hums is not None or (between.isspace() and "\n" not in between)


def _is_same(last: Line, line: Line) -> bool:
    so = (last.options, last.note) == (line.options, line.note)
    return so and last.op == line.op == "add" and bool(last.product) and last.product == line.product


def _between(last: Line, line: Line, text: str) -> str:
    begin = text.find(last.said)
    return text[begin + len(last.said) : text.find(line.said, begin + len(last.said))] if begin >= 0 else ""


def twice(lines: Sequence[Line], lookup: Lookup) -> list[Line]:
    """ "we eten boerenkool, graag twee zakken boerenkool": what was named without an amount and then ordered is one wish."""
    lines = _said_again(_of_two_amounts(lines))
    counted = {line.product for line in lines if line.product and line.op == "add" and line.amount is not None}
    kept: list[Line] = []
    for line in lines:
        last = kept[-1] if kept else None
        if line.op == "add" and line.amount is None and line.asks and counted & {line.product, *line.candidates[:1]}:
            continue
        if last and last.op == line.op == "add" and last.product and last.product == line.product and last.amount is None:
            kept[-1] = line  # "vanillevla, nee chocoladevla, twee pakken chocoladevla"
            continue
        if last and _says_no_more(last, line):
            kept[-1] = replace(last, options=(*last.options, *(one for one in line.options if one not in last.options)))
            continue
        if last and (picked := _pointed_out(last, line, lookup)):
            kept[-1] = picked
            continue
        if last and _names_closer(last, line, lookup):
            chosen = line.product if line.product and last.amount is not None else None
            asks = None if chosen else last.asks
            options = (*last.options, *(option for option in line.options if option not in last.options))
            kept[-1] = replace(last, product=chosen, candidates=line.candidates, asks=asks, options=options)
            continue
        kept.append(line)
    return kept


def _says_no_more(last: Line, line: Line) -> bool:
    """ "een pak koffie, snelfilter", "een fles ketchup. Die ketchup is voor mij": the same product, and no amount of it."""
    if not (last.op == line.op == "add" and last.product and last.product == line.product) or line.note:
        return False
    counted = plain(last.said.lower()) != plain(last.words) or plain(last.words) != plain(line.words)
    return counted and last.amount is not None and plain(line.said.lower()) == plain(line.words)


def _said_again(lines: Sequence[Line]) -> list[Line]:
    """ "die lust zo graag hangop. Doe mij dus 2 hangop": what was named without an amount is what is counted elsewhere."""
    if len(set(map(_meant, lines))) == len(lines):
        return list(lines)
    counted = {_meant(line) for line in lines if line.op == "add" and line.candidates and not _is_uncounted(line)}
    return [
        line for line in lines if line.op != "add" or _meant(line) not in counted or line.options or not _is_uncounted(line)
    ]


def _meant(line: Line) -> tuple[str, ...]:
    return (line.product,) if line.product else line.candidates


def _is_uncounted(line: Line) -> bool:
    """Whether nothing was said of how much: "snert he"."""
    said = lowers(line.said)
    return not line.note and not any(read_quantity(said, at) for at in range(len(said)))


def _pointed_out(last: Line, line: Line, lookup: Lookup) -> Line | None:
    """ "mosterd, de zaanse": the one of its candidates that bears the word; None when this is something else."""
    said = plain(line.said.lower())
    if " " in said or last.op != "add" or line.op != "add" or last.refused or lexicon.is_real(said) or not said.isalpha():
        return None
    bearing = [one for one in last.candidates if noun_of(said) in map(noun_of, name_words(lookup.product(one).name))]
    if len(bearing) != 1 or lookup.exact(said).hits:
        return None
    return settle(last, lookup.product(bearing[0]), lookup.shelf)


def _of_two_amounts(lines: Sequence[Line]) -> list[Line]:
    """ "3 haring, 2 met uitjes 1 zonder": when one amount of a thing is unclear, the other of it is not sure either."""
    unclear = {line.product for line in lines if line.product and line.amount is None and any(map(str.isdecimal, line.said))}
    unsure = [line.amount is not None and line.product in unclear for line in lines]
    return [doubted([line])[0] if doubt else line for line, doubt in zip(lines, unsure, strict=True)]


def _names_closer(last: Line, line: Line, lookup: Lookup) -> bool:
    """ "een taart graag, slagroomtaart", "appels, kilo, elstar": which of the candidates before it is meant."""
    if last.op != "add" or line.op != "add" or last.asks != "which" or last.refused or line.refused or not line.candidates:
        return False
    unsaid = plain(line.said.lower()) == plain(line.words) or (line.amount is None and line.asks == "amount")
    if not unsaid or not set(line.candidates[:3]) < set(last.candidates):
        return False
    return not line.product or _is_called(lookup.product(line.product), last.words)


def _is_called(product: Product, words: str) -> bool:
    """Whether every word, or a slip for it, is said of this product: strawberry ice is no "boerderijyoghurt"."""
    names = [noun_of(part) for name in (product.name, *product.synonyms, product.group) for part in name_words(name)]
    nouns = [noun_of(word) for word in name_words(words)]
    return all(any(noun in name or alike(noun, name) >= _SLIP for name in names) for noun in nouns)


__all__ = ["doubted", "is_conditional", "opposed", "twice"]
