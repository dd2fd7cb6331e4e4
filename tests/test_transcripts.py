"""Every transcript, played through the village in memory: the words that people read, exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chat import replay, transcripts
from tests.village import Village


@pytest.mark.parametrize("path", transcripts(), ids=lambda path: path.stem)
def test_people_read_what_the_transcript_says(path: Path, request: pytest.FixtureRequest) -> None:
    said = path.read_text(encoding="utf-8")
    now = replay(said, Village)
    if request.config.getoption("--update"):
        path.write_text(now, encoding="utf-8")
    else:
        assert now == said
