"""Transcripts: a talk as a text file, replayed and compared word for word; ``pytest --update`` writes what is said now.

# Wat dit laat zien
@plein bunnik 2026-11-23T09:00      the square and the moment it begins
@winkel bakker bas                  bas speaks for the baker (a second one is the second person)
@koerier sam / @coordinator anja
an: hallo                           an types; [Label] taps a button, [!Label] taps the oldest one with that label
an (voice):                         a message that is no text
@wacht 15 minuten                   the clock moves (minuten, uur, dagen), or: @om 2026-11-24T17:00
@betaalt an                         pays the newest order
> an                                what a person gets, with its buttons in [brackets]
  Welkom bij …
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_SAYS = re.compile(r"(?P<who>[a-z_]+)(?: \((?P<kind>[a-z]+)\))?:(?: (?P<text>.*))?$")
_UNITS = {"minuten": "minutes", "minuut": "minutes", "uur": "hours", "dagen": "days", "dag": "days"}
Heard = tuple[str, str, tuple[str, ...]]  # who, body, labels


class Driver(Protocol):
    """What a transcript is played through: the village in memory, or the whole bot on a channel."""

    now: datetime

    def role(self, person: str, role: str, shop: str = "", rank: int = 0) -> None: ...
    def type(self, who: str, text: str, kind: str) -> None: ...
    def tap(self, who: str, label: str, *, oldest: bool) -> None: ...
    def wait(self, until: datetime) -> None: ...
    def pay(self, who: str) -> None: ...
    def heard(self) -> list[Heard]: ...


def inputs(script: str) -> list[str]:
    """The lines of a transcript that people do; what they get to read is left out."""
    return [line for line in script.splitlines() if line.strip() and not line.startswith((">", "  "))]


def replay(script: str, start: type[Driver] | object) -> str:
    """Play the inputs of a transcript and return it with what everybody got, ready to compare or to write."""
    driver: Driver | None = None
    out: list[str] = []
    ranks: dict[str, int] = {}
    for line in inputs(script):
        if line.startswith("@plein"):
            _, square, moment = line.split()
            driver = start(square, datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM))  # type: ignore[operator]
        elif not line.startswith("#"):
            assert driver is not None, "a transcript begins with @plein"
            _do(driver, line, ranks)
        out.append(("" if line.startswith("#") or not out else "\n" if not line.startswith("@") else "") + line)
        out += [_shown(one) for one in (driver.heard() if driver else [])]
    return "\n".join(out).strip() + "\n"


def _shown(heard: Heard) -> str:
    who, body, labels = heard
    lines = [f"> {who}", *(f"  {line}".rstrip() for line in body.splitlines())]
    return "\n".join([*lines, *(["  " + " ".join(f"[{label}]" for label in labels)] if labels else [])])


def _do(driver: Driver, line: str, ranks: dict[str, int]) -> None:
    word, *rest = line.split()
    if word == "@winkel":
        ranks[rest[0]] = ranks.get(rest[0], -1) + 1
        driver.role(rest[1], "shopkeeper", rest[0], ranks[rest[0]])
    elif word in ("@koerier", "@coordinator"):
        ranks[word] = ranks.get(word, -1) + 1
        driver.role(rest[0], {"@koerier": "courier", "@coordinator": "coordinator"}[word], "", ranks[word])
    elif word == "@wacht":
        driver.wait(driver.now + timedelta(**{_UNITS[rest[1]]: int(rest[0])}))
    elif word == "@om":
        driver.wait(datetime.fromisoformat(rest[0]).replace(tzinfo=AMSTERDAM))
    elif word == "@betaalt":
        driver.pay(rest[0])
    else:
        _talk(driver, line)


def _talk(driver: Driver, line: str) -> None:
    found = _SAYS.fullmatch(line)
    assert found, f"not a line of a transcript: {line!r}"
    text = (found["text"] or "").replace("\\n", "\n")
    if text.startswith("[") and text.endswith("]"):
        driver.tap(found["who"], text[1:-1].removeprefix("!"), oldest=text.startswith("[!"))
    else:
        driver.type(found["who"], text, found["kind"] or "text")


def transcripts() -> list[Path]:
    """All transcript files, sorted by name."""
    return sorted((Path(__file__).parent / "transcripts").glob("*.chat"))
