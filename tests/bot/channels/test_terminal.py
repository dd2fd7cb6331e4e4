"""The terminal shows what the other channels would."""

from __future__ import annotations

import asyncio

import pytest
from channel_tools import calls, parcel

from bot.channels.terminal import Terminal, looking_like
from notifications.messages import Choice, Inbound

CHOICES = (Choice("Bestellen en betalen"), Choice("Ander moment", hint="vrijdag"))


def written(channel: str, *choices: Choice | str) -> str:
    lines: list[str] = []
    terminal = looking_like(channel, "https://bode.example", lines.append)
    asyncio.run(terminal.send(calls(terminal.render(parcel("Klopt het?", *choices, callback_id="9"), True)), "k1"))
    return "\n---\n".join(lines)


@pytest.mark.parametrize(
    ("channel", "shown"),
    [
        ("terminal", "Klopt het?\n  1. Bestellen en betalen\n  2. Ander moment, vrijdag"),
        ("telegram", "Klopt het?\n  1. [ Bestellen en betalen ]\n  2. [ Ander moment ]"),
        ("whatsapp", "Klopt het?\n  1. [ Bestellen en betalen ]\n  2. [ Ander moment ]"),
    ],
)
def test_buttons(channel: str, shown: str) -> None:
    assert written(channel, *CHOICES) == shown


def test_a_whatsapp_list_and_link() -> None:
    shown = written("whatsapp", *(Choice(f"Kaas {n}", hint="€ 4") for n in range(4)))
    assert shown.startswith("Klopt het?\n  (Maak een keuze)\n  1. [ Kaas 0 ] € 4\n  2. [ Kaas 1 ] € 4")
    assert written("whatsapp", Choice("Betalen", url="https://bode.example/b/x")) == "Klopt het?\n  [ Betalen ] b/x"


def test_a_telegram_link_has_no_number() -> None:
    shown = written("telegram", Choice("Betalen", url="https://bode.example/b/x"))
    assert shown == "Klopt het?\n  [ Betalen ] https://bode.example/b/x"


def test_an_unknown_channel_is_no_channel() -> None:
    with pytest.raises(KeyError):
        looking_like("fax", "https://bode.example")


def test_lines_are_messages_and_empty_lines_are_not() -> None:
    terminal = Terminal()
    assert terminal.parse({}, b"  \n", "") == []
    [first] = terminal.parse({}, "half pond kaas, één\n".encode(), "")
    [second] = terminal.parse({}, b"/start bunnik\n", "")
    assert isinstance(first, Inbound)
    assert isinstance(second, Inbound)
    assert (first.kind, first.text) == ("text", "half pond kaas, één")
    assert (second.kind, second.text) == ("start", "bunnik")
    assert first.event_id != second.event_id
