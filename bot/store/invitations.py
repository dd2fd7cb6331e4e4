"""One-time codes that make whoever sends them first a shopkeeper, courier or coordinator. Only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from bot.store import tables as t
from bot.store.types import upsert
from orders.ports import SUSPENDED, Invitation, Role

#: No I, O, 0, 1: a code is read aloud and typed. 12 of 32 letters are 60 bits.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
VALID_FOR = timedelta(hours=24)  # OWASP ASVS 5.0 8.2: a role by a short-lived, single-use code
MOST_GUESSES, GUESSING_FOR = 20, timedelta(hours=1)
_PUT_MARK = upsert(t.mark, ["name"], ["name", "at", "value"])
_PUT_ROLE = upsert(
    t.role, ["person", "square", "role", "shop"], ["person", "square", "role", "shop", "name", "rank", "created"], update=""
)


def new_code() -> str:
    """A fresh code of twelve letters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def spell(code: str) -> str:
    """``ABCD-EFGH-JKLM``: how it is shown."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _hash(code: str) -> str:
    return hashlib.sha256(code.replace("-", "").strip().upper().encode()).hexdigest()


def invite(conn: Connection, invitation: Invitation, now: datetime, *, valid_for: timedelta = VALID_FOR, code: str = "") -> str:
    """Make an invitation; returns the code, which is kept nowhere."""
    code = code or new_code()
    conn.execute(
        t.invitation.insert(),
        {"hash": _hash(code), "square": invitation.square, "role": invitation.role, "shop": invitation.shop,
         "name": invitation.name, "expires": now + valid_for},
    )  # fmt: skip
    return code


def may_guess(conn: Connection, person_id: str, now: datetime) -> bool:
    """Whether this person did not try too many codes within the hour. Twelve-letter words look like codes: so many are fine."""
    row = conn.execute(select(t.mark).where(t.mark.c.name == f"guess:{person_id}")).first()
    return row is None or now - row.at > GUESSING_FOR or int(row.value) < MOST_GUESSES


def count_guess(conn: Connection, person_id: str, now: datetime) -> None:
    """One more code that was none."""
    name = f"guess:{person_id}"
    row = conn.execute(select(t.mark).where(t.mark.c.name == name)).first()
    if row is None or now - row.at > GUESSING_FOR:
        at, many = now, 1
    else:
        at, many = row.at, int(row.value) + 1
    conn.execute(_PUT_MARK, {"name": name, "at": at, "value": str(many)})


def redeem(conn: Connection, code: str, person_id: str, now: datetime) -> Role | None:
    """Use a code up. The role it gave, or None when it is unknown, used or too old."""
    at = (t.invitation.c.hash == _hash(code)) & t.invitation.c.used_at.is_(None) & (t.invitation.c.expires > now)
    if conn.execute(update(t.invitation).where(at).values(used_at=now, used_by=person_id)).rowcount != 1:
        return None
    row = conn.execute(select(t.invitation).where(t.invitation.c.hash == _hash(code))).one()
    return grant(conn, Invitation(row.square, row.role, row.shop, row.name), person_id, now)


def grant(conn: Connection, invitation: Invitation, person_id: str, now: datetime) -> Role:
    """Give a role; the first of a shop has rank 0, the second 1, and so on."""
    same = (t.role.c.square == invitation.square) & (t.role.c.role == invitation.role) & (t.role.c.shop == invitation.shop)
    rank = conn.execute(select(func.count()).select_from(t.role).where(same)).scalar_one()
    conn.execute(delete(t.role).where(_suspended(invitation), t.role.c.person == person_id))
    conn.execute(
        _PUT_ROLE,
        {"person": person_id, "square": invitation.square, "role": invitation.role, "shop": invitation.shop,
         "name": invitation.name, "rank": rank, "created": now},
    )  # fmt: skip
    return Role(person_id, invitation.square, invitation.role, invitation.shop, invitation.name, rank)


def _suspended(invitation: Invitation) -> Any:
    """A new invitation ends the doubt about the same role."""
    r = t.role.c
    return (r.square == invitation.square) & (r.role == SUSPENDED + invitation.role) & (r.shop == invitation.shop)
