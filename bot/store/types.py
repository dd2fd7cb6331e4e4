"""Column types that mean the same on SQLite and PostgreSQL, and the upsert both understand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Table, TextClause, bindparam, text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)


def to_micros(moment: datetime) -> int:
    """Whole microseconds since 1970, UTC. Raises TypeError for a naive time."""
    return (moment - _EPOCH) // _MICRO


def from_micros(micros: int) -> datetime:
    """The aware UTC time of :func:`to_micros`."""
    return _EPOCH + micros * _MICRO


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept as microseconds since 1970: sorts, compares and survives DST on every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_micros(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else from_micros(value)


def upsert(table: Table, keys: Sequence[str], columns: Sequence[str], update: str | None = None) -> TextClause:
    """``INSERT … ON CONFLICT (keys)`` as both databases spell it, with typed parameters named like the columns.

    ``update`` is the SET clause; None overwrites every non-key column; the empty text keeps what is there.
    """
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(f":{name}" for name in columns)
    if update is None:
        update = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in keys)
    action = f"DO UPDATE SET {update}" if update else "DO NOTHING"
    target = ", ".join(f'"{key}"' for key in keys)
    sql = f'INSERT INTO "{table.name}" ({names}) VALUES ({values}) ON CONFLICT ({target}) {action}'
    return text(sql).bindparams(*(bindparam(name, type_=table.c[name].type) for name in columns))
