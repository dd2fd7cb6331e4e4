"""Keeping what is on the phones between two runs of the demo, so that chats go on where they were, beside the database.

The file is a pickle of the stand-ins' own state, read back with nothing but their own classes and plain data allowed.
"""

from __future__ import annotations

import io
import os
import pickle
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.standins.mollie import Mollie
from bot.standins.telegram import Telegram
from bot.standins.twilio import Twilio

#: Numbers go on this far beyond what was kept: a crash may have lost the last ones, and one used twice looks like a redelivery.
_GAP = 10_000
_SAFE = {
    "builtins": {"set", "frozenset", "bytearray"},
    "datetime": {"datetime", "timedelta", "timezone", "date"},
    "random": {"Random"},
    "collections": {"OrderedDict", "deque"},
}


def save(file: Path, telegram: Telegram, twilio: Twilio, mollie: Mollie, now: datetime) -> None:
    """Write the state beside what is there, then put it in its place, readable by its owner only."""
    state = {
        "now": now,
        "telegram": {
            "chats": telegram.chats,
            "files": telegram.files,
            "serial": telegram._serial,
            "number": telegram.updates._number,
        },
        "twilio": {"phones": twilio.phones, "messages": twilio.messages, "contents": twilio.contents, "serial": twilio._serial},
        "mollie": {"payments": mollie.payments, "dice": mollie._dice},
    }
    fresh = file.with_suffix(".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        pickle.dump(state, out)
    fresh.replace(file)


def load(file: Path, telegram: Telegram, twilio: Twilio, mollie: Mollie) -> datetime:
    """Put the state back; returns the moment at which it was kept. Raises OSError, pickle.UnpicklingError, KeyError."""
    state = _Careful(io.BytesIO(file.read_bytes())).load()
    chats, phones = state["telegram"], state["twilio"]
    telegram.chats, telegram.files, telegram._serial = chats["chats"], chats["files"], chats["serial"] + _GAP
    telegram.updates._number = chats["number"] + _GAP
    twilio.phones, twilio.messages, twilio.contents = phones["phones"], phones["messages"], phones["contents"]
    twilio._serial = phones["serial"] + _GAP
    mollie.payments, mollie._dice = state["mollie"]["payments"], state["mollie"]["dice"]
    for payment in mollie.payments.values():
        mollie.agenda.at(payment.expires, lambda payment=payment: mollie._expire(payment))  # type: ignore[misc]
    now: datetime = state["now"]
    return now


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module.startswith("bot.standins.") and "." not in name) or name in _SAFE.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place here")
