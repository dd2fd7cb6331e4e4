"""``dorpsbode bench read|search|turns|deliver``: the benchmarks, each a module of its own; only the chosen one is imported."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Sequence
from typing import Any

KINDS = {
    "read": ("bot.commands.bench_read", "messages of residents: time and quality"),
    "search": ("bot.commands.bench_search", "the product search beside its peers"),
    "turns": ("bot.commands.bench_turns", "whole turns over HTTP"),
    "deliver": ("bot.commands.bench_deliver", "deliveries to the stand-ins"),
}


class _Kind(argparse.ArgumentParser):
    """The parser of one benchmark: its module is imported when its name was given, so that a broken one stops no other."""

    module = ""

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]
        module, self.module = self.module, ""
        if module:
            try:
                importlib.import_module(module).configure(self)
            except ModuleNotFoundError as missing:
                self.error(f"this benchmark needs {missing.name}, which is not installed")
        return super().parse_known_args(args, namespace)


def configure(parser: argparse.ArgumentParser) -> None:
    """Every kind has its own options and ``--json``."""
    parser.epilog = "Voorbeeld: dorpsbode bench read --json"
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True, parser_class=_Kind)
    for name, (module, summary) in KINDS.items():
        one = kinds.add_parser(name, help=summary, description=summary, formatter_class=argparse.RawDescriptionHelpFormatter)
        one.module = module


def run(args: argparse.Namespace) -> int:
    """Run one benchmark."""
    return int(importlib.import_module(KINDS[args.kind][0]).run(args))
