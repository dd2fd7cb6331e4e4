"""One story: a Saturday of ordering, a Sunday ride, and what goes wrong at seeded moments in between."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.commands.person import wipe
from bot.faults import village
from bot.faults.people import Chief, Keeper, Phone, Resident, Rider
from bot.faults.strikes import Blow
from bot.faults.wiped import left_behind
from bot.faults.world import Restless, World
from catalog.square import AMSTERDAM

#: How far ahead a kill may lie, per moment: about what one or two turns pass by.
_AHEAD = {"statement": 25, "begin": 8, "commit": 8, "committed": 8, "call": 5, "called": 5}
_TROUBLE = (("begin", "locked"), ("commit", "disk_full"), ("committed", "lost"), ("statement", "lost"))
#: What a platform can do wrong: at which calls of the bot, and with which webhooks.
CALLS = {"telegram": ("sendMessage", "sendMessage", "*"), "twilio": ("CreateMessage", "CreateMessage", "ListMessage"),
          "mollie": ("create-payment", "get-payment", "create-refund", "create-refund")}  # fmt: skip
TWICE = (
    ("telegram", "message"), ("telegram", "message"), ("telegram", "press"), ("twilio", "inbound"), ("twilio", "inbound"),
    ("twilio", "status"), ("mollie", "payment"),
)  # fmt: skip
HOOKS = (
    ("telegram", "message", "late"), ("telegram", "press", "late"),
    ("twilio", "inbound", "late"), ("twilio", "inbound", "lost"),
    ("twilio", "status", "lost"), ("twilio", "status", "reorder"),
    ("mollie", "payment", "late"), ("mollie", "payment", "lost"), ("mollie", "payment", "reorder"),
)  # fmt: skip
#: The kinds of faults and how many of twenty-two are of each. ``commit`` is a kill around a commit, ``kill`` one anywhere.
KINDS = {"kill": 5, "commit": 2, "database": 2, "platform": 4, "slow": 1, "duplicate": 1, "webhook": 2, "clock": 2, "move": 1,
         "erase": 2}  # fmt: skip


@dataclass
class Story:
    """The people, and the faults that are still to come: at which deed of the story each is armed."""

    world: World
    rng: random.Random
    points: int
    kinds: Sequence[str] = tuple(KINDS)
    armed: list[str] = field(default_factory=list)
    deeds: int = 0
    silent: list[str] = field(default_factory=list)
    wiping: bool = False  # whoever comes back then is a new person
    left: list[str] = field(default_factory=list)  # of people who were wiped

    def __post_init__(self) -> None:
        phones = {one.name: Phone(self.world, one) for one in village.PEOPLE}
        self.phones = phones
        dice = [(random.Random(self.rng.random()), self.rng.choice((1, 1, 2))) for _ in range(3)]
        self.residents = [Resident(phones[name], *one) for name, one in zip(("an", "ben", "cor"), dice, strict=True)]
        self.keepers = [Keeper(phones[name], random.Random(self.rng.random())) for name in ("bas", "kees")]
        self.riders = [Rider(phones[name]) for name in ("sam", "noor")]
        self.ids = {
            one.phone.who.name: {f"p-{one.phone.who.name}"} for one in self.residents
        }  # who is wiped comes back as another
        self.chief = Chief(phones["anja"], random.Random(self.rng.random()))
        self.when = sorted(self.rng.randrange(60) for _ in range(self.points))
        self.much_due = self.rng.randrange(7) if self.points else -1

    # --- the course of things --------------------------------------------------------------------------------------------
    async def play(self) -> bool:
        """Everything, until the books can be closed; False when the world does not come to rest."""
        try:
            await self._days()
        except Restless:
            self.stop_breaking()
            return False
        return True

    async def _days(self) -> None:
        await self._saturday()
        saturday = self.world.clock.now().astimezone(AMSTERDAM)
        await self._be(saturday + timedelta(minutes=50))
        await self._all(self.keepers_act)
        await self._pay()
        closing = saturday.replace(hour=18, minute=5)
        await self._be(closing)
        await self._be(closing + timedelta(hours=1, minutes=5))
        await self._all(lambda: self.riders_act("Ja"))
        sunday = closing + timedelta(hours=15, minutes=30)
        await self._be(sunday)
        await self._all(self.keepers_act)
        await self._all(lambda: self.riders_act("Ja"))
        await self._all(lambda: self.riders_act("Start", "Klaar"), most=14)
        await self._pay()
        await self._all(self.goodbyes)
        self.stop_breaking()
        await self._be(sunday + timedelta(hours=6))
        await self._all(self.chief.act)
        await self._somebody_leaves()
        await self._be(sunday + timedelta(hours=29))
        self.left = left_behind(self.world, self.residents)
        await self._everybody_is_heard()

    async def _somebody_leaves(self) -> None:
        """When all is over: now nothing is under way that needs an address."""
        if "erase" in self.kinds and self.rng.random() < 0.4:
            self.rng.choice(self.residents).phone.types("vergeet mij")
            await self._all(self.goodbyes)

    async def _saturday(self) -> None:
        if self.rng.random() < 0.6:
            self.phones["kees"].types("lijst")  # opens the window of WhatsApp; otherwise the alert goes as a template
        people: list[Resident | Keeper] = [*self.residents, *self.residents, *self.keepers]
        for _ in range(self.rng.randint(12, 20)):
            for one in self.rng.sample(people, self.rng.randint(1, 4)):
                self._deed()
                one.act()
            await asyncio.sleep(self.rng.choice((0.05, 0.3, 1.0, 4.0)))
            if self.rng.random() < 0.15:
                await self._pay(self.rng.choice((1, 2)))
        for _ in range(10):
            await self.world.quiet()
            if not sum(one.finish() for one in self.residents):
                break
        await self._all(self.keepers_act)

    def keepers_act(self) -> bool:
        """Both shops answer what they were asked."""
        return sum(one.act() for one in self.keepers) > 0

    def goodbyes(self) -> bool:
        """Whoever was asked whether everything may be wiped, answers."""
        return sum(one.says_goodbye() for one in self.residents) > 0

    def riders_act(self, *labels: str) -> bool:
        """Both couriers tap one of these."""
        return sum(one.act(*labels) for one in self.riders) > 0

    async def _all(self, act: Callable[[], bool], most: int = 10) -> None:
        """Let somebody do what there is to do, one thing after the other."""
        await self.world.quiet()
        for _ in range(most):
            self._deed()
            if not act():
                return
            await self.world.quiet()

    async def _pay(self, times: int = 1) -> None:
        for one in self.residents:
            if self.rng.random() < 0.8:
                self._deed()
                await one.pays(self.world, times)

    async def _be(self, moment: datetime) -> None:
        """Let it be later. What is due then is done at once, so a kill is worth more here than at most deeds."""
        self._deed()
        if self.much_due == 0 and "kill" in self.kinds:
            self.world.strikes.planned = Blow(self.rng.choice(("commit", "committed")), self.rng.randint(1, 6))
            self.armed.append("kill when much is due")
        self.much_due -= 1
        await self.world.be(moment)

    async def _everybody_is_heard(self) -> None:
        """At the end nobody's talk is stuck: whoever says something gets an answer."""
        await self.world.quiet()
        before = {name: len(phone.bubbles()) for name, phone in self.phones.items()}
        for phone in self.phones.values():
            phone.types("hulp")
        await self.world.quiet()
        self.silent = [name for name, phone in self.phones.items() if len(phone.bubbles()) <= before[name]]

    # --- breaking ---------------------------------------------------------------------------------------------------------
    def _deed(self) -> None:
        self.deeds += 1
        for one in self.residents if self.wiping else ():
            self.ids[one.phone.who.name] |= self.world.ids_of(one.phone.who)
        while self.when and self.when[0] <= self.deeds:
            self.when.pop(0)
            self.armed.append(self._arm())

    def _arm(self) -> str:
        ways = {"kill": self._kill, "commit": self._kill_at_commit, "database": self._database, "platform": self._platform,
                "slow": self._slow, "duplicate": self._duplicate, "webhook": self._hook, "clock": self._clock,
                "move": self._move, "erase": self._erase}  # fmt: skip
        return ways[self.rng.choice([kind for kind in self.kinds for _ in range(KINDS[kind])])]()

    def _kill(self) -> str:
        moment = self.rng.choice([*_AHEAD, "step"])
        if moment == "step":
            steps = self.rng.randint(1, 120)
            self.world.stepping = (steps, self.rng.choice(self.world.processes))
            return f"kill at step {steps}"
        return self._kill_at(moment, _AHEAD[moment])

    def _kill_at_commit(self) -> str:
        return self._kill_at(self.rng.choice(("begin", "commit", "committed", "committed")), 5)

    def _kill_at(self, moment: str, ahead: int) -> str:
        after = self.rng.randint(1, ahead)
        self.world.strikes.planned = Blow(moment, after)
        return f"kill at {moment} {after}"

    def _database(self) -> str:
        moment, what = self.rng.choice(_TROUBLE)
        after, times = self.rng.randint(1, _AHEAD[moment]), self.rng.choice((1, 1, 3, 8))
        self.world.strikes.planned = Blow(moment, after, what, times)
        self.world.troubled = True
        return f"{what} at {moment} {after}, {times} times"

    def _platform(self) -> str:
        if self.rng.random() < 0.15:
            self.world.strikes.planned = Blow("call", self.rng.randint(1, 5), "refused", self.rng.choice((1, 3)))
            return "connection refused"
        name = self.rng.choice(list(CALLS))
        operation = self.rng.choice(CALLS[name])
        kind = self.rng.choice(("drop_before", "drop_after", "drop_after", "error_before", "error_after", "html", "html_after",
                                "too_many"))  # fmt: skip
        return self._spoil(name, operation, kind, 3.0)

    def _slow(self) -> str:
        """An answer that comes late, or too late."""
        name = self.rng.choice(("telegram", "telegram", "twilio", "mollie"))
        return self._spoil(name, self.rng.choice(CALLS[name]), "slow", self.rng.choice((4.0, 30.0)))

    def _spoil(self, name: str, operation: str, kind: Any, seconds: float) -> str:
        fault = getattr(self.world, name).faults.plan(kind, operation, skip=self.rng.randint(0, 2), seconds=seconds, status=503)
        return f"{name} {fault.kind} on {operation} after {fault.skip}"

    def _duplicate(self) -> str:
        name, hook = self.rng.choice(TWICE)
        getattr(self.world, name).faults.plan("duplicate", hook, seconds=self.rng.choice((0.5, 20.0, 90.0)))
        return f"{name} {hook} twice"

    def _hook(self) -> str:
        name, hook, kind = self.rng.choice(HOOKS)
        seconds = self.rng.choice((0.5, 20.0, 90.0))
        getattr(self.world, name).faults.plan(kind, hook, seconds=seconds)
        return f"{name} {hook} {kind} {seconds:g}"

    def _clock(self) -> str:
        minutes = self.rng.choice((-5, 5, 20, 60))
        self.world.clock.move(timedelta(minutes=minutes))
        self.world.patience += 60 * max(0, -minutes)
        for process in self.world.processes:
            process.look_around()  # within the minute the worker looks anyway; a story's minutes are short
        self.world.strikes.struck.append(f"clock {minutes:+d} minutes")
        return f"clock {minutes:+d} minutes"

    def _move(self) -> str:
        self.world.move()
        self.world.strikes.struck.append("moved by backup and restore")
        return "moved by backup and restore"

    def _erase(self) -> str:
        """Somebody wants to be forgotten, in the midst of it all: by word, or the operator does it."""
        one = self.rng.choice(self.residents)
        self.wiping, by_word = True, self.rng.random() < 0.6
        if by_word:
            one.phone.types("vergeet mij")
        else:
            for person in sorted(self.world.ids_of(one.phone.who)):
                self.world.by_hand(partial(wipe, person=person))
        self.world.strikes.struck.append("erase by word" if by_word else "erase by hand")
        return self.world.strikes.struck[-1]

    def stop_breaking(self) -> None:
        """No more faults: what is armed and did not strike never will."""
        self.when.clear()
        self.much_due = -1
        self.world.strikes.planned, self.world.stepping = None, None
        for standin in self.world.standins:
            self.world.strikes.struck += [f"{standin.platform} {fault.kind} on {on}" for fault, on in standin.faults.struck]
            standin.faults.planned.clear()
