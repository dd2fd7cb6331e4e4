"""A conversation stands at a Step: a small frozen dataclass that asks one thing and hears the answer.

The fields of a step are all that a conversation remembers; they are stored as JSON under the name given to :func:`step`.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, ClassVar, TypeVar

from notifications.messages import Choice

if typing.TYPE_CHECKING:
    from conversations.turn import Turn


class UnknownStep(LookupError):
    """A stored step that this version of the program does not have (any more)."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, with its tappable answers; every answer can also be typed."""

    text: str
    choices: tuple[Choice, ...] = ()


class Step:
    """One place in a conversation. Subclasses are frozen dataclasses registered with :func:`step`."""

    name: ClassVar[str] = ""
    numbered: ClassVar[bool] = True  # a typed "2" means the second answer offered

    def ask(self, turn: Turn) -> Ask:
        """What to say on arriving here. Only reads; may be called again."""
        raise NotImplementedError

    def hear(self, turn: Turn) -> Step:
        """Act on the answer and return where the conversation stands now."""
        raise NotImplementedError

    def again(self, turn: Turn) -> Step:
        """This step when TERUG leads to it: what was answered here meanwhile is answered anew."""
        return self

    def back(self, turn: Turn) -> Step | None:
        """What TERUG does here, when it is more than going to the earlier question."""
        return None

    def left_out(self, after: Step) -> list[str]:
        """What is forgotten when TERUG leads from here to ``after``, in the words of the person."""
        return []


S = TypeVar("S", bound=type[Step])
_REGISTRY: dict[str, type[Step]] = {}


def step(name: str) -> Callable[[S], S]:
    """Register a step class under the name that the database knows it by. Names stay for ever; classes may be renamed."""

    def register(cls: S) -> S:
        if name in _REGISTRY:
            raise ValueError(f"two steps are called {name!r}")
        cls.name = name
        _REGISTRY[name] = cls
        return cls

    return register


def dump(standing: Step) -> dict[str, Any]:
    """A step as JSON-ready data."""
    return {"step": standing.name, "with": asdict(standing) if is_dataclass(standing) else {}}


def load(data: dict[str, Any]) -> Step:
    """The step that :func:`dump` wrote. Raises UnknownStep when its name or its fields are not known here."""
    cls = _REGISTRY.get(str(data.get("step")))
    if cls is None:
        raise UnknownStep(str(data.get("step")))
    try:
        return typing.cast(Step, _revive(cls, data.get("with") or {}))
    except (TypeError, KeyError, ValueError) as wrong:
        raise UnknownStep(f"{data.get('step')}: {wrong}") from wrong


_hints = cache(typing.get_type_hints)


def _revive(kind: Any, value: Any) -> Any:
    """Rebuild dataclasses and tuples from JSON by the annotated types."""
    origin = typing.get_origin(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{f.name: _revive(hints[f.name], value[f.name]) for f in fields(kind) if f.name in value})
    if origin is tuple and value is not None:
        return tuple(_revive(typing.get_args(kind)[0], one) for one in value)
    if origin in (typing.Union, types.UnionType):
        inner = [one for one in typing.get_args(kind) if one is not type(None)]
        return None if value is None else _revive(inner[0], value)
    return value
