"""The village behind the demo page: everybody is in, phones switch, the clock moves, chats are kept, a reset forgets."""

from __future__ import annotations

import pickle
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from bot.demo import keep
from bot.demo.cast import cast, handsets, samples
from bot.squares import load_square
from tests.demo.conftest import Demo


def test_everybody_came_in_by_an_invitation(calm_demo: Demo) -> None:
    people = calm_demo.state()["people"]
    shops = [name for name in people if name.startswith("shop:")]
    assert len(shops) == len(load_square("bunnik").shops)
    for name, person in people.items():
        chat = person["chats"][person["channel"]]["messages"]
        if person["role"] == "bewoner":
            assert chat == []
        else:
            assert [message["mine"] for message in chat] == [True, False], name
            assert f"U doet nu mee als {person['role']}" in chat[1]["text"]


def test_a_second_start_goes_on_where_the_first_stopped(tmp_path: Path) -> None:
    with Demo(tmp_path) as first:
        first.says("an", "6 krentenbollen")
        before, now = first.screen("an"), datetime.fromisoformat(first.state()["now"])
    with Demo(tmp_path) as second:
        assert second.screen("an") == before
        assert datetime.fromisoformat(second.state()["now"]) >= now
        assert "Krentenbollen" in second.says("an", "mandje"), "the basket and the new message both arrived"


def test_what_was_kept_may_not_run_anything(tmp_path: Path, calm_demo: Demo) -> None:
    stage = calm_demo.site.stage
    assert stage is not None
    bad = tmp_path / "demo.phones"
    bad.write_bytes(pickle.dumps({"now": print}))
    with pytest.raises(pickle.UnpicklingError, match="print"):
        keep.load(bad, stage.telegram, stage.twilio, stage.mollie)


def test_a_switched_phone_gets_the_next_message_on_the_other_app(demo: Demo) -> None:
    demo.says("an", "6 krentenbollen, vrijdag")
    assert demo.screen("an", "telegram") == []
    demo.do("channel", person="an", channel="telegram")
    assert "Krentenbollen" in demo.says("an", "mandje"), "the same person, so the same basket"
    assert demo.screen("an", "telegram")[0]["text"] == "mandje"
    assert demo.state()["people"]["an"]["channel"] == "telegram"


def test_voice_and_photo_get_an_honest_answer_on_both_apps(demo: Demo) -> None:
    demo.says("an", "hallo")
    for channel in ("whatsapp", "telegram"):
        demo.do("channel", person="an", channel=channel)
        for kind, word in (("voice", "luisteren"), ("photo", "foto")):
            demo.do("send", person="an", kind=kind)
            mine, answer = demo.screen("an")[-2:]
            assert (mine["mine"], mine["kind"]) == (True, kind)
            assert word in answer["text"]


def test_the_clock_moves_for_everybody(demo: Demo) -> None:
    before = datetime.fromisoformat(demo.state()["now"])
    demo.do("clock", move="60")
    after = datetime.fromisoformat(demo.state()["now"])
    assert 3600 <= (after - before).total_seconds() < 3660
    demo.do("clock", move="morning")
    morning = datetime.fromisoformat(demo.state()["now"])
    assert (morning.date() - before.date()).days == 1
    assert (morning.hour, morning.minute) == (8, 30)
    stage = demo.site.stage
    assert stage is not None
    assert abs((stage.telegram.clock() - stage.app.clock.now()).total_seconds()) < 5


def test_a_silent_shop_is_reminded_on_the_way(demo: Demo) -> None:
    demo.says("an", "4 krentenbollen, vrijdagochtend")
    demo.says("an", "Dorpsstraat 12, 3981 AB")
    demo.says("an", "bestellen en betalen")
    assert demo.state()["next"] == {"step": 1, "text": "Laat Bakkerij de Molen antwoorden: tik daar op OK."}
    demo.do("clock", move="60")
    texts = [message["text"] for message in demo.screen("shop:bakker")]
    assert any("wacht op uw antwoord" in text for text in texts)
    assert any("antwoordt niet" in message["text"] for message in demo.screen("coordinator"))


def test_reset_forgets_everything(demo: Demo) -> None:
    demo.says("an", "6 krentenbollen")
    old = demo.state()["started"]
    demo.do("reset")
    state = demo.state()
    assert state["started"] != old
    assert demo.screen("an") == []
    assert "Wat mag het zijn" in demo.says("an", "hallo")


@pytest.mark.parametrize(
    ("deed", "wish"),
    [
        ("send", {"person": "niemand", "kind": "text", "text": "hoi"}),
        ("send", {"person": "an", "kind": "text", "text": "  "}),
        ("send", {"person": "an"}),
        ("tap", {"person": "an", "message": "SMx", "data": "x"}),
        ("tap", {"person": "coordinator", "message": "99", "data": "x"}),
        ("clock", {"move": "gisteren"}),
        ("channel", {"person": "an", "channel": "fax"}),
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_words(calm_demo: Demo, deed: str, wish: dict[str, str]) -> None:
    answer = calm_demo.http.post(f"/demo/{deed}", json=wish)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("Dat lukte niet")


def test_another_site_cannot_press_our_buttons(calm_demo: Demo) -> None:
    form = calm_demo.http.post("/demo/reset", data={"a": "b"})
    text = calm_demo.http.post("/demo/reset", content='{"a": 1}', headers={"Content-Type": "text/plain"})
    assert (form.status_code, text.status_code) == (400, 400)
    assert calm_demo.state()["started"]


def test_the_page_asks_nothing_of_the_internet(calm_demo: Demo) -> None:
    page = calm_demo.http.get("/")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    parts = [page.text, *(calm_demo.http.get(f"/demo/page/{name}").raise_for_status().text for name in ("style.css", "app.js"))]
    for part in parts:
        left = part.replace("http://www.w3.org/2000/svg", "").replace("https?:", "")
        assert "http:" not in left.replace("frame-src http:", "")
        assert "https:" not in left


def test_the_bot_itself_answers_on_the_same_port(calm_demo: Demo) -> None:
    assert calm_demo.http.get("/healthz").text == "ok"
    assert httpx.get(f"{calm_demo.url}/b/onbekend").status_code == 404


def test_a_page_that_watches_does_not_keep_the_demo_up(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with Demo(tmp_path) as demo, httpx.stream("GET", f"{demo.url}/demo/events", timeout=10) as events:
        lines = events.iter_lines()
        assert next(lines).startswith("data: ")
        demo.stop()
        assert [line for line in lines if line.startswith("event")] == [], "the stream ends by itself"
    assert "Traceback" not in capfd.readouterr().err


def test_adding_a_shop_gives_nobody_another_number() -> None:
    from dataclasses import replace

    square = load_square("bunnik")
    fewer = replace(square, shops=square.shops[1:])
    numbers = {player.id: (player.chat_id, player.phone) for player in cast(square)}
    assert all(numbers[player.id] == (player.chat_id, player.phone) for player in cast(fewer))
    assert len(set(numbers.values())) == len(numbers)


def test_every_example_square_has_phones_and_samples() -> None:
    for name in ("bunnik", "voorbeeld"):
        square = load_square(name)
        phones = handsets(cast(square))
        assert [phone.key for phone in phones] == ["bewoner", "winkel1", "winkel2", "koerier", "coordinator"]
        assert len(samples(square)) == 3
