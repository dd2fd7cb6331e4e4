"""What people say beside their groceries: a note for at the door, how they pay, where they fetch it. Told from order lines.

A note begins with BRIEFJE (to the end of its line), or is a clause with words that belong to a front door and to no shop.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

#: A longer message is a list or a letter; only its lines that begin with BRIEFJE are notes.
MOST = 600
#: As much as fits a bubble at the door.
MOST_NOTE = 160
_MARKED = re.compile(
    r"(?:^[^\S\n]*(?:(?:bericht|opmerking|notitie|briefje)? ?voor (?:de )?(?:koerier|bezorger)|(?:bezorg|deur)?briefje)"
    r"(?![^\W\d_])[^\S\n]*[:,-]?"
    r"|(?:[^\S\n]*[,.;]|[^\S\n]+(?:en|met|plus))(?:[^\S\n]+(?:en|met|een|ook|nog))*[^\S\n]+(?:bezorg|deur)?briefje"
    r"(?: voor (?:de )?(?:koerier|bezorger))?[^\S\n]*:)[^\S\n]*(?P<note>[^\n]*)$",
    re.I | re.M,
)
_DOOR = re.compile(
    r"\b(?:sleutel|achterom|achterdeur|voordeur|tuindeur|garagedeur|schuur(?:tje|deur)?|portiek|intercom|brievenbus"
    r"|aanbellen|bel (?:even )?aan|(?:deur)?bel (?:doet|is|werkt)|klop (?:maar|hard|even|op)|poort(?:je)?"
    r"|(?:\w+ )?verdieping|etage|rollator|slecht ter been|loop (?:erg |heel |wat )?(?:slecht|moeilijk)"
    r"|naar boven (?:dragen|brengen)"
    r"|(?:buren|buurvrouw|buurman) (?:neemt|nemen|pakt|pakken) (?:het|alles|de)"
    r"|bij de (?:buren|buurvrouw|buurman)|(?:zet|leg|laat) (?:het|alles|de (?:krat|tas|boodschappen)) )\b",
    re.I,
)
#: "bij niet thuis: …" explains what follows; a clause that starts with an amount is groceries.
_STARTS_WITH_AMOUNT = re.compile(r"\s*(?:\d|een\b|twee\b|drie\b|half\b|pond\b|ons\b)", re.I)
_CLAUSE = re.compile(r"[^,;.!?\n]+(?:[!?.]+(?=\s|$))?")
_DOOR_PAY = re.compile(
    r"(?:ik )?(?:wil |zal |toch |liever |graag )*(?:(?:met|per) (?:de )?(?:pin|pas|contant) )?"
    r"(?:betaal|betalen|reken|afrekenen|pin|pinnen)\b(?: (?:het|wel|liever|graag|toch|af|contant))*"
    r" (?:aan|bij) de deur(?: (?:betalen|pinnen|afrekenen))?(?: graag| alstublieft)?"
    r"|(?:ik )?(?:wil |toch |liever |graag )*(?:(?:betaal|betalen|afrekenen|pinnen) )?(?:bij|met) (?:het )?(?:op|af)halen"
    r"(?: betalen| afrekenen| pinnen)(?: graag)?|(?:ik )?(?:betaal|betalen|reken af|pin) (?:het |wel |liever )*bij (?:het )?"
    r"(?:op|af)halen"
    r"|(?:ja,? |dan |maar |doe |liever |gewoon )*aan de deur(?: dan| maar| graag| alstublieft)*"
    r"|(?:toch |liever |graag )?aan de deur (?:betalen|pinnen|afrekenen)(?: graag)?"
    r"|(?:ik )?(?:betaal |betalen |wil )?(?:liever |graag |toch )?(?:contant|cash)(?: betalen)?(?: graag)?",
    re.I,
)
_BANK_PAY = re.compile(
    r"(?:ik )?(?:wil |toch |liever |graag )*(?:betaal|betalen) (?:toch |liever |graag )?(?:via|met|per|bij) (?:de |mijn )?"
    r"(?:bank|ideal|wero|internet)(?: graag)?"
    r"|(?:toch |liever |graag )?(?:via|met|per) (?:de |mijn )?(?:bank|ideal|wero)(?: betalen)?(?: graag)?",
    re.I,
)
_FETCH = re.compile(r"\b(?:op|af)(?:halen|gehaald)\b|\bhaal\b.*\b(?:op|af)\b", re.I)
Pay = Literal["", "door", "online"]


@dataclass(frozen=True, slots=True)
class Aside:
    """A message in parts: ``rest`` may hold groceries. ``noted`` is True when BRIEFJE was said, also with nothing behind it."""

    rest: str
    note: str = ""
    pay: Pay = ""
    noted: bool = False


@lru_cache(maxsize=64)
def split(text: str) -> Aside:
    """Take a note and the way to pay out of a message. Questions are left whole: they want an answer."""
    marked = [found["note"].strip(" .") for found in _MARKED.finditer(text)]
    note = ", ".join(one for one in marked if one)
    rest = re.sub(r"\n{2,}", "\n", _MARKED.sub("", text)).strip() if marked else text
    if len(rest) > MOST:
        return Aside(rest, note[:MOST_NOTE], "", bool(marked))
    rest, natural = _natural(rest)
    rest, pay = _pay(rest)
    return Aside(rest, (note or natural)[:MOST_NOTE], pay, bool(marked))


def without_groceries(aside: Aside, sells: Callable[[str], bool]) -> Aside:
    """Groceries that were typed behind a note are groceries. ``sells``: whether a clause with an amount names goods."""
    kept: list[str] = []
    goods: list[str] = []
    for clause in _PARTS.split(aside.note):
        amount = _FROM_AMOUNT.match(clause)
        if kept and amount and sells(bare := clause[amount.end("lead") :].strip(" .!")):
            goods.append(bare)
        else:
            kept.append(clause)
    if not goods:
        return aside
    note = re.sub(r"\s+(?:en|met)$", "", ", ".join(kept).strip(" ,.;"))
    return replace(aside, note=note, rest="\n".join(part for part in (aside.rest, *goods) if part))


#: Where a note may turn into groceries: behind a comma or a full stop, from an amount on.
_PARTS = re.compile(r"\s*[,;.!\n]+\s+|\s+(?=en (?:ook )?nog\b)")
_FROM_AMOUNT = re.compile(
    r"(?P<lead>(?:(?:en|doe|er|ook|nog|graag|verder|wil|ik|mag)\s+)*)(?:\d|een\b|twee\b|drie\b|vier\b|zes\b|half\b|halve\b|pond\b|ons\b)",
    re.I,
)


def _without(text: str, found: re.Match[str]) -> str:
    """The message without a clause, and without the comma or full stop that tied it to the others."""
    before, after = text[: found.start()].rstrip(" ,;."), text[found.end() :].lstrip(" ,;.")
    tie = "" if not before.strip() or not after.strip() else "\n" if "\n" in text else ", "
    return f"{before.rstrip()}{tie}{after.lstrip()}".strip()


def _natural(text: str) -> tuple[str, str]:
    """The first clauses in a row that speak of a door, and the rest."""
    for clause in _CLAUSE.finditer(text):
        said = clause[0]
        if _DOOR.search(said) and "?" not in said and not _STARTS_WITH_AMOUNT.match(said):
            return _without(text, clause), said.strip(" .!")
    return text, ""


def _pay(text: str) -> tuple[str, Pay]:
    for clause in _CLAUSE.finditer(text):
        said = clause[0].strip(" .!")
        for pattern, way in ((_DOOR_PAY, "door"), (_BANK_PAY, "online")):
            if pattern.fullmatch(said):
                return _without(text, clause), way  # type: ignore[return-value]
    return text, ""


def without_point(text: str, points: Sequence[str]) -> str:
    """ "ophalen bij de bibliotheek" -> "ophalen": the name of a pickup point is no product. Only where something is fetched."""
    place = point_in(text, points) if points and len(text) <= MOST and _FETCH.search(text) else None
    if place is None:
        return text
    words = "|".join(re.escape(word) for word in sorted(_words(points[place]), key=len, reverse=True))
    return re.sub(rf"\b(?:(?:bij|in|van|uit) )?(?:(?:de|het) )?(?:{words})\b", "", text, flags=re.I)


def point_in(text: str, points: Sequence[str]) -> int | None:
    """Which pickup point a message names: the one with most of its own words in it; None when none or several do equally."""
    said = _words(text)
    shared = [_words(one) for one in points]
    hits = [len({w for w in words if sum(w in other for other in shared) == 1} & said) for words in shared]
    best = max(hits, default=0)
    return hits.index(best) if best and hits.count(best) == 1 else None


def _words(point: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{4,}", point.casefold()))
