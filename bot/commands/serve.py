"""``dorpsbode serve``: the web process. With SQLite it carries the worker too; with PostgreSQL run ``work`` beside it."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.commands.common import say, share_fairly, with_settings
from bot.settings import Settings, variable

if TYPE_CHECKING:
    import uvicorn

    from bot.wiring import App

EXAMPLE = "example: DORPSBODE_PUBLIC_URL=https://plein.voorbeeld.nl dorpsbode serve --port 8000"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("--host", help=f"address to listen on (default: {variable('host')})")
    parser.add_argument("--port", type=int, help=f"port to listen on (default: {variable('port')})")


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    return with_settings(lambda settings: serve(settings, args.host or settings.host, args.port or settings.port))


def serve(settings: Settings, host: str, port: int) -> int:
    """Serve on this address; returns when SIGTERM or SIGINT came and what was under way is done."""
    from bot.wiring import build

    return serve_app(build(settings), host, port)


def serve_app(app: App, host: str, port: int) -> int:
    """The same for an App that was built already."""
    import uvicorn

    share_fairly()
    if why := app.cannot_start():
        say(why)
        return 1
    server = uvicorn.Server(configured(app, host, port))
    server.capture_signals = lambda: _until_told(server)  # type: ignore[method-assign]
    try:
        server.run()
    finally:
        app.close()
    return 0


def configured(app: App, host: str, port: int) -> uvicorn.Config:
    """How the app is served. No line of a log per request or per bad one: strangers would write it."""
    import uvicorn

    from bot.http import Bounded

    return uvicorn.Config(
        app.asgi, host, port, http=Bounded, ws="none", log_config=None, log_level="error", access_log=False,
        server_header=False, timeout_keep_alive=75, timeout_graceful_shutdown=20, proxy_headers=False, lifespan="on",
    )  # fmt: skip


@contextmanager
def _until_told(server: uvicorn.Server) -> Iterator[None]:
    """Stop politely on a signal. uvicorn's own way raises it once more at the end, before we let go of our locks."""
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, server.handle_exit)
    yield
