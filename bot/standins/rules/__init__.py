"""The platforms' rules as data, in our own words: one TOML table per platform, one entry per rule with its source.

A rule with a ``check`` is applied mechanically to the requests named in ``where`` (``operation,operation:/json/pointer``; ``*``
= every element). A rule without one describes behaviour that the stand-in itself keeps; it looks its limit and refusal up here,
so that every number and every refusal has one place and one source. ``breach = false`` marks refusals that a well-behaved bot
may meet too (a blocked chat, a full bucket): those are answered but not recorded as violations.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from bot.standins.rules.checks import CHECKS, find


@dataclass(frozen=True)
class Refusal:
    """How the platform says no: HTTP status, its own code where it has one (Twilio), words, the field it names (Mollie), or the
    code of a later status callback (``callback``, Twilio)."""

    status: int = 400
    code: int | None = None
    says: str = ""
    field: str | None = None
    callback: int | None = None


@dataclass(frozen=True)
class Rule:
    """One rule of a platform. ``limit`` is what the check compares with; ``source`` is where the platform says so."""

    id: str
    source: str
    check: str | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    limit: Any = None
    refusal: Refusal = Refusal()
    breach: bool = True

    def pointers(self, operation: str) -> Iterator[tuple[str, ...]]:
        """The places in that operation's request where this rule looks."""
        return (pointer for name, pointer in self.where if name == operation)


@dataclass(frozen=True)
class Breach:
    """A rule that a request breaks; ``detail`` says how, ``name`` is the field it is about."""

    rule: Rule
    detail: str
    name: str = ""


@dataclass(frozen=True)
class Book:
    """All rules of one platform, by id and by operation. ``without`` leaves rules out (for the test that shows each one
    bites)."""

    rules: dict[str, Rule]
    by_operation: dict[str, list[tuple[Rule, tuple[str, ...]]]] = field(default_factory=dict)

    def __getitem__(self, rule_id: str) -> Rule:
        return self.rules[rule_id]

    def breaches(self, operation: str, body: Any) -> list[Breach]:
        """Every rule that this request breaks, in the order of the table."""
        return list(self._breaches(operation, body))

    def without(self, *ids: str) -> Book:
        """The same book with some rules torn out."""
        return make_book(rule for rule in self.rules.values() if rule.id not in ids)

    def _breaches(self, operation: str, body: Any) -> Iterator[Breach]:
        for rule, pointer in self.by_operation.get(operation, ()):
            check: Callable[[Any, list[Any]], tuple[str, str] | None] = CHECKS[rule.check or ""]
            if wrong := check(rule.limit, find(body, pointer)):
                yield Breach(rule, wrong[0], wrong[1] or (pointer[0] if pointer else ""))


def make_book(rules: Iterable[Rule]) -> Book:
    """A book of these rules."""
    book = Book({rule.id: rule for rule in rules})
    for rule in book.rules.values():
        for operation, pointer in rule.where:
            book.by_operation.setdefault(operation, []).append((rule, pointer))
    return book


@cache
def load(platform: str) -> Book:
    """The book of ``telegram``, ``twilio`` or ``mollie``."""
    text = resources.files(__package__).joinpath(f"{platform}.toml").read_text(encoding="utf-8")
    return make_book(_rule(entry) for entry in tomllib.loads(text)["rule"])


def _rule(entry: dict[str, Any]) -> Rule:
    entry = dict(entry)
    places = tuple(place for where in entry.pop("where", []) for place in _places(where))
    refusal = Refusal(**entry.pop("refusal", {}))
    if entry.get("check") and entry["check"] not in CHECKS:
        raise ValueError(f"rule {entry['id']}: no such check {entry['check']}")
    return Rule(where=places, refusal=refusal, **entry)


def _places(where: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    operations, _, pointer = where.partition(":")
    parts = tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    return ((operation, parts) for operation in operations.split(","))
