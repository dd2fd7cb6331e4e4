"""Addresses as people type them in a chat."""

from __future__ import annotations

import pytest

from conversations.flows.address import looks_like_one, read_name, read_place, split_place


@pytest.mark.parametrize(
    ("text", "postcode", "house", "street"),
    [
        ("3981 AB 12", "3981AB", "12", ""),
        ("3981ab12", "3981AB", "12", ""),
        ("3981AB 12 bis", "3981AB", "12 bis", ""),
        ("3981 ab nummer 12a", "3981AB", "12a", ""),
        ("Dorpsstraat 12, 3981 AB", "3981AB", "12", "Dorpsstraat"),
        ("dorpsstraat 12 bis 3981 AB Bunnik", "3981AB", "12 bis", "dorpsstraat"),
        ("Kerkweg 4 3-hoog, 3981 AB", "3981AB", "4 3-hoog", "Kerkweg"),
        ("Laan van de Vrijheid 12-2, 3981 AB", "3981AB", "12-2", "Laan van de Vrijheid"),
        ("mijn adres is Molenweg 7 3981AB", "3981AB", "7", "Molenweg"),
        ("'t Zand 9, 3981 AB", "3981AB", "9", "'t Zand"),
        ("Plein 1944 nr 5, 3981 AB", "3981AB", "5", "Plein 1944"),
        ("Dorpsstraat 12, 3981 AB, 06-12345678", "3981AB", "12", "Dorpsstraat"),
        ("Dorpsstraat 12\n3981 AB Bunnik", "3981AB", "12", "Dorpsstraat"),
    ],
)
def test_an_address_is_read(text: str, postcode: str, house: str, street: str) -> None:
    place = read_place(text)
    assert place is not None
    assert (place.postcode, place.house, place.street) == (postcode, house, street)


@pytest.mark.parametrize("text", ["4 krentenbollen", "3981 AB", "Dorpsstraat 12", "0612345678", "3981 SS 4", "", "x" * 5000])
def test_half_an_address_is_none(text: str) -> None:
    assert read_place(text) is None


@pytest.mark.parametrize("text", ["3981 AB", "Dorpsstraat 12", "1234"])
def test_half_an_address_is_recognised_as_a_try(text: str) -> None:
    assert looks_like_one(text)


@pytest.mark.parametrize(
    ("text", "rest", "house"),
    [
        ("4 krentenbollen naar Dorpsstraat 12, 3981 AB, vrijdag", "4 krentenbollen\nvrijdag", "12"),
        ("4 krentenbollen, 3981 AB 12", "4 krentenbollen", "12"),
        ("half pond brie, Kerkstraat 4 bis, 3981ab", "half pond brie", "4 bis"),
        ("Dorpsstraat 12 3981 AB Bunnik", "", "12"),
        ("Dorpsstraat 12, 3981 AB, 06-12345678", "", "12"),
        ("4 krentenbollen", "4 krentenbollen", None),
    ],
)
def test_an_address_is_cut_out_of_an_order(text: str, rest: str, house: str | None) -> None:
    left, place = split_place(text)
    assert left == rest
    assert (place.house if place else None) == house


def test_a_phone_number_may_come_along() -> None:
    place = read_place("Dorpsstraat 12, 3981 AB, tel 06 12 34 56 78")
    assert place is not None
    assert place.contact == "0612345678"


@pytest.mark.parametrize(
    ("text", "name"), [("Ik ben An Sample", "An Sample"), ("mevr. De Wit", "mevr. De Wit"), ("!!", None), ("", None)]
)
def test_a_name_is_read(text: str, name: str | None) -> None:
    assert read_name(text) == name
