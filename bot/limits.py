"""What slows an abuser and not a village on Friday: messages per person and per square, pages, outgoing bubbles per day.

Token buckets in memory, one set per process: with several web processes a limit is at most so many times as wide, and a restart
forgets it. That is enough, because nothing rests on it but cost and calm; what must never be guessed is long enough by itself,
and guesses of invitations are counted in the database (bot.store.invitations). A transaction that is tried again takes its
tokens again. Sizes come from the settings; 0 means no limit.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from catalog.marking import N_

#: Said at most once a minute to someone who sends more than can be read.
SLOW = N_("U stuurt veel berichten. Ik lees ze straks.")
#: The last bubble of a day that used up its budget.
ENOUGH = N_("Ik stuurde u vandaag al heel veel berichten. Over uw bestelling hoort u wel. Morgen antwoord ik weer op alles.")
#: Messages further behind than this are kept but not read: nobody can be told at that pace anyway.
MOST_BEHIND = timedelta(minutes=10)
#: So many people (or squares) are remembered; the one that was quiet longest is forgotten first, which only helps it.
MOST_KNOWN = 20_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Buckets:
    """A token bucket per name: ``per_minute`` on average and as many at once. May go into debt: that is the wait."""

    def __init__(self, per_minute: float, burst: float | None = None) -> None:
        self.per_minute, self.burst = per_minute, burst or per_minute
        self._known: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, name: str, at: float) -> float:
        """Take a token at this moment (seconds); returns how many seconds to wait for it, 0 when it is there."""
        if not self.per_minute:
            return 0.0
        bucket = self._known.pop(name, None) or _Bucket(self.burst, at)
        passed = max(0.0, at - bucket.at)
        tokens = min(self.burst, bucket.tokens + passed * self.per_minute / 60) - 1
        self._known[name] = _Bucket(tokens, max(at, bucket.at))
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return max(0.0, -tokens * 60 / self.per_minute)

    def give_back(self, name: str) -> None:
        """The token was not used after all."""
        if name in self._known:
            self._known[name].tokens += 1


@dataclass
class Limits:
    """Messages in. ``per_person`` and ``per_square`` a minute; people with a role do not count for their square."""

    per_person: int = 0
    per_square: int = 0

    def __post_init__(self) -> None:
        self._people, self._squares = Buckets(self.per_person), Buckets(self.per_square)
        self._told = Buckets(1)

    def wait(self, person: str, square: str, *, has_role: bool, now: datetime) -> timedelta | None:
        """How long this message waits before it is read; None when so much waits already that it will not be."""
        at = now.timestamp()
        seconds = self._people.take(person, at)
        if square and not has_role:
            seconds = max(seconds, self._squares.take(square, at))
        if seconds > MOST_BEHIND.total_seconds():
            self._people.give_back(person)
            return None
        return timedelta(seconds=seconds)

    def may_tell(self, person: str, now: datetime) -> bool:
        """Whether this person may be told again that it goes too fast: once a minute."""
        may = self._told.take(person, now.timestamp()) == 0
        if not may:
            self._told.give_back(person)
        return may


@dataclass
class Budget:
    """Bubbles out that cost money, per recipient and day (UTC). Beyond it only notices leave, no answers in a talk."""

    per_day: int = 0
    _sent: dict[str, int] = field(default_factory=dict)
    _day: str = ""

    def spend(self, lane: str, bubbles: int, now: datetime, *, of_talk: bool) -> int:
        """Count these bubbles. 0: they may leave; 1: these are the first too many, say so; 2: too many, drop them."""
        if now.date().isoformat() != self._day:
            self._day, self._sent = now.date().isoformat(), {}
        before = self._sent.get(lane, 0)
        if self.per_day and of_talk and before + bubbles > self.per_day:
            first = before <= self.per_day
            self._sent[lane] = self.per_day + 1
            return 1 if first else 2
        self._sent[lane] = before + bubbles
        return 0


class Pages:
    """Looks at pay pages by everybody together: enough for a village, not for guessing or for wearing out the writer."""

    def __init__(self, per_second: float = 50, burst: float = 200, seconds: Callable[[], float] = time.monotonic) -> None:
        self._buckets, self._seconds = Buckets(per_second * 60, burst), seconds

    def may(self) -> bool:
        """Whether one more page is looked up now."""
        if self._buckets.take("", self._seconds()) == 0:
            return True
        self._buckets.give_back("")
        return False
