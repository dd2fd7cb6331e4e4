"""``dorpsbode bench search``: how well and how fast products are found, with other engines beside it in the same run."""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.bench.search_catalogue import catalogue
from bot.bench.search_engines import Ask, own, peers
from bot.bench.search_queries import CLASSES, Question, questions
from bot.bench.search_village import assortment, score, wishes
from catalog.search import Index
from catalog.square import Product

ASKED_ABOUT = 1_000  # questions are about the first products, which every size holds
SLOW_BUDGET = 20.0  # seconds of questions for an engine; a slow one answers fewer


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this benchmark."""
    parser.epilog = "example:\n  dorpsbode bench search --products 5000 --json"
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--products", type=int, default=5_000, metavar="N", help="size of the catalogue, such as 5000 or 1000000 (5000)"
    )
    parser.add_argument("--each", type=int, default=150, metavar="N", help="questions per class (150)")
    parser.add_argument("--alone", action="store_true", help="only our search, no other engines")
    parser.add_argument(
        "--village", action="store_true", help="only score what was typed by hand for a village with a full supermarket"
    )
    parser.add_argument("--misses", action="store_true", help="name the questions our search got wrong")


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    if args.village:
        return _village(args)
    products = catalogue(args.products)
    asked = questions(products[:ASKED_ABOUT], args.each)
    result = measure(products, asked, alone=args.alone)
    misses = result.pop("misses")
    print(json.dumps(result, ensure_ascii=False, indent=1) if args.json else "\n".join(as_text(result)))
    if args.misses:
        print("\n".join(misses))
    return 0


def _village(args: argparse.Namespace) -> int:
    """Score the hand-written set; the misses of the part that is held aside are never named."""
    index, asked = Index.build(*assortment()), wishes()
    seen, misses = score(index, [wish for wish in asked if not wish.held])
    held, _ = score(index, [wish for wish in asked if wish.held])
    figures = {"products": len(index.products), "seen": seen, "held": held}
    print(json.dumps(figures, indent=1) if args.json else "\n".join(f"{name} {value}" for name, value in figures.items()))
    print("\n".join(misses if args.misses else ()), end="")
    return 0


def measure(products: Sequence[Product], asked: Sequence[Question], *, alone: bool = False) -> dict[str, Any]:
    """All figures of one run. Times are CPU milliseconds of this thread (PostgreSQL: wall), sizes bytes."""
    names = [product.name for product in products]
    goods = [question for question in asked if question.kind != "N"]
    index, figures = _build(products)
    engines = {"dorpsbode": _score(own(index, products), names, goods, time.thread_time)}
    for name, build in {} if alone else peers(names).items():
        ask = build()
        if ask is not None:
            engines[name] = _score(ask, names, goods, time.perf_counter if "pg" in name else time.thread_time)
    misses = engines["dorpsbode"].pop("misses")
    for engine in engines.values():
        engine.pop("misses", None)
        engine["times_slower"] = round(engine["median_ms"] / engines["dorpsbode"]["median_ms"], 2)
    return {
        "products": len(products), "questions": len(goods), **figures, **_verdicts(index, asked),
        "one_changed_product_ms": _changed(index, products), "engines": engines, "misses": misses,
    }  # fmt: skip


def _build(products: Sequence[Product]) -> tuple[Index, dict[str, Any]]:
    Index.build(products[:50]).find("warm")
    gc.collect()
    started = time.thread_time()
    index = Index.build(products)
    took = time.thread_time() - started
    size = _bytes(products) if len(products) <= 100_000 else None
    return index, {"index_seconds": round(took, 3), "index_bytes": size, "distinct_words": len(index.vocabulary.words)}


def _bytes(products: Sequence[Product]) -> int:
    """What one index holds on to, without the products themselves."""
    gc.collect()
    tracemalloc.start()
    kept = Index.build(products)
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return size


def _score(ask: Ask, names: Sequence[str], asked: Sequence[Question], clock: Callable[[], float]) -> dict[str, Any]:
    """Right at rank 1 and within 3 per class, and the time per question (best of three, all words unseen)."""
    first: dict[str, list[int]] = {}
    within: dict[str, list[int]] = {}
    took, misses, began = [], [], time.perf_counter()
    gc.disable()
    for question in _spread(asked):
        best = min(_timed(ask, question.words, clock) for _ in range(3))
        took.append(1000 * best)
        right = [question.answered_by(names[at]) for at in ask(question.words)]
        first.setdefault(question.kind, []).append(int(right[:1] == [True]))
        within.setdefault(question.kind, []).append(int(any(right)))
        if right[:1] != [True]:
            misses.append(f"{question.kind}: {question.words} -> {[names[at] for at in ask(question.words)]}")
        if time.perf_counter() - began > SLOW_BUDGET and len(took) >= 60:
            break
    gc.enable()
    return {
        "median_ms": round(statistics.median(took), 3), "p99_ms": round(sorted(took)[int(0.99 * (len(took) - 1))], 3),
        "asked": len(took), "rank1": _mean(first), "within3": _mean(within),
        "classes": {kind: [_share(first[kind]), _share(within[kind])] for kind in CLASSES if kind in first}, "misses": misses,
    }  # fmt: skip


def _spread(asked: Sequence[Question]) -> list[Question]:
    """The questions with the classes taken in turn, so that a slow engine meets all of them."""
    order = sorted(range(len(asked)), key=lambda at: at * 7919 % len(asked))
    return [asked[at] for at in order]


def _timed(ask: Ask, words: str, clock: Callable[[], float]) -> float:
    started = clock()
    ask(words)
    return clock() - started


def _share(hits: Sequence[int]) -> float:
    return round(sum(hits) / len(hits), 4)


def _mean(classes: dict[str, list[int]]) -> float:
    return round(statistics.mean(_share(hits) for hits in classes.values()), 4)


def _verdicts(index: Index, asked: Sequence[Question]) -> dict[str, float]:
    """How much is accepted without asking, how often that is right, and how much talk is taken for a product."""
    goods = [question for question in asked if question.kind != "N"]
    clear = [(question, found) for question in goods if (found := index.find(question.words)).verdict == "clear"]
    right = sum(question.answered_by(found.hits[0].name) for question, found in clear)
    talk = [index.find(question.words).verdict == "clear" for question in asked if question.kind == "N"]
    return {
        "accepted": round(len(clear) / len(goods), 4),
        "accepted_right": round(right / max(1, len(clear)), 4),
        "talk_accepted": round(sum(talk) / max(1, len(talk)), 4),
    }


def _changed(index: Index, products: Sequence[Product]) -> float:
    """CPU milliseconds to put a product with a new name in place; the worst of ten."""
    took = []
    for at in range(0, len(products), max(1, len(products) // 10)):
        changed = replace(products[at], name=f"{products[at].name} nieuwoogst")
        started = time.thread_time()
        index.replace(changed)
        took.append(1000 * (time.thread_time() - started))
    return round(max(took), 3)


def as_text(result: dict[str, Any]) -> list[str]:
    """The figures as a person reads them."""
    head = ", ".join(f"{key} {value}" for key, value in result.items() if key != "engines")
    lines = [head, f"{'engine':24}{'median ms':>10}{'p99 ms':>9}{'rank 1':>8}{'in 3':>7}{'times':>8}  per class (rank 1)"]
    for name, e in result["engines"].items():
        classes = " ".join(f"{kind} {share[0]:.2f}" for kind, share in e["classes"].items())
        right = f"{e['rank1']:8.3f}{e['within3']:7.3f}{e['times_slower']:8.1f}  {classes}"
        lines.append(f"{name:24}{e['median_ms']:10.3f}{e['p99_ms']:9.2f}{right}")
    return lines
