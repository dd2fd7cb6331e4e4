"""Logs tell what happened, never who, where, what was said or what opens a door: a whole order is played, its logs searched."""

from __future__ import annotations

import contextlib
import json
import logging
import re
from collections.abc import Iterator
from datetime import datetime

import pytest
import structlog
from sqlalchemy import select

from bot import logs
from bot.settings import Settings, read_settings
from bot.standins.mollie import API_KEY
from bot.standins.telegram import TOKEN
from bot.standins.twilio import AUTH_TOKEN
from bot.store import tables as t
from bot.store.invitations import invite
from orders.ports import Invitation
from tests.village import AMSTERDAM
from tests.wholebot import SECRET, WholeBot, WholeBotOnWhatsApp

MONDAY = datetime(2026, 11, 23, 9, tzinfo=AMSTERDAM)
LIBRARIES = (
    "httpx", "httpcore", "aiohttp.access", "aiohttp.client", "uvicorn.access", "uvicorn.error", "telegram",
    "twilio.http_client",     "sqlalchemy.engine", "mollie", "urllib3", "asyncio", "apscheduler", "requests",
)  # fmt: skip


class Captured:
    """Everything that was written so far."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys, self._text = capsys, ""

    def getvalue(self) -> str:
        self._text += self._capsys.readouterr().err
        return self._text


@pytest.fixture
def captured(capsys: pytest.CaptureFixture[str]) -> Iterator[Captured]:
    """What a process in production would write."""
    root = logging.getLogger()
    before, level, levels = list(root.handlers), root.level, {name: logging.getLogger(name).level for name in LIBRARIES}
    handlers = {name: logging.getLogger(name).handlers[:] for name in (*LIBRARIES, "uvicorn")}
    for name in handlers:  # uvicorn's own, of other tests in this process
        logging.getLogger(name).handlers[:], logging.getLogger(name).propagate = [], True
    logs.set_up((SECRET, TOKEN, AUTH_TOKEN, API_KEY), json=True)
    yield Captured(capsys)
    root.handlers[:] = before
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)
    for name, had in handlers.items():
        logging.getLogger(name).handlers[:] = had
    logging.raiseExceptions = True
    structlog.reset_defaults()


def _order(bot: WholeBot) -> list[str]:
    """A whole order with things that go wrong; returns everything that must not stand in the logs."""
    bot.role("bas", "shopkeeper", "bakker")
    bot.role("noor", "courier")
    bot.role("anja", "coordinator")
    with bot.app.database.write() as conn:
        code = invite(conn, Invitation("bunnik", "courier"), bot.clock.now())
    spelled = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    for text in (
        "4 krentenbollen, vrijdag",
        "Leeuwerikhof 12, 3981 AB",
        "bestellen en betalen",
        "06 55512345",
        "bel mij",
        spelled,
    ):
        bot.type("gerritje", text, "text")
    bot.type("bas", "ok", "text")
    bot.pay("gerritje")
    bot.app.turns.converse, good = _broken, bot.app.turns.converse
    bot.type("gerritje", "geheim verhaal van mijn buurvrouw", "text")
    bot.app.turns.converse = good
    _refuse(bot)
    bot.type("gerritje", "hallo", "text")
    with bot.app.database.read() as conn:
        tokens = list(conn.execute(select(t.orders.c.pay_token)).scalars())
        hooks = [bot.app.payments.hook(one) for one in conn.execute(select(t.payment_attempt.c.id)).scalars()]  # type: ignore[union-attr]
    phones = [str(one) for one in bot.people.values() if str(one).startswith("+")]
    return [
        SECRET, TOKEN, AUTH_TOKEN, API_KEY, bot.app.telegram_path_secret, code, spelled, *tokens, *hooks, *phones,
        *(one.removeprefix("+") for one in phones), "Leeuwerikhof", "3981", "55512345", "Gerritje", "krentenbol",
        "geheim verhaal", "buurvrouw", "bestellen en betalen", "Nieuwe bestelling",
    ]  # fmt: skip


def _broken(turn: object) -> None:
    raise ValueError(f"kan dit niet lezen: {turn.text} van {turn.person.name}")  # type: ignore[attr-defined]


def _refuse(bot: WholeBot) -> None:
    """Calls fail in each way that a library may write about."""
    for standin in (bot.telegram, bot.twilio):
        for kind in ("error", "drop"):
            with contextlib.suppress(ValueError):
                standin.faults.plan(kind)


@pytest.mark.parametrize("kind", [WholeBot, WholeBotOnWhatsApp], ids=lambda kind: kind.channel)
def test_a_whole_order_leaves_nothing_of_a_person_in_the_logs(kind: type[WholeBot], captured: Captured) -> None:
    with kind("bunnik", MONDAY) as bot:
        secrets = _order(bot)
        structlog.get_logger("test").info("marker")
    written = captured.getvalue()
    assert "marker" in written
    assert "turn_failed" in written
    for line in written.splitlines():
        assert isinstance(json.loads(line), dict)
    for secret in secrets:
        found = written.casefold().find(secret.casefold())
        assert found < 0, f"{secret!r} in: {written[max(0, found - 200) : found + 200]}"


@pytest.mark.parametrize("said", [
    "+31612345678", "whatsapp:+31612345678", "whatsapp%3A%2B31612345678", "0612345678", "06-12345678", "06 12 34 56 78",
    "+31 6 12345678", "0031612345678", "030-5550101", "to=31612345678&x",
])  # fmt: skip
def test_phone_numbers_are_masked_however_they_are_written(said: str, captured: Captured) -> None:
    structlog.get_logger("x").warning("event", why=f"for {said}, sorry", rows=[said], deep={"to": said})
    logging.getLogger("some.library").error("calling %s failed", said)
    assert not re.search(r"12345678|5550101|34 56|612345", captured.getvalue())


@pytest.mark.parametrize("said", [
    "https://plein.example/b/abcdefghijklmnopqrstuvwxyz012345", "POST /telegram/0123456789abcdef0123456789abcdef01234567 200",
    "https://api.telegram.org/bot123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/sendMessage", "code ABCD-EFGH-JKLM",
    "/mollie/abcdefghijklmnop.0123456789abcdef0123456789abcdef01234567",
    "Authorization: Bearer live_abcdefghijklmnopqrstuvwxyz012",
])  # fmt: skip
def test_what_opens_a_door_is_struck_out(said: str, captured: Captured) -> None:
    structlog.get_logger("x").warning("event", path=said)
    logging.getLogger("uvicorn.error").error("%s", said)
    assert not re.search(r"abcdefghijkl|0123456789abcdef|AAAAAAAA|EFGH", captured.getvalue())


def test_nobody_writes_a_line_of_the_log(captured: Captured) -> None:
    structlog.get_logger("x").warning("event", why='x\n{"event": "forged"}\r\x1b[2J\u2028')
    assert len(captured.getvalue().splitlines()) == 1
    assert "\x1b" not in captured.getvalue()


def test_access_logs_are_off() -> None:
    import inspect

    from bot.commands import serve

    assert "access_log=False" in inspect.getsource(serve)


def test_secrets_come_from_the_environment_only() -> None:
    made = read_settings({"DATABASE_URL": "postgresql://bode:hunter2hunter2@host/db", "MOLLIE_KEY": "test_abcdefghijkl"})
    assert "hunter2hunter2" in made.secrets
    assert "hunter2" not in repr(made)
    assert "test_abcdefghijkl" not in repr(made)
    assert Settings().secrets == ()
