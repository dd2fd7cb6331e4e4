"""What the operator sees at night: what is stuck and why, without what people wrote, and without their control characters."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.clock import Clock
from bot.commands.doctor import check_database
from bot.settings import Settings
from bot.store import tables as t
from bot.store.invitations import grant
from bot.wiring import App, build
from orders.ports import Invitation
from tests.bot.databases import database_url
from tests.bot.engine.conftest import NOW, quiet, ring, said
from tests.bot.sample import REGION, VILLAGE

__all__ = ["database_url"]
TEXT = "geheim\x1b]0;owned\x07 van\n  buurvrouw:1 x"


def _breaks(turn: Any) -> None:
    raise ValueError(f"kan dit niet lezen: {turn.inbound.text}")


@pytest.fixture
def app(database_url: str) -> Any:
    """A message that cannot be handled, and one that a platform refused with strange words."""
    made = build(Settings(database=database_url), Clock(NOW), converse=_breaks, announce=quiet, fire=ring, channels={})
    made.start()
    made.inbox.take_now(said(TEXT, "m1"))
    yield made
    made.close()


def _command(app: App, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    from bot.cli import main

    monkeypatch.setenv("DORPSBODE_DATABASE", app.settings.database)
    assert main(list(words)) in (0, 1)
    return capsys.readouterr().out


def test_what_failed_is_named_without_what_was_written(
    app: App, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _command(app, capsys, monkeypatch, "inbox", "failed")
    assert "ValueError" in shown
    assert "test_at_night.py" in shown
    assert "geheim" not in shown
    assert "buurvrouw" not in shown


def test_what_was_written_is_shown_on_request_and_moves_no_cursor(
    app: App, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _command(app, capsys, monkeypatch, "inbox", "failed", "--texts")
    assert "geheim" in shown
    assert not [char for char in shown if char < " " and char not in "\n\t"]


def test_what_a_platform_said_moves_no_cursor(
    app: App, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"key": "k", "lane": "test:an", "channel": "test", "address": "an", "person": "p", "body": "x", "choices": [],
           "state": "refused", "due": NOW, "created": NOW, "error": "no\x1b[2Jsuch\nchat"}  # fmt: skip
    with app.database.write() as conn:
        conn.execute(t.outbound.insert(), row)
    shown = _command(app, capsys, monkeypatch, "outbox", "list")
    assert "such chat" in shown
    assert not [char for char in shown if char < " " and char not in "\n\t"]


def _found(app: App) -> list[str]:
    return [f"{one.area}: {one.text} -> {one.remedy}" for one in check_database(app.settings) if one.grade != "goed"]


def test_the_doctor_names_what_keeps_a_sound_bot_from_helping(app: App) -> None:
    for square in (REGION, VILLAGE):
        app.import_square(square)
    row = {"key": "k", "lane": "test:an", "channel": "test", "address": "an", "person": "p", "body": "x", "choices": [],
           "state": "queued", "due": datetime.now(UTC) - timedelta(minutes=6), "created": NOW}  # fmt: skip
    with app.database.write() as conn:
        conn.execute(t.outbound.insert(), row)
    found = "\n".join(_found(app))
    for named, remedy in (
        ("geen werker", "dorpsbode work"), ("onbehandelde berichten: 1", "inbox failed"), ("te lang wachten: 1", "outbox list"),
        ("dorp heeft geen coördinator", "invite coordinator:NAAM --square dorp"),
    ):  # fmt: skip
        assert re.search(f"{re.escape(named)}.*{re.escape(remedy)}", found), found


def test_the_doctor_says_nothing_of_a_bot_that_works(database_url: str) -> None:
    made = build(Settings(database=database_url), Clock(NOW), channels={}, squares=[REGION, VILLAGE])
    with made.database.write() as conn:
        conn.execute(t.mark.insert(), {"name": "last_tick", "at": datetime.now(UTC), "value": ""})
        grant(conn, Invitation("dorp", "coordinator"), "anja", NOW)
    assert _found(made) == []
    made.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_doctor_sees_a_database_that_others_can_read(app: App) -> None:
    assert app.database.path is not None
    app.database.path.chmod(0o644)
    assert [one for one in _found(app) if "chmod 600" in one]
