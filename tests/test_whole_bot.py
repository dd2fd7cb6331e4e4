"""Every transcript again, through the whole bot over HTTP: once with Telegram phones, once with WhatsApp phones.

Words and the order per person must be those of the transcript; where a channel splits, shortens or numbers, its own rendering
counts. A rule of the platform that was broken on the way fails the test, even if the bot swallowed the refusal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.chat import inputs, replay, transcripts
from tests.village import MONDAY, Village
from tests.wholebot import WholeBot, WholeBotOnWhatsApp

CONTRACTS = Path(__file__).resolve().parent.parent.parent / "shared" / "contracts"
#: Lines that no phone of that kind can send, or that WhatsApp answers otherwise because it knows the number.
#: Asked only where the channel itself gives no number to call.
ASKS_PHONE = "Mag de koerier u bellen? Typ dan uw telefoonnummer."
#: STOP is kept by Twilio itself: it lets nothing through until START.
LEFT_OUT = {
    "telegram": r"an:\s*$",
    "whatsapp": r"an:\s*$|an \((edited|contact|sticker)\)|an: (bel mij|06 |stop|start|\[(Deze bestelling|Alle berichten)\])",
}


def spoken(transcript: str) -> dict[str, list[str]]:
    """What each person got to read, bubble after bubble."""
    out: dict[str, list[str]] = {}
    for block in re.split(r"\n(?=> )", transcript)[1:]:
        who, *lines = block.splitlines()
        body = [line[2:] for line in lines if line.startswith("  ") and not re.fullmatch(r"\s+(?:\[[^\]]+\] ?)+", line)]
        out.setdefault(who[2:], []).append(flat("\n".join(body)))
    return out


def flat(text: str) -> str:
    """Only the words: channels differ in white space, numbering, links and the dots between lines of a template."""
    bare = re.sub(r"https?://\S+|•", "", text).replace(ASKS_PHONE, "")
    return " ".join(bare.split())


@pytest.fixture
def started() -> Iterator[list[WholeBot]]:
    """Whole bots to be stopped at the end, whose stand-ins saw no rule broken."""
    bots: list[WholeBot] = []
    yield bots
    for bot in bots:
        wrong = bot.violations()
        bot.__exit__()
        assert wrong == []


@pytest.mark.parametrize("kind", [WholeBot, WholeBotOnWhatsApp], ids=lambda kind: kind.channel)
@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.stem)
def test_people_read_it_on_their_phones(path: Path, kind: type[WholeBot], started: list[WholeBot]) -> None:
    script = path.read_text(encoding="utf-8")
    left_out = [line for line in inputs(script) if re.match(LEFT_OUT[kind.channel], line)]
    if left_out:
        script = replay("\n".join(line for line in inputs(script) if line not in left_out), Village)

    def start(square: str, now: datetime) -> WholeBot:
        bot = kind(square, now, contracts=CONTRACTS if CONTRACTS.is_dir() else None).__enter__()
        started.append(bot)
        return bot

    said, heard = spoken(script), spoken(replay(script, start))
    for who, bubbles in said.items():
        together = flat(" ".join(heard.get(who, [])))
        at = 0
        for bubble in bubbles:
            found = together.find(bubble, at)
            assert found >= 0, f"{who} should read:\n{bubble}\n\nbut got:\n{together[at : at + 1500]}"
            at = found + len(bubble)
    assert set(said) == set(heard)


def test_a_first_order_takes_at_most_eight_bubbles_on_whatsapp(started: list[WholeBot]) -> None:
    """Each bubble costs money on WhatsApp: six lines from three shops with one unclear line, from hello to "bezorgd"."""
    script = (Path(__file__).parent / "transcripts" / "14_acht_berichten.chat").read_text(encoding="utf-8")

    def start(square: str, now: datetime) -> WholeBot:
        started.append(WholeBotOnWhatsApp(square, now).__enter__())
        return started[-1]

    replay(script, start)
    bubbles = [one for one in started[0].twilio.screen(started[0].phone("an")) if not one["mine"]]
    assert "bezorgd" in bubbles[-1]["text"]
    assert len(bubbles) <= 8


def test_answered_buttons_go_away_on_telegram_and_the_pay_button_stays() -> None:
    def buttons(bot: WholeBot, who: str) -> list[tuple[str, ...]]:
        return [labels for _id, _text, labels, _links in bot._in_loop(lambda: bot._screen(who))]

    with WholeBot("bunnik", MONDAY, contracts=CONTRACTS if CONTRACTS.is_dir() else None) as bot:
        bot.role("bas", "shopkeeper", "bakker")
        bot.type("an", "6 krentenbollen en 2 yoghurt", "text")
        assert "Griekse yoghurt" in buttons(bot, "an")[-1]
        bot.type("an", "geen van deze", "text")  # typed: the buttons of the question go as well
        assert [labels for labels in buttons(bot, "an")[:-1] if labels] == []
        bot.type("an", "vrijdagochtend naar Dorpsstraat 12, 3981 AB", "text")
        bot.tap("an", "Bestellen en betalen", oldest=False)
        assert [labels for labels in buttons(bot, "an") if labels] == [("Betalen",)]
        bot.tap("bas", "OK", oldest=False)
        assert [labels for labels in buttons(bot, "bas") if labels] == [("Iets is op", "Staat klaar", "Fout")]
        bot.type("bas", "krentenwegge op", "text")
        bot.tap("bas", "Staat klaar", oldest=True)  # a phone that was offline: it still says what it is about
        assert "staat klaar" in bot._in_loop(lambda: bot._screen("bas"))[-1][1]
        bot.type("an", "dank u wel", "text")
        assert [labels for labels in buttons(bot, "an") if labels] == [("Betalen",), ("Betalen",)]
        assert bot.violations() == []
