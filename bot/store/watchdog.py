"""Ends a job that never ends: one message that makes our code loop must not silence a village.

A thread watches how much CPU time the writer spends on one job, so that waiting for the database or a sleeping machine does not
count, and raises :class:`TookTooLong` inside it. Works for Python code; a single C call (a regular expression) ends by itself.
"""

from __future__ import annotations

import ctypes
import threading
import time

#: A turn takes milliseconds; this is far beyond what any message needs.
LIMIT_SECONDS = 2.0
_LOOK_EVERY = 0.1


class TookTooLong(Exception):
    """A job used more CPU time than any job should."""


class Watchdog:
    """Watches one thread. ``begin`` and ``end`` are called by it around each job; cheap enough for thousands per second."""

    def __init__(self, limit: float = LIMIT_SECONDS) -> None:
        self.limit = limit
        self._lock = threading.Lock()
        self._job = 0
        self._busy = False
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, thread: threading.Thread) -> None:
        """Start watching this running thread."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._watch, args=(thread,), name="watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def begin(self) -> None:
        """A job begins."""
        with self._lock:
            self._job += 1
            self._busy = True

    def end(self) -> None:
        """The job ended: from here on nothing is raised for it any more."""
        with self._lock:
            self._busy = False

    def _watch(self, thread: threading.Thread) -> None:
        assert thread.ident is not None
        clock = time.pthread_getcpuclockid(thread.ident)
        seen, since = -1, 0.0
        while not self._stopping.wait(_LOOK_EVERY) and thread.is_alive():
            try:
                used = time.clock_gettime(clock)
            except OSError:  # it ended just now, and its clock with it
                return
            with self._lock:
                if self._job != seen or not self._busy:
                    seen, since = self._job, used
                elif used - since > self.limit:
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(TookTooLong))
                    seen, since = -1, used
