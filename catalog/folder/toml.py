"""square.toml -> everything of a Square but its shops and products. Knows on which line each key stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from catalog.folder import cells, files
from catalog.folder.problems import Mistake, Report, Unreadable, quoted

T = TypeVar("T")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*(?:\.[\w.\s-]*)?=""")
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\"'-]+)\s*\]")
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_REMEDIES = {
    "unterminated string": 'Een tekst wordt niet gesloten. Zet een " aan het einde.',
    "illegal character": 'Een tekst loopt door op de volgende regel of bevat een vreemd teken. Zet een " aan het einde.',
    "invalid value": 'Deze waarde kan niet. Zet tekst tussen rechte aanhalingstekens, zoals name = "Plein".',
    "expected '='": 'Achter de naam hoort een = te staan. Schrijf bijvoorbeeld name = "Plein".',
    "cannot overwrite": "Deze naam staat er al eerder in dit blok. Haal er één weg.",
    "cannot declare": "Dit blok staat er al. Haal er één weg, of gebruik dubbele haken: [[round]].",
    "cannot mutate": "Dit blok staat er al. Haal er één weg, of gebruik dubbele haken: [[round]].",
    "expected ']'": "Een blok of lijst wordt niet gesloten. Zet er ] achter.",
    "unclosed array": "Een lijst wordt niet gesloten. Zet er ] achter, en een komma tussen de delen.",
    "expected newline": "Achter de waarde staat nog iets. Zet er # voor, of begin een nieuwe regel.",
}


def load(path: Path) -> tuple[dict[str, Any], dict[tuple[str, int, str], int]]:
    """The file's content, and the line of each (table, number of the table, key). Raises Unreadable."""
    text = files.decode_toml(files.read_bytes(path, files.MAX_TOML_BYTES))
    try:
        return tomllib.loads(text), key_lines(text)
    except (ValueError, RecursionError) as problem:
        raise _explained(str(problem), text) from problem


def _explained(message: str, text: str) -> Unreadable:
    found = _AT_LINE.search(message)
    line = int(found[1]) if found else len(text.splitlines())
    remedy = next((remedy for start, remedy in _REMEDIES.items() if start in message.lower()), "")
    lines = text.splitlines()
    if "“" in (here := lines[line - 1] if line <= len(lines) else "") or "”" in here:
        remedy = 'Er staan kromme aanhalingstekens. Gebruik rechte: ".'
    return Unreadable(remedy or 'Deze regel is niet te lezen. Schrijf hem als naam = "waarde".', line)


def key_lines(text: str) -> dict[tuple[str, int, str], int]:
    """Line of each (table, nth table of that name, key), and of each table itself with key ""."""
    lines: dict[tuple[str, int, str], int] = {}
    table, number = "", 0
    for line, content in enumerate(text.splitlines(), start=1):
        if found := _HEADER.match(content):
            table = found[2]
            number = sum(1 for name, _, key in lines if name == table and key == "") if found[1] == "[[" else 0
            lines.setdefault((table, number, ""), line)
        elif found := _KEY.match(content):
            lines.setdefault((table, number, found[1] or found[2] or found[3]), line)
    return lines


@dataclass
class Section:
    """One table of the file, read key by key; what was never asked for is reported by :meth:`finish`."""

    file: str
    table: str
    data: Mapping[str, Any]
    lines: Mapping[tuple[str, int, str], int]
    report: Report
    number: int = 0
    asked: set[str] = field(default_factory=set)

    def line(self, key: str) -> int:
        """Where the key stands, or else its table, or else the top."""
        own = (self.table, self.number, key)
        places = [own, (key, 0, ""), (self.table, self.number, "")] if not self.table else [own, (self.table, self.number, "")]
        return next((self.lines[place] for place in places if place in self.lines), 1)

    def name(self, key: str) -> str:
        """``round.day``."""
        return f"{self.table}.{key}" if self.table else key

    def wrong(self, key: str, text: str) -> None:
        """Note an error at this key."""
        self.report.error(self.file, self.line(key), self.name(key), text)

    def doubt(self, key: str, text: str) -> None:
        """Note a warning at this key."""
        self.report.warning(self.file, self.line(key), self.name(key), text)

    def value(self, key: str, parse: Callable[[Any], T], default: T, *, required: bool = False) -> T:
        """The value through ``parse``; ``default`` when absent, "" or wrong (which is noted)."""
        self.asked.add(key)
        found = self.data.get(key, "")
        if found == "":
            if required:
                self.wrong(key, f'“{key}” ontbreekt of is leeg. Vul het in: {key} = "…".')
            return default
        try:
            return parse(found)
        except Mistake as mistake:
            self.wrong(key, str(mistake))
            return default

    def text(self, key: str, *, limit: int = 100, link: bool = False, required: bool = False) -> str:
        """A text of at most ``limit`` characters; a web address only where ``link`` says so."""
        return self.value(key, lambda v: words(v, limit, link=link), "", required=required)

    def sections(self, key: str) -> list[Section]:
        """The tables ``[[key]]``."""
        self.asked.add(key)
        found = self.data.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self.wrong(key, f"“{key}” kan er vaker staan. Zet er dubbele haken omheen: [[{key}]].")
            return []
        return [Section(self.file, key, item, self.lines, self.report, number) for number, item in enumerate(found)]

    def section(self, key: str) -> Section:
        """The table ``[key]``, empty when absent."""
        self.asked.add(key)
        found = self.data.get(key, {})
        if not isinstance(found, dict):
            self.wrong(key, f"“{key}” moet een blok zijn: zet [{key}] op een eigen regel.")
            found = {}
        return Section(self.file, key, found, self.lines, self.report)

    def finish(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self.data:
            if key not in self.asked:
                near = get_close_matches(key, self.asked, n=1, cutoff=0.6)
                hint = f"Bedoelt u “{near[0]}”?" if near else "Haal het weg, of kijk of het onder het goede blok staat."
                self.doubt(key, f"{quoted(key)} ken ik hier niet en sla ik over. {hint}")


def words(value: Any, limit: int = 100, *, link: bool = False) -> str:
    """A clean text."""
    if not isinstance(value, str):
        raise Mistake(f"{quoted(str(value))} moet tekst zijn. Zet er aanhalingstekens omheen.")
    clean = cells.plain(value, limit)
    return clean if link else cells.no_link(clean)


def through(parse: Callable[[str], T], limit: int = 100) -> Callable[[Any], T]:
    """A parser of cells for values of the file."""
    return lambda value: parse(words(value, limit, link=True))


def flag(value: Any) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Mistake(f"{quoted(str(value))} kan niet. Schrijf true (ja) of false (nee), zonder aanhalingstekens.")
    return value


def number(low: int, high: int) -> Callable[[Any], int]:
    """A parser of whole numbers between two bounds."""

    def parse(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            remedy = f"Schrijf een heel getal van {low} tot {high}, zonder aanhalingstekens."
            raise Mistake(f"{quoted(str(value))} kan niet. {remedy}")
        return value

    return parse


def cents(value: Any) -> int:
    """An amount: ``"2,50"``, or a bare 2.5."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Mistake(f'{quoted(str(value))} is geen bedrag. Schrijf bijvoorbeeld "2,50".')
    found = cells.amount(value.strip() if isinstance(value, str) else f"{value:.4f}".rstrip("0").rstrip(".").replace(".", ","))
    if found > cells.MAX_PRICE_CENTS:
        raise Mistake(f'{quoted(str(value))} is meer dan 10.000 euro. Staat de komma goed? Schrijf bijvoorbeeld "2,50".')
    return found


def texts(parse: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    """A parser of lists."""

    def each(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise Mistake(f'{quoted(str(value))} moet een lijst zijn. Zet er blokhaken omheen: ["…", "…"].')
        return tuple(parse(item) for item in value)

    return each


def moment(parse: Callable[[str], time]) -> Callable[[Any], time]:
    """A parser of clock times, also TOML's own."""
    return lambda value: value.replace(second=0, microsecond=0) if isinstance(value, time) else through(parse)(value)


def day(value: Any) -> date:
    """A date, TOML's own or text."""
    if isinstance(value, datetime):
        raise Mistake(f"{quoted(str(value))} is een tijdstip. Schrijf alleen de dag, zoals 2026-12-25.")
    return value if isinstance(value, date) else through(cells.day)(value)
