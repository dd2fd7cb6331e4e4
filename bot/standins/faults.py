"""Misbehaviour on demand: what a stand-in does wrong, at which call, and how often.

Kinds for calls the bot makes: ``drop_before`` (connection cut, nothing done), ``drop_after`` (done, then the connection cut:
the one that finds most bugs), ``error_before`` and ``error_after`` (5xx), ``html`` (a proxy's 502 page, nothing done),
``html_after`` (a 200 with HTML, done), ``slow`` (done, the answer comes late) and ``too_many`` (429 with a waiting time,
nothing done). Kinds for webhooks: ``duplicate``, ``late``, ``reorder`` (held until the next one has left) and ``lost``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

CallFault = Literal["drop_before", "drop_after", "error_before", "error_after", "html", "html_after", "slow", "too_many"]
HookFault = Literal["duplicate", "late", "reorder", "lost"]
CALL_FAULTS: tuple[str, ...] = get_args(CallFault)
HOOK_FAULTS: tuple[str, ...] = get_args(HookFault)


@dataclass
class Fault:
    """One planned misbehaviour. ``on`` is an operation (``sendMessage``, ``CreateMessage``, ``create-payment``), a kind of
    webhook (``message``, ``press``, ``inbound``, ``status``, ``payment``) or ``*``; the first ``skip`` matches pass, the next
    ``times`` suffer.

    ``seconds``: how slow, how late, or the asked waiting time; ``status``: the 5xx of an error."""

    kind: str
    on: str = "*"
    skip: int = 0
    times: int = 1
    seconds: float = 1.0
    status: int = 500

    def __post_init__(self) -> None:
        if self.kind not in CALL_FAULTS + HOOK_FAULTS:
            raise ValueError(f"no such fault: {self.kind}")

    def matches(self, name: str) -> bool:
        """Whether this fault is meant for that operation or webhook."""
        return self.on in ("*", name)

    @property
    def executes(self) -> bool:
        """Whether the call takes effect although its answer is lost or wrong."""
        return self.kind in ("drop_after", "error_after", "html_after", "slow")


class FaultScript:
    """The planned faults of one stand-in, and those that struck (``struck``: fault and the operation it hit)."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []
        self.struck: list[tuple[Fault, str]] = []

    def plan(self, kind: str, on: str = "*", **details: Any) -> Fault:
        """Adds a fault; see :class:`Fault` for the details. Raises ValueError for an unknown kind."""
        fault = Fault(kind, on, **details)
        self.planned.append(fault)
        return fault

    def clear(self) -> None:
        """Forgets what was planned and what struck."""
        self.planned.clear()
        self.struck.clear()

    def for_call(self, operation: str) -> Fault | None:
        """The fault this call suffers, counted down."""
        return self._take(operation, CALL_FAULTS)

    def for_webhook(self, kind: str) -> Fault | None:
        """The fault this webhook suffers, counted down."""
        return self._take(kind, HOOK_FAULTS)

    def as_json(self) -> dict[str, Any]:
        """For the control API."""
        return {
            "planned": [asdict(fault) for fault in self.planned],
            "struck": [{"kind": fault.kind, "on": name} for fault, name in self.struck],
        }

    def _take(self, name: str, kinds: tuple[str, ...]) -> Fault | None:
        for fault in self.planned:
            if fault.kind in kinds and fault.matches(name):
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                return self._strike(fault, name)
        return None

    def _strike(self, fault: Fault, name: str) -> Fault:
        fault.times -= 1
        if fault.times <= 0:
            self.planned.remove(fault)
        self.struck.append((fault, name))
        return fault
