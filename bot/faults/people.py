"""The people of a story: they look at their phones and do what people do, a little at random; never behind the screen."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.faults import village
from bot.faults.village import Someone
from bot.faults.world import URL, World

ORDER_BUTTON = "Bestellen en betalen"
WIPE = "Ja, wis alles"
#: What is typed, and how much of what that asks for (pieces, grams): nobody may end up with more.
_ORDERS = {
    "2 krentenbollen en een volkoren brood": {"bakker/k1": 2, "bakker/b1": 1},
    "half pond jong belegen en 2 yoghurt": {"kaas/j1": 250, "kaas/y1": 2},
    "3 krentenbollen": {"bakker/k1": 3},
    "een pond jong belegen": {"kaas/j1": 500},
    "4 krentenbollen en 1 volle yoghurt": {"bakker/k1": 4, "kaas/y1": 1},
    "volkoren brood": {"bakker/b1": 1},
    "2 volle yoghurt en 2 krentenbollen": {"kaas/y1": 2, "bakker/k1": 2},
}
_MORE = {
    "doe er nog een volkoren brood bij": {"bakker/b1": 1}, "nog 1 krentenbol": {"bakker/k1": 1},
    "1 volle yoghurt erbij": {"kaas/y1": 1},
}  # fmt: skip
_ENDS = ("Toch bezorgd", "Annuleer de order")
_A_WHILE = timedelta(seconds=11)  # longer than what counts as a double tap on the pay button
_LINK = re.compile(r"https://\S+/b/(\S+)")


@dataclass(frozen=True, slots=True)
class Bubble:
    """One bubble of the bot on a phone."""

    id: Any
    text: str
    labels: tuple[str, ...]
    links: tuple[str, ...]


@dataclass
class Phone:
    """What somebody can see and do."""

    world: World
    who: Someone
    sent: int = 0
    sent_at: datetime = village.BEFORE

    def bubbles(self) -> list[Bubble]:
        """What the bot said, oldest first."""
        standin: Any = self.world.telegram if self.who.channel == "telegram" else self.world.twilio
        return [_bubble(one) for one in standin.screen(self._id) if not one["mine"]]

    @property
    def _id(self) -> Any:
        return int(self.who.address) if self.who.channel == "telegram" else self.who.address

    def _sends(self) -> None:
        self.sent, self.sent_at = self.sent + 1, self.world.clock.now()

    def types(self, text: str) -> None:
        """Send a message."""
        self._sends()
        standin: Any = self.world.telegram if self.who.channel == "telegram" else self.world.twilio
        standin.user_sends(self._id, text)

    def taps(self, bubble: Bubble, label: str) -> None:
        """Tap a button or row of this bubble; where it is only text, type it."""
        self._sends()
        if self.who.channel == "telegram":
            raw = next(one for one in self.world.telegram.screen(self._id) if one["id"] == bubble.id)
            data = [button["data"] for row in raw["buttons"] for button in row if button["label"] == label and "data" in button]
            self.world.telegram.user_presses(self._id, bubble.id, data[0], stale=True)
            return
        raw = next(one for one in self.world.twilio.screen(self._id) if one["id"] == bubble.id)
        for row in (raw["list"] or {}).get("rows", []):
            if row["item"] == label:
                self.world.twilio.user_picks(self._id, bubble.id, row["id"])
                return
        data = [button["data"] for row in raw["buttons"] for button in row if button["label"] == label and "data" in button]
        self.world.twilio.user_presses(self._id, bubble.id, data[0])


def _bubble(one: Any) -> Bubble:
    buttons = [button for row in one["buttons"] for button in row]
    rows = [row["item"] for row in (one["list"] or {}).get("rows", [])]
    labels = [button["label"] for button in buttons if button.get("data")]
    links = [button["url"] for button in buttons if button.get("url")]
    return Bubble(one["id"], one["text"], (*labels, *rows), tuple(links))


@dataclass
class Resident:
    """Orders once or twice, pays, sometimes cancels, taps twice or taps an old button."""

    phone: Phone
    rng: random.Random
    wants: int
    presses: list[str] = field(default_factory=list)  # texts of the bubbles whose order button was tapped
    asked: Counter[str] = field(default_factory=Counter)  # how much of each product was ever asked for
    chosen: set[Any] = field(default_factory=set)
    cancelled: bool = False
    waiting: bool = False
    sent_at: int = 0
    paid: int = 0

    def act(self, *, finish: bool = False) -> bool:
        """Do the next thing; returns whether there was something to do."""
        bubbles = self.phone.bubbles()
        last = bubbles[-1] if bubbles else None
        if last is None:
            return self._begin(bubbles)
        if ORDER_BUTTON in last.labels:
            self._order(last, finish=finish)
        elif "Waar mag het heen" in last.text:
            self.phone.types(f"{self.phone.who.door}, 3981 AB")
        elif "Welke bedoelt u" in last.text and last.labels:
            self.phone.taps(last, last.labels[0])
        elif WIPE in last.labels:
            self.says_goodbye()
        elif "Ja, annuleren" in last.labels:
            self.phone.taps(last, "Ja, annuleren" if self.rng.random() < 0.8 else "Nee, laat staan")
        elif "Laat maar weg" in last.labels and last.id not in self.chosen:
            self.chosen.add(last.id)
            self.phone.taps(last, self.rng.choice(last.labels))
        else:
            return self._begin(bubbles)
        return True

    def _begin(self, bubbles: list[Bubble]) -> bool:
        placed = any("is geplaatst" in one.text for one in bubbles)
        if self.waiting and self.sent_at == len(bubbles):
            self.phone.types("mandje")  # no answer came: ask where things stand
        elif self.wants:
            self.wants -= 1
            self._asks(_ORDERS)
        elif placed and not self.cancelled and self.rng.random() < 0.03:
            self.cancelled = True
            self.phone.types("annuleren")
        else:
            return False
        self.waiting, self.sent_at = True, len(bubbles)
        return True

    def _order(self, bubble: Bubble, *, finish: bool) -> None:
        chance = 0.0 if finish else self.rng.random()
        if chance > 0.88:  # changes the order, then taps the button of before: what was shown is what counts
            self._asks(_MORE)
        self.presses.append(bubble.text)
        if 0.6 < chance < 0.7 and self._has_read():
            self.phone.types(ORDER_BUTTON)
        else:
            self.phone.taps(bubble, ORDER_BUTTON)
        if 0.7 < chance < 0.88:
            self.phone.taps(bubble, ORDER_BUTTON)

    def _has_read(self) -> bool:
        """Whether this phone tells when something was typed, and nothing was for as long as reading takes."""
        phone = self.phone
        return phone.who.channel == "telegram" and phone.world.clock.now() - phone.sent_at > _A_WHILE

    def _asks(self, messages: Mapping[str, Mapping[str, int]]) -> None:
        text = self.rng.choice(list(messages))
        self.asked.update(messages[text])
        self.phone.types(text)

    def says_goodbye(self) -> bool:
        """Answer the oldest question whether everything may be wiped; returns whether there was one."""
        for one in self.phone.bubbles():
            if WIPE in one.labels and one.id not in self.chosen:
                self.chosen.add(one.id)
                self.phone.taps(one, WIPE if self.rng.random() < 0.8 else "Nee")
                return True
        return False

    def finish(self) -> bool:
        """Come to an end with what lies open; returns whether there was something to do."""
        return self.act(finish=True)

    async def pays(self, world: World, times: int = 1) -> None:
        """Open every pay link on the phone and pay what can be paid there."""
        links = {link for one in self.phone.bubbles() for link in one.links if "/b/" in link}
        links |= {f"{URL}/b/{token}" for one in self.phone.bubbles() for token in _LINK.findall(one.text)}
        for link in sorted(links):
            opened = [payment for _ in range(times) if (payment := await self._checkout(world, link))]
            for payment in opened:
                if world.mollie.payments[payment].status == "open":
                    world.mollie.pay(payment)
                    self.paid += 1

    async def _checkout(self, world: World, link: str) -> str | None:
        reply = await world.visit("POST", link)
        if isinstance(reply, str) or reply.status != 303:
            return None
        world.think(_A_WHILE)
        return reply.headers["location"].rstrip("/").rpartition("/")[2].partition("?")[0]


_ALL_GONE = "Alles is op"


@dataclass
class Keeper:
    """A shopkeeper: answers each alert once it is seen, mostly with OK."""

    phone: Phone
    rng: random.Random
    answered: set[Any] = field(default_factory=set)

    def act(self) -> bool:
        """Answer the oldest alert that was not answered."""
        for one in self.phone.bubbles():
            if {"OK", _ALL_GONE} & set(one.labels) and one.id not in self.answered:
                self.answered.add(one.id)
                self._answer(one)
                return True
        return False

    def _answer(self, bubble: Bubble) -> None:
        if _ALL_GONE in bubble.labels:  # asked after the last line was said to be sold out
            self.phone.taps(bubble, _ALL_GONE)
            return
        number = re.search(r"[Bb]estelling (\d+)", bubble.text)
        chance = self.rng.random()
        if number and chance < 0.12:
            self.phone.types(f"{number[1]} OP 1")
        elif number and chance < 0.2:
            self.phone.types(f"{number[1]} KLAAR")
        else:
            self.phone.taps(bubble, "OK")


@dataclass
class Rider:
    """A courier: says yes, starts, and does stop after stop."""

    phone: Phone
    done: set[tuple[Any, str]] = field(default_factory=set)

    def act(self, *labels: str) -> bool:
        """Tap the newest of these buttons."""
        for one in reversed(self.phone.bubbles()):
            for label in labels:
                if label in one.labels and (one.id, one.text) not in self.done:
                    self.done.add((one.id, one.text))
                    self.phone.taps(one, label)
                    return True
        return False


@dataclass
class Chief:
    """The coordinator: ends what hangs."""

    phone: Phone
    rng: random.Random
    done: set[Any] = field(default_factory=set)

    def act(self) -> bool:
        """Answer the oldest notice that asks for an end."""
        for one in self.phone.bubbles():
            if "Toch bezorgd" in one.labels and one.id not in self.done:
                self.done.add(one.id)
                self.phone.taps(one, self.rng.choice([label for label in one.labels if label in _ENDS]))
                return True
        return False
