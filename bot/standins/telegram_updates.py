"""Telegram's webhook: updates wait in one queue per chat (messages) or per person (presses), each strictly one at a time.

Whatever is not answered 2xx blocks its queue: tried again at once, then after 2, 4, 8 … seconds up to a cap, until the update
has expired (a message after 24 hours, a press after 150 seconds, both silently). Between the queues there is no order.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.standins.common import Hook, StandIn
from bot.standins.webhooks import Answer

Key = tuple[str, int]


@dataclass
class Webhook:
    """What the bot set with setWebhook."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    allowed: tuple[str, ...] = ()
    last_error: str = ""
    last_error_at: datetime | None = None
    gone_since: datetime | None = None


@dataclass
class Waiting:
    """An update that is not yet delivered."""

    update: dict[str, Any]
    expires: datetime


@dataclass
class Queue:
    """Updates of one chat or one presser, oldest first; the first was refused ``failures`` times and waits until ``again``."""

    updates: deque[Waiting] = field(default_factory=deque)
    busy: bool = False
    failures: int = 0
    again: datetime | None = None


class Updates:
    """All queues of one bot. ``seed`` decides the random part of the waiting times."""

    def __init__(self, standin: StandIn, seed: int = 0) -> None:
        self._standin = standin
        self._random = random.Random(seed)
        self._number = 700_000_000
        self._slots: asyncio.Semaphore | None = None
        self.webhook = Webhook()
        self.queues: dict[Key, Queue] = {}
        self.expired: list[dict[str, Any]] = []

    def add(self, key: Key, content: dict[str, Any], lifetime: float) -> int:
        """Queues an update (``{"message": …}``) that lives so many seconds; the update_id."""
        self._number += 1
        if self._wanted(content):
            queue = self.queues.setdefault(key, Queue())
            queue.updates.append(
                Waiting({"update_id": self._number, **content}, self._standin.clock() + timedelta(seconds=lifetime))
            )
            self._poke(key)
        return self._number

    def set(self, webhook: Webhook) -> None:
        """Another address: everything that waits is tried there at once."""
        self.webhook, self._slots = webhook, None
        for key, queue in self.queues.items():
            queue.failures, queue.again = 0, None
            self._poke(key)

    def pending(self) -> list[dict[str, Any]]:
        """All undelivered updates, oldest first."""
        waiting = [item.update for queue in list(self.queues.values()) for item in list(queue.updates)]
        return sorted(waiting, key=lambda update: int(update["update_id"]))

    def confirm(self, before: int) -> None:
        """Forgets updates with a lower id (getUpdates with an offset)."""
        for queue in self.queues.values():
            queue.updates = deque(item for item in queue.updates if item.update["update_id"] >= before)

    def clear(self) -> None:
        """Drops all that waits."""
        self.queues.clear()

    def _wanted(self, content: dict[str, Any]) -> bool:
        return not self.webhook.allowed or next(iter(content)) in self.webhook.allowed

    def _poke(self, key: Key) -> None:
        self._standin.agenda.at(self._standin.clock(), lambda: self._pump(key))

    async def _pump(self, key: Key) -> None:
        queue = self.queues.get(key)
        if queue is None or queue.busy or not self.webhook.url or (queue.again and self._standin.clock() < queue.again):
            return
        queue.busy = True
        try:
            while queue.updates and self.webhook.url:
                self._forget_expired(queue)
                if queue.updates and not await self._deliver_first(key, queue):
                    return
        finally:
            queue.busy = False

    def _forget_expired(self, queue: Queue) -> None:
        while queue.updates and queue.updates[0].expires <= self._standin.clock():
            self.expired.append(queue.updates.popleft().update)
            queue.failures = 0

    async def _deliver_first(self, key: Key, queue: Queue) -> bool:
        first = queue.updates[0]
        answer = await self._post(first.update)
        if answer.ok:
            self._note_method(answer)
            if queue.updates and queue.updates[0] is first:
                queue.updates.popleft()
            queue.failures, queue.again, self.webhook.gone_since = 0, None, None
            return True
        self._failed(answer)
        wait = self._wait(queue, answer)
        queue.failures += 1
        queue.again = self._standin.clock() + timedelta(seconds=wait)
        self._standin.agenda.at(queue.again, lambda: self._pump(key))
        return False

    async def _post(self, update: dict[str, Any]) -> Answer:
        self._slots = self._slots or asyncio.Semaphore(self.webhook.max_connections)
        headers = {"Content-Type": "application/json"}
        if self.webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.webhook.secret
        kind = "press" if "callback_query" in update else "message"
        timeout = self._standin.book["telegram.webhook.idle_timeout"].limit
        body = json.dumps(update, ensure_ascii=False).encode()
        async with self._slots:
            return await self._standin.deliver(Hook(kind, self.webhook.url, body, headers, "update", update, timeout))

    def _failed(self, answer: Answer) -> None:
        now, gone = self._standin.clock(), self._standin.book["telegram.webhook.gone"].limit
        self.webhook.last_error_at = now
        self.webhook.last_error = _words(answer)
        if answer.status != gone["status"]:
            self.webhook.gone_since = None
            return
        self.webhook.gone_since = self.webhook.gone_since or now
        if (now - self.webhook.gone_since).total_seconds() >= gone["seconds"]:
            self.webhook = Webhook(last_error="Webhook was closed: 410 Gone", last_error_at=now)

    def _wait(self, queue: Queue, answer: Answer) -> float:
        asked = answer.headers.get("retry-after", "")
        if asked.isdigit():
            return min(float(asked), float(self._standin.book["telegram.webhook.retry_after"].limit))
        plan = self._standin.book["telegram.webhook.retry"].limit
        if queue.failures == 0:
            return float(plan["first"])
        cap = self._random.uniform(plan["cap_from"], plan["cap_to"])
        return min(float(plan["then"] * plan["factor"] ** min(queue.failures - 1, 30)), cap)

    def _note_method(self, answer: Answer) -> None:
        if b'"method"' in answer.body:
            self._standin.violate("telegram.webhook.reply_method", "update", answer.body[:120].decode(errors="replace"))


def _words(answer: Answer) -> str:
    troubles: dict[str | None, Callable[[], str]] = {
        "connect": lambda: "Connection refused",
        "timeout": lambda: "Read timeout expired",
        "cut": lambda: "Connection reset by peer",
    }
    return troubles.get(answer.failure, lambda: f"Wrong response from the webhook: {answer.status}")()
