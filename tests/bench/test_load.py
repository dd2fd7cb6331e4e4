"""The load generator and the benchmarks run and count right; no test here says anything about time."""

from __future__ import annotations

import asyncio
import json
from itertools import islice
from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator

from bot.bench.load import Load, percentile
from bot.bench.load_messages import ORDERING, Person, Platforms, Shot, people
from bot.channels import telegram_updates
from bot.cli import main
from bot.clock import Clock

PLATFORMS = Platforms(
    "http://127.0.0.1:1/telegram/x", "sample", "http://127.0.0.1:1/whatsapp", "AC1", "sample-token", "whatsapp:+31"
)


def body_of(shot: Shot) -> str:
    return shot.request.partition(b"\r\n\r\n")[2].decode()


def test_a_telegram_shot_is_an_update() -> None:
    shot = PLATFORMS.shot(Person("telegram", "12"), "2 melk")
    (inbound,) = telegram_updates.parse(body_of(shot).encode(), Clock().now())
    assert (inbound.event_id, inbound.sender.id, inbound.text) == (shot.event, "12", "2 melk")


def test_a_twilio_shot_is_signed_as_twilio_signs() -> None:
    shot = PLATFORMS.shot(Person("whatsapp", "+31610000000"), "café & brood")
    head = shot.request.decode().partition("\r\n\r\n")[0]
    signature = next(line.partition(": ")[2] for line in head.splitlines() if line.startswith("X-Twilio-Signature"))
    form = dict(parse_qsl(body_of(shot), keep_blank_values=True))
    assert form["Body"] == "café & brood"
    assert RequestValidator("sample-token").validate(PLATFORMS.whatsapp_url, form, signature)


def test_lanes_share_people_out_and_keep_everybodys_lines_in_order() -> None:
    persons = people(6, 0.5)
    assert [one.channel for one in persons].count("whatsapp") == 3
    lanes = PLATFORMS.lanes(persons, ORDERING, 4)
    heard: dict[str, list[str]] = {}
    for lane in lanes:
        for shot in islice(lane, 6):
            text = body_of(shot)
            update = json.loads(text)["message"] if text.startswith("{") else dict(parse_qsl(text))
            who = str(update["chat"]["id"]) if "chat" in update else update["From"]
            heard.setdefault(who, []).append(update.get("text") or update.get("Body"))
    assert len(heard) == 6
    assert all(tuple(lines) == ORDERING[: len(lines)] for lines in heard.values())


async def _serve(status: int) -> tuple[asyncio.Server, str]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next(int(line.split(b":")[1]) for line in head.splitlines() if line.startswith(b"Content-Length"))
            await reader.readexactly(length)
            writer.write(b"HTTP/1.1 %d OK\r\ncontent-length: 2\r\n\r\nok" % status)

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize("status", [200, 503])
def test_every_request_is_counted_with_its_answer(status: int) -> None:
    async def play() -> None:
        server, url = await _serve(status)
        load = Load([url])
        closed = await load.closed(PLATFORMS.lanes(people(4, 0), ("hallo",), 2), 10)
        opened = await load.opened(PLATFORMS.talks(people(4, 0), ("hallo",)), 200, 0.1)
        load.close()
        server.close()
        assert closed.statuses == {status: 10}
        assert opened.statuses == {status: 20}
        assert len(opened.accepted) == (20 if status == 200 else 0)

    asyncio.run(play())


def test_nobody_listening_is_counted_too() -> None:
    tally = asyncio.run(Load(["http://127.0.0.1:1"]).opened(PLATFORMS.talks(people(1, 0), ("hallo",)), 100, 0.03))
    assert tally.statuses == {0: 3}


def test_a_load_never_leaves_this_machine() -> None:
    with pytest.raises(ValueError, match=r"127\.0\.0\.1"):
        Load(["https://plein.voorbeeld.nl"])


def test_percentiles_are_milliseconds() -> None:
    assert percentile([n / 1000 for n in range(1, 101)], 0.99) == 100.0
    assert percentile([], 0.99) == 0.0


def test_an_unknown_benchmark_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["bench", "nothing"])
    assert stopped.value.code == 2
    assert "turns" in capsys.readouterr().err
