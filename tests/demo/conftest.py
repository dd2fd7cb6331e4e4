"""A demo that runs in a thread of its own, reached over HTTP as a browser would."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.demo.check import MONDAY
from bot.demo.site import Site
from bot.squares import load_square
from bot.standins.server import serving


class Demo:
    """One running demo. ``url`` is its page."""

    def __init__(self, folder: Path, square: str = "bunnik", begin: datetime | None = MONDAY) -> None:
        self.site = Site(load_square(square), folder)
        self._begin, self._up, self._stop = begin, threading.Event(), threading.Event()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._main, daemon=True)

    def __enter__(self) -> Demo:
        self._thread.start()
        assert self._up.wait(30), "the demo did not come up"
        if self._error:
            raise self._error
        self.http = httpx.Client(base_url=self.url, timeout=20)
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()
        self.stop()

    def stop(self) -> None:
        """End it and wait until it has ended."""
        self._stop.set()
        self._thread.join(20)
        assert not self._thread.is_alive(), "the demo did not end"

    def _main(self) -> None:
        try:
            asyncio.run(self._hold())
        except BaseException as error:
            self._error = error
        finally:
            self._up.set()

    async def _hold(self) -> None:
        async with serving(self.site):
            await self.site.open(self._begin)
            self._up.set()
            while not self._stop.is_set():
                await asyncio.sleep(0.02)
            await self.site.close()

    @property
    def url(self) -> str:
        return self.site.base_url

    def state(self) -> dict[str, Any]:
        return dict(self.http.get("/demo/state").raise_for_status().json())

    def do(self, deed: str, **wish: Any) -> None:
        self.http.post(f"/demo/{deed}", json=wish).raise_for_status()

    def says(self, person: str, text: str) -> str:
        """Somebody types; the newest message on that phone afterwards."""
        self.do("send", person=person, kind="text", text=text)
        return str(self.screen(person)[-1]["text"])

    def screen(self, person: str, channel: str | None = None) -> list[dict[str, Any]]:
        someone = self.state()["people"][person]
        return list(someone["chats"][channel or someone["channel"]]["messages"])


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    with Demo(tmp_path / "demo") as running:
        yield running


@pytest.fixture(scope="module")
def calm_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for all tests that change nothing in it."""
    with Demo(tmp_path_factory.mktemp("demo")) as running:
        yield running
