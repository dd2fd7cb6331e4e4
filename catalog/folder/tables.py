"""shops and products as rows of cells, whether they come as CSV or as .xlsx; headings in Dutch or English, any order."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from catalog.folder import cells, files
from catalog.folder.problems import Mistake, Report, Unreadable, quoted

T = TypeVar("T")
MAX_COLUMNS = 100
_DELIMITERS = (";", ",", "\t")
#: Columns whose text may begin with + or -: the parser of the column says what is wrong with it.
_SIGNED = frozenset({"phone", "price", "deposit", "stock", "lead_days", "vat"})


@dataclass(frozen=True, slots=True)
class Spec:
    """What a table holds: column -> Dutch heading, the required ones, the longest text per column, the most rows."""

    columns: Mapping[str, str]
    required: tuple[str, ...]
    limits: Mapping[str, int]
    max_rows: int

    @property
    def words(self) -> dict[str, str]:
        """Heading in either language -> column."""
        return {word: column for column, dutch in self.columns.items() for word in (column, dutch)}

    def shown(self, column: str) -> str:
        """The heading for people: both names."""
        dutch = self.columns[column]
        return f"“{dutch}”" if dutch == column else f"“{dutch}” (of “{column}”)"


@dataclass
class Row:
    """One record: raw cells by column, and where each stands.

    ``bad`` once any cell turned out wrong; ``skewed`` when the cells stand under the wrong headings: then only that is said.
    """

    file: str
    line: int
    cells: dict[str, str]
    headings: dict[str, str]
    spec: Spec
    report: Report
    bad: bool = False
    skewed: bool = False

    def wrong(self, column: str, text: str) -> None:
        """Note an error in this cell."""
        self.bad = True
        if self.skewed:
            return
        self.report.error(self.file, self.line, self.headings.get(column, column), text)

    def doubt(self, column: str, text: str) -> None:
        """Note a warning about this cell."""
        if not self.skewed:
            self.report.warning(self.file, self.line, self.headings.get(column, column), text)

    def text(self, column: str) -> str:
        """The clean text of a cell, "" when empty or wrong (which is noted)."""
        return self.value(column, cells.no_link, "")

    def value(self, column: str, parse: Callable[[str], T], default: T) -> T:
        """The cell through ``parse``; ``default`` when empty or wrong (which is noted)."""
        try:
            text = self._clean(column)
            if text:
                return parse(text)
            if column in self.spec.required and column in self.headings:
                raise Mistake("Deze cel is leeg. Vul hem in.")
        except Mistake as mistake:
            self.wrong(column, str(mistake))
        return default

    def _clean(self, column: str) -> str:
        raw = self.cells.get(column, "")
        text = cells.plain(raw, self.spec.limits.get(column, 200))
        if re.match(r"'[=+\-@＝＋－＠]", text):
            return text[1:] if column in _SIGNED else cells.no_formula(text[1:])
        if column in _SIGNED and text.startswith(("+", "-")) and raw[0] not in "\t\r":
            return text
        cells.no_formula(raw)
        return cells.no_formula(text)


def read_table(path: Path, spec: Spec, report: Report) -> list[Row]:
    """All records of a table that could be read. Never raises: whatever is wrong goes into the report."""
    rows: list[Row] = []
    try:
        rows.extend(_rows(path, spec, report))
    except Unreadable as problem:
        report.error(path.name, problem.line, problem.column, str(problem))
    else:
        _doubt_other_sheets(path, report)
    return rows


def _doubt_other_sheets(path: Path, report: Report) -> None:
    if path.suffix.lower() != ".xlsx":
        return
    from catalog.folder import xlsx

    for name in xlsx.other_sheets(path):
        text = f"Ik lees alleen het eerste tabblad, niet {quoted(name)}. Zet alles op het eerste tabblad."
        report.warning(path.name, None, "", text)


def _rows(path: Path, spec: Spec, report: Report) -> Iterator[Row]:
    records = ((line, values) for line, values in _records(path, spec) if any(value.strip() for value in values))
    line, head = next(records, (1, []))
    headings = _headings(path.name, line, head, spec, report)
    for count, (line, values) in enumerate(records):
        if count >= spec.max_rows:
            most = f"{spec.max_rows:,}".replace(",", ".")
            raise Unreadable(f"Dit bestand heeft te veel regels; hoogstens {most} mag. Verdeel het over meer pleinen.", line)
        yield _row(path.name, line, values, headings, spec, report)


def _records(path: Path, spec: Spec) -> Iterator[tuple[int, list[str]]]:
    if path.suffix.lower() == ".xlsx":
        from catalog.folder import xlsx  # openpyxl takes longer to load than most folders to read

        return xlsx.records(path)
    return csv_records(files.decode_table(files.read_bytes(path, files.MAX_TABLE_BYTES)), spec.words)


def csv_records(text: str, words: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line on which the record begins, cells). Which delimiter is found out. Raises Unreadable."""
    skipped = 0
    if found := re.match(r"sep=.\r?\n", text):  # Excel's own hint
        text, skipped = text[found.end() :], 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, frozenset(words)), strict=True)
    begin = 1
    try:
        for values in reader:
            yield begin + skipped, values
            begin = reader.line_num + 1
    except csv.Error as problem:
        raise Unreadable(_csv_remedy(str(problem)), begin + skipped) from problem


def _csv_remedy(problem: str) -> str:
    if "field limit" in problem:
        return 'Een cel in deze regel is veel te lang. Kijk of er een aanhalingsteken (") te veel staat.'
    return 'Een aanhalingsteken (") wordt niet gesloten of staat verkeerd. Zet er een aan het begin én einde van de cel.'


def _delimiter(text: str, words: frozenset[str]) -> str:
    first = next((line for line in text.splitlines() if line.strip(" ;,\t")), "")

    def fitness(delimiter: str) -> tuple[int, int]:
        heads = first.split(delimiter)
        return sum(normal_heading(head) in words for head in heads), len(heads)

    return max(_DELIMITERS, key=fitness)


def normal_heading(text: str) -> str:
    """``Dagen vooraf`` -> ``dagen_vooraf``."""
    return re.sub(r"[\s_-]+", "_", text.strip().strip("\"'*:").strip().casefold())


def _headings(file: str, line: int, head: list[str], spec: Spec, report: Report) -> list[tuple[str, str]]:
    """(column or "" when unknown, heading as written) per position."""
    if len(head) > MAX_COLUMNS:
        raise Unreadable(f"Er staan meer dan {MAX_COLUMNS} kolommen. Haal weg wat niet nodig is.", line)
    found = [(spec.words.get(normal_heading(text), ""), " ".join(text.split())) for text in head]
    if not any(column for column, _ in found):
        wanted = ", ".join(spec.columns[column] for column in spec.required)
        raise Unreadable(f"Op deze regel horen de koppen te staan, zoals {wanted}. Zet ze erboven.", line)
    _report_headings(file, line, found, spec, report)
    return found


def _report_headings(file: str, line: int, found: list[tuple[str, str]], spec: Spec, report: Report) -> None:
    seen = [column for column, _ in found if column]
    for column in spec.required:
        if column not in seen:
            typo = _typo(column, found, spec)
            report.error(file, line, column, f"De kolom {spec.shown(column)} ontbreekt. Zet die kop erbij.{typo}")
    for column in dict.fromkeys(name for name in seen if seen.count(name) > 1):
        report.error(file, line, column, f"De kolom {spec.shown(column)} staat er twee keer. Haal er één weg.")
    for column, heading in found:
        if heading and not column:
            near = get_close_matches(normal_heading(heading), spec.words, n=1, cutoff=0.7)
            hint = f"Bedoelt u “{near[0]}”?" if near else "Haal hem weg of geef hem een kop uit de handleiding."
            report.warning(file, line, quoted(heading)[1:-1], f"De kolom {quoted(heading)} ken ik niet en sla ik over. {hint}")


def _typo(column: str, found: list[tuple[str, str]], spec: Spec) -> str:
    unknown = {normal_heading(heading): heading for known, heading in found if heading and not known}
    for word in (spec.columns[column], column):
        if near := get_close_matches(word, unknown, n=1, cutoff=0.7):
            return f" Er staat {quoted(unknown[near[0]])}: verander dat in “{word}”."
    return ""


def _row(file: str, line: int, values: list[str], headings: list[tuple[str, str]], spec: Spec, report: Report) -> Row:
    row = Row(file, line, {}, {column: heading for column, heading in headings if column}, spec, report)
    for (column, _), value in zip(headings, values, strict=False):
        if column:
            row.cells[column] = value
    stray = [value for (_, heading), value in zip(headings, values, strict=False) if not heading and value.strip()]
    if stray or any(value.strip() for value in values[len(headings) :]):
        row.wrong("", 'Deze regel heeft meer cellen dan er koppen zijn. Staat er een ; of , in een cel? Zet er " omheen.')
        row.skewed = True
    return row
