"""Whole messages that are no order: yes, no, stop, thanks, the order button. Phrases are in ``words/intents.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from catalog.reading.letters import apart
from catalog.reading.lexicon import Shapes, phrases_of, words_of
from catalog.reading.result import Intent
from catalog.reading.tokens import lowers
from catalog.reading.words import plain, table

#: First come, first served: a phrase in two lists means the upper one.
_ORDER: tuple[Intent, ...] = ("stop", "callme", "help", "cancel", "basket", "repeat", "done", "thanks", "no", "yes", "greeting")
_MARKS = frozenset(".,!?;:…-\"'()*\n~^")
_POLITE = frozenset(
    ("graag", "hoor", "alstublieft", "alsjeblieft", "aub", "svp", "even", "maar", "dan", "nou", "dus", "eh", "he", "mevrouw",
     "meneer", "allemaal", "bedankt", "dank", "dankuwel", "dankjewel", "alvast", "nu", "gewoon", "please",
     "top", "super", "eens", "zeg", "och", "ach", "oh", "o",
     "ja", "oke", "ok", "prima", "goed", "zo", "mensen", "jongens", "u", "wel", "en")
)  # fmt: skip
_SOFTENING = frozenset(
    ("allemaal", "eventjes", "alles", "even", "maar", "eens", "nog", "eigenlijk", "gewoon", "graag", "alstublieft", "aub", "nu")
)
_LONGEST = 14
_LONGEST_SHAPED = 30


def whole_intent(words: Sequence[str]) -> Intent | None:
    """What a whole message (plain words) is when it is one of the known phrases, politeness and slips forgiven; else None."""
    said = [word for word in words if word not in _MARKS]
    if not said or len(said) > _LONGEST:
        return None
    polite = _without_politeness(said)
    firm = [word for word in polite if word not in _SOFTENING]
    rest = _without_greeting(said)
    soft = [word for word in rest if word not in _SOFTENING]
    known = _known(said) or _known(polite) or _known(firm) or _known(rest) or _known(soft)
    found = known or _near(" ".join(said)) or _covered(said)
    if found == "thanks" and said[0] in ("nee", "neen"):
        return "no"  # "nee dat hoeft niet, dank je"
    thanked = words_of("intents", "thanks") & set(said)
    only = all(word in thanked or not any(map(str.isalnum, word)) for word in said)  # "dank 👍" agrees to nothing
    return "thanks" if thanked and (found == "greeting" or (found == "yes" and only)) else found


def shaped_intent(words: Sequence[str]) -> Intent | None:
    """What a sentence (plain words) asks for by its shape: "kan iemand mij terugbellen over de bestelling van gisteren"."""
    if len(words) > _LONGEST_SHAPED:
        return None
    return next((intent for intent, shapes in _shapes() if shapes.within(words)), None)


@cache
def _shapes() -> tuple[tuple[Intent, Shapes], ...]:
    shapes: dict[str, list[str]] = table("intents")["shapes"]
    return tuple((name, Shapes(shapes[name])) for name in _ORDER if name in shapes)


def _covered(said: Sequence[str]) -> Intent | None:
    """Several phrases after another, with nothing else between them: "verder niets meer, dank u wel". The weightiest counts."""
    found: set[Intent] = set()
    at = 0
    while at < len(said):
        used = next((n for n in range(min(len(said) - at, _LONGEST), 0, -1) if tuple(said[at : at + n]) in _phrases()), 0)
        around = phrases_of("intents", "around").at(said, at)
        if used >= around and used:
            found.add(_phrases()[tuple(said[at : at + used])])
        elif not around and said[at] not in _POLITE:
            return None
        at += max(used, around, 1)
    return None if found >= {"yes", "no"} else next((name for name in _ORDER if name in found), None)


def is_order_button(words: Sequence[str]) -> bool:
    """Whether the words of the order button were typed, small slips forgiven. "ja" or "bestellen" alone never are."""
    said = " ".join(word for word in words if word not in _MARKS)
    said = " ".join(
        part for part in said.split() if part not in ("graag", "hoor", "ja", "nu", "aub", "ik", "wil", "alstublieft")
    )
    return any(_close(said, phrase) for phrase in _order_buttons())


@cache
def _order_buttons() -> tuple[str, ...]:
    return tuple(" ".join(_words(phrase)) for phrase in table("intents")["place_order"])


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in lowers(phrase) if word not in _MARKS)


@cache
def _phrases() -> dict[tuple[str, ...], Intent]:
    found: dict[tuple[str, ...], Intent] = {}
    for name in reversed(_ORDER):
        for phrase in table("intents")[name]:
            found[_words(phrase)] = name
    return found


@lru_cache(maxsize=256)
def _long_phrases(length: int) -> list[tuple[str, Intent]]:
    """The phrases that something of this length can be with a slip or two, in the order of the list."""
    phrases = [(" ".join(words), intent) for words, intent in _phrases().items() if sum(map(len, words)) >= 7]
    return [(phrase, intent) for phrase, intent in phrases if abs(length - len(phrase)) <= _slips(phrase)]


def _known(said: Sequence[str]) -> Intent | None:
    return _phrases().get(tuple(said)) if said else None


def _without_politeness(said: list[str]) -> list[str]:
    begin, end = 0, len(said)
    while begin < end and said[begin] in _POLITE:
        begin += 1
    while end > begin and said[end - 1] in _POLITE:
        end -= 1
    return said[begin:end]


def _without_greeting(said: list[str]) -> list[str]:
    taken = phrases_of("fillers", "greetings").at(said, 0)
    while taken < len(said) and said[taken] in words_of("fillers", "names"):
        taken += 1  # "Anja, kun je mij even bellen?"
    rest = said[taken:] if _known(said[taken:]) else _without_politeness(said[taken:])
    return rest if taken and rest else []


@lru_cache(maxsize=512)
def _near(said: str) -> Intent | None:
    """A long phrase with a slip or two; short ones must be right ("jam" is not "ja")."""
    if len(said) < 7:
        return None
    return next((intent for phrase, intent in _long_phrases(len(said)) if _close(said, phrase)), None)


def _slips(phrase: str) -> int:
    return len(phrase) // 7


def _close(said: str, phrase: str) -> bool:
    allowed = _slips(phrase)
    near = abs(len(said) - len(phrase)) <= allowed and apart(said, phrase, allowed) <= allowed
    return near and not _another_word(said.split(), phrase.split())


def _another_word(said: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether a slip would make one long word into another that people mean as well: betalen is no bestellen."""
    if len(said) != len(phrase):
        return False
    return any(one != other and len(one) > 5 and one in _long_words() for one, other in zip(said, phrase, strict=True))


@cache
def _long_words() -> frozenset[str]:
    """The longer words of all phrases."""
    return frozenset(word for phrase in _phrases() for word in phrase if len(word) > 5)
