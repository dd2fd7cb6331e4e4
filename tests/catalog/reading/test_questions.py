"""Questions: their topic and what they name; and orders that only look like questions."""

from __future__ import annotations

import pytest
from reading_help import heard


@pytest.mark.parametrize(
    ("text", "topic", "words"),
    [
        ("wat kost de bezorging?", "delivery_cost", ""),
        ("tot hoe laat kan ik bestellen", "deadline", ""),
        ("wanneer komt het", "when_comes", ""),
        ("kan het vrijdag bezorgd worden?", "when_comes", ""),
        ("wie is de verkoper", "seller", ""),
        ("zitten er noten in de krentenbollen?", "allergens", "noten krentenbollen"),
        ("wat kost een slagroomtaart", "price", "slagroomtaart"),
        ("hoeveel kost een kilo aardbeien", "price", "aardbeien"),
        ("heeft u nog krentenbollen?", "stock", "krentenbollen"),
        ("is de bakker morgen open?", "hours", "bakker"),
        ("kan ik aan de deur betalen?", "payment", ""),
        ("waar blijft mijn bestelling", "order_status", ""),
        ("bezorgen jullie ook in Odijk?", "area", ""),
        ("bent u een mens?", "bot", ""),
    ],
)
def test_topics(text: str, topic: str, words: str) -> None:
    reading = heard(text)
    assert reading.intent == "question"
    assert reading.lines == ()
    assert [(question.topic, question.words) for question in reading.questions] == [(topic, words)]


@pytest.mark.parametrize(
    "text",
    [
        "wat zit er in de tompouce",
        "hoeveel gehakt heb je nodig voor 4 personen denkt u",
        "is die jonge kaas geschikt voor kinderen",
        "mag ik die brie nog eten als hij een week open is",
        "kan een slagroomtaart ook in de vriezer",
        "zitten er in een krat cola 24 flesjes",
        "kunt u me vertellen of er noten in de muesli zitten",
        "ik zou graag willen weten of de bakker open is",
        "kan de taart op woensdag bezorgd worden",
    ],
)
def test_the_order_of_words_asks_without_a_mark(text: str) -> None:
    reading = heard(text)
    assert (reading.intent, reading.lines) == ("question", ())


def test_an_order_behind_a_question() -> None:
    reading = heard("is er nog kerststol, en doe mij 2 komkommers")
    assert [line.product for line in reading.lines] == ["groenteboer/g50"]
    assert reading.questions


@pytest.mark.parametrize(
    "text", ["mag ik 2 komkommers?", "kunt u morgen een bloemkool brengen?", "heeft u voor mij 2 komkommers?"]
)
def test_a_polite_order_is_no_question(text: str) -> None:
    reading = heard(text)
    assert reading.intent == "order"
    assert reading.questions == ()
