"""``dorpsbode bench read --set``: a file of messages scored, with its misses and its kinds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main

ROWS = (
    {"kind": "terse", "text": "2 komkommers", "lines": [{"product": "groenteboer/g50", "amount": 2, "unit": "piece"}]},
    {"kind": "odd", "text": "3 komkommers", "lines": [{"product": "groenteboer/g50", "amount": 4, "unit": "piece"}]},
)


def test_a_file_is_scored_by_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    assert main(["bench", "read", "--set", str(path), "--kinds", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["mine"]["right"] == told["mine"]["silently_wrong"] == 0.5
    assert told["mine"]["kinds"]["terse"]["right"] == 1
    assert told["mine"]["kinds"]["odd"]["silently_wrong"] == 1
    assert main(["bench", "read", "--set", str(path), "--misses"]) == 1
    assert "'3 komkommers' ['wrong']" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "read", "--set", "nergens.jsonl"]) == 2
    assert "nergens.jsonl" in capsys.readouterr().err
