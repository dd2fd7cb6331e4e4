"""Where a fault strikes: every dangerous moment of a process passes here, is counted, and may be its last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from sqlalchemy.exc import OperationalError

from bot.faults.wires import no_connection


class Killed(BaseException):
    """The process is dead. No ``except Exception`` of the bot may outlive it."""


#: Moments: a database statement, the beginning of a transaction, before and after its commit, before and after a call to a
#: platform, and any turn of the event loop (so: any await).
MOMENTS = ("statement", "begin", "commit", "committed", "call", "called", "step")


@dataclass
class Blow:
    """One planned strike: at the ``after``-th next such moment do ``what``: kill, locked, disk_full, lost or refused."""

    moment: str
    after: int
    what: str = "kill"
    times: int = 1
    struck: bool = False


@dataclass
class Strikes:
    """The moments of all processes of one story. ``struck`` lists what really happened."""

    kill: Callable[[Any], None]
    planned: Blow | None = None
    struck: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def pass_by(self, moment: str, process: Any, where: str = "") -> None:
        """A process comes by a moment. Raises Killed, or the error that the planned fault would have raised."""
        if process.dead:
            raise Killed
        self.seen[moment] += 1
        blow = self.planned
        if blow is None or blow.moment != moment:
            return
        blow.after -= 1
        if blow.after > 0:
            return
        blow.times -= 1
        if blow.times <= 0:
            self.planned = None
        if not blow.struck:
            blow.struck = True
            self.struck.append(f"{blow.what} at {moment} {urlsplit(where).path.rpartition('/')[2]}".strip())
        self._strike(blow.what, process, where)

    def _strike(self, what: str, process: Any, where: str) -> None:
        if what == "kill":
            self.kill(process)
            raise Killed
        if what == "refused":
            raise requests.exceptions.ConnectionError("refused") if "mollie" in where else no_connection(where)
        words = {"locked": "database is locked", "disk_full": "database or disk is full", "lost": "connection lost"}
        raise OperationalError("", None, Exception(words[what]))
