"""Forms as the stand-in signs and posts them, and forms that someone else made."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from channel_tools import NOON, PHONE, PUBLIC, Ear, run, whatsapp_of
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from bot.channels.base import BadSignature, Incoming
from bot.channels.whatsapp import WhatsApp
from bot.standins.agenda import MovableClock
from bot.standins.twilio import AUTH_TOKEN, Twilio
from notifications.messages import Address, Inbound, StatusReport

SID = "SM" + "1" * 32

VALIDATOR = RequestValidator(AUTH_TOKEN)
INBOUND = f"{PUBLIC}/wa/inbound"


def posted(acts: Any, contracts_folder: Path | None, channel: WhatsApp | None = None) -> list[Incoming]:
    """What the channel understands of all that the stand-in posts while people act."""

    async def play() -> list[Incoming]:
        ear, reader = Ear(), channel or whatsapp_of()
        standin = Twilio(clock=MovableClock(NOON), contracts_folder=contracts_folder, inbound_url=INBOUND + "#rc=3", poster=ear)
        acts(standin)
        await standin.settle()
        paths = [(url.removeprefix(PUBLIC), body, headers) for url, body, headers in ear.heard]
        return [one for path, body, headers in paths for one in reader.parse(headers, body, path)]

    return run(play())


def signed(fields: dict[str, str], url: str = INBOUND) -> tuple[dict[str, str], bytes]:
    return {"x-twilio-signature": VALIDATOR.compute_signature(url, fields)}, urlencode(fields).encode()


def test_every_kind_a_phone_can_send(contracts_folder: Path | None) -> None:
    def acts(phone: Twilio) -> None:
        phone.user(PHONE, name="An")
        phone.user_sends(PHONE, "half pond kaas 🧀\nen één brood")
        phone.user_sends(PHONE, media=b"OggS", media_type="audio/ogg")
        phone.user_sends(PHONE, "mijn lijstje", media=b"\xff\xd8\xff")
        phone.user_sends(PHONE, media=b"RIFF", media_type="image/webp")
        phone.user_sends(PHONE, media=b"%PDF", media_type="application/pdf")
        phone.user_sends(PHONE, location=(52.0617, 5.1951))
        phone.user_sends(PHONE, contact="+31600000000")

    found = posted(acts, contracts_folder)
    assert all(isinstance(one, Inbound) and one.sender == Address("whatsapp", PHONE) and one.name == "An" for one in found)
    assert [(one.kind, one.text) for one in found if isinstance(one, Inbound)] == [
        ("text", "half pond kaas 🧀\nen één brood"),
        ("voice", ""),
        ("image", "mijn lijstje"),
        ("sticker", ""),
        ("file", ""),
        ("location", "52.0617,5.1951"),
        ("contact", ""),
    ]
    assert len({one.event_id for one in found if isinstance(one, Inbound)}) == len(found)


def test_a_person_with_and_without_a_phone_number(contracts_folder: Path | None) -> None:
    def acts(phone: Twilio) -> None:
        phone.user(PHONE, bsuid="NL.1a2b3c")
        phone.user(bsuid="NL.9z8y7x")
        phone.user_sends(PHONE, "dag")
        phone.user_sends("NL.9z8y7x", "hoi")

    both, hidden = posted(acts, contracts_folder)
    assert isinstance(both, Inbound)
    assert isinstance(hidden, Inbound)
    assert (both.sender, both.aliases) == (Address("whatsapp", PHONE), (Address("whatsapp", "NL.1a2b3c"),))
    assert (hidden.sender, hidden.aliases) == (Address("whatsapp", "NL.9z8y7x"), ())


def form(**fields: str) -> dict[str, str]:
    return {"MessageSid": SID, "From": f"whatsapp:{PHONE}", "Body": "", "NumMedia": "0", **fields}


@pytest.mark.parametrize(
    ("fields", "kind", "text", "choice"),
    [
        ({"ButtonPayload": "v.1", "ButtonText": "Ja", "Body": "Ja"}, "choice", "Ja", "v.1"),
        ({"ListId": "v.2", "ListTitle": "Oude kaas"}, "choice", "Oude kaas", "v.2"),
        ({"MessageType": "reaction", "Body": "👍"}, "other", "👍", None),
        ({"Body": "   "}, "other", "   ", None),
        ({"Body": "x", "NumMedia": ""}, "text", "x", None),
        ({"NumMedia": "1", "MediaContentType0": "text/vcard; charset=utf-8"}, "contact", "", None),
        ({"NumMedia": "1"}, "file", "", None),
        ({"Body": "nul\x00"}, "text", "nul", None),
        ({"Body": "hoi", "FieldOfTomorrow": "1"}, "text", "hoi", None),
    ],
)
def test_forms(fields: dict[str, str], kind: str, text: str, choice: str | None) -> None:
    headers, body = signed(form(**fields))
    [one] = whatsapp_of().parse(headers, body, "/wa/inbound")
    assert isinstance(one, Inbound)
    assert (one.kind, one.text, one.choice) == (kind, text, choice)


def test_a_status_brings_our_key_back() -> None:
    url = f"{PUBLIC}/wa/status?k=order%3A1%2Fa"
    headers, body = signed({"MessageSid": SID, "MessageStatus": "undelivered", "ErrorCode": "63016", "To": "whatsapp:+31"}, url)
    assert whatsapp_of().parse(headers, body, "/wa/status?k=order%3A1%2Fa") == [
        StatusReport(SID, "undelivered", NOON, "order:1/a", 63016)
    ]
    headers, body = signed({"MessageSid": SID, "MessageStatus": "teleported"}, url)
    assert whatsapp_of().parse(headers, body, "/wa/status?k=order%3A1%2Fa") == []


@pytest.mark.parametrize("fields", [{}, {"Body": "x"}, {"MessageSid": SID, "From": "+31612345678"}])
def test_a_signed_form_that_is_no_message_is_a_value_error(fields: dict[str, str]) -> None:
    headers, body = signed(fields)
    with pytest.raises(ValueError, match=r"MessageSid|WhatsApp"):
        whatsapp_of().parse(headers, body, "/wa/inbound")


@pytest.mark.parametrize("body", [b"\xff\xfe", b"&".join(b"a=1" for _ in range(400))])
def test_what_is_no_form_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- UnicodeDecodeError and urllib's own
        whatsapp_of().parse({}, body, "/wa/inbound")


def forgeries() -> list[tuple[dict[str, str], bytes, str]]:
    headers, body = signed(form(Body="dag"))
    signature = headers["x-twilio-signature"]
    other = RequestValidator("another").compute_signature(INBOUND, form(Body="dag"))
    return [
        ({}, body, "/wa/inbound"),
        ({"x-twilio-signature": ""}, body, "/wa/inbound"),
        ({"x-twilio-signature": signature[:-2] + "=="}, body, "/wa/inbound"),
        ({"x-twilio-signature": signature + "é"}, body, "/wa/inbound"),
        ({"x-twilio-signature": other}, body, "/wa/inbound"),
        (headers, body + b"&Extra=1", "/wa/inbound"),
        (headers, body.replace(b"dag", b"dog"), "/wa/inbound"),
        (headers, body, "/wa/inbound?k=1"),
        (headers, body, "/wa/elsewhere"),
        ({**headers, "x-twilio-webhooks-signature-settings": "algorithm=MD5"}, body + b"&Extra=1", "/wa/inbound"),
    ]


@pytest.mark.parametrize(("headers", "body", "path"), forgeries())
def test_a_forged_form_is_refused(headers: dict[str, str], body: bytes, path: str) -> None:
    with pytest.raises(BadSignature):
        whatsapp_of().parse(headers, body, path)


def test_the_public_address_counts_and_not_the_one_behind_the_proxy() -> None:
    headers, body = signed(form(Body="dag"))
    assert whatsapp_of().parse(headers, body, "http://10.0.0.3:8000/wa/inbound")


def test_a_signature_over_the_address_with_its_port_counts_too() -> None:
    headers, body = signed(form(Body="dag"), "https://bode.example:443/wa/inbound")
    assert whatsapp_of().parse(headers, body, "/wa/inbound")


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=20), max_size=8))
def test_our_signature_is_the_librarys(fields: dict[str, str]) -> None:
    fields = {**form(Body="dag"), **{f"x{name}": value for name, value in fields.items()}}
    fields = {name: value for name, value in fields.items() if (name + value).isprintable()}
    headers, body = signed(fields)
    assert whatsapp_of().parse(headers, body, "/wa/inbound")
