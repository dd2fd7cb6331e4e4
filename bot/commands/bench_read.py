"""``dorpsbode bench read``: how well and how fast messages are understood.

``--gold`` scores the message set that is kept with the tests, ``--set`` any file in the same form (tests/catalog/reading/gold).
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

from bot.squares import load_square
from catalog.reading import BasketLine, Line, Reading, Shelf, read
from catalog.square import AMSTERDAM, Product, Square

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "catalog" / "reading" / "gold"
PARTS = (
    "build", "held_out", "round2_build", "round2_held_out", "round3_build", "round3_held_out", "talk", "talk_held_out",
    "round4", "round5", "round6", "round7", "round8", "round9", "round10", "round11", "round12", "round13", "round14",
    "round15", "round16", "round17", "round18", "round19", "round20", "round21", "round22",
    "round23", "round24", "round25", "round26", "round27", "round28", "round29", "round30",
    "round32", "round33", "round34", "round35", "round36", "round37", "round38", "round39",
    "round41", "round42", "round43", "round44", "round45", "round46", "round47", "round48", "round49",
    "round50", "round51", "round52", "round53", "round54",
)  # fmt: skip
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=AMSTERDAM)
LONG = 10_000  # characters
Outcome = Literal["right", "asked", "wrong", "missed"]

ONE_LINE = (
    "6 krentenbollen", "half pond jong belegen", "2 pakken halfvolle melk", "een heel volkoren gesneden",
    "doe mij maar 4 slavinken",
    "500 gram sjampions", "een kilo uien graag", "twee bloemkolen voor vrijdag", "toch maar vier", "wat kost de bezorging?",
    "een stuk of zes appels", "geen komkommer", "voor een tientje kersen", "haf volkoren", "een bosje peterselie",
)  # fmt: skip
SIX_LINES = (
    "Goedemorgen, mag ik een half pond jong belegen, 6 krentebollen, n heel volkoren gesneden, 2 liter halfvolle melk, een "
    "bloemkool en 4 speklapjes voor vrijdag na vijven",
    "melk halfvol 2\nkarnemelk 1\nroomboter\n10 witte bolletjes\nkilo uien\nrookworst",
    "ik wil graag twee komkommers een bloemkool een kilo winterpeen een pond rundergehakt vier slavinken en zes krentenbollen",
    "- 2 heel wit\n- 1 half volkoren\n- 3 ons achterham\n- pot appelmoes\n- 5 citroenen\n- bos tulpen",
)
#: Said again and again, up to ten thousand characters: what was once gone through anew at every word.
AGAIN = (
    "2 melk, ", "brood en ", "2 melk nee 3 melk ", "ik kom morgen niet ", "vrijdag om 3 uur, nee zaterdag ", "en ", "de ",
    "kaaz mellk broot ", "2 witte bolletjes en 3 bruine ", "(2 melk) ", "toch maar vier ", "maar niet ", "🥖 2 ", "½ ", "- ",
)  # fmt: skip


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this benchmark."""
    parser.epilog = "example:\n" + "\n".join(
        f"  dorpsbode bench read {one}" for one in ("--json", "--gold", "--set mine.jsonl --misses")
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--gold", action="store_true", help="score the message set kept with the tests instead of timing")
    parser.add_argument("--set", nargs="+", type=Path, metavar="FILE", help="score these files in the form of that set instead")
    parser.add_argument("--misses", action="store_true", help="with --gold or --set: name every line that was not right")
    parser.add_argument(
        "--kinds", action="store_true", help="with --gold or --set: the figures of each kind of message as well"
    )
    parser.add_argument("--products", type=int, default=5_000, help="size of the square that is timed (default 5000)")
    parser.add_argument("--repeat", type=int, default=20, help="how often each message is read (default 20)")


def run(args: argparse.Namespace) -> int:
    """Print figures. Exit status 1 when a target is not met."""
    files = args.set or ([GOLD / f"{part}.jsonl" for part in PARTS] if args.gold else [])
    missing = [str(path) for path in files if not path.is_file()]
    if missing:
        print(f"no such file: {', '.join(missing)}", file=sys.stderr)
        return 2
    figures = (
        set_figures(files, show=args.misses and not args.json, kinds=args.kinds) if files else speed(args.products, args.repeat)
    )
    print(json.dumps(figures, ensure_ascii=False) if args.json else "\n".join(as_text(figures)))
    return 0 if figures["met"] else 1


def as_text(figures: dict[str, Any]) -> list[str]:
    """The figures as a person reads them, the kinds of a part below it."""
    lines = []
    for name, value in figures.items():
        kinds = value.pop("kinds", {}) if isinstance(value, dict) else {}
        lines += [f"{name}: {value}", *(f"  {kind:12} {one}" for kind, one in kinds.items())]
    return lines


# How well


@dataclass
class Score:
    """Outcomes per line over a set of messages. A line that should not be there and goes into the basket is wrong."""

    lines: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    misses: list[str] = field(default_factory=list)
    kinds: dict[str, Score] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.lines.values())

    def share(self, *outcomes: Outcome) -> float:
        """The part of all lines with one of these outcomes."""
        return sum(self.lines[outcome] for outcome in outcomes) / max(1, self.total)

    def figures(self) -> dict[str, Any]:
        """What is reported."""
        return {
            "messages": self.messages, "lines": self.total, "right": round(self.share("right"), 4),
            "right_or_rightly_asked": round(self.share("right", "asked"), 4), "silently_wrong": round(self.share("wrong"), 4),
        }  # fmt: skip


class GoldFigures(dict[str, Any]):
    """Figures by the name of a part, which is scored when it is first asked for: all sixteen take ten seconds."""

    def __missing__(self, part: str) -> Any:
        return self.setdefault(part, score_file(GOLD / f"{part}.jsonl").figures())


def gold_figures() -> GoldFigures:
    """Scores of the parts of the set kept with the tests: those used while building and those held aside."""
    return GoldFigures()


def set_figures(files: Sequence[Path], *, show: bool = False, kinds: bool = False) -> dict[str, Any]:
    """Scores of files of messages, by the names of the files; with ``kinds`` also of each kind of message in them."""
    figures: dict[str, Any] = {}
    for path in files:
        score = score_file(path)
        if show:
            print("\n".join(score.misses))
        figures[path.stem] = score.figures()
        if kinds:
            figures[path.stem]["kinds"] = {kind: one.figures() for kind, one in sorted(score.kinds.items())}
    figures["met"] = all(meets(figures[path.stem]) for path in files)
    return figures


def meets(part: dict[str, Any]) -> bool:
    """Whether the figures of one part reach the targets of the project."""
    return bool(part["right_or_rightly_asked"] >= 0.97 and part["right"] >= 0.88 and part["silently_wrong"] <= 0.003)


@cache
def shelf_of(square: str) -> Shelf:
    """The shelf of an example by name, or of a square's folder (relative to the root of the repository)."""
    return Shelf.of(load_square(str(ROOT / square) if "/" in square else square))


def score_file(path: Path) -> Score:
    """Read every message of a gold file and hold the lines against what was expected."""
    score = Score()
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        basket = [BasketLine(n, one, 1) for n, one in enumerate(row.get("basket", ()), 1)]
        reading = read(row["text"], shelf_of(row.get("square", "bunnik")), NOW, basket=basket)
        row["lines"] = [_pointed(one, basket) for one in row["lines"]]
        _score_message(row, replace(reading, lines=tuple(_named(line, basket) for line in reading.lines)), score)
    return score


def _by_name(target: str | None, basket: Sequence[BasketLine]) -> str | None:
    """What "last" and "#2" point at in this basket; the sets say it either way."""
    at = -1 if target == "last" else int(target[1:]) - 1 if target and target.startswith("#") else len(basket)
    return basket[at].product_id if -1 <= at < len(basket) and basket else target


def _pointed(wanted: dict[str, Any], basket: Sequence[BasketLine]) -> dict[str, Any]:
    if "target" not in wanted:
        return wanted
    kept = {key: value for key, value in wanted.items() if key != "product" or value}
    return kept | {"target": _by_name(wanted["target"], basket)}


def _named(line: Line, basket: Sequence[BasketLine]) -> Line:
    target = _by_name(line.target, basket)
    return replace(line, target=target, product=line.product or (target if target != line.target else None))


def _score_message(row: dict[str, Any], reading: Reading, score: Score) -> None:
    outcomes = list(_outcomes(row["lines"], reading.lines))
    if row.get("unsure"):
        outcomes = ["wrong" if any(line.product and not _only_asks(line) for line in reading.lines) else "right"]
    elif not row["lines"]:
        outcomes += ["right" if not reading.lines and row.get("intent", reading.intent) == reading.intent else "missed"]
    if "date" in row:
        told = reading.when.day.isoformat() if reading.when and reading.when.day else ""
        outcomes += ["right" if told == row["date"] else "missed"]
    if row.get("question"):
        outcomes += ["right" if reading.questions else "missed"]
    for one in (score, score.kinds.setdefault(row.get("kind", "other"), Score())):
        one.messages += 1
        one.lines.update(outcomes)
    if any(outcome != "right" for outcome in outcomes):
        got = [
            (line.op, line.target, line.product, line.candidates[:4], line.amount, line.unit, line.options, line.refused)
            for line in reading.lines
        ]
        score.misses.append(f"{row['text']!r} {outcomes} {reading.intent} {got}")


def _outcomes(expected: Sequence[dict[str, Any]], lines: Sequence[Line]) -> Iterable[Outcome]:
    """One outcome per expected line and one per line too many. Lines that fit are paired first, in order of saying."""
    left, unmet = list(lines if any(one.get("op") == "replace" for one in expected) else _parted(lines)), []
    for wanted in expected:
        fitting = next((line for good in ("right", "asked") for line in left if _outcome(wanted, line) == good), None)
        if fitting is None:
            unmet.append(wanted)
        else:
            left.remove(fitting)
            yield _outcome(wanted, fitting)
    for wanted, line in zip_longest(unmet, left):
        yield "missed" if line is None else _extra(line) if wanted is None else _outcome(wanted, line)


def _parted(lines: Sequence[Line]) -> list[Line]:
    """A replacement as the two lines that most sets write for it: the old out, the new in."""
    pairs = [(_out(one), replace(one, op="add", target=None)) if one.op == "replace" else (one,) for one in lines]
    return [one for pair in pairs for one in pair]


def _out(line: Line) -> Line:
    """What a replacement takes out, by itself; only when it is answered if what comes in its place is asked."""
    return replace(
        line,
        op="remove",
        product=line.target if line.target and "/" in line.target else None,
        amount=None,
        unit=None,
        asks=None if line.product else line.asks,
    )


def _only_asks(line: Line) -> bool:
    """Whether a change alters nothing before it is asked: how much ("toch maar wat minder"), or whether it is meant at all."""
    unsaid = line.amount is None and (line.asks is not None or not line.kept)
    return (line.op in ("set", "more", "less") and unsaid) or _asks_whether(line)


def _asks_whether(line: Line) -> bool:
    return line.op == "remove" and line.asks is not None


def _as_wanted(wanted: dict[str, Any], line: Line) -> Line:
    """The line in the form in which the set writes what ends in the same basket: one of each thing lies there, by the piece."""
    op = wanted.get("op", "add")
    if op == "add" and line.op == "more":
        return replace(line, op="add")  # "nog twee krentenbollen": some sets write what is in the basket and more of it so
    if line.unit != "piece" or not line.amount:
        return line
    if op == "set" and line.op == "more":
        return replace(line, op="set", amount=line.amount + 1)
    if op == "add" and line.op == "set" and line.amount > 1:
        return replace(line, op="add", target=None, amount=line.amount - 1)
    return line


def _extra(line: Line) -> Outcome:
    return "wrong" if (line.product or line.op != "add") and not _only_asks(line) else "missed"


def _outcome(wanted: dict[str, Any], line: Line) -> Outcome:
    line = _as_wanted(wanted, line)
    if wanted.get("op", "add") != line.op:
        return "missed" if not line.product or _only_asks(line) else "wrong"
    if "target" in wanted and wanted["target"] != line.target:
        return "asked" if line.target not in (None, "last") and not str(line.target).startswith("#") else "wrong"
    if "refused" in wanted or line.refused:
        return "right" if wanted.get("refused") == line.refused else "wrong" if line.product else "missed"
    if wanted.get("product") and wanted["product"] != line.product:
        return "wrong" if line.product else "asked" if wanted["product"] in line.candidates else "missed"
    if "product" in wanted and wanted["product"] is None:
        return _unsure(wanted, line)
    return "asked" if _asks_whether(line) else _amounts(wanted, line)


def _unsure(wanted: dict[str, Any], line: Line) -> Outcome:
    if line.product:
        return "wrong"
    if not wanted.get("candidates"):
        return "asked" if line.candidates else _amounts(wanted, line)
    return _amounts(wanted, line) if set(wanted["candidates"]) <= set(line.candidates) else "missed"


def _amounts(wanted: dict[str, Any], line: Line) -> Outcome:
    if "amount" in wanted and wanted["amount"] != line.amount:
        if line.amount is None:
            return "asked"
        return "wrong" if line.product else "missed"
    if wanted.get("amount") is not None and wanted.get("unit", line.unit) != line.unit:
        return "wrong"
    kept = " ".join(line.kept).lower().split()
    return "right" if all(word in kept for option in wanted.get("options", ()) for word in option.lower().split()) else "missed"


# How fast


def speed(products: int, repeat: int) -> dict[str, Any]:
    """CPU milliseconds per message, one thread, on a square grown to so many products from the example."""
    shelf = Shelf.of(grown(load_square("bunnik"), products))
    random.seed(7)
    figures: dict[str, Any] = {"products": len(shelf.square.products)}
    for name, texts in (("one_line", ONE_LINE), ("six_lines", SIX_LINES)):
        took = sorted(_took(text, shelf) for _ in range(repeat) for text in random.sample(texts, len(texts)))
        figures[f"{name}_median_ms"] = round(statistics.median(took), 3)
        figures[f"{name}_p99_ms"] = round(took[min(len(took) - 1, int(len(took) * 0.99))], 3)
    figures["ten_thousand_characters_ms"] = round(min(_took(_long_text(), shelf) for _ in range(3)), 1)
    repeated = [(one * LONG)[:LONG] for one in AGAIN]
    figures["repeated_words_ms"] = round(max(min(_took(text, shelf) for _ in range(2)) for text in repeated), 1)
    figures["met"] = (
        figures["one_line_median_ms"] <= 1.5
        and figures["six_lines_median_ms"] <= 6
        and max(figures["ten_thousand_characters_ms"], figures["repeated_words_ms"]) < 100
    )
    return figures


def _took(text: str, shelf: Shelf) -> float:
    gc.disable()
    begun = time.thread_time()
    read(text, shelf, NOW)
    took = (time.thread_time() - begun) * 1000
    gc.enable()
    return took


def _long_text() -> str:
    return ((" ".join(ONE_LINE) + ", ") * 60)[:LONG]


def grown(square: Square, size: int) -> Square:
    """A square of ``size`` products: the example's own, and the same goods of other makers in other sizes."""
    makers = (
        "de Hoeve",
        "Zonnedael",
        "Van Dam",
        "Oudewater",
        "de Linde",
        "Boerenhart",
        "Veldzicht",
        "Morgenrood",
        "Kaag",
        "Wiersma",
    )
    kinds = ("biologisch", "extra", "huismerk", "voordeel", "streek", "luxe", "klein", "groot", "ambachtelijk", "winter")
    goods: list[Product] = list(square.products)
    for round_ in range(len(makers) * len(kinds)):
        for product in square.products:
            if len(goods) >= size:
                return replace(square, products=tuple(goods))
            maker, kind = makers[round_ % len(makers)], kinds[round_ // len(makers)]
            goods.append(replace(product, sku=f"{product.sku}-{round_}", name=f"{product.name} {kind} {maker}", synonyms=()))
    return replace(square, products=tuple(goods))


if __name__ == "__main__":
    own = argparse.ArgumentParser()
    configure(own)
    sys.exit(run(own.parse_args()))
