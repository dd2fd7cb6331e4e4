"""Twilio's behaviour on a moved clock: signed webhooks, attempts within 15 seconds, status callbacks, people's ids."""

from __future__ import annotations

import pytest
from standin_tools import Ear, shows, twilio_call, twilio_send
from twilio.request_validator import RequestValidator

from bot.standins.agenda import MovableClock
from bot.standins.server import settle
from bot.standins.twilio import Twilio
from bot.standins.twilio_phones import NotOnTheScreen
from bot.standins.webhooks import Answer

AN = "+31612345678"
URL = "https://bot.example/wa?v=1"
STATUS = "https://bot.example/wa/status?k=7"
NOBODY = Answer(0, failure="connect")


def listening(twilio: Twilio, *answers: Answer | int, url: str = URL) -> Ear:
    twilio.poster = ear = Ear(*answers)
    twilio.console(url)
    return ear


def wait(twilio: Twilio, clock: MovableClock, seconds: int) -> None:
    """Lets the seconds pass one by one."""
    for _ in range(seconds):
        clock.advance(1)
        settle(twilio)


def test_inbound_is_signed_over_the_public_address_with_blank_fields(twilio: Twilio) -> None:
    ear = listening(twilio)
    twilio.user_sends(AN, "", media=b"jpeg")
    settle(twilio)
    ((url, _, headers),), (form,) = ear.heard, ear.forms()
    assert (form["Body"], form["NumMedia"], form["MediaContentType0"]) == ("", "1", "image/jpeg")
    assert RequestValidator(twilio.auth_token).validate(url, form, headers["X-Twilio-Signature"])
    assert not RequestValidator(twilio.auth_token).validate(url, {**form, "Body": "x"}, headers["X-Twilio-Signature"])


@pytest.mark.parametrize(
    ("phone", "bsuid", "sender", "external"),
    [
        (AN, None, f"whatsapp:{AN}", None),
        (AN, "NL.a1b2c3", f"whatsapp:{AN}", "whatsapp:NL.a1b2c3"),
        (None, "NL.a1b2c3", "whatsapp:NL.a1b2c3", "whatsapp:NL.a1b2c3"),
    ],
)
def test_people_have_a_number_a_user_id_or_both(
    twilio: Twilio, phone: str | None, bsuid: str | None, sender: str, external: str | None
) -> None:
    ear = listening(twilio)
    twilio.user(phone, bsuid=bsuid, name="An")
    twilio.user_sends(phone or bsuid or "", "hoi")
    settle(twilio)
    (form,) = ear.forms()
    assert (form["From"], form.get("ExternalUserId"), form.get("WaId")) == (sender, external, AN[1:] if phone else None)
    assert twilio_send(twilio, to=sender, Body="dag").status_code == 201
    settle(twilio)
    assert twilio.screen(bsuid or AN)[-1]["text"] == "dag"


@shows("twilio.webhook.retry", "twilio.webhook.timeouts")
def test_by_default_one_more_attempt_and_only_when_nobody_answered(twilio: Twilio, clock: MovableClock) -> None:
    ear = listening(twilio, NOBODY, NOBODY, NOBODY)
    twilio.user_sends(AN, "een")
    settle(twilio)
    assert ear.patience == 15
    wait(twilio, clock, 20)
    assert len(ear.heard) == 2
    assert len(twilio.lost) == 1
    ear = listening(twilio, 500)
    twilio.user_sends(AN, "twee")
    settle(twilio)
    wait(twilio, clock, 20)
    assert len(ear.heard) == 1
    assert len(twilio.lost) == 2


def test_the_address_may_ask_for_more_attempts_with_the_same_token(twilio: Twilio, clock: MovableClock) -> None:
    ear = listening(twilio, 500, NOBODY, 404, url=f"{URL}#rc=9&rp=all")
    twilio.user_sends(AN, "een")
    settle(twilio)
    wait(twilio, clock, 20)
    assert [url for url, _, _ in ear.heard] == [URL] * 4
    assert len({headers["I-Twilio-Idempotency-Token"] for _, _, headers in ear.heard}) == 1
    assert twilio.lost == []


def test_after_15_seconds_it_gives_up_and_only_the_list_knows(twilio: Twilio, clock: MovableClock) -> None:
    class Slow(Ear):
        async def post(self, *given: object) -> Answer:
            clock.advance(10)
            return await super().post(*given)  # type: ignore[arg-type]

    twilio.poster = ear = Slow(*[NOBODY] * 9)
    twilio.console(f"{URL}#rc=5&rp=all")
    twilio.user_sends(AN, "weg")
    settle(twilio)
    wait(twilio, clock, 20)
    assert len(ear.heard) == 2
    assert [twilio.facts(message)["body"] for message in twilio.messages.values()] == ["weg"]


def test_the_fallback_is_asked_at_the_end(twilio: Twilio) -> None:
    ear = listening(twilio, 500)
    twilio.fallback_url = "https://bot.example/fallback"
    twilio.user_sends(AN, "hoi")
    settle(twilio)
    assert [url for url, _, _ in ear.heard] == [URL, "https://bot.example/fallback"]
    assert ear.forms()[1]["ErrorUrl"] == URL


def test_status_callbacks_climb_and_carry_our_key(twilio: Twilio) -> None:
    twilio.user_sends(AN, "hoi")
    ear = listening(twilio)
    sid = twilio_send(twilio, Body="dag", StatusCallback=STATUS).json()["sid"]
    settle(twilio)
    assert [form["MessageStatus"] for form in ear.forms()] == ["sent", "delivered", "read"]
    assert {(url, form["MessageSid"]) for (url, _, _), form in zip(ear.heard, ear.forms(), strict=True)} == {(STATUS, sid)}
    url, _, headers = ear.heard[0]
    assert RequestValidator(twilio.auth_token).validate(url, ear.forms()[0], headers["X-Twilio-Signature"])


def test_a_refusal_comes_with_its_code(twilio: Twilio) -> None:
    ear = listening(twilio)
    twilio.user(AN)
    twilio_send(twilio, Body="dag", StatusCallback=STATUS)
    settle(twilio)
    assert [(form["MessageStatus"], form["ErrorCode"]) for form in ear.forms()] == [("undelivered", "63016")]


def test_any_code_can_be_planned_for_the_next_message(twilio: Twilio) -> None:
    twilio.user_sends(AN, "hoi")
    twilio.user_sends("+31687654321", "hoi")
    ear = listening(twilio)
    twilio.fail_next(63024, who="+31687654321")
    twilio_send(twilio, Body="dag", StatusCallback=STATUS)
    twilio_send(twilio, to="whatsapp:+31687654321", Body="dag", StatusCallback=STATUS)
    settle(twilio)
    assert [form["ErrorCode"] for form in ear.forms() if form["MessageStatus"] == "undelivered"] == ["63024"]
    assert [len(twilio.screen(who)) for who in (AN, "+31687654321")] == [2, 1]


def test_an_approved_template_may_have_ten_buttons(twilio: Twilio) -> None:
    actions = [{"title": f"Ronde {number}", "id": f"r{number}"} for number in range(10)]
    wish = {"language": "nl", "types": {"twilio/quick-reply": {"body": "Welke ronde?", "actions": actions}}}
    sid = twilio_call(twilio, "/v1/Content", body=wish).json()["sid"]
    twilio_call(twilio, f"/v1/Content/{sid}/ApprovalRequests/whatsapp", body={"name": "ronde", "category": "UTILITY"})
    settle(twilio)
    twilio.user(AN)
    twilio_send(twilio, ContentSid=sid)
    settle(twilio)
    assert len(twilio.screen(AN)[0]["buttons"]) == 10


def test_a_person_who_does_not_read(twilio: Twilio) -> None:
    twilio.user_sends(AN, "hoi")
    twilio.phones[AN].reads = False
    twilio_send(twilio, Body="dag")
    settle(twilio)
    assert twilio.screen(AN)[-1]["status"] == "delivered"


def test_buttons_and_rows(twilio: Twilio) -> None:
    ear = listening(twilio)
    twilio.user_sends(AN, "hoi")
    actions = [{"title": "{{1}}", "id": "k-ja"}, {"title": "Nee", "id": "k-nee"}]
    items = [{"item": "Boerenkaas", "id": "p1", "description": "jong"}]
    types = {"twilio/quick-reply": {"body": "Goed?", "actions": actions}}
    listing = {"twilio/list-picker": {"body": "Welke?", "button": "Kies", "items": items}}
    sids = [
        twilio_call(twilio, "/content/v1/Content", body={"language": "nl", "types": kind}).json()["sid"]
        for kind in (types, listing)
    ]
    question = twilio_send(twilio, ContentSid=sids[0], ContentVariables='{"1": "Ja hoor"}').json()["sid"]
    choice = twilio_send(twilio, ContentSid=sids[1]).json()["sid"]
    settle(twilio)
    assert [[button["label"] for button in row] for row in twilio.screen(AN)[1]["buttons"]] == [["Ja hoor"], ["Nee"]]
    twilio.user_presses(AN, question, "k-ja")
    settle(twilio)
    twilio.user_picks(AN, choice, "p1")
    settle(twilio)
    press, pick = ear.forms()[-2:]
    assert (press["Body"], press["ButtonText"], press["ButtonPayload"]) == ("Ja hoor", "Ja hoor", "k-ja")
    assert press["OriginalRepliedMessageSid"] == question
    assert pick["Body"] == "Boerenkaas"
    with pytest.raises(NotOnTheScreen):
        twilio.user_presses(AN, question, "k-misschien")
    assert twilio.user_taps(AN, "Boerenkaas")


def test_a_number_can_go_to_somebody_else(twilio: Twilio) -> None:
    ear = listening(twilio)
    twilio.user(AN, bsuid="NL.old", name="An")
    twilio.user_sends(AN, "ik ben An")
    twilio.recycle(AN, "NL.new", "Bep")
    twilio.user_sends(AN, "ik ben Bep")
    twilio.user_sends("NL.old", "ik ben nog steeds An")
    settle(twilio)
    seen = {form["Body"]: (form["From"], form["ExternalUserId"]) for form in ear.forms()}
    assert seen == {
        "ik ben An": (f"whatsapp:{AN}", "whatsapp:NL.old"),
        "ik ben Bep": (f"whatsapp:{AN}", "whatsapp:NL.new"),
        "ik ben nog steeds An": ("whatsapp:NL.old", "whatsapp:NL.old"),
    }


def test_voice_and_stickers(twilio: Twilio) -> None:
    ear = listening(twilio)
    twilio.user_sends(AN, voice=b"OggS")
    twilio.user_sends(AN, sticker="👍")
    settle(twilio)
    assert sorted(form["MediaContentType0"] for form in ear.forms()) == ["audio/ogg", "image/webp"]


def test_location_and_contact(twilio: Twilio) -> None:
    ear = listening(twilio)
    twilio.user_sends(AN, location=(52.06, 5.18))
    twilio.user_sends(AN, contact="+31687654321")
    settle(twilio)
    place, card = sorted(ear.forms(), key=lambda form: form["MessageType"], reverse=True)
    assert (place["Latitude"], place["Longitude"]) == ("52.06", "5.18")
    assert card["MediaContentType0"] == "text/vcard"
