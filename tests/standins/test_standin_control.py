"""The control API over HTTP, webhooks to a real server, and how quickly it all starts."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from standin_tools import HTTP, mollie_call, telegram_call
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.standins.agenda import MovableClock
from bot.standins.mollie import Mollie
from bot.standins.server import running, serving, settle
from bot.standins.telegram import Telegram
from bot.standins.twilio import Twilio

PHONE = "+31612345678"


def control(standin: Telegram | Twilio | Mollie, verb: str, path: str, **body: object) -> httpx.Response:
    return HTTP.request(verb, f"{standin.base_url}/standin/{path}", json=body or None)


def test_people_act_over_http(telegram: Telegram) -> None:
    telegram_call(telegram, "getMe")
    assert control(telegram, "POST", "do/user_sends", chat_id=42, text="hoi").json() == {"result": 1}
    assert control(telegram, "POST", "do/user_sends", chat_id=42, voice={"base64": "T2dnUw=="}).json() == {"result": 2}
    state = control(telegram, "GET", "state").json()
    assert [message["kind"] for message in state["chats"][0]["messages"]] == ["text", "voice"]
    assert (state["platform"], state["pending"]) == ("telegram", 2)
    assert control(telegram, "POST", "do/fly").status_code == 404
    assert control(telegram, "POST", "do/user_sends", who=42).status_code == 400
    assert control(telegram, "POST", "do/user_presses", chat_id=42, message_id=1, callback_data="x").status_code == 400
    assert control(telegram, "GET", "calls").json()["calls"][0]["operation"] == "getMe"


def test_faults_violations_and_the_clock_over_http(twilio: Twilio, clock: MovableClock) -> None:
    control(twilio, "POST", "faults", kind="drop_after", on="CreateMessage", skip=2)
    assert control(twilio, "GET", "faults").json()["planned"][0]["skip"] == 2
    assert control(twilio, "POST", "faults", kind="gremlins").status_code == 400
    assert control(twilio, "DELETE", "faults").json() == {"planned": [], "struck": []}
    before = clock()
    control(twilio, "POST", "clock", advance=90)
    assert (clock() - before).total_seconds() == 90
    moved = control(twilio, "POST", "clock", now="2026-12-01T09:00:00+01:00").json()["now"]
    assert moved == "2026-12-01T08:00:00+00:00"
    twilio.violate("sample", "none", "declared here")
    assert [found["rule"] for found in control(twilio, "GET", "violations").json()["violations"]] == ["sample"]
    control(twilio, "DELETE", "violations")
    assert twilio.violations == []


def test_mollie_and_the_phones_over_http(mollie: Mollie, twilio: Twilio) -> None:
    wish = {"amount": {"currency": "EUR", "value": "1.00"}, "description": "a", "redirectUrl": "https://bot.example/b"}
    payment = mollie_call(mollie, "POST", "/payments", wish).json()
    assert control(mollie, "POST", "do/pay", payment_id=payment["id"]).json() == {"result": "paid"}
    assert control(mollie, "POST", "do/pay", payment_id=payment["id"]).status_code == 400
    assert control(mollie, "GET", "state").json()["payments"][0]["status"] == "paid"
    control(twilio, "POST", "do/user_sends", who=PHONE, text="hoi")
    assert control(twilio, "GET", "state").json()["chats"][0]["window_until"] is not None


def test_the_page_may_ask_from_elsewhere(telegram: Telegram) -> None:
    answer = HTTP.options(f"{telegram.base_url}/standin/state")
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, "*")


def test_watchers_hear_which_chat_changed(telegram: Telegram) -> None:
    telegram.user_sends(42, "hoi")
    with HTTP.stream("GET", f"{telegram.base_url}/standin/events") as stream:
        lines = stream.iter_lines()
        first = next(line for line in lines if line.startswith("data:"))
        telegram.user_sends(43, "ook")
        second = next(line for line in lines if line.startswith("data:"))
    assert json.loads(first[5:]) == {"version": 1, "changed": ["42"]}
    assert json.loads(second[5:]) == {"version": 2, "changed": ["43"]}
    assert control(telegram, "GET", "version").json() == {"version": 2}


@contextmanager
def bot_server(heard: list[tuple[str, bytes]], port: int) -> Iterator[None]:
    """A bot that only listens, on a real port, in a thread."""
    import threading

    async def hear(request: Request) -> Response:
        heard.append((request.url.path, await request.body()))
        return Response("ok")

    app = Starlette(routes=[Route("/{path:path}", hear, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield
    server.should_exit = True
    thread.join()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def test_webhooks_reach_a_bot_behind_a_public_address() -> None:
    port = free_port()
    routes = {"https://bot.example": f"http://127.0.0.1:{port}"}
    heard: list[tuple[str, bytes]] = []
    telegram, twilio, mollie = Telegram(routes=routes), Twilio(routes=routes), Mollie(routes=routes)
    with running(telegram, twilio, mollie):
        telegram_call(telegram, "setWebhook", url="https://bot.example/telegram")
        twilio.console("https://bot.example/whatsapp")
        telegram.user_sends(42, "te vroeg")  # nobody listens yet: Telegram tries again by itself
        settle(telegram)
        with bot_server(heard, port):
            twilio.user_sends(PHONE, "hoi")
            payment = mollie.open_payment(
                {"amount": {"currency": "EUR", "value": "1.00"}, "description": "a", "webhookUrl": "https://bot.example/mollie"}
            )
            mollie.pay(payment.id)
            deadline = time.monotonic() + 8
            while len(heard) < 3 and time.monotonic() < deadline:
                time.sleep(0.02)
    assert sorted(path for path, _ in heard) == ["/mollie", "/telegram", "/whatsapp"]


def test_in_the_running_loop_too(clock: MovableClock) -> None:
    telegram, twilio = Telegram(clock=clock), Twilio(clock=clock)

    async def run() -> None:
        async with serving(telegram, twilio), httpx.AsyncClient() as client:
            telegram.user(42)
            url = f"{telegram.base_url}/bot{telegram.token}/sendMessage"
            answer = await client.post(url, data={"chat_id": "42", "text": "a"})
            assert answer.status_code == 200
            await telegram.settle()
            await twilio.settle()

    asyncio.run(run())
    assert [shown["text"] for shown in telegram.screen(42)] == ["a"]


def test_a_taken_port_is_told() -> None:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        sock.listen()
        with pytest.raises(OSError, match="in use"), running(Telegram(), ports=[sock.getsockname()[1]]):
            pytest.fail("the port was taken")


def test_a_process_of_their_own_can_be_driven_from_outside() -> None:
    command = [sys.executable, "-m", "bot.standins", "--allow-local", "--no-rates"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        told = json.loads(process.stdout.readline())
        assert set(told) == {"telegram", "twilio", "mollie"}
        url = told["telegram"]["url"]
        assert HTTP.post(f"{url}/standin/do/user_sends", json={"chat_id": 42, "text": "hoi"}).json() == {"result": 1}
        assert HTTP.get(f"{url}/bot{told['telegram']['token']}/getMe").json()["result"]["is_bot"] is True
        process.stdin.close()
        assert process.wait(timeout=10) == 0


def test_start_up_is_quick_and_needs_no_contracts() -> None:
    code = (
        "import sys, time; start = time.perf_counter()\n"
        "from bot.standins.telegram import Telegram; from bot.standins.twilio import Twilio\n"
        "from bot.standins.mollie import Mollie; from bot.standins.server import running\n"
        "with running(Telegram(), Twilio(), Mollie()):\n"
        "    print(time.perf_counter() - start, 'jsonschema' in sys.modules, 'twilio' in sys.modules)\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PATH": ""}, timeout=60)
    seconds, *imported = out.stdout.split()
    assert imported == ["False", "False"]
    assert float(seconds) < 5
