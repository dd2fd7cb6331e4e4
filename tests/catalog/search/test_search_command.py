"""``dorpsbode search`` and its benchmark, as people and programs call them."""

from __future__ import annotations

import io
import json

import pytest

from bot.bench.search_catalogue import catalogue
from bot.bench.search_queries import CLASSES, questions
from bot.cli import main
from bot.commands.bench_search import measure


def test_one_query_per_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("krentebollen\nmango\n"))
    assert main(["search", "--square", "bunnik", "--jsonl"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["query"] == "krentebollen"
    assert first["verdict"] == "clear"
    assert first["results"][0]["name"] == "Krentenbollen"
    assert first["results"][0]["product"].startswith("bakker/")
    assert 90 < first["results"][0]["score"] <= 100
    assert first["took_ms"] > 0
    assert (second["results"], second["verdict"]) == ([], "none")


def test_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--square", "bunnik", "jong", "belegen"]) == 0
    assert capsys.readouterr().out.startswith("Duidelijk:")
    assert main(["search", "--square", "bunnik", "--explain", "mozerella"]) == 0
    assert "Oordeel: duidelijk (clear)" in capsys.readouterr().out


def test_an_unknown_square(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--square", "nergens", "brood"]) == 2
    assert capsys.readouterr().err


def test_a_larger_catalogue_begins_with_the_smaller() -> None:
    small, large = catalogue(300), catalogue(3_000)
    assert large[:300] == small
    assert len({product.id for product in large}) == 3_000


def test_the_benchmark_in_small() -> None:
    products = catalogue(2_500)
    asked = questions(products[:600], each=12)
    result = measure(products, asked, alone=True)
    ours = result["engines"]["dorpsbode"]
    assert set(ours["classes"]) == set(CLASSES)
    assert ours["rank1"] >= 0.95
    assert ours["within3"] >= 0.96
    assert result["accepted_right"] >= 0.985
    assert result["talk_accepted"] <= 0.05
    assert result["one_changed_product_ms"] < 20  # 2 is the goal; other work on the machine counts along here
