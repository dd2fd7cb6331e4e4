"""What a benchmark reads in the database: when each answer was accepted by the platform, what waits, what was left behind.

``sent_at`` is written after the platform's answer, so every latency taken from it is the true one or a little more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select, text

from bot.outbox import LEASE
from bot.store import tables as t
from bot.store.database import Database

_O = t.outbound.c


class Books:
    """Reads (and for timers, writes) beside the running processes."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def waiting(self) -> int:
        """Bubbles not yet sent."""
        with self._database.read() as conn:
            return conn.execute(select(func.count()).where(_O.state.in_(("queued", "sending")))).scalar_one()

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        with self._database.read() as conn:
            return conn.execute(select(func.count()).select_from(t.metadata.tables[table])).scalar_one()

    def states(self) -> dict[str, int]:
        """Bubbles by state."""
        with self._database.read() as conn:
            return {row[0]: row[1] for row in conn.execute(select(_O.state, func.count()).group_by(_O.state))}

    def drained(self, seconds: float, least: int = 0) -> bool:
        """Wait until at least so many bubbles exist and all are sent. False when that takes too long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.rows("outbound") >= least and not self.waiting():
                return True
            time.sleep(0.02)
        return False

    def reply_seconds(self, sent: Mapping[str, float]) -> list[float]:
        """Per message (event id -> when it left, epoch seconds): how long until its answer was accepted."""
        reply = select(_O.key, _O.sent_at).where(_O.state == "sent", _O.sent_at.is_not(None), _O.key.like("%:reply"))
        with self._database.read() as conn:
            accepted = {key.split(":")[1]: at.timestamp() for key, at in conn.execute(reply)}
        return [accepted[event] - at for event, at in sent.items() if event in accepted]

    def alert_seconds(self) -> list[float]:
        """Per shop's alert: how long after the order it was accepted."""
        alerts = select(t.orders.c.placed_at, _O.sent_at).where(
            _O.topic == "shop_alert", _O.order_id == t.orders.c.id, _O.state == "sent"
        )
        with self._database.read() as conn:
            return [(sent - placed).total_seconds() for placed, sent in conn.execute(alerts)]

    def sent_between(self, begin: float, end: float) -> list[float]:
        """Epoch seconds of every acceptance in a stretch of time, in order."""
        begun, ended = (datetime.fromtimestamp(at, UTC) for at in (begin, end))
        with self._database.read() as conn:
            found = conn.execute(select(_O.sent_at).where(_O.sent_at > begun, _O.sent_at < ended).order_by(_O.sent_at))
            return [at.timestamp() for (at,) in found]

    def leader(self) -> int:
        """The process id of the worker that leads: it shows itself every five seconds."""
        with self._database.read() as conn:
            return int(conn.execute(select(t.mark.c.value).where(t.mark.c.name == "last_tick")).scalar_one().partition("-")[0])

    def hold(self, address: str, pid: int) -> None:
        """A bubble for this Telegram address that is under way in this worker for good; raises TimeoutError if that idles."""
        mine = select(_O.owner).where(_O.owner.like(f"{pid}-%")).limit(1)
        owners: list[str] = []

        def seen() -> bool:
            with self._database.read() as conn:
                owners.extend(conn.execute(mine).scalars())
            return bool(owners)

        until(seen, 20)
        now = datetime.now(UTC)
        with self._database.write() as conn:
            conn.execute(insert(t.outbound), {
                "key": f"bench:{time.time_ns()}", "lane": f"telegram:{address}", "channel": "telegram", "address": address,
                "person": address, "body": "hallo", "choices": [], "state": "sending", "owner": owners[0], "tries": 1,
                "lease_until": now + LEASE, "if_unknown": "resend", "due": now, "created": now,
            })  # fmt: skip

    def freed(self, begin: float) -> bool:
        """Whether no bubble is under way any more since before this moment: what a dead process held."""
        begun = datetime.fromtimestamp(begin, UTC)
        with self._database.read() as conn:
            return not conn.execute(select(func.count()).where(_O.state == "sending", _O.created < begun)).scalar_one()

    # --- timers ---------------------------------------------------------------------------------------------------------
    def set_timers(self, many: int, after: float, kind: str, about: str) -> float:
        """So many timers due at one moment, so many seconds from now; returns that moment."""
        due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=after)
        stamp = time.time_ns()
        with self._database.write() as conn:
            conn.execute(insert(t.timer), [{"kind": kind, "subject": f"{about}|{stamp}-{n}", "due": due} for n in range(many)])
        return due.timestamp()

    def timers_done(self, due: float, many: int, seconds: float) -> float:
        """Seconds from ``due`` until none of them waits any more, as seen from outside; raises TimeoutError."""
        moment = datetime.fromtimestamp(due, UTC)
        left = select(func.count()).where(t.timer.c.state == "waiting", t.timer.c.due == moment)
        while time.time() < due + seconds:
            with self._database.read() as conn:
                if not conn.execute(left).scalar_one():
                    return time.time() - due
            time.sleep(0.01)
        raise TimeoutError(f"{many} timers were not fired within {seconds:g} s")

    # --- deliveries -----------------------------------------------------------------------------------------------------
    def queue(self, channel: str, addresses: Sequence[str], body: str) -> None:
        """A bubble in the outbox for each of these addresses, due now; the people behind them wrote just before."""
        now = datetime.now(UTC)
        stamp = time.time_ns()
        with self._database.write() as conn:
            conn.execute(insert(t.outbound), [
                {"key": f"bench:{stamp}:{n}", "lane": f"{channel}:{one}", "channel": channel, "address": one, "person": one,
                 "body": body, "choices": [], "due": now, "created": now}
                for n, one in enumerate(addresses)
            ])  # fmt: skip
            if not self._database.is_sqlite:
                conn.execute(text("NOTIFY dorpsbode"))

    def know(self, channel: str, addresses: Sequence[str]) -> None:
        """People with these addresses who wrote just now."""
        now = datetime.now(UTC)
        with self._database.write() as conn:
            conn.execute(insert(t.person), [{"id": one, "name": "An", "created": now} for one in addresses])
            conn.execute(insert(t.address), [
                {"channel": channel, "id": one, "person": one, "last_inbound_at": now, "created": now} for one in addresses
            ])  # fmt: skip


def until(done: Callable[[], bool], seconds: float) -> float:
    """The moment (epoch seconds) when this is so; raises TimeoutError."""
    began = time.perf_counter()
    while not done():
        if time.perf_counter() - began > seconds:
            raise TimeoutError(f"not so within {seconds:g} s")
        time.sleep(0.01)
    return time.time()
