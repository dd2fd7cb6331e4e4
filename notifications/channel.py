"""What a channel can carry, and the four ways a delivery ends. Implementations live in bot/channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one channel, in characters (code points) and counts. ``window_hours`` None = none; prices in euro cents."""

    text: int
    text_with_choices: int
    buttons: int  # quick replies in one bubble
    rows: int  # rows of a list; 0 = no lists
    label: int
    row_label: int
    hint: int
    can_edit: bool = False
    window_hours: int | None = None
    bubble_cents: float = 0.0


#: Sources: https://core.telegram.org/bots/api (4096 characters, 100 buttons), https://www.twilio.com/docs/content/twilio-quick-reply
#: (3 buttons of 20), https://www.twilio.com/docs/content/twiliolist-picker (10 rows of 24 with 72), errors 21617 and 63021.
TELEGRAM = Limits(4096, 4096, 100, 0, 64, 0, 0, can_edit=True)
WHATSAPP = Limits(1600, 1024, 3, 10, 20, 24, 72, window_hours=24, bubble_cents=5.0)
TERMINAL = Limits(100_000, 100_000, 100, 0, 80, 0, 0)


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform accepted it under this id."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Permanent. ``gone``: this person cannot be reached here any more (blocked, opted out)."""

    code: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Later:
    """Not executed, may be tried again after ``seconds`` (0 = our own back-off)."""

    seconds: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The answer got lost: it may or may not have been sent."""

    why: str


Outcome = Sent | Refused | Later | Unknown
OutcomeName = Literal["sent", "refused", "later", "unknown"]
