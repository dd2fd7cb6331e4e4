"""The WhatsApp content templates: what they say, and where they stand at Twilio.

Two kinds. *In a talk* (within 24 hours of the person's last message) buttons and lists need a template too, but no
approval: everything in them is a variable, and only the number of buttons or rows is fixed, so there is one for each
number. *Outside the window* only a template approved by WhatsApp may leave: one for each Topic, plus one for each fixed
set of buttons. Their bodies neither begin nor end with a variable and hold one sentence around the notice.

Sources: https://www.twilio.com/docs/content/twilio-quick-reply, https://www.twilio.com/docs/content/twiliolist-picker,
https://www.twilio.com/docs/content/twilio-call-to-action, https://www.twilio.com/docs/api/errors/63016
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
#: A rendered template over this is refused (63021); a call-to-action body over 640.
RENDERED_MAX = 1024
LINK_BODY_MAX = 640
LIST_BUTTON = "Maak een keuze"
PAY_LABEL = "Betalen"
_ORDER_SAMPLE = "Bestelling 12 voor vrijdag 27 november. 1. 250 gram jong belegen kaas"
_RIDE_SAMPLE = "De rit op vrijdag 27 november begint om 14.00 uur, met 5 adressen."


@dataclass(frozen=True)
class Template:
    """One content template. ``kind`` is Twilio's content type, ``fields`` its fields, ``samples`` a value per variable.

    ``topic`` names the kind of notice that it may carry outside the window; "" = only in a talk, never submitted.
    """

    name: str
    kind: str
    fields: Any
    samples: dict[str, str]
    topic: str = ""

    @cached_property
    def friendly_name(self) -> str:
        """Its name at Twilio. It changes with the content, so that an older version is never used by mistake."""
        digest = sha256(json.dumps([self.kind, self.fields], sort_keys=True).encode()).hexdigest()
        return f"dorpsbode_{self.name}_{digest[:8]}"

    @property
    def room(self) -> int:
        """How many characters variable 1 may have, outside the window."""
        fixed = len(_VARIABLE.sub("", self.fields["body"]))
        return (LINK_BODY_MAX if self.kind == "twilio/call-to-action" else RENDERED_MAX) - fixed

    def body(self, values: dict[str, str]) -> str:
        """The text that a person reads."""
        return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), self.fields["body"])


def quick_reply(buttons: int) -> Template:
    """``qr1`` … ``qr3``: variable 1 is the body, then title and id of each button."""
    actions = [{"type": "QUICK_REPLY", "title": _slot(2 * n), "id": _slot(2 * n + 1)} for n in range(1, buttons + 1)]
    return _in_talk(f"qr{buttons}", "twilio/quick-reply", {"body": _slot(1), "actions": actions}, 1 + 2 * buttons)


def list_picker(rows: int, *, hints: bool) -> Template:
    """``list1`` … ``list10`` with a second line per row, ``rows1`` … ``rows10`` without: no variable may be empty (21656)."""
    step = 3 if hints else 2
    items = []
    for n in range(rows):
        item = {"item": _slot(2 + n * step), "id": _slot(3 + n * step)}
        items.append({**item, "description": _slot(4 + n * step)} if hints else item)
    fields = {"body": _slot(1), "button": LIST_BUTTON, "items": items}
    return _in_talk(f"{'list' if hints else 'rows'}{rows}", "twilio/list-picker", fields, 1 + rows * step)


def link(public_url: str) -> Template:
    """``link1``: a body (1) with one button, its title (2) and the last part of our own address (3)."""
    action = {"type": "URL", "title": _slot(2), "url": f"{public_url}/{_slot(3)}"}
    return _in_talk("link1", "twilio/call-to-action", {"body": _slot(1), "actions": [action]}, 3)


def in_talk(public_url: str) -> list[Template]:
    """Every template for within the window."""
    lists = [list_picker(rows, hints=hints) for hints in (True, False) for rows in range(1, 11)]
    return [*(quick_reply(buttons) for buttons in (1, 2, 3)), *lists, link(public_url)]


#: What an approved template says before and after the notice: at B1, with u, and true of every notice of its topic.
_AROUND: dict[str, tuple[str, str]] = {
    "order_accepted": ("Bericht over uw bestelling op het plein.", "Hebt u een vraag? Antwoord dan op dit bericht."),
    "order_changed": ("Er verandert iets aan uw bestelling.", "U kunt op dit bericht antwoorden."),
    "order_on_the_way": ("Bericht over de bezorging.", "Hebt u een vraag? Antwoord dan op dit bericht."),
    "order_delivered": ("Bericht over uw bezorgde bestelling.", "Klopt er iets niet? Antwoord dan op dit bericht."),
    "payment": ("Bericht over de betaling van uw bestelling.", "Hebt u een vraag? Antwoord dan op dit bericht."),
    "shop_alert": ("Bericht voor uw winkel over een bestelling.", "Wij wachten op uw antwoord."),
    "shop_change": ("Bericht voor uw winkel: er verandert iets.", "U kunt op dit bericht antwoorden."),
    "courier_offer": ("Bericht over een rit.", "Wij horen graag of u kunt rijden."),
    "courier_change": ("Bericht over uw rit.", "U kunt op dit bericht antwoorden."),
    "coordinator": ("Bericht voor de coördinator van het plein.", "U kunt op dit bericht antwoorden."),
}
#: Fixed sets of buttons of notices: titles in an approved template cannot be variables, their ids can.
_BUTTONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "shop_alert": (("OK", "Iets is op", "Staat klaar"), ("Alles OK",)),
    "shop_change": (("OK", "Iets is op", "Staat klaar"),),
    "courier_offer": (("Ja", "Nee"),),
    "courier_change": (("Start",),),
}
_PAYABLE = ("order_accepted", "payment")


def notice(topic: str, labels: tuple[str, ...] = ()) -> Template | None:
    """The template that carries a notice outside the window, with exactly these buttons; None when there is none."""
    if topic not in _AROUND or (labels and labels not in _BUTTONS.get(topic, ())):
        return None
    before, after = _AROUND[topic]
    body = f"{before}\n{_slot(1)}\n{after}"
    if not labels:
        return Template(topic, "twilio/text", {"body": body}, {"1": _sample(topic)}, topic)
    actions = [{"type": "QUICK_REPLY", "title": label, "id": _slot(n)} for n, label in enumerate(labels, 2)]
    samples = {"1": _sample(topic)} | {str(n): f"vraag7.{n - 2}" for n in range(2, len(labels) + 2)}
    name = f"{topic}_{_plain_name(labels)}"
    return Template(name, "twilio/quick-reply", {"body": body, "actions": actions}, samples, topic)


def pay_notice(topic: str, public_url: str) -> Template | None:
    """The template with a pay button to our own address (variable 2 is its last part); None for other topics."""
    if topic not in _PAYABLE:
        return None
    before, after = _AROUND[topic]
    action = {"type": "URL", "title": PAY_LABEL, "url": f"{public_url}/{_slot(2)}"}
    fields = {"body": f"{before}\n{_slot(1)}\n{after}", "actions": [action]}
    return Template(f"{topic}_betalen", "twilio/call-to-action", fields, {"1": _sample(topic), "2": "b/voorbeeld"}, topic)


def notices(public_url: str) -> list[Template]:
    """Every template that must be approved."""
    plain = [notice(topic) for topic in _AROUND]
    tapped = [notice(topic, labels) for topic, sets in _BUTTONS.items() for labels in sets]
    paid = [pay_notice(topic, public_url) for topic in _PAYABLE]
    return [template for template in (*plain, *tapped, *paid) if template]


def everything(public_url: str) -> list[Template]:
    """All templates that this bot uses. ``public_url``: our own address, without a slash at the end."""
    return [*in_talk(public_url), *notices(public_url)]


def _slot(number: int) -> str:
    return f"{{{{{number}}}}}"


def _sample(topic: str) -> str:
    """What the people at WhatsApp who approve the template get to see in it."""
    return _RIDE_SAMPLE if topic.startswith("courier") else _ORDER_SAMPLE


def _in_talk(name: str, kind: str, fields: Any, variables: int) -> Template:
    return Template(name, kind, fields, {str(n): f"voorbeeld {n}" for n in range(1, variables + 1)})


def _plain_name(labels: tuple[str, ...]) -> str:
    """WhatsApp's template names hold lower-case letters, digits and underscores only."""
    return re.sub(r"[^a-z0-9]+", "_", "_".join(labels).lower())
