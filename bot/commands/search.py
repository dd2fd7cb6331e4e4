"""``dorpsbode search``: the ranked products for some words; one query per line with ``--jsonl``."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from bot.squares import load_square
from catalog.folder import FolderError
from catalog.search import Found, Index

EXAMPLE = """example:
  dorpsbode search --square bunnik jong belegen
  dorpsbode search --square bunnik --explain mozerella
  dorpsbode search --square bunnik --jsonl < queries.txt
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.epilog = EXAMPLE
    parser.add_argument("words", nargs="*", metavar="WORDS", help="what is looked for; without it, lines of standard input")
    parser.add_argument("--square", required=True, metavar="FOLDER_OR_SLUG", help="a square's folder, or an example by name")
    parser.add_argument("--json", action="store_true", help="one JSON object for the words")
    parser.add_argument("--jsonl", action="store_true", help="one query per line in, one JSON object per line out")
    parser.add_argument("--explain", action="store_true", help="say in Dutch how each word was taken")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="show at most N products (10)")


def run(args: argparse.Namespace) -> int:
    """Print what is found. Exit status 2 when the square cannot be read."""
    try:
        square = load_square(args.square)
    except (FolderError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    index = Index.build(square.products, square.shops)
    queries = [" ".join(args.words)] if args.words else (line.rstrip("\n") for line in sys.stdin)
    for query in queries:
        started = time.perf_counter()
        found = index.find(query, limit=args.limit)
        took_ms = 1000 * (time.perf_counter() - started)
        if args.json or args.jsonl:
            print(json.dumps(as_json(query, found, took_ms), ensure_ascii=False), flush=True)
        else:
            print("\n".join(index.explain(query) if args.explain else _lines(found)), flush=True)
    return 0


def as_json(query: str, found: Found, took_ms: float) -> dict[str, Any]:
    """The object that ``--jsonl`` prints per query (fields may be added, never renamed)."""
    results = [{"product": hit.product, "name": hit.name, "score": hit.score} for hit in found.hits]
    return {"query": query, "results": results, "verdict": found.verdict, "took_ms": round(took_ms, 3)}


_VERDICTS = {"clear": "Duidelijk:", "choose": "Kiezen uit:", "none": "Dat is hier niet te koop."}


def _lines(found: Found) -> list[str]:
    return [_VERDICTS[found.verdict], *(f"  {hit.score:5.1f}  {hit.name}  ({hit.product})" for hit in found.hits)]
