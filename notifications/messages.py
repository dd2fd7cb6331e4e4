"""What comes in and what goes out, in words no platform owns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["text", "choice", "start", "voice", "image", "location", "contact", "sticker", "file", "edited", "other"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be reached. ``id`` is opaque: a chat id, a phone number, or a WhatsApp username id; never parse it."""

    channel: str
    id: str


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message from a person. ``event_id`` is unique within its channel: redelivery is recognised by it.

    ``choice`` is the opaque token of a tapped button. ``aliases`` are other addresses the platform says are the same person.
    ``answer_to`` is the platform's id of the message whose button was tapped; ``callback_id`` must be answered on Telegram.
    ``late``: fetched afterwards, without its button; the person may have gone on talking since.
    """

    event_id: str
    sender: Address
    at: datetime
    kind: Kind = "text"
    text: str = ""
    choice: str | None = None
    name: str = ""
    aliases: tuple[Address, ...] = ()
    answer_to: str | None = None
    callback_id: str | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What a platform later says of a message it accepted. ``key`` is our outbox key when it came back with the report."""

    provider_id: str
    status: Literal["queued", "sent", "delivered", "read", "undelivered", "failed"]
    at: datetime
    key: str | None = None
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A tappable answer. ``value`` is what the step gets to hear; ``label`` (≤ 20 characters) is shown and may be typed.

    ``hint`` is a second line where the channel has room (list rows, 72 characters). ``url`` makes it a link button.
    """

    label: str
    value: str = ""
    hint: str = ""
    url: str = ""


#: Kinds of message, and the approved WhatsApp template that carries each outside the 24-hour window ("" = hold it back).
Topic = Literal[
    "reply",            # an answer in a talk: never outside the window
    "order_accepted", "order_changed", "order_on_the_way", "order_delivered", "payment",
    "shop_alert", "shop_change", "courier_offer", "courier_change", "coordinator",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outbound:
    """One bubble for one person. ``key`` is unique for ever: the same key is never queued twice.

    ``slot``: a later message with the same slot may replace it by an edit where the channel can. ``if_unknown``: what to do
    when the answer of the platform got lost and it cannot be asked: ``resend`` (order, alert, round) or ``drop`` (talk).
    ``quiet``: may wait until quiet hours are over. ``order_id`` is set when it concerns an order.
    ``ask_id`` names the question of a talk; a button carries ``<ask_id>.<place>``. Notices get one when they are queued.
    """

    key: str
    person: str
    body: str
    choices: tuple[Choice, ...] = ()
    topic: Topic = "reply"
    slot: str = ""
    if_unknown: Literal["resend", "drop"] = "drop"
    quiet: bool = False
    order_id: str = ""
    ask_id: str = ""
