"""``dorpsbode bench read|search|turns|deliver``: the benchmarks, each a module of its own."""

from __future__ import annotations

import argparse
import importlib

KINDS = {
    "read": ("bot.commands.bench_read", "messages of residents: time and quality"),
    "search": ("bot.commands.bench_search", "the product search beside its peers"),
    "turns": ("bot.commands.bench_turns", "whole turns over HTTP"),
    "deliver": ("bot.commands.bench_deliver", "deliveries to the stand-ins"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Every kind has its own options and ``--json``."""
    parser.epilog = "Voorbeeld: dorpsbode bench read --json"
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    for name, (module, summary) in KINDS.items():
        one = kinds.add_parser(name, help=summary)
        importlib.import_module(module).configure(one)


def run(args: argparse.Namespace) -> int:
    """Run one benchmark."""
    return int(importlib.import_module(KINDS[args.kind][0]).run(args))
