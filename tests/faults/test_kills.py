"""A real process and a real SIGKILL, over HTTP: small here, as many as one likes with ``dorpsbode faults --sigkill``."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.cli import main
from bot.faults.kills import play
from bot.faults.mutants import MUTANTS


def test_a_server_that_is_killed_three_times_while_people_order(tmp_path: Path) -> None:
    assert asyncio.run(play(1, 3, tmp_path)) == (3, [])


def test_the_planted_mistakes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["faults", "--mutant", "list"]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == list(MUTANTS)
    assert main(["faults", "--mutant", "nobody-made-this"]) == 2


def test_a_search_that_finds_something_exits_1_and_says_how_to_replay(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["faults", "--mutant", "sent-before-send", "--runs", "20", "--stop"]) == 1
    assert "seed 0" in capsys.readouterr().out
    assert main(["faults", "--seed", "0", "--runs", "1"]) == 0
