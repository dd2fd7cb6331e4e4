"""``dorpsbode chat``: a whole order from one keyboard."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from bot.cli import main

STORY = """hallo
2 halfvolle melk en 6 krentenbollen voor vrijdag
Dorpsstraat 12, 3981 AB
{tap}
"""


def talk(lines: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the command with these lines as its input."""
    words = ["chat", "--square", "bunnik", "--now", "2026-11-23T09:00", *options]
    out, wrong, keyboard = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(lines)
    try:
        with redirect_stdout(out), redirect_stderr(wrong):
            status = main(words)
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.stdin = keyboard
    return subprocess.CompletedProcess(words, status, out.getvalue(), wrong.getvalue())


@pytest.mark.parametrize("tap", ["1", "Bestellen en betalen", "bestellen en betalen"])
def test_a_number_or_a_label_taps(tap: str) -> None:
    done = talk(STORY.format(tap=tap), "--as", "resident")
    assert done.returncode == 0
    assert "  1. Bestellen en betalen\n  2. Ander moment\n" in done.stdout
    assert "Bestelling 1000 is geplaatst: € 8,60" in done.stdout.replace("\u00a0", " ")
    assert "Nieuwe bestelling" not in done.stdout, "what shops read is theirs"


def test_one_terminal_plays_everybody() -> None:
    others = "@shop:bakker OK\n@shop:zuivel\nOK\n@resident hoe is het?\n"
    done = talk(STORY.format(tap="1") + others, "--as", "resident", "--all")
    assert "[Bakkerij de Molen]\nNieuwe bestelling 1000 voor An." in done.stdout
    assert "Alle winkels zeggen ja tegen bestelling 1000" in done.stdout


def test_as_a_shop_one_talks_as_that_shop() -> None:
    done = talk("OK\nhulp\n", "--as", "shop:kaas")
    assert done.returncode == 0
    assert "bestelling" in done.stdout.lower()
    assert "Welkom" not in done.stdout


@pytest.mark.parametrize(
    ("channel", "shown"), [("telegram", "  1. [ Bestellen en betalen ]"), ("whatsapp", "Bestellen en betalen")]
)
def test_it_looks_like_another_channel(channel: str, shown: str) -> None:
    assert shown in talk(STORY.format(tap="1"), "--as", "resident", "--channel", channel).stdout


@pytest.mark.parametrize(
    "options", [["--as", "shop:nergens"], ["--as", "burgemeester:Jan"], ["--now", "gisteren"], ["--square", "nergens"]]
)
def test_wrong_usage_is_named_and_ends_with_2(options: list[str]) -> None:
    done = talk("hallo\n", *options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()


def test_it_tells_its_own_times() -> None:
    """Start-up and each answer, on stderr; whether they are good is for whoever measures on a quiet machine."""
    times = re.findall(r"([\d.]+) m?s", talk("hallo\n", "--as", "resident", "--timing").stderr)
    assert len(times) == 2
    assert all(float(one) > 0 for one in times)
