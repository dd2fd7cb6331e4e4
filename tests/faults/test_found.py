"""What the fault search found, each as small as it can be told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.channels.base import Incoming
from bot.channels.terminal import Terminal
from bot.clock import Clock
from bot.commands.chat import address
from bot.faults.village import SQUARE
from bot.settings import Settings
from bot.store import tables as t
from bot.turns import from_payload, to_payload
from bot.wiring import App, build
from notifications.messages import Inbound

#: The newest bubble.
_LAST = t.outbound.update().where(t.outbound.c.id == select(func.max(t.outbound.c.id)).scalar_subquery())
SATURDAY = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    settings = Settings(database=f"sqlite:///{tmp_path}/village.db")
    made = build(settings, Clock(SATURDAY), channels={"terminal": Terminal()}, squares=[SQUARE])
    made.start()
    yield made
    made.close()


def says(app: App, *lines: str) -> str:
    """Somebody says these lines and reads the answers; returns the key of the last one."""
    for line in lines:
        app.handle_now(Inbound(line, address("an"), app.clock.now(), text=line, name="An"))
    return f"terminal:{lines[-1]}:reply"


def policy(app: App, key: str) -> str:
    with app.database.read() as conn:
        return str(conn.execute(select(t.outbound.c.if_unknown).where(t.outbound.c.key == key)).scalar_one())


def test_the_answer_that_an_order_stands_is_sent_again_when_its_fate_is_unknown(app: App) -> None:
    """Seeds 11, 16, 18 …: the process died before it could send "is geplaatst", and talk is dropped: nobody ever heard."""
    key = says(app, "2 krentenbollen", "Dorpsstraat 12, 3981 AB", "Bestellen en betalen")
    assert policy(app, key) == "resend"
    assert policy(app, says(app, "hoe laat komt het?")) == "drop"
    assert policy(app, says(app, "annuleren")) == "drop"
    assert policy(app, says(app, "ja")) == "resend", "that it is cancelled matters as much"


def test_a_tap_that_comes_late_and_without_its_button_orders_nothing_that_was_shown_since(app: App) -> None:
    """Seed 78: the tap's webhook got lost, the resident added bread, then the tap was fetched from Twilio's list as words."""
    says(app, "2 krentenbollen", "Dorpsstraat 12, 3981 AB")
    tapped = app.clock.now()
    app.clock.move(timedelta(seconds=3))
    says(app, "doe er een volkoren brood bij")
    fetched = Inbound("SM1", address("an"), tapped, text="Bestellen en betalen", name="An", late=True)
    answer = app.handle_now(fetched)[-1].body
    assert "eerder bericht" in answer
    assert "Volkoren brood" in answer, "the order as it is now, to look at before tapping again"
    says(app, "Bestellen en betalen")
    with app.database.read() as conn:
        assert conn.execute(select(t.orders.c.number).where(t.orders.c.status == "placed")).scalars().all() == [1000]


def test_a_tap_fetched_as_words_never_concludes_not_even_when_the_clock_was_set_back(app: App) -> None:
    """Seed 50159: the clock went back five minutes, so the summary shown since seemed older than the tap."""
    says(app, "2 krentenbollen", "Dorpsstraat 12, 3981 AB")
    later = app.clock.now() + timedelta(minutes=5)
    answer = app.handle_now(Inbound("SM2", address("an"), later, text="Bestellen en betalen", name="An", late=True))[-1].body
    assert "eerder bericht" in answer
    assert "geplaatst" in app.handle_now(Inbound("now", address("an"), later, text="Bestellen en betalen", name="An"))[-1].body


def test_the_words_of_the_order_button_conclude_nothing_while_the_summary_did_not_arrive(app: App) -> None:
    """Seed 50159: the summary got lost at Telegram, and the words under the one before it were typed."""
    says(app, "2 krentenbollen", "Dorpsstraat 12, 3981 AB")
    app.inbox.take_now(Inbound("more", address("an"), app.clock.now(), text="doe er een volkoren brood bij", name="An"))
    typed = Inbound("typed", address("an"), app.clock.now(), text="Bestellen en betalen", name="An")
    for lost in ("queued", "sending", "unknown", "refused"):
        app.writer.call(lambda tx, lost=lost: tx.conn.execute(_LAST.values(state=lost)))  # type: ignore[misc]
        app.inbox.take_now(replace(typed, event_id=lost))
        with app.database.read() as conn:
            body = conn.execute(select(t.outbound.c.body).where(t.outbound.c.key == f"terminal:{lost}:reply")).scalar_one()
        assert "Volkoren brood" in body
        assert "geplaatst" not in body, lost
    app.read_now(typed)  # now the last summary is on the screen
    assert "geplaatst" in app.handle_now(typed)[-1].body


def test_a_message_that_waited_is_still_one_that_was_fetched_afterwards() -> None:
    """Found by reading: what is kept for later forgot that it was fetched late, and could conclude an order then."""
    late = Inbound("SM1", address("an"), SATURDAY, text="Bestellen en betalen", late=True)
    assert from_payload("terminal", "SM1", to_payload(late)) == late


def test_the_words_of_the_order_button_conclude_nothing_that_arrived_after_they_were_typed(app: App) -> None:
    """Seed 203: typed under one summary, handled when the next one had been sent."""
    says(app, "2 krentenbollen", "Dorpsstraat 12, 3981 AB")
    typed = app.clock.now()
    app.clock.move(timedelta(seconds=3))
    says(app, "doe er een volkoren brood bij")
    answer = app.handle_now(Inbound("3", address("an"), typed, text="Bestellen en betalen", name="An"))[-1].body
    assert "geplaatst" not in answer
    assert "Volkoren brood" in answer


class Listener(Terminal):
    """Notes since when it was asked to catch up."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[datetime] = []

    async def catch_up(self, since: datetime) -> list[Incoming]:
        self.asked.append(since)
        return []


def test_what_came_in_after_the_clock_was_set_back_is_fetched(tmp_path: Path) -> None:
    """Seed 1088: the clock was set back five minutes while nobody served; what came in then lay before the last look."""
    listener, clock = Listener(), Clock(SATURDAY)
    for process, moment in enumerate((SATURDAY, SATURDAY - timedelta(minutes=5), SATURDAY + timedelta(minutes=50))):
        clock.set(moment)
        app = build(Settings(database=f"sqlite:///{tmp_path}/village.db"), clock, channels={"terminal": listener})
        app.start()
        if process != 1:
            asyncio.run(app.catch_up())
        app.close()
    assert listener.asked[-1] <= SATURDAY - timedelta(minutes=5)
