"""The gettext files: complete, fitting, quiet in version control; and the voice that says je, in every transcript."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from bot import cli
from bot.squares import load_square
from bot.texts import catalogues
from bot.texts.check import check, translation, up_to_date
from bot.texts.sources import Text, texts
from catalog.reading import Shelf
from notifications.texts import LOCALE_DIR, translator
from orders.order import ORDER_BUTTON, NotAllowed
from tests.chat import replay, transcripts
from tests.fakes import MemoryStore
from tests.village import Village

FOUND = [
    Text("Wilt u {name}?", "conversations/voorbeeld.py", 7),
    Text("Toch bezorgd", "notifications/voorbeeld.py", 9, "button"),
]
_FORMAL = re.compile(r"\b(?:u|uw)\b", re.I)


def _square_that_says_je(slug: str, now: datetime) -> Village:
    village = Village(slug, now)
    village.store = MemoryStore(shelves=[_says_je(slug)])
    return village


@cache
def _says_je(slug: str) -> Shelf:
    return Shelf.of(replace(load_square(slug), locale="nl@je"))


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.stem)
def test_a_square_that_says_je_never_says_u(path: Path) -> None:
    played = replay(path.read_text(encoding="utf-8"), _square_that_says_je)
    heard = "\n".join(line for line in played.splitlines() if line.startswith("  "))
    assert heard, "nobody said anything"
    assert _FORMAL.findall(heard) == []


def test_je_is_said_and_the_order_button_stays() -> None:
    village = _square_that_says_je("bunnik", datetime.fromisoformat("2026-11-23T09:00+01:00"))
    assert "Je praat met de bestelcomputer" in village.says("an", "6 krentenbollen")
    village.says("an", "Dorpsstraat 12, 3981 AB")
    assert "Bestellen en betalen" in village.labels("an")
    assert village.taps("an", "Bestellen en betalen").count("Bestelling 1000 is geplaatst") == 1


def test_reasons_from_the_floors_below_are_said_in_the_voice_too() -> None:
    why = NotAllowed("Regel {number} staat niet in uw mandje.", number=4)
    assert str(why) == "Regel 4 staat niet in uw mandje."
    assert why.said(translator("nl@je")) == "Regel 4 staat niet in je mandje."


def test_an_unknown_locale_speaks_the_source() -> None:
    assert translator("fy")("Uw mandje is leeg.") == "Uw mandje is leeg."
    assert translator("nl@je")("Een tekst die er niet is.") == "Een tekst die er niet is."


@pytest.mark.parametrize("locale", ["nl", *catalogues.locales()])
def test_every_placeholder_can_be_filled_in_every_locale(locale: str) -> None:
    say = translator(locale)
    for one in texts():
        names = catalogues.placeholders(one.words)
        assert catalogues.placeholders(say(one.words)) == names
        assert "{" not in say(one.words).format(**dict.fromkeys(names, "x"))


def test_the_order_button_has_no_translation() -> None:
    for locale in catalogues.locales():
        assert catalogues.read(catalogues.po_path(locale)).get(ORDER_BUTTON) is None
        assert translator(locale)(ORDER_BUTTON) == "Bestellen en betalen"


def test_the_files_change_only_when_a_text_does() -> None:
    files = [LOCALE_DIR / catalogues.TEMPLATE, *(catalogues.po_path(one) for one in catalogues.locales())]
    for path in files:
        said = path.read_text(encoding="utf-8")
        assert not re.search(r"Date|Generated-By|^#: .*:\d|^#: /", said, re.M), path.name
    moved = [replace(one, line=one.line + 100) for one in FOUND]
    assert catalogues.as_text(catalogues.template(FOUND)) == catalogues.as_text(catalogues.template(moved))


# --- each fault of a translation ---------------------------------------------------------------------------------------


def _faults(folder: Path, change: Callable[[str], str], locale: str = "nl@je") -> list[str]:
    """What the check says of a good translation after ``change`` was made to its file."""
    path = catalogues.po_path(locale, folder)
    path.parent.mkdir(parents=True)
    good = '#, python-brace-format\nmsgid "Wilt u {name}?"\nmsgstr "Wil je {name}?"\n\n'
    good += 'msgid "Toch bezorgd"\nmsgstr "Toch bezorgd"\n'
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + change(good), encoding="utf-8")
    return translation(locale, FOUND, folder)


def test_a_good_translation_is_good(tmp_path: Path) -> None:
    assert _faults(tmp_path, lambda text: text) == []


@pytest.mark.parametrize(
    ("was", "becomes", "remedy"),
    [
        ("Wil je {name}?", "Wil je {naam}?", "{name} ontbreekt in de vertaling"),
        ("Wil je {name}?", "Wil je {name} {extra}?", "{extra} staat niet in de Nederlandse tekst"),
        ("Wil je {name}?", "Wil je {name?", "haakjes"),
        ("Wil je {name}?", "", "Er is nog geen vertaling"),
        ("Wil je {name}?", "Wilt u {name}?", "Zeg je en jouw"),
        ("Wil je {name}?", "Wil je de order {name}?", "geen gewoon Nederlands"),
        ("#, python-brace", "#, fuzzy, python-brace", "haal ‘fuzzy’ weg"),
        ('msgid "Toch bezorgd"', 'msgid "Iets anders"', "dorpsbode texts update"),
        ('msgstr "Toch bezorgd"', 'msgstr "Toch nog netjes bezorgd"', "De knop is 3 tekens te lang"),
        ('msgstr "Toch bezorgd"', "zomaar een regel", "niet te lezen"),
    ],
)
def test_each_fault_of_a_translation_is_named_with_its_remedy(tmp_path: Path, was: str, becomes: str, remedy: str) -> None:
    wrong = _faults(tmp_path, lambda text: text.replace(was, becomes))
    assert any(remedy in one for one in wrong), wrong


def test_a_language_that_is_no_dutch_is_held_to_labels_and_placeholders_only(tmp_path: Path) -> None:
    assert _faults(tmp_path, lambda text: text.replace("Wil je {name}?", "Do you want an order of {name}?"), "en") == []
    assert _faults(tmp_path / "2", lambda text: text.replace('msgstr "Toch b', 'msgstr "Delivered after all b'), "en") != []


def test_a_template_behind_the_code_is_named(tmp_path: Path) -> None:
    catalogues.write(tmp_path / catalogues.TEMPLATE, catalogues.template(FOUND))
    assert up_to_date(FOUND, tmp_path) == []
    assert up_to_date(FOUND[:1], tmp_path) == ["dorpsbode.pot loopt achter op de code. Draai: dorpsbode texts extract"]


# --- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("bot.commands.texts.LOCALE_DIR", tmp_path)
    return tmp_path


def test_add_update_and_extract_keep_what_was_translated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["texts", "add", "fy"]) == 0
    path = catalogues.po_path("fy", folder)
    begun = path.read_text(encoding="utf-8")
    assert 'msgid "Wat mag het zijn?"\nmsgstr ""' in begun
    path.write_text(
        begun.replace('"Wat mag het zijn?"\nmsgstr ""', '"Wat mag het zijn?"\nmsgstr "Wat mei it wêze?"'), encoding="utf-8"
    )
    assert cli.main(["texts", "update"]) == 0
    assert 'msgstr "Wat mei it wêze?"' in path.read_text(encoding="utf-8")
    assert (folder / catalogues.TEMPLATE).is_file()
    assert any("Er is nog geen vertaling" in one for one in check(folder=folder))
    assert "te doen" in capsys.readouterr().err


def test_a_changed_text_comes_along_as_a_guess(folder: Path) -> None:
    known = catalogues.merged(None, catalogues.template([Text("Wat mag het zijn vandaag?", "a.py", 1)]), "fy")
    known["Wat mag het zijn vandaag?"].string = "Wat mei it hjoed wêze?"
    changed = catalogues.merged(known, catalogues.template([Text("Wat mag het zijn nu?", "a.py", 1)]), "fy")
    assert changed["Wat mag het zijn nu?"].fuzzy
    assert changed["Wat mag het zijn nu?"].string == "Wat mei it hjoed wêze?"
    assert 'vandaag?"' not in catalogues.as_text(changed)


def test_a_voice_of_dutch_keeps_the_texts_that_fit_it(folder: Path) -> None:
    made = catalogues.merged(None, catalogues.template(FOUND), "nl@je")
    assert made["Toch bezorgd"].string == "Toch bezorgd"
    assert not made["Wilt u {name}?"].string
    assert catalogues.merged(None, catalogues.template(FOUND), "fy")["Toch bezorgd"].string is None


@pytest.mark.parametrize("locale", ["nl", "Frysk", "../x", "nl@JE"])
def test_a_locale_that_cannot_be_is_refused(folder: Path, locale: str) -> None:
    assert cli.main(["texts", "add", locale]) == 2
    assert list(folder.rglob("*.po")) == []


def test_adding_twice_is_refused(folder: Path) -> None:
    assert [cli.main(["texts", "add", "de"]) for _ in range(2)] == [0, 2]


def test_the_command_checks_the_repository(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["texts", "check"]) == 0
    assert "0 fouten" in capsys.readouterr().out
