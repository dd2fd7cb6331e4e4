"""Where somebody who dictates goes over from talk to goods or back, which nobody marks when speaking: a full stop is put there.

"ja ik sta in de stal dus ik hou het kort twee pakken volle melk en een brie" is two sentences. Only what holds no mark at all
is cut, and never where goods may be what is talked of: "ik kreeg twee broden en een kaas" stays whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from catalog.reading.lexicon import phrases_of, words_of
from catalog.reading.quantities import read_quantity
from catalog.reading.run_on import BINDS, run_on_at
from catalog.reading.story import thought_first
from catalog.reading.tokens import Token
from catalog.reading.units import OF_GOODS
from catalog.reading.words import plain, table
from catalog.search import lexicon

_MARKS = frozenset(",.!?:;\n()…")
_LEAST = 10  # words; what is shorter was typed
_MOST = 150  # words; nobody speaks so long without a mark
_LEAST_LISTED = 2  # amounts of goods that make a list
_SPEAKERS = frozenset(("ik", "we", "wij", "hij", "zij", "ze"))
_ORDERING = frozenset(("ik", "we", "wij", "doe", "mag", "geef"))
_LEAST_SPOKEN = 5  # words of talk before a list that "nou" begins
_LEAST_AHEAD = 3  # words of talk before it
_BEFORE_NOW = frozenset((("vorige", "keer"), ("vorige", "week"), ("laatste", "keer")))
_IS_THERE = frozenset(
    (verb, who, word) for verb, who in (("heb", "ik"), ("hebben", "we"), ("hebben", "wij")) for word in ("nog", "al", "genoeg")
)  # "... geen komkommer die heb ik nog een rode paprika"
_STARTS = frozenset(("nou", "oke", "ok", "okay", "zo", "weer", "goed", "komt", "hier", "dus", "volgende", "gewoon", "snel"))
_HUH, _GOING_ON = ("he", "hè"), ("nou", "doe", "dan", "oke", "oké")
_ARTICLES = frozenset(("de", "het", "mijn", "onze", "m'n", "er"))
_WAS_THERE = frozenset(
    ("zat", "zaten", "lag", "lagen", "stond", "stonden", "was", "waren", "kreeg", "kregen", "ontbrak", "miste")
)
_BEFORE_VERBS = frozenset(("anders", "daar", "hier", "nu", "straks", "toen", "zo", "daarna"))  # "anders lig ik wakker"
_NEEDED = frozenset(("nodig", "graag", "over", "een", "twee"))
_THERE = frozenset(("genoeg", "zat", "staan", "liggen", "voorraad"))
_GOES_ON = frozenset(("ja", "hoor", "dus", "die", "dat", "oh", "o", "oja", "wel", "en", "nou", "verder", "maar"))
_JOINS = frozenset(("en", "maar", "dus", "of", "nou"))


def with_pauses(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a full stop where talk and goods meet in a stretch that holds no mark."""
    parts: list[Token] = []
    begin = 0
    for at in range(len(tokens) + 1):
        asks = at + 1 < len(tokens) and tokens[at].lower in _HUH and tokens[at + 1].lower in _GOING_ON
        if asks:  # "een bakje aardbeien kan zeker nog niet he nou doe dan maar bessen"
            parts += [*tokens[begin:at], replace(tokens[at], text=".", lower=".")]
            begin = at + 1
        elif at == len(tokens) or tokens[at].text in _MARKS:
            parts += _parted(tokens[begin:at]) if begin < at <= begin + _MOST else tokens[begin:at]
            parts += tokens[at : at + 1]
            begin = at + 1
    return parts


def _parted(tokens: Sequence[Token]) -> list[Token]:
    words = [plain(token.lower) for token in tokens]
    dictated = len(words) >= _LEAST and _may_talk(words) and _of_goods().isdisjoint(words)
    stops = (_stops(words) if dictated else set()) | ({run_on_at(words)} - {0})
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        if at in stops:
            kept.append(replace(tokens[at - 1], text=".", lower=".", start=tokens[at - 1].end))
        kept.append(token)
    return kept


def _begins_talk(words: Sequence[str], at: int) -> bool:
    """ "ik sta", "we zitten": what says nothing of goods."""
    if tuple(words[at : at + 2]) in _BEFORE_NOW:
        return at > 0
    verb = "".join(words[at + 1 : at + 2])
    return (words[at] in _SPEAKERS and verb in _beside_goods()) or (verb in _SPEAKERS and words[at] in _beside_goods())


def _stops(words: Sequence[str]) -> set[int]:
    """Before which words a sentence begins."""
    goods = [at for at in range(len(words)) if _begins_goods(words, at)]
    stops = {_order_begins(words, 0, goods), *(at for at in goods if tuple(words[max(0, at - 3) : at]) in _IS_THERE)}
    stops |= _still_there(words)
    for at in range(len(words)):
        if _begins_talk(words, at):
            ahead = [one for one in goods if one > at + 1]
            order = _order_begins(words, at + 2, ahead)
            stops |= {_back(words, at) if any(one < at for one in goods) else 0, order}
            begins = _first_named(words, ahead[0], at + 2) if ahead else 0
            listed = not order and len(ahead) >= _LEAST_LISTED and words[begins - 1] not in BINDS - _JOINS
            stops |= {begins} if listed and not _is_told_of(words, begins) else set()
    if (
        len(goods) >= _LEAST_LISTED
        and goods[0] >= _LEAST_SPOKEN
        and words[goods[0] - 1] in _STARTS
        and _tells(words[: goods[0]])
    ):
        stops.add(goods[0])
    return (stops | {_visit(words, goods)}) - {0}


def _still_there(words: Sequence[str]) -> set[int]:
    """ "... een krop sla en knoflook heb ik nog ja die ligt hier": before and behind what is there."""
    found: set[int] = set()
    for at in range(2, len(words) - 2):
        if tuple(words[at : at + 3]) in _IS_THERE and not _NEEDED & set(words[at + 3 : at + 5]):
            begin = _first_named(words, at, 0)
            begin -= words[begin - 1] in _ARTICLES
            end = at + 3 + ("".join(words[at + 3 : at + 4]) in _THERE)
            if begin < at and begin and words[begin - 1] in ("en", "maar"):
                found |= {begin - 1} | ({end} if "".join(words[end : end + 1]) in _GOES_ON else set())
    return found


def _is_told_of(words: Sequence[str], at: int) -> bool:
    """ "de vorige keer zat er | een kapotte doos eieren bij": the goods are what the verb before them tells of."""
    return words[at - 2 if words[at - 1] in ("er", "ook", "weer") else at - 1] in _WAS_THERE


def _visit(words: Sequence[str], goods: Sequence[int]) -> int:
    """ "... een pak koffiemelk de hele club komt langs": where who comes begins, at the end; 0 for nowhere."""
    end = len(words)
    verb = next((at for at in range(max(3, end - 5), end) if words[at] in ("komt", "komen")), 0)
    begin = next((at for at in range(max(2, verb - 3), verb) if words[at] in _ARTICLES), 0) if verb else 0
    return begin if begin and goods and goods[0] < begin and words[begin - 1] not in BINDS else 0


def _may_talk(words: Sequence[str]) -> bool:
    return _tells(words) or not (_SPEAKERS | _ORDERING | _ARTICLES | {"vorige"}).isdisjoint(words)


def _tells(words: Sequence[str]) -> bool:
    return not words_of("talk", "verbs").isdisjoint(words)


def _first_named(words: Sequence[str], at: int, least: int) -> int:
    """Where the goods begin of which an amount stands here: before it, in "halfvolle melk drie pakken"."""
    begin = at
    while begin > least and lexicon.names_or_describes(words[begin - 1]):
        begin -= 1
    return begin


def _order_begins(words: Sequence[str], begin: int, goods: Sequence[int]) -> int:
    """Where somebody who talked of no goods yet begins to order, "dit is een bericht voor de bakker ik wil"; 0 for nowhere."""
    last = goods[0] if goods else len(words)
    places = (at for at in range(max(begin, _LEAST_AHEAD), last) if words[at] in _ORDERING)
    return next((at for at in places if words[at - 1] not in BINDS and phrases_of("fillers", "order").at(words, at) > 1), 0)


def _back(words: Sequence[str], at: int) -> int:
    """Where a sentence that turns to talk here begins; 0 when it hangs on what stands before it."""
    begin = at - 1 if words[at - 1] in _JOINS else at
    if words[begin] == "maar" and thought_first(words[:begin]):
        return 0
    return 0 if begin == at and (words[at - 1] in BINDS or words[at - 1] in _BEFORE_VERBS) else begin


def _begins_goods(words: Sequence[str], at: int) -> bool:
    """Whether an amount of goods stands there: "een pak bloem", "twee flessen cola", "een rookworst"."""
    amount = read_quantity(words, at)
    if amount is None or amount.unit in ("person", "euro"):
        return False
    behind = words[at + amount.used : at + amount.used + 2]
    before = amount.unit in OF_GOODS and at > 0 and lexicon.is_real(words[at - 1])  # "halfvolle melk drie pakken"
    return before or any(map(lexicon.names_or_describes, behind))


@cache
def _of_goods() -> frozenset[str]:
    return frozenset(table("spoken")["pauses"]["of_goods"])


@cache
def _beside_goods() -> frozenset[str]:
    return frozenset(table("spoken")["pauses"]["beside_goods"])


__all__ = ["with_pauses"]
