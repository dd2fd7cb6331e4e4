"""What the commands of a process share: settings that are right, logs, and stopping politely."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from bot import logs
from bot.settings import Settings, SettingsError, read_settings


def say(text: str) -> None:
    """A message for a person, on standard error."""
    print(text, file=sys.stderr)


def with_settings(do: Callable[[Settings], int]) -> int:
    """Run with the settings of the environment; exit status 1 when these or the database are not right."""
    try:
        settings = read_settings()
        logs.set_up(settings.secrets, json=settings.log_format == "json")
        return do(settings)
    except SettingsError as wrong:
        say(str(wrong))
    except ArgumentError:
        say("DORPSBODE_DATABASE is geen database: schrijf bijvoorbeeld sqlite:///dorpsbode.db of postgresql://…")
    except DBAPIError as wrong:
        why = str(wrong.orig).strip().splitlines()[0][:200]
        if "no such table" in why or ("relation" in why and "does not exist" in why):
            say("De database is nog leeg. Voer eerst uit: dorpsbode migrate. Of klopt DORPSBODE_DATABASE niet?")
        elif isinstance(wrong, OperationalError):
            say(f"De database is niet te bereiken ({why}). Draait hij, en klopt het adres?")
        else:
            raise
    return 1


def share_fairly() -> None:
    """Let the event loop have its turn beside a busy writer thread.

    Each time the loop comes back from a socket it waits for the interpreter as long as this interval, 5 ms unless told
    otherwise: with a writer that always has work that made 200 events a second, and requests piled up unread.
    The collector of garbage need not look again and again at what was imported: that stood everything still for 50 ms.
    """
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()


def run_loop(working: Coroutine[Any, Any, None]) -> None:
    """asyncio.run, on uvloop where that is installed: uvicorn does the same."""
    make: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop
    with suppress(ImportError):
        from uvloop import new_event_loop as make
    with asyncio.Runner(loop_factory=make) as runner:
        runner.run(working)


async def until_stopped() -> None:
    """Wait for SIGTERM or SIGINT."""
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stopped.set)
    await stopped.wait()
