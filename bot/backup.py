"""Backups: everything in one file, made while the bot runs, read back into an empty database of either kind.

The file is gzip over lines of JSON: a head (format, schema, moment, columns per table), one row per line, and an end that
counts them, so that a file cut short is refused. It holds addresses and the engine's own secret: keep it safe.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, MetaData, Table, select, text, update

from bot.store import tables as t
from bot.store.database import Database
from bot.store.migrate import migrate, schema_of

FORMAT = 1
#: What was due longer than this before the restore is no news: it was sent from the lost database, or is too late.
STILL_NEWS = timedelta(hours=1)
_NOT_OURS = ("alembic_version",)
_AT_ONCE = 500


class BadBackup(Exception):
    """The file cannot be used, or the database is not empty; the text says why, in Dutch."""


@dataclass(slots=True)
class Made:
    """What a backup or a restore did."""

    schema: str
    made: str = ""
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


# --- out -------------------------------------------------------------------------------------------------------------------


def backup(database: Database, file: Path, now: datetime) -> Made:
    """Write everything as it stands at one moment, while others go on writing. The file appears whole or not at all (0600)."""
    half = file.with_name(f".{file.name}.{os.getpid()}.half")
    try:
        with _private(half) as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
            done = _write(database, packed, now)
            packed.close()
            raw.flush()
            os.fsync(raw.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    return done


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _write(database: Database, out: Any, now: datetime) -> Made:
    with database.read() as conn:
        if not database.is_sqlite:  # SQLite's read transaction sees one moment by itself
            conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        schema = schema_of(conn)
        if schema is None:
            raise BadBackup("Deze database is leeg: er is niets om te bewaren.")
        tables = _tables(conn)
        done = Made(schema, now.isoformat(timespec="seconds"))
        columns = {table.name: [column.name for column in table.c] for table in tables}
        _line(out, {"dorpsbode": FORMAT, "schema": schema, "made": done.made, "tables": columns})
        for table in tables:
            done.rows[table.name] = sum(_line(out, [table.name, list(row)]) for row in _rows(conn, table))
        _line(out, {"end": done.rows})
    return done


def _tables(conn: Connection) -> list[Table]:
    """The tables as this database really has them: the schema of the moment, not of this program."""
    found = MetaData()
    found.reflect(conn)
    return [table for name, table in sorted(found.tables.items()) if name not in _NOT_OURS]


def _rows(conn: Connection, table: Table) -> Iterator[Any]:
    yield from conn.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*table.primary_key.columns))


def _line(out: Any, content: Any) -> int:
    out.write(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return 1


# --- in ---------------------------------------------------------------------------------------------------------------------


def restore(database: Database, file: Path, now: datetime) -> Made:
    """Read a backup into an empty database, all or nothing, and bring it to the newest schema.

    Raises BadBackup when there is anything in the database, or the file is not whole.
    """
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            head = _head(next(lines, ""))
            _prepare(database, head["schema"])
            with database.write() as conn:
                done = _read(conn, head, lines)
                if now - datetime.fromisoformat(head["made"]) > STILL_NEWS:
                    _let_old_news_rest(conn, now)
    except (OSError, EOFError, UnicodeDecodeError) as wrong:
        raise BadBackup(f"Dit bestand is niet te lezen ({wrong}).") from wrong
    migrate(database)
    return done


def _head(line: str) -> dict[str, Any]:
    try:
        head = json.loads(line)
    except json.JSONDecodeError as wrong:
        raise BadBackup("Dit is geen reservekopie van Dorpsbode.") from wrong
    if not isinstance(head, dict) or head.get("dorpsbode") != FORMAT:
        raise BadBackup("Dit is geen reservekopie die deze versie kan lezen.")
    return head


def _prepare(database: Database, schema: str) -> None:
    """The database at the backup's own schema, and nothing in it."""
    with database.read() as conn:
        stands = schema_of(conn)
    if stands is None:
        migrate(database, schema)
    elif stands != schema:
        raise BadBackup(f"De database staat op schema {stands}, de kopie op {schema}. Geef een lege, nieuwe database.")
    with database.read() as conn:
        full = [table.name for table in _tables(conn) if conn.execute(select(table).limit(1)).first() is not None]
    if full:
        raise BadBackup(f"De database is niet leeg (er staat iets in {', '.join(full[:3])}). Er is niets veranderd.")


def _read(conn: Connection, head: dict[str, Any], lines: Any) -> Made:
    tables = {table.name: table for table in _tables(conn)}
    done = Made(head["schema"], head["made"], dict.fromkeys(head["tables"], 0))
    waiting: list[dict[str, Any]] = []
    name = ""
    for line in lines:
        one = json.loads(line)
        if isinstance(one, dict):
            _put(conn, tables.get(name), waiting)
            if one.get("end") != done.rows:
                raise BadBackup("Dit bestand is niet heel: het aantal regels klopt niet.")
            _continue_numbering(conn, tables)
            return done
        if one[0] != name or len(waiting) >= _AT_ONCE:
            _put(conn, tables.get(name), waiting)
            name, waiting = one[0], []
        waiting.append(dict(zip(head["tables"][name], one[1], strict=True)))
        done.rows[name] += 1
    raise BadBackup("Dit bestand is niet heel: het einde ontbreekt.")


def _put(conn: Connection, table: Table | None, rows: list[dict[str, Any]]) -> None:
    if rows and table is not None:
        conn.execute(table.insert(), rows)


def _continue_numbering(conn: Connection, tables: dict[str, Table]) -> None:
    """PostgreSQL counts ids beside the table: go on after the highest."""
    if conn.dialect.name != "postgresql":
        return
    for name in ("inbound", "outbound"):
        if name in tables:
            highest = f"(SELECT COALESCE(MAX(id), 0) + 1 FROM {name})"
            conn.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {highest}, false)"))


def _let_old_news_rest(conn: Connection, now: datetime) -> None:
    """Bubbles that waited when the copy was made were most likely sent since: what is older than an hour is not sent again.

    From a copy of just now everything leaves: nobody else can have sent it, as when a village moves to another database.
    """
    o = t.outbound.c
    old = o.state.in_(("queued", "sending")) & (o.due < now - STILL_NEWS)
    conn.execute(
        update(t.outbound)
        .where(old)
        .values(state="dropped", owner="", lease_until=None, error="teruggezet uit een reservekopie")
    )
