"""The shapes in which people swap one thing for another: made of the lines in ``words/changes.toml``, found in a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from catalog.reading.lexicon import words_of
from catalog.reading.names import Names
from catalog.reading.words import table

_OPENERS = frozenset(("vergist", ",", ".", "en", "+", "maar", "dus", "dan", ":", "(", "-"))
_ENDS = frozenset((",", "en", "maar", "dan", "dus", "want", "(", "met", "ipv", "inplaats"))
_WHY = frozenset(("we", "wij", "mijn", "anders", "omdat", "het", "de", "die", "dat"))
_POLITE = r"(?:(?:aub|svp|pls|plz|hoor|alstublieft|alsjeblieft|asjeblieft) )*"
_MOST_STARTS = 8
_LEAST_TOLD = 4  # words of a story
TURNS = frozenset(("kan", "kunt", "kun", "mag", "maak", "haal", "zet", "ruil", "vervang", "wissel", "verander", "doe"))
_LEAD = (
    r"(?:(?:nee|oh?|toch|maar|doe|doet|graag|liever|wil|wilde|wou|ik|mag|geef|neem|maak|me|mij|sorry|oeps|ach|nou|eigenlijk|dan|"
    r"kan|kunt|kun|wilt|u|je|er|bij|nader|inzien|bedoel|bedoelde|bedoelden|,|zet|even|wacht|ho|hm|och|"
    r"is het mogelijk(?: om)?|(?:zou|lukt) het(?: kunnen| lukken)?(?: u| je)?(?: om)?|zou|zouden|over(?= die)|"
    r"hoho|yo|jo|hoi|hallo|hey|hee|hé|he|haha|hahaha|"
    r"excuus|foutje|oja|ja|we|wij|willen|het|moet|moeten|wel|of(?= (?:nee|wacht|toch|eigenlijk) )) )*"
)
_FREE = (
    r"(?:(?!(?:ipv|inplaats|en|maar|weg|eruit|erin|erbij|niet|geen|nee|door|dan|,|moet|moest|wordt|hoeft|als|of|want|mag) )"
    r"\S+ )"
)
_NUMBER = (
    r"(?:(?:x )?\d[\d.,]*(?: x)?|een|eentje|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twaalf|half|halve|anderhalf|"
    r"anderhalve|1/2|½)"
)
_PARTS = {
    "{x}": rf"(?P<x>{_FREE}{{1,6}}?)(?:(?:daar )?, (?:die|dat|deze|ze) )?",
    "{y}": rf"(?P<y>{_FREE}{{1,7}}?)",
    "{n}": rf"(?P<y>{_NUMBER} (?:{_FREE}){{0,2}}?)",
    "{nx}": rf"(?P<x>(?P<y>{_FREE}{{2,8}}?))",
    "{xs}": rf"(?P<x>(?:{_FREE}|en |, ){{1,9}})",
    "{end}": r"(?=, |\Z)",
    "{#}": rf"{_NUMBER} ",
    "{m}": rf"(?:{_NUMBER} (?:{_FREE})?|wat er(?: nu| al)? (?:staat|stond|in staat|in zit|ligt) )",
    "{xy}": rf"(?P<x>(?P<y>{_FREE}{{2,9}}?))",
    "...": (
        r"(?:(?:toch|maar|graag|liever|wel|dan|ook|even|gewoon|doe|er|nog|mij|me|eigenlijk|u|ik|zijn|,|en|neem|geef|wil|mag|weer|"
        r"hoor|helemaal|geloof|denk|dacht|natuurlijk|uiteraard|echt|minstens|minimaal|meteen|gelijk) )*"
    ),
    "{instead}": r"(?:in(?: de)? plaats daarvan|inplaats daarvan|(?:daarvoor|ervoor)(?: in de plaats)?|in de plaats) ",
    "{ipv}": r"(?:ipv|i\.p\.v\.|in plaats van|inplaats van|in plek van|in plaats) ",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a shape found, as places in the tokens."""

    old: tuple[int, int]
    new: tuple[int, int]
    end: int
    kind: str  # "counts", "swaps", "outs", "stays", or "hows": only how the thing must be


def starts_in(words: Sequence[str]) -> Iterator[int]:
    """Where in a clause a swap may begin: at its first word, and behind what parts one thing said from another."""
    yield 0
    opened = [at + 1 for at, word in enumerate(words[:-2]) if word in _OPENERS]
    told = [at for at, word in enumerate(words[:-2]) if at >= _LEAST_TOLD and word in TURNS]  # "... meer kan die ..."
    yield from sorted({*opened, *told})[:_MOST_STARTS]


def with_names_kept(words: Sequence[str], names: Names) -> list[str]:
    """The words, with the "en" in a name made a mark that parts nothing."""
    shown, at = list(words), 0
    while at < len(shown):
        used = names.at(words, at)[0]
        shown[at : at + used] = ["&" if word in _OPENERS else word for word in shown[at : at + used]]
        at += max(1, used)
    return shown


def shapes_at(words: Sequence[str], kinds: tuple[str, ...]) -> Iterator[Told]:
    """What each shape of these kinds (keys of the table) finds that begins with the first of these words."""
    joined = "".join(f"{word} " for word in words)
    for shape, kind in _shapes(kinds):
        found = shape.match(joined)
        if found:
            old = found.span("x") if "x" in shape.groupindex else (0, 0)
            new = found.span("y") if "y" in shape.groupindex else old
            parts = [len(joined[:place].split()) for place in (*old, *new, found.end())]
            yield Told((parts[0], parts[1]), (parts[2], parts[3]), parts[4], kind)


@cache
def _shapes(kinds: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_compiled(shape, kind), kind) for kind in kinds for shape in table("changes")[kind])


def _compiled(shape: str, kind: str) -> re.Pattern[str]:
    parts = [_PARTS.get(part) or "(?:" + "|".join(map(re.escape, part.split("|"))) + ") " for part in shape.split()]
    ends = "|".join(["in (?:plaats|plek) van", *map(re.escape, _ENDS | _reasons(kind))])
    return re.compile(_LEAD + "".join(parts) + _POLITE + rf"(?=(?:{ends}) |\Z)")


def _reasons(kind: str) -> frozenset[str]:
    """What may follow a change without a comma, and tells why; what goes out is over sooner."""
    if kind == "outs":
        return words_of("changes", "reason_begins") | words_of("talk", "people")
    return words_of("talk", "people") | _WHY if kind == "counts" else frozenset()


__all__ = ["TURNS", "Told", "shapes_at", "starts_in", "with_names_kept"]
