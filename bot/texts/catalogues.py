"""The gettext files: one template (.pot) made from the code, one .po per language or voice.

The files name the module a text comes from but no line numbers, dates or versions: they change only when a text changes.
"""

from __future__ import annotations

import io
import re
import string
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.texts import language
from bot.texts.sources import Text
from notifications.texts import LOCALE_DIR, SOURCE_LOCALE

TEMPLATE = "dorpsbode.pot"
_CHURN = re.compile(
    r'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|'
    r'Last-Translator|Language-Team|Plural-Forms): .*"\n',
    re.M,
)
LOCALE_NAME = re.compile(r"[a-z]{2,3}(?:_[A-Z]{2})?(?:@[a-z]+)?")


def template(found: Iterable[Text]) -> Catalog:
    """The catalogue of all texts in the code, without translations."""
    made = Catalog(project="dorpsbode", header_comment="# Texts of Dorpsbode. Made by: dorpsbode texts extract", fuzzy=False)
    for text in found:
        label = ["Knop: hoogstens 20 tekens."] if text.kind == "button" else []
        made.add(text.words, locations=[(text.path, text.line)], auto_comments=label)
    return made


def po_path(locale: str, folder: Path = LOCALE_DIR) -> Path:
    """Where the translations of a language or voice are."""
    return folder / locale / "LC_MESSAGES" / "dorpsbode.po"


def locales(folder: Path = LOCALE_DIR) -> list[str]:
    """The languages and voices that exist, by name."""
    return sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/dorpsbode.po"))


def read(path: Path) -> Catalog:
    """A .po or .pot file. Raises OSError or babel's PoFileError."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def as_text(catalog: Catalog) -> str:
    """The catalogue as a file: sorted by text, nothing in it that changes by itself."""
    file = io.BytesIO()
    write_po(file, catalog, sort_output=True, ignore_obsolete=True, include_lineno=False, width=100)
    return _CHURN.sub("", file.getvalue().decode("utf-8"))


def write(path: Path, catalog: Catalog) -> bool:
    """Write the catalogue; False when the file already said exactly this."""
    text = as_text(catalog)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def merged(known: Catalog | None, made: Catalog, locale: str) -> Catalog:
    """The template with the known translations; what resembles a changed text comes along marked fuzzy."""
    merged_ = Catalog(locale=locale, project="dorpsbode", header_comment=f"# Dorpsbode in {locale}.", fuzzy=False)
    for message in known or ():
        if message.id:
            merged_.add(message.id, message.string, flags=message.flags, user_comments=message.user_comments)
    merged_.update(made, no_fuzzy_matching=False, update_header_comment=False)
    if is_dutch(locale):
        _keep_what_fits(merged_, formal=says_u(locale))
    return merged_


def is_dutch(locale: str) -> bool:
    """Whether this is a voice of the source language."""
    return re.split(r"[_@]", locale)[0] == SOURCE_LOCALE


def says_u(locale: str) -> bool:
    """Whether the voice says u; only ``nl@je`` says je."""
    return not locale.endswith("@je")


def _keep_what_fits(catalog: Catalog, *, formal: bool) -> None:
    """A voice of Dutch says a text as it is when that fits: only texts with u or uw in them are work for nl@je."""
    for message in catalog:
        if message.id and (message.fuzzy or not message.string) and not language.faults(str(message.id), formal=formal):
            message.string = message.id
            message.flags.discard("fuzzy")


def placeholders(text: str) -> set[str]:
    """The names in braces. Raises ValueError when the braces do not match."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
