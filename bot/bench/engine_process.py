"""The engine without any talk, as processes: ``python -m bot.bench.engine_process serve|work``.

Everything is as in ``dorpsbode serve`` and ``dorpsbode work``, but a turn only echoes (or, with ``DORPSBODE_BENCH=silent``,
says nothing) and a timer says nothing: what remains is what the engine itself costs.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from bot.commands.common import with_settings
from bot.commands.serve import serve_app
from bot.commands.work import work_app
from bot.settings import Settings
from bot.wiring import App, build
from conversations.turn import Turn
from notifications.messages import Outbound


def echo(turn: Turn) -> Outbound:
    """Says what was said."""
    return Outbound(f"{turn.inbound.sender.channel}:{turn.inbound.event_id}:reply", turn.person.id, turn.inbound.text or "…")


def silent(turn: Turn) -> None:
    """Says nothing."""


def nothing(*_: Any, **__: Any) -> list[Outbound]:
    """No news."""
    return []


def engine(settings: Settings) -> App:
    """The engine with an echo for a talk."""
    converse = silent if os.environ.get("DORPSBODE_BENCH") == "silent" else echo
    return build(settings, converse=converse, announce=nothing, fire=nothing)


def main(kind: str) -> int:
    """Run until stopped."""
    if kind == "serve":
        return with_settings(lambda settings: serve_app(engine(settings), settings.host, settings.port))
    return with_settings(lambda settings: work_app(engine(settings)))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
