"""The commands as a host runs them: serve and work as processes of their own, stopped politely and killed."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.channels.transport import TelegramTransport
from bot.settings import Settings
from bot.standins.pytest_plugin import contracts_folder, standins_unharmed
from bot.standins.server import running
from bot.standins.telegram import TOKEN, Telegram
from bot.wiring import build
from tests.bot.sample import REGION, VILLAGE

__all__ = ["contracts_folder", "standins_unharmed"]
SECRET = "sample-secret-sample-secret-sample-secret"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Host:
    """Runs commands with one environment; ends whatever is left at the end."""

    def __init__(self, database_url: str, telegram: Telegram) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.telegram = telegram
        self.environment = {
            **os.environ, "DORPSBODE_DATABASE": database_url, "DORPSBODE_PUBLIC_URL": self.url,
            "DORPSBODE_PORT": str(self.port),
            "DORPSBODE_SECRET": SECRET, "TELEGRAM_TOKEN": TOKEN, "TELEGRAM_SECRET": SECRET,
            "TELEGRAM_BASE_URL": telegram.base_url, "DORPSBODE_EMBEDDED_WORKER": "0", "DORPSBODE_LOG_FORMAT": "json",
        }  # fmt: skip
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start ``dorpsbode command``."""
        words = [sys.executable, "-m", "bot.cli", *command]
        one = subprocess.Popen(words, env=self.environment, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3])
        self.started.append(one)
        return one

    def until_ready(self, seconds: float = 20) -> None:
        """Wait until /readyz says ok."""
        wait_for(lambda: self._ready(), seconds)

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def close(self) -> None:
        for one in self.started:
            if one.poll() is None:
                one.kill()
            one.communicate(timeout=10)


def wait_for(come: Callable[[], bool], seconds: float) -> float:
    """Wait until it is so; returns how long that took."""
    began = time.monotonic()
    while not come():
        assert time.monotonic() - began < seconds, "it did not come"
        time.sleep(0.01)
    return time.monotonic() - began


@pytest.fixture
def telegram(contracts_folder: Path | None) -> Iterator[Telegram]:
    standin = Telegram(contracts_folder=contracts_folder, allow_local=True, rates=False)
    with running(standin):
        yield standin


@pytest.fixture
def host(database_url: str, telegram: Telegram) -> Iterator[Host]:
    made = Host(database_url, telegram)
    settings = Settings(database=database_url, public_url=made.url, secret=SECRET)
    app = build(settings, channels={}, squares=[REGION, VILLAGE])
    hook = app.telegram_webhook
    app.close()

    async def register() -> None:
        async with Bot(TOKEN, base_url=f"{telegram.base_url}/bot", request=TelegramTransport()) as bot:
            await bot.set_webhook(hook, secret_token=SECRET)

    asyncio.run(register())
    yield made
    made.close()


def in_loop(telegram: Telegram, do: Callable[[], Any]) -> Any:
    """Do it in the stand-in's own loop."""

    async def call() -> Any:
        return do()

    loop = telegram.agenda.loop
    assert loop is not None
    return asyncio.run_coroutine_threadsafe(call(), loop).result(10)


def bubbles(telegram: Telegram, who: int) -> list[str]:
    return [one["text"] for one in in_loop(telegram, lambda: telegram.screen(who)) if not one["mine"]]


def test_serve_and_work_answer_and_survive_the_death_of_a_worker(host: Host) -> None:
    host.start("serve")
    first, second = host.start("work"), host.start("work")
    host.until_ready()
    in_loop(host.telegram, lambda: host.telegram.user(7, "An"))

    def say(text: str) -> float:
        before = len(bubbles(host.telegram, 7))
        in_loop(host.telegram, lambda: host.telegram.user_sends(7, text))
        return wait_for(lambda: len(bubbles(host.telegram, 7)) > before, 20)

    say("hallo")
    say("dorp")
    assert "bestelcomputer" in bubbles(host.telegram, 7)[-1]
    first.send_signal(signal.SIGKILL)
    assert say("hulp") < 10  # the goal is 2 s on an idle machine
    second.send_signal(signal.SIGTERM)
    assert second.wait(30) == 0
    host.start("work")
    assert say("mandje") < 20


def test_serve_stops_politely_and_starts_again(host: Host) -> None:
    host.environment["DORPSBODE_EMBEDDED_WORKER"] = "1"
    serve = host.start("serve")
    host.until_ready()
    serve.send_signal(signal.SIGTERM)
    assert serve.wait(30) == 0
    host.start("serve")
    host.until_ready()
    in_loop(host.telegram, lambda: host.telegram.user(7, "An"))
    in_loop(host.telegram, lambda: host.telegram.user_sends(7, "hallo"))
    wait_for(lambda: bool(bubbles(host.telegram, 7)), 20)


def test_a_server_without_a_schema_says_what_to_do(tmp_path: Path) -> None:
    from tests.bot.databases import new_postgres

    environment = {**os.environ, "DORPSBODE_DATABASE": new_postgres()}
    done = subprocess.run([sys.executable, "-m", "bot.cli", "serve"], env=environment, capture_output=True, text=True,
                          cwd=Path(__file__).parents[3], timeout=60)  # fmt: skip
    assert (done.returncode, done.stderr.strip()) == (
        1, "De database heeft niet het nieuwste schema. Voer eerst uit: dorpsbode migrate",
    )  # fmt: skip


def test_wrong_settings_are_named_with_the_remedy() -> None:
    environment = {**os.environ, "TELEGRAM_TOKEN": "wrong", "DORPSBODE_PORT": "acht"}
    done = subprocess.run([sys.executable, "-m", "bot.cli", "serve"], env=environment, capture_output=True, text=True,
                          cwd=Path(__file__).parents[3], timeout=60)  # fmt: skip
    assert done.returncode == 1
    assert "DORPSBODE_PORT is geen getal" in done.stderr
    assert "TELEGRAM_TOKEN" in done.stderr
    assert "TELEGRAM_SECRET ontbreekt" in done.stderr


def test_an_invitation_is_printed_with_link_code_and_qr(tmp_path: Path) -> None:
    from tests.bot.databases import fresh

    url = fresh("sqlite", tmp_path)
    build(Settings(database=url), channels={}, squares=[REGION, VILLAGE]).close()
    environment = {**os.environ, "DORPSBODE_DATABASE": url, "TELEGRAM_BOT": "voorbeeld_bot", "TWILIO_FROM": "+31850000000"}

    def invite(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "bot.cli", "invite", *words], env=environment, capture_output=True,
                              text=True, cwd=Path(__file__).parents[3], timeout=60)  # fmt: skip

    done = invite("shop:bakker", "--square", "dorp")
    code = done.stdout.split()[1]
    assert f"https://t.me/voorbeeld_bot?start={code}" in done.stdout
    assert f"https://wa.me/31850000000?text={code}" in done.stdout
    assert "█" in done.stdout
    assert invite("shop:slager", "--square", "dorp").returncode == 1
    assert invite("shop:boer", "--square", "dorp", "--no-qr").returncode == 0
    assert invite("koningin", "--square", "dorp").returncode == 2
    assert invite("courier:Sam", "--square", "nergens").returncode == 1
