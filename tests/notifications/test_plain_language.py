"""The rules of plain language: each one broken by a text made for it, and kept by every text in the code."""

from __future__ import annotations

import pytest

from bot.texts import language
from bot.texts.check import check, plain
from bot.texts.sources import Text, bare_in, texts, texts_in, unwrapped
from orders.order import ORDER_BUTTON


def test_every_text_in_the_code_is_plain_wrapped_and_translated() -> None:
    assert check() == []
    assert len(texts()) > 300, "the texts of the code were not found: this test would see nothing"


def test_the_mean_sentence_is_short() -> None:
    assert 3 < language.mean_length(one.words for one in texts()) <= language.MEAN_WORDS_IN_SENTENCE


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Wat wil je bestellen?", "Zeg u en uw"),
        ("Jouw mandje is leeg.", "Zeg u en uw"),
        ("Ga naar de checkout.", "geen gewoon Nederlands"),
        ("Uw order staat klaar.", "geen gewoon Nederlands"),
        ("Log in met uw account.", "geen gewoon Nederlands"),
        ("Kies een slot.", "geen gewoon Nederlands"),
        ("Totaal {sum} (incl. btw)", "afkorting"),
        ("Typ bijv. 2 broden.", "afkorting"),
        ("Van ma t/m vrijdag.", "afkorting"),
        ("Bel a.u.b. de winkel.", "afkorting"),
        ("Er is de komende twee weken geen rit.", "met een cijfer"),
        ("Ik heb nog één vraag.", "met een cijfer"),
        ("Ongeldige invoer.", "de schuld"),
        ("Uw postcode is ongeldig.", "de schuld"),
        ("U moet een postcode geven.", "de schuld"),
        ("Dat is geen prijs.", "de schuld"),
        ("Wilt u brood? Of liever kaas?", "Vraag één ding tegelijk"),
        ("Goed 👍 tot vrijdag 🚲", "hoogstens 1"),
        (" ".join(["woord"] * 21) + ".", "Maak er twee van"),
        ("Dit is kort. " * 21, "Laat weg wat niet nodig is"),
    ],
)
def test_a_text_that_breaks_a_rule_gets_the_remedy(text: str, remedy: str) -> None:
    assert any(remedy in fault for fault in language.faults(text)), language.faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "Wat mag het zijn?",
        "Bestelling {number} staat klaar. Klopt dat niet? Typ FOUT.",
        "Totaal {sum} (met btw)",
        "U kunt nu betalen 🙂",
        "Een bestelling voor uw buren kan ook.",
        "De zon schijnt op de dijk.",
        " ".join(["woord"] * 20) + ".",
        "Alles in {order} is {slot}.",
    ],
)
def test_plain_texts_pass(text: str) -> None:
    assert language.faults(text) == []


def test_a_label_is_at_most_twenty_characters() -> None:
    assert language.faults("Toch laten bezorgen!!", button=True) == [
        "De knop is 1 tekens te lang. Een knop heeft hoogstens 20 tekens."
    ]
    assert language.faults("Toch laten bezorgen!!") == []
    assert language.faults(ORDER_BUTTON, button=True) == []


def test_a_voice_that_says_je_may_not_say_u() -> None:
    assert language.faults("Wat wil je bestellen?", formal=False) == []
    assert language.faults("Uw mandje is leeg.", formal=False) == ["Hier staat ‘Uw’. Zeg je en jouw."]


def test_a_mean_above_twelve_words_is_a_fault() -> None:
    long = Text(" ".join(["woord"] * 14) + ".", "conversations/voorbeeld.py", 1)
    assert plain([long]) == ["Een zin heeft gemiddeld 14.0 woorden. Houd het onder 12."]


def test_braces_that_do_not_match_are_found() -> None:
    assert "haakjes" in plain([Text("Totaal {sum", "conversations/voorbeeld.py", 3)])[0]


def test_texts_and_labels_are_found_where_they_stand() -> None:
    source = (
        'say(turn._("Goed."))\n'
        'Choice(turn._("Ja") if sure else _("Zeker"), "yes", turn._("Ik weet het"))\n'
        'X = {1: N_("half " "pond")}\n'
        'raise NotAllowed("Regel {n} is er niet.", n=1)\n'
        "f\"{_('Bestelling')} {number}\"\n"
        "for _ in range(3): _(number)\n"
    )
    found = [(one.words, one.line, one.kind) for one in texts_in(source, "voorbeeld.py")]
    assert found == [
        ("Goed.", 1, "text"), ("Ja", 2, "button"), ("Zeker", 2, "button"), ("Ik weet het", 2, "text"), ("half pond", 3, "text"),
        ("Regel {n} is er niet.", 4, "text"), ("Bestelling", 5, "text"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    ['Choice("Annuleren", "x")', 'turn.say("Goed.")', 'turn.say(f"{name} is op.")', 'Ask("Wat mag het zijn?")',
     'turn._(f"{name} is op.")',
     'NotAllowed(f"Regel {n} is er niet.")'],
)  # fmt: skip
def test_what_is_said_without_being_wrapped_is_found(source: str) -> None:
    assert [one.line for one in bare_in(source, "voorbeeld.py")] == [1]


def test_names_and_numbers_need_no_wrapping() -> None:
    assert (
        list(bare_in('Choice(f"{number}, {name}", "x")\nAsk("")\nturn.say(text)\nChoice(ORDER_BUTTON, "x")', "voorbeeld.py"))
        == []
    )
    assert unwrapped() == []


def test_the_order_button_is_never_translated() -> None:
    """Only these words conclude an order (CJEU C-249/21): no voice or language may say them otherwise."""
    assert ORDER_BUTTON not in {one.words for one in texts()}
