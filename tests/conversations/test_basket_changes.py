"""What a change does to the basket: it alters the line that was meant, or none."""

from __future__ import annotations

from tests.village import Village


def _basket(village: Village) -> list[tuple[str, int]]:
    return [(line.name, line.amount) for line in village.store.draft("an", "bunnik").lines]


def _with(*messages: str) -> Village:
    village = Village()
    for text in messages:
        village.says("an", text)
    return village


def test_words_that_fit_two_lines_take_none_out() -> None:
    village = _with("een pond belegen kaas en een pond oude kaas")
    before = _basket(village)
    assert "meer dan 1 regel" in village.says("an", "geen kaas")
    assert _basket(village) == before
    assert len(before) == 2


def test_as_many_of_the_new_as_there_were_of_the_old() -> None:
    village = _with("6 bruine bolletjes", "bruine bolletjes eruit, witte erin")
    assert _basket(village) == [("Witte bolletjes", 6)]


def test_another_thing_for_what_is_not_there_is_asked() -> None:
    village = _with("6 krentenbollen")
    said = village.says("an", "liever broccoli dan bloemkool")
    assert "‘bloemkool’ staat niet in uw mandje." in said
    assert "Broccoli" in said
    assert _basket(village) == [("Krentenbollen", 6)]


def test_a_new_amount_with_how_it_must_be() -> None:
    village = _with("een pond belegen kaas", "maak van die belegen kaas 750 gram en dan in plakken")
    (line,) = village.store.draft("an", "bunnik").lines
    assert line.amount == 750
    assert "in plakken" in (*line.options, line.note)


def test_a_second_choice_reaches_the_shop_as_a_note() -> None:
    village = _with("een bloemkool, is die er niet dan broccoli", "ja")
    (line,) = village.store.draft("an", "bunnik").lines
    assert (line.name, line.note) == ("Bloemkool", "is die er niet dan broccoli")


def test_in_all_or_so_many_more_can_be_tapped() -> None:
    village = _with("2 krentenbollen", "krentenbollen 4 en een rookworst")
    assert _basket(village) == [("Krentenbollen", 2), ("Rookworst", 1)]
    village.says("an", "6")
    assert sorted(_basket(village)) == [("Krentenbollen", 6), ("Rookworst", 1)]


def test_only_how_it_must_be_keeps_the_amount() -> None:
    village = _with("750 gram oude kaas", "die oude kaas toch maar in plakken")
    (line,) = village.store.draft("an", "bunnik").lines
    assert line.amount == 750
    assert "in plakken" in (*line.options, line.note)
