"""``dorpsbode work``: the worker process: deliveries and the clock. Any number may run; one of them leads the clock."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.commands.common import run_loop, say, share_fairly, until_stopped, with_settings
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.wiring import App

EXAMPLE = "example: DORPSBODE_DATABASE=postgresql://localhost/dorpsbode dorpsbode work"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command: it has none."""
    parser.epilog = EXAMPLE


def run(args: argparse.Namespace) -> int:
    """Work until stopped."""
    return with_settings(work)


def work(settings: Settings) -> int:
    """Work until SIGTERM or SIGINT; calls under way are finished and other processes take over."""
    from bot.wiring import build

    return work_app(build(settings))


def work_app(app: App) -> int:
    """The same for an App that was built already."""
    share_fairly()
    if why := app.cannot_start():
        say(why)
        return 1

    async def working() -> None:
        async with app.worker():
            await until_stopped()

    try:
        run_loop(working())
    finally:
        app.close()
    return 0
