"""One writer at a time on a SQLite file, across processes, first come first served.

SQLite itself lets a process that finds the file locked sleep and try again, ever longer (up to 100 ms): with a web and a
worker process that write all the time, the lock stands idle while both sleep. Waiting for a file lock wakes at once.
It only orders who asks SQLite next; SQLite's own lock stays the safety, and a process that dies lets go of both.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: A thread that waits longer than this for another one of its process asks SQLite itself, which then says what is wrong.
PATIENCE_SECONDS = 10.0


class Turnstile:
    """Two lock files beside the database: ``.next`` is held by who is first in line, ``.writer`` by who writes.

    Two, because the one who just wrote would otherwise be back before those who wait are awake. Where files cannot be
    locked (some network disks) it lets everybody through.
    """

    def __init__(self, database: Path) -> None:
        self._threads = threading.Lock()
        names = [database.with_name(f"{database.name}.{name}") for name in ("next", "writer")]
        self._files = [_opened(name) for name in names]

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Wait for our turn; others wait until the end of this."""
        if not self._threads.acquire(timeout=PATIENCE_SECONDS):
            yield
            return
        first, writing = self._files
        try:
            _lock(first)
            _lock(writing)
            _unlock(first)
            yield
        finally:
            _unlock(writing)
            _unlock(first)
            self._threads.release()

    def close(self) -> None:
        """Let go of the files."""
        files, self._files = self._files, [None, None]
        for file in files:
            if file is not None:
                os.close(file)


def _opened(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None


def _lock(file: int | None) -> None:
    if file is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
        except OSError:
            return


def _unlock(file: int | None) -> None:
    if file is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_UN)
        except OSError:
            return
