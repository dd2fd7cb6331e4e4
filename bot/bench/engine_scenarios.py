"""What is measured of the engine and of whole turns, one function per question; each starts its own village and ends it."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.bench.engine import Process, Village, own_cpu
from bot.bench.engine_books import Books, until
from bot.bench.load import Load, Tally, percentile
from bot.bench.load_messages import CHANGES, Person, arriving, people

Figures = dict[str, Any]
#: Streams side by side in a closed loop: as many as Telegram opens by default (max_connections 40), and some for Twilio.
STREAMS = 64
#: A kind of timer that looks for orders and finds none: what is measured is the firing.
_TIMER = ("bundle", "bunnik|bakker")
_SHOPKEEPERS = 5_000
#: Somebody whose bubble is under way when the process that sends it is killed.
_WAITING = Person("telegram", "9000")


@dataclass(frozen=True)
class Plan:
    """How much to measure. ``whatsapp``: the share of people on WhatsApp; the others are on Telegram."""

    kind: str = "sqlite"
    serve: int = 1
    work: int = 1
    messages: int = 4_000
    rate: float = 100.0
    seconds: float = 20.0
    whatsapp: float = 0.0
    memory_turns: int = 10_000


class Measuring:
    """A village under load: people, load, books, and what the processes used meanwhile."""

    def __init__(self, village: Village, plan: Plan, many: int = 400) -> None:
        self.village, self.people = village, people(many, plan.whatsapp)
        self.load = Load([process.url for process in village.of("serve")])
        self.books = Books(village.url)

    async def settle(self, *, introduce: bool = True) -> None:
        """Let the stand-ins know everybody; everybody said hello, and everything is warm and quiet."""
        if introduce:
            await asyncio.to_thread(self.village.welcome, self.people)
        await self.load.closed(self.village.platforms.lanes(self.people, ("hallo",), STREAMS), len(self.people))
        await asyncio.to_thread(self.books.drained, 60)

    async def flood(self, texts: Sequence[str], messages: int, *, replies: bool = True) -> Figures:
        """So many messages as fast as answers come, and the time until the last reply was accepted."""
        before, cpu, own = self.books.rows("outbound"), self._cpu(), own_cpu()
        began = time.perf_counter()
        tally = await self.load.closed(self.village.platforms.lanes(self.people, texts, STREAMS), messages)
        drained = not replies or await asyncio.to_thread(self.books.drained, 120, before + tally.statuses[200])
        took = time.perf_counter() - began
        used = {name: 1000 * (now - cpu[name]) / messages for name, now in self._cpu().items()}
        used["load"] = 1000 * (own_cpu() - own) / messages
        ours = used["serve"] + (used["work"] if replies else 0.0)  # without replies the worker only looks for work
        return {
            "messages": messages, "statuses": _plain(tally), "messages_per_second": round(messages / took),
            "per_core_second": round(1000 / ours), "cpu_ms_per_message": round(ours, 3),
            "cpu_ms": {name: round(ms, 3) for name, ms in used.items()},
            "intake_p99_ms": tally.percentile(0.99), "drained": drained,
            "waiting_after": self.books.waiting() if replies else 0,
        }  # fmt: skip

    def _cpu(self) -> dict[str, float]:
        used = {name: self.village.cpu(name) for name in ("serve", "work")}
        return {**used, "standins": self.village.standin_process.cpu}

    async def shopkeepers(self) -> None:
        """Every shop has somebody on Telegram who gets the alerts."""
        keepers = [Person("telegram", str(_SHOPKEEPERS + n)) for n in range(len(self.village.codes))]
        await asyncio.to_thread(self.village.welcome, keepers)
        shots = [self.village.platforms.shot(who, code) for who, code in zip(keepers, self.village.codes, strict=True)]
        await self.load.closed([iter(shots)], len(shots))

    def close(self) -> None:
        """Let go of connections and database."""
        self.load.close()
        self.books.close()


def _plain(tally: Tally) -> dict[str, int]:
    return {str(status): many for status, many in sorted(tally.statuses.items())}


def engine_alone(plan: Plan) -> Figures:
    """No reading, no order: received, handled and durable; and the same with an echo accepted by the stand-in."""
    with Village(plan.kind, plan.serve, plan.work, engine_only=True, silent=True) as village:
        durable = asyncio.run(_flooded(village, plan, ("hallo",), replies=False))
    with Village(plan.kind, plan.serve, plan.work, engine_only=True) as village:
        replied = asyncio.run(_flooded(village, plan, ("hallo",), replies=True))
    return {"durable": durable, "replied": replied}


def whole_turns(plan: Plan) -> Figures:
    """Read, the order changed, the reply accepted; as fast as it goes."""
    with Village(plan.kind, plan.serve, plan.work) as village:
        figures = asyncio.run(_flooded(village, plan, CHANGES, replies=True))
        return figures | {"start_to_ready_seconds": round(min(village.ready_seconds), 2), "rss_mb": _rss(village.processes)}


async def _flooded(village: Village, plan: Plan, texts: Sequence[str], *, replies: bool) -> Figures:
    measuring = Measuring(village, plan)
    try:
        await measuring.settle(introduce=replies)
        return await measuring.flood(texts, plan.messages, replies=replies)
    finally:
        measuring.close()


def steady(plan: Plan) -> Figures:
    """Orders in eight turns at an even rate, whether or not answers keep up: how long people and shops wait."""
    with Village(plan.kind, plan.serve, plan.work) as village:
        return asyncio.run(_steady(village, plan))


async def _steady(village: Village, plan: Plan) -> Figures:
    measuring = Measuring(village, plan, arriving(plan.rate, plan.seconds))
    try:
        await measuring.settle()
        await measuring.shopkeepers()
        arrivals = village.platforms.arrivals(measuring.people, plan.rate)
        tally = await measuring.load.opened(arrivals, plan.rate, plan.seconds)
        await asyncio.to_thread(measuring.books.drained, 60)
        replies, alerts = measuring.books.reply_seconds(tally.accepted), measuring.books.alert_seconds()
        return {
            "rate": plan.rate, "seconds": plan.seconds, "statuses": _plain(tally),
            "intake_p50_ms": tally.percentile(0.5), "intake_p99_ms": tally.percentile(0.99),
            "replies": len(replies), "reply_p50_ms": percentile(replies, 0.5), "reply_p99_ms": percentile(replies, 0.99),
            "alerts": len(alerts), "alert_p50_ms": percentile(alerts, 0.5), "alert_p99_ms": percentile(alerts, 0.99),
            "states": measuring.books.states(),
        }  # fmt: skip
    finally:
        measuring.close()


def burst(plan: Plan) -> Figures:
    """Five times the rate: does intake stay quick, and does what waits stop growing?"""
    with Village(plan.kind, plan.serve, plan.work) as village:
        return asyncio.run(_burst(village, plan))


async def _burst(village: Village, plan: Plan) -> Figures:
    measuring = Measuring(village, plan)
    try:
        await measuring.settle()
        before, depth = _rss(village.processes), [0]

        async def watch() -> None:
            while True:
                depth.append(await asyncio.to_thread(measuring.books.waiting))
                await asyncio.sleep(0.5)

        watching = asyncio.create_task(watch())
        talks = village.platforms.talks(measuring.people, CHANGES)
        tally = await measuring.load.opened(talks, 5 * plan.rate, plan.seconds)
        watching.cancel()
        began = time.perf_counter()
        drained = await asyncio.to_thread(measuring.books.drained, 120)
        return {
            "rate": 5 * plan.rate, "seconds": plan.seconds, "statuses": _plain(tally),
            "intake_p50_ms": tally.percentile(0.5), "intake_p99_ms": tally.percentile(0.99),
            "outbox_at_most": max(depth), "drained": drained, "drained_after_seconds": round(time.perf_counter() - began, 1),
            "rss_mb_before": before, "rss_mb_after": _rss(village.processes),
        }  # fmt: skip
    finally:
        measuring.close()


def timers(plan: Plan, many: int = 10_000) -> Figures:
    """So many timers due in the same second: from that second until the last was fired, by the real rules."""
    with Village(plan.kind, plan.serve, plan.work) as village:
        books = Books(village.url)
        try:
            due = books.set_timers(many, 10, *_TIMER)  # writing them takes a busy machine some seconds
            return {"timers": many, "fired_after_seconds": round(books.timers_done(due, many, 60), 2)}
        finally:
            books.close()


def recovery(plan: Plan) -> Figures:
    """kill -9 of the worker that leads, later of one that does not, under load, beside another one: until all goes on."""
    with Village(plan.kind, plan.serve, 2) as village:
        return asyncio.run(_recovery(village, plan))


async def _recovery(village: Village, plan: Plan) -> Figures:
    measuring = Measuring(village, plan)
    try:
        await measuring.settle()
        await asyncio.to_thread(village.welcome, [_WAITING])
        figures = {}
        for role in ("leader", "follower"):
            figures[role] = await _killed(measuring, plan, leads=role == "leader")
            await asyncio.to_thread(village.start, "work")
            await asyncio.sleep(3)
        return figures
    finally:
        measuring.close()


async def _killed(measuring: Measuring, plan: Plan, *, leads: bool) -> Figures:
    """One kill, of a process that holds a delivery; all seconds count from it."""
    books, village = measuring.books, measuring.village
    talks = village.platforms.talks(measuring.people, CHANGES)
    loading = asyncio.create_task(measuring.load.opened(talks, plan.rate, 10))
    await asyncio.sleep(3)
    leader = await asyncio.to_thread(books.leader)
    process = next(one for one in village.of("work") if (one.popen.pid == leader) is leads)
    await asyncio.to_thread(books.hold, _WAITING.id, process.popen.pid)
    await asyncio.sleep(1)
    killed = time.time()
    process.kill()
    due = await asyncio.to_thread(books.set_timers, 1, 0, *_TIMER)
    fired, freed = await asyncio.gather(
        asyncio.to_thread(books.timers_done, due, 1, 30), asyncio.to_thread(until, partial(books.freed, killed - 0.2), 60)
    )
    tally = await loading
    await asyncio.to_thread(books.drained, 60)
    return {
        "next_timer_seconds": round(due + fired - killed, 2), "held_deliveries_freed_seconds": round(freed - killed, 2),
        "longest_silence_seconds": _longest_gap(books.sent_between(killed - 1, killed + 5)), "statuses": _plain(tally),
    }  # fmt: skip


def _longest_gap(moments: Sequence[float]) -> float:
    return round(max((b - a for a, b in itertools.pairwise(moments)), default=0.0), 2)


def memory(plan: Plan) -> Figures:
    """Resident memory while so many turns pass, after a tenth of them as warm-up."""
    with Village(plan.kind, plan.serve, plan.work) as village:
        return asyncio.run(_memory(village, plan))


async def _memory(village: Village, plan: Plan) -> Figures:
    measuring = Measuring(village, plan)
    try:
        await measuring.settle()
        await measuring.flood(CHANGES, max(1, plan.memory_turns // 10))
        samples = [_rss(village.processes)]
        for _ in range(9):
            await measuring.flood(CHANGES, max(1, plan.memory_turns // 10))
            samples.append(_rss(village.processes))
        growth = {name: round(100 * (samples[-1][name] / samples[0][name] - 1), 1) for name in samples[0]}
        return {"turns": plan.memory_turns, "rss_mb": samples, "growth_percent": growth}
    finally:
        measuring.close()


def _rss(processes: Sequence[Process]) -> dict[str, float]:
    alive = [one for one in processes if one.popen.poll() is None]
    return {f"{one.name}{n}": round(one.rss, 1) for n, one in enumerate(alive)}
