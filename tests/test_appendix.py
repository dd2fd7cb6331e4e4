"""The appendix tells the truth: every test and transcript it names exists."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent


def test_every_test_and_transcript_named_in_the_appendix_exists() -> None:
    named = re.findall(r"`((?:test_|Test|\d\d_)\w+)`", (TESTS.parent / "docs" / "appendix.md").read_text(encoding="utf-8"))
    code = "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py"))
    files = {path.stem for path in (TESTS / "transcripts").glob("*.chat")}
    assert len(named) > 30
    missing = [name for name in named if name not in files and not re.search(rf"(?:def |class |^){name}\b", code, re.M)]
    assert missing == []
