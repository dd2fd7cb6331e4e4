"""Frozen values to JSON and back, by their annotations: dates, times, tuples, sets, enums, nested dataclasses."""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from notifications.messages import Choice

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """``value`` as JSON-ready data; fields of a dataclass that stand at their default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(got) for f in fields(value) if (got := getattr(value, f.name)) != _default(f)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(to_plain(one) for one in value)
    if isinstance(value, (list, tuple)):
        return [to_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): to_plain(one) for key, one in value.items()}
    return value


def from_plain(kind: type[T], value: Any) -> T:
    """The ``kind`` that :func:`to_plain` wrote. Fields of another version are passed over. Raises ValueError, TypeError."""
    return typing.cast(T, _revive(kind, value))


def _default(f: Any) -> Any:
    if f.default is not MISSING:
        return f.default
    return f.default_factory() if f.default_factory is not MISSING else MISSING


@lru_cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _revive(kind: Any, value: Any) -> Any:
    origin = typing.get_origin(kind)
    if value is None or kind is Any:
        return value
    if origin in (typing.Union, types.UnionType):
        return _revive(next(one for one in typing.get_args(kind) if one is not type(None)), value)
    if origin in (tuple, list, frozenset, set):
        return origin(_revive(typing.get_args(kind)[0], one) for one in value)
    if isinstance(kind, type):
        return _revive_plain(kind, value)
    return value


def _revive_plain(kind: type, value: Any) -> Any:
    if is_dataclass(kind):
        known = _hints(kind)
        return kind(**{name: _revive(known[name], one) for name, one in value.items() if name in known})
    if issubclass(kind, Enum):
        return kind(value)
    if kind in (datetime, date, time):
        return kind.fromisoformat(value)
    return value


def choices_to_plain(choices: Sequence[Choice]) -> list[list[str]]:
    """Choices as short rows; the hot path of every bubble."""
    return [[one.label, one.value, one.hint, one.url] for one in choices]


def choices_from_plain(rows: Sequence[Sequence[str]]) -> tuple[Choice, ...]:
    """Back from :func:`choices_to_plain`."""
    return tuple(Choice(*row) for row in rows)
