"""``dorpsbode demo``: everything on this machine with nothing set up, and phones in the browser."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys
from pathlib import Path

from bot import logs
from bot.squares import example_names, load_square
from catalog.folder import FolderError
from catalog.square import Square

EXAMPLE = """example:
  dorpsbode demo
  dorpsbode demo --square voorbeeld --fresh
  dorpsbode demo --check
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("--port", type=int, default=8080, help="port of the page (default 8080; 0 = a free one)")
    parser.add_argument("--square", default="bunnik", metavar="FOLDER_OR_SLUG", help="a square's folder, or an example by name")
    parser.add_argument("--fresh", action="store_true", help="forget the chats and orders of last time")
    parser.add_argument("--check", action="store_true", help="play one whole order through everything and stop")
    parser.add_argument("--folder", type=Path, default=None, help="where to keep the data")


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C. With ``--check``: 0 when the order arrived, 1 when a step failed. 2 when it cannot start."""
    try:
        square = load_square(args.square)
    except (FolderError, OSError) as problem:
        print(problem, file=sys.stderr)
        print(f"Voorbeelden: {', '.join(example_names())}", file=sys.stderr)
        return 2
    logs.set_up(level=logging.WARNING)
    if args.check:
        from bot.demo.check import check

        return asyncio.run(check(square))
    return asyncio.run(_serve(square, args))


async def _serve(square: Square, args: argparse.Namespace) -> int:
    from bot.demo.site import Site
    from bot.demo.stage import OldPhones, forget
    from bot.standins.server import serving

    folder = args.folder or data_folder(square.slug)
    if args.fresh:
        forget(folder)
    site = Site(square, folder)
    try:
        async with serving(site, ports=[args.port]):
            try:
                await site.open()
                ready = f"De demo staat klaar: open {site.base_url}/ in uw browser. Stoppen: Ctrl-C."
                print(ready, file=sys.stderr, flush=True)
                await _until_stopped()
            finally:
                await site.close()
    except OldPhones as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except OSError as wrong:
        print(f"Poort {args.port} lukt niet ({wrong.strerror}). Kies een andere met --port.", file=sys.stderr)
        return 2
    return 0


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()


def data_folder(slug: str) -> Path:
    """``var/demo-<square>`` in a checkout, else the user's data folder (XDG Base Directory Specification)."""
    if (Path.cwd() / "pyproject.toml").is_file():
        return Path.cwd() / "var" / f"demo-{slug}"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "dorpsbode" / f"demo-{slug}"
