"""``dorpsbode read``: the JSON to the letter, and the explanation in Dutch."""

from __future__ import annotations

import io
import json

import pytest

from bot.cli import main


def test_jsonl_takes_objects_and_bare_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = '{"text": "6 krentebollen voor vrijdag", "now": "2026-11-23T09:00"}\nfles wijn\n'
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert main(["read", "--square", "bunnik", "--jsonl", "--now", "2026-11-23T09:00"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert set(first) >= {"text", "intent", "lines", "when", "took_ms"}
    assert set(first["lines"][0]) >= {"said", "product", "candidates", "amount", "unit", "about", "options", "refused"}
    assert first["lines"][0]["product"] == "bakker/b20"
    assert first["when"] == {"date": "2026-11-27", "from": None, "to": None}
    assert second["lines"][0]["refused"] == "alcohol"


def test_explanation_names_each_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--square", "bunnik", "--explain", "2", "mozerella"]) == 0
    told = capsys.readouterr().out
    assert "mozerella" in told
    assert "Mozzarella" in told
    assert "2 stuks" in told


def test_an_unknown_square_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "--square", "nergens", "hallo"]) == 2
    assert capsys.readouterr().err
