"""The words of a courier on the road."""

from __future__ import annotations

import pytest

from conversations.courierwords import hear
from tests.village import Village


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Ja hoor", "yes"),
        ("jaa hoor", "yes"),
        ("kan ik doen", "yes"),
        ("vrijdag kan ik niet", "no"),
        ("nee sorry ben ziek", "swap"),
        ("alles ingeladen", "done"),
        ("hebbes", "done"),
        ("ze is er niet", "not_home"),
        ("oeps te vroeg", "undo"),
        ("waar begin ik", "show"),
        ("misschien", "show"),
        ("buurvrouw heeft het aangenomen", "neighbours"),
        ("ik heb het in de schuur gezet", "neighbours"),
        ("ik kom een kwartiertje later", "trouble"),
        ("ik kan het adres niet vinden", "trouble"),
        ("waar laat ik de kratten?", "question"),
        ("tot volgende week", "polite"),
        ("ja is goed", "yes"),
        ("doe ik!", "yes"),
        ("👍", "yes"),
        ("nee, ik kan niet", "no"),
        ("ik kan helaas niet", "no"),
        ("ik ben ziek", "swap"),
        ("ik kan toch niet", "swap"),
        ("begonnen", "start"),
        ("afgegeven", "done"),
        ("ok klaar", "done"),
        ("er doet niemand open", "not_home"),
        ("nee fout", "undo"),
        ("waar moet ik heen?", "show"),
        ("afgegeven bij de buurvrouw", "neighbours"),
        ("ik heb een lekke band", "trouble"),
        ("hij betaalt niet", "trouble"),
        ("bedankt", "polite"),
    ],
)
def test_a_word_is_understood(text: str, verb: str) -> None:
    assert hear(text) == verb


@pytest.mark.parametrize("text", ["", "nog niet klaar", "ja maar pas om 10 uur", "niet doen", "x" * 10_000])
def test_what_could_mean_more_than_one_thing_is_no_word(text: str) -> None:
    assert hear(text) is None


def test_help_of_a_courier_without_a_ride_shows_the_words_and_alarms_nobody() -> None:
    village = Village()
    village.role("sam", "courier")
    village.role("anja", "coordinator")
    assert "RUILEN" in village.says("sam", "hulp")
    assert "anja" not in village.inbox
