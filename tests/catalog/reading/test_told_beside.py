"""What is told beside an order: which one is meant, how it must be, why, what for, what goes back, thanks."""

from __future__ import annotations

import pytest
from reading_help import heard, told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("een pot pindakaas, die met stukjes", "1 Pindakaas met stukjes"),
        ("een pot pindakaas, die van Calvé met stukjes", "1 Pindakaas met stukjes"),
        ("twee pakken vla, die met chocola", "2 Chocoladevla"),
        ("een pak filterkoffie, die in dat rode pak", "1 Filterkoffie"),
        ("een komkommer, die van 2 pakken melk", "1 Komkommer; 2 ?Halfvolle melk"),
    ],
)
def test_what_is_said_of_the_last_thing_is_no_other(text: str, lines: str) -> None:
    assert told(text) == lines


def test_what_the_last_thing_bears_is_kept_when_it_tells_nothing() -> None:
    (line,) = heard("2 pakken melk, die in dat blauwe pak").lines
    assert line.note == "blauwe pak"


@pytest.mark.parametrize(
    "asked", ["wil je hem in stukken doen?", "kunt u hem in stukken hakken?", "wil je die in stukken zagen"]
)
def test_how_the_last_thing_must_be_may_be_asked(asked: str) -> None:
    (line,) = heard(f"een rollade, {asked}").lines
    assert "in stukken" in (*line.options, line.note)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("van dat rundergehakt ook een kilo het is voor hachee en een komkommer", "1000 Rundergehakt; 1 Komkommer"),
        ("een pond uien dat is voor de soep en een komkommer", "500 Uien; 1 Komkommer"),
        ("een komkommer want ze blijven slapen en toiletpapier", "1 Komkommer; 1 Toiletpapier"),
        ("een komkommer want hij lust geen melk en kaas", "1 Komkommer"),
        ("een kilo rundergehakt, dan kan ik ballen draaien voor de hele week", "1000 Rundergehakt"),
        ("dan kan ik 2 komkommers gebruiken", "2 Komkommer"),
        ("wat hadden we nou nog meer o toiletpapier doe maar twee pakken", "2 Toiletpapier"),
        ("wild u voor mij op schrijfen 1 komkommer", "1 Komkommer"),
        ("hallo met mevrouw bos ik wou graag een komkommer", "1 Komkommer"),
    ],
)
def test_why_and_what_for_are_read_over(text: str, lines: str) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Eerst een compliment over de komkommer van vorige week",
        "Complimenten voor de appeltaart, mijn man vond hem beter dan die van zijn moeder",
        "Namens het hele bestuur dank voor een komkommer bij de vrijwilligersavond",
        "Mag de lege fles van de melk gewoon mee terug met Sam?",
        "Kan de oude krat melk ook mee terug?",
    ],
)
def test_thanks_and_what_goes_back_order_nothing(text: str) -> None:
    assert heard(text).lines == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("een kilo uien, de soep pruttelt al", "1000 Uien"),
        ("De spinazie slinkt altijd zo, doe er maar 3 zakken van", "3 Spinazie"),
        ("de raad van elf vergadert hier, een komkommer graag", "1 Komkommer"),
        ("een komkommer, de vaatwasser begaf het", "1 Komkommer"),
        ("levert mij een komkommer", "1 Komkommer"),
        ("er moet nog een roggebrood komen en een komkommer", "1 Roggebrood; 1 Komkommer"),
        ("er moet nog een monteur komen", ""),
        ("Hedde nog worstenbruudjes? Lot er mar zes komme", "6 Worstenbroodje"),
        ("Hoi, hier Samira van het buurthuis, een komkommer", "1 Komkommer"),
        ("hier appels graag", "- ?Elstar appels"),
    ],
)
def test_what_somebody_does_is_told(text: str, lines: str) -> None:
    assert told(text) == lines
