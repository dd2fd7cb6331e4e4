"""How a message looks on WhatsApp, as a table and as properties held against the platform's rules."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from channel_tools import PUBLIC, calls, parcel, whatsapp_of
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import templates
from bot.channels.base import Call, Held
from bot.channels.plain import size
from bot.channels.whatsapp import WhatsApp
from bot.standins import rules
from bot.standins.twilio_content import Content
from notifications import alerts
from notifications.messages import Choice, Topic
from orders.lines import ShopOrder
from orders.order import Order, Status
from orders.payment import Payment

BOOK = rules.load("twilio")
CHANNEL = whatsapp_of()
ALL = {template.friendly_name: template for template in templates.everything(PUBLIC)}
TEXTS = st.text(alphabet=st.one_of(st.sampled_from("aé 👩‍🌾\n.*_{}`~>/€"), st.characters()), max_size=200)
LABELS = st.one_of(st.sampled_from(["Ja", "Nee", "Bestellen en betalen", "Jong belegen boerenkaas", "Kaas " * 20]), TEXTS)
CHOICES = st.builds(
    lambda label, hint, url: Choice(label, "x", hint, url), LABELS, TEXTS, st.sampled_from(["", "", "", f"{PUBLIC}/b/tok_en"])
)


def shown(body: str = "Wat mag het zijn?", *choices: Choice | str, open_: bool = True, **more: Any) -> list[Any]:
    """Per bubble: its text, or the template's name with its values."""
    found = []
    for call in calls(CHANNEL.render(parcel(body, *choices, **more), open_)):
        template = ALL.get(call.params.get("content", ""))
        values = list(call.params.get("variables", {}).values())
        found.append((template.name, *values) if template else call.params["body"])
    return found


def rendered(call: Call) -> dict[str, Any]:
    """What WhatsApp would show, by the stand-in's own filling in."""
    if "body" in call.params:
        return {"twilio/text": {"body": call.params["body"]}}
    template = ALL[call.params["content"]]
    content = Content("HX", template.friendly_name, "nl", {template.kind: template.fields}, template.samples, None)  # type: ignore[arg-type]
    assert not content.missing(call.params["variables"])
    return content.rendered(call.params["variables"])


def breaches(call: Call, *, outside: bool = False) -> list[Any]:
    """Every rule of the platform that this call breaks."""
    content = rendered(call)
    variables = call.params.get("variables", {})
    form = {"To": call.params["to"], "From": "whatsapp:+31850000001"}
    form |= {"ContentVariables": json.dumps(variables), "ContentSid": "HX"} if variables else {"Body": call.params["body"]}
    found = BOOK.breaches("CreateMessage", form) + BOOK.breaches("rendered", content) + BOOK.breaches("variables", variables)
    body = next(iter(content.values()))["body"]
    return found + (BOOK.breaches("template", {"body": body}) if outside else [])


def tokens(call: Call) -> list[str]:
    """The tokens that can be tapped."""
    fields = next(iter(rendered(call).values()))
    return [item["id"] for item in (*fields.get("actions", []), *fields.get("items", [])) if "id" in item]


# --- within the window ---


def test_text_is_text() -> None:
    assert shown("Dag An.") == ["Dag An."]


def test_up_to_three_short_labels_are_buttons() -> None:
    assert shown("Klopt het?", "Bestellen en betalen", "Ander moment") == [
        ("qr2", "Klopt het?", "Bestellen en betalen", "vraag7.0", "Ander moment", "vraag7.1")
    ]


def test_a_label_over_20_makes_it_a_list() -> None:
    assert shown("Welke?", "Jong belegen boerenkaas", "Oude kaas") == [
        ("rows2", "Welke?", "Jong belegen boerenkaas", "vraag7.0", "Oude kaas", "vraag7.1")
    ]


def test_a_label_over_24_stands_whole_in_the_hint() -> None:
    [(name, _, label, token, hint, *_)] = shown(
        "Welke?", Choice("Jong belegen boerenkaas van Bunnik", hint="€ 4,50"), "Oude kaas"
    )
    assert (name, label, token) == ("list2", "Jong belegen boerenkaas…", "vraag7.0")
    assert hint == "Jong belegen boerenkaas van Bunnik, € 4,50"


def test_four_to_ten_are_a_list_and_no_hint_is_empty() -> None:
    [(name, _, *values)] = shown("Wanneer?", *(Choice(f"Moment {n}", hint="uur" if n else "") for n in range(4)))
    assert name == "list4"
    assert values[2] == "Tik om te kiezen"
    assert all(values)


def test_more_than_ten_are_numbers_to_type() -> None:
    [text] = shown("Welke?", *(f"Kaas {n}" for n in range(1, 13)))
    assert text.startswith("Welke?\n\n1. Kaas 1\n2. Kaas 2\n")
    assert text.endswith("12. Kaas 12\n\nTyp het nummer van uw keuze.")


def test_equal_labels_are_numbers_to_type() -> None:
    [text] = shown("Welke?", "Kaas", "Kaas")
    assert "1. Kaas\n2. Kaas" in text


def test_a_link_to_our_own_pages_is_a_button_and_another_stands_in_the_text() -> None:
    assert shown("Betaal nu.", Choice("Betalen", url=f"{PUBLIC}/b/x_1")) == [("link1", "Betaal nu.", "Betalen", "b/x_1")]
    assert shown("Kijk.", Choice("Kaart", url="https://kaart.example/1")) == ["Kijk.\n\nKaart: https://kaart.example/1"]


def test_beside_other_answers_a_link_stands_in_the_text_and_keeps_the_places() -> None:
    [(name, body, *values)] = shown("Betaal nu.", Choice("Betalen", url=f"{PUBLIC}/b/x"), "Mandje")
    assert (name, body) == ("qr1", f"Betaal nu.\n\nBetalen: {PUBLIC}/b/x")
    assert values == ["Mandje", "vraag7.1"]


def test_a_long_summary_goes_before_and_its_end_stands_above_the_button() -> None:
    body = "\n".join(f"{n}. 250 gram jong belegen boerenkaas van Kaashuis Bunnik, ongeveer € 4,50" for n in range(1, 31))
    text, (name, end, label, _) = shown(f"{body}\n\nTotaal: hoogstens € 135,00.", "Bestellen en betalen")
    assert size(text) <= 1600
    assert name == "qr1"
    assert end.endswith("Totaal: hoogstens € 135,00.")
    assert label == "Bestellen en betalen"


def test_marks_placeholders_and_links_from_people_are_harmless() -> None:
    [(_, body, *_)] = shown("*An* {{2}} evil.example _x_\n> ja", "Ja")
    assert body == "∗An∗ { {2}} evil. example ‗x‗\n› ja"


@settings(max_examples=200, deadline=None)
@given(TEXTS | st.text(max_size=5000), st.lists(CHOICES, max_size=13))
def test_whatever_is_said_fits_and_no_choice_is_lost(body: str, choices: list[Choice]) -> None:
    found = calls(CHANNEL.render(parcel(body, *choices), True))
    assert not [breach for call in found for breach in breaches(call)]
    answers = [number for number, choice in enumerate(choices) if not choice.url]
    tapped = tokens(found[-1])
    everything = "\n".join(json.dumps(rendered(call), ensure_ascii=False) for call in found)
    if tapped:
        assert tapped == [f"vraag7.{number}" for number in answers]
    else:
        assert all(f"{number + 1}. " in everything for number in answers)
    assert all(f"{PUBLIC}/b/tok_en" in everything for choice in choices if choice.url)
    assert ("Bestellen en betalen" in everything) or not any(choice.label == "Bestellen en betalen" for choice in choices)


# --- outside the window ---


def test_every_kind_of_notice_has_a_template_and_an_answer_has_none() -> None:
    assert all(templates.notice(topic) for topic in get_args(Topic) if topic != "reply")
    held = CHANNEL.render(parcel("Dag"), False)
    assert isinstance(held, Held)
    assert "24-uursvenster" in held.why


def test_bodies_to_be_approved_keep_whatsapps_rules() -> None:
    for template in templates.notices(PUBLIC):
        body = template.fields["body"]
        assert not body.startswith("{{")
        assert not body.endswith("}}")
        assert "}}{{" not in body.replace(" ", "").replace("\n", "")
        content = Content("HX", "", "nl", {template.kind: template.fields}, template.samples, None)  # type: ignore[arg-type]
        assert content.objection(["twilio/list-picker", "twilio/location"]) == ""
        assert template.room > 400
    assert len(ALL) == len(templates.everything(PUBLIC))


def test_a_shops_alert_keeps_its_buttons() -> None:
    order = Order("o1", "voorbeeld", "an", Payment("tok"), Status.PLACED, shops=[ShopOrder("kaas")])
    choices = alerts.shop_choices(order, str, "kaas")
    [(name, text, *ids)] = shown(
        "Nieuwe bestelling 12 voor An.\nVoor vrijdag\n1. 250 gram kaas", *choices, open_=False, topic="shop_alert"
    )
    assert name == "shop_alert_ok_iets_is_op_staat_klaar"
    assert text == "Nieuwe bestelling 12 voor An. Voor vrijdag • 1. 250 gram kaas"
    assert ids == ["vraag7.0", "vraag7.1", "vraag7.2"]


@pytest.mark.parametrize(
    ("topic", "labels", "name"),
    [("shop_alert", ["Alles OK"], "shop_alert_alles_ok"), ("courier_offer", ["Ja", "Nee"], "courier_offer_ja_nee"),
     ("courier_change", ["Start"], "courier_change_start"), ("coordinator", [], "coordinator")],
)  # fmt: skip
def test_fixed_buttons_have_a_template_of_their_own(topic: str, labels: list[str], name: str) -> None:
    assert shown("Er is nieuws.", *labels, open_=False, topic=topic)[0][0] == name


def test_other_answers_are_named_in_the_text() -> None:
    [(name, text)] = shown("Kaas is op.\nWilt u iets anders?", "Oude kaas", "Laat maar weg", open_=False, topic="order_changed")
    assert name == "order_changed"
    assert text == "Kaas is op. Wilt u iets anders? U kunt antwoorden met: Oude kaas of Laat maar weg."


def test_a_pay_link_is_a_button_outside_the_window_too() -> None:
    pay = Choice("Betalen", url=f"{PUBLIC}/b/x_1")
    assert shown("Nog niet betaald.", pay, open_=False, topic="payment") == [("payment_betalen", "Nog niet betaald.", "b/x_1")]
    assert shown("Nieuw totaal.", pay, open_=False, topic="order_changed") == [
        ("order_changed", f"Nieuw totaal. Betalen: {PUBLIC}/b/x_1")
    ]


def test_what_is_not_approved_is_held_or_goes_without_buttons() -> None:
    channel = WhatsApp("AC1", "token", "+31850000001", PUBLIC)
    channel._bubbles._usable = lambda template: template.name == "shop_alert"
    [call] = calls(channel.render(parcel("Nieuw.", "Alles OK", topic="shop_alert"), False))
    assert call.params["variables"] == {"1": "Nieuw. U kunt antwoorden met: Alles OK."}
    held = channel.render(parcel("Nieuw.", topic="payment"), False)
    assert isinstance(held, Held)
    assert "nog niet goedgekeurd" in held.why


@settings(max_examples=150, deadline=None)
@given(TEXTS | st.text(max_size=4000), st.lists(CHOICES, max_size=4), st.sampled_from(get_args(Topic)[1:]))
def test_notices_fit_and_hold_no_line_feeds(body: str, choices: list[Choice], topic: str) -> None:
    found = calls(CHANNEL.render(parcel(body, *choices, topic=topic), False))
    for call in found:
        assert not breaches(call, outside=True)
        assert "\n" not in call.params["variables"]["1"]
