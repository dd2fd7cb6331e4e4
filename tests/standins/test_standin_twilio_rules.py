"""Each rule of Twilio and WhatsApp is broken once over raw HTTP: refused at once or by a later callback, and recorded."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from standin_tools import HTTP, SHOWN, Ear, shows, twilio_call, twilio_send

from bot.standins import rules
from bot.standins.agenda import MovableClock
from bot.standins.server import settle
from bot.standins.twilio import Twilio

AN = "+31612345678"
SID = "HX" + "0" * 32

CASES: dict[str, dict[str, Any]] = {
    "twilio.to.required": {"To": "", "Body": "a"},
    "twilio.to.whatsapp": {"To": "+31612345678", "Body": "a"},
    "twilio.from_or_service": {"From": "", "Body": "a"},
    "twilio.from.whatsapp": {"From": "0850000001", "Body": "a"},
    "twilio.from.ours": {"From": "whatsapp:+31850000002", "Body": "a"},
    "twilio.body_or_content": {},
    "twilio.body.max": {"Body": "a" * 1601},
    "twilio.body_and_variables": {"Body": "a", "ContentVariables": '{"1": "a"}', "ContentSid": SID},
    "twilio.variables_need_sid": {"ContentVariables": '{"1": "a"}', "MediaUrl": "https://x.example/a.jpg"},
    "twilio.content_variables.json": {"ContentSid": SID, "ContentVariables": '{"1": ""}'},
    "twilio.content.unknown": {"ContentSid": SID},
    "twilio.media.max": {"MediaUrl": [f"https://x.example/{n}.jpg" for n in range(11)]},
    "twilio.status_callback.host": {"Body": "a", "StatusCallback": "https://my_host/status"},
    "twilio.param.unknown": {"Body": "a", "StatusCallbak": "https://x.example"},
}
SHOWN["twilio"].update(CASES)


def content(**types: Any) -> dict[str, Any]:
    return {"friendly_name": "proef", "language": "nl", "variables": {}, "types": types}


def quick(*actions: dict[str, str], body: str = "Kies maar") -> dict[str, Any]:
    return content(**{"twilio/quick-reply": {"body": body, "actions": list(actions)}})


def listed(*items: dict[str, str], body: str = "Kies maar", button: str = "Kies") -> dict[str, Any]:
    return content(**{"twilio/list-picker": {"body": body, "button": button, "items": list(items)}})


def link(title: str = "Betalen", body: str = "Hier", count: int = 1) -> dict[str, Any]:
    actions = [{"type": "URL", "title": title, "url": "https://bot.example/b/x"}] * count
    return content(**{"twilio/call-to-action": {"body": body, "actions": actions}})


def choice(number: int = 1, **more: str) -> dict[str, str]:
    return {"title": f"Keus {number}", "id": f"k{number}", **more}


def row(number: int = 1, **more: str) -> dict[str, str]:
    return {"item": f"Keus {number}", "id": f"k{number}", "description": "uitleg", **more}


CREATIONS: dict[str, dict[str, Any]] = {
    "twilio.content.types.shape": {**quick(choice()), "language": 5},
    "twilio.content.variables.text": {**quick(choice()), "variables": {"1": 5}},
    "twilio.content.type.fields": content(**{"twilio/text": "a"}),
    "twilio.content.type.kinds": content(**{"twilio/text": {"body": 5}}),
    "twilio.content.body.required": content(**{"twilio/text": {"text": "a"}}),
    "twilio.content.choices.required": content(**{"twilio/quick-reply": {"body": "a"}}),
    "twilio.content.choice.shape": content(**{"twilio/quick-reply": {"body": "a", "actions": ["Ja"]}}),
    "twilio.content.action.fields": content(**{"twilio/quick-reply": {"body": "a", "actions": [{"id": "j"}]}}),
    "twilio.content.item.fields": listed({"item": "Kaas"}),
    "twilio.content.required": {"friendly_name": "proef", "types": {"twilio/text": {"body": "a"}}},
    "twilio.content.types.empty": content(),
    "twilio.content.types": content(**{"twilio/poem": {"body": "a"}, "twilio/text": {"body": "a"}}),
    "twilio.content.param.unknown": {**quick(choice()), "colour": "red"},
    "twilio.content.variables.max": {**quick(choice()), "variables": {str(n): "a" for n in range(101)}},
    "whatsapp.quick_reply.template.buttons.max": quick(*[choice(n) for n in range(11)]),
    "whatsapp.list.rows.max": listed(*[row(n) for n in range(11)]),
    "whatsapp.list.rows.min": listed(),
    "whatsapp.cta.urls.max": link(count=3),
}
SHOWN["twilio"].update(CREATIONS)

RENDERED: dict[str, dict[str, Any]] = {
    "whatsapp.text.max": content(**{"twilio/text": {"body": "{{1}}" + "a" * 1600}}),
    "whatsapp.quick_reply.buttons.max": quick(*[choice(n) for n in range(4)]),
    "whatsapp.quick_reply.buttons.min": quick(),
    "whatsapp.quick_reply.title.max": quick(choice(title="a" * 21)),
    "whatsapp.quick_reply.title.min": quick(choice(title="")),
    "whatsapp.quick_reply.title.unique": quick(choice(1, title="Ja"), choice(2, title="Ja")),
    "whatsapp.quick_reply.id.max": quick(choice(id="a" * 257)),
    "whatsapp.quick_reply.id.unique": quick(choice(1, id="x"), choice(2, id="x")),
    "whatsapp.quick_reply.body.max": quick(choice(), body="a" * 1025),
    "whatsapp.list.item.max": listed(row(item="a" * 25)),
    "whatsapp.list.item.min": listed(row(item="")),
    "whatsapp.list.id.max": listed(row(id="a" * 201)),
    "whatsapp.list.id.unique": listed(row(1, id="x"), row(2, id="x")),
    "whatsapp.list.description.max": listed(row(description="a" * 73)),
    "whatsapp.list.button.max": listed(row(), button="a" * 21),
    "whatsapp.list.body.max": listed(row(), body="a" * 1025),
    "whatsapp.cta.body.max": link(body="a" * 641),
    "whatsapp.cta.title.max": link(title="a" * 21),
    "whatsapp.variable.missing": content(**{"twilio/text": {"body": "Dag {{naam}}, tot zo"}}),
    "whatsapp.variable.whitespace": content(**{"twilio/text": {"body": "Dag {{1}}, tot zo"}}),
}
SHOWN["twilio"].update(RENDERED)


def created(twilio: Twilio, wish: dict[str, Any]) -> str:
    answer = twilio_call(twilio, "/v1/Content", body=wish)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["sid"])


def approved(twilio: Twilio, wish: dict[str, Any]) -> str:
    sid = created(twilio, wish)
    path = f"/v1/Content/{sid}/ApprovalRequests/whatsapp"
    assert twilio_call(twilio, path, body={"name": "proef", "category": "UTILITY"}).status_code == 201
    settle(twilio)
    return sid


def fetched(twilio: Twilio, answer: httpx.Response) -> dict[str, Any]:
    """The message as Twilio shows it when all is quiet."""
    settle(twilio)
    path = f"/2010-04-01/Accounts/{twilio.account}/Messages/{answer.json()['sid']}.json"
    facts: dict[str, Any] = HTTP.get(twilio.base_url + path, auth=(twilio.account, twilio.auth_token)).json()
    return facts


@pytest.mark.parametrize("rule_id", CASES)
def test_broken_rule_is_refused_and_recorded(twilio: Twilio, rule_id: str) -> None:
    twilio.contract = None
    twilio.user_sends(AN, "hoi")
    form = {name: value for name, value in {"To": f"whatsapp:{AN}", "From": twilio.sender, **CASES[rule_id]}.items() if value}
    with twilio.expecting(rule_id):
        answer = twilio_call(twilio, f"/2010-04-01/Accounts/{twilio.account}/Messages.json", **form)
    refusal = rules.load("twilio")[rule_id].refusal
    assert (answer.status_code, answer.json()["code"]) == (refusal.status, refusal.code)
    assert len(twilio.messages) == 1


@pytest.mark.parametrize("rule_id", CREATIONS)
def test_broken_content_is_refused_and_recorded(twilio: Twilio, rule_id: str) -> None:
    twilio.contract = None
    with twilio.expecting(rule_id):
        answer = twilio_call(twilio, "/v1/Content", body=CREATIONS[rule_id])
    assert (answer.status_code, answer.json()["code"]) == (400, rules.load("twilio")[rule_id].refusal.code)
    assert not twilio.contents


@pytest.mark.parametrize("rule_id", RENDERED)
def test_broken_message_fails_by_callback_and_is_recorded(twilio: Twilio, rule_id: str) -> None:
    twilio.contract = None
    twilio.user_sends(AN, "hoi")
    value = "a     b" if rule_id == "whatsapp.variable.whitespace" else "a"
    with twilio.expecting(rule_id):
        sid = created(twilio, RENDERED[rule_id])
        answer = twilio_send(twilio, ContentSid=sid, ContentVariables=json.dumps({"1": value}))
        facts = fetched(twilio, answer)
    assert (answer.status_code, answer.json()["status"]) == (201, "queued")
    assert (facts["status"], facts["error_code"]) == ("failed", rules.load("twilio")[rule_id].refusal.callback)
    assert len(twilio.screen(AN)) == 1


@pytest.mark.parametrize("rule_id", [name for name in (*CASES, *CREATIONS, *RENDERED) if rules.load("twilio")[name].check])
def test_without_the_rule_the_same_request_is_not_recorded(twilio: Twilio, rule_id: str) -> None:
    twilio.contract, twilio.book = None, twilio.book.without(rule_id)
    twilio.user_sends(AN, "hoi")
    if rule_id in CASES:
        twilio_send(twilio, **{name: value for name, value in CASES[rule_id].items() if value})
    else:
        answer = twilio_call(twilio, "/v1/Content", body={**CREATIONS, **RENDERED}[rule_id])
        if answer.status_code == 201:
            twilio_send(twilio, ContentSid=answer.json()["sid"], ContentVariables='{"1": "a     b"}')
    seen = {violation.rule for violation in twilio.violations}
    twilio.violations.clear()
    assert rule_id not in seen


@shows("twilio.error.auth", "twilio.error.not_found")
def test_wrong_password_and_unknown_things(twilio: Twilio) -> None:
    with twilio.expecting("twilio.error.auth"):
        answer = twilio_call(twilio, "/v1/Content", password="wrong", body=quick(choice()))
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    with twilio.expecting("twilio.error.not_found"):
        answer = HTTP.get(f"{twilio.base_url}/v1/Content/{SID}", auth=(twilio.account, twilio.auth_token))
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


@shows("twilio.typing.required", "twilio.typing.channel", "twilio.typing.lifetime")
def test_typing_dots(twilio: Twilio, clock: MovableClock) -> None:
    twilio.contract = None
    sid = twilio.user_sends(AN, "hoi")
    with twilio.expecting("twilio.typing.required"):
        assert twilio_call(twilio, "/v2/Indicators/Typing.json", channel="whatsapp").status_code == 400
    with twilio.expecting("twilio.typing.channel"):
        assert twilio_call(twilio, "/v2/Indicators/Typing.json", channel="rcs", messageId=sid).status_code == 400
    assert twilio_call(twilio, "/v2/Indicators/Typing.json", channel="whatsapp", messageId=sid).json() == {"success": True}
    assert twilio.state()["chats"][0]["typing"] is True
    clock.advance(twilio.book["twilio.typing.lifetime"].limit + 1)
    assert twilio.state()["chats"][0]["typing"] is False


@shows("twilio.list.param")
def test_a_list_takes_no_unknown_filter(twilio: Twilio) -> None:
    twilio.contract = None
    path = f"{twilio.base_url}/2010-04-01/Accounts/{twilio.account}/Messages.json"
    with twilio.expecting("twilio.list.param"):
        answer = HTTP.get(path, params={"Sender": "x"}, auth=(twilio.account, twilio.auth_token))
    assert (answer.status_code, answer.json()["message"]) == (400, "Unknown parameter Sender")


@shows("twilio.list.paging")
def test_a_page_holds_at_most_a_thousand(twilio: Twilio) -> None:
    twilio.contract = None
    path = f"{twilio.base_url}/2010-04-01/Accounts/{twilio.account}/Messages.json"
    with twilio.expecting("twilio.list.paging"):
        assert HTTP.get(path, params={"PageSize": 1001}, auth=(twilio.account, twilio.auth_token)).status_code == 400


@shows("twilio.media.forwarded_auth")
def test_storage_refuses_a_forwarded_password(twilio: Twilio) -> None:
    sid = twilio.user_sends(AN, "", media=b"jpeg")
    auth = (twilio.account, twilio.auth_token)
    path = f"/2010-04-01/Accounts/{twilio.account}/Messages/{sid}/Media/{next(iter(twilio.messages[sid].media))}"
    moved = HTTP.get(twilio.base_url + path, auth=auth)
    assert moved.status_code == 307
    assert HTTP.get(moved.headers["location"]).content == b"jpeg"
    with twilio.expecting("twilio.media.forwarded_auth"):
        assert HTTP.get(moved.headers["location"], auth=auth).status_code == 400


@shows("twilio.approval.required", "twilio.approval.name", "twilio.approval.category")
@pytest.mark.parametrize(
    ("rule_id", "wish"),
    [
        ("twilio.approval.required", {"name": "proef"}),
        ("twilio.approval.name", {"name": "Proef!", "category": "UTILITY"}),
        ("twilio.approval.category", {"name": "proef", "category": "FUN"}),
    ],
)
def test_approval_requests(twilio: Twilio, rule_id: str, wish: dict[str, str]) -> None:
    twilio.contract = None
    sid = created(twilio, quick(choice()))
    with twilio.expecting(rule_id):
        answer = twilio_call(twilio, f"/v1/Content/{sid}/ApprovalRequests/whatsapp", body=wish)
    assert answer.status_code == 400
    assert twilio.contents[sid].approval is None


@shows("whatsapp.template.variables")
@pytest.mark.parametrize(
    "body",
    ["{{1}}, er is een bestelling", "Er is een bestelling van {{1}}", "Voor {{1}} {{1}} is er iets", "Dag {{2}}, tot zo"],
)
def test_bad_templates_are_rejected(twilio: Twilio, body: str) -> None:
    with twilio.expecting("whatsapp.template.variables"):
        sid = approved(twilio, {**content(**{"twilio/text": {"body": body}}), "variables": {"1": "An"}})
    approval = twilio.contents[sid].approval
    assert approval is not None
    assert approval.status == "rejected"


@shows("whatsapp.window", "whatsapp.window.session_only", "whatsapp.template.rendered.max")
def test_outside_the_window_only_an_approved_template_arrives(twilio: Twilio, clock: MovableClock) -> None:
    template = approved(twilio, {**content(**{"twilio/text": {"body": "Nieuws: {{1}}. Tot zo."}}), "variables": {"1": "brood"}})
    rows = created(twilio, listed(row()))
    twilio.user_sends(AN, "hoi")
    clock.advance(86399)
    assert fetched(twilio, twilio_send(twilio, Body="nog net"))["status"] == "read"
    clock.advance(1)
    assert fetched(twilio, twilio_send(twilio, Body="te laat"))["error_code"] == 63016
    with twilio.expecting("whatsapp.window.session_only"):
        assert fetched(twilio, twilio_send(twilio, ContentSid=rows))["error_code"] == 63016
    with twilio.expecting("whatsapp.template.rendered.max"):
        long = json.dumps({"1": "a" * 1020})
        assert fetched(twilio, twilio_send(twilio, ContentSid=template, ContentVariables=long))["error_code"] == 63021
    assert fetched(twilio, twilio_send(twilio, ContentSid=template))["status"] == "read"
    assert [shown["text"] for shown in twilio.screen(AN)] == ["hoi", "nog net", "Nieuws: brood. Tot zo."]


@shows("twilio.callback.63003", "twilio.callback.63014", "twilio.error.opted_out")
def test_people_who_are_not_there_or_do_not_want(twilio: Twilio) -> None:
    assert fetched(twilio, twilio_send(twilio, to="whatsapp:+31699999999", Body="a"))["error_code"] == 63003
    twilio.user_sends(AN, "hoi")
    twilio.block(AN)
    assert fetched(twilio, twilio_send(twilio, Body="a"))["error_code"] == 63014
    twilio.block(AN, False)
    twilio.user_sends(AN, "stop")
    refused = twilio_send(twilio, Body="a")
    assert (refused.status_code, refused.json()["code"]) == (400, 21610)
    twilio.user_sends(AN, "START")
    assert twilio_send(twilio, Body="a").status_code == 201


@shows("whatsapp.rate.pair")
def test_the_pair_rate_lets_45_pass_and_then_one_per_six_seconds(twilio: Twilio, clock: MovableClock) -> None:
    twilio.user_sends(AN, "hoi")
    sent = [twilio_send(twilio, Body=str(number)) for number in range(46)]
    codes = [fetched(twilio, answer)["error_code"] for answer in sent]
    assert codes == [None] * 45 + [63018]
    clock.advance(6)
    assert fetched(twilio, twilio_send(twilio, Body="weer"))["error_code"] is None
    assert fetched(twilio, twilio_send(twilio, Body="te snel"))["error_code"] == 63018


@shows("whatsapp.rate.number")
def test_the_number_sends_80_a_second(twilio: Twilio) -> None:
    for number in range(81):
        twilio.user_sends(f"+316000000{number:02d}", "hoi")
    sent = [twilio_send(twilio, to=f"whatsapp:+316000000{number:02d}", Body="dag") for number in range(81)]
    assert [fetched(twilio, answer)["error_code"] for answer in sent[79:]] == [None, 63018]


@shows("whatsapp.rate.tier")
def test_the_tier_bounds_whom_the_business_writes_first(twilio: Twilio) -> None:
    twilio.book["whatsapp.rate.tier"].limit["users"], usual = 2, twilio.book["whatsapp.rate.tier"].limit["users"]
    try:
        template = approved(twilio, content(**{"twilio/text": {"body": "Nieuws van het plein."}}))
        for number in range(3):
            twilio.user(f"+3160000000{number}")
        sent = [twilio_send(twilio, to=f"whatsapp:+3160000000{number % 3}", ContentSid=template) for number in range(4)]
        assert [fetched(twilio, answer)["error_code"] for answer in sent] == [None, None, 63018, None]
    finally:
        twilio.book["whatsapp.rate.tier"].limit["users"] = usual


@shows("twilio.error.rate")
def test_too_many_requests(twilio: Twilio) -> None:
    twilio.faults.plan("too_many", on="CreateMessage", seconds=2)
    answer = twilio_send(twilio, Body="a")
    assert (answer.status_code, answer.json()["code"]) == (429, 20429)
    assert not twilio.messages


@shows("twilio.webhook.twiml")
def test_an_answer_in_twiml_is_a_violation(twilio: Twilio) -> None:
    class Talkative(Ear):
        async def post(self, *args: Any) -> Any:
            answer = await super().post(*args)
            return type(answer)(200, b"<Response><Message>hoi</Message></Response>")

    twilio.poster = Talkative()
    twilio.inbound_url = "https://bot.example/wa"
    with twilio.expecting("twilio.webhook.twiml"):
        twilio.user_sends(AN, "hoi")
        settle(twilio)


def test_the_contract_bites_too(twilio: Twilio) -> None:
    if twilio.contract is None:
        pytest.skip("the official contracts are not here")
    twilio.user_sends(AN, "hoi")
    with twilio.expecting("contract.twilio.request"):
        twilio_send(twilio, Body="a", MessageIntent="gossip")
