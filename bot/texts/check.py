"""Whether the texts are right: each in plain language, the template up to date, each translation complete and fitting."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError

from bot.texts import catalogues, language
from bot.texts.sources import ROOT, Text, texts, unwrapped
from notifications.texts import LOCALE_DIR


def check(root: Path = ROOT, folder: Path = LOCALE_DIR) -> list[str]:
    """Everything that is wrong, one Dutch sentence with place and remedy each; empty when all is well."""
    found = texts(root)
    bare = [f"{one.path}:{one.line}: ‘{one.words}’ staat niet in _(…). Zet het erin." for one in unwrapped(root)]
    wrong = bare + plain(found) + up_to_date(found, folder)
    for locale in catalogues.locales(folder):
        wrong += translation(locale, found, folder)
    return wrong


def plain(found: list[Text]) -> list[str]:
    """Where the source texts break the rules of plain language."""
    wrong = [f"{one.path}:{one.line}: ‘{_short(one.words)}’: {why}" for one in found for why in _faults(one)]
    mean = language.mean_length(one.words for one in found)
    if mean > language.MEAN_WORDS_IN_SENTENCE:
        wrong.append(f"Een zin heeft gemiddeld {mean:.1f} woorden. Houd het onder {language.MEAN_WORDS_IN_SENTENCE}.")
    return wrong


def _faults(one: Text) -> list[str]:
    return language.faults(one.words, button=one.kind == "button") + _braces(one.words)


def _braces(text: str) -> list[str]:
    try:
        catalogues.placeholders(text)
    except ValueError:
        return ["De haakjes { en } kloppen niet. Elk { hoort bij een }."]
    return []


def up_to_date(found: list[Text], folder: Path) -> list[str]:
    """Whether the template says what the code says."""
    path = folder / catalogues.TEMPLATE
    if path.is_file() and path.read_text(encoding="utf-8") == catalogues.as_text(catalogues.template(found)):
        return []
    return [f"{path.name} loopt achter op de code. Draai: dorpsbode texts extract"]


def translation(locale: str, found: list[Text], folder: Path) -> list[str]:
    """What is wrong with one language or voice."""
    try:
        catalog = catalogues.read(catalogues.po_path(locale, folder))
    except (PoFileError, UnicodeDecodeError) as broken:
        return [f"{locale}: het bestand is niet te lezen ({broken}). Zet het terug of herstel de regel."]
    buttons = {one.words for one in found if one.kind == "button"}
    wrong = []
    for words in dict.fromkeys(one.words for one in found):
        wrong += [f"{locale}: ‘{_short(words)}’: {why}" for why in _translated(catalog, words, locale, words in buttons)]
    return wrong


def _translated(catalog: Catalog, words: str, locale: str, button: bool) -> list[str]:
    message = catalog.get(words)
    if message is None:
        return ["De tekst ontbreekt. Draai: dorpsbode texts update"]
    if not message.string:
        return ["Er is nog geen vertaling. Vul msgstr in."]
    said = str(message.string)
    if message.fuzzy:
        return [f"De vertaling ‘{_short(said)}’ is een gok. Kijk haar na en haal ‘fuzzy’ weg."]
    return _braces(said) or _fits(words, said) + _voiced(said, locale, button)


def _fits(words: str, said: str) -> list[str]:
    asked, given = catalogues.placeholders(words), catalogues.placeholders(said)
    lost = [f"{{{name}}} ontbreekt in de vertaling. Zet het erin." for name in sorted(asked - given)]
    return lost + [f"{{{name}}} staat niet in de Nederlandse tekst. Haal het weg." for name in sorted(given - asked)]


def _voiced(said: str, locale: str, button: bool) -> list[str]:
    """Voices of Dutch keep all rules of plain language; of other languages only the length of buttons is known."""
    if catalogues.is_dutch(locale):
        return language.faults(said, button=button, formal=catalogues.says_u(locale))
    return language.label(said) if button else []


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
