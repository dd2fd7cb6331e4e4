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

from tests.chat import replay, transcripts
from tests.wholebot import WholeBot, WholeBotOnWhatsApp

CONTRACTS = Path(__file__).resolve().parent.parent.parent / "shared" / "contracts"
#: What cannot be typed on a phone of that kind: the stand-in refuses, as a real phone would.
#: Asked only where the channel itself gives no number to call.
ASKS_PHONE = "Mag de koerier u bellen? Typ dan uw telefoonnummer."
NOT_THERE = {"telegram": {"08_mens"}, "whatsapp": {"08_mens"}}


def spoken(transcript: str) -> dict[str, list[str]]:
    """What each person got to read, bubble after bubble."""
    out: dict[str, list[str]] = {}
    for block in re.split(r"\n(?=> )", transcript)[1:]:
        who, *lines = block.splitlines()
        body = [line[2:] for line in lines if line.startswith("  ") and not re.fullmatch(r"\s+(?:\[[^\]]+\] ?)+", line)]
        out.setdefault(who[2:], []).append(flat("\n".join(body)))
    return out


def flat(text: str) -> str:
    """Only the words: channels differ in white space, numbering and links."""
    bare = re.sub(r"https?://\S+", "", text).replace(ASKS_PHONE, "")
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
    if path.stem in NOT_THERE[kind.channel]:
        script = "\n".join(line for line in script.splitlines() if not re.match(r"an(?: \((?:edited|sticker|contact)\))?:\s*$|an \(edited\)", line))

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


def test_a_first_order_takes_at_most_eight_bubbles() -> None:
    """Each bubble costs money on WhatsApp: six lines from three shops with one unclear line, from hello to "bezorgd"."""
    script = (Path(__file__).parent / "transcripts" / "14_acht_berichten.chat").read_text(encoding="utf-8")
    assert len(spoken(script)["an"]) <= 8


