"""A process that is killed again and again while it takes orders and sends bubbles; as a module it forks the victims itself.

``python -m tests.bot.engine.crash_child DATABASE FOLDER KILLS SEED PROCESSES``: so many processes live at once, each
delivering every message that was not acknowledged yet, so that most come twice and at the same time. What the outside world
saw stands in two files: ``acked`` (messages that were acknowledged) and ``sent`` (bubbles the platform executed, written
before it answers).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.channels.base import Call, Incoming, Parcel
from bot.settings import Settings
from bot.store.writer import TROUBLE
from bot.wiring import App, build
from conversations.turn import Turn
from notifications.channel import TELEGRAM, Outcome, Sent
from notifications.messages import Address, Inbound, Outbound
from tests.bot.engine.conftest import NOW, quiet, ring
from tests.bot.sample import REGION, VILLAGE

PEOPLE, STOCK = 5, 60  # hot keys and scarcity: calm loads hide bugs
PER_KILL = 3  # messages per person and kill: enough for every life to die at work


class Platform:
    """A platform that really executes: each send is one line in a file, whether or not the answer arrives."""

    name, limits = "test", TELEGRAM

    def __init__(self, file: Path, rng: random.Random) -> None:
        self._file, self._rng = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT), rng

    def parse(self, headers: Mapping[str, str], body: bytes, url: str) -> list[Incoming]:
        raise ValueError("nothing comes in this way")

    def render(self, parcel: Parcel, window_open: bool) -> list[Call]:
        return [Call("send", {"key": parcel.key, "to": parcel.to})]

    async def send(self, calls: list[Call], key: str) -> Outcome:
        await asyncio.sleep(self._rng.random() * 0.003)
        os.write(self._file, f"{calls[0].params['to']} {key}\n".encode())
        await asyncio.sleep(self._rng.random() * 0.003)
        return Sent(f"id-{key}")

    async def find(self, calls: list[Call], key: str, since: datetime, known: frozenset[str] = frozenset()) -> str | None:
        return None

    async def catch_up(self, since: datetime) -> list[Incoming]:
        return []

    async def start(self) -> None:
        return None

    async def close(self) -> None:
        return None


def buy(turn: Turn) -> Outbound:
    """One bun per message as long as there are any; an odd message's answer must arrive, an even one's may be lost."""
    got = turn.store.take_stock("dorp", "bakker/b1", 1)
    order = turn.store.draft(turn.person.id, "dorp")
    if got:
        order.add(turn.store.square("dorp").product_by_id["bakker/b1"], 1)
        turn.store.save(order)
    turn.store.set_timer("roep", turn.person.id, turn.now)
    key, number = f"{turn.inbound.sender.channel}:{turn.inbound.event_id}:reply", int(turn.text)
    return Outbound(key, turn.person.id, f"{number} {'ja' if got else 'op'}", if_unknown="resend" if number % 2 else "drop")


async def deliver(app: App, inbound: Inbound) -> None:
    """As a platform does: what was answered 503 is delivered again."""
    for _ in range(20):
        try:
            await app.inbox.take(inbound)
            return
        except TROUBLE as trouble:
            print(f"delivered again: {trouble!r}"[:300], file=sys.stderr, flush=True)
            await asyncio.sleep(0.05)
    raise RuntimeError("the database does not come back")


async def live(app: App, folder: Path, each: int) -> None:
    """Deliver every message that was not acknowledged yet, as the platforms do, and send what must be sent."""
    acked_file = os.open(folder / "acked", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    acked = set((folder / "acked").read_text().split())

    async def person(who: int) -> None:
        for number in range(each):
            event = f"{who}-{number}"
            if event not in acked:
                await deliver(app, Inbound(event, Address("test", f"p{who}"), NOW, "text", str(number)))
                os.write(acked_file, f"{event}\n".encode())
                await asyncio.sleep(0.01)

    async with app.worker():
        await asyncio.gather(*(person(who) for who in range(PEOPLE)))
        await app.delivery.drain()


def victim(url: str, folder: Path, seed: int, each: int) -> None:
    """One life."""
    channel = Platform(folder / "sent", random.Random(seed))
    app = build(Settings(database=url), converse=buy, announce=quiet, fire=ring, channels={"test": channel})
    app.delivery.ask_after = 0.001
    asyncio.run(live(app, folder, each))
    app.close()


def each_of(kills: int) -> int:
    """How many messages each person sends."""
    return 10 + kills * PER_KILL


def main(url: str, folder: Path, kills: int, seed: int, processes: int) -> None:
    """Kill that many times at random moments, one or more of the processes; then let all live to the end."""
    from dataclasses import replace

    rng = random.Random(seed)
    many = tuple(replace(one, stock=STOCK) if one.sku == "b1" else one for one in VILLAGE.products)
    first = build(Settings(database=url), channels={}, squares=[REGION, replace(VILLAGE, products=many)])
    first.close()
    (folder / "acked").touch()
    for life in range(kills + 1):
        pids = [_fork(url, folder, seed + life * 10 + one, each_of(kills)) for one in range(processes)]
        if life < kills:
            time.sleep(rng.uniform(0.005, 0.15))
            for pid in rng.sample(pids, rng.randint(1, len(pids))):
                os.kill(pid, signal.SIGKILL)
            time.sleep(rng.uniform(0, 0.05))
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        for pid in pids:
            _, status = os.waitpid(pid, 0)
            if os.WIFEXITED(status) and os.WEXITSTATUS(status):
                sys.exit(f"life {life} ended by itself with {os.WEXITSTATUS(status)}")
            if life < kills and not os.WIFSIGNALED(status):
                print(f"life {life} had nothing left to do", file=sys.stderr)


def _fork(url: str, folder: Path, seed: int, each: int) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            victim(url, folder, seed, each)
        except BaseException:
            traceback.print_exc()
            os._exit(3)
        os._exit(0)
    return pid


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:6]))
