"""``dorpsbode bench deliver``: rows of the outbox through ``dorpsbode work`` and the real clients to the stand-ins."""

from __future__ import annotations

import argparse
import json
import os
import time
from typing import Any

from bot.bench.engine import Village
from bot.bench.engine_books import Books
from bot.bench.load_messages import Person, people

#: A reply as the bot writes it: some lines, no buttons.
_BODY = "Bakkerij de Molen:\n1. 4 x Krentenbollen: € 3,80\nTotaal € 3,80 (incl. btw)\nKlopt er iets niet? Typ het."
_PEOPLE = 400
_CHANNELS = {"telegram": 0.0, "whatsapp": 1.0}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this benchmark."""
    parser.epilog = "example: dorpsbode bench deliver --json"
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--database", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument("--channel", nargs="+", choices=tuple(_CHANNELS), default=list(_CHANNELS))
    parser.add_argument("--messages", type=int, default=3_000, metavar="N", help="bubbles per measurement (3000)")


def run(args: argparse.Namespace) -> int:
    """Print figures. Exit status 1 when not every bubble arrived."""
    figures: dict[str, Any] = {"cores": os.cpu_count(), "load_before": os.getloadavg()[0]}
    for kind in args.database:
        figures[kind] = {}
        for channel in args.channel:
            figures[kind][channel] = deliver(kind, channel, args.messages)
            if not args.json:
                print(kind, channel, json.dumps(figures[kind][channel]), flush=True)
    if args.json:
        print(json.dumps(figures))
    return 0 if all(one["sent"] == args.messages for kind in args.database for one in figures[kind].values()) else 1


def deliver(kind: str, channel: str, messages: int) -> dict[str, Any]:
    """So many bubbles for some hundreds of people, from the moment they stand in the outbox until the last was accepted."""
    persons = people(min(_PEOPLE, messages), _CHANNELS[channel])
    with Village(kind, serve=1, work=1) as village:
        books = Books(village.url)
        try:
            _introduce(village, books, persons)
            return _measured(village, books, [persons[n % len(persons)].id for n in range(messages)], channel)
        finally:
            books.close()


def _introduce(village: Village, books: Books, persons: list[Person]) -> None:
    """The stand-ins know everybody; on Telegram nobody wrote, on WhatsApp everybody did, which opens their windows."""
    village.welcome(persons)
    if persons[0].channel == "telegram":
        books.know("telegram", [one.id for one in persons])
    books.drained(60, len(persons) if persons[0].channel == "whatsapp" else 0)


def _measured(village: Village, books: Books, addresses: list[str], channel: str) -> dict[str, Any]:
    sent, cpu, standins = books.states().get("sent", 0), village.cpu("work"), village.standin_process.cpu
    books.queue(channel, addresses, _BODY)
    began = time.perf_counter()
    books.drained(120)
    took, many = time.perf_counter() - began, len(addresses)
    return {
        "sent": books.states().get("sent", 0) - sent, "messages_per_second": round(many / took),
        "cpu_ms_per_send": round(1000 * (village.cpu("work") - cpu) / many, 3),
        "standin_cpu_ms_per_send": round(1000 * (village.standin_process.cpu - standins) / many, 3),
    }  # fmt: skip
